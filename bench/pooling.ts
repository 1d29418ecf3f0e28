/**
 * What sharing connections to the database costs and saves: pgbench straight, through Cordon with a connection for each client, and
 * with twenty for all, in turn, round after round in short slices. Prints medians and ratios of one round, or JSON.
 *
 *     npm run bench:pooling -- [--json] [--rounds 7] [--seconds 2] [--size 20] [--main dist/cli/main.js]
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type PostgresDatabase, signToken, startCordon, startPostgres } from '../test/databases/index.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    size: { type: 'string', default: '20' },
    main: { type: 'string' },
  },
});

const ACCOUNTS = 100_000;
const POLICY = `version: 1
identity:
  token: { issuer: shop, audience: cordon, algorithms: [HS256], secretEnv: CORDON_TOKEN_SECRET }
  claims: { branch: { from: branch, type: int } }
  roles: { from: role, default: teller }
boundaries: { branch: 'bid = :branch' }
relations:
  pgbench_accounts: { rules: [{ for: teller, rows: all, read: all, write: [abalance] }] }
`;
const SELECT = `\\set aid random(1, ${ACCOUNTS})
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
`;
const TRANSACTION = `\\set aid random(1, ${ACCOUNTS})
BEGIN;
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
SELECT filler FROM pgbench_accounts WHERE aid = :aid;
COMMIT;
`;

interface Workload {
  readonly name: string;
  readonly script: string;
  readonly clients: number;
  readonly options: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'cordon-pooling-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const select = file('select.sql', SELECT);
const transaction = file('transaction.sql', TRANSACTION);

const WORKLOADS: readonly Workload[] = [
  { name: 'select, simple', script: select, clients: 8, options: ['-M', 'simple'] },
  { name: 'select, simple', script: select, clients: 32, options: ['-M', 'simple'] },
  { name: 'select, prepared', script: select, clients: 8, options: ['-M', 'prepared'] },
  { name: 'select, prepared', script: select, clients: 32, options: ['-M', 'prepared'] },
  // A thread for each client: pgbench waits for a PREPARE without looking at the transactions that it has open.
  {
    name: 'transaction, prepared',
    script: transaction,
    clients: 32,
    options: ['-M', 'prepared', '-j', '32'],
  },
  { name: 'select, prepared', script: select, clients: 500, options: ['-M', 'prepared', '-t', '20'] },
  { name: 'connect, query, close', script: select, clients: 8, options: ['-M', 'simple', '-C'] },
];

interface Way {
  readonly name: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly pid?: number | undefined;
  stop(): Promise<void>;
}

interface Slice {
  /** Transactions a second. */
  readonly tps: number;
  /** Milliseconds, as pgbench has it. */
  readonly latency: number;
  /** Microseconds of processor time a transaction, of the process in between: what a busy machine changes least. */
  readonly cpu: number;
  /** Mebibytes of the process in between. */
  readonly memory: number;
}

async function cordon(database: PostgresDatabase, name: string, more: readonly string[]): Promise<Way> {
  const gateway = await startCordon({
    policy: file('cordon.yaml', POLICY),
    upstream: database.url,
    more,
    ...(values.main === undefined ? {} : { main: values.main }),
  });
  const password = signToken({ sub: 'teller', branch: 1, role: 'teller' });
  const { port, pid } = gateway;
  return { name, port, user: 'token', password, pid, stop: () => gateway.stop() };
}

async function slice(way: Way, workload: Workload): Promise<Slice> {
  const { script, clients, options } = workload;
  // So many connect one after the other that a time would be over before all have.
  const lasting = options.includes('-t') ? [] : ['-T', values.seconds];
  const load = ['-n', '-j', '1', ...options, '-c', String(clients), '-f', script, ...lasting];
  const where = ['-h', '127.0.0.1', '-p', String(way.port), '-U', way.user, 'shop'];
  const password = way.password === undefined ? {} : { PGPASSWORD: way.password };
  const before = processorTime(way.pid);
  const child = spawn('pgbench', [...load, ...where], {
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
  const latency = Number(/latency average = ([\d.]+)/.exec(text)?.[1]);
  // A machine with much else to do may not come to a single one.
  if (/actually processed: 0$/m.test(text)) return slice(way, workload);
  const failed = /failed|aborted/.test(text.replaceAll(/number of failed transactions: 0 .*/g, ''));
  if (!(tps > 0) || failed) throw new Error(`${way.name}: ${text}`);
  const count = Number(/actually processed: (\d+)/.exec(text)?.[1]);
  return { tps, latency, cpu: (processorTime(way.pid) - before) / count, memory: memoryOf(way.pid) };
}

/** Of a process so far, in microseconds; the kernel counts in hundredths of a second. */
function processorTime(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function memoryOf(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function measure(ways: readonly Way[], workload: Workload) {
  const slices = new Map<string, Slice[]>(ways.map(({ name }) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // Each way begins a round in its turn.
    const turn = ways.map((_, index) => ways[(index + round) % ways.length]);
    for (const way of turn) if (way !== undefined) slices.get(way.name)?.push(await slice(way, workload));
  }
  const of = (name: string): readonly Slice[] => slices.get(name) ?? [];
  const ratio = (one: string, other: string): number =>
    median(of(one).map(({ tps }, round) => tps / (of(other)[round]?.tps ?? Number.NaN)));
  const { name, clients } = workload;
  return {
    workload: name,
    clients,
    direct: median(of('direct').map(({ tps }) => tps)),
    sharedToDirect: ratio('shared', 'direct'),
    sharedToSession: ratio('shared', 'session'),
    latencyMs: median(of('shared').map(({ latency }) => latency)),
    latencyDirectMs: median(of('direct').map(({ latency }) => latency)),
    cpuMicroseconds: median(of('shared').map(({ cpu }) => cpu)),
    cpuSessionMicroseconds: median(of('session').map(({ cpu }) => cpu)),
    memoryMib: median(of('shared').map(({ memory }) => memory)),
    memorySessionMib: median(of('session').map(({ memory }) => memory)),
  };
}

const HEAD = [
  'workload',
  'clients',
  'direct, tps',
  '**shared ÷ direct**',
  '**shared ÷ session**',
  'latency, ms: shared',
  'direct',
  'CPU a transaction, µs: shared',
  'session',
  'memory, MiB: shared',
  'session',
];

function row(cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

const settings = { fsync: 'off', synchronous_commit: 'off', max_connections: '1100' };
const database = await startPostgres({ settings });
const ways: Way[] = [];
try {
  const where = ['-h', '127.0.0.1', '-p', String(database.port), '-U', database.user, 'shop'];
  execFileSync('pgbench', ['-i', '-q', '-s', '1', ...where], { stdio: 'ignore' });
  await database.run('ANALYZE');
  ways.push({ name: 'direct', port: database.port, user: database.user, stop: async () => undefined });
  ways.push(await cordon(database, 'session', []));
  ways.push(await cordon(database, 'shared', ['--pool', 'transaction', '--pool-size', values.size]));
  if (!values.json) {
    row(HEAD);
    row(HEAD.map(() => '---'));
  }
  const results: unknown[] = [];
  for (const workload of WORKLOADS) {
    const result = await measure(ways, workload);
    results.push(result);
    const { direct, sharedToDirect, sharedToSession, latencyMs, latencyDirectMs } = result;
    const ratios = [sharedToDirect, sharedToSession].map((value) => `**${value.toFixed(2)}**`);
    const { cpuMicroseconds, cpuSessionMicroseconds, memoryMib, memorySessionMib } = result;
    const more = [
      latencyMs,
      latencyDirectMs,
      cpuMicroseconds,
      cpuSessionMicroseconds,
      memoryMib,
      memorySessionMib,
    ];
    const cells = [workload.name, workload.clients, direct.toFixed(0), ...ratios];
    if (!values.json) row([...cells, ...more.map((value) => value.toFixed(1))]);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(results, undefined, 1)}\n`);
} finally {
  for (const way of ways) await way.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
