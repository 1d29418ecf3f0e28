import { asKind, unsupported } from '../nodes.ts';
import type { IndexElem, InferClause, InsertStmt, Node, OnConflictClause } from '../tree.ts';
import { printExpression } from './expression.ts';
import { printRelation } from './from.ts';
import { printReturning } from './returning.ts';
import { printCondition, printQuery } from './select.ts';
import { printDirection, printNulls } from './sort.ts';
import { printAssignments, printTargetColumn } from './target.ts';
import { printWith } from './with.ts';
import type { Writer } from './writer.ts';

const OVERRIDING: Readonly<Record<string, string>> = {
  OVERRIDING_NOT_SET: '',
  OVERRIDING_USER_VALUE: ' OVERRIDING USER VALUE',
  OVERRIDING_SYSTEM_VALUE: ' OVERRIDING SYSTEM VALUE',
};

export function printInsert(writer: Writer, insert: InsertStmt): void {
  // Which key UPSERT goes by is not in the statement, so it is written as ON CONFLICT before it is printed.
  if (insert.upsert === true) throw unsupported('UPSERT');
  if (insert.relation?.inh !== true) throw unsupported('InsertStmt.relation');
  printWith(writer, insert.withClause);
  writer.raw('INSERT INTO ');
  printRelation(writer, insert.relation);
  if (insert.cols !== undefined) {
    writer.raw(' ');
    writer.brackets(insert.cols, printTargetColumn);
  }
  writer.raw(OVERRIDING[insert.override ?? 'OVERRIDING_NOT_SET'] ?? '');
  writer.raw(insert.selectStmt === undefined ? ' DEFAULT VALUES' : ' ');
  if (insert.selectStmt !== undefined) printQuery(writer, insert.selectStmt);
  if (insert.onConflictClause !== undefined) printConflict(writer, insert.onConflictClause);
  printReturning(writer, insert.returningClause);
}

function printConflict(writer: Writer, clause: OnConflictClause): void {
  writer.raw(' ON CONFLICT');
  if (clause.infer !== undefined) printInference(writer, clause.infer);
  if (clause.action === 'ONCONFLICT_NOTHING') {
    writer.raw(' DO NOTHING');
  } else if (clause.action === 'ONCONFLICT_UPDATE') {
    writer.raw(' DO UPDATE SET ');
    printAssignments(writer, clause.targetList);
    printCondition(writer, ' WHERE ', clause.whereClause);
  } else {
    throw unsupported('OnConflictClause.action');
  }
}

function printInference(writer: Writer, infer: InferClause): void {
  if (infer.conname !== undefined) {
    writer.raw(' ON CONSTRAINT ');
    writer.name(infer.conname);
    return;
  }
  writer.raw(' ');
  writer.brackets(infer.indexElems, printIndexElement);
  printCondition(writer, ' WHERE ', infer.whereClause);
}

function printIndexElement(writer: Writer, node: Node): void {
  const element: IndexElem | undefined = asKind(node, 'IndexElem');
  if (element === undefined) throw unsupported('InferClause.indexElems');
  if (element.expr === undefined) {
    writer.name(element.name);
  } else {
    writer.raw('(');
    printExpression(writer, element.expr);
    writer.raw(')');
  }
  if (element.collation !== undefined) {
    writer.raw(' COLLATE ');
    writer.qualified(element.collation);
  }
  if (element.opclass !== undefined) {
    writer.raw(' ');
    writer.qualified(element.opclass);
  }
  printDirection(writer, element.ordering);
  printNulls(writer, element.nulls_ordering);
}
