import { asKind, kindOf, unsupported } from '../nodes.ts';
import type { Alias, ColumnDef, JoinExpr, Node, RangeFunction, RangeSubselect, RangeVar } from '../tree.ts';
import { printExpression } from './expression.ts';
import { printQuery } from './select.ts';
import { printTypeName } from './type-name.ts';
import type { Writer } from './writer.ts';

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
  printAlias(writer, relation.alias);
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
  const word = JOINS[type];
  if (word === undefined) throw unsupported('JoinExpr.jointype');
  if (join.isNatural === true) return `NATURAL ${word}`;
  return isCross(join) && type === 'JOIN_INNER' ? 'CROSS JOIN ' : word;
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
