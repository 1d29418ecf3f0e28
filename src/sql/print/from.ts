import { asKind, kindOf, unsupported } from '../nodes.ts';
import type { Alias, ColumnDef, JoinExpr, Node, RangeFunction, RangeSubselect, RangeVar } from '../tree.ts';
import { printExpression } from './expression.ts';
import { printQuery } from './select.ts';
import { printTypeName } from './type-name.ts';
import { stringOf, type Writer } from './writer.ts';

/** An item of FROM. */
export function printFromItem(writer: Writer, node: Node): void {
  if ('RangeVar' in node) printRelation(writer, node.RangeVar);
  else if ('RangeSubselect' in node) printSubselect(writer, node.RangeSubselect);
  else if ('JoinExpr' in node) printJoin(writer, node.JoinExpr);
  else if ('RangeFunction' in node) printFunction(writer, node.RangeFunction);
  else throw unsupported(kindOf(node));
}

/** A relation with its alias. */
export function printRelation(writer: Writer, relation: RangeVar): void {
  if (relation.inh !== true) writer.raw('ONLY ');
  printRelationName(writer, relation);
  printIndexHint(writer, relation.indexHint);
  printAlias(writer, relation.alias);
}

/** `@"idx"`, or `@{FORCE_INDEX="idx",NO_FULL_SCAN}`. */
function printIndexHint(writer: Writer, hint: readonly Node[] | undefined): void {
  const [first, ...others] = hint ?? [];
  if (first === undefined) return;
  const option = asKind(first, 'DefElem');
  writer.raw('@');
  if (others.length === 0 && option?.defname === 'force_index' && option.arg !== undefined) {
    writer.name(stringOf(option.arg));
    return;
  }
  writer.raw('{');
  writer.list(hint, printIndexFlag);
  writer.raw('}');
}

const INDEX_FLAGS: Readonly<Record<string, string>> = {
  force_index: 'FORCE_INDEX',
  force_zigzag: 'FORCE_ZIGZAG',
  force_inverted_index: 'FORCE_INVERTED_INDEX',
  asc: 'ASC',
  desc: 'DESC',
  no_index_join: 'NO_INDEX_JOIN',
  no_zigzag_join: 'NO_ZIGZAG_JOIN',
  no_full_scan: 'NO_FULL_SCAN',
  avoid_full_scan: 'AVOID_FULL_SCAN',
  ignore_foreign_keys: 'IGNORE_FOREIGN_KEYS',
};

function printIndexFlag(writer: Writer, node: Node): void {
  const flag = asKind(node, 'DefElem');
  const name = flag?.defname ?? '';
  const word = Object.hasOwn(INDEX_FLAGS, name) ? INDEX_FLAGS[name] : undefined;
  if (word === undefined) throw unsupported('RangeVar.indexHint');
  writer.raw(word);
  if (flag?.arg === undefined) return;
  writer.raw('=');
  writer.name(stringOf(flag.arg));
}

export function printRelationName(writer: Writer, relation: RangeVar): void {
  if (relation.catalogname !== undefined) {
    writer.name(relation.catalogname);
    writer.raw('.');
  }
  if (relation.schemaname !== undefined) {
    writer.name(relation.schemaname);
    writer.raw('.');
  }
  writer.name(relation.relname);
}

function printAlias(writer: Writer, alias: Alias | undefined): void {
  if (alias === undefined) return;
  writer.raw(' AS ');
  writer.name(alias.aliasname);
  if (alias.colnames !== undefined) writer.names(alias.colnames);
}

function printSubselect(writer: Writer, item: RangeSubselect): void {
  writer.raw(item.lateral === true ? 'LATERAL (' : '(');
  printQuery(writer, item.subquery);
  writer.raw(')');
  printAlias(writer, item.alias);
}

const JOINS: Readonly<Record<string, string>> = {
  JOIN_INNER: 'JOIN ',
  JOIN_LEFT: 'LEFT JOIN ',
  JOIN_FULL: 'FULL JOIN ',
  JOIN_RIGHT: 'RIGHT JOIN ',
};

/** Joins stand in brackets, so their order does not depend on precedence. */
function printJoin(writer: Writer, join: JoinExpr): void {
  if (join.larg === undefined || join.rarg === undefined) throw unsupported('JoinExpr.larg');
  writer.raw('(');
  printFromItem(writer, join.larg);
  writer.raw(` ${joinWords(join)}`);
  printFromItem(writer, join.rarg);
  printJoinCondition(writer, join);
  writer.raw(')');
  printAlias(writer, join.alias);
}

function joinWords(join: JoinExpr): string {
  const type = join.jointype ?? 'JOIN_INNER';
  if (join.joinHint !== undefined) return hintedWords(join, type);
  const word = JOINS[type];
  if (word === undefined) throw unsupported('JoinExpr.jointype');
  if (join.isNatural === true) return `NATURAL ${word}`;
  return isCross(join) && type === 'JOIN_INNER' ? 'CROSS JOIN ' : word;
}

const JOIN_HINTS: Readonly<Record<string, string>> = {
  hash: 'HASH',
  merge: 'MERGE',
  lookup: 'LOOKUP',
  inverted: 'INVERTED',
  straight: 'STRAIGHT',
};

/** A hint stands behind the kind of the join, which may not be left out then. */
function hintedWords(join: JoinExpr, type: string): string {
  const hint = JOIN_HINTS[join.joinHint ?? ''];
  const word = type === 'JOIN_INNER' ? 'INNER JOIN ' : JOINS[type];
  if (hint === undefined || word === undefined) throw unsupported('JoinExpr.joinHint');
  const isPlainCross = isCross(join) && type === 'JOIN_INNER' && join.isNatural !== true;
  const words = isPlainCross ? 'CROSS JOIN ' : word;
  return `${join.isNatural === true ? 'NATURAL ' : ''}${words.replace('JOIN', `${hint} JOIN`)}`;
}

const isCross = (join: JoinExpr): boolean => join.quals === undefined && join.usingClause === undefined;

function printJoinCondition(writer: Writer, join: JoinExpr): void {
  if (join.quals !== undefined) {
    writer.raw(' ON ');
    printExpression(writer, join.quals);
  }
  if (join.usingClause === undefined) return;
  writer.raw(' USING ');
  writer.names(join.usingClause);
  printAlias(writer, join.join_using_alias);
}

function printFunction(writer: Writer, item: RangeFunction): void {
  if (item.lateral === true) writer.raw('LATERAL ');
  if (item.is_rowsfrom === true) writer.raw('ROWS FROM (');
  writer.list(item.functions, printOneFunction);
  if (item.is_rowsfrom === true) writer.raw(')');
  if (item.ordinality === true) writer.raw(' WITH ORDINALITY');
  printFunctionAlias(writer, item);
}

/** A pair of the function and its column definitions, of which the second may be a hole. */
function printOneFunction(writer: Writer, node: Node): void {
  const [call, definitions] = asKind(node, 'List')?.items ?? [];
  printExpression(writer, call);
  const columns = asKind(definitions, 'List')?.items;
  if (columns === undefined) return;
  writer.raw(' AS ');
  writer.brackets(columns, printColumnDefinition);
}

function printFunctionAlias(writer: Writer, item: RangeFunction): void {
  if (item.coldeflist === undefined) {
    printAlias(writer, item.alias);
    return;
  }
  if (item.alias?.colnames !== undefined) throw unsupported('RangeFunction.alias');
  writer.raw(' AS ');
  if (item.alias !== undefined) writer.name(item.alias.aliasname);
  writer.brackets(item.coldeflist, printColumnDefinition);
}

function printColumnDefinition(writer: Writer, node: Node): void {
  const column: ColumnDef | undefined = asKind(node, 'ColumnDef');
  if (column?.typeName === undefined) throw unsupported('ColumnDef');
  writer.name(column.colname);
  writer.raw(' ');
  printTypeName(writer, column.typeName);
  if (column.collClause === undefined) return;
  writer.raw(' COLLATE ');
  writer.qualified(column.collClause.collname);
}
