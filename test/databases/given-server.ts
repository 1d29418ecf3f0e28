/**
 * A server that somebody else runs, named by `CORDON_TEST_DATABASE_URL`: PostgreSQL, or CockroachDB (from the documentation, not
 * run). Tests get databases of their own there under names that nobody else has, and a role of their own on PostgreSQL; both
 * are dropped at the end.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { ServerAddress } from '../../src/gateway/index.ts';
import type { TextRow } from './database.ts';
import type { PostgresDatabase } from './postgres.ts';

/** The URL that tests are to use in the place of servers of their own. */
export function givenUrl(): string | undefined {
  const url = process.env.CORDON_TEST_DATABASE_URL;
  return url === undefined || url === '' ? undefined : url;
}

export async function openGivenServer(url: string, database = 'shop'): Promise<PostgresDatabase> {
  const server = new GivenServer(url);
  try {
    await server.enter();
    await server.createDatabase(database);
    return server.describe(database);
  } catch (error) {
    await server.leave();
    throw error;
  }
}

const AS_TEXT = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;

class GivenServer {
  readonly #url: URL;
  readonly #scratch = `cordon_scratch_${randomBytes(4).toString('hex')}`;
  readonly #clients = new Map<string, pg.Client>();
  readonly #databases = new Set<string>();
  #owner: pg.Client | undefined;
  #version = '';
  #user: string;
  #password: string | undefined;

  constructor(url: string) {
    this.#url = new URL(url);
    this.#user = decodeURIComponent(this.#url.username);
    this.#password = decodeURIComponent(this.#url.password) || process.env.PGPASSWORD;
  }

  async enter(): Promise<void> {
    this.#owner = await this.#connect(decodeURIComponent(this.#url.pathname.slice(1)) || 'postgres');
    const [row] = await this.#ask('SELECT version() AS version');
    this.#version = row?.version ?? '';
    if (this.#dialect === 'postgres') await this.#becomeRole();
  }

  describe(database: string): PostgresDatabase {
    const { host, port } = this.#place();
    return {
      kind: 'postgres',
      name: /^\w+( CCL| OSS)? v?[\w.-]+/.exec(this.#version)?.[0] ?? 'an unknown server',
      dialect: this.#dialect,
      url: this.#urlOf(database),
      host,
      port,
      user: this.#user,
      password: this.#password,
      database: this.#nameOf(database),
      socketFolder: '',
      ca: undefined,
      caFile: undefined,
      authority: undefined,
      address: (name) => this.#address(name),
      createDatabase: (name) => this.createDatabase(name),
      copyDatabase: (from, to) => this.#copy(from, to),
      dropDatabase: (name) => this.#drop(name),
      query: (sql, parameters = []) => this.#query(database, sql, parameters),
      run: async (sql) => void (await (await this.#client(database)).query(sql)),
      stop: () => this.leave(),
    };
  }

  async createDatabase(name: string): Promise<string> {
    if (!this.#databases.has(name)) {
      this.#databases.add(name);
      await this.#ask(`CREATE DATABASE ${this.#nameOf(name)}`);
    }
    return this.#urlOf(name);
  }

  async leave(): Promise<void> {
    for (const client of this.#clients.values()) await client.end().catch(() => undefined);
    this.#clients.clear();
    for (const name of [...this.#databases]) await this.#drop(name);
    if (this.#user === this.#scratch) {
      await this.#ask(`DROP OWNED BY ${this.#scratch}`).catch(() => undefined);
      await this.#ask(`DROP ROLE IF EXISTS ${this.#scratch}`);
    }
    await this.#owner?.end();
  }

  get #dialect(): PostgresDatabase['dialect'] {
    return this.#version.startsWith('CockroachDB') ? 'cockroachdb' : 'postgres';
  }

  /** Cases change settings of the role that they run as, so that is one of their own. */
  async #becomeRole(): Promise<void> {
    const [role] = await this.#ask('SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
    if (role?.rolsuper !== 't')
      throw new Error('the role of the URL is not a superuser: the tests make roles and triggers');
    const password = randomBytes(18).toString('base64url');
    await this.#ask(`CREATE ROLE ${this.#scratch} LOGIN SUPERUSER PASSWORD '${password}'`);
    this.#user = this.#scratch;
    this.#password = password;
  }

  async #copy(from: string, to: string): Promise<void> {
    this.#databases.add(to);
    await this.#ask(`CREATE DATABASE ${this.#nameOf(to)} TEMPLATE ${this.#nameOf(from)}`);
  }

  async #drop(name: string): Promise<void> {
    const force = this.#dialect === 'postgres' ? 'WITH (FORCE)' : 'CASCADE';
    await this.#ask(`DROP DATABASE IF EXISTS ${this.#nameOf(name)} ${force}`);
    this.#databases.delete(name);
  }

  #nameOf(database: string): string {
    return `${this.#scratch}_${database}`;
  }

  #urlOf(database: string): string {
    const url = new URL(this.#url);
    url.username = this.#user;
    url.password = this.#password ?? '';
    url.pathname = this.#nameOf(database);
    return url.href;
  }

  #place(): { readonly host: string; readonly port: number } {
    const host = this.#url.searchParams.get('host') ?? this.#url.hostname;
    const usual = this.#dialect === 'cockroachdb' ? 26_257 : 5432;
    return { host, port: this.#url.port === '' ? usual : Number(this.#url.port) };
  }

  #address(database: string): ServerAddress {
    const { searchParams } = this.#url;
    const file = (name: string) => {
      const path = searchParams.get(name);
      return path === null ? undefined : readFileSync(path, 'utf8');
    };
    const mode = (searchParams.get('sslmode') ?? 'disable') as ServerAddress['tls']['mode'];
    const tls = { mode, ca: file('sslrootcert'), cert: file('sslcert'), key: file('sslkey') };
    const login = { user: this.#user, password: this.#password, database: this.#nameOf(database) };
    return { ...this.#place(), ...login, tls };
  }

  async #ask(sql: string): Promise<readonly TextRow[]> {
    return (await this.#owner?.query<TextRow>({ text: sql, types: AS_TEXT }))?.rows ?? [];
  }

  async #query(database: string, sql: string, values: readonly unknown[]): Promise<readonly TextRow[]> {
    const client = await this.#client(database);
    return (await client.query<TextRow>({ text: sql, values: [...values], types: AS_TEXT })).rows;
  }

  async #client(database: string): Promise<pg.Client> {
    const open = this.#clients.get(database) ?? (await this.#connect(this.#nameOf(database)));
    this.#clients.set(database, open);
    return open;
  }

  async #connect(database: string): Promise<pg.Client> {
    const { host, port, user, password, tls } = this.#address('');
    const given = typeof password === 'string' ? { password } : {};
    const client = new pg.Client({ host, port, user, database, ...given, ssl: sslOf(tls) });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}

function sslOf({ mode, ca, cert, key }: ServerAddress['tls']): pg.ClientConfig['ssl'] {
  if (mode === 'disable') return false;
  return {
    rejectUnauthorized: mode !== 'require',
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
