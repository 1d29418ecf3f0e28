/**
 * The time that statements take in the database: as Cordon rewrites them, as people scope them by hand, and under row-level
 * security, as `cordon rls` prints it and as people write it. Over a million rows in each of four tables.
 *
 *     npm run bench:database -- [--json] [--check] [--rounds 9] [--rows 1000000] [--only 'membership'] [--url postgres://…] [--load]
 *
 * The database repeats each statement itself in a loop, and what its process has used of the processor is read before and after,
 * so that neither the wire nor Node nor other work of the machine is in the figures; all tables fit into its memory. Needs Linux and the
 * binaries of a Postgres server, or `--url` of an empty database on this machine, which is filled once; `--load` does nothing else.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { availablePostgres, startPostgres } from '../test/databases/index.ts';
import { type Keys, type Question, questions } from './database/questions.ts';
import { Asking, CALLER, load, MODES, type Mode, WAYS, type Way } from './database/ways.ts';
import { markdown, median, rotated, rounded } from './figures.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    load: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    rows: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
    url: { type: 'string' },
  },
});

/** A sample takes about this long, so that the loop does not count. */
const SAMPLE_US = 15_000;
const REPEATS_MAX = 200;
/** PostgreSQL takes a plan for all values after five executions, if it is no worse (manual, PREPARE). */
const WARM_UP = 8;

interface Measured {
  readonly policy: Question['policy'];
  readonly kind: string;
  readonly leaky: string | undefined;
  readonly mode: Mode;
  /** Medians, microseconds. */
  readonly us: Readonly<Record<string, number>>;
  /** Medians of the ratio in each round: Cordon's time as a multiple. */
  readonly ratios: Readonly<Record<string, number>>;
}

if (values.url === undefined && 'missing' in availablePostgres()) {
  process.stdout.write('bench:database is skipped: no Postgres server is installed\n');
  process.exit(0);
}
const server =
  values.url === undefined
    ? await startPostgres({
        database: 'bench',
        settings: { jit: 'off', shared_buffers: '1GB', max_wal_size: '4GB', maintenance_work_mem: '256MB' },
      })
    : undefined;
try {
  await main();
} finally {
  await server?.stop();
}

async function connect(): Promise<pg.Client> {
  const client =
    server === undefined
      ? new pg.Client({ connectionString: values.url })
      : new pg.Client({ host: server.socketFolder, port: server.port, user: server.user, database: 'bench' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function main(): Promise<void> {
  const client = await connect();
  const { rows } = await client.query(`SELECT to_regclass('public.comments') AS found`);
  if (rows[0]?.found === null) await load(client, Number(values.rows));
  const asked = questions(await keysOf(client)).filter((question) => titleOf(question).includes(values.only));
  await client.end();
  if (values.load) return;
  const asking = await Asking.open(connect);
  for (const question of asked) await assertSameAnswer(asking, question);
  const measured: Measured[] = [];
  for (const mode of MODES)
    for (const question of asked) measured.push(await measure(asking, mode, question));
  await asking.close();
  const failed = missed(measured);
  process.stdout.write(values.json ? `${json(measured, failed)}\n` : text(measured, failed));
  if (values.check && failed.length > 0) process.exitCode = 1;
}

/** Rows in the middle of what the caller sees. */
async function keysOf(client: pg.Client): Promise<Keys> {
  const middle = (rows: string): string =>
    `SELECT id ${rows} ORDER BY id OFFSET (SELECT count(*) / 2 ${rows}) LIMIT 1`;
  const own = middle(`FROM orders WHERE owner = ${CALLER}`);
  const team = `SELECT min(team) FROM members WHERE person = ${CALLER}`;
  const ticket = middle(`FROM tickets WHERE team = (${team})`);
  const comment = `SELECT id FROM comments WHERE ticket = (${ticket}) LIMIT 1`;
  const { rows } = await client.query<Keys>(
    `SELECT (${own}) AS "order", (${team}) AS team, (${ticket}) AS ticket, (${comment}) AS comment`,
  );
  const [keys] = rows;
  if (keys === undefined) throw new Error('no rows');
  return keys;
}

function titleOf({ policy, kind, leaky }: Omit<Question, 'text' | 'byHand' | 'values'>): string {
  return `${policy}: ${kind}${leaky === undefined ? '' : `, ${leaky}`}`;
}

async function assertSameAnswer(asking: Asking, question: Question): Promise<void> {
  for (const way of WAYS) {
    const answer = await asking.answer(way, question);
    if (answer === '[]' || answer !== (await asking.answer('by hand', question)))
      throw new Error(`${titleOf(question)}: ${way} answers otherwise, or nothing`);
  }
}

async function measure(asking: Asking, mode: Mode, question: Question): Promise<Measured> {
  const times = new Map<Way, number>();
  for (const way of WAYS) {
    const once = await asking.time(way, mode, question, WARM_UP);
    times.set(way, Math.max(1, Math.min(REPEATS_MAX, Math.round(SAMPLE_US / once))));
  }
  const samples = new Map<Way, number[]>(WAYS.map((way) => [way, []]));
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const way of rotated(WAYS, round))
      samples.get(way)?.push(await asking.time(way, mode, question, times.get(way) ?? 1));
  const own = samples.get('cordon') ?? [];
  const ratio = (way: Way): number => median(own.map((us, round) => us / (samples.get(way)?.[round] ?? us)));
  return {
    policy: question.policy,
    kind: question.kind,
    leaky: question.leaky,
    mode,
    us: Object.fromEntries(WAYS.map((way) => [way, rounded(median(samples.get(way) ?? []))])),
    ratios: Object.fromEntries(
      WAYS.filter((way) => way !== 'cordon').map((way) => [way, rounded(ratio(way))]),
    ),
  };
}

/** Goals of the project: 1.1 of what is scoped by hand, unless a condition can fail; 1.1 of the better row-level security. */
function missed(measured: readonly Measured[]): readonly string[] {
  return measured.flatMap((one) => {
    const [byHand = 0, ...native] = WAYS.filter((way) => way !== 'cordon').map((way) => one.ratios[way] ?? 0);
    const goals = [
      ...(one.leaky === undefined && byHand > 1.1 ? [`${byHand} of by hand`] : []),
      ...(Math.max(...native) > 1.1 ? [`${Math.max(...native)} of row-level security`] : []),
    ];
    return goals.map((goal) => `${titleOf(one)} (${one.mode}): ${goal}`);
  });
}

function json(measured: readonly Measured[], failed: readonly string[]): string {
  const rounds = Number(values.rounds);
  return JSON.stringify(
    { unit: 'microseconds', figure: 'median of rounds', rounds, measured, missed: failed },
    null,
    2,
  );
}

function text(measured: readonly Measured[], failed: readonly string[]): string {
  const tables = MODES.map((mode) => {
    const rows = measured
      .filter((one) => one.mode === mode)
      .map((one) => [
        `${one.policy}: ${one.kind}`,
        one.leaky ?? '',
        `${one.us['by hand']}`,
        ...WAYS.filter((way) => way !== 'cordon').map((way) => (one.ratios[way] ?? Number.NaN).toFixed(2)),
      ]);
    const head = ['query', 'leaky condition', 'by hand, µs', '÷ by hand', '÷ RLS, printed', '÷ RLS, by hand'];
    return `${mode}\n\n${markdown(head, rows)}\n`;
  });
  const goals =
    failed.length === 0 ? 'all goals are met\n' : `missed:\n${failed.map((line) => `  ${line}\n`).join('')}`;
  return `${tables.join('\n')}\n${goals}`;
}
