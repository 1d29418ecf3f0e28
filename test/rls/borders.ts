/** One statement at two borders: rewritten by the guard, and as it was written under the row-level security of the database. */
import pg from 'pg';
import { type Catalog, loadCatalog } from '../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import { type LoadedPolicy, type Principal, principalOf } from '../../src/policy/index.ts';
import { compileRls, printRls, type RlsOptions, readTargetVersion } from '../../src/rls/index.ts';
import { createParser } from '../../src/sql/index.ts';

/** What came back, and what is in the tables afterwards. */
export interface Outcome {
  /** undefined: the statement was answered. */
  readonly refused: string | undefined;
  readonly rows: readonly string[];
  readonly count: number;
  /** Of all tables; the same text for the same content. */
  readonly after: string;
}

export interface Asked {
  readonly sql: string;
  readonly writes: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** A role of the database that row-level security binds. */
export const APP = 'app';

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function readCatalog(client: pg.Client): Promise<Catalog> {
  return loadCatalog(async (sql) => (await client.query(sql)).rows, { searchPath: ['public'] });
}

/** The DDL of `cordon rls` for this server. */
export async function rlsScript(
  client: pg.Client,
  policy: LoadedPolicy,
  columns: Pick<RlsOptions, 'columns' | 'gateway'>,
): Promise<string> {
  const catalog = await readCatalog(client);
  const version = readTargetVersion('postgres', String(Math.floor(catalog.serverVersion / 10_000)));
  return printRls(
    compileRls(policy, catalog, { version, appRoles: [APP], reader: 'cordon_reader', ...columns }),
    'test',
  );
}

export class Borders {
  readonly #client: pg.Client;
  readonly #guard: Guard;
  readonly #policy: LoadedPolicy;
  readonly #tables: readonly string[];
  readonly #searchPath: string;
  #before: string | undefined;

  private constructor(
    client: pg.Client,
    guard: Guard,
    policy: LoadedPolicy,
    tables: readonly string[],
    searchPath: string,
  ) {
    this.#client = client;
    this.#guard = guard;
    this.#policy = policy;
    this.#tables = tables;
    this.#searchPath = searchPath;
  }

  static async open(
    client: pg.Client,
    policy: LoadedPolicy,
    tables: readonly string[],
    searchPath: string,
  ): Promise<Borders> {
    const catalog = await readCatalog(client);
    const guard = createGuard({ policy, catalog, parser: await createParser() });
    return new Borders(client, guard, policy, tables, searchPath);
  }

  /** As the gateway runs it, with a role that sees everything. */
  async guarded(asked: Asked, principal: Principal): Promise<Outcome> {
    const judged = this.#guard.session().judgeQuery(asked.sql, principal);
    if (judged.kind === 'denied') return this.#refused(judged.error.code, asked);
    const [statement] = judged.statements;
    if (statement === undefined) throw new Error('no statement');
    const text = statement.textFor(principal);
    const outcome = await this.#run(asked, [], text);
    return statement.discardRows ? { ...outcome, rows: [] } : outcome;
  }

  /** As an app runs it that tells the database who the caller is. */
  async secured(asked: Asked, principal: Principal): Promise<Outcome> {
    return this.#run(asked, this.#identity(asked, principal), asked.sql);
  }

  /** What the gateway sends, run as the app's role: both lines at once. */
  async doubled(asked: Asked, principal: Principal): Promise<Outcome> {
    const judged = this.#guard.session().judgeQuery(asked.sql, principal);
    if (judged.kind === 'denied') return this.#refused(judged.error.code, asked);
    const [statement] = judged.statements;
    if (statement === undefined) throw new Error('no statement');
    const outcome = await this.#run(asked, this.#identity(asked, principal), statement.textFor(principal));
    return statement.discardRows ? { ...outcome, rows: [] } : outcome;
  }

  /** As a database answers it in which the other tables hold nothing. */
  async emptied(asked: Asked, kept: readonly string[]): Promise<Outcome> {
    const rest = this.#tables.filter((table) => !kept.includes(table));
    const deletes = rest.map((table) => `DELETE FROM public.${table}`);
    return this.#run(asked, ['SET LOCAL session_replication_role = replica', ...deletes], asked.sql);
  }

  principal(claims: Readonly<Record<string, unknown>> | undefined): Principal {
    return principalOf(this.#policy, claims);
  }

  #identity({ settings }: Asked, { role, claims }: Principal): readonly string[] {
    const all = {
      'cordon.role': role,
      ...Object.fromEntries([...claims].map(([name, value]) => [`cordon.${name}`, value])),
      ...settings,
    };
    const set = Object.entries(all).map(
      ([name, value]) => `SELECT set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`,
    );
    return [...set, `SET LOCAL search_path = ${this.#searchPath}`, `SET LOCAL ROLE ${APP}`];
  }

  async #refused(code: string, { writes }: Asked): Promise<Outcome> {
    return { refused: code, rows: [], count: 0, after: writes ? await this.#untouched() : '' };
  }

  /** What goes before and behind is sent together: a campaign is long, and most of its time are round trips. */
  async #run({ writes }: Asked, before: readonly string[], sql: string): Promise<Outcome> {
    await this.#client.query(['BEGIN', ...before].join('; '));
    try {
      const answer = await this.#answer(sql);
      if (!writes) return { ...answer, after: '' };
      if (answer.refused !== undefined) return { ...answer, after: await this.#untouched() };
      await this.#client.query('RESET ROLE');
      return { ...answer, after: await this.#content() };
    } finally {
      await this.#client.query('ROLLBACK');
    }
  }

  /** What a statement that failed leaves behind: all that was there. */
  async #untouched(): Promise<string> {
    await this.#client.query('ROLLBACK');
    this.#before ??= await this.#content();
    return this.#before;
  }

  async #answer(sql: string): Promise<Omit<Outcome, 'after'>> {
    try {
      const { rows, rowCount } = await this.#client.query<unknown[]>({
        text: sql,
        rowMode: 'array',
        types: AS_TEXT,
      });
      return {
        refused: undefined,
        rows: rows.map((row) => JSON.stringify(row)).sort(),
        count: rowCount ?? 0,
      };
    } catch (error) {
      return { refused: String((error as { code?: unknown }).code), rows: [], count: 0 };
    }
  }

  /** Without the values that a default makes up: ids of new rows and times. */
  async #content(): Promise<string> {
    const parts = this.#tables.map(
      (table) =>
        `(SELECT md5(coalesce(string_agg(r, ',' ORDER BY r), '')) FROM (SELECT ${KNOWN[table] ?? 't::text'} AS r FROM public.${table} AS t) AS s)`,
    );
    const { rows } = await this.#client.query<Record<string, string>>(
      `SELECT ${parts.map((part, index) => `${part} AS p${index}`).join(', ')}`,
    );
    return JSON.stringify(rows[0]);
  }
}

/** Ids and times that defaults make up differ from run to run. */
const KNOWN: Readonly<Record<string, string>> = {
  users: 'row(tenant_id, region, email, name, password_hash, is_admin, reset_token)::text',
  profiles: 'row(user_id, display_name, email, phone)::text',
  addresses: 'row(profile_id, line1, city, country)::text',
  payment_methods: 'row(profile_id, brand, last4, card_token)::text',
  resources: 'row(owner_id, data)::text',
  orders: 'row(tenant_id, crdb_region, user_id, address_id, amount)::text',
  products: 'row(name, price)::text',
};

const AS_TEXT = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;
