/** The difference between what a database should hold and what it holds, as the least DDL that removes it. */
import { type RelationKey, relationKey } from '../catalog/index.ts';
import { quoteName } from '../sql/index.ts';
import type { LiveFunction, LiveGrant, LivePolicy, LiveState } from './live.ts';
import { EVERYONE } from './live.ts';
import {
  CORDON_SCHEMA,
  type FunctionPlan,
  type Grant,
  POLICY_PREFIX,
  type PolicyPlan,
  type RlsPlan,
  type TablePlan,
  type ViewPlan,
} from './plan.ts';
import {
  alterPolicy,
  closedPolicy,
  createPolicy,
  functionStatements,
  grantStatement,
  readerStatements,
  viewStatements,
} from './print.ts';
import { quoteNames, quoteRelation } from './sql-text.ts';
import type { Printed, Wanted } from './wanted.ts';

export interface Difference {
  readonly happened: string;
  readonly statements: readonly string[];
  /**
   * `change`: the statements make it what is wanted. `decision`: it widens, and a person has to decide; the statements are advice.
   * `note`: it is told, and is no difference.
   */
  readonly kind: 'change' | 'decision' | 'note';
}

/** In the order in which they should be run: what closes comes before what opens. */
export function compareRls(plan: RlsPlan, live: LiveState, wanted: Wanted): readonly Difference[] {
  const comparison = new Comparison(plan, live, wanted);
  return [
    ...comparison.roles(),
    ...comparison.schemas(),
    ...comparison.functions(),
    ...plan.tables.flatMap((table) => comparison.table(table)),
    ...comparison.closed(),
    ...comparison.views(),
    ...comparison.leftOver(),
  ];
}

class Comparison {
  readonly #plan: RlsPlan;
  readonly #live: LiveState;
  readonly #wanted: Wanted;

  constructor(plan: RlsPlan, live: LiveState, wanted: Wanted) {
    this.#plan = plan;
    this.#live = live;
    this.#wanted = wanted;
  }

  roles(): readonly Difference[] {
    const { appRoles, reader } = this.#plan;
    const missing = reader !== undefined && !this.#live.roles.has(reader);
    return [
      ...appRoles.flatMap((role) => this.#role(role)),
      ...(missing ? [difference(`role ${reader} is missing`, readerStatements(this.#plan))] : []),
      ...(reader === undefined ? [] : this.#role(reader).filter(() => !missing)),
    ];
  }

  /** What a role may do as a member of others: inherited, or by becoming one of them. */
  #groups(role: string): readonly Difference[] {
    return (this.#live.groups.get(role) ?? []).flatMap((group) => {
      const found = this.#live.roles.get(group);
      const owns = this.#plan.tables.some(({ key }) => this.#live.tables.get(key)?.owner === group);
      const exempt = found?.superuser === true || found?.bypasses === true || owns;
      if (!exempt && !this.#goesFurther(group, role)) return [];
      const why = exempt ? 'no policy binds that one' : 'that one has privileges on relations of the policy';
      const revoke = [`REVOKE ${quoteName(group)} FROM ${quoteName(role)};`];
      return [manual(`role ${role} may act as ${group}, and ${why}`, revoke)];
    });
  }

  #goesFurther(group: string, role: string): boolean {
    if (this.#plan.appRoles.includes(group)) return false;
    const relations = [
      ...this.#plan.tables,
      ...this.#plan.closed.map(({ schema, name }) => ({ key: relationKey(schema, name), grants: [] })),
    ];
    return relations.some(({ key, grants }) => {
      const due = grants.filter((grant) => grant.role === role);
      const wanted = new Set(due.flatMap(({ privilege, columns }) => cells(privilege, columns)));
      return this.#held(key, group).some((grant) => !wanted.has(cellOf(grant)));
    });
  }

  #role(role: string): readonly Difference[] {
    const found = this.#live.roles.get(role);
    if (found === undefined)
      return [manual(`role ${role} is missing`, [`CREATE ROLE ${quoteName(role)} LOGIN;`])];
    const { superuser, bypasses } = found;
    const owned = this.#plan.tables.filter(({ key }) => this.#live.tables.get(key)?.owner === role);
    const alter = (option: string) => [`ALTER ROLE ${quoteName(role)} ${option};`];
    return [
      ...(superuser ? [manual(`role ${role} is a superuser: no policy binds it`, alter('NOSUPERUSER'))] : []),
      ...(bypasses ? [difference(`role ${role} bypasses row-level security`, alter('NOBYPASSRLS'))] : []),
      ...this.#groups(role),
      ...(owned.length === 0
        ? []
        : [
            manual(
              `role ${role} owns ${owned.map(({ name }) => name).join(', ')}, and may drop its policies`,
              [],
            ),
          ]),
    ];
  }

  /** Whoever creates where names are looked up stands in for what is there. */
  schemas(): readonly Difference[] {
    const own = this.#plan.functions.length + this.#plan.views.length > 0;
    const present = new Set(this.#live.schemaGrants.map(({ schema }) => schema));
    const make =
      own && this.#plan.version.dialect === 'postgres' && !present.has(CORDON_SCHEMA)
        ? [difference(`schema ${CORDON_SCHEMA} is missing`, [`CREATE SCHEMA ${quoteName(CORDON_SCHEMA)};`])]
        : [];
    const all = [...this.#plan.schemas, ...(own ? [CORDON_SCHEMA] : [])];
    return [...make, ...all.flatMap((schema) => this.#schema(schema))];
  }

  #schema(schema: string): readonly Difference[] {
    if (this.#plan.version.dialect !== 'postgres') return [];
    const { appRoles, reader } = this.#plan;
    const holders = (privilege: string) =>
      this.#live.schemaGrants
        .filter((grant) => grant.schema === schema && grant.privilege === privilege)
        .map(({ role }) => role);
    const surplus = holders('CREATE').filter((role) => role === EVERYONE || appRoles.includes(role));
    const users = new Set(holders('USAGE'));
    const lacking = [...appRoles, ...(reader === undefined ? [] : [reader])].filter(
      (role) => !users.has(role),
    );
    const creators = new Set(holders('CREATE'));
    const owning = schema === CORDON_SCHEMA && reader !== undefined && !creators.has(reader);
    const name = quoteName(schema);
    return [
      ...(surplus.length === 0
        ? []
        : [
            difference(`objects can be created in ${schema}`, [
              `REVOKE CREATE ON SCHEMA ${name} FROM ${grantees(surplus)};`,
            ]),
          ]),
      ...(lacking.length === 0
        ? []
        : [
            difference(`schema ${schema} is not open to its users`, [
              `GRANT USAGE ON SCHEMA ${name} TO ${quoteNames(lacking)};`,
            ]),
          ]),
      ...(owning
        ? [
            difference(`role ${reader} cannot own in ${schema}`, [
              `GRANT CREATE ON SCHEMA ${name} TO ${quoteName(reader)};`,
            ]),
          ]
        : []),
    ];
  }

  functions(): readonly Difference[] {
    return this.#plan.functions.flatMap((made) => {
      const found = this.#live.functions.get(made.name);
      if (found !== undefined && this.#sameFunction(made, found)) return [];
      const what = found === undefined ? 'is missing' : 'is another one';
      return [difference(`function ${made.name} ${what}`, functionStatements(this.#plan, made))];
    });
  }

  #sameFunction(made: FunctionPlan, found: LiveFunction): boolean {
    const owned = !made.definer || found.owner === this.#plan.reader;
    return found.body.trim() === made.body && found.definer === made.definer && owned;
  }

  table(table: TablePlan): readonly Difference[] {
    return [...this.#flags(table), ...this.#policies(table), ...this.#foreign(table), ...this.#grants(table)];
  }

  #flags({ key, schema, name }: TablePlan): readonly Difference[] {
    const found = this.#live.tables.get(key);
    const missing = [
      ...(found?.enabled === true ? [] : ['ENABLE ROW LEVEL SECURITY']),
      ...(found?.forced === true ? [] : ['FORCE ROW LEVEL SECURITY']),
    ];
    const statements = missing.map((each) => `ALTER TABLE ${quoteRelation({ schema, name })} ${each};`);
    return missing.length === 0
      ? []
      : [difference(`row-level security of ${schema}.${name} is not set: ${missing.join(', ')}`, statements)];
  }

  /** Restrictive policies come first when they are made, and go last. */
  #policies(table: TablePlan): readonly Difference[] {
    const own = this.#of(table.key).filter(({ name }) => name.startsWith(POLICY_PREFIX));
    const found = new Map(own.map((policy) => [policy.name, policy]));
    const named = new Set(table.policies.map(({ name }) => name));
    const ordered = [...table.policies].sort((a, b) => Number(b.restrictive) - Number(a.restrictive));
    const surplus = own
      .filter(({ name }) => !named.has(name))
      .sort((a, b) => Number(a.restrictive) - Number(b.restrictive));
    return [
      ...ordered.flatMap((policy) => this.#policy(table, policy, found.get(policy.name))),
      ...surplus.map(({ name }) =>
        difference(`${place(table, name)} is no longer wanted`, [dropPolicy(table, name)]),
      ),
    ];
  }

  #policy(table: TablePlan, policy: PolicyPlan, found: LivePolicy | undefined): readonly Difference[] {
    const where = place(table, policy.name);
    if (found === undefined) return [difference(`${where} is missing`, this.#create(table, policy))];
    const printed = this.#wanted.policies.get(table.key)?.get(policy.name);
    const replaced =
      found.command !== policy.command ||
      found.restrictive !== policy.restrictive ||
      (found.using !== undefined && policy.using === undefined) ||
      (found.check !== undefined && policy.check === undefined);
    if (replaced)
      return [
        difference(`${where} is of another kind`, [
          dropPolicy(table, policy.name),
          ...this.#create(table, policy),
        ]),
      ];
    const same = printed !== undefined && samePrinted(printed, found) && sameNames(policy.roles, found.roles);
    return same ? [] : [difference(`${where} has other roles or conditions`, [alterPolicy(table, policy)])];
  }

  #create(table: TablePlan, policy: PolicyPlan): readonly string[] {
    return this.#plan.version.dialect === 'postgres'
      ? [createPolicy(table, policy)]
      : [closedPolicy(table, policy), alterPolicy(table, policy)];
  }

  /** Policies that others made: a permissive one is held by Cordon's restrictive ones, and is there for a reason nobody told. */
  #foreign(table: TablePlan): readonly Difference[] {
    const others = this.#of(table.key).filter(({ name }) => !name.startsWith(POLICY_PREFIX));
    return others.map(({ name, roles, command, restrictive }): Difference => {
      const whose = `${place(table, name)} is not Cordon's (${command}, to ${roles.join(', ')})`;
      return restrictive
        ? { happened: `${whose} and restrictive: it narrows`, statements: [], kind: 'note' }
        : manual(`${whose} and permissive: it widens what others may see`, [dropPolicy(table, name)]);
    });
  }

  #of(key: RelationKey): readonly LivePolicy[] {
    return this.#live.policies.filter((policy) => policy.table === key);
  }

  #grants(table: TablePlan): readonly Difference[] {
    const { appRoles, reader } = this.#plan;
    const roles = [...appRoles, ...(reader === undefined ? [] : [reader]), EVERYONE];
    return roles.flatMap((role) => {
      const held = this.#held(table.key, role);
      const due = table.grants.filter((grant) => grant.role === role);
      const wanted = new Set(due.flatMap(({ privilege, columns }) => cells(privilege, columns)));
      return this.#grant(table, role, held, wanted);
    });
  }

  #held(key: RelationKey, role: string): readonly LiveGrant[] {
    return this.#live.grants.filter((grant) => grant.table === key && grant.role === role);
  }

  #grant(
    table: Place,
    role: string,
    held: readonly LiveGrant[],
    wanted: ReadonlySet<string>,
  ): readonly Difference[] {
    const surplus = held.filter((grant) => !wanted.has(cellOf(grant)));
    const whole = new Set(
      surplus.filter(({ column }) => column === undefined).map(({ privilege }) => privilege),
    );
    // What is taken from the whole table is taken from its columns too, so it is then given again.
    const kept = held.filter(
      (grant) => wanted.has(cellOf(grant)) && !whole.has(grant.privilege) && !whole.has('ALL'),
    );
    const present = new Set(kept.map(cellOf));
    const missing = [...wanted].filter((cell) => !present.has(cell));
    const where = `${role} on ${table.schema}.${table.name}`;
    return [
      ...(surplus.length === 0
        ? []
        : [difference(`privileges of ${where} go too far`, [revokeStatement(table, role, surplus)])]),
      ...(missing.length === 0
        ? []
        : [
            difference(`privileges of ${where} are missing`, [
              grantStatement(table, role, grantsOf(role, missing)),
            ]),
          ]),
    ];
  }

  closed(): readonly Difference[] {
    return this.#plan.closed.flatMap((relation) =>
      [...this.#plan.appRoles, EVERYONE].flatMap((role) => {
        const held = this.#held(relationKey(relation.schema, relation.name), role);
        return this.#grant(relation, role, held, new Set());
      }),
    );
  }

  views(): readonly Difference[] {
    return this.#plan.views.flatMap((view) => {
      const found = this.#live.views.get(view.name);
      const wanted = this.#wanted.views.get(view.name);
      const same =
        found !== undefined &&
        found.definition === wanted &&
        found.owner === this.#plan.reader &&
        this.#barred(found.options) &&
        this.#viewGrants(view);
      if (same) return [];
      const what = found === undefined ? 'is missing' : 'is another one';
      return [difference(`view ${view.name} ${what}`, viewStatements(this.#plan, view))];
    });
  }

  #barred(options: string): boolean {
    if (this.#plan.version.dialect !== 'postgres') return true;
    return /security_barrier=(true|on)/.test(options) && !/security_invoker=(true|on)/.test(options);
  }

  #viewGrants({ name, roles }: ViewPlan): boolean {
    const key = relationKey(CORDON_SCHEMA, name);
    const held = [...this.#plan.appRoles, EVERYONE].flatMap((role) => this.#held(key, role));
    const due = new Set(roles.map((role) => `${role} SELECT`));
    return held.length === due.size && held.every(({ role, privilege }) => due.has(`${role} ${privilege}`));
  }

  /** Functions and views of rules that are gone; last, since policies may still have used them before. */
  leftOver(): readonly Difference[] {
    const functions = new Set(this.#plan.functions.map(({ name }) => name));
    const views = new Set(this.#plan.views.map(({ name }) => name));
    const own = (name: string) => `${quoteName(CORDON_SCHEMA)}.${quoteName(name)}`;
    return [
      ...[...this.#live.views.keys()]
        .filter((name) => !views.has(name))
        .map((name) => difference(`view ${name} is no longer wanted`, [`DROP VIEW ${own(name)};`])),
      ...[...this.#live.functions]
        .filter(([name]) => !functions.has(name))
        .map(([name, { parameters }]) =>
          difference(`function ${name} is no longer wanted`, [`DROP FUNCTION ${own(name)}(${parameters});`]),
        ),
    ];
  }
}

type Place = Pick<TablePlan, 'schema' | 'name'>;

function difference(happened: string, statements: readonly string[]): Difference {
  return { happened, statements, kind: 'change' };
}

function manual(happened: string, statements: readonly string[]): Difference {
  return { happened, statements, kind: 'decision' };
}

function place({ schema, name }: Place, policy: string): string {
  return `policy ${policy} on ${schema}.${name}`;
}

function dropPolicy(table: Place, name: string): string {
  return `DROP POLICY ${quoteName(name)} ON ${quoteRelation(table)};`;
}

function samePrinted(wanted: Printed, found: LivePolicy): boolean {
  return wanted.using === found.using && wanted.check === found.check;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

/** A privilege on one column, or on the whole table, as one text. */
function cells(privilege: string, columns: readonly string[] | undefined): readonly string[] {
  return columns === undefined ? [privilege] : columns.map((column) => `${privilege}\u0000${column}`);
}

function cellOf({ privilege, column }: LiveGrant): string {
  return column === undefined ? privilege : `${privilege}\u0000${column}`;
}

const PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

function grantsOf(role: string, missing: readonly string[]): readonly Grant[] {
  return PRIVILEGES.flatMap((privilege): readonly Grant[] => {
    const columns = missing.flatMap((cell) =>
      cell.startsWith(`${privilege}\u0000`) ? [cell.slice(privilege.length + 1)] : [],
    );
    if (columns.length > 0) return [{ role, privilege, columns }];
    return missing.includes(privilege) ? [{ role, privilege, columns: undefined }] : [];
  });
}

function revokeStatement(table: Place, role: string, surplus: readonly LiveGrant[]): string {
  const whole = surplus.filter(({ column }) => column === undefined).map(({ privilege }) => privilege);
  const single = surplus.flatMap(({ privilege, column }) =>
    column === undefined || whole.includes(privilege) ? [] : [`${privilege} (${quoteName(column)})`],
  );
  const listed = [...new Set([...whole, ...single])].sort().join(', ');
  return `REVOKE ${listed} ON TABLE ${quoteRelation(table)} FROM ${grantees([role])};`;
}

function grantees(roles: readonly string[]): string {
  return roles.map((role) => (role === EVERYONE ? 'PUBLIC' : quoteName(role))).join(', ');
}
