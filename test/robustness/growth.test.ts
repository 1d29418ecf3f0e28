/**
 * Texts that grow fourfold may cost eightfold: what is linear costs four times as much, what is quadratic sixteen. Counted is the
 * processor time of this process, the least of some rounds, so that a busy machine does not show.
 */
import { beforeAll, expect, it } from 'vitest';
import { type Catalog, type Dialect, loadCatalog } from '../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import { type LoadedPolicy, loadPolicy, principalOf } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { startPglite } from '../databases/index.ts';
import { ALICE, loadShop, POLICY } from '../gateway/support/shop.ts';

const GROWS = 4;
const RATIO_MAX = 8;
const ROUNDS = 5;
/** Beside this, a collection of garbage is small. */
const LEAST_MS = 4;

const list = (length: number, make: (index: number) => string, between = ', '): string =>
  Array.from({ length }, (_, index) => make(index)).join(between);

type Make = (size: number) => string;

/** Each was quadratic or worse once; the size is that of the smaller text. */
const POSTGRES: readonly (readonly [string, number, Make])[] = [
  [
    'CTEs that each read the one before',
    60,
    (size) =>
      `WITH c0 AS (SELECT 1 AS x), ${list(size, (index) => `c${index + 1} AS (SELECT x FROM c${index})`)} SELECT x FROM c${size}`,
  ],
  ['FROM items', 250, (size) => `SELECT 1 FROM ${list(size, (index) => `goods g${index}`)} WHERE false`],
  ['statements of a text', 100, (size) => list(size, (index) => `SELECT ${index}`, ';')],
  ['strings', 400, (size) => `SELECT ${list(size, () => "'a'")}`],
  [
    'negative numbers',
    2_000,
    (size) => `SELECT count(*) FROM (VALUES ${list(size, (index) => `(-${index + 1})`)}) AS v (x)`,
  ],
  ['keys of IN', 2_000, (size) => `SELECT id FROM goods WHERE id IN (${list(size, String)})`],
  ['line ends between pieces of a string', 20_000, (size) => `SELECT 'a'${'\n'.repeat(size)}'b'`],
];

const COCKROACHDB: readonly (readonly [string, number, Make])[] = [
  ['line ends between pieces of a string', 20_000, (size) => `SELECT 'a'${'\n'.repeat(size)}'b'`],
  ['line ends behind a string', 20_000, (size) => `SELECT 'a'${'\n'.repeat(size)}`],
  ['line ends of two bytes behind a string', 20_000, (size) => `SELECT 'a'${'\r\n'.repeat(size)}, 'b'`],
  ['statements of a text', 100, (size) => list(size, (index) => `SELECT ${index}`, ';')],
  [
    'negative numbers',
    2_000,
    (size) => `SELECT count(*) FROM (VALUES ${list(size, (index) => `(-${index + 1})`)}) AS v (x)`,
  ],
];

let catalog: Catalog;
let policy: LoadedPolicy;
const parser = await createParser();
beforeAll(async () => {
  const database = await startPglite();
  await loadShop(database);
  catalog = await loadCatalog((sql) => database.query(sql));
  await database.stop();
  const loaded = loadPolicy(POLICY).policy;
  if (loaded === undefined) throw new Error('the policy does not load');
  policy = loaded;
});

function newGuard(dialect: Dialect): Guard {
  return createGuard({ policy, catalog, parser, dialect });
}

/** Milliseconds of the processor for judging a text that is new to the guard. */
function cost(dialect: Dialect, text: string): number {
  const caller = principalOf(policy, { sub: ALICE });
  const session = newGuard(dialect).session();
  const before = process.cpuUsage();
  session.judgeQuery(text, caller);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function leastCost(dialect: Dialect, text: string): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => cost(dialect, text)));
}

it.each([
  ...POSTGRES.map((entry) => ['postgres', ...entry] as const),
  ...COCKROACHDB.map((entry) => ['cockroachdb', ...entry] as const),
])('%s: %s cost what their number does', { timeout: 120_000 }, (dialect, _, size, make) => {
  leastCost(dialect, make(size));
  const small = Math.max(LEAST_MS, leastCost(dialect, make(size)));
  const large = leastCost(dialect, make(size * GROWS));
  process.stderr.write(`${dialect}, ${_}: ${small.toFixed(1)} ms, ${(large / small).toFixed(1)} ×\n`);
  expect(large / small).toBeLessThan(RATIO_MAX);
});
