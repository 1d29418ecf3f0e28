/**
 * What the way through Cordon costs: pgbench straight, through a bare TCP pipe in Node, through PgBouncer and through Cordon, in
 * turn, round after round in short slices, so that all meet the same machine. Prints medians and ratios, or JSON.
 *
 *     npm run bench:gateway -- [--json] [--rounds 9] [--seconds 1] [--clients 1,8,32] [--scale 10] [--only 'select simple']
 *
 * Cordon is started as a user starts it, from `dist`. Needs pgbench and a Postgres server's binaries; PgBouncer (Debian's
 * package) is left out, and that is said, where it is not installed.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  freePort,
  type PostgresDatabase,
  signToken,
  startCordon,
  startPostgres,
} from '../test/databases/index.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '1' },
    clients: { type: 'string', default: '1,8,32' },
    scale: { type: 'string', default: '10' },
    only: { type: 'string' },
    main: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const WARM_UPS = 2;

/** The branch that the caller's token names: a tenth of the accounts, at scale 10. */
const BRANCH = 1;
const ACCOUNTS_A_BRANCH = 100_000;

/** Each account belongs to a branch, and each branch to a caller. */
const POLICY = `version: 1
identity:
  token: { issuer: shop, audience: cordon, algorithms: [HS256], secretEnv: CORDON_TOKEN_SECRET }
  claims: { branch: { from: branch, type: int } }
  roles: { from: role, default: teller }
boundaries: { branch: 'bid = :branch' }
relations:
  pgbench_accounts: { rules: [{ for: teller, rows: all, read: all, write: [abalance] }] }
  pgbench_tellers: { rules: [{ for: teller, rows: all, read: all, write: [tbalance] }] }
  pgbench_branches: { rules: [{ for: teller, rows: all, read: all, write: [bbalance] }] }
  pgbench_history: { rules: [{ for: teller, rows: all, read: all, insert: all }] }
`;

const SELECT = `\\set aid random(1, ${ACCOUNTS_A_BRANCH})
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
`;

/**
 * Requests of a Flask application, worded as SQLAlchemy words them: the user is loaded in each, reads end in ROLLBACK. In
 * the simple protocol pgbench writes each value as a literal, as psycopg2 does.
 */
const LOAD_USER = `BEGIN;
SELECT pgbench_accounts.aid AS pgbench_accounts_aid, pgbench_accounts.bid AS pgbench_accounts_bid, pgbench_accounts.abalance AS pgbench_accounts_abalance
FROM pgbench_accounts
WHERE pgbench_accounts.aid = :me;
`;
const ME = `\\set me random(1, ${ACCOUNTS_A_BRANCH})\n`;
const REQUESTS: readonly (readonly [name: string, weight: number, script: string])[] = [
  [
    'detail',
    4,
    `${ME}\\set aid random(1, ${ACCOUNTS_A_BRANCH})
${LOAD_USER}SELECT pgbench_accounts.aid AS pgbench_accounts_aid, pgbench_accounts.abalance AS pgbench_accounts_abalance, pgbench_accounts.filler AS pgbench_accounts_filler
FROM pgbench_accounts
WHERE pgbench_accounts.aid = :aid AND pgbench_accounts.bid = ${BRANCH}
LIMIT 1;
ROLLBACK;
`,
  ],
  [
    'list',
    3,
    `${ME}\\set tid random(1, 10)
${LOAD_USER}SELECT t.tid AS t_tid, t.tbalance AS t_tbalance, b.bbalance AS b_bbalance
FROM pgbench_tellers AS t JOIN pgbench_branches AS b ON b.bid = t.bid
WHERE t.tid <= :tid ORDER BY t.tid LIMIT 20;
ROLLBACK;
`,
  ],
  [
    'several',
    1,
    `${ME}\\set a random(1, ${ACCOUNTS_A_BRANCH})
\\set b random(1, ${ACCOUNTS_A_BRANCH})
\\set c random(1, ${ACCOUNTS_A_BRANCH})
${LOAD_USER}SELECT pgbench_accounts.aid AS pgbench_accounts_aid, pgbench_accounts.abalance AS pgbench_accounts_abalance
FROM pgbench_accounts
WHERE pgbench_accounts.aid IN (:a, :b, :c);
ROLLBACK;
`,
  ],
  [
    'change',
    2,
    `${ME}\\set tid random(1, 10)
\\set delta random(1, 5000)
${LOAD_USER}UPDATE pgbench_accounts SET abalance = pgbench_accounts.abalance + :delta WHERE pgbench_accounts.aid = :me;
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime, filler) VALUES (:tid, ${BRANCH}, :me, :delta, '2026-01-02T03:04:05.678'::timestamp, 'by web');
COMMIT;
`,
  ],
];

type Mode = 'simple' | 'extended' | 'prepared';
const MODES: readonly Mode[] = ['simple', 'extended', 'prepared'];

interface Way {
  readonly name: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  /** Of the process in between. */
  readonly pid?: number | undefined;
  stop(): Promise<void> | void;
}

const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'));
chmodSync(folder, 0o755);
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Options of pgbench that name the scripts of a workload. */
const WORKLOADS: Readonly<Record<string, readonly string[]>> = {
  select: ['-f', file('select.sql', SELECT)],
  flask: REQUESTS.flatMap(([name, weight, script]) => ['-f', `${file(`${name}.sql`, script)}@${weight}`]),
};

function straight(database: PostgresDatabase): Way {
  return { name: 'direct', port: database.port, user: database.user, stop: () => {} };
}

const PIPE = `
import { connect, createServer } from 'node:net';
const [, , port, to] = process.argv;
createServer({ noDelay: true }, (client) => {
  const server = connect({ port: Number(to), host: '127.0.0.1', noDelay: true });
  for (const socket of [client, server]) socket.on('error', () => { client.destroy(); server.destroy(); });
  client.pipe(server).pipe(client);
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
`;

async function pipe(database: PostgresDatabase): Promise<Way> {
  const port = await freePort();
  const child = spawn(process.execPath, [file('pipe.mjs', PIPE), String(port), String(database.port)]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { name: 'node pipe', port, user: database.user, ...pidOf(child), stop: () => stopped(child) };
}

function bouncerPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v pgbouncer || ls /usr/sbin/pgbouncer'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** Transaction pooling, as it is mostly used; prepared statements need session pooling before PgBouncer 1.21. */
async function bouncer(
  database: PostgresDatabase,
  path: string,
  mode: 'transaction' | 'session',
): Promise<Way> {
  const port = await freePort();
  const users = file('users.txt', `"${database.user}" ""\n`);
  const config = `[databases]
${database.database} = host=127.0.0.1 port=${database.port} user=${database.user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = 32
max_client_conn = 1000
unix_socket_dir =
`;
  const settings = file(`bouncer-${mode}.ini`, config);
  const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child = spawn(path, ['-q', ...asUser, settings], { stdio: 'ignore' });
  await listening(port);
  return { name: 'pgbouncer', port, user: database.user, ...pidOf(child), stop: () => stopped(child) };
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('pgbouncer does not listen');
}

async function cordon(database: PostgresDatabase): Promise<Way> {
  const { main } = values;
  const gateway = await startCordon({
    policy: file('cordon.yaml', POLICY),
    upstream: database.url,
    ...(main === undefined ? {} : { main }),
  });
  const password = signToken({ sub: 'teller', branch: BRANCH, role: 'teller' });
  const { port, pid } = gateway;
  return { name: 'cordon', port, user: 'token', password, pid, stop: () => gateway.stop() };
}

function pidOf({ pid }: ChildProcess): Pick<Way, 'pid'> {
  return { pid };
}

async function stopped(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await exit;
}

/** Processor time of a process so far, in microseconds; the kernel counts in hundredths of a second. */
function processorTime(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return Number.NaN;
  }
}

interface Slice {
  /** Transactions a second. */
  readonly tps: number;
  /** Microseconds of processor time a transaction, of the process in between. */
  readonly cpu: number;
}

async function slice(way: Way, script: readonly string[], mode: Mode, clients: number): Promise<Slice> {
  const options = ['-n', '-M', mode, '-c', String(clients), '-j', '1', '-T', values.seconds, ...script];
  const where = ['-h', '127.0.0.1', '-p', String(way.port), '-U', way.user, 'shop'];
  const password = way.password === undefined ? {} : { PGPASSWORD: way.password };
  const before = processorTime(way.pid);
  const child = spawn('pgbench', [...options, ...where], {
    env: { ...process.env, PGSSLMODE: 'disable', ...password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  await new Promise((resolve) => child.once('exit', resolve));
  const tps = Number(/tps = ([\d.]+)/.exec(text)?.[1]);
  const count = Number(/actually processed: (\d+)/.exec(text)?.[1]);
  const failed = /failed|aborted/.test(text.replaceAll(/number of failed transactions: 0 .*/g, ''));
  if (!(tps > 0) || failed) throw new Error(`${way.name}: ${text}`);
  return { tps, cpu: (processorTime(way.pid) - before) / count };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

interface Measured {
  readonly workload: string;
  readonly mode: Mode;
  readonly clients: number;
  /** Medians of transactions a second, by way. */
  readonly tps: Readonly<Record<string, number>>;
  /** Medians of processor time a transaction, in microseconds, by way. */
  readonly cpu: Readonly<Record<string, number>>;
  /** Cordon ÷ each other way, as medians of the ratio of each round. */
  readonly ratio: Readonly<Record<string, number>>;
  /** Each other way ÷ direct. */
  readonly toDirect: Readonly<Record<string, number>>;
}

/** A program that has just started compiles what it runs; a gateway runs for months. */
async function warmUp(ways: readonly Way[], script: readonly string[], mode: Mode): Promise<void> {
  for (const way of ways) for (let time = 0; time < WARM_UPS; time += 1) await slice(way, script, mode, 8);
}

async function measure(
  ways: readonly Way[],
  workload: string,
  script: readonly string[],
  mode: Mode,
  clients: number,
): Promise<Measured> {
  const runs = new Map<string, Slice[]>(ways.map((way) => [way.name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Each way begins a round in its turn: what the machine does meanwhile must not meet the same one always.
    const turn = ways.map((_, index) => ways[(index + round) % ways.length]);
    for (const way of turn)
      if (way !== undefined) runs.get(way.name)?.push(await slice(way, script, mode, clients));
  }
  const of = (name: string): readonly Slice[] => runs.get(name) ?? [];
  const ratio = (one: string, other: string): number =>
    median(of(one).map(({ tps }, round) => tps / (of(other)[round]?.tps ?? tps)));
  const names = ways.map(({ name }) => name);
  const by = (value: (name: string) => number, digits: number): Record<string, number> =>
    Object.fromEntries(names.map((name) => [name, Number(value(name).toFixed(digits))]));
  return {
    workload,
    mode,
    clients,
    tps: by((name) => median(of(name).map(({ tps }) => tps)), 0),
    cpu: by((name) => median(of(name).map(({ cpu }) => cpu)), 1),
    ratio: by((name) => ratio('cordon', name), 2),
    toDirect: by((name) => ratio(name, 'direct'), 2),
  };
}

function printHead(): void {
  const head = ['workload', 'protocol', 'clients', 'direct, tps', 'node pipe ÷ direct', 'PgBouncer ÷ direct'];
  const more = ['**Cordon ÷ direct**', '÷ node pipe', '÷ PgBouncer', 'CPU µs: pipe', 'PgBouncer', 'Cordon'];
  process.stdout.write(`| ${[...head, ...more].join(' | ')} |\n`);
  process.stdout.write(`|${' --- |'.repeat(head.length + more.length)}\n`);
}

function printRow({ workload, mode, clients, tps, cpu, ratio, toDirect }: Measured): void {
  const shown = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2));
  const time = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(0));
  const cells = [
    workload,
    mode,
    clients,
    tps.direct,
    shown(toDirect['node pipe']),
    shown(toDirect.pgbouncer),
  ];
  const own = [`**${shown(ratio.direct)}**`, shown(ratio['node pipe']), shown(ratio.pgbouncer)];
  const times = [time(cpu['node pipe']), time(cpu.pgbouncer), time(cpu.cordon)];
  process.stdout.write(`| ${[...cells, ...own, ...times].join(' | ')} |\n`);
}

function fill(database: PostgresDatabase): void {
  const where = ['-h', '127.0.0.1', '-p', String(database.port), '-U', database.user, 'shop'];
  execFileSync('pgbench', ['-i', '-q', '-s', values.scale, ...where], { stdio: 'ignore' });
}

const database = await startPostgres({ settings: { fsync: 'off', synchronous_commit: 'off' } });
const started: Way[] = [];
try {
  fill(database);
  await database.run('ANALYZE');
  const path = bouncerPath();
  if (path === undefined)
    process.stderr.write('pgbouncer is left out: it is not installed (Debian package pgbouncer)\n');
  const always = [straight(database), await pipe(database), await cordon(database)];
  started.push(...always);
  const pooled = path === undefined ? undefined : await bouncer(database, path, 'transaction');
  const session = path === undefined ? undefined : await bouncer(database, path, 'session');
  for (const way of [pooled, session]) if (way !== undefined) started.push(way);
  if (!values.json) printHead();
  const results: Measured[] = [];
  for (const [workload, script] of Object.entries(WORKLOADS)) {
    for (const mode of MODES) {
      const fourth = mode === 'prepared' ? session : pooled;
      const ways = fourth === undefined ? always : [...always, fourth];
      if (values.only !== undefined && !`${workload} ${mode}`.startsWith(values.only.split(' ', 2).join(' ')))
        continue;
      await warmUp(ways.slice(1), script, mode);
      for (const clients of values.clients.split(',').map(Number)) {
        if (values.only !== undefined && !`${workload} ${mode} ${clients}`.includes(values.only)) continue;
        const result = await measure(ways, workload, script, mode, clients);
        results.push(result);
        if (!values.json) printRow(result);
      }
    }
  }
  if (values.json) process.stdout.write(`${JSON.stringify(results, undefined, 1)}\n`);
} finally {
  for (const way of started) await way.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
