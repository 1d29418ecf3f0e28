/**
 * Memberships: `column in relation.target`. PostgreSQL takes a sub-query, which is worked out once. It becomes a function where
 * the sub-query would go in a circle, which PostgreSQL refuses ("infinite recursion detected in policy"), or would need
 * columns that the role may not read. CockroachDB takes no sub-query in a policy (cockroachdb/cockroach#138917): there
 * it is a function always, to which the claims are handed as arguments, so that no plan keeps those of another session.
 */
import { createHash } from 'node:crypto';
import { type Catalog, findColumn, type Relation, type RelationKey } from '../catalog/index.ts';
import { InvariantError } from '../errors/index.ts';
import {
  type AccessTable,
  claimsOf,
  columnsOf,
  type Membership,
  membershipsOf,
  type Predicate,
  type Role,
} from '../policy/index.ts';
import { quoteName } from '../sql/index.ts';
import { plainName } from './names.ts';
import { CORDON_SCHEMA, type FunctionPlan } from './plan.ts';
import { conditionOf, type Meaning } from './predicate.ts';
import type { Place, Settings } from './setting.ts';
import { type Condition, inline, NEVER, quoteRelation, textType, textual } from './sql-text.ts';
import { functionsKeepSettings, type TargetVersion } from './version.ts';

/** Who reads, and what it may read without help. */
export interface Reading {
  readonly role: Role;
  readonly place: Place;
  /** The relation whose policy it is. */
  readonly of: RelationKey;
  /** The role of the database that the policy is for, and its columns. */
  readonly grantees: readonly string[];
  readonly mayRead: (key: RelationKey, columns: ReadonlySet<string>) => boolean;
}

export interface MembershipGap {
  readonly of: RelationKey;
  readonly column: string;
  readonly relation: Relation;
}

export class Memberships {
  readonly #access: AccessTable;
  readonly #catalog: Catalog;
  readonly #settings: Settings;
  readonly #version: TargetVersion;
  readonly #roles: readonly Role[];
  readonly #functions = new Map<string, FunctionPlan>();
  readonly #gaps = new Map<string, MembershipGap>();

  constructor(
    access: AccessTable,
    catalog: Catalog,
    settings: Settings,
    version: TargetVersion,
    roles: readonly Role[],
  ) {
    this.#access = access;
    this.#catalog = catalog;
    this.#settings = settings;
    this.#version = version;
    this.#roles = roles;
  }

  functions(): readonly FunctionPlan[] {
    return [...this.#functions.values()];
  }

  gapsOf(key: RelationKey): readonly MembershipGap[] {
    return [...this.#gaps.values()].filter((gap) => gap.of === key);
  }

  /** How predicates are read for a policy. */
  meaning(reading: Reading): Meaning {
    return {
      textType: textType(this.#version.dialect),
      claim: (name) => this.#settings.claim(name, reading.place),
      membership: (membership) => this.#condition(membership, reading),
    };
  }

  #condition(membership: Membership, reading: Reading): Condition {
    const relation = this.#relation(membership);
    const visible = this.#access.inRelationFilter(reading.role, membership);
    if (visible.kind === 'false') return NEVER;
    if (this.#version.dialect === 'cockroachdb') return this.#call(membership, relation, visible, reading);
    const inlined = !this.#circular(membership, reading) && this.#readable(membership, visible, reading);
    const claim = (name: string) => this.#settings.claim(name, 'check');
    const query = this.#query(membership, relation, visible, reading.role, claim);
    const source = inlined ? query : `SELECT ${this.#setFunction(membership, relation, query, reading)}()`;
    return textual(`${quoteName(membership.column)} = ANY (ARRAY(${source}))`);
  }

  #relation(membership: Membership): Relation {
    const relation = this.#catalog.relations.get(membership.relation);
    if (relation === undefined) throw new InvariantError('a membership in no relation');
    return relation;
  }

  /** The keys that count: all that the caller sees there, whatever else holds on that relation. */
  #query(
    { target }: Membership,
    relation: Relation,
    visible: Predicate,
    role: Role,
    claim: (name: string) => string,
  ): string {
    const meaning: Meaning = {
      textType: textType(this.#version.dialect),
      claim,
      membership: (inner) => {
        const filter = this.#access.inRelationFilter(role, inner);
        if (filter.kind === 'false') return NEVER;
        const query = this.#query(inner, this.#relation(inner), filter, role, claim);
        return textual(`${quoteName(inner.column)} IN (${query})`);
      },
    };
    const where = visible.kind === 'true' ? '' : ` WHERE ${inline(conditionOf(visible, meaning))}`;
    return `SELECT ${quoteName(target)} FROM ${quoteRelation(relation)}${where}`;
  }

  #setFunction(membership: Membership, relation: Relation, query: string, reading: Reading): string {
    const returns = `SETOF ${this.#targetType(membership, relation)}`;
    const visible = this.#access.inRelationFilter(reading.role, membership);
    return this.#declare(membership, relation, reading, {
      parameters: [],
      returns,
      body: query,
      definer: !this.#readable(membership, visible, reading),
    });
  }

  #call(membership: Membership, relation: Relation, visible: Predicate, reading: Reading): Condition {
    if (!functionsKeepSettings(this.#version)) {
      this.#gaps.set(`${reading.of} ${membership.column}`, {
        of: reading.of,
        column: membership.column,
        relation,
      });
      return NEVER;
    }
    const claims = [...this.#claims(visible, reading.role)].sort();
    const query = this.#query(membership, relation, visible, reading.role, (name) => parameterOf(name));
    const parameters = [
      { name: VALUE, type: this.#targetType(membership, relation) },
      ...claims.map((name) => ({ name: parameterOf(name), type: this.#settings.claimType(name) })),
    ];
    const definer = !this.#readable(membership, visible, reading);
    const body = `SELECT ${VALUE} IN (${query})`;
    const name = this.#declare(membership, relation, reading, { parameters, returns: 'BOOL', body, definer });
    const given = [
      quoteName(membership.column),
      ...claims.map((claim) => this.#settings.claim(claim, 'check')),
    ];
    return textual(`${name}(${given.join(', ')})`);
  }

  /** Named after what it holds: another meaning is another function, whatever else the policy gains or loses. */
  #declare(
    membership: Membership,
    relation: Relation,
    reading: Reading,
    made: Omit<FunctionPlan, 'name' | 'roles'>,
  ): string {
    const hash = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 8);
    const stem = `in_${plainName(relation.name)}_${plainName(membership.target)}`.slice(0, 50);
    const name = `${stem}_${hash}`;
    const roles = new Set([...(this.#functions.get(name)?.roles ?? []), ...reading.grantees]);
    this.#functions.set(name, { name, ...made, roles: [...roles] });
    return `${quoteName(CORDON_SCHEMA)}.${quoteName(name)}`;
  }

  #targetType({ target }: Membership, relation: Relation): string {
    const column = findColumn(relation, target);
    if (column === undefined) throw new InvariantError('a membership counts no column');
    return column.typeText;
  }

  #claims(predicate: Predicate, role: Role): ReadonlySet<string> {
    const below = membershipsOf(predicate).flatMap((inner) => [
      ...this.#claims(this.#access.inRelationFilter(role, inner), role),
    ]);
    return new Set([...claimsOf(withoutMemberships(predicate)), ...below]);
  }

  #readable(membership: Membership, visible: Predicate, reading: Reading): boolean {
    const columns = new Set([membership.target, ...columnsOf(visible)]);
    if (!reading.mayRead(membership.relation, columns)) return false;
    return membershipsOf(visible).every((inner) =>
      this.#readable(inner, this.#access.inRelationFilter(reading.role, inner), reading),
    );
  }

  /** Whether reading the other relation, under its own policies, comes back to this one. */
  #circular(membership: Membership, reading: Reading): boolean {
    const met = new Set<RelationKey>();
    const open = [...this.#mentioned(membership, reading.role)];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (key === reading.of) return true;
      if (met.has(key)) continue;
      met.add(key);
      open.push(...this.#followed(key));
    }
    return false;
  }

  #mentioned(membership: Membership, role: Role): readonly RelationKey[] {
    const inner = membershipsOf(this.#access.inRelationFilter(role, membership));
    return [membership.relation, ...inner.flatMap((each) => this.#mentioned(each, role))];
  }

  /** What the policies of a relation look at when it is read. */
  #followed(key: RelationKey): readonly RelationKey[] {
    return this.#roles.flatMap((role) => {
      const read = this.#access.find(role, key)?.read;
      const memberships = read === undefined ? [] : membershipsOf(read.filter);
      return memberships.flatMap((each) => this.#mentioned(each, role));
    });
  }
}

const VALUE = 'cordon_value';

function parameterOf(claim: string): string {
  return quoteName(`cordon_claim_${claim}`);
}

function withoutMemberships(predicate: Predicate): Predicate {
  if (predicate.kind === 'and' || predicate.kind === 'or')
    return { kind: predicate.kind, items: predicate.items.map(withoutMemberships) };
  if (predicate.kind === 'not') return { kind: 'not', item: withoutMemberships(predicate.item) };
  return predicate.kind === 'in-relation' ? { kind: 'true' } : predicate;
}
