/** Findings about relations: what no rule speaks of, keys that span owners, filters without an index, counted ids. */
import { type Catalog, type Dialect, findColumn, keyOf, type Relation } from '../catalog/index.ts';
import { safeName } from '../errors/index.ts';
import {
  type AccessTable,
  coverage,
  type LoadedPolicy,
  type Operand,
  type Predicate,
  pinnedColumns,
  type RelationAccess,
} from '../policy/index.ts';
import type { IndexFacts, SchemaFacts } from './facts.ts';
import { type Finding, finding } from './finding.ts';
import { whereRelation } from './server.ts';
import { wideningFindings } from './widening.ts';

/** A relation with what each caller may do with it. */
export interface Opened {
  readonly relation: Relation;
  readonly accesses: readonly RelationAccess[];
}

/** The relations that a rule opens to somebody; services are not callers, but their relations count as covered. */
export function openedRelations(
  policy: LoadedPolicy,
  catalog: Catalog,
  access: AccessTable,
): readonly Opened[] {
  const rules = [...policy.everyRelation, ...[...policy.relations.values()].flatMap((each) => each.rules)];
  const roles = [...new Set(rules.flatMap((rule) => rule.roles))];
  return [...catalog.relations.values()].flatMap((relation) => {
    const found = roles.flatMap((role) => access.find(role, keyOf(relation)) ?? []);
    const accesses = found.filter(({ role }) => !policy.services.has(role));
    return found.length === 0 ? [] : [{ relation, accesses }];
  });
}

export function uncoveredFindings(policy: LoadedPolicy, catalog: Catalog): readonly Finding[] {
  const { relations, columns } = coverage(policy, catalog);
  const found = (schema: string, name: string) =>
    [...catalog.relations.values()].find((each) => each.schema === schema && each.name === name);
  return [
    ...relations
      .flatMap(({ schema, name }) => found(schema, name) ?? [])
      .map((relation) => finding('POSTURE_RELATION_UNCOVERED', whereRelation(relation))),
    ...columns.flatMap(({ schema, relation: name, column }) => {
      const relation = found(schema, name);
      return relation === undefined
        ? []
        : [finding('POSTURE_COLUMN_UNCOVERED', whereRelation(relation, column))];
    }),
  ];
}

export function schemaFindings(
  opened: readonly Opened[],
  schema: SchemaFacts,
  dialect: Dialect,
): readonly Finding[] {
  return opened.flatMap((each) => [
    ...keyFindings(each, schema),
    ...filterFindings(each, schema),
    ...counterFindings(each, schema, dialect),
    ...wideningFindings(each),
    ...(schema.inertRls.has(each.relation.oid)
      ? [finding('POSTURE_RLS_INERT', whereRelation(each.relation))]
      : []),
  ]);
}

const EXPRESSION = 'an expression';

function namesOf({ columns }: Relation, index: IndexFacts): readonly string[] {
  return index.columns.map(
    (position) => columns.find((column) => column.position === position)?.name ?? EXPRESSION,
  );
}

function keyFindings({ relation, accesses }: Opened, { indexes }: SchemaFacts): readonly Finding[] {
  const keys = (indexes.get(relation.oid) ?? [])
    .filter(({ unique }) => unique)
    .map((key) => namesOf(relation, key));
  return keys
    .filter((key) => !isRandom(relation, key) && accesses.some((access) => probes(access, key)))
    .map((key) => finding('POSTURE_KEY_SPANS_OWNERS', whereRelation(relation, ...key)));
}

/** A uuid that nobody was told cannot be tried. */
function isRandom(relation: Relation, key: readonly string[]): boolean {
  const [only = '', ...more] = key;
  return more.length === 0 && findColumn(relation, only)?.typeText === 'uuid';
}

/** Whether a caller may write a value of the key while rows that they do not see may hold it. */
function probes(access: RelationAccess, key: readonly string[]): boolean {
  if (seesEvery(access, key)) return false;
  const writes = [...(access.insert?.alternatives ?? []), ...(access.update?.alternatives ?? [])];
  return writes.some(({ columns, check }) => {
    const held = pinnedColumns(check);
    const given = key.some((name) => columns.has(name) || (name === EXPRESSION && columns.size > 0));
    return given && !key.some((name) => held.has(name));
  });
}

function seesEvery({ read }: RelationAccess, key: readonly string[]): boolean {
  return read?.filter.kind === 'true' && key.every((name) => read.columns.get(name)?.kind === 'always');
}

function filterFindings({ relation, accesses }: Opened, { indexes }: SchemaFacts): readonly Finding[] {
  // A view has no index of its own; a foreign table has its on the other side.
  if (relation.kind !== 'table' && relation.kind !== 'partitioned') return [];
  const leading = leadingColumns(relation, indexes.get(relation.oid) ?? []);
  const slow = accesses.flatMap(({ read }) => {
    if (read === undefined || read.filter.kind === 'true' || isServed(read.filter, leading)) return [];
    return [...wantedColumns(read.filter)];
  });
  if (slow.length === 0) return [];
  return [finding('POSTURE_FILTER_UNINDEXED', whereRelation(relation, ...new Set(slow)))];
}

/**
 * Columns by which an index finds rows at once. CockroachDB puts the region and the number of a hash shard before the columns
 * that were asked for.
 */
function leadingColumns(relation: Relation, indexes: readonly IndexFacts[]): ReadonlySet<string> {
  const leading = new Set<string>();
  for (const index of indexes.filter(({ partial }) => !partial)) {
    for (const name of namesOf(relation, index)) {
      leading.add(name);
      if (!isImplicit(relation, name)) break;
    }
  }
  return leading;
}

function isImplicit(relation: Relation, name: string): boolean {
  if (/^crdb_internal_.*_shard_\d+$/.test(name)) return true;
  return findColumn(relation, name)?.typeText.includes('crdb_internal_region') === true;
}

/** Whether some index narrows what has to be read. */
function isServed(predicate: Predicate, leading: ReadonlySet<string>): boolean {
  switch (predicate.kind) {
    case 'true':
    case 'not':
      return false;
    case 'false':
      return true;
    case 'and':
      return predicate.items.some((item) => isServed(item, leading));
    case 'or':
      return predicate.items.every((item) => isServed(item, leading));
    case 'compare':
      return (
        predicate.op !== '<>' && [predicate.left, predicate.right].some((side) => isLeading(side, leading))
      );
    case 'in-list':
    case 'is-null':
      return isLeading(predicate.operand, leading);
    case 'in-relation':
      return leading.has(predicate.column);
    default:
      return predicate satisfies never;
  }
}

function isLeading(operand: Operand, leading: ReadonlySet<string>): boolean {
  return operand.kind === 'column' && leading.has(operand.name);
}

/** Columns that an index could serve. */
function wantedColumns(predicate: Predicate): ReadonlySet<string> {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return new Set(predicate.items.flatMap((item) => [...wantedColumns(item)]));
    case 'compare':
      return namesOfColumns([predicate.left, predicate.right]);
    case 'in-list':
    case 'is-null':
      return namesOfColumns([predicate.operand]);
    case 'in-relation':
      return new Set([predicate.column]);
    default:
      return new Set();
  }
}

function namesOfColumns(operands: readonly Operand[]): ReadonlySet<string> {
  return new Set(operands.flatMap((operand) => (operand.kind === 'column' ? [operand.name] : [])));
}

function counterFindings(
  { relation, accesses }: Opened,
  { counters }: SchemaFacts,
  dialect: Dialect,
): readonly Finding[] {
  const counted = counters.get(relation.oid);
  return (relation.primaryKey ?? [])
    .filter((name) => {
      // The key that CockroachDB adds to a table without one; the guard refuses to name it.
      if (dialect === 'cockroachdb' && name === 'rowid') return false;
      const column = findColumn(relation, name);
      const counts =
        column !== undefined && (column.generated.startsWith('identity') || counted?.has(column.position));
      return counts === true && accesses.some(({ read }) => isShown(read?.columns.get(name)));
    })
    .map((name) =>
      finding('POSTURE_ID_SEQUENTIAL', whereRelation(relation, name), { column: safeName(name) }),
    );
}

function isShown(visibility: { readonly kind: string } | undefined): boolean {
  return visibility !== undefined && visibility.kind !== 'never';
}
