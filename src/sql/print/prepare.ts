import { asKind, unsupported } from '../nodes.ts';
import type { DeallocateStmt, ExecuteStmt, Node, PrepareStmt } from '../tree.ts';
import { printExpression } from './expression.ts';
import { printQuery } from './select.ts';
import { printTypeName } from './type-name.ts';
import type { Writer } from './writer.ts';

export function printPrepare(writer: Writer, prepare: PrepareStmt): void {
  writer.raw('PREPARE ');
  writer.name(prepare.name);
  if (prepare.argtypes !== undefined) writer.brackets(prepare.argtypes, printArgumentType);
  writer.raw(' AS ');
  printQuery(writer, prepare.query);
}

function printArgumentType(writer: Writer, node: Node): void {
  const type = asKind(node, 'TypeName');
  if (type === undefined) throw unsupported('PrepareStmt.argtypes');
  printTypeName(writer, type);
}

export function printExecute(writer: Writer, execute: ExecuteStmt): void {
  writer.raw('EXECUTE ');
  writer.name(execute.name);
  if (execute.params !== undefined) writer.brackets(execute.params, printExpression);
}

export function printDeallocate(writer: Writer, deallocate: DeallocateStmt): void {
  writer.raw('DEALLOCATE ');
  if (deallocate.isall === true) writer.raw('ALL');
  else writer.name(deallocate.name);
}
