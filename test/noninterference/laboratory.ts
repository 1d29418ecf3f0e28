/**
 * Three worlds that agree on what the callers may see: `full` has hidden rows, `other` has other hidden rows and values, and
 * `clear` is a copy of `full` without them, under the same statistics of the planner, so that it is planned the same.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Dialect } from '../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import { ANONYMOUS, loadPolicy, type Principal } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { catalogOf } from '../attacks/guarded.ts';
import { type PostgresDatabase, startPglite, startPostgres } from '../databases/index.ts';
import { CockroachSchema } from '../worlds/cockroach-schema.ts';
import { type Connection, embeddedConnection, serverConnection } from '../worlds/connection.ts';
import { CALLERS, CLEAR_HIDDEN, othersRows, rowsOf } from './rows.ts';

export interface World {
  readonly name: 'full' | 'other' | 'clear';
  readonly connection: Connection;
  /** Settings under the names that this server has for them. */
  readonly spell: (settings: string) => string;
}

export interface Laboratory {
  readonly guard: Guard;
  readonly worlds: readonly World[];
  readonly clear: World;
  /** What is sent for a text. */
  readonly sent: (text: string) => string;
  stop(): Promise<void>;
}

export interface Caller {
  readonly name: string;
  readonly principal: Principal;
  /** Sums over every row that is not the caller's to write. */
  readonly others: string;
}

export const PEOPLE: readonly Caller[] = [
  caller('alice', CALLERS.alice),
  caller('bob', CALLERS.bob),
  nobody(),
];

function caller(name: string, user: number): Caller {
  const claims = new Map([
    ['user', String(user)],
    ['tenant', '1'],
  ]);
  return {
    name,
    principal: { role: 'member', claims, fingerprint: name, expiresAtMs: undefined },
    others: othersRows(user),
  };
}

function nobody(): Caller {
  const principal = { role: ANONYMOUS, claims: new Map(), fingerprint: 'nobody', expiresAtMs: undefined };
  return { name: 'nobody', principal, others: othersRows(undefined) };
}

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Small tables are scanned in parallel too, so that plans vary. */
const SETTINGS = {
  autovacuum: 'off',
  jit: 'off',
  max_parallel_workers: '4',
  max_worker_processes: '6',
  min_parallel_table_scan_size: '0',
  min_parallel_index_scan_size: '0',
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
};

export interface LaboratoryOptions {
  readonly seed: number;
  /** About how many hidden rows the large tables have. */
  readonly bulk: number;
  readonly analyzed: boolean;
  /** Of the server: statements are rewritten as for it, and run on this one. */
  readonly dialect?: Dialect;
  /**
   * Sends flags without their opaque half, which Postgres would take for a fence; with it, a guard that was forgotten could
   * stand behind one.
   */
  readonly bareFlags?: boolean;
}

export async function startServer(): Promise<PostgresDatabase> {
  return startPostgres({ settings: SETTINGS });
}

/** Databases of a running server; each laboratory takes a name of its own. */
export async function serverLaboratory(
  server: PostgresDatabase,
  name: string,
  options: LaboratoryOptions,
): Promise<Laboratory> {
  const open = async (database: string): Promise<Connection> => {
    const connection = await serverConnection(server.address(database));
    await run(connection, PINS);
    return connection;
  };
  const made = [`${name}_full`, `${name}_other`, `${name}_clear`] as const;
  if (server.dialect === 'cockroachdb') return cockroachLaboratory(server, made, open, options);
  // Copies of one database, so that types have the same numbers in all.
  const schema = `${name}_schema`;
  await server.createDatabase(schema);
  const first = await open(schema);
  await run(first, text('laboratory.sql'));
  await first.close();
  for (const [index, database] of made.slice(0, 2).entries()) {
    await copyOf(server, schema, database);
    const connection = await open(database);
    await run(connection, load(options, index));
    await connection.close();
  }
  await copyOf(server, made[0], made[2]);
  const [full, other, clear] = [await open(made[0]), await open(made[1]), await open(made[2])];
  await run(clear, CLEAR_HIDDEN);
  return laboratory(options, [full, other, clear], async () => {
    for (const connection of [full, other, clear]) await connection.close();
    for (const database of [...made, schema]) await server.dropDatabase(database);
  });
}

/** CockroachDB has no copies of databases, so its types have other numbers in each (from the documentation, not run). */
async function cockroachLaboratory(
  server: PostgresDatabase,
  made: readonly [string, string, string],
  open: (database: string) => Promise<Connection>,
  options: LaboratoryOptions,
): Promise<Laboratory> {
  const connections: Connection[] = [];
  for (const [index, database] of made.entries()) {
    await server.createDatabase(database);
    const connection = await open(database);
    const schema = new CockroachSchema(connection);
    await schema.run(text('laboratory.sql'));
    await schema.run(load(options, index % 2));
    connections.push(connection);
  }
  const [full, other, clear] = connections;
  if (full === undefined || other === undefined || clear === undefined) throw new Error('no database');
  await run(clear, CLEAR_HIDDEN);
  return laboratory(options, [full, other, clear], async () => {
    for (const connection of connections) await connection.close();
    for (const database of made) await server.dropDatabase(database);
  });
}

/** A session of the template may take a moment to be gone. */
async function copyOf(server: PostgresDatabase, template: string, database: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await server.copyDatabase(template, database);
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export async function embeddedLaboratory(options: LaboratoryOptions): Promise<Laboratory> {
  const databases = [await startPglite(), await startPglite(), await startPglite()];
  const connections = databases.map((database) => embeddedConnection(database.pglite));
  for (const [index, connection] of connections.entries()) {
    await run(connection, PINS);
    await run(connection, text('laboratory.sql'));
    await run(connection, load(options, index % 2));
  }
  const [full, other, clear] = connections;
  if (full === undefined || other === undefined || clear === undefined) throw new Error('no database');
  await run(clear, CLEAR_HIDDEN);
  return laboratory(options, [full, other, clear], async () => {
    for (const database of databases) await database.stop();
  });
}

const PINS = `SET statement_timeout = '1500ms'; SET client_min_messages = notice; SET search_path = public; SET standard_conforming_strings = on`;

function load({ seed, bulk, analyzed }: LaboratoryOptions, index: number): string {
  const rows = rowsOf(seed * 2 + index + 1, bulk);
  return `SET statement_timeout = 0; ${rows}\n${analyzed ? 'ANALYZE;' : ''} SET statement_timeout = '1500ms'`;
}

/** The half of a flag that no optimizer can know, as it is printed. */
const OPAQUE = '("pg_catalog"."random"() < 2)';

function withoutOpaque(text: string): string {
  return text.replaceAll(OPAQUE, 'TRUE');
}

async function laboratory(
  { dialect = 'postgres', bareFlags = false }: LaboratoryOptions,
  [full, other, clear]: readonly [Connection, Connection, Connection],
  stop: () => Promise<void>,
): Promise<Laboratory> {
  const loaded = loadPolicy(parse(text('cordon.yaml')));
  if (loaded.policy === undefined) throw new Error(JSON.stringify(loaded.mistakes));
  const guard = createGuard({
    policy: loaded.policy,
    catalog: await catalogOf(full, { dialect }),
    parser: await createParser(),
    dialect: 'postgres',
  });
  const spell = await speller(full);
  const last: World = { name: 'clear', connection: clear, spell };
  const worlds: readonly World[] = [
    { name: 'full', connection: full, spell },
    { name: 'other', connection: other, spell },
    last,
  ];
  return { guard, worlds, clear: last, sent: bareFlags ? withoutOpaque : (text) => text, stop };
}

/** Postgres 16 renamed a setting of the planner; CockroachDB has none of them. */
async function speller(connection: Connection): Promise<World['spell']> {
  if ((await run(connection, 'SELECT version()')).startsWith('CockroachDB')) return () => 'SELECT 1';
  const known = await run(connection, "SELECT 1 FROM pg_settings WHERE name = 'force_parallel_mode'");
  return (settings) =>
    known === '' ? settings.replace('force_parallel_mode', 'debug_parallel_query') : settings;
}

/** Throws where the database reports an error. */
export async function run(connection: Connection, sql: string): Promise<string> {
  const answers = await connection.simple(sql);
  const failed = answers.find((answer) => answer.kind === 'error');
  if (failed?.kind === 'error')
    throw new Error(`${failed.fields.M} ${failed.fields.D ?? ''} in ${sql.slice(0, 200)}`);
  return answers.flatMap((answer) => (answer.kind === 'row' ? [answer.values.join(',')] : [])).join('\n');
}
