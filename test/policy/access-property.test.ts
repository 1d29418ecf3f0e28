import fc from 'fast-check';
import { expect, it } from 'vitest';
import { relationKey } from '../../src/catalog/index.ts';
import {
  type AccessTable,
  buildAccess,
  checkPolicy,
  type LoadedPolicy,
  type Membership,
  type Predicate,
  type Role,
  type Rule,
  type RuleDocument,
} from '../../src/policy/index.ts';
import { sketch } from './catalog.ts';
import { holds, type Row, type Value, type World } from './evaluate.ts';
import { load, policyWith } from './policies.ts';

const CATALOG = sketch({
  a: 'id int4, owner int4, tenant int4, n int4',
  b: 'id int4, owner int4, tenant int4, n int4',
  c: 'id int4, owner int4, n int4, extra int4',
});
type Name = 'a' | 'b' | 'c';
const NAMES: readonly Name[] = ['a', 'b', 'c'];
const COLUMNS: Readonly<Record<Name, readonly string[]>> = {
  a: ['id', 'owner', 'tenant', 'n'],
  b: ['id', 'owner', 'tenant', 'n'],
  c: ['id', 'owner', 'n', 'extra'],
};
type Data = Readonly<Record<Name, readonly Row[]>>;

/** Predicates as text, so that the parser is part of what is compared. Relations follow later ones only. */
function predicateText(name: Name, depth: number): fc.Arbitrary<string> {
  const column = fc.constantFrom(...COLUMNS[name]);
  const operand = fc.oneof(
    column,
    fc.constantFrom(':tenant', ':big'),
    fc.integer({ min: 0, max: 3 }).map(String),
  );
  const op = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');
  const comparison = fc.tuple(column, op, operand).map((parts) => parts.join(' '));
  const list = fc
    .tuple(column, fc.array(operand, { minLength: 1, maxLength: 3 }))
    .map(([c, items]) => `${c} in (${items.join(', ')})`);
  const isNull = fc.tuple(column, fc.constantFrom('is null', 'is not null')).map((parts) => parts.join(' '));
  const leaves = [comparison, comparison, comparison, list, isNull, ...memberships(name, depth)];
  if (depth === 0) return fc.oneof(...leaves);
  const inner = predicateText(name, depth - 1).map((text) => `(${text})`);
  const joined = fc.tuple(inner, fc.constantFrom('and', 'or'), inner).map((parts) => parts.join(' '));
  return fc.oneof(
    ...leaves,
    joined,
    joined,
    inner.map((text) => `not ${text}`),
    fc.constant('all'),
  );
}

function memberships(name: Name, depth: number): readonly fc.Arbitrary<string>[] {
  return NAMES.slice(NAMES.indexOf(name) + 1).flatMap((other) => {
    const column = fc.constantFrom(...COLUMNS[name]);
    const plain = fc
      .tuple(column, fc.constantFrom('', '.owner', '.n'))
      .map(([c, target]) => `${c} in ${other}${target}`);
    if (depth === 0) return [plain];
    return [
      plain,
      fc.tuple(plain, predicateText(other, 0)).map(([text, where]) => `${text} where (${where})`),
    ];
  });
}

function ruleDocument(name: Name) {
  const columns = fc.uniqueArray(fc.constantFrom(...COLUMNS[name]), { minLength: 1 });
  return fc.record({
    for: fc.constant('member'),
    rows: predicateText(name, 2),
    read: columns,
    write: columns,
    insert: columns,
    delete: fc.boolean(),
    check: predicateText(name, 1),
  });
}

const value: fc.Arbitrary<Value> = fc.option(fc.integer({ min: 0, max: 3 }), { freq: 4 });

function rowsOf(name: Name): fc.Arbitrary<readonly Row[]> {
  return fc.array(fc.record(Object.fromEntries(COLUMNS[name].map((column) => [column, value]))), {
    maxLength: 6,
  });
}

function perName<T>(make: (name: Name) => fc.Arbitrary<T>) {
  return fc.record({ a: make('a'), b: make('b'), c: make('c') });
}

const boundary = fc.constantFrom(undefined, 'tenant = :tenant', 'tenant = :tenant or tenant is null');

/** The rules as they stand in the document. */
class Naive {
  readonly #policy: LoadedPolicy;
  readonly #data: Data;
  readonly world: World;

  constructor(policy: LoadedPolicy, data: Data, claims: ReadonlyMap<string, Value>) {
    this.#policy = policy;
    this.#data = data;
    this.world = { claims, members: (membership) => this.#members('member', membership) };
  }

  rules(role: Role, name: Name): readonly Rule[] {
    const rules = this.#policy.relations.get(relationKey('public', name))?.rules ?? [];
    return rules.filter((rule) => rule.roles.includes(role));
  }

  within(name: Name, row: Row, predicate: Predicate): boolean {
    const bound = this.#policy.boundaries.filter((each) => COLUMNS[name].includes(each.column));
    return [predicate, ...bound.map((each) => each.predicate)].every(
      (each) => holds(each, row, this.world) === true,
    );
  }

  shows(role: Role, name: Name, row: Row, column: string): boolean {
    return this.rules(role, name).some(
      (rule) => rule.read.columns.has(column) && this.within(name, row, rule.rows),
    );
  }

  #members(role: Role, { relation, target, where }: Membership): readonly Value[] | undefined {
    const name = relation.split('\u0000')[1] as Name;
    const column = target === '' ? 'id' : target;
    if (!this.rules(role, name).some((rule) => rule.read.columns.has(column))) return undefined;
    const rows = this.#data[name].filter((row) => this.shows(role, name, row, column));
    const counted = rows.filter((row) => where === undefined || holds(where, row, this.world) === true);
    return counted.map((row) => row[column] ?? null);
  }
}

/** What the access table makes of them. */
class Built {
  readonly #access: AccessTable;
  readonly #role: Role;
  readonly #data: Data;
  readonly world: World;

  constructor(access: AccessTable, role: Role, data: Data, claims: ReadonlyMap<string, Value>) {
    this.#access = access;
    this.#role = role;
    this.#data = data;
    this.world = { claims, members: (membership) => this.#members(membership) };
  }

  of(name: Name) {
    return this.#access.find(this.#role, relationKey('public', name));
  }

  holds(predicate: Predicate, row: Row): boolean {
    return holds(predicate, row, this.world) === true;
  }

  shows(name: Name, row: Row, column: string): boolean {
    const read = this.of(name)?.read;
    const visibility = read?.columns.get(column);
    if (read === undefined || !this.holds(read.filter, row) || visibility === undefined) return false;
    if (visibility.kind === 'when') return this.holds(visibility.predicate, row);
    return visibility.kind === 'always';
  }

  #members(membership: Membership): readonly Value[] | undefined {
    const filter = this.#access.inRelationFilter(this.#role, membership);
    const rows = this.#data[membership.relation.split('\u0000')[1] as Name];
    return rows.filter((row) => this.holds(filter, row)).map((row) => row[membership.target] ?? null);
  }
}

const scenario = fc.record({
  rules: perName((name) => fc.array(ruleDocument(name), { minLength: 1, maxLength: 3 })),
  boundary,
  data: perName(rowsOf),
  claims: fc.record({ tenant: fc.integer({ min: 0, max: 3 }), big: fc.integer({ min: 0, max: 3 }) }),
});

function loadScenario(rules: Readonly<Record<Name, readonly RuleDocument[]>>, bound: string | undefined) {
  const relations = Object.fromEntries(NAMES.map((name) => [name, { rules: [...rules[name]] }]));
  return load(policyWith(relations, bound === undefined ? {} : { boundaries: { tenant: bound } }));
}

it('what a role reads and changes is what its rules say, row by row and column by column', () => {
  let seen = 0;
  let changed = 0;
  fc.assert(
    fc.property(scenario, (given) => {
      const policy = loadScenario(given.rules, given.boundary);
      fc.pre(checkPolicy(policy, CATALOG).length === 0);
      const claims = new Map<string, Value>(Object.entries(given.claims));
      const naive = new Naive(policy, given.data, claims);
      const built = new Built(buildAccess(policy, CATALOG), 'member', given.data, claims);
      for (const name of NAMES)
        for (const row of given.data[name]) {
          for (const column of COLUMNS[name]) {
            const shown = naive.shows('member', name, row, column);
            expect(built.shows(name, row, column)).toBe(shown);
            seen += Number(shown);
          }
          changed += compareWrites(naive, built, name, row);
        }
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(Math.min(seen, changed)).toBeGreaterThan(500);
});

function compareWrites(naive: Naive, built: Built, name: Name, row: Row): number {
  const rules = naive.rules('member', name);
  const access = built.of(name);
  const updates = access?.update?.alternatives ?? [];
  const inserts = access?.insert?.alternatives ?? [];
  // A rule that can never hold is no alternative.
  const kept = rules.filter((rule) => updates.some((each) => each.id === rule.id));
  for (const rule of rules)
    if (!kept.includes(rule))
      expect(naive.within(name, row, rule.rows) && naive.within(name, row, rule.check)).toBe(false);
  for (const column of COLUMNS[name]) {
    const may = kept.some((rule) => rule.write.columns.has(column) && naive.within(name, row, rule.rows));
    expect(updates.some((each) => each.columns.has(column) && built.holds(each.filter, row))).toBe(may);
  }
  const removable = rules.some((rule) => rule.delete && naive.within(name, row, rule.rows));
  expect(access?.delete !== undefined && built.holds(access.delete.filter, row)).toBe(removable);
  const insertable = rules.some((rule) => naive.within(name, row, rule.check));
  expect(inserts.some((each) => built.holds(each.check, row))).toBe(insertable);
  return Number(removable) + Number(insertable);
}
