import { unsupported } from '../nodes.ts';
import type { DeleteStmt } from '../tree.ts';
import { printFromItem, printRelation } from './from.ts';
import { printReturning } from './returning.ts';
import { printCondition, printTail } from './select.ts';
import { printWith } from './with.ts';
import type { Writer } from './writer.ts';

export function printDelete(writer: Writer, statement: DeleteStmt): void {
  if (statement.relation === undefined) throw unsupported('DeleteStmt.relation');
  printWith(writer, statement.withClause);
  writer.raw('DELETE FROM ');
  printRelation(writer, statement.relation);
  if (statement.usingClause !== undefined) {
    writer.raw(' USING ');
    writer.list(statement.usingClause, printFromItem);
  }
  printCondition(writer, ' WHERE ', statement.whereClause);
  printTail(writer, statement);
  printReturning(writer, statement.returningClause);
}
