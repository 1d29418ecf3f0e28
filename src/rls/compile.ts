/** From the policy and the catalog to what the database should hold. */
import { type Catalog, keyOf, type Relation, type RelationKey } from '../catalog/index.ts';
import { CordonError, safeName } from '../errors/index.ts';
import {
  ANONYMOUS,
  buildAccess,
  type LoadedPolicy,
  type RelationAccess,
  type Role,
} from '../policy/index.ts';
import { isWritable, openableRelations } from '../policy/opening.ts';
import { ColumnUse } from './columns.ts';
import { type ColumnMode, generalGaps, tableGaps } from './gaps.ts';
import { Memberships } from './membership.ts';
import { cutName, uniqueName } from './names.ts';
import type { Grant, RlsPlan, TablePlan, ViewPlan } from './plan.ts';
import { policiesOf, type Workshop } from './policies.ts';
import { Settings } from './setting.ts';
import type { TargetVersion } from './version.ts';
import { viewOf } from './views.ts';

export interface RlsOptions {
  readonly version: TargetVersion;
  /** Roles of the database that callers share. */
  readonly appRoles: readonly string[];
  /** Owns views, and functions that read what the app's role may not. */
  readonly reader: string;
  readonly columns: ColumnMode;
  /** The app's role is that of a gateway, which names more columns than it shows: for look-ups, for checks, and to mask them. */
  readonly gateway?: boolean;
}

/** What the database should hold so that it enforces the policy. */
export function compileRls(policy: LoadedPolicy, catalog: Catalog, options: RlsOptions): RlsPlan {
  const first = new Compilation(policy, catalog, options, options.columns === 'views').plan();
  const alone = !first.functions.some(({ definer }) => definer);
  // Whether the reader is needed is known once all functions are: then its policies are made too.
  return alone || first.reader !== undefined ? first : new Compilation(policy, catalog, options, true).plan();
}

class Compilation {
  readonly #catalog: Catalog;
  readonly #policy: LoadedPolicy;
  readonly #options: RlsOptions;
  readonly #workshop: Workshop;
  readonly #covered: readonly { readonly relation: Relation; readonly accesses: readonly RelationAccess[] }[];
  readonly #uses: ReadonlyMap<RelationKey, ColumnUse>;

  constructor(policy: LoadedPolicy, catalog: Catalog, options: RlsOptions, reader: boolean) {
    const { dialect } = options.version;
    this.#catalog = { ...catalog, dialect };
    this.#policy = policy;
    this.#options = options;
    const access = buildAccess(policy, this.#catalog);
    const roles: readonly Role[] = [...new Set([...policy.identity.roles, ANONYMOUS])].sort();
    const settings = new Settings(dialect, policy);
    this.#covered = openableRelations(this.#catalog)
      .filter((relation) => isWritable(relation) && relation.kind !== 'foreign')
      .map((relation) => ({
        relation,
        accesses: roles.flatMap((role) => access.find(role, keyOf(relation)) ?? []),
      }))
      .filter(({ accesses }) => accesses.length > 0)
      .sort((a, b) => (keyOf(a.relation) < keyOf(b.relation) ? -1 : 1));
    this.#uses = new Map(
      this.#covered.map(({ relation, accesses }) => [
        keyOf(relation),
        new ColumnUse(policy, relation, accesses),
      ]),
    );
    this.#workshop = {
      policy,
      catalog: this.#catalog,
      access,
      roles,
      appRoles: options.appRoles,
      reader: reader ? options.reader : undefined,
      settings,
      memberships: new Memberships(access, this.#catalog, settings, options.version, roles),
      mayRead: (key, columns) => this.#mayRead(key, columns),
    };
  }

  plan(): RlsPlan {
    const tables = this.#covered.map(({ relation, accesses }) => this.#table(relation, accesses));
    const views = this.#options.columns === 'views' ? this.#views() : [];
    return {
      version: this.#options.version,
      appRoles: this.#options.appRoles,
      reader: this.#workshop.reader,
      settings: this.#workshop.settings.all(),
      functions: [...this.#workshop.memberships.functions()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      tables,
      views,
      closed: this.#closed(),
      schemas: this.#schemas(),
      gaps: [
        ...generalGaps(this.#policy, this.#options.version),
        ...this.#sequences(),
        ...this.#unsecurable(),
      ],
    };
  }

  #table(relation: Relation, accesses: readonly RelationAccess[]): TablePlan {
    const key = keyOf(relation);
    const policies = policiesOf(this.#workshop, relation, accesses);
    const use = this.#use(key);
    const gaps = tableGaps(
      this.#catalog,
      relation,
      accesses,
      use,
      this.#options,
      this.#workshop.memberships.gapsOf(key),
    );
    return {
      key,
      schema: relation.schema,
      name: relation.name,
      policies,
      grants: this.#grants(key, use),
      gaps,
    };
  }

  #use(key: RelationKey): ColumnUse {
    return this.#uses.get(key) ?? new ColumnUse(this.#policy, this.#relation(key), []);
  }

  #relation(key: RelationKey): Relation {
    const relation = this.#catalog.relations.get(key);
    if (relation === undefined)
      throw new CordonError('CORDON_RELATION_NOT_COVERED', { relation: safeName(key) });
    return relation;
  }

  #grants(key: RelationKey, use: ColumnUse): readonly Grant[] {
    const own = this.#options.appRoles.flatMap((role) => this.#grantsOf(role, key, use));
    const { reader } = this.#workshop;
    return reader === undefined ? own : [...own, { role: reader, privilege: 'SELECT', columns: undefined }];
  }

  #grantsOf(role: string, key: RelationKey, use: ColumnUse): readonly Grant[] {
    const whole = this.#options.version.dialect === 'cockroachdb';
    const grant = (privilege: Grant['privilege'], columns: readonly string[]): readonly Grant[] =>
      columns.length === 0 ? [] : [{ role, privilege, columns: whole ? undefined : columns }];
    return [
      ...grant('SELECT', this.#selectable(key)),
      ...grant('INSERT', use.insertable()),
      ...grant('UPDATE', use.updatable()),
      ...(use.deletable() ? [{ role, privilege: 'DELETE', columns: undefined } as const] : []),
    ];
  }

  /** Columns of the table itself that the app's role reads. */
  #selectable(key: RelationKey): readonly string[] {
    const use = this.#use(key);
    if (this.#options.columns === 'grants')
      return this.#options.gateway === true ? [...use.shown(), ...use.namedByGateway()] : use.shown();
    if (this.#options.version.dialect === 'postgres') return use.plain();
    // Without privileges on columns the table is read through its view, or shows all.
    return use.masked().length + use.hidden().length === 0 ? use.shown() : [];
  }

  #mayRead(key: RelationKey, columns: ReadonlySet<string>): boolean {
    const selectable = new Set(this.#uses.has(key) ? this.#selectable(key) : []);
    if (this.#options.version.dialect === 'cockroachdb') return selectable.size > 0;
    return [...columns].every((column) => selectable.has(column));
  }

  /** A view has the name of its table; those of another schema than the first carry it in front. */
  #views(): readonly ViewPlan[] {
    const taken = new Map<string, string>();
    const [first] = this.#policy.schemas;
    return this.#covered.flatMap(({ relation, accesses }) => {
      const { schema, name } = relation;
      const wanted = schema === first ? name : cutName(`${schema}_`, name);
      const unique = uniqueName(wanted, keyOf(relation), taken);
      return viewOf(this.#workshop, relation, accesses, this.#use(keyOf(relation)), unique) ?? [];
    });
  }

  #schemas(): readonly string[] {
    return [...new Set([...this.#policy.schemas, ...this.#covered.map(({ relation }) => relation.schema)])];
  }

  /** Relations of the policy's schemas on which callers have nothing. */
  #closed(): RlsPlan['closed'] {
    return openableRelations(this.#catalog)
      .filter(
        (relation) => this.#policy.schemas.includes(relation.schema) && !this.#uses.has(keyOf(relation)),
      )
      .map(({ schema, name }) => ({ schema, name }))
      .sort((a, b) => (`${a.schema}.${a.name}` < `${b.schema}.${b.name}` ? -1 : 1));
  }

  /** Which of them stand behind a column is not known here. */
  #sequences(): readonly string[] {
    const found = [...this.#catalog.relations.values()].filter(
      ({ kind, schema }) => kind === 'sequence' && this.#schemas().includes(schema),
    );
    if (found.length === 0) return [];
    const names = found.map(({ schema, name }) => `${schema}.${name}`).sort();
    return [
      `Sequences: grant USAGE on those behind columns that the role inserts without a value (an identity column needs none): ${names.join(', ')}.`,
    ];
  }

  /** Views and foreign tables that a rule opens: no policy can stand on them. */
  #unsecurable(): readonly string[] {
    const { access, roles } = this.#workshop;
    const open = openableRelations(this.#catalog).filter(
      (relation) =>
        (!isWritable(relation) || relation.kind === 'foreign') &&
        roles.some((role) => access.find(role, keyOf(relation)) !== undefined),
    );
    return open.map(
      ({ schema, name }) =>
        `\`${schema}.${name}\` is no table: no policy can stand on it, so it is closed here and open through the gateway alone.`,
    );
  }
}
