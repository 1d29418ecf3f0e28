import { asKind, unsupported } from '../nodes.ts';
import type { Node, SortByDir, SortByNulls } from '../tree.ts';
import { printFixedConstant } from './constant.ts';
import { printExpression } from './expression.ts';
import type { Writer } from './writer.ts';

/** An item of ORDER BY. */
export function printSort(writer: Writer, node: Node): void {
  const sort = asKind(node, 'SortBy');
  if (sort === undefined) throw unsupported('ORDER BY');
  printPosition(writer, sort.node);
  if (sort.sortby_dir === 'SORTBY_USING') {
    writer.raw(' USING ');
    writer.operator(sort.useOp);
  } else {
    printDirection(writer, sort.sortby_dir);
  }
  printNulls(writer, sort.sortby_nulls);
}

/** An integer here is the position of a column, not a value: it is never exchanged for another. */
export function printPosition(writer: Writer, node: Node | undefined): void {
  const constant = asKind(node, 'A_Const');
  if (constant === undefined) printExpression(writer, node);
  else printFixedConstant(writer, constant);
}

export function printDirection(writer: Writer, direction: SortByDir | undefined): void {
  if (direction === 'SORTBY_ASC') writer.raw(' ASC');
  else if (direction === 'SORTBY_DESC') writer.raw(' DESC');
}

export function printNulls(writer: Writer, nulls: SortByNulls | undefined): void {
  if (nulls === 'SORTBY_NULLS_FIRST') writer.raw(' NULLS FIRST');
  else if (nulls === 'SORTBY_NULLS_LAST') writer.raw(' NULLS LAST');
}
