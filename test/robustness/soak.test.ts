/** A short form of `npm run soak`: two tenants and nobody on one gateway, every row held against what was written. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../databases/index.ts';
import { loadShop } from '../gateway/support/shop.ts';
import { type RunningGateway, startGateway } from '../gateway/support/start-gateway.ts';
import { soak } from './support/soak.ts';

const SOAK_MS = 10_000;

describeDatabases('two tenants on one gateway', (database) => {
  let running: RunningGateway;
  beforeAll(async () => {
    await loadShop(database());
    running = await startGateway(database());
  });
  afterAll(() => running?.stop());

  it('see their own rows, exactly, among errors, cancels, reconnects and transactions', async () => {
    const end = Date.now() + SOAK_MS;
    const complaints: string[] = [];
    const figures = await soak(
      { port: running.port, seed: 1, workers: 6, cancels: database().kind === 'postgres' },
      () => Date.now() > end || complaints.length > 5,
      (text) => complaints.push(text),
    );
    process.stderr.write(`soak on ${database().name}: ${JSON.stringify(figures)}\n`);
    expect(complaints).toEqual([]);
    expect(figures).toMatchObject({ foreign: 0, wrong: 0 });
    expect(figures.queries).toBeGreaterThan(100);
  });
});
