import type { Relation } from '../catalog/index.ts';
import type { ReadAccess, Visibility } from './access.ts';
import type { RelationColumns } from './opening.ts';
import type { Predicate, Rule } from './policy.ts';
import { allOf, anyOf, samePredicate, simplify } from './simplify.ts';

interface ReadingRule {
  readonly id: string;
  readonly rows: Predicate;
  readonly columns: ReadonlySet<string>;
  /** Its rows within the boundaries. */
  readonly filter: Predicate;
}

/** What the rules show together: the rows of any of them, and in each row the columns of those that it matches. */
export function buildRead(
  relation: Relation,
  rules: readonly Rule[],
  columns: RelationColumns,
  boundary: Predicate,
): ReadAccess | undefined {
  const within = (rows: Predicate) => simplify(allOf([boundary, rows]));
  const reading = rules
    .map(({ id, rows, read }) => ({ id, rows, columns: columns.read(read), filter: within(rows) }))
    .filter((rule) => rule.columns.size > 0 && rule.filter.kind !== 'false');
  if (reading.length === 0) return undefined;
  const filter = within(rowsOf(reading));
  const visibilities = relation.columns.map(({ name }) => {
    const rows = rowsOf(reading.filter((rule) => rule.columns.has(name)));
    return [name, visibility(rows, samePredicate(within(rows), filter))] as const;
  });
  return {
    filter,
    columns: new Map(visibilities),
    rules: reading.map((rule) => ({ id: rule.id, filter: rule.filter })),
  };
}

function rowsOf(rules: readonly ReadingRule[]): Predicate {
  return simplify(anyOf(rules.map((rule) => rule.rows)));
}

/** `rows` are those that show the column; `every` tells that they are all rows. */
function visibility(rows: Predicate, every: boolean): Visibility {
  if (rows.kind === 'false') return { kind: 'never' };
  return every ? { kind: 'always' } : { kind: 'when', predicate: rows };
}
