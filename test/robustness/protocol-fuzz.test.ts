/** A short form of `npm run fuzz:protocol`, with a fixed seed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeDatabases,
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { type FuzzResult, Gateways } from './support/fuzzed-gateways.ts';

const FUZZ_MS = 12_000;
const SEED = 1;

describeDatabases('broken conversations', (database) => {
  let gateways: Gateways;
  beforeAll(async () => {
    gateways = await Gateways.start(database());
  });
  afterAll(() => gateways?.stop());

  it('harm nobody: nothing crashes, hangs, leaks or goes unanswered', { timeout: 120_000 }, async () => {
    const result = await gateways.fuzz(SEED, overIn(FUZZ_MS));
    check(database().name, result);
  });
});

describeWith([postgresRequirement()], 'broken conversations on shared connections', () => {
  let database: PostgresDatabase;
  let gateways: Gateways;
  beforeAll(async () => {
    database = await startPostgres();
    gateways = await Gateways.start(database, 2);
  });
  afterAll(async () => {
    await gateways?.stop();
    await database?.stop();
  });

  it('harm nobody either', { timeout: 120_000 }, async () => {
    check('two connections', await gateways.fuzz(SEED, overIn(FUZZ_MS)));
  });
});

function overIn(ms: number): () => boolean {
  const end = Date.now() + ms;
  return () => Date.now() > end;
}

function check(where: string, { figures, complaints, bugs }: FuzzResult): void {
  process.stderr.write(`protocol fuzz on ${where}: ${JSON.stringify(figures)}\n`);
  expect(complaints).toEqual([]);
  expect(bugs).toEqual([]);
  expect(figures).toMatchObject({ hangs: 0, leaks: 0, garbled: 0, unserved: 0 });
  expect(figures.conversations).toBeGreaterThan(50);
}
