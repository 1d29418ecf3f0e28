import { kindOf, unsupported } from '../nodes.ts';
import type {
  A_ArrayExpr,
  A_Indices,
  A_Indirection,
  BoolExpr,
  BooleanTest,
  CaseExpr,
  CollateClause,
  ColumnRef,
  MinMaxExpr,
  Node,
  NullTest,
  RowExpr,
  SubLink,
  TypeCast,
} from '../tree.ts';
import { asKind } from '../walk.ts';
import { printCall, printValueFunction } from './call.ts';
import { printConstant, printParameter } from './constant.ts';
import { printJsonArray, printJsonObject, printJsonPredicate } from './json.ts';
import { printOperator, printQuantifiedOperator } from './operator.ts';
import { printQuery } from './select.ts';
import { printTypeName } from './type-name.ts';
import { stringOf, type Writer } from './writer.ts';

/** An expression that can stand anywhere: what has operators or words in it is in brackets. */
export function printExpression(writer: Writer, node: Node | undefined): void {
  if (node === undefined) throw unsupported('an expression that is missing');
  if ('A_Const' in node) printConstant(writer, node.A_Const);
  else if ('ColumnRef' in node) printColumnRef(writer, node.ColumnRef);
  else if ('ParamRef' in node) printParameter(writer, node.ParamRef);
  else if ('A_Expr' in node) printOperator(writer, node.A_Expr);
  else if ('BoolExpr' in node) printBool(writer, node.BoolExpr);
  else if ('TypeCast' in node) printCast(writer, node.TypeCast);
  else if ('FuncCall' in node) printCall(writer, node.FuncCall);
  else if ('SubLink' in node) printSubLink(writer, node.SubLink);
  else printRarer(writer, node);
}

function printRarer(writer: Writer, node: Node): void {
  if ('NullTest' in node) printNullTest(writer, node.NullTest);
  else if ('BooleanTest' in node) printBooleanTest(writer, node.BooleanTest);
  else if ('CaseExpr' in node) printCase(writer, node.CaseExpr);
  else if ('CoalesceExpr' in node) printArguments(writer, 'COALESCE', node.CoalesceExpr.args);
  else if ('MinMaxExpr' in node) printMinMax(writer, node.MinMaxExpr);
  else if ('GroupingFunc' in node) printArguments(writer, 'GROUPING', node.GroupingFunc.args);
  else if ('SQLValueFunction' in node) printValueFunction(writer, node.SQLValueFunction);
  else if ('A_ArrayExpr' in node) printArray(writer, node.A_ArrayExpr);
  else if ('RowExpr' in node) printRow(writer, node.RowExpr);
  else if ('A_Indirection' in node) printIndirection(writer, node.A_Indirection);
  else if ('CollateClause' in node) printCollate(writer, node.CollateClause);
  else if ('SetToDefault' in node) writer.raw('DEFAULT');
  else if ('JsonObjectConstructor' in node) printJsonObject(writer, node.JsonObjectConstructor);
  else if ('JsonArrayConstructor' in node) printJsonArray(writer, node.JsonArrayConstructor);
  else if ('JsonIsPredicate' in node) printJsonPredicate(writer, node.JsonIsPredicate);
  else throw unsupported(kindOf(node));
}

/** `a.b`, `a.*`. */
export function printColumnRef(writer: Writer, column: ColumnRef): void {
  const fields = column.fields ?? [];
  if (fields.length === 0) throw unsupported('ColumnRef.fields');
  fields.forEach((field, i) => {
    if (i > 0) writer.raw('.');
    if (asKind(field, 'A_Star') === undefined) writer.name(stringOf(field));
    else writer.raw('*');
  });
}

function printBool(writer: Writer, bool: BoolExpr): void {
  const args = bool.args ?? [];
  const expected = bool.boolop === 'NOT_EXPR' ? args.length === 1 : args.length > 0;
  if (!expected) throw unsupported('BoolExpr.args');
  writer.raw(bool.boolop === 'NOT_EXPR' ? '(NOT ' : '(');
  const word = bool.boolop === 'OR_EXPR' ? ' OR ' : ' AND ';
  args.forEach((arg, i) => {
    if (i > 0) writer.raw(word);
    printExpression(writer, arg);
  });
  writer.raw(')');
}

function printCast(writer: Writer, cast: TypeCast): void {
  if (cast.typeName === undefined) throw unsupported('TypeCast.typeName');
  writer.raw('CAST(');
  printExpression(writer, cast.arg);
  writer.raw(' AS ');
  printTypeName(writer, cast.typeName);
  writer.raw(')');
}

function printNullTest(writer: Writer, test: NullTest): void {
  writer.raw('(');
  printExpression(writer, test.arg);
  writer.raw(test.nulltesttype === 'IS_NOT_NULL' ? ' IS NOT NULL)' : ' IS NULL)');
}

const BOOLEAN_TESTS: Readonly<Record<string, string>> = {
  IS_TRUE: ' IS TRUE)',
  IS_NOT_TRUE: ' IS NOT TRUE)',
  IS_FALSE: ' IS FALSE)',
  IS_NOT_FALSE: ' IS NOT FALSE)',
  IS_UNKNOWN: ' IS UNKNOWN)',
  IS_NOT_UNKNOWN: ' IS NOT UNKNOWN)',
};

function printBooleanTest(writer: Writer, test: BooleanTest): void {
  const words = BOOLEAN_TESTS[test.booltesttype ?? 'IS_TRUE'];
  if (words === undefined) throw unsupported('BooleanTest.booltesttype');
  writer.raw('(');
  printExpression(writer, test.arg);
  writer.raw(words);
}

function printCase(writer: Writer, expression: CaseExpr): void {
  writer.raw('CASE');
  if (expression.arg !== undefined) {
    writer.raw(' ');
    printExpression(writer, expression.arg);
  }
  for (const arg of expression.args ?? []) printWhen(writer, arg);
  if (expression.defresult !== undefined) {
    writer.raw(' ELSE ');
    printExpression(writer, expression.defresult);
  }
  writer.raw(' END');
}

function printWhen(writer: Writer, node: Node): void {
  const when = asKind(node, 'CaseWhen');
  if (when === undefined) throw unsupported('CaseExpr.args');
  writer.raw(' WHEN ');
  printExpression(writer, when.expr);
  writer.raw(' THEN ');
  printExpression(writer, when.result);
}

function printArguments(writer: Writer, word: string, args: readonly Node[] | undefined): void {
  writer.raw(word);
  writer.brackets(args, printExpression);
}

function printMinMax(writer: Writer, expression: MinMaxExpr): void {
  printArguments(writer, expression.op === 'IS_LEAST' ? 'LEAST' : 'GREATEST', expression.args);
}

function printArray(writer: Writer, array: A_ArrayExpr): void {
  writer.raw('ARRAY[');
  writer.list(array.elements, printExpression);
  writer.raw(']');
}

function printRow(writer: Writer, row: RowExpr): void {
  const bare = row.row_format === 'COERCE_IMPLICIT_CAST';
  if (bare && (row.args ?? []).length < 2) throw unsupported('RowExpr.args');
  writer.raw(bare ? '' : 'ROW');
  writer.brackets(row.args, printExpression);
}

function printIndirection(writer: Writer, expression: A_Indirection): void {
  writer.raw('(');
  printExpression(writer, expression.arg);
  writer.raw(')');
  printSubscripts(writer, expression.indirection);
}

/** Fields and subscripts behind a value or the name of a target column. */
export function printSubscripts(writer: Writer, subscripts: readonly Node[] | undefined): void {
  for (const subscript of subscripts ?? []) {
    const indices = asKind(subscript, 'A_Indices');
    if (indices !== undefined) printIndices(writer, indices);
    else if (asKind(subscript, 'A_Star') !== undefined) writer.raw('.*');
    else {
      writer.raw('.');
      writer.name(stringOf(subscript));
    }
  }
}

function printIndices(writer: Writer, indices: A_Indices): void {
  writer.raw('[');
  if (indices.lidx !== undefined) printExpression(writer, indices.lidx);
  if (indices.is_slice === true) writer.raw(':');
  if (indices.uidx !== undefined) printExpression(writer, indices.uidx);
  writer.raw(']');
}

function printCollate(writer: Writer, collate: CollateClause): void {
  writer.raw('(');
  printExpression(writer, collate.arg);
  writer.raw(' COLLATE ');
  writer.qualified(collate.collname);
  writer.raw(')');
}

type PrintLink = (writer: Writer, link: SubLink) => void;

const SUB_LINKS: Readonly<Record<string, PrintLink>> = {
  EXISTS_SUBLINK: (writer, link) => printSubQuery(writer, link, 'EXISTS '),
  ARRAY_SUBLINK: (writer, link) => printSubQuery(writer, link, 'ARRAY'),
  EXPR_SUBLINK: (writer, link) => printSubQuery(writer, link, ''),
  ANY_SUBLINK: (writer, link) => printQuantified(writer, link, ' ANY '),
  ALL_SUBLINK: (writer, link) => printQuantified(writer, link, ' ALL '),
};

function printSubLink(writer: Writer, link: SubLink): void {
  const print = SUB_LINKS[link.subLinkType ?? 'EXISTS_SUBLINK'];
  if (print === undefined) throw unsupported('SubLink.subLinkType');
  print(writer, link);
}

function printSubQuery(writer: Writer, link: SubLink, word: string): void {
  writer.raw(`${word}(`);
  printQuery(writer, link.subselect);
  writer.raw(')');
}

/** Without an operator it was written as IN. */
function printQuantified(writer: Writer, link: SubLink, quantifier: string): void {
  writer.raw('(');
  printExpression(writer, link.testexpr);
  if (link.operName === undefined) {
    writer.raw(' IN ');
  } else {
    printQuantifiedOperator(writer, link.operName);
    writer.raw(quantifier);
  }
  printSubQuery(writer, link, '');
  writer.raw(')');
}
