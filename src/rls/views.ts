/** Views that mask columns row by row. They read as a role of their own, which the policies of their tables bind as well. */
import { findColumn, type Relation } from '../catalog/index.ts';
import type { RelationAccess, Visibility } from '../policy/index.ts';
import { quoteName } from '../sql/index.ts';
import type { ColumnUse } from './columns.ts';
import type { ViewPlan } from './plan.ts';
import { keyCondition, type Workshop } from './policies.ts';
import { conditionOf } from './predicate.ts';
import { both, type Condition, either, inline, NEVER } from './sql-text.ts';

export function viewOf(
  workshop: Workshop,
  relation: Relation,
  accesses: readonly RelationAccess[],
  use: ColumnUse,
  name: string,
): ViewPlan | undefined {
  if (!use.readable()) return undefined;
  const plain = new Set(use.plain());
  const columns = relation.columns.map((column) => ({
    name: column.name,
    text: plain.has(column.name) ? quoteName(column.name) : masked(workshop, relation, accesses, column.name),
  }));
  return { name, columns, from: relation, roles: workshop.appRoles };
}

function masked(
  workshop: Workshop,
  relation: Relation,
  accesses: readonly RelationAccess[],
  name: string,
): string {
  const shown = either(accesses.map((access) => shownTo(workshop, relation, access, name)));
  const type = findColumn(relation, name)?.typeText ?? 'text';
  if (inline(shown) === inline(NEVER)) return `NULL::${type}`;
  return `CASE WHEN ${inline(shown)} THEN ${quoteName(name)} END`;
}

function shownTo(workshop: Workshop, relation: Relation, access: RelationAccess, name: string): Condition {
  const { role, read, lookups } = access;
  const looked = lookups
    .filter(({ columns, keyColumns }) => columns.has(name) || keyColumns.includes(name))
    .map((lookup) => keyCondition(workshop, relation, lookup));
  const visibility = read?.columns.get(name) ?? { kind: 'never' };
  const shown = either([visible(workshop, visibility, access), ...looked]);
  return both([workshop.settings.isRole([role], 'using'), shown]);
}

function visible(workshop: Workshop, visibility: Visibility, { role, key }: RelationAccess): Condition {
  if (visibility.kind === 'never') return NEVER;
  if (visibility.kind === 'always') return { kind: 'text', text: 'true' };
  const reading = {
    role,
    place: 'using',
    of: key,
    grantees: workshop.appRoles,
    mayRead: () => true,
  } as const;
  return conditionOf(visibility.predicate, workshop.memberships.meaning(reading));
}
