/**
 * Times the wrapper beside the bare driver: a key look-up and a list of 20 rows, 1 and 8 at a time, in one interleaved run against a
 * Postgres server of its own. All take turns in short rounds, in an order that is drawn anew for each; what is compared are the ratios of
 * one round, whose median and quartiles are printed. Peers that are installed in `bench/peers` run in the same rounds.
 *
 *     npm run bench:in-process -- [--json] [--check] [--minutes 3] [--without-peers]
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type Caller, type Cordon, cordon } from '../src/node/index.ts';
import { signToken, startPostgres, TOKEN_SECRET } from '../test/databases/index.ts';
import { markdown, median, quantile, rounded } from './figures.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '3' },
    'without-peers': { type: 'boolean', default: false },
  },
});

type Operation = 'point' | 'list';

/** Of one round: microseconds a query. */
interface Figure {
  readonly time: number;
  /** Processor time of this process. */
  readonly cpu: number;
}

/** One way to ask; answers how many rows came. */
export interface Contender {
  readonly name: string;
  point(id: number): Promise<number>;
  list(): Promise<number>;
  close(): Promise<void>;
}

const OWNER = 'a11ce000-0000-4000-8000-000000000001';
const OTHER = 'b0b00000-0000-4000-8000-000000000002';
const ROWS = 10_000;
const CONNECTIONS = 8;
const ROUND_MS = 50;
/** Before each measurement, uncounted: caches hold what the one before left. */
const LEAD_MS = 5;
const AT_A_TIME = [1, 8] as const;
const OPERATIONS = ['point', 'list'] as const;

const SCHEMA = `
CREATE TABLE orders (id int PRIMARY KEY, owner uuid NOT NULL, amount int NOT NULL, city text NOT NULL, placed timestamptz NOT NULL);
INSERT INTO orders SELECT n, CASE WHEN n % 2 = 0 THEN '${OWNER}'::uuid ELSE '${OTHER}'::uuid END, n % 977, 'city ' || n % 50,
  timestamptz '2026-01-01' + n * interval '1 minute' FROM generate_series(1, ${ROWS}) n;
CREATE INDEX ON orders (owner, placed DESC);
ANALYZE;`;

const POLICY = {
  version: 1,
  identity: {
    token: { issuer: 'shop', audience: 'cordon', algorithms: ['HS256'], secretEnv: 'CORDON_TOKEN_SECRET' },
    claims: { user: { from: 'sub', type: 'uuid' } },
  },
  relations: { orders: { rules: [{ for: 'member', rows: 'owner = :user', read: 'all' }] } },
};

const UNNAMED = 'pg, unnamed';
const NAMED = 'pg, named';
const AS = 'cordon, `as`';
const RUN = 'cordon, `run`';
const ZENSTACK = 'ZenStack v3, policy plugin';

const POINT = 'SELECT id, owner, amount, city, placed FROM orders WHERE id = $1';
const LIST = 'SELECT id, owner, amount, city, placed FROM orders ORDER BY placed DESC LIMIT 20';
const POINT_BY_HAND = `${POINT} AND owner = $2`;
const LIST_BY_HAND = LIST.replace(' ORDER BY', ' WHERE owner = $1 ORDER BY');

const lastsMs = Number(values.minutes) * 60_000;
const server = await startPostgres({ database: 'bench', settings: { jit: 'off' } });
await server.run(SCHEMA);
const address = {
  host: server.socketFolder,
  port: server.port,
  user: server.user,
  database: 'bench',
  max: CONNECTIONS,
};
const contenders = await all();
const measured = new Map<string, Figure[]>();

await warmUp();
const until = performance.now() + lastsMs;
let rounds = 0;
for (; performance.now() < until; rounds += 1)
  for (const operation of OPERATIONS)
    for (const width of AT_A_TIME)
      for (const contender of shuffled(contenders)) await measure(contender, operation, width);

process.stdout.write(values.json ? json() : text());
for (const contender of contenders) await contender.close();
await server.stop();
if (values.check && missed().length > 0) process.exitCode = 1;

async function all(): Promise<readonly Contender[]> {
  const keys = { kind: 'secret', secret: TOKEN_SECRET } as const;
  const db = await cordon({ policy: POLICY as never, pool: openPool(), keys });
  return [
    byHand(UNNAMED, false),
    byHand(NAMED, true),
    guarded(db),
    withinRun(db, await db.verify(signToken({ sub: OWNER }))),
    ...(values['without-peers'] ? [] : await peers()),
  ];
}

/** A server that stops before its clients is no error here. */
function openPool(): pg.Pool {
  return new pg.Pool(address).on('error', () => undefined);
}

function byHand(name: string, isNamed: boolean): Contender {
  const pool = openPool();
  const query = (key: string, text: string, values: unknown[]) =>
    pool.query(isNamed ? { name: key, text, values } : { text, values });
  return {
    name,
    point: async (id) => (await query('point', POINT_BY_HAND, [id, OWNER])).rows.length,
    list: async () => (await query('list', LIST_BY_HAND, [OWNER])).rows.length,
    close: () => pool.end(),
  };
}

function guarded(db: Cordon): Contender {
  const pool = db.as({ sub: OWNER });
  return {
    name: AS,
    point: async (id) => (await pool.query(POINT, [id])).rows.length,
    list: async () => (await pool.query(LIST)).rows.length,
    close: () => db.close(),
  };
}

function withinRun(db: Cordon, caller: Caller): Contender {
  return {
    name: RUN,
    point: (id) => db.run(caller, async () => (await db.pool.query(POINT, [id])).rows.length),
    list: () => db.run(caller, async () => (await db.pool.query(LIST)).rows.length),
    close: async () => undefined,
  };
}

/** Query builders with policies of their own, where `bench/peers` is installed. */
async function peers(): Promise<readonly Contender[]> {
  const file = new URL('peers/index.ts', import.meta.url).href;
  try {
    const { contenders: found } = (await import(file)) as {
      contenders(address: object, owner: string): Promise<Contender[]>;
    };
    return await found(address, OWNER);
  } catch (error) {
    process.stderr.write(`peers are left out: ${(error as { code?: string }).code ?? String(error)}\n`);
    return [];
  }
}

async function warmUp(): Promise<void> {
  for (const contender of contenders) {
    for (let time = 0; time < 200; time += 1) await contender.point(2 * (time + 1));
    for (let time = 0; time < 50; time += 1) await contender.list();
    const seen = [await contender.point(2), await contender.point(3), await contender.list()];
    if (seen.join() !== '1,0,20') throw new Error(`${contender.name} answers ${seen.join()}`);
  }
}

async function measure(contender: Contender, operation: Operation, width: number): Promise<void> {
  await ask(contender, operation, width, LEAD_MS);
  const start = performance.now();
  const used = process.cpuUsage();
  const count = await ask(contender, operation, width, ROUND_MS);
  const { user, system } = process.cpuUsage(used);
  const figure = { time: ((performance.now() - start) * 1000) / count, cpu: (user + system) / count };
  const key = `${contender.name} ${operation} ${width}`;
  measured.set(key, [...(measured.get(key) ?? []), figure]);
}

/** Answers how many queries were answered. */
async function ask(contender: Contender, operation: Operation, width: number, ms: number): Promise<number> {
  const until = performance.now() + ms;
  let count = 0;
  const worker = async (offset: number) => {
    for (let at = offset; performance.now() < until; at += width) {
      await (operation === 'point' ? contender.point(2 * (1 + (at % (ROWS / 2)))) : contender.list());
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, (_, index) => worker(index)));
  return count;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function columns(): readonly string[] {
  return OPERATIONS.flatMap((operation) => AT_A_TIME.map((width) => `${operation} ${width}`));
}

function figures(name: string, column: string, kind: keyof Figure): readonly number[] {
  return (measured.get(`${name} ${column}`) ?? []).map((figure) => figure[kind]);
}

/** How many times as fast one is as another, round by round. */
function ratios(name: string, base: string, column: string, kind: keyof Figure): readonly number[] {
  const bases = figures(base, column, kind);
  return figures(name, column, kind).map((own, round) => (bases[round] ?? Number.NaN) / own);
}

/** What Cordon is compared with, as far as it is here. */
function bases(): readonly string[] {
  return [NAMED, UNNAMED, ZENSTACK].filter((name) => contenders.some((one) => one.name === name));
}

function json(): string {
  const medianOf = (all: readonly number[]): number => rounded(median(all));
  const times = columns().flatMap((column) =>
    contenders.map(({ name }) => ({
      name,
      column,
      microseconds: medianOf(figures(name, column, 'time')),
      cpuMicroseconds: medianOf(figures(name, column, 'cpu')),
    })),
  );
  const comparisons = columns().flatMap((column) =>
    [AS, RUN].flatMap((own) =>
      bases().map((base) => ({
        name: `${own} ÷ ${base}`,
        column,
        time: medianOf(ratios(own, base, column, 'time')),
        cpu: medianOf(ratios(own, base, column, 'cpu')),
      })),
    ),
  );
  return `${JSON.stringify({ figure: 'median of rounds', rounds, measured: times, ratios: comparisons, missed: missed() }, null, 2)}\n`;
}

function text(): string {
  return [
    `${rounds} rounds. Median of microseconds a query, whole and processor time of the client:`,
    table(contenders.map(({ name }) => [name, ...columns().map((column) => medians(name, column))])),
    'How many times as fast, round by round: median (quartiles)',
    table(compared('time')),
    'The same by processor time of the client',
    table(compared('cpu')),
    '',
  ].join('\n\n');
}

function medians(name: string, column: string): string {
  return (['time', 'cpu'] as const).map((kind) => median(figures(name, column, kind)).toFixed(0)).join(', ');
}

function compared(kind: keyof Figure): readonly (readonly string[])[] {
  return [AS, RUN].flatMap((own) =>
    bases().map((base) => [
      `${own} ÷ ${base}`,
      ...columns().map((column) => spread(ratios(own, base, column, kind))),
    ]),
  );
}

function spread(all: readonly number[]): string {
  const [middle, low, high] = [0.5, 0.25, 0.75].map((share) => quantile(all, share).toFixed(2));
  return `${middle} (${low}–${high})`;
}

function table(rows: readonly (readonly string[])[]): string {
  const head = ['', ...columns().map((column) => `${column} at a time`)];
  return markdown(head, rows);
}

/** The goals of the project, by the time of the whole query. */
function missed(): readonly string[] {
  const goals: readonly (readonly [string, number])[] = [
    [NAMED, 1],
    [UNNAMED, 1.3],
    [ZENSTACK, 4],
  ];
  return [AS, RUN].flatMap((own) =>
    goals.flatMap(([base, least]) =>
      columns()
        .filter((column) => median(ratios(own, base, column, 'time')) < least)
        .map((column) => `${own} ÷ ${base}: ${column}`),
    ),
  );
}
