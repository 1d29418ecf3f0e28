/**
 * What sharing connections to the database costs and saves: pgbench straight, through Cordon with a connection for each client, and
 * with twenty for all, in turn, round after round in short slices. Prints medians and ratios of one round, or JSON.
 *
 *     npm run bench:pooling -- [--json] [--rounds 7] [--seconds 2] [--size 20] [--main dist/cli/main.js]
 *
 * Needs pgbench and a Postgres server's binaries.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../test/databases/index.ts';
import { markdownHead, markdownRow } from './figures.ts';
import {
  ACCOUNTS_A_BRANCH,
  fill,
  Interleaved,
  Scratch,
  SELECT,
  straight,
  throughCordon,
  type Way,
} from './pgbench.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    size: { type: 'string', default: '20' },
    main: { type: 'string' },
  },
});

const TRANSACTION = `\\set aid random(1, ${ACCOUNTS_A_BRANCH})
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

const WORKLOADS: readonly Workload[] = [
  { name: 'select, simple', script: SELECT, clients: 8, options: ['-M', 'simple'] },
  { name: 'select, simple', script: SELECT, clients: 32, options: ['-M', 'simple'] },
  { name: 'select, prepared', script: SELECT, clients: 8, options: ['-M', 'prepared'] },
  { name: 'select, prepared', script: SELECT, clients: 32, options: ['-M', 'prepared'] },
  // A thread for each client: pgbench waits for a PREPARE without looking at the transactions that it has open.
  {
    name: 'transaction, prepared',
    script: TRANSACTION,
    clients: 32,
    options: ['-M', 'prepared', '-j', '32'],
  },
  { name: 'select, prepared', script: SELECT, clients: 500, options: ['-M', 'prepared', '-t', '20'] },
  { name: 'connect, query, close', script: SELECT, clients: 8, options: ['-M', 'simple', '-C'] },
];

const HEAD = [
  ...['workload', 'clients', 'direct, tps', '**shared ÷ direct**', '**shared ÷ session**'],
  ...['latency, ms: shared', 'direct', 'CPU a transaction, µs: shared', 'session'],
  ...['memory, MiB: shared', 'session'],
];

const scratch = new Scratch();
const settings = { fsync: 'off', synchronous_commit: 'off', max_connections: '1100' };
const database = await startPostgres({ settings });
const ways: Way[] = [];
try {
  await fill(database, '1');
  ways.push(straight(database));
  const { main } = values;
  ways.push(await throughCordon(database, scratch, { name: 'session', main }));
  const more = ['--pool', 'transaction', '--pool-size', values.size];
  ways.push(await throughCordon(database, scratch, { name: 'shared', main, more }));
  if (!values.json) print(markdownHead(HEAD));
  const results: Measured[] = [];
  for (const workload of WORKLOADS) {
    const result = await measure(workload);
    results.push(result);
    if (!values.json) print(markdownRow(cellsOf(result)));
  }
  if (values.json) print(JSON.stringify(results, undefined, 1));
} finally {
  for (const way of ways) await way.stop();
  await database.stop();
  scratch.remove();
}

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure({ name, script, clients, options }: Workload) {
  // So many connect one after the other that a time would be over before all have.
  const lasting = options.includes('-t') ? [] : ['-T', values.seconds];
  const file = scratch.file('script.sql', script);
  const all = ['-j', '1', ...options, '-c', String(clients), '-f', file, ...lasting];
  const run = await Interleaved.run(ways, Number(values.rounds), all);
  return {
    workload: name,
    clients,
    direct: run.median('direct', 'tps'),
    sharedToDirect: run.ratio('shared', 'direct'),
    sharedToSession: run.ratio('shared', 'session'),
    latencyMs: run.median('shared', 'latency'),
    latencyDirectMs: run.median('direct', 'latency'),
    cpuMicroseconds: run.median('shared', 'cpu'),
    cpuSessionMicroseconds: run.median('session', 'cpu'),
    memoryMib: run.median('shared', 'memory'),
    memorySessionMib: run.median('session', 'memory'),
  };
}

function cellsOf({ workload, clients, direct, sharedToDirect, sharedToSession, ...more }: Measured) {
  return [
    ...[workload, clients, direct.toFixed(0)],
    ...[sharedToDirect, sharedToSession].map((ratio) => `**${ratio.toFixed(2)}**`),
    ...Object.values(more).map((figure) => figure.toFixed(1)),
  ];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
