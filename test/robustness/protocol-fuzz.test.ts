/** A short form of `npm run fuzz:protocol`, with a fixed seed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../databases/index.ts';
import { Gateways } from './support/fuzzed-gateways.ts';

const FUZZ_MS = 12_000;
const SEED = 1;

describeDatabases('broken conversations', (database) => {
  let gateways: Gateways;
  beforeAll(async () => {
    gateways = await Gateways.start(database());
  });
  afterAll(() => gateways?.stop());

  it('harm nobody: nothing crashes, hangs, leaks or goes unanswered', { timeout: 120_000 }, async () => {
    const end = Date.now() + FUZZ_MS;
    const { figures, complaints, bugs } = await gateways.fuzz(SEED, () => Date.now() > end);
    process.stderr.write(`protocol fuzz on ${database().name}: ${JSON.stringify(figures)}\n`);
    expect(complaints).toEqual([]);
    expect(bugs).toEqual([]);
    expect(figures).toMatchObject({ hangs: 0, leaks: 0, garbled: 0, unserved: 0 });
    expect(figures.conversations).toBeGreaterThan(50);
  });
});
