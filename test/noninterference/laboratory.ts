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
import {
  type PgliteDatabase,
  type PostgresDatabase,
  startPglite,
  startPostgres,
} from '../databases/index.ts';
import { CockroachSchema } from '../worlds/cockroach-schema.ts';
import type { Connection } from '../worlds/connection.ts';
import type { Answer } from '../worlds/messages.ts';
import { type Channel, connectionOf, embeddedChannel, runOn, serverChannel } from './channel.ts';
import type { Dice } from './dice.ts';
import { CALLERS, CLEAR_HIDDEN, ownRows, rowsOf, TENANT } from './rows.ts';
import { randomSettings } from './settings.ts';
import type { Case } from './trial.ts';
import { fixedVocabulary } from './vocabulary.ts';
import { type Watch, Watches } from './watch.ts';
import { Writes } from './writes.ts';

export interface World {
  readonly name: 'full' | 'other' | 'clear';
  readonly channel: Channel;
  /** Settings under the names that this server has for them. */
  readonly spell: (settings: string) => string;
  /** With numbers of types that are the same in every world. */
  readonly likened: (answer: Answer) => Answer;
  /** Asks which relations have rows of others that changed; undefined: nothing is watched. */
  readonly watchOf: (caller: Caller) => Promise<Watch | undefined>;
  /** Puts back what was committed since the mark. */
  readonly restore: string;
  /** Stores some rows anew as they are, so that they lie in another order: which of several own errors comes first hangs on it. */
  readonly shuffle: string;
}

export interface Laboratory {
  readonly guard: Guard;
  readonly worlds: readonly World[];
  readonly clear: World;
  /** What is sent for a text. */
  readonly sent: (text: string) => string;
  caseOf(dice: Dice): Case;
  /** Settings of the planner, drawn anew. */
  settings(dice: Dice): string;
  /** Of the policy and the schema, for reports of violations. */
  readonly told: string;
  stop(): Promise<void>;
}

export interface Caller {
  readonly name: string;
  readonly principal: Principal;
  /** Per relation, which rows the caller may write; undefined: nothing is watched. */
  readonly writes: Readonly<Record<string, Mine>> | undefined;
}

export interface Mine {
  readonly rows: string;
  /** Of rows that were written: those that nobody may make; left out: those that are not among `rows`. */
  readonly wrong?: string;
}

export const PEOPLE: readonly Caller[] = [
  caller('alice', CALLERS.alice),
  caller('bob', CALLERS.bob),
  nobody(),
];

function caller(name: string, user: number): Caller {
  const claims = new Map([
    ['user', String(user)],
    ['tenant', String(TENANT)],
  ]);
  return {
    name,
    principal: { role: 'member', claims, fingerprint: name, expiresAtMs: undefined },
    writes: ownRows(user),
  };
}

function nobody(): Caller {
  const principal = { role: ANONYMOUS, claims: new Map(), fingerprint: 'nobody', expiresAtMs: undefined };
  return { name: 'nobody', principal, writes: ownRows(undefined) };
}

/** A case of the fixed laboratory; its seed tells it alone. */
export function fixedCase(dice: Dice): Case {
  const caller = dice.pick([
    ...PEOPLE.slice(0, 1),
    ...PEOPLE.slice(0, 1),
    ...PEOPLE.slice(0, 1),
    ...PEOPLE.slice(0, 2),
    ...PEOPLE,
  ]);
  return {
    steps: new Writes(dice, fixedVocabulary(caller.principal.role === ANONYMOUS)).steps(),
    caller,
    settings: randomSettings(dice),
  };
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
  const open = (database: string): Promise<Channel> => pinned(serverChannel(server.address(database)));
  const made = [`${name}_full`, `${name}_other`, `${name}_clear`] as const;
  if (server.dialect === 'cockroachdb') return cockroachLaboratory(server, made, open, options);
  // Copies of one database, so that types have the same numbers in all.
  const schema = `${name}_schema`;
  await server.createDatabase(schema);
  const first = await open(schema);
  await runOn(first, text('laboratory.sql'));
  await first.close();
  for (const [index, database] of made.slice(0, 2).entries()) {
    await copyOf(server, schema, database);
    const channel = await open(database);
    await runOn(channel, load(options, index));
    await channel.close();
  }
  await copyOf(server, made[0], made[2]);
  const channels: Three = [await open(made[0]), await open(made[1]), await open(made[2])];
  return laboratory(options, channels, async () => {
    for (const channel of channels) await channel.close();
    for (const database of [...made, schema]) await server.dropDatabase(database);
  });
}

type Three = readonly [Channel, Channel, Channel];

/** CockroachDB has no copies of databases, so its types have other numbers in each (from the documentation, not run). */
async function cockroachLaboratory(
  server: PostgresDatabase,
  made: readonly [string, string, string],
  open: (database: string) => Promise<Channel>,
  options: LaboratoryOptions,
): Promise<Laboratory> {
  const filled = async (database: string, index: number): Promise<Channel> => {
    await server.createDatabase(database);
    const channel = await open(database);
    const schema = new CockroachSchema(connectionOf(channel));
    await schema.run(text('laboratory.sql'));
    await schema.run(load(options, index));
    return channel;
  };
  const channels: Three = [await filled(made[0], 0), await filled(made[1], 1), await filled(made[2], 0)];
  return laboratory(options, channels, async () => {
    for (const channel of channels) await channel.close();
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
  const databases: PgliteDatabase[] = [];
  const filled = async (index: number): Promise<Channel> => {
    const database = await startPglite();
    databases.push(database);
    const channel = await pinned(Promise.resolve(embeddedChannel(database.pglite)));
    await runOn(channel, text('laboratory.sql'));
    await runOn(channel, load(options, index));
    return channel;
  };
  const channels: Three = [await filled(0), await filled(1), await filled(0)];
  return laboratory(options, channels, async () => {
    for (const database of databases) await database.stop();
  });
}

const PINS = `SET statement_timeout = '1500ms'; SET client_min_messages = notice; SET search_path = public; SET standard_conforming_strings = on`;

/** A channel with the settings that every case begins with. */
export async function pinned(opening: Promise<Channel>): Promise<Channel> {
  const channel = await opening;
  await runOn(channel, PINS);
  return channel;
}

function load({ seed, bulk, analyzed }: LaboratoryOptions, index: number): string {
  const rows = rowsOf(seed * 2 + index + 1, bulk);
  return `SET statement_timeout = 0; ${rows}\n${analyzed ? 'ANALYZE;' : ''} SET statement_timeout = '1500ms'`;
}

/** The half of a flag that no optimizer can know, as it is printed. */
const OPAQUE = '("pg_catalog"."random"() < 2)';

export function withoutOpaque(text: string): string {
  return text.replaceAll(OPAQUE, 'TRUE');
}

async function laboratory(
  { dialect = 'postgres', bareFlags = false }: LaboratoryOptions,
  [full, other, clear]: Three,
  stop: () => Promise<void>,
): Promise<Laboratory> {
  await runOn(clear, CLEAR_HIDDEN);
  const loaded = loadPolicy(parse(text('cordon.yaml')));
  if (loaded.policy === undefined) throw new Error(JSON.stringify(loaded.mistakes));
  const guard = createGuard({
    policy: loaded.policy,
    catalog: await catalogOf(connectionOf(full), { dialect }),
    parser: await createParser(),
    dialect: 'postgres',
  });
  const spell = await speller(full);
  const tables = Object.keys(ownRows(undefined));
  const world = (name: World['name'], channel: Channel): World => {
    const watches = new Watches(channel, tables);
    const watchOf = (of: Caller): Promise<Watch | undefined> => watches.of(of);
    return {
      name,
      channel,
      spell,
      likened: (answer) => answer,
      watchOf,
      restore: 'SELECT 1',
      shuffle: 'SELECT 1',
    };
  };
  const last = world('clear', clear);
  const worlds: readonly World[] = [world('full', full), world('other', other), last];
  const sent = bareFlags ? withoutOpaque : (sql: string): string => sql;
  const told = 'the fixed laboratory: test/noninterference/laboratory.sql and cordon.yaml';
  return { guard, worlds, clear: last, sent, caseOf: fixedCase, settings: randomSettings, told, stop };
}

/** Postgres 16 renamed a setting of the planner; CockroachDB has none of them. */
export async function speller(channel: Channel): Promise<World['spell']> {
  if ((await runOn(channel, 'SELECT version()')).startsWith('CockroachDB')) return () => 'SELECT 1';
  const known = await runOn(channel, "SELECT 1 FROM pg_settings WHERE name = 'force_parallel_mode'");
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
