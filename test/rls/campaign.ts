/** Generated statements at both borders, counted by how their answers compare. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { loadPolicy, type Principal } from '../../src/policy/index.ts';
import { demoFile, type PostgresDatabase } from '../databases/index.ts';
import { Dice } from '../noninterference/dice.ts';
import { APP, type Asked, Borders, connect, type Outcome, rlsScript } from './borders.ts';
import { DIFFERENCES, type Difference, DOUBLE_DIFFERENCES } from './differences.ts';
import {
  type Caller,
  type Pool,
  ShopStatements,
  type Statement,
  TABLE_NAMES,
  TABLES,
} from './shop-statements.ts';

export interface Compared {
  readonly statement: Statement;
  readonly person: string;
  readonly guarded: Outcome;
  readonly secured: Outcome;
  /** For a statement of somebody who sees products alone: what a shop answers that holds nothing else. */
  readonly emptied: Outcome | undefined;
}

export interface Report {
  readonly role: string;
  readonly total: number;
  /** Answered alike by both, by kind of statement. */
  readonly alike: Map<string, number>;
  /** Refused by both, by kind of statement. */
  readonly refused: Map<string, number>;
  readonly explained: Map<Difference, Compared[]>;
  readonly unexplained: Compared[];
}

interface Person {
  readonly name: string;
  readonly caller: Caller;
  readonly principal: Principal;
}

export async function openShop(server: PostgresDatabase): Promise<Shop> {
  const { policy } = loadPolicy(readFileSync(demoFile('cordon.yaml'), 'utf8'));
  if (policy === undefined) throw new Error('the policy of the demo has mistakes');
  const client = await loadInto(server, 'compare');
  await client.query(`CREATE ROLE ${APP} LOGIN`);
  await client.query(await rlsScript(client, policy, { columns: 'views' }));
  const behind = await loadInto(server, 'behind');
  await behind.query(await rlsScript(behind, policy, { columns: 'grants', gateway: true }));
  return new Shop(
    client,
    await Borders.open(client, policy, TABLE_NAMES, 'cordon, public'),
    behind,
    await Borders.open(behind, policy, TABLE_NAMES, 'public'),
    await readPool(client),
  );
}

async function loadInto(server: PostgresDatabase, name: string): Promise<pg.Client> {
  const client = await connect(await server.createDatabase(name));
  for (const file of ['schema.sql', 'seed.sql']) await client.query(readFileSync(demoFile(file), 'utf8'));
  return client;
}

async function readPool(client: pg.Client): Promise<Pool> {
  const pool = new Map<string, readonly string[]>();
  for (const [table, columns] of Object.entries(TABLES))
    for (const name of Object.keys(columns)) {
      const { rows } = await client.query<{ v: string }>(
        `SELECT DISTINCT ${name}::text AS v FROM public.${table} WHERE ${name} IS NOT NULL ORDER BY 1`,
      );
      pool.set(
        `${table}.${name}`,
        rows.map(({ v }) => v),
      );
    }
  return pool;
}

export class Shop {
  readonly #client: pg.Client;
  readonly #borders: Borders;
  /** The same shop for a gateway whose role row-level security binds. */
  readonly #behind: pg.Client;
  readonly #double: Borders;
  readonly #pool: Pool;
  readonly #keys: ReadonlySet<string>;

  constructor(client: pg.Client, borders: Borders, behind: pg.Client, double: Borders, pool: Pool) {
    this.#client = client;
    this.#borders = borders;
    this.#behind = behind;
    this.#double = double;
    this.#pool = pool;
    this.#keys = new Set([...pool.values()].flat());
  }

  /** What the guard makes of a statement, run by a role that sees all and by one that row-level security binds. */
  doubleCampaign(role: Caller['role'], total: number, seed: number): Promise<Report> {
    return this.#campaign(role, total, seed, DOUBLE_DIFFERENCES, async (statement, { name, principal }) => {
      const asked = askedOf(statement);
      const guarded = this.#known(statement, await this.#double.guarded(asked, principal));
      const secured = this.#known(statement, await this.#double.doubled(asked, principal));
      return { statement, person: name, guarded, secured, emptied: undefined };
    });
  }

  campaign(role: Caller['role'], total: number, seed: number): Promise<Report> {
    return this.#campaign(role, total, seed, DIFFERENCES, (statement, person) =>
      this.compare(statement, person),
    );
  }

  async #campaign(
    role: Caller['role'],
    total: number,
    seed: number,
    differences: readonly Difference[],
    compare: (statement: Statement, person: Person) => Promise<Compared>,
  ): Promise<Report> {
    const dice = new Dice(seed);
    const statements = new ShopStatements(dice, this.#pool);
    const people = role === 'member' ? await this.#members() : [this.#nobody()];
    const report: Report = {
      role,
      total,
      alike: new Map(),
      refused: new Map(),
      explained: new Map(),
      unexplained: [],
    };
    for (let index = 0; index < total; index++) {
      const person = dice.pick(people);
      judge(report, differences, await compare(statements.statement(person.caller), person));
    }
    return report;
  }

  async compare(statement: Statement, { name, principal }: Person): Promise<Compared> {
    const asked = askedOf(statement);
    const guarded = await this.#borders.guarded(asked, principal);
    const secured = await this.#borders.secured(asked, principal);
    const nobody = secured.refused === undefined && principal.role === 'anonymous' && !asked.writes;
    const emptied = nobody ? await this.#borders.emptied(asked, ['products']) : undefined;
    return {
      statement,
      person: name,
      guarded: this.#known(statement, guarded),
      secured: this.#known(statement, secured),
      emptied,
    };
  }

  async #members(): Promise<readonly Person[]> {
    const text = readFileSync(demoFile('people.json'), 'utf8');
    const people = Object.entries(JSON.parse(text) as Record<string, Record<string, unknown>>);
    const members: Person[] = [];
    for (const [name, claims] of people) {
      const principal = this.#borders.principal(claims);
      const own = await this.#own(principal.claims.get('user') ?? '');
      const caller = { role: 'member', claims: Object.fromEntries(principal.claims), own } as const;
      members.push({ name, principal, caller });
    }
    return members;
  }

  async #own(user: string): Promise<Caller['own']> {
    const keys = async (sql: string): Promise<readonly string[]> => {
      const { rows } = await this.#client.query<{ id: string }>(`${sql} ORDER BY 1`, [user]);
      return rows.map(({ id }) => id);
    };
    const profiles = 'SELECT id FROM public.profiles WHERE user_id = $1';
    return {
      users: [user],
      profiles: await keys(profiles),
      addresses: await keys(`SELECT id FROM public.addresses WHERE profile_id IN (${profiles})`),
      resources: await keys('SELECT id FROM public.resources WHERE owner_id = $1'),
    };
  }

  #nobody(): Person {
    return {
      name: 'nobody',
      principal: this.#borders.principal(undefined),
      caller: { role: 'anonymous', claims: {}, own: {} },
    };
  }

  /** Keys and times that a default made up are others at each border. */
  #known({ sql }: Statement, outcome: Outcome): Outcome {
    const replaced = (row: string) =>
      row.replace(MADE_UP, (value) => (this.#keys.has(value) || sql.includes(value) ? value : 'made up'));
    return { ...outcome, rows: outcome.rows.map(replaced).sort() };
  }

  async close(): Promise<void> {
    await this.#client.end();
    await this.#behind.end();
  }
}

const MADE_UP = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00/g;

const READS: ReadonlySet<Statement['kind']> = new Set(['read', 'lookup']);

function askedOf({ sql, settings, kind }: Statement): Asked {
  return { sql, settings, writes: !READS.has(kind) };
}

function judge(report: Report, differences: readonly Difference[], compared: Compared): void {
  const { statement, guarded, secured } = compared;
  const count = (counts: Map<string, number>) =>
    counts.set(statement.kind, (counts.get(statement.kind) ?? 0) + 1);
  if (guarded.refused !== undefined && secured.refused !== undefined) return void count(report.refused);
  if (sameAnswer(guarded, secured)) return void count(report.alike);
  const difference = differences.find((each) => each.explains(compared));
  if (difference === undefined) report.unexplained.push(compared);
  else report.explained.set(difference, [...(report.explained.get(difference) ?? []), compared]);
}

function sameAnswer(a: Outcome, b: Outcome): boolean {
  if (a.refused !== undefined || b.refused !== undefined) return false;
  return JSON.stringify([a.rows, a.after]) === JSON.stringify([b.rows, b.after]) && a.count === b.count;
}

export function reportLines(report: Report, examples: number): readonly string[] {
  const sum = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  const parts = (counts: Map<string, number>) =>
    [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
  return [
    `${report.role}: ${report.total} statements; ${sum(report.alike)} answered alike (${parts(report.alike)}), ${sum(report.refused)} refused by both (${parts(report.refused)})`,
    ...[...report.explained].map(([{ id, what }, found]) => `  ${id}: ${found.length} — ${what}`),
    `  unexplained: ${report.unexplained.length}`,
    ...report.unexplained.slice(0, examples).flatMap(exampleLines),
  ];
}

export function exampleLines({ statement, person, guarded, secured }: Compared): readonly string[] {
  const side = ({ refused, rows, count }: Outcome) =>
    refused ?? `${count} rows ${rows.slice(0, 3).join(' ')}`;
  return [
    `    ${person}: ${statement.sql}`,
    `      guard: ${side(guarded)}`,
    `      rls:   ${side(secured)}`,
  ];
}
