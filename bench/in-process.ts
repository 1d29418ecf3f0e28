/**
 * Times the wrapper beside the bare driver: a key look-up and a list of 20 rows, 1 and 8 at a time, in one interleaved run against a
 * Postgres server of its own. Prints a table: microseconds an operation, and its ratio to `pg` with named statements and a predicate
 * written by hand. Peers that are installed in `bench/peers` run in the same rounds.
 * Run: npm run bench:in-process [-- --rounds 15 --check]
 */
import pg from 'pg';
import { type Caller, type Cordon, cordon } from '../src/node/index.ts';
import { signToken, startPostgres, TOKEN_SECRET } from '../test/databases/index.ts';

type Operation = 'point' | 'list';

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
const ROUND_MS = 250;
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

const POINT = 'SELECT id, owner, amount, city, placed FROM orders WHERE id = $1';
const LIST = 'SELECT id, owner, amount, city, placed FROM orders ORDER BY placed DESC LIMIT 20';
const POINT_BY_HAND = `${POINT} AND owner = $2`;
const LIST_BY_HAND = LIST.replace(' ORDER BY', ' WHERE owner = $1 ORDER BY');

const rounds = Number(argument('--rounds') ?? 15);
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
const measured = new Map<string, number[]>();

await warmUp();
// Rounds are interleaved, so that a slow moment of the machine falls on all alike.
for (let round = 0; round < rounds; round += 1)
  for (const operation of OPERATIONS)
    for (const width of AT_A_TIME)
      for (const contender of rotated(contenders, round)) await measure(contender, operation, width);

const figures = figuresOf('');
process.stdout.write(
  `Time\n\n${table(figures)}\n\nProcessor time of the client\n\n${table(figuresOf(' cpu'))}\n`,
);
for (const contender of contenders) await contender.close();
await server.stop();
if (process.argv.includes('--check')) process.exitCode = missed(figures).length === 0 ? 0 : 1;

function figuresOf(suffix: string): Figures {
  return contenders.map(({ name }) => [
    name,
    ...columns().map((key) => median(measured.get(`${name} ${key}${suffix}`) ?? [])),
  ]);
}

async function all(): Promise<readonly Contender[]> {
  const keys = { kind: 'secret', secret: TOKEN_SECRET } as const;
  const db = await cordon({ policy: POLICY as never, pool: openPool(), keys });
  return [
    byHand('pg, unnamed', false),
    byHand('pg, named', true),
    guarded(db),
    withinRun(db, await db.verify(signToken({ sub: OWNER }))),
    ...(await peers()),
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
    name: 'cordon, `as`',
    point: async (id) => (await pool.query(POINT, [id])).rows.length,
    list: async () => (await pool.query(LIST)).rows.length,
    close: () => db.close(),
  };
}

function withinRun(db: Cordon, caller: Caller): Contender {
  return {
    name: 'cordon, `run`',
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
  const until = performance.now() + ROUND_MS;
  let count = 0;
  const worker = async (offset: number) => {
    for (let at = offset; performance.now() < until; at += width) {
      await (operation === 'point' ? contender.point(2 * (1 + (at % (ROWS / 2)))) : contender.list());
      count += 1;
    }
  };
  const start = performance.now();
  const used = process.cpuUsage();
  await Promise.all(Array.from({ length: width }, (_, index) => worker(index)));
  const { user, system } = process.cpuUsage(used);
  note(`${contender.name} ${operation} ${width}`, ((performance.now() - start) * 1000) / count);
  note(`${contender.name} ${operation} ${width} cpu`, (user + system) / count);
}

function note(key: string, value: number): void {
  measured.set(key, [...(measured.get(key) ?? []), value]);
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

function columns(): readonly string[] {
  return OPERATIONS.flatMap((operation) => AT_A_TIME.map((width) => `${operation} ${width}`));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

type Figures = readonly (readonly [string, ...number[]])[];

/** Speed as a multiple of the second row's: more is faster. */
function table(rows: Figures): string {
  const base = rows[1] ?? ['', 1];
  const head = ['client', ...columns().map((key) => `${key} at a time`)];
  const lines = rows.map(([name, ...values]) => [
    name,
    ...values.map(
      (value, index) => `${value.toFixed(0)} µs (${(Number(base[index + 1]) / value).toFixed(2)})`,
    ),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The goals of the project: as fast as named statements by hand, 1.3 times the unnamed ones on key look-ups. */
function missed(rows: Figures): readonly string[] {
  const of = (name: string) =>
    rows
      .find(([own]) => own === name)
      ?.slice(1)
      .map(Number) ?? [];
  const [unnamed, named, own] = [of('pg, unnamed'), of('pg, named'), of('cordon, `as`')];
  return columns().filter((_, index) => {
    const mine = own[index] ?? Number.POSITIVE_INFINITY;
    const isPoint = index < AT_A_TIME.length;
    return mine > 1.02 * (named[index] ?? 0) || (isPoint && mine * 1.3 > (unnamed[index] ?? 0));
  });
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}
