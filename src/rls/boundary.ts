/** What each boundary asks of a role's rows: the access table knows it together with the rules, here it is wanted alone. */
import { type Catalog, findColumn, keyOf, type Relation } from '../catalog/index.ts';
import {
  type Boundary,
  buildAccess,
  type LoadedPolicy,
  type Predicate,
  type Role,
  type Rule,
} from '../policy/index.ts';

const NOTHING = { kind: 'none', columns: new Set<string>() } as const;

/** The boundaries that bind a relation. */
export function boundariesOf(policy: LoadedPolicy, relation: Relation): readonly Boundary[] {
  return policy.boundaries.filter(({ column }) => findColumn(relation, column) !== undefined);
}

/** Asks the access table what a rule that inserts anything, across all other boundaries, would have to satisfy. */
export function boundaryFor(
  policy: LoadedPolicy,
  catalog: Catalog,
  relation: Relation,
  boundary: Boundary,
): (role: Role) => Predicate {
  const key = keyOf(relation);
  const others = policy.boundaries.map(({ name }) => name).filter((name) => name !== boundary.name);
  const probe: Rule = {
    id: boundary.name,
    line: boundary.line,
    roles: [...policy.identity.roles, 'anonymous'],
    rows: { kind: 'false' },
    lookup: undefined,
    read: NOTHING,
    write: NOTHING,
    insert: { kind: 'all', columns: new Set() },
    insertsKey: false,
    delete: false,
    check: { kind: 'true' },
    across: others,
  };
  const asked = {
    key,
    line: boundary.line,
    hidden: 'mask',
    columns: new Map(),
    rules: [probe],
  } as const;
  const access = buildAccess({ ...policy, relations: new Map([...policy.relations, [key, asked]]) }, catalog);
  return (role) => access.find(role, key)?.insert?.alternatives[0]?.check ?? { kind: 'false' };
}

/** The rules that cross a boundary, by id. */
export function crossingRules(rules: readonly Rule[], boundary: Boundary): ReadonlySet<string> {
  return new Set(rules.filter(({ across }) => across.includes(boundary.name)).map(({ id }) => id));
}
