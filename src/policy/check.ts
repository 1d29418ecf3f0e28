import { type Catalog, findColumn, keyOf, type Relation, type RelationKey } from '../catalog/index.ts';
import { type Facts, type Safe, safeJoin, safeName } from '../errors/index.ts';
import type { AccessTable } from './access.ts';
import { buildAccess, hasClaims } from './build-access.ts';
import { type Mistake, type MistakeCode, mistake, say, sortMistakes } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { isUniqueKey, isWritable, openableRelations, rulesFor } from './opening.ts';
import type { Position } from './origin.ts';
import type { Boundary, LoadedPolicy, Membership, Predicate, RelationPolicy, Role, Rule } from './policy.ts';
import { claimsOf, membershipsOf } from './predicate.ts';
import { predicateProblems } from './typing.ts';

/** Compares a policy with the live catalog; empty when every part of it means something there. */
export function checkPolicy(policy: LoadedPolicy, catalog: Catalog): readonly Mistake[] {
  return new PolicyCheck(policy, catalog).run();
}

class PolicyCheck {
  readonly #policy: LoadedPolicy;
  readonly #catalog: Catalog;
  readonly #relations: readonly Relation[];
  readonly #mistakes: Mistake[] = [];

  constructor(policy: LoadedPolicy, catalog: Catalog) {
    this.#policy = policy;
    this.#catalog = catalog;
    this.#relations = openableRelations(catalog);
  }

  run(): readonly Mistake[] {
    this.#schemas();
    this.#allowed();
    for (const boundary of this.#policy.boundaries) this.#boundary(boundary);
    for (const own of this.#policy.relations.values()) this.#ownRelation(own);
    for (const rule of this.#policy.everyRelation) this.#everyRelationRule(rule);
    if (this.#mistakes.length === 0) this.#cycles();
    if (this.#mistakes.length === 0) this.#reach(buildAccess(this.#policy, this.#catalog));
    return sortMistakes(this.#mistakes);
  }

  /** `node` is what the mistake is about; `below` leads to a part of it. */
  #wrong(code: MistakeCode, node: object, below: readonly (string | number)[], facts: Facts): void {
    this.#mistakes.push(mistake(code, this.#policy.origins.of(node, ...below), facts));
  }

  #schemas(): void {
    const known = new Set(this.#relations.map((relation) => relation.schema));
    if (known.size === 0) return;
    this.#policy.schemas.forEach((name, index) => {
      if (known.has(name) || (name === 'public' && this.#policy.schemas.length === 1)) return;
      const at = this.#policy.origins.at(['schemas', index]);
      const facts = { name: safeName(name), near: didYouMean(name, known) };
      this.#mistakes.push(mistake('UNKNOWN_SCHEMA', at, facts));
    });
  }

  #allowed(): void {
    const { functions, operators, types, sequences } = this.#policy.allow;
    const found = [...this.#catalog.relations.values()].filter((relation) => relation.kind === 'sequence');
    this.#allowedNames('functions', say`function`, functions, this.#catalog.functions);
    this.#allowedNames('operators', say`operator`, operators, this.#catalog.operators);
    this.#allowedNames('types', say`type`, types, [...this.#catalog.types.values()]);
    this.#allowedNames('sequences', say`sequence`, sequences, found);
  }

  #allowedNames(
    key: string,
    kind: Safe,
    names: readonly string[],
    entries: readonly { readonly schema: string; readonly name: string }[],
  ): void {
    const known = new Set(entries.map(({ schema, name }) => `${schema}.${name}`));
    names.forEach((name, index) => {
      if (known.has(name) || known.has(`pg_catalog.${name}`)) return;
      const at = this.#policy.origins.at(['allow', key, index]);
      const facts = { kind, name: safeName(name), near: didYouMean(name, known) };
      this.#mistakes.push(mistake('UNKNOWN_ALLOWED', at, facts));
    });
  }

  #boundary(boundary: Boundary): void {
    const bound = this.#relations.filter((relation) => findColumn(relation, boundary.column) !== undefined);
    for (const relation of bound)
      if (rulesFor(this.#policy, relation).length > 0) this.#predicate(boundary.predicate, relation);
    if (bound.length > 0 || this.#relations.length === 0) return;
    const known = new Set(
      this.#relations.flatMap((relation) => relation.columns.map((column) => column.name)),
    );
    const near = didYouMean(boundary.column, known);
    const facts = { name: safeName(boundary.name), column: safeName(boundary.column), near };
    this.#wrong('BOUNDARY_UNUSED', boundary, [], facts);
  }

  #predicate(predicate: Predicate, relation: Relation): void {
    for (const problem of predicateProblems(predicate, relation, this.#policy, this.#catalog))
      this.#wrong(problem.code, problem.node, [], problem.facts);
  }

  #ownRelation(own: RelationPolicy): void {
    const relation = this.#catalog.relations.get(own.key);
    if (relation === undefined) this.#unknownRelation(own);
    else if (relation.kind === 'system' || relation.kind === 'sequence') this.#wrongKind(own, relation);
    else this.#openable(own, relation);
  }

  #openable(own: RelationPolicy, relation: Relation): void {
    for (const column of own.columns.keys())
      this.#column(relation, column, this.#policy.origins.ofKey(own, 'columns', column));
    for (const rule of own.rules) this.#rule(rule, relation);
  }

  #unknownRelation(own: RelationPolicy): void {
    const [schema = '', name = ''] = own.key.split('\u0000');
    const inSchema = this.#relations.filter((relation) => relation.schema === schema);
    const elsewhere = this.#relations.filter((relation) => relation.name === name);
    const known = [
      ...inSchema.map((relation) => relation.name),
      ...elsewhere.map((relation) => `${relation.schema}.${relation.name}`),
    ];
    const facts = { name: safeName(name), near: didYouMean(name, known) };
    this.#mistakes.push(mistake('UNKNOWN_RELATION', this.#policy.origins.ofKey(own), facts));
  }

  #wrongKind(own: RelationPolicy, relation: Relation): void {
    const sequence = relation.kind === 'sequence';
    this.#wrong('RELATION_KIND', own, [], {
      name: safeName(relation.name),
      kind: sequence ? say`sequence` : say`relation of the system`,
      what: sequence ? say`it has no rows to rule` : say`the guard filters those itself`,
      fix: sequence ? say`list it under \`allow.sequences\`` : say`take it out`,
    });
  }

  #column(relation: Relation, name: string, at: Position): void {
    if (findColumn(relation, name) !== undefined) return;
    const near = didYouMean(
      name,
      relation.columns.map((column) => column.name),
    );
    const facts = { relation: safeName(relation.name), name: safeName(name), near };
    this.#mistakes.push(mistake('UNKNOWN_COLUMN', at, facts));
  }

  #rule(rule: Rule, relation: Relation): void {
    for (const key of ['read', 'write', 'insert'] as const) this.#columns(rule, key, relation);
    this.#predicate(rule.rows, relation);
    if (rule.check !== rule.rows) this.#predicate(rule.check, relation);
    this.#lookup(rule, relation);
    if (!isWritable(relation)) this.#readOnly(rule, relation);
  }

  #columns(rule: Rule, key: 'read' | 'write' | 'insert', relation: Relation): void {
    if (key === 'insert' && rule.insertsKey) return;
    [...(rule[key]?.columns ?? [])].forEach((name, index) => {
      this.#column(relation, name, this.#policy.origins.of(rule, key, index));
    });
  }

  #lookup(rule: Rule, relation: Relation): void {
    if (rule.lookup === undefined) return;
    rule.lookup.forEach((name, index) => {
      this.#column(relation, name, this.#policy.origins.of(rule, 'lookup', index));
    });
    const known = rule.lookup.every((name) => findColumn(relation, name) !== undefined);
    if (known && !isUniqueKey(relation, rule.lookup))
      this.#wrong('LOOKUP_NOT_UNIQUE', rule, ['lookup'], { name: safeName(relation.name) });
  }

  #readOnly(rule: Rule, relation: Relation): void {
    for (const key of ['write', 'insert', 'delete'] as const) {
      const given = key === 'write' ? rule.write.kind !== 'none' : rule[key];
      if (given === undefined || given === false) continue;
      this.#wrong('RELATION_KIND', rule, [key], {
        name: safeName(relation.name),
        kind: say`${safeName(relation.kind.replace('-', ' '))}`,
        what: say`rows are changed where they are stored`,
        fix: say`let a rule of the relation below it ${safeName(key)}`,
      });
    }
  }

  /** Where a relation lacks a column that the predicate names, the rule shows nothing there; it must fit somewhere. */
  #everyRelationRule(rule: Rule): void {
    const open = this.#relations.filter((relation) => rulesFor(this.#policy, relation).includes(rule));
    const fits = (relation: Relation) =>
      predicateProblems(rule.rows, relation, this.#policy, this.#catalog).length === 0;
    const [first] = open;
    if (first !== undefined && !open.some(fits)) this.#predicate(rule.rows, first);
  }

  #cycles(): void {
    const roles = new Set(
      [...this.#relations.flatMap((relation) => this.#rulesOf(relation))].flatMap((r) => r.roles),
    );
    for (const role of roles)
      new CycleSearch((key) => this.#edges(role, key), this.#report).search(this.#keys());
  }

  #keys(): readonly RelationKey[] {
    return this.#relations.filter((relation) => this.#rulesOf(relation).length > 0).map(keyOf);
  }

  readonly #report = (membership: Membership, cycle: readonly RelationKey[]): void => {
    const names = cycle.map((key) => say`\`${safeName(key.split('\u0000')[1] ?? '')}\``);
    this.#wrong('MEMBERSHIP_CYCLE', membership, [], { cycle: safeJoin(names, ' → ') });
  };

  #rulesOf(relation: Relation): readonly Rule[] {
    return rulesFor(this.#policy, relation);
  }

  /** What decides the rows that a role sees in a relation: its reading rules there, and the boundaries. */
  #edges(role: Role, key: RelationKey): readonly Membership[] {
    const relation = this.#catalog.relations.get(key);
    if (relation === undefined) return [];
    const reading = this.#rulesOf(relation).filter(
      (rule) => rule.roles.includes(role) && rule.read.kind !== 'none',
    );
    const boundaries = this.#policy.boundaries.filter(
      (each) => findColumn(relation, each.column) !== undefined,
    );
    return [...reading.map((rule) => rule.rows), ...boundaries.map((each) => each.predicate)].flatMap(
      followed,
    );
  }

  /** Rules that can never hold for one of their roles. */
  #reach(access: AccessTable): void {
    for (const relation of this.#relations)
      for (const rule of this.#rulesOf(relation))
        for (const role of rule.roles) {
          this.#memberships(rule, role, access);
          this.#boundariesOf(rule, role, relation);
        }
  }

  #memberships(rule: Rule, role: Role, access: AccessTable): void {
    for (const membership of [rule.rows, rule.check].flatMap(membershipsOf)) {
      if (access.inRelationFilter(role, membership).kind !== 'false') continue;
      const name = membership.relation.split('\u0000')[1] ?? '';
      const column = membership.target === '' ? say`key` : safeName(membership.target);
      this.#wrong('MEMBERSHIP_UNSEEN', membership, [], {
        role: safeName(role),
        name: safeName(name),
        column,
      });
    }
  }

  #boundariesOf(rule: Rule, role: Role, relation: Relation): void {
    const service = this.#policy.services.get(role);
    if (hasClaims(this.#policy, role) || service?.boundaries === false) return;
    for (const boundary of this.#policy.boundaries) {
      if (rule.across.includes(boundary.name) || findColumn(relation, boundary.column) === undefined)
        continue;
      if (claimsOf(boundary.predicate).size === 0) continue;
      const facts = { boundary: safeName(boundary.name), role: safeName(role) };
      this.#wrong('BOUNDARY_CLOSES', rule, [], {
        ...facts,
        fix: closesFix(rule, boundary, service !== undefined),
      });
    }
  }
}

function closesFix(rule: Rule, boundary: Boundary, service: boolean): Safe {
  if (service) return say`set \`boundaries: false\` for the service, or take the rule out`;
  if (rule.lookup !== undefined || rule.rows.kind === 'false')
    return say`write \`across: [${safeName(boundary.name)}]\`, if the rule is meant to work before it is known`;
  return say`take the rule out, or let a lookup with \`across\` find the one row`;
}

/** Memberships of a predicate, those inside `where` included. */
function followed(predicate: Predicate): readonly Membership[] {
  return membershipsOf(predicate).flatMap((each) => [
    each,
    ...(each.where === undefined ? [] : followed(each.where)),
  ]);
}

/** Depth-first search for relations whose visible rows depend on themselves. */
class CycleSearch {
  readonly #edges: (key: RelationKey) => readonly Membership[];
  readonly #report: (membership: Membership, cycle: readonly RelationKey[]) => void;
  readonly #done = new Set<RelationKey>();
  readonly #path: RelationKey[] = [];

  constructor(
    edges: (key: RelationKey) => readonly Membership[],
    report: (membership: Membership, cycle: readonly RelationKey[]) => void,
  ) {
    this.#edges = edges;
    this.#report = report;
  }

  search(keys: readonly RelationKey[]): void {
    for (const key of keys) this.#visit(key);
  }

  #visit(key: RelationKey): void {
    if (this.#done.has(key)) return;
    this.#path.push(key);
    for (const membership of this.#edges(key)) this.#follow(membership);
    this.#path.pop();
    this.#done.add(key);
  }

  #follow(membership: Membership): void {
    const start = this.#path.indexOf(membership.relation);
    if (start === -1) this.#visit(membership.relation);
    else this.#report(membership, [...this.#path.slice(start), membership.relation]);
  }
}
