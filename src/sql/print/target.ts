import { asKind, unsupported } from '../nodes.ts';
import type { Node, ResTarget } from '../tree.ts';
import { printExpression, printSubscripts } from './expression.ts';
import type { Writer } from './writer.ts';

/** An output column: `expression AS "name"`. */
export function printTarget(writer: Writer, node: Node): void {
  const target = targetOf(node);
  if (target.indirection !== undefined) throw unsupported('ResTarget.indirection');
  printExpression(writer, target.val);
  if (target.name === undefined) return;
  writer.raw(' AS ');
  writer.name(target.name);
}

/** A column that is written: `"name"[1]."field"`. */
export function printTargetColumn(writer: Writer, node: Node): void {
  const target = targetOf(node);
  writer.name(target.name);
  printSubscripts(writer, target.indirection);
}

/** The assignments of UPDATE; `(a, b) = (..)` is one target a column in the tree, each with the whole source. */
export function printAssignments(writer: Writer, targets: readonly Node[] | undefined): void {
  const items = targets ?? [];
  if (items.length === 0) throw unsupported('an empty SET');
  for (let i = 0; i < items.length; ) {
    if (i > 0) writer.raw(', ');
    i += printAssignment(writer, items, i);
  }
}

/** How many targets were printed. */
function printAssignment(writer: Writer, items: readonly Node[], start: number): number {
  const first = targetOf(items[start]);
  const many = asKind(first.val, 'MultiAssignRef');
  if (many === undefined) {
    printTargetColumn(writer, { ResTarget: first });
    writer.raw(' = ');
    printExpression(writer, first.val);
    return 1;
  }
  const columns = items.slice(start, start + (many.ncolumns ?? 0));
  if (columns.length === 0 || !columns.every(isPart)) throw unsupported('MultiAssignRef.colno');
  writer.brackets(columns, printTargetColumn);
  writer.raw(' = ');
  printExpression(writer, many.source);
  return columns.length;
}

function isPart(node: Node, index: number): boolean {
  return asKind(targetOf(node).val, 'MultiAssignRef')?.colno === index + 1;
}

function targetOf(node: Node | undefined): ResTarget {
  const target = asKind(node, 'ResTarget');
  if (target === undefined) throw unsupported('a target');
  return target;
}
