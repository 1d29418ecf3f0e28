/**
 * Times the guard: microseconds of judging one statement and making its text, on a cache hit and on a miss.
 * A hit lexes, looks the template up and splices literals and claims; a miss parses, rewrites, prints and verifies.
 * Beside them: what many distinct shapes take of memory, since each is kept until there are too many.
 *
 *     npm run bench:guard -- [--json] [--check] [--rounds 15]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PGlite } from '@electric-sql/pglite';
import { loadCatalog } from '../src/catalog/load.ts';
import { createGuard } from '../src/guard/guard.ts';
import { buildAccess, loadPolicy, principalOf } from '../src/policy/index.ts';
import { createParser } from '../src/sql/index.ts';
import { markdown } from './figures.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
  },
});

const ALICE = { sub: 'a11ce000-0000-4000-8000-000000000001', tenant: 1, region: 'eu-west-1', role: 'member' };
const UUID = '00000000-0000-4000-8000-000000000000';

const STATEMENTS: Readonly<Record<string, (n: number) => string>> = {
  simple: (n) => `SELECT id, amount FROM orders WHERE id = '${UUID}' AND amount > ${n} LIMIT 1`,
  fiveTableJoin: (n) =>
    `SELECT o.id, o.amount, u.email, p.display_name, a.line1, m.brand FROM orders o JOIN users u ON u.id = o.user_id ` +
    `JOIN profiles p ON p.user_id = u.id LEFT JOIN addresses a ON a.profile_id = p.id LEFT JOIN payment_methods m ON m.profile_id = p.id ` +
    `WHERE o.amount > ${n} AND p.display_name <> 'x${n}' ORDER BY o.amount DESC LIMIT 20 OFFSET 0`,
  insert: (n) =>
    `INSERT INTO addresses (profile_id, line1, city, country) VALUES ('${UUID}', 'line ${n}', 'Oslo', 'NO') RETURNING id`,
  update: (n) => `UPDATE users SET name = 'name ${n}' WHERE users.id = '${UUID}'`,
};

/** The goals of the project for a hit and a miss, in microseconds. */
const GOALS: Readonly<Record<string, { readonly hit: number; readonly miss?: number }>> = {
  simple: { hit: 5, miss: 300 },
  fiveTableJoin: { hit: 10 },
};

const ROUNDS = Number(values.rounds);
const HITS_A_ROUND = 4000;
const MISSES_A_ROUND = 60;

const database = new PGlite();
await database.exec(readFileSync(new URL('../examples/demo/schema.sql', import.meta.url), 'utf8'));
const loaded = loadPolicy(readFileSync(new URL('../examples/demo/cordon.yaml', import.meta.url), 'utf8'));
if (loaded.policy === undefined) throw new Error('the policy of the demo does not load');
const { policy } = loaded;
const catalog = await loadCatalog(async (sql) => (await database.query<Record<string, unknown>>(sql)).rows);
const access = buildAccess(policy, catalog);
const parser = await createParser();
const alice = principalOf(policy, ALICE);

function textOf(guard: ReturnType<typeof createGuard>, sql: string): string {
  const judged = guard.session().judgeQuery(sql, alice);
  if (judged.kind === 'denied') throw judged.error;
  return judged.statements.map((statement) => statement.textFor(alice)).join(';');
}

function microseconds(run: () => void, times: number): number {
  const start = performance.now();
  for (let time = 0; time < times; time += 1) run();
  return ((performance.now() - start) * 1000) / times;
}

function hitOf(make: (n: number) => string): number {
  const guard = createGuard({ policy, catalog, access, parser });
  const session = guard.session();
  const texts = Array.from({ length: 64 }, (_, n) => make(n));
  textOf(guard, texts[0] ?? '');
  let at = 0;
  return microseconds(() => {
    const judged = session.judgeQuery(texts[at++ % texts.length] ?? '', alice);
    if (judged.kind === 'allowed') for (const statement of judged.statements) statement.textFor(alice);
  }, HITS_A_ROUND);
}

/** Two shapes take turns in a guard that keeps one, so that each is judged anew. */
function missOf(make: (n: number) => string): number {
  const guard = createGuard({ policy, catalog, access, parser, templatesMax: 1 });
  textOf(guard, make(0));
  let at = 0;
  return microseconds(() => {
    at += 1;
    textOf(guard, at % 2 === 0 ? make(at) : `${make(at)};`);
  }, MISSES_A_ROUND);
}

const results: Record<string, { hit: number; miss: number }> = {};
for (const name of Object.keys(STATEMENTS)) {
  results[name] = { hit: Number.POSITIVE_INFINITY, miss: Number.POSITIVE_INFINITY };
}
// Rounds are interleaved, so that a slow moment of the machine falls on all statements alike.
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, make] of Object.entries(STATEMENTS)) {
    const result = results[name];
    if (result === undefined) continue;
    result.hit = Math.min(result.hit, hitOf(make));
    result.miss = Math.min(result.miss, missOf(make));
  }
}

/** A shape that no other has, as an attacker or a careless application makes them: a list of another length, other names. */
function shapeOf(n: number): string {
  const columns = Array.from({ length: 1 + (n % 40) }, (_, index) => `amount AS a${n}_${index}`);
  return `SELECT id, ${columns.join(', ')} FROM orders WHERE id = '${UUID}' AND amount > ${n}`;
}

const SHAPES = 6000;

/** Megabytes of the heap that templates hold, when more shapes came than are kept. */
function explosion(): {
  readonly shapes: number;
  readonly kept: number;
  readonly heapMb: number;
  readonly kilobytesEach: number;
} {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const guard = createGuard({ policy, catalog, access, parser });
  for (let n = 0; n < SHAPES; n += 1) textOf(guard, shapeOf(n));
  collectGarbage();
  const held = process.memoryUsage().heapUsed - before;
  const { kept } = guard.templateCounts;
  return {
    shapes: SHAPES,
    kept,
    heapMb: Number((held / 2 ** 20).toFixed(1)),
    kilobytesEach: Number((held / 1024 / kept).toFixed(1)),
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

const rounded = Object.fromEntries(
  Object.entries(results).map(([name, { hit, miss }]) => [
    name,
    { hit: Number(hit.toFixed(2)), miss: Number(miss.toFixed(1)) },
  ]),
);
const missed = Object.entries(GOALS).filter(([name, goal]) => {
  const result = results[name];
  return (
    result === undefined || result.hit > goal.hit || (goal.miss !== undefined && result.miss > goal.miss)
  );
});
const report = {
  unit: 'microseconds',
  figure: 'least of rounds',
  rounds: ROUNDS,
  results: rounded,
  explosion: explosion(),
  goals: GOALS,
  missed: missed.map(([name]) => name),
};
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : text());
if (values.check && missed.length > 0) process.exitCode = 1;

function text(): string {
  const rows = Object.entries(report.results).map(([name, { hit, miss }]) => [name, hit, miss]);
  const { shapes, kept, heapMb, kilobytesEach } = report.explosion;
  const memory = `of ${shapes} shapes ${kept} are kept: ${heapMb} MiB, ${kilobytesEach} KiB each`;
  const goals = missed.length === 0 ? 'all goals are met' : `missed: ${report.missed.join(', ')}`;
  return `${markdown(['statement', 'hit, µs', 'miss, µs'], rows)}\n\n${memory}\n${goals}\n`;
}
