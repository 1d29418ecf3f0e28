/**
 * What the way through Cordon costs: pgbench straight, through a bare TCP pipe in Node, through PgBouncer and through Cordon, in
 * turn, round after round in short slices, so that all meet the same machine. Prints medians and ratios, or JSON.
 *
 *     npm run bench:gateway -- [--json] [--rounds 9] [--seconds 1] [--clients 1,8,32] [--scale 10] [--only 'select simple']
 *
 * Cordon is started as a user starts it, from `dist`, or from the program that `--main` names. Needs pgbench and a Postgres server's
 * binaries; PgBouncer (Debian's package) is left out, and that is said, where it is not installed.
 */
import { parseArgs } from 'node:util';
import { type PostgresDatabase, startPostgres } from '../test/databases/index.ts';
import { markdownHead, markdownRow } from './figures.ts';
import { bouncerPath, throughBouncer, throughPipe } from './gateway/ways.ts';
import { workloads } from './gateway/workloads.ts';
import { fill, Interleaved, Scratch, slice, straight, throughCordon, type Way } from './pgbench.ts';

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

const WARM_UPS = 2;

const MODES = ['simple', 'extended', 'prepared'] as const;
type Mode = (typeof MODES)[number];

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

const HEAD = [
  ...['workload', 'protocol', 'clients', 'direct, tps', 'node pipe ÷ direct', 'PgBouncer ÷ direct'],
  ...['**Cordon ÷ direct**', '÷ node pipe', '÷ PgBouncer', 'CPU µs: pipe', 'PgBouncer', 'Cordon'],
];

const scratch = new Scratch();
const database = await startPostgres({
  settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '300' },
});
const started: Way[] = [];
try {
  await fill(database, values.scale);
  const waysOf = await start(database);
  if (!values.json) print(markdownHead(HEAD));
  const results: Measured[] = [];
  for (const [workload, script] of workloads(scratch))
    for (const mode of MODES) {
      const chosen = clientsOf(workload, mode);
      if (chosen.length > 0) await warmUp(waysOf(mode), script, mode);
      for (const clients of chosen) {
        const options = optionsOf(script, mode, clients);
        const run = await Interleaved.run(waysOf(mode), Number(values.rounds), options);
        const result = { workload, mode, clients, ...figuresOf(run, waysOf(mode)) };
        results.push(result);
        if (!values.json) print(markdownRow(cellsOf(result)));
      }
    }
  if (values.json) print(JSON.stringify(results, undefined, 1));
} finally {
  for (const way of started) await way.stop();
  await database.stop();
  scratch.remove();
}

/** The ways in each protocol: PgBouncer pools transactions, as it is mostly used; before 1.21 prepared statements need sessions. */
async function start(server: PostgresDatabase): Promise<(mode: Mode) => readonly Way[]> {
  const begun = async (way: Promise<Way>): Promise<Way> => {
    started.push(await way);
    return way;
  };
  const always = [
    straight(server),
    await begun(throughPipe(server, scratch)),
    await begun(throughCordon(server, scratch, { name: 'cordon', main: values.main })),
  ];
  const path = bouncerPath();
  if (path === undefined) {
    process.stderr.write('pgbouncer is left out: it is not installed (Debian package pgbouncer)\n');
    return () => always;
  }
  const pooled = await begun(throughBouncer(server, scratch, path, 'transaction'));
  const session = await begun(throughBouncer(server, scratch, path, 'session'));
  return (mode) => [...always, mode === 'prepared' ? session : pooled];
}

/** The numbers of clients that are asked for, as far as `--only` leaves them. */
function clientsOf(workload: string, mode: Mode): readonly number[] {
  const all = values.clients.split(',').map(Number);
  return all.filter((clients) => `${workload} ${mode} ${clients}`.includes(values.only ?? ''));
}

function optionsOf(script: readonly string[], mode: Mode, clients: number): readonly string[] {
  return ['-M', mode, '-c', String(clients), '-j', '1', '-T', values.seconds, ...script];
}

/** A program that has just started compiles what it runs; a gateway runs for months. */
async function warmUp(ways: readonly Way[], script: readonly string[], mode: Mode): Promise<void> {
  for (const way of ways.slice(1))
    for (let time = 0; time < WARM_UPS; time += 1) await slice(way, optionsOf(script, mode, 8));
}

function figuresOf(run: Interleaved, ways: readonly Way[]) {
  const by = (digits: number, figure: (name: string) => number): Readonly<Record<string, number>> =>
    Object.fromEntries(ways.map(({ name }) => [name, Number(figure(name).toFixed(digits))]));
  return {
    tps: by(0, (name) => run.median(name, 'tps')),
    cpu: by(1, (name) => run.median(name, 'cpu')),
    ratio: by(2, (name) => run.ratio('cordon', name)),
    toDirect: by(2, (name) => run.ratio(name, 'direct')),
  };
}

function cellsOf({ workload, mode, clients, tps, cpu, ratio, toDirect }: Measured) {
  const shown = (value: number | undefined): string => value?.toFixed(2) ?? '';
  const time = (value: number | undefined): string => value?.toFixed(0) ?? '';
  return [
    ...[workload, mode, clients, tps.direct ?? ''],
    ...[shown(toDirect['node pipe']), shown(toDirect.pgbouncer)],
    ...[`**${shown(ratio.direct)}**`, shown(ratio['node pipe']), shown(ratio.pgbouncer)],
    ...[time(cpu['node pipe']), time(cpu.pgbouncer), time(cpu.cordon)],
  ];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
