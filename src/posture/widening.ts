/** Findings about rules by which a caller may show hidden values to themselves. */
import { safeName } from '../errors/index.ts';
import {
  columnsOf,
  conjunctsOf,
  follows,
  type Predicate,
  pinnedColumns,
  type ReadAccess,
  type RelationAccess,
} from '../policy/index.ts';
import { type Finding, finding } from './finding.ts';
import type { Opened } from './schema.ts';
import { whereRelation } from './server.ts';

/** One for each column that decides what a role sees, and that the role may write where it does not see that yet. */
export function wideningFindings({ relation, accesses }: Opened): readonly Finding[] {
  return accesses.flatMap((access) =>
    [...wideningColumns(access)].map((column) =>
      finding('POSTURE_WRITE_WIDENS_READ', whereRelation(relation, column), {
        role: safeName(access.role),
        column: safeName(column),
      }),
    ),
  );
}

function wideningColumns({ read, update }: RelationAccess): ReadonlySet<string> {
  const conditions = conditionsOf(read);
  return new Set(
    (update?.alternatives ?? []).flatMap(({ columns, filter, check }) => {
      const held = pinnedColumns(check);
      const unmet = conditions.filter((condition) => !follows(condition, conjunctsOf(filter)));
      const deciding = unmet.flatMap((condition) => [...columnsOf(condition)]);
      return deciding.filter((column) => columns.has(column) && !held.has(column));
    }),
  );
}

/** Those of the columns that are not shown in every row. */
function conditionsOf(read: ReadAccess | undefined): readonly Predicate[] {
  const shown = [...(read?.columns.values() ?? [])];
  return shown.flatMap((visibility) => (visibility.kind === 'when' ? [visibility.predicate] : []));
}
