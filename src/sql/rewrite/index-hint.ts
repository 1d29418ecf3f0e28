/** Hints about indexes (`t@idx`, `t@{NO_FULL_SCAN}`): they choose a plan, never rows, so they stay at the relation that is read. */
import type { Relation } from '../../catalog/index.ts';
import { CordonError, safeName } from '../../errors/index.ts';
import type { Node, RangeVar } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse, tagOf } from './expression.ts';

/** The hints of a relation; a name in one must be that of an index of the relation. */
export function indexHints(
  context: StatementContext,
  relation: Relation,
  range: RangeVar,
): Node[] | undefined {
  for (const hint of range.indexHint ?? []) {
    const { arg } = 'DefElem' in hint ? hint.DefElem : refuse(tagOf(hint));
    if (arg === undefined || !context.carriesFlags) continue;
    if (!('String' in arg) || !isIndex(relation, arg.String.sval ?? ''))
      throw new CordonError('CORDON_UNSUPPORTED', { construct: safeName('a hint that names no index') });
  }
  return range.indexHint;
}

/** `primary` was the name of every primary index before CockroachDB 22.1, and still finds it. */
function isIndex(relation: Relation, name: string): boolean {
  return name === 'primary' || (relation.indexes ?? []).some((index) => index.name === name);
}
