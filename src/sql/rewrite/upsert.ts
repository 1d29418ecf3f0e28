/**
 * UPSERT as ON CONFLICT (CockroachDB documentation, UPSERT): the primary key is the only arbiter; a conflict sets the given columns to
 * what was given, and, where no columns are listed, all others to their defaults.
 */
import type { Relation } from '../../catalog/index.ts';
import { columnRef } from '../build.ts';
import type { Node, OnConflictClause } from '../tree.ts';
import { refuse } from './expression.ts';

/** `pinned`: columns that hold the caller's claim, whose default is the claim. */
export function upsertClause(
  relation: Relation,
  given: readonly string[],
  lists: boolean,
  pinned: ReadonlyMap<string, string>,
): OnConflictClause | undefined {
  const key = relation.primaryKey ?? refuse('UPSERT into a relation without a primary key');
  // A hidden key that is not given is made anew for every row, so no row can be in the way.
  if (key.every((column) => isHiddenKey(relation, column) && !given.includes(column))) return undefined;
  const fromRow = given
    .filter((column) => !key.includes(column))
    .map((column) => setTo(column, columnRef('excluded', column)));
  const defaults = lists ? [] : missing(relation, given, [...key, ...pinned.keys()]);
  const targetList = [...fromRow, ...defaults.map((column) => setTo(column, { SetToDefault: {} }))];
  const infer = { indexElems: key.map(indexElem) };
  return targetList.length === 0
    ? { action: 'ONCONFLICT_NOTHING', infer }
    : { action: 'ONCONFLICT_UPDATE', infer, targetList };
}

function isHiddenKey(relation: Relation, name: string): boolean {
  return relation.columns.some((column) => column.name === name && column.hidden === true);
}

/** Columns that the statement leaves out and that can be set. */
function missing(relation: Relation, given: readonly string[], others: readonly string[]): readonly string[] {
  return relation.columns
    .filter((column) => column.generated === 'no' && column.hidden !== true)
    .map((column) => column.name)
    .filter((column) => !given.includes(column) && !others.includes(column));
}

function setTo(name: string, val: Node): Node {
  return { ResTarget: { name, val } };
}

export function indexElem(column: string): Node {
  return { IndexElem: { name: column, ordering: 'SORTBY_DEFAULT', nulls_ordering: 'SORTBY_NULLS_DEFAULT' } };
}
