/**
 * A Postgres server in a temporary folder, on a free port of the loopback address and on a unix socket. It is a child of
 * the test process and is stopped with it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Dialect } from '../../src/catalog/index.ts';
import type { ServerAddress } from '../../src/gateway/index.ts';
import { type Authority, createAuthority } from './certificate.ts';
import type { TestDatabase, TextRow } from './database.ts';
import { givenUrl, openGivenServer } from './given-server.ts';
import { findPostgres, type PostgresBinaries, type PostgresSource, serverUser } from './postgres-binaries.ts';

export interface PostgresOptions {
  /** Which server; by default what `CORDON_TEST_POSTGRES` names, else the system's, else the one from npm. */
  readonly source?: PostgresSource;
  /** Created at start; default `shop`. */
  readonly database?: string;
  /** TLS with a certificate of a self-made authority; connections without TLS are refused over TCP. */
  readonly tls?: boolean;
  /** SCRAM-SHA-256 instead of trust over TCP, with this password for `postgres`. */
  readonly password?: string;
  /** Further settings of the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface PostgresDatabase extends TestDatabase {
  readonly kind: 'postgres';
  /** Of the server; a server of a test's own is PostgreSQL. */
  readonly dialect: Dialect;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  /** The folder of the unix socket `.s.PGSQL.<port>`; connections over it are trusted. */
  readonly socketFolder: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string | undefined;
  readonly caFile: string | undefined;
  /** Issues client certificates. */
  readonly authority: Authority | undefined;
  /** The connection string of another database of this server, which is made if it does not exist. */
  createDatabase(name: string): Promise<string>;
  /** Makes a database out of another one, with the same numbers of objects. */
  copyDatabase(from: string, to: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** How a database of this server is reached, by the name that the test gave it. */
  address(database: string): ServerAddress;
}

/** The first usable server of this machine, or why there is none. */
export function availablePostgres(source?: PostgresSource): PostgresBinaries | { readonly missing: string } {
  const chosen = source ?? process.env.CORDON_TEST_POSTGRES;
  if (chosen === 'system' || chosen === 'embedded') return findPostgres(chosen);
  const system = findPostgres('system');
  if (!('missing' in system)) return system;
  const embedded = findPostgres('embedded');
  return 'missing' in embedded ? { missing: `${system.missing}; ${embedded.missing}` } : embedded;
}

/** A server of the test's own; where `CORDON_TEST_DATABASE_URL` names one and any will do, databases of that one. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresDatabase> {
  const given = givenUrl();
  const { source, tls, password } = options;
  if (given !== undefined && source === undefined && tls !== true && password === undefined)
    return openGivenServer(given, options.database);
  const binaries = availablePostgres(options.source);
  if ('missing' in binaries) throw new Error(binaries.missing);
  const server = new Server(binaries, options);
  try {
    await server.start();
    return await server.describe();
  } catch (error) {
    server.stop();
    throw error;
  }
}

const USER = 'postgres';
const quoted = pg.escapeIdentifier;
const START_ATTEMPTS = 3;

class Server {
  readonly #binaries: PostgresBinaries;
  readonly #options: PostgresOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), 'cordon-pg-'));
  readonly #authority: Authority | undefined;
  readonly #clients = new Map<string, pg.Client>();
  readonly #stopWithProcess = () => this.stop();
  #port = 0;
  #child: ChildProcess | undefined;

  constructor(binaries: PostgresBinaries, options: PostgresOptions) {
    this.#binaries = binaries;
    this.#options = options;
    this.#authority = options.tls === true ? createAuthority() : undefined;
    process.once('exit', this.#stopWithProcess);
  }

  async start(): Promise<void> {
    this.#own(this.#folder);
    this.#initialize();
    this.#configure();
    for (let attempt = 1; ; attempt++) {
      this.#port = await freePort();
      try {
        await this.#launch();
        return;
      } catch (error) {
        // Another process may have taken the port since it was found free.
        if (attempt === START_ATTEMPTS) throw error;
      }
    }
  }

  async describe(): Promise<PostgresDatabase> {
    const database = this.#options.database ?? 'shop';
    const url = await this.createDatabase(database);
    return {
      kind: 'postgres',
      dialect: 'postgres',
      name: `postgres ${this.#binaries.version}`,
      url,
      host: '127.0.0.1',
      port: this.#port,
      user: USER,
      password: this.#options.password,
      database,
      socketFolder: this.#folder,
      ca: this.#authority?.certificate,
      caFile: this.#authority === undefined ? undefined : this.#path('ca.pem'),
      authority: this.#authority,
      createDatabase: (name) => this.createDatabase(name),
      copyDatabase: (from, to) => this.#manage(`CREATE DATABASE ${quoted(to)} TEMPLATE ${quoted(from)}`),
      dropDatabase: (dropped) => this.#manage(`DROP DATABASE IF EXISTS ${quoted(dropped)} WITH (FORCE)`),
      address: (of) => this.#address(of),
      query: (sql, parameters = []) => this.#query(database, sql, parameters),
      run: async (sql) => void (await (await this.#client(database)).query(sql)),
      stop: () => this.#stopGently(),
    };
  }

  async createDatabase(name: string): Promise<string> {
    const [found] = await this.#query('postgres', 'SELECT 1 AS x FROM pg_database WHERE datname = $1', [
      name,
    ]);
    if (found === undefined)
      await this.#query('postgres', `CREATE DATABASE ${pg.escapeIdentifier(name)}`, []);
    const password =
      this.#options.password === undefined ? '' : `:${encodeURIComponent(this.#options.password)}`;
    return `postgres://${USER}${password}@127.0.0.1:${this.#port}/${encodeURIComponent(name)}`;
  }

  async #manage(sql: string): Promise<void> {
    await this.#query('postgres', sql, []);
  }

  #address(database: string): ServerAddress {
    const { tls = false, password } = this.#options;
    const ca = this.#authority?.certificate;
    const verified = { mode: tls ? 'verify-full' : 'disable', ca, cert: undefined, key: undefined } as const;
    return { host: '127.0.0.1', port: this.#port, user: USER, password, database, tls: verified };
  }

  stop(): void {
    process.off('exit', this.#stopWithProcess);
    this.#child?.kill('SIGQUIT');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #stopGently(): Promise<void> {
    const child = this.#child;
    await Promise.all([...this.#clients.values()].map((client) => client.end()));
    if (child !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    }
    this.stop();
  }

  async #query(database: string, sql: string, parameters: readonly unknown[]): Promise<readonly TextRow[]> {
    const client = await this.#client(database);
    const types = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;
    const result = await client.query<TextRow>({ text: sql, values: [...parameters], types });
    return result.rows;
  }

  async #client(database: string): Promise<pg.Client> {
    const open = this.#clients.get(database);
    if (open !== undefined) return open;
    const client = new pg.Client({ host: this.#folder, port: this.#port, user: USER, database });
    // A client that loses its server while the test stops it is no error of the test.
    client.on('error', () => undefined);
    this.#clients.set(database, client);
    await client.connect();
    return client;
  }

  #initialize(): void {
    const args = [
      '-D',
      this.#path('data'),
      '-U',
      USER,
      '--auth=trust',
      '--no-sync',
      '--encoding=UTF8',
      '--locale=C',
    ];
    execFileSync(join(this.#binaries.folder, 'initdb'), args, { stdio: 'pipe', ...this.#identity() });
  }

  #configure(): void {
    const { tls = false, password } = this.#options;
    const method = password === undefined ? 'trust' : 'scram-sha-256';
    const rules = ['local all all trust', `${tls ? 'hostssl' : 'host'} all all 127.0.0.1/32 ${method}`];
    writeFileSync(this.#path('data', 'pg_hba.conf'), `${rules.join('\n')}\n`);
    if (this.#authority === undefined) return;
    const own = this.#authority.issue('localhost', '127.0.0.1');
    this.#write('ca.pem', this.#authority.certificate);
    this.#write('server.pem', own.certificate);
    this.#write('server.key', own.key, 0o600);
  }

  #settings(): Readonly<Record<string, string>> {
    const tls = {
      ssl: 'on',
      ssl_cert_file: this.#path('server.pem'),
      ssl_key_file: this.#path('server.key'),
      ssl_ca_file: this.#path('ca.pem'),
    };
    return {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      shared_buffers: '32MB',
      max_connections: '60',
      timezone: 'UTC',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: this.#folder,
      port: String(this.#port),
      ...(this.#authority === undefined ? {} : tls),
      ...this.#options.settings,
    };
  }

  async #launch(): Promise<void> {
    const settings = Object.entries(this.#settings()).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(join(this.#binaries.folder, 'postgres'), ['-D', this.#path('data'), ...settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...this.#identity(),
    });
    this.#child = child;
    await untilReady(child);
    const { password } = this.#options;
    if (password !== undefined) {
      await this.#query('postgres', `ALTER ROLE ${USER} PASSWORD ${pg.escapeLiteral(password)}`, []);
    }
  }

  #identity() {
    return { cwd: this.#folder, env: { ...process.env, HOME: this.#folder, LC_ALL: 'C' }, ...serverUser() };
  }

  #write(name: string, text: string, mode = 0o644): void {
    writeFileSync(this.#path(name), text, { mode });
    this.#own(this.#path(name));
  }

  #own(path: string): void {
    const { uid, gid } = serverUser();
    if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  }

  #path(...parts: readonly string[]): string {
    return join(this.#folder, ...parts);
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-4000);
      if (/ready to accept connections/.test(log)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`postgres ended with code ${code}: ${log}`)));
  });
}

/** A port of the loopback address that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
