/**
 * The worlds of the attack cases: the shop as it is (a), without the rows that alice may not see (b), with those rows and
 * every hidden column replaced (c), and with hidden values replaced under the same keys (d). What alice receives must be
 * equal in all of them.
 */
import { readFileSync } from 'node:fs';
import { type PgliteDatabase, type PostgresDatabase, startPglite } from '../databases/index.ts';
import { CockroachSchema } from './cockroach-schema.ts';
import { type Connection, embeddedConnection, serverConnection } from './connection.ts';

export const PEOPLE = {
  alice: 'a11ce000-0000-4000-8000-000000000001',
  bob: 'b0b00000-0000-4000-8000-000000000002',
  carol: 'ca401000-0000-4000-8000-000000000003',
  dave: 'da7e0000-0000-4000-8000-000000000004',
} as const;

export const WORLD_NAMES = ['a', 'b', 'c', 'd'] as const;
export type WorldName = (typeof WORLD_NAMES)[number];

/** Puts ids in the place of `{alice}`, `{bob}` … */
export function withPeople(text: string): string {
  return text.replace(/\{(alice|bob|carol|dave)\}/g, (_, name: keyof typeof PEOPLE) => PEOPLE[name]);
}

function fixture(name: string): string {
  return withPeople(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

export const SCHEMA_SQL = fixture('shop.sql');

/** Every table of the shop with the predicate of the rows that are not alice's to change. */
const TABLES = {
  users: "id <> '{alice}'",
  profiles: "user_id <> '{alice}'",
  addresses: 'profile_id <> 11',
  payment_methods: 'profile_id <> 11',
  resources: "owner_id <> '{alice}'",
  permissions: "user_id <> '{alice}'",
  orders: "user_id IS DISTINCT FROM '{alice}'",
  products: 'true',
  invoices_2019: 'true',
  '"Orders"': 'true',
  pg_orders: 'true',
  orders_by_year: "user_id <> '{alice}'",
} as const;

/** A loaded database with one world in it. */
export interface World {
  readonly name: WorldName;
  readonly connection: Connection;
  /** Counts how often the objects were made anew, and so got other numbers. */
  readonly generation: number;
  /** A second connection, for a lock that somebody else holds; PGlite has none. */
  connect: (() => Promise<Connection>) | undefined;
  /** Drops everything and loads it again; `extra` is SQL of the owner run after it. */
  reset(extra?: string): Promise<void>;
  /** The rows that are not alice's, as text that two moments can be compared by. */
  othersRows(): Promise<string>;
  /** Every row of every table. */
  everyRow(): Promise<string>;
  stop(): Promise<void>;
}

class LoadedWorld implements World {
  readonly name: WorldName;
  readonly connection: Connection;
  readonly connect: (() => Promise<Connection>) | undefined;
  readonly #stop: () => Promise<void>;
  readonly #cockroach: CockroachSchema | undefined;
  #objects: string | undefined;
  #rows = '';
  #generation = 0;

  constructor(
    name: WorldName,
    connection: Connection,
    connect: (() => Promise<Connection>) | undefined,
    stop: () => Promise<void>,
    cockroach?: CockroachSchema,
  ) {
    this.name = name;
    this.connection = connection;
    this.connect = connect;
    this.#stop = stop;
    this.#cockroach = cockroach;
  }

  get generation(): number {
    return this.#generation;
  }

  async reset(extra = ''): Promise<void> {
    if (this.#cockroach !== undefined) return this.#resetCockroach(this.#cockroach, extra);
    await this.#run('ROLLBACK');
    await this.#run('RESET SESSION AUTHORIZATION; RESET ROLE');
    await this.#run('DISCARD ALL');
    const objects = this.#objects === undefined ? undefined : await this.#run(OBJECTS_SQL);
    if (objects === undefined || objects !== this.#objects) {
      await this.#run(`${CLEAR_SQL}\n${SCHEMA_SQL}\n${fixture(`rows-${this.name}.sql`)}`);
      this.#objects = await this.#run(OBJECTS_SQL);
      this.#rows = await this.everyRow();
      this.#generation += 1;
    } else if ((await this.everyRow()) !== this.#rows) {
      await this.#run(`TRUNCATE ${Object.keys(TABLES).join(', ')};\n${fixture(`rows-${this.name}.sql`)}`);
    }
    if (extra !== '') await this.#run(extra);
  }

  /** Everything anew each time: what is made there is known by other signs than those below. */
  async #resetCockroach(cockroach: CockroachSchema, extra: string): Promise<void> {
    await cockroach.load(SCHEMA_SQL, fixture(`rows-${this.name}.sql`));
    await cockroach.run(extra);
    this.#generation += 1;
  }

  async othersRows(): Promise<string> {
    return this.#dump((table) => TABLES[table]);
  }

  async everyRow(): Promise<string> {
    return this.#dump(() => 'true');
  }

  async stop(): Promise<void> {
    await this.connection.close();
    await this.#stop();
  }

  async #dump(where: (table: keyof typeof TABLES) => string): Promise<string> {
    const names = Object.keys(TABLES) as (keyof typeof TABLES)[];
    const queries = names.map(
      (table) =>
        `SELECT '${table.replaceAll('"', '')}', t::text FROM public.${table} t WHERE ${where(table)} ORDER BY 2`,
    );
    return this.#run(withPeople(queries.join(';')));
  }

  async #run(sql: string): Promise<string> {
    const answers = await this.connection.simple(sql);
    const failed = answers.find((answer) => answer.kind === 'error');
    if (failed?.kind === 'error') throw new Error(`world ${this.name}: ${failed.fields.M}`);
    return answers.flatMap((answer) => (answer.kind === 'row' ? [answer.values.join('\t')] : [])).join('\n');
  }
}

/** What changes when an object is made, changed or dropped. */
const OBJECTS_SQL = `
SELECT count(*), max(oid::bigint), sum(relnatts), sum(relhasrules::int), sum(relrowsecurity::int), max(relacl::text) FROM pg_class;
SELECT count(*), max(oid::bigint) FROM pg_proc; SELECT count(*), max(oid::bigint) FROM pg_type;
SELECT count(*), max(oid::bigint) FROM pg_namespace; SELECT count(*), max(oid::bigint) FROM pg_constraint;
SELECT count(*), max(oid::bigint) FROM pg_trigger; SELECT count(*) FROM pg_description;
SELECT count(*) FROM pg_largeobject_metadata; SELECT max(adbin::text) FROM pg_attrdef; SELECT * FROM pg_db_role_setting;
SELECT last_value, is_called FROM public.orders_id_seq;`;

const CLEAR_SQL = `
SET client_min_messages = error; ALTER ROLE CURRENT_USER RESET ALL;
SET search_path = public; SET client_min_messages = error;
DROP SCHEMA IF EXISTS evil CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO PUBLIC;
RESET client_min_messages; RESET search_path;`;

export async function embeddedWorld(name: WorldName): Promise<World> {
  const database: PgliteDatabase = await startPglite();
  const world = new LoadedWorld(name, embeddedConnection(database.pglite), undefined, database.stop);
  await world.reset();
  return world;
}

/** A world over a connection that the caller owns. */
export async function worldIn(name: WorldName, connection: Connection): Promise<World> {
  const world = new LoadedWorld(name, connection, undefined, async () => {});
  await world.reset();
  return world;
}

/** A world in a database of its own on a running server. */
export async function serverWorld(name: WorldName, server: PostgresDatabase): Promise<World> {
  const database = `world_${name}`;
  await server.createDatabase(database);
  const connect = () => serverConnection(server.address(database));
  const connection = await connect();
  const cockroach = server.dialect === 'cockroachdb' ? new CockroachSchema(connection) : undefined;
  const world = new LoadedWorld(name, connection, connect, async () => {}, cockroach);
  await world.reset();
  return world;
}
