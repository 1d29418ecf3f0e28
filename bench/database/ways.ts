/** The ways to one caller's rows, each on a connection of its own. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { createGuard, type GuardSession } from '../../src/guard/guard.ts';
import { type LoadedPolicy, loadPolicy, type Principal, principalOf } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { readCatalog, rlsScript } from '../../test/rls/borders.ts';
import type { Question } from './questions.ts';

export const WAYS = [
  'by hand',
  'cordon',
  'row-level security, printed',
  'row-level security, by hand',
] as const;
export type Way = (typeof WAYS)[number];

export const MODES = ['planned each time', 'prepared'] as const;
export type Mode = (typeof MODES)[number];

export const CALLER = 7;

interface Text {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Fills an empty database: tables, and both kinds of row-level security. */
export async function load(client: pg.Client, rows: number): Promise<void> {
  for (const role of ['app', 'by_hand', 'cordon_reader']) await client.query(`DROP ROLE IF EXISTS ${role}`);
  const [tables = '', ...rest] = file('schema.sql')
    .replaceAll('$ROWS', String(rows))
    .split(/^(?=VACUUM)/m);
  await client.query(tables);
  for (const text of rest) await client.query(text);
  await client.query('CREATE ROLE app LOGIN');
  await client.query(await rlsScript(client, policyOf(), { columns: 'views' }));
  await client.query(file('rls-by-hand.sql'));
}

function policyOf(): LoadedPolicy {
  const { policy, mistakes } = loadPolicy(file('cordon.yaml'));
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  return policy;
}

/** What each session of a way begins with. */
const SESSIONS: Readonly<Record<Way, string>> = {
  'by hand': '',
  cordon: '',
  'row-level security, printed': `SET cordon.role = 'member'; SET cordon."user" = '${CALLER}'; SET ROLE app`,
  'row-level security, by hand': `SET app."user" = '${CALLER}'; SET ROLE by_hand`,
};

/** Masked columns show through views; all else is read from the tables. */
const VIEWS: Readonly<Record<Way, string>> = {
  'by hand': 'public',
  cordon: 'public',
  'row-level security, printed': 'cordon, public',
  'row-level security, by hand': 'by_hand, public',
};

export class Asking {
  readonly #clients: ReadonlyMap<Way, pg.Client>;
  readonly #guard: GuardSession;
  readonly #caller: Principal;
  readonly #prepared = new Map<string, string>();
  readonly #pids: ReadonlyMap<Way, number>;

  private constructor(
    clients: ReadonlyMap<Way, pg.Client>,
    pids: ReadonlyMap<Way, number>,
    guard: GuardSession,
    caller: Principal,
  ) {
    this.#clients = clients;
    this.#pids = pids;
    this.#guard = guard;
    this.#caller = caller;
  }

  static async open(connect: () => Promise<pg.Client>): Promise<Asking> {
    const clients = new Map<Way, pg.Client>();
    const pids = new Map<Way, number>();
    for (const way of WAYS) {
      const client = await connect();
      if (SESSIONS[way] !== '') await client.query(SESSIONS[way]);
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      pids.set(way, rows[0]?.pid ?? 0);
      clients.set(way, client);
    }
    const policy = policyOf();
    const catalog = await readCatalog(clientOf(clients, 'cordon'));
    const guard = createGuard({ policy, catalog, parser: await createParser() });
    return new Asking(clients, pids, guard.session(), principalOf(policy, { sub: CALLER }));
  }

  /** All rows, as one text. */
  async answer(way: Way, question: Question): Promise<string> {
    const client = await this.#ready(way, question);
    const { rows } = await client.query({
      text: this.#literal(this.#text(way, question)),
      rowMode: 'array',
    });
    return JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
  }

  /** Processor time of one execution in microseconds: the database repeats the statement itself. */
  async time(way: Way, mode: Mode, question: Question, times: number): Promise<number> {
    const client = await this.#ready(way, question);
    const statement = await this.#statement(way, mode, question);
    const before = this.#used(way);
    await client.query(
      `DO $do$ BEGIN FOR i IN 1..${times} LOOP EXECUTE ${pg.escapeLiteral(statement)}; END LOOP; END $do$`,
    );
    return (this.#used(way) - before) / times;
  }

  /** What the server's process for this way has used so far, in microseconds (Linux kernel, scheduler/sched-stats). */
  #used(way: Way): number {
    const [nanoseconds = ''] = readFileSync(`/proc/${this.#pids.get(way)}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1000;
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) await client.end();
  }

  async #ready(way: Way, { policy }: Question): Promise<pg.Client> {
    const client = this.#client(way);
    await client.query(`SET search_path = ${policy === 'masked' ? VIEWS[way] : 'public'}`);
    return client;
  }

  #client(way: Way): pg.Client {
    return clientOf(this.#clients, way);
  }

  async #statement(way: Way, mode: Mode, question: Question): Promise<string> {
    const text = this.#text(way, question);
    if (mode !== 'prepared') return this.#literal(text);
    const key = `${way}\u0000${text.text}`;
    const known = this.#prepared.get(key) ?? `s${this.#prepared.size}`;
    if (!this.#prepared.has(key)) await this.#client(way).query(`PREPARE ${known} AS ${text.text}`);
    this.#prepared.set(key, known);
    return text.values.length === 0
      ? `EXECUTE ${known}`
      : `EXECUTE ${known} (${text.values.map(literal).join(', ')})`;
  }

  #text(way: Way, { text, byHand, values }: Question): Text {
    if (way === 'by hand') return { text: byHand, values: [...values, CALLER] };
    return way === 'cordon' ? this.#rewritten(text, values) : { text, values };
  }

  #rewritten(text: string, values: readonly (string | number)[]): Text {
    const judged = this.#guard.judgeStatement(text, this.#caller);
    if (judged.kind === 'denied') throw judged.error;
    const [statement] = judged.statements;
    if (statement === undefined) throw new Error('no statement');
    return { text: statement.preparedText, values: [...values, ...statement.claimValues(this.#caller)] };
  }

  #literal({ text, values }: Text): string {
    return text.replaceAll(/\$(\d+)/g, (_, number) => literal(values[Number(number) - 1] ?? ''));
  }
}

function clientOf(clients: ReadonlyMap<Way, pg.Client>, way: Way): pg.Client {
  const client = clients.get(way);
  if (client === undefined) throw new Error(way);
  return client;
}

function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : pg.escapeLiteral(value);
}
