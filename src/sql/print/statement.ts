import type { Dialect } from '../../catalog/index.ts';
import { kindOf, unsupported } from '../nodes.ts';
import type { Node, Segment, SlotOf } from '../tree.ts';
import { assertKnown } from '../walk.ts';
import { printCopy } from './copy.ts';
import { printClose, printDeclare, printFetch } from './cursor.ts';
import { printDiscard, printExplain } from './explain.ts';
import { printDeallocate, printExecute, printPrepare } from './prepare.ts';
import { printQuery } from './select.ts';
import { printSet, printShow } from './setting.ts';
import { printTransaction } from './transaction.ts';
import { Writer } from './writer.ts';

export interface PrintOptions {
  /** Constants it names are left open, to be filled with the client's literals. */
  readonly slotOf?: SlotOf;
  /** The dialect of the server; PostgreSQL's where it is left out. The statement has been through `forServer`. */
  readonly dialect?: Dialect;
}

/**
 * The text of a statement: every name quoted, every operator in brackets, every literal made anew from its value.
 * Throws CORDON_UNSUPPORTED for what it does not know; nothing is copied through.
 */
export function printStatement(statement: Node, options: PrintOptions = {}): Segment[] {
  assertKnown(statement);
  const writer = new Writer(options.slotOf, options.dialect);
  printAny(writer, statement);
  return writer.segments();
}

const QUERIES = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt']);

function printAny(writer: Writer, node: Node): void {
  if (QUERIES.has(kindOf(node))) printQuery(writer, node);
  else if ('TransactionStmt' in node) printTransaction(writer, node.TransactionStmt);
  else if ('VariableSetStmt' in node) printSet(writer, node.VariableSetStmt);
  else if ('VariableShowStmt' in node) printShow(writer, node.VariableShowStmt);
  else if ('PrepareStmt' in node) printPrepare(writer, node.PrepareStmt);
  else if ('ExecuteStmt' in node) printExecute(writer, node.ExecuteStmt);
  else if ('DeallocateStmt' in node) printDeallocate(writer, node.DeallocateStmt);
  else printRarer(writer, node);
}

function printRarer(writer: Writer, node: Node): void {
  if ('DeclareCursorStmt' in node) printDeclare(writer, node.DeclareCursorStmt);
  else if ('FetchStmt' in node) printFetch(writer, node.FetchStmt);
  else if ('ClosePortalStmt' in node) printClose(writer, node.ClosePortalStmt);
  else if ('CopyStmt' in node) printCopy(writer, node.CopyStmt);
  else if ('ExplainStmt' in node) printExplain(writer, node.ExplainStmt);
  else if ('DiscardStmt' in node) printDiscard(writer, node.DiscardStmt);
  else printWhole(writer, node);
}

/** Statements that are taken in their one sweeping form only. */
function printWhole(writer: Writer, node: Node): void {
  if ('UnlistenStmt' in node && node.UnlistenStmt.conditionname === undefined) writer.raw('UNLISTEN *');
  else if ('ConstraintsSetStmt' in node && node.ConstraintsSetStmt.constraints === undefined)
    writer.raw(`SET CONSTRAINTS ALL ${node.ConstraintsSetStmt.deferred === true ? 'DEFERRED' : 'IMMEDIATE'}`);
  else throw unsupported(kindOf(node));
}
