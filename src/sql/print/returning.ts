import type { ReturningClause } from '../tree.ts';
import { printTarget } from './target.ts';
import type { Writer } from './writer.ts';

export function printReturning(writer: Writer, clause: ReturningClause | undefined): void {
  if (clause === undefined) return;
  writer.raw(clause.nothing === true ? ' RETURNING NOTHING' : ' RETURNING ');
  writer.list(clause.exprs, printTarget);
}
