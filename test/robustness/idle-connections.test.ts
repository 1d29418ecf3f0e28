/** Many clients that say nothing: what one takes, and that the next statement is answered. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PgliteDatabase, startPglite } from '../databases/index.ts';
import { as, loadShop } from '../gateway/support/shop.ts';
import { type RunningGateway, startGateway } from '../gateway/support/start-gateway.ts';
import { WireClient } from '../gateway/support/wire-client.ts';

/** `CORDON_TEST_IDLE=999` measures what the issue asks for. */
const CLIENTS = Number(process.env.CORDON_TEST_IDLE ?? 200);
/** Of the gateway and of the client, which share this process. */
const KIBIBYTES_MAX = 200;

let database: PgliteDatabase;
let running: RunningGateway;
beforeAll(async () => {
  database = await startPglite();
  await loadShop(database);
  running = await startGateway(database);
});
afterAll(async () => {
  await running?.stop();
  await database?.stop();
});

it('idle clients take little memory, and the first statement of each is answered', {
  timeout: 120_000,
}, async () => {
  const warm = await WireClient.login(running.port);
  await warm.query(as('bob', 'SELECT id FROM notes'));
  warm.close();
  const before = process.memoryUsage();
  const clients: WireClient[] = [];
  for (let count = 0; count < CLIENTS; count += 1) clients.push(await WireClient.login(running.port));
  const after = process.memoryUsage();
  const kibibytes = (after.rss - before.rss) / 1024 / CLIENTS;
  const times: number[] = [];
  for (const client of clients) {
    const started = performance.now();
    expect(await client.query(as('bob', 'SELECT id FROM notes'))).toContain('row 3');
    times.push(performance.now() - started);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(CLIENTS / 2)] ?? 0;
  process.stderr.write(
    `${CLIENTS} idle clients: ${kibibytes.toFixed(0)} KiB each with the client's own side, first statement ${median.toFixed(1)} ms\n`,
  );
  expect(kibibytes).toBeLessThan(KIBIBYTES_MAX);
  for (const client of clients) client.close();
  await expect.poll(() => running.gateway.connections, { timeout: 10_000 }).toBe(0);
});
