import { type Catalog, findColumn, keyOf, type Relation, type RelationKey } from '../catalog/index.ts';
import type {
  AccessTable,
  DeleteAccess,
  InsertAccess,
  LookupAccess,
  ReadAccess,
  RelationAccess,
  UpdateAccess,
} from './access.ts';
import { buildRead } from './build-read.ts';
import { readEnumsAsText } from './enum-text.ts';
import { isUniqueKey, isWritable, openableRelations, RelationColumns, rulesFor } from './opening.ts';
import {
  ANONYMOUS,
  type LoadedPolicy,
  type Membership,
  type Operand,
  type Predicate,
  type Role,
  type Rule,
} from './policy.ts';
import { claimsOf, operandsOf, pinnedColumns } from './predicate.ts';
import { allOf, anyOf, FALSE, negate, simplify, TRUE } from './simplify.ts';
import { predicateProblems, targetColumn } from './typing.ts';

/**
 * Answers what each role may do with each relation. What does not fit the catalog closes: a rule whose predicate cannot be
 * compiled is left out, and a boundary that cannot be compiled closes the relation. `checkPolicy` tells about both.
 */
export function buildAccess(policy: LoadedPolicy, catalog: Catalog): AccessTable {
  return new PolicyAccess(policy, catalog);
}

/** Roles without a token have no claims, so what compares with one never holds for them. */
export function hasClaims(policy: LoadedPolicy, role: Role): boolean {
  return role !== ANONYMOUS && !policy.services.has(role);
}

class PolicyAccess implements AccessTable {
  readonly #policy: LoadedPolicy;
  readonly #catalog: Catalog;
  readonly #found = new Map<Role, Map<RelationKey, RelationAccess | undefined>>();
  readonly #reads = new Map<Role, Map<RelationKey, ReadAccess | undefined>>();
  readonly #covered = new Map<Role, ReadonlySet<RelationKey>>();

  constructor(policy: LoadedPolicy, catalog: Catalog) {
    this.#policy = policy;
    this.#catalog = catalog;
  }

  find(role: Role, key: RelationKey): RelationAccess | undefined {
    const known = ofRole(this.#found, role);
    if (known.has(key)) return known.get(key);
    const relation = this.#catalog.relations.get(key);
    const access = relation === undefined ? undefined : this.#build(role, relation);
    known.set(key, access);
    return access;
  }

  covered(role: Role): ReadonlySet<RelationKey> {
    const known = this.#covered.get(role);
    if (known !== undefined) return known;
    const keys = openableRelations(this.#catalog).map(keyOf);
    const covered = new Set(keys.filter((key) => this.find(role, key) !== undefined));
    this.#covered.set(role, covered);
    return covered;
  }

  inRelationFilter(role: Role, membership: Membership): Predicate {
    return this.#membershipFilter(role, membership, false);
  }

  #membershipFilter(role: Role, membership: Membership, negated: boolean): Predicate {
    const relation = this.#catalog.relations.get(membership.relation);
    const target = relation === undefined ? undefined : targetColumn(membership, relation);
    const read = relation === undefined ? undefined : this.#read(role, relation);
    if (relation === undefined || target === undefined || read === undefined) return FALSE;
    const visibility = read.columns.get(target.name) ?? { kind: 'never' };
    if (visibility.kind === 'never') return FALSE;
    const shown = visibility.kind === 'when' ? visibility.predicate : TRUE;
    const where = this.#resolve(role, relation, membership.where ?? TRUE, negated);
    return simplify(allOf([read.filter, shown, where]));
  }

  /**
   * Reads are built apart from all else, since memberships follow reads: the check of one relation may follow another
   * whose rows follow the first.
   */
  #read(role: Role, relation: Relation): ReadAccess | undefined {
    const known = ofRole(this.#reads, role);
    const key = keyOf(relation);
    if (known.has(key)) return known.get(key);
    // Rules that follow each other in a circle meet this while they are built: nothing is seen there.
    known.set(key, undefined);
    const rules = this.#rules(role, relation).filter((rule) => rule.read.kind !== 'none');
    const columns = new RelationColumns(relation, this.#policy.relations.get(key));
    const resolved = rules.map((rule) => this.#resolveRows(role, relation, rule));
    const boundary = rules.length === 0 ? FALSE : this.#boundary(role, relation, []);
    known.set(key, buildRead(relation, resolved, columns, boundary));
    return known.get(key);
  }

  #build(role: Role, relation: Relation): RelationAccess | undefined {
    const rules = this.#rules(role, relation);
    if (rules.length === 0) return undefined;
    const resolved = rules.map((rule) => ({
      ...this.#resolveRows(role, relation, rule),
      check: simplify(this.#resolve(role, relation, rule.check)),
    }));
    const builder = new RelationAccessBuilder(relation, this.#policy, resolved, (across) =>
      this.#boundary(role, relation, across),
    );
    return builder.build(role, this.#read(role, relation), this.#boundaryNames(role, relation));
  }

  /** The rules that hold for the role and fit the catalog. */
  #rules(role: Role, relation: Relation): readonly Rule[] {
    return rulesFor(this.#policy, relation).filter(
      (rule) =>
        rule.roles.includes(role) && this.#fits(rule.rows, relation) && this.#fits(rule.check, relation),
    );
  }

  #resolveRows(role: Role, relation: Relation, rule: Rule): Rule {
    return { ...rule, rows: simplify(this.#resolve(role, relation, rule.rows)) };
  }

  #fits(predicate: Predicate, relation: Relation): boolean {
    return predicateProblems(predicate, relation, this.#policy, this.#catalog).length === 0;
  }

  #boundaryNames(role: Role, relation: Relation): readonly string[] {
    if (this.#policy.services.get(role)?.boundaries === false) return [];
    const binding = this.#policy.boundaries.filter((each) => findColumn(relation, each.column) !== undefined);
    return binding.map((boundary) => boundary.name);
  }

  #boundary(role: Role, relation: Relation, across: readonly string[]): Predicate {
    const names = this.#boundaryNames(role, relation).filter((name) => !across.includes(name));
    const binding = this.#policy.boundaries.filter((boundary) => names.includes(boundary.name));
    const predicates = binding.map(({ predicate }) =>
      this.#fits(predicate, relation) ? this.#resolve(role, relation, predicate) : FALSE,
    );
    return simplify(allOf(predicates));
  }

  /**
   * Names the column that a membership counts, and closes what cannot hold for the role: a membership in a relation it
   * does not see, a comparison with a claim it does not have. Both are unknown, neither true nor false, so what
   * stands under `not` closes as well.
   */
  #resolve(role: Role, relation: Relation, predicate: Predicate, negated = false): Predicate {
    if (predicate.kind === 'and' || predicate.kind === 'or') {
      const items = predicate.items.map((item) => this.#resolve(role, relation, item, negated));
      return { kind: predicate.kind, items };
    }
    if (predicate.kind === 'not') return negate(this.#resolve(role, relation, predicate.item, !negated));
    if (predicate.kind === 'in-relation') return this.#resolveMembership(role, predicate, negated);
    if (claimsOf(predicate).size > 0 && !hasClaims(this.#policy, role)) return closed(negated);
    return readEnumsAsText(predicate, relation, this.#catalog);
  }

  #resolveMembership(role: Role, membership: Membership, negated: boolean): Predicate {
    const other = this.#catalog.relations.get(membership.relation);
    const target = other === undefined ? undefined : targetColumn(membership, other);
    const filter = this.#membershipFilter(role, membership, negated);
    if (other === undefined || target === undefined || filter.kind === 'false') return closed(negated);
    const where = this.#resolve(role, other, membership.where ?? TRUE, negated);
    return simplify({ ...membership, target: target.name, where });
  }
}

function ofRole<T>(known: Map<Role, Map<RelationKey, T>>, role: Role): Map<RelationKey, T> {
  const own = known.get(role) ?? new Map<RelationKey, T>();
  known.set(role, own);
  return own;
}

/** Not true, wherever it stands. */
function closed(negated: boolean): Predicate {
  return negated ? TRUE : FALSE;
}

class RelationAccessBuilder {
  readonly #relation: Relation;
  readonly #policy: LoadedPolicy;
  readonly #rules: readonly Rule[];
  readonly #columns: RelationColumns;
  readonly #boundary: (across: readonly string[]) => Predicate;

  constructor(
    relation: Relation,
    policy: LoadedPolicy,
    rules: readonly Rule[],
    boundary: (across: readonly string[]) => Predicate,
  ) {
    this.#relation = relation;
    this.#policy = policy;
    this.#rules = rules;
    this.#boundary = boundary;
    this.#columns = new RelationColumns(relation, policy.relations.get(keyOf(relation)));
  }

  build(role: Role, read: ReadAccess | undefined, boundaries: readonly string[]): RelationAccess | undefined {
    const key = keyOf(this.#relation);
    const writable = isWritable(this.#relation);
    const access: RelationAccess = {
      relation: this.#relation,
      key,
      role,
      hidden: this.#policy.relations.get(key)?.hidden ?? 'mask',
      read,
      lookups: this.#lookups(),
      insert: writable ? this.#insert() : undefined,
      update: writable ? this.#update() : undefined,
      delete: writable ? this.#delete() : undefined,
      boundaries,
    };
    return isOpen(access) ? access : undefined;
  }

  /** Rules of rows; those of lookups reach none. */
  #reaching(): readonly Rule[] {
    return this.#rules.filter((rule) => rule.lookup === undefined && rule.rows.kind !== 'false');
  }

  #within(predicate: Predicate, across: readonly string[] = []): Predicate {
    return simplify(allOf([this.#boundary(across), predicate]));
  }

  #lookups(): readonly LookupAccess[] {
    return this.#rules.flatMap((rule) => {
      if (rule.lookup === undefined || !isUniqueKey(this.#relation, rule.lookup)) return [];
      const boundary = this.#boundary(rule.across);
      const columns = this.#columns.lookup(rule.read);
      return boundary.kind === 'false' || columns.size === 0
        ? []
        : [{ id: rule.id, keyColumns: rule.lookup, boundary, columns }];
    });
  }

  #insert(): InsertAccess | undefined {
    const alternatives = this.#rules.flatMap((rule) => {
      if (rule.insert === undefined || rule.lookup !== undefined) return [];
      const check = this.#within(rule.check, rule.across);
      const columns = this.#columns.insert(rule, check);
      return check.kind === 'false' ? [] : [{ id: rule.id, columns, check, pinned: this.#stamped(check) }];
    });
    return alternatives.length === 0 ? undefined : { alternatives };
  }

  /** A text is not stored into an enum without a cast that may fail: such a column is given, not stamped, where its labels are not at hand. */
  #stamped(check: Predicate): ReadonlyMap<string, string> {
    const texts = new Set(operandsOf(check).flatMap((side) => (isText(side) ? [side.name] : [])));
    return new Map([...pinnedColumns(check)].filter(([column]) => !texts.has(column)));
  }

  #update(): UpdateAccess | undefined {
    const alternatives = this.#reaching().flatMap((rule) => {
      const [filter, check] = [this.#within(rule.rows), this.#within(rule.check)];
      const columns = this.#columns.write(rule, filter, check);
      const closed = columns.size === 0 || filter.kind === 'false' || check.kind === 'false';
      return closed ? [] : [{ id: rule.id, columns, filter, check }];
    });
    return alternatives.length === 0 ? undefined : { alternatives };
  }

  #delete(): DeleteAccess | undefined {
    const rules = this.#reaching().filter((rule) => rule.delete);
    const filter = this.#within(anyOf(rules.map((rule) => rule.rows)));
    return filter.kind === 'false' ? undefined : { filter, rules: rules.map((rule) => rule.id) };
  }
}

function isText(operand: Operand): operand is Extract<Operand, { kind: 'column' }> {
  return operand.kind === 'column' && operand.asText === true && operand.labels === undefined;
}

function isOpen(access: RelationAccess): boolean {
  const { read, lookups, insert, update } = access;
  return [read, insert, update, access.delete].some((each) => each !== undefined) || lookups.length > 0;
}
