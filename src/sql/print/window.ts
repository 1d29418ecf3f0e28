import { unsupported } from '../nodes.ts';
import type { Node, WindowDef } from '../tree.ts';
import { printExpression } from './expression.ts';
import { printPosition, printSort } from './sort.ts';
import type { Writer } from './writer.ts';

/** FRAMEOPTION_* of parsenodes.h. */
const FRAME = {
  nonDefault: 0x1,
  range: 0x2,
  rows: 0x4,
  groups: 0x8,
  between: 0x10,
  startUnboundedPreceding: 0x20,
  endUnboundedPreceding: 0x40,
  startUnboundedFollowing: 0x80,
  endUnboundedFollowing: 0x100,
  startCurrentRow: 0x200,
  endCurrentRow: 0x400,
  startOffsetPreceding: 0x800,
  endOffsetPreceding: 0x1000,
  startOffsetFollowing: 0x2000,
  endOffsetFollowing: 0x4000,
  excludeCurrentRow: 0x8000,
  excludeGroup: 0x10000,
  excludeTies: 0x20000,
} as const;

/** A window in brackets: `("w" PARTITION BY .. ORDER BY .. ROWS ..)`. */
export function printWindow(writer: Writer, window: WindowDef): void {
  writer.raw('(');
  const parts: (() => void)[] = [];
  if (window.refname !== undefined) parts.push(() => writer.name(window.refname));
  if (window.partitionClause !== undefined) parts.push(() => printPartition(writer, window.partitionClause));
  if (window.orderClause !== undefined) parts.push(() => printOrder(writer, window.orderClause));
  if (((window.frameOptions ?? 0) & FRAME.nonDefault) !== 0) parts.push(() => printFrame(writer, window));
  parts.forEach((print, i) => {
    if (i > 0) writer.raw(' ');
    print();
  });
  writer.raw(')');
}

function printPartition(writer: Writer, items: readonly Node[] | undefined): void {
  writer.raw('PARTITION BY ');
  writer.list(items, printPosition);
}

function printOrder(writer: Writer, items: readonly Node[] | undefined): void {
  writer.raw('ORDER BY ');
  writer.list(items, printSort);
}

function printFrame(writer: Writer, window: WindowDef): void {
  const options = window.frameOptions ?? 0;
  writer.raw(unitOf(options));
  if ((options & FRAME.between) === 0) {
    printStart(writer, options, window.startOffset);
  } else {
    writer.raw(' BETWEEN');
    printStart(writer, options, window.startOffset);
    writer.raw(' AND');
    printEnd(writer, options, window.endOffset);
  }
  writer.raw(exclusionOf(options));
}

function unitOf(options: number): string {
  if ((options & FRAME.rows) !== 0) return 'ROWS';
  if ((options & FRAME.groups) !== 0) return 'GROUPS';
  if ((options & FRAME.range) !== 0) return 'RANGE';
  throw unsupported('WindowDef.frameOptions');
}

function printStart(writer: Writer, options: number, offset: Node | undefined): void {
  if ((options & FRAME.startUnboundedPreceding) !== 0) writer.raw(' UNBOUNDED PRECEDING');
  else if ((options & FRAME.startUnboundedFollowing) !== 0) writer.raw(' UNBOUNDED FOLLOWING');
  else if ((options & FRAME.startCurrentRow) !== 0) writer.raw(' CURRENT ROW');
  else if ((options & FRAME.startOffsetPreceding) !== 0) printOffset(writer, offset, ' PRECEDING');
  else if ((options & FRAME.startOffsetFollowing) !== 0) printOffset(writer, offset, ' FOLLOWING');
  else throw unsupported('WindowDef.frameOptions');
}

function printEnd(writer: Writer, options: number, offset: Node | undefined): void {
  if ((options & FRAME.endUnboundedPreceding) !== 0) writer.raw(' UNBOUNDED PRECEDING');
  else if ((options & FRAME.endUnboundedFollowing) !== 0) writer.raw(' UNBOUNDED FOLLOWING');
  else if ((options & FRAME.endCurrentRow) !== 0) writer.raw(' CURRENT ROW');
  else if ((options & FRAME.endOffsetPreceding) !== 0) printOffset(writer, offset, ' PRECEDING');
  else if ((options & FRAME.endOffsetFollowing) !== 0) printOffset(writer, offset, ' FOLLOWING');
  else throw unsupported('WindowDef.frameOptions');
}

function printOffset(writer: Writer, offset: Node | undefined, direction: string): void {
  writer.raw(' ');
  printExpression(writer, offset);
  writer.raw(direction);
}

function exclusionOf(options: number): string {
  if ((options & FRAME.excludeCurrentRow) !== 0) return ' EXCLUDE CURRENT ROW';
  if ((options & FRAME.excludeGroup) !== 0) return ' EXCLUDE GROUP';
  if ((options & FRAME.excludeTies) !== 0) return ' EXCLUDE TIES';
  return '';
}
