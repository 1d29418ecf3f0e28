import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeFrontend } from '../../src/pgwire/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { loadShop } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import { WireClient } from './support/wire-client.ts';

const MEBIBYTE = 1024 * 1024;
/** `CORDON_TEST_RESULT_MIB=1024` measures the size that the issue names. */
const RESULT_MIB = Number(process.env.CORDON_TEST_RESULT_MIB ?? 192);
/** PostgreSQL allows values up to 1 GB less a little. */
const VALUE_BYTES = Math.min(RESULT_MIB, 1000) * MEBIBYTE;
/** The gateway, the client and their garbage: they share this process. Without back-pressure it is the size of the result. */
const GROWTH_MIB_MAX = 120;

describeWith([postgresRequirement()], 'a client that reads slowly', () => {
  let database: PostgresDatabase;
  let running: RunningGateway;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
    running = await startGateway(database);
  });
  afterAll(async () => {
    await running?.stop();
    await database?.stop();
  });

  /** Reads a result in bursts with pauses between; answers its size and how far the memory grew meanwhile. */
  async function readSlowly(text: string): Promise<{ bytes: number; growth: number }> {
    const client = await WireClient.login(running.port);
    const { socket } = client;
    socket.removeAllListeners('data').pause();
    const before = process.memoryUsage().rss;
    let growth = 0;
    let bytes = 0;
    let tail = Buffer.alloc(0);
    socket.write(encodeFrontend({ kind: 'Query', text }));
    await sleep(500);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      tail = Buffer.concat([tail, chunk.subarray(-6)]).subarray(-6);
      growth = Math.max(growth, process.memoryUsage().rss - before);
      if (bytes % (8 * MEBIBYTE) < chunk.length) await sleep(20);
      // ReadyForQuery, idle.
      if (tail.equals(Buffer.from('5a0000000549', 'hex'))) break;
    }
    client.close();
    return { bytes, growth: growth / MEBIBYTE };
  }

  it('holds back the database: many rows', { timeout: 240_000 }, async () => {
    const text = `SELECT repeat('x', 1000) FROM generate_series(1, ${RESULT_MIB * 1024})`;
    const { bytes, growth } = await readSlowly(text);
    process.stderr.write(
      `rows: ${Math.round(bytes / MEBIBYTE)} MiB, memory grew by ${Math.round(growth)} MiB\n`,
    );
    expect(bytes).toBeGreaterThan(RESULT_MIB * 1000 * 1024);
    expect(growth).toBeLessThan(GROWTH_MIB_MAX);
  });

  it('holds back the database: one long value', { timeout: 240_000 }, async () => {
    const { bytes, growth } = await readSlowly(`SELECT repeat('x', ${VALUE_BYTES})`);
    process.stderr.write(
      `value: ${Math.round(bytes / MEBIBYTE)} MiB, memory grew by ${Math.round(growth)} MiB\n`,
    );
    expect(bytes).toBeGreaterThan(VALUE_BYTES);
    expect(growth).toBeLessThan(GROWTH_MIB_MAX);
  });
});
