import { unsupported } from '../nodes.ts';
import type { UpdateStmt } from '../tree.ts';
import { printFromItem, printRelation } from './from.ts';
import { printReturning } from './returning.ts';
import { printCondition, printTail } from './select.ts';
import { printAssignments } from './target.ts';
import { printWith } from './with.ts';
import type { Writer } from './writer.ts';

export function printUpdate(writer: Writer, update: UpdateStmt): void {
  if (update.relation === undefined) throw unsupported('UpdateStmt.relation');
  printWith(writer, update.withClause);
  writer.raw('UPDATE ');
  printRelation(writer, update.relation);
  writer.raw(' SET ');
  printAssignments(writer, update.targetList);
  if (update.fromClause !== undefined) {
    writer.raw(' FROM ');
    writer.list(update.fromClause, printFromItem);
  }
  printCondition(writer, ' WHERE ', update.whereClause);
  printTail(writer, update);
  printReturning(writer, update.returningClause);
}
