/**
 * What Cordon takes before the first statement and while large answers pass: time from `cordon serve` to its "ready" as a multiple of
 * an empty Node process, and the most memory that it held, after the start and after a result of a gigabyte.
 *
 *     npm run bench:start -- [--json] [--rounds 7] [--megabytes 1000]
 *
 * Needs the binaries of a Postgres server, and Linux for the memory of a process.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import {
  availablePostgres,
  type Cordon,
  type PostgresDatabase,
  signToken,
  startCordon,
  startPostgres,
} from '../test/databases/index.ts';
import { markdown, median, rounded } from './figures.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    megabytes: { type: 'string', default: '1000' },
  },
});

const POLICY = `version: 1
identity:
  token: { issuer: shop, audience: cordon, algorithms: [HS256], secretEnv: CORDON_TOKEN_SECRET }
  claims: { user: { from: sub, type: int } }
  roles: { from: role, default: member }
relations:
  pages: { rules: [{ for: member, rows: owner = :user, read: all }] }
`;

/** A row of about a kilobyte, and as many as a megabyte holds. */
const WIDTH = 1000;
const ROWS_A_MEGABYTE = 1000;

if ('missing' in availablePostgres()) {
  process.stdout.write('bench:start is skipped: no Postgres server is installed\n');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'));
const policy = join(folder, 'cordon.yaml');
writeFileSync(policy, POLICY);
const database = await startPostgres();
try {
  await database.run(`CREATE TABLE pages (id int PRIMARY KEY, owner int NOT NULL, body text NOT NULL);
    INSERT INTO pages SELECT n, 7, repeat('x', ${WIDTH}) FROM generate_series(1, ${ROWS_A_MEGABYTE}) n; ANALYZE pages`);
  const results = { start: await measureStart(database), memory: await measureMemory(database) };
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : text(results));
} finally {
  await database.stop();
  rmSync(folder, { recursive: true });
}

interface Start {
  readonly readyMs: number;
  readonly emptyMs: number;
  readonly ratio: number;
}

async function measureStart({ url }: PostgresDatabase): Promise<Start> {
  const [ready, empty]: [number[], number[]] = [[], []];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const start = performance.now();
    const gateway = await startCordon({ policy, upstream: url });
    ready.push(performance.now() - start);
    await gateway.stop();
    const before = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    empty.push(performance.now() - before);
  }
  const ratio = median(ready.map((ms, round) => ms / (empty[round] ?? ms)));
  return { readyMs: rounded(median(ready)), emptyMs: rounded(median(empty)), ratio: rounded(ratio) };
}

interface Memory {
  readonly afterStartMb: number;
  readonly megabytes: number;
  readonly afterResultMb: number;
  /** Megabytes a second, Cordon's as a multiple of those of a direct connection. */
  readonly throughput: number;
}

async function measureMemory(server: PostgresDatabase): Promise<Memory> {
  const gateway = await startCordon({ policy, upstream: server.url });
  try {
    const user = { user: 'token', password: signToken({ sub: 7 }), database: server.database, ssl: false };
    await ask({ ...user, host: gateway.host, port: gateway.port }, 1);
    const afterStartMb = peakOf(gateway);
    const megabytes = Number(values.megabytes);
    const through = await ask({ ...user, host: gateway.host, port: gateway.port }, megabytes);
    const direct = await ask(
      { host: server.host, port: server.port, user: server.user, database: server.database },
      megabytes,
    );
    return { afterStartMb, megabytes, afterResultMb: peakOf(gateway), throughput: rounded(direct / through) };
  } finally {
    await gateway.stop();
  }
}

/** Milliseconds until the last row; nothing is kept of them. */
async function ask(address: pg.ClientConfig, megabytes: number): Promise<number> {
  const client = new pg.Client(address);
  await client.connect();
  const start = performance.now();
  let rows = 0;
  await new Promise<void>((resolve, reject) => {
    const query = new pg.Query({
      text: `SELECT p.body FROM generate_series(1, ${megabytes}) AS n, pages AS p`,
    });
    query.on('row', () => {
      rows += 1;
    });
    query.on('end', () => resolve());
    query.on('error', reject);
    client.query(query);
  });
  const took = performance.now() - start;
  await client.end();
  if (rows !== megabytes * ROWS_A_MEGABYTE) throw new Error(`${rows} rows came`);
  return took;
}

/** The most that a process has held, in megabytes (proc(5), VmHWM). */
function peakOf({ pid }: Cordon): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function text({ start, memory }: { readonly start: Start; readonly memory: Memory }): string {
  const rows = [
    ['`cordon serve` until ready', `${start.readyMs} ms`, `${start.ratio} × \`node -e 0\``],
    ['memory after the start', `${memory.afterStartMb} MB`, ''],
    [
      `memory after a result of ${memory.megabytes} MB`,
      `${memory.afterResultMb} MB`,
      `${memory.throughput} × direct in MB/s`,
    ],
  ];
  return `${markdown(['', 'figure', 'ratio'], rows)}\n`;
}
