import { asKind, unsupported } from '../nodes.ts';
import type { GroupingSet, Node } from '../tree.ts';
import { printPosition } from './sort.ts';
import type { Writer } from './writer.ts';

/** An item of GROUP BY; integers in it are positions, also inside brackets. */
export function printGrouping(writer: Writer, node: Node): void {
  const set = asKind(node, 'GroupingSet');
  const row = asKind(node, 'RowExpr');
  if (set !== undefined) printGroupingSet(writer, set);
  else if (row?.row_format === 'COERCE_IMPLICIT_CAST' && (row.args ?? []).length > 1) {
    writer.brackets(row.args, printGrouping);
  } else {
    printPosition(writer, node);
  }
}

const SETS: Readonly<Record<string, string>> = {
  GROUPING_SET_EMPTY: '',
  GROUPING_SET_ROLLUP: 'ROLLUP',
  GROUPING_SET_CUBE: 'CUBE',
  GROUPING_SET_SETS: 'GROUPING SETS ',
};

function printGroupingSet(writer: Writer, set: GroupingSet): void {
  const word = SETS[set.kind ?? 'GROUPING_SET_EMPTY'];
  if (word === undefined) throw unsupported('GroupingSet.kind');
  writer.raw(word);
  writer.brackets(set.content, printGrouping);
}
