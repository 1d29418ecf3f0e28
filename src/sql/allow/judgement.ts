/** Words shared by the judgements of functions, operators and types. */

/** Why a name may not be used; each is a reason for people, never a value. */
export type Refusal =
  /** Nothing of that name, or nothing that was reviewed. */
  | 'not-listed'
  /** The live catalog holds an overload that nobody has reviewed. */
  | 'unreviewed-overload'
  /** A namesake outside of `pg_catalog` could be taken for it. */
  | 'namesake'
  /** Runs with the rights of its owner, or runs SQL text, reads files, changes settings: never by a list. */
  | 'forbidden';

/** Whether the policy lists a name: `schema.name`, or `name` for `pg_catalog`. */
export function listsName(list: readonly string[], schema: string, name: string): boolean {
  if (list.includes(`${schema}.${name}`)) return true;
  return schema === 'pg_catalog' && list.includes(name);
}

/** Schemas in which an unqualified name is looked up, in order. */
export function schemasFor(searchPath: readonly string[], schema: string | undefined): readonly string[] {
  if (schema !== undefined) return [schema];
  return ['pg_catalog', ...searchPath.filter((candidate) => candidate !== 'pg_catalog')];
}
