/**
 * The policies of one table. Rules are permissive, a policy for each rule and command; boundaries are restrictive; and for
 * each command one more restrictive policy repeats what the rules allow together, so that a permissive policy that
 * somebody adds later opens nothing.
 */
import { type Catalog, findColumn, keyOf, type Relation } from '../catalog/index.ts';
import {
  type AccessTable,
  allOf,
  type Boundary,
  type Command,
  conjunctsOf,
  type LoadedPolicy,
  type LookupAccess,
  type Predicate,
  type RelationAccess,
  type Role,
  samePredicate,
  simplify,
} from '../policy/index.ts';
import { rulesFor } from '../policy/opening.ts';
import { quoteName } from '../sql/index.ts';
import { boundariesOf, boundaryFor, crossingRules } from './boundary.ts';
import type { Memberships, Reading } from './membership.ts';
import { cutName, ownName, plainName } from './names.ts';
import { POLICY_PREFIX, type PolicyCommand, type PolicyPlan } from './plan.ts';
import { conditionOf } from './predicate.ts';
import { referencePredicates } from './reference.ts';
import type { Place, Settings } from './setting.ts';
import { ALWAYS, both, type Condition, either, inline, NEVER, textType, textual } from './sql-text.ts';

/** What the policies of all tables are made with. */
export interface Workshop {
  readonly policy: LoadedPolicy;
  readonly catalog: Catalog;
  readonly access: AccessTable;
  /** Roles of callers. */
  readonly roles: readonly Role[];
  /** Roles of the database that callers share. */
  readonly appRoles: readonly string[];
  /** Sees what the caller sees, for views and functions. */
  readonly reader: string | undefined;
  readonly settings: Settings;
  readonly memberships: Memberships;
  readonly mayRead: Reading['mayRead'];
}

/** What one rule allows one role. */
interface Entry {
  readonly ids: readonly string[];
  readonly role: Role;
  readonly using?: Condition;
  readonly check?: Condition;
}

const COMMANDS: readonly Command[] = ['select', 'insert', 'update', 'delete'];

export function policiesOf(
  workshop: Workshop,
  relation: Relation,
  accesses: readonly RelationAccess[],
): readonly PolicyPlan[] {
  return new TablePolicies(workshop, relation, accesses).all();
}

class TablePolicies {
  readonly #shop: Workshop;
  readonly #relation: Relation;
  readonly #accesses: readonly RelationAccess[];
  readonly #boundaries: readonly {
    readonly boundary: Boundary;
    readonly of: (role: Role) => Predicate;
    readonly crossing: ReadonlySet<string>;
  }[];

  constructor(shop: Workshop, relation: Relation, accesses: readonly RelationAccess[]) {
    this.#shop = shop;
    this.#relation = relation;
    this.#accesses = accesses;
    const rules = rulesFor(shop.policy, relation);
    this.#boundaries = boundariesOf(shop.policy, relation).map((boundary) => ({
      boundary,
      of: boundaryFor(shop.policy, shop.catalog, relation, boundary),
      crossing: crossingRules(rules, boundary),
    }));
  }

  all(): readonly PolicyPlan[] {
    const entries = new Map(COMMANDS.map((command) => [command, this.#entries(command)]));
    const rules = COMMANDS.flatMap((command) => this.#rulePolicies(command, entries.get(command) ?? []));
    const boundaries = this.#boundaries.flatMap(({ boundary, of, crossing }) =>
      this.#boundaryPolicies(boundary, of, crossing, entries),
    );
    const only = COMMANDS.map((command) => this.#only(command, entries.get(command) ?? []));
    return [...rules, ...boundaries, ...only, ...this.#references()];
  }

  /** In the order of the rules. */
  #entries(command: Command): readonly Entry[] {
    const order = rulesFor(this.#shop.policy, this.#relation).map(({ id }) => id);
    const rank = ({ ids }: Entry) => order.indexOf(ids[0] ?? '');
    const entries = this.#accesses.flatMap((access) => this.#entriesOf(command, access));
    return entries.sort((a, b) => rank(a) - rank(b));
  }

  #entriesOf(command: Command, access: RelationAccess): readonly Entry[] {
    const { role, read } = access;
    const compile = (predicate: Predicate, place: Place, ids: readonly string[]): Condition =>
      this.#condition(this.#withoutBoundaries(predicate, role, ids), role, place);
    switch (command) {
      case 'select':
        return [
          ...(read?.rules ?? []).map(({ id, filter }) => ({
            ids: [id],
            role,
            using: compile(filter, 'using', [id]),
          })),
          ...access.lookups.map((lookup) => ({ ids: [lookup.id], role, using: this.#key(lookup) })),
        ];
      case 'insert':
        return (access.insert?.alternatives ?? []).map(({ id, check }) => ({
          ids: [id],
          role,
          check: compile(check, 'check', [id]),
        }));
      case 'update':
        return (access.update?.alternatives ?? []).map(({ id, filter, check }) => ({
          ids: [id],
          role,
          using: compile(seen(access, filter), 'using', [id]),
          check: compile(check, 'check', [id]),
        }));
      case 'delete': {
        if (access.delete === undefined) return [];
        const { filter, rules } = access.delete;
        return [{ ids: rules, role, using: compile(seen(access, filter), 'using', rules) }];
      }
      default:
        return command satisfies never;
    }
  }

  #rulePolicies(command: Command, entries: readonly Entry[]): readonly PolicyPlan[] {
    const byRule = new Map<string, Entry[]>();
    for (const entry of entries) {
      const name = policyName(ruleName(entry.ids), command);
      byRule.set(name, [...(byRule.get(name) ?? []), entry]);
    }
    return [...byRule].map(([name, of]) => this.#policy(name, false, command, of));
  }

  /** What all rules allow together. */
  #only(command: Command, entries: readonly Entry[]): PolicyPlan {
    return this.#policy(policyName('only', command), true, command, entries);
  }

  #policy(name: string, restrictive: boolean, command: Command, entries: readonly Entry[]): PolicyPlan {
    const using = command === 'insert' ? undefined : this.#gated(entries, 'using');
    const check = command === 'insert' || command === 'update' ? this.#gated(entries, 'check') : undefined;
    return { name, restrictive, command, roles: this.#rolesFor(command), using, check };
  }

  #rolesFor(command: PolicyCommand): readonly string[] {
    const { appRoles, reader } = this.#shop;
    const reads = command === 'select' || command === 'all';
    return reads && reader !== undefined ? [...appRoles, reader] : appRoles;
  }

  /** Each condition for the roles that have it, and each set of roles named once. */
  #gated(entries: readonly Entry[], place: Place): Condition {
    const conditions = new Map<string, Condition>();
    const roles = new Map<string, Set<Role>>();
    for (const entry of entries) {
      const condition = (place === 'using' ? entry.using : entry.check) ?? NEVER;
      const text = inline(condition);
      conditions.set(text, condition);
      roles.set(text, (roles.get(text) ?? new Set()).add(entry.role));
    }
    const groups = new Map<string, { readonly roles: readonly Role[]; readonly items: Condition[] }>();
    for (const [text, condition] of conditions) {
      const those = [...(roles.get(text) ?? [])].sort();
      const group = groups.get(those.join('\u0000')) ?? { roles: those, items: [] };
      group.items.push(condition);
      groups.set(those.join('\u0000'), group);
    }
    return either(
      [...groups.values()].map((group) =>
        both([this.#shop.settings.isRole(group.roles, place), either(group.items)]),
      ),
    );
  }

  #boundaryPolicies(
    boundary: Boundary,
    of: (role: Role) => Predicate,
    crossing: ReadonlySet<string>,
    entries: ReadonlyMap<Command, readonly Entry[]>,
  ): readonly PolicyPlan[] {
    const stem = `boundary_${ownName(boundary.name)}`;
    const [using, check] = (['using', 'check'] as const).map((place) => this.#bound(of, place));
    const crosses = (command: Command) =>
      (entries.get(command) ?? []).filter(({ ids }) => ids.some((id) => crossing.has(id)));
    if (!COMMANDS.some((command) => crosses(command).length > 0))
      return [
        {
          name: POLICY_PREFIX + stem,
          restrictive: true,
          command: 'all',
          roles: this.#rolesFor('all'),
          using,
          check,
        },
      ];
    return COMMANDS.map((command) => ({
      name: policyName(stem, command),
      restrictive: true,
      command,
      roles: this.#rolesFor(command),
      using:
        command === 'insert' ? undefined : either([using ?? NEVER, this.#gated(crosses(command), 'using')]),
      check:
        command === 'insert' || command === 'update'
          ? either([check ?? NEVER, this.#gated(crosses(command), 'check')])
          : undefined,
    }));
  }

  /** A role that the boundary closes has no rule there either, so where all others agree none needs to be named. */
  #bound(of: (role: Role) => Predicate, place: Place): Condition {
    const bound = this.#accesses
      .map(({ role }) => ({ role, predicate: of(role) }))
      .filter(({ predicate }) => predicate.kind !== 'false')
      .map(({ role, predicate }) => ({ ids: [], role, [place]: this.#condition(predicate, role, place) }));
    const texts = new Set(bound.map((entry: Entry) => inline(entry[place] ?? NEVER)));
    const [first] = bound as readonly Entry[];
    if (texts.size === 1 && first !== undefined) return first[place] ?? NEVER;
    return this.#gated(bound, place);
  }

  /** A row may refer only to rows that the caller sees; row-level security itself does not look at foreign keys. */
  #references(): readonly PolicyPlan[] {
    return (['insert', 'update'] as const).flatMap((command) =>
      referencePredicates(this.#shop.access, this.#relation, this.#accesses, command).map(
        ({ columns, byRole }): PolicyPlan => ({
          name: policyName(`reference_${columns.map(ownName).join('_')}`, command),
          restrictive: true,
          command,
          roles: this.#rolesFor(command),
          using: command === 'update' ? ALWAYS : undefined,
          check: this.#gated(
            byRole.map(({ role, predicate }) => ({
              ids: [],
              role,
              check: this.#condition(predicate, role, 'check'),
            })),
            'check',
          ),
        }),
      ),
    );
  }

  /** Boundaries stand in policies of their own; those that a rule crosses never stood in it. */
  #withoutBoundaries(predicate: Predicate, role: Role, ids: readonly string[]): Predicate {
    const bound = this.#boundaries
      .filter(({ crossing }) => !ids.some((id) => crossing.has(id)))
      .flatMap(({ of }) => conjunctsOf(of(role)));
    const rest = conjunctsOf(predicate).filter((item) => !bound.some((each) => samePredicate(each, item)));
    return simplify(allOf(rest));
  }

  #condition(predicate: Predicate, role: Role, place: Place): Condition {
    const { memberships, appRoles, mayRead } = this.#shop;
    const reading = { role, place, of: keyOf(this.#relation), grantees: appRoles, mayRead };
    return conditionOf(predicate, memberships.meaning(reading));
  }

  /** The row of a look-up is the one whose key the caller named in a setting. */
  #key(lookup: LookupAccess): Condition {
    return keyCondition(this.#shop, this.#relation, lookup);
  }
}

export function keyCondition(
  { settings, catalog }: Workshop,
  relation: Relation,
  lookup: LookupAccess,
): Condition {
  const items = lookup.keyColumns.map((name) => {
    const column = findColumn(relation, name);
    if (column === undefined) return NEVER;
    const isEnum = catalog.types.get(column.type)?.kind === 'enum';
    const asText = isEnum || TEXTS.has(column.type);
    const left = isEnum ? `${quoteName(name)}::${textType(catalog.dialect)}` : quoteName(name);
    return textual(`${left} = ${settings.lookup(relation, column, asText)}`);
  });
  return both(items);
}

/** text, varchar, char(n) (`pg_type.dat`). */
const TEXTS: ReadonlySet<number> = new Set([25, 1043, 1042]);

/** What is changed must be a row that is seen, whether or not the statement reads a column. */
function seen(access: RelationAccess, filter: Predicate): Predicate {
  return access.read === undefined ? filter : simplify(allOf([access.read.filter, filter]));
}

/** `orders#1` is `orders_1`; several rules of a relation share its name. */
function ruleName(ids: readonly string[]): string {
  const [first = '', ...others] = ids;
  const numbers = others.map((id) => id.slice(id.lastIndexOf('#') + 1));
  return [plainName(first.replace('*', 'every').replace('#', '_')), ...numbers].join('_');
}

function policyName(stem: string, command: PolicyCommand): string {
  return cutName(`${POLICY_PREFIX}${stem}`, `_${command}`);
}
