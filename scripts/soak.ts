/**
 * Two tenants and nobody on the connections of one gateway for a long time, every row held against what was written; see
 * docs/reference/robustness.md.
 *
 *     npm run soak -- --minutes 60 [--workers 12] [--seed 1] [--database postgres|pglite] [--pool 3] [--rate 50]
 *
 * `--pool`: clients share as many connections to the server. `--rate`: so many steps a second at most, for all workers together.
 */
import { parseArgs } from 'node:util';
import { PooledUpstream } from '../src/gateway/index.ts';
import { type PostgresDatabase, startPglite, startPostgres } from '../test/databases/index.ts';
import { loadShop } from '../test/gateway/support/shop.ts';
import { serverOf, startGateway } from '../test/gateway/support/start-gateway.ts';
import { emptyFigures, soak } from '../test/robustness/support/soak.ts';

const COMPLAINTS_MAX = 20;
const REPORT_MS = 60_000;
const MEBIBYTE = 1024 * 1024;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    workers: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'postgres' },
    pool: { type: 'string' },
    rate: { type: 'string' },
  },
});

const database = await (values.database === 'pglite' ? startPglite() : startPostgres());
await loadShop(database);

function sharing(connections: string) {
  const options = { connectionsMax: Number(connections), waitMs: 60_000 };
  return { upstream: new PooledUpstream(serverOf(database as PostgresDatabase), 10_000, options) };
}

const running = await startGateway(database, values.pool === undefined ? {} : sharing(values.pool));
const started = Date.now();
const end = started + Number(values.minutes) * 60_000;
const figures = emptyFigures();
let complaints = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report(): void {
  const { rss, heapUsed, external } = process.memoryUsage();
  const memory = [rss, heapUsed, external].map((bytes) => Math.round(bytes / MEBIBYTE)).join('/');
  const { queries, foreign, wrong } = figures;
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  say(
    `minute=${minutes} rss/heap/external=${memory}MiB queries=${queries} foreign=${foreign} wrong=${wrong}`,
  );
}

report();
const timer = setInterval(report, REPORT_MS);
await soak(
  {
    port: running.port,
    seed: Number(values.seed),
    workers: Number(values.workers),
    cancels: database.kind === 'postgres',
    stepsPerSecond: values.rate === undefined ? undefined : Number(values.rate),
  },
  () => Date.now() > end || complaints >= COMPLAINTS_MAX,
  (text) => {
    complaints += 1;
    say(text);
  },
  figures,
);
clearInterval(timer);
report();
await running.stop();
await database.stop();
const { queries, foreign, wrong, ...kinds } = figures;
say(
  Object.entries(kinds)
    .map(([kind, count]) => `${kind}=${count}`)
    .join(' '),
);
say(`queries=${queries} foreign=${foreign} wrong=${wrong}`);
process.exit(foreign + wrong === 0 ? 0 : 1);
