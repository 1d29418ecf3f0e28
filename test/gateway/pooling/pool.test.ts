/** Connections as a good that is shared out: how many, to whom, how long, and which never come back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PoolOptions } from '../../../src/gateway/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../../databases/index.ts';
import { as, loadShop } from '../support/shop.ts';
import type { WireClient } from '../support/wire-client.ts';
import { rows, type SharedGateway, startShared } from './support.ts';

describeWith([postgresRequirement()], 'shared connections', () => {
  let database: PostgresDatabase;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
  });
  afterAll(() => database?.stop());

  async function within(pool: PoolOptions, use: (gateway: SharedGateway) => Promise<void>): Promise<void> {
    const gateway = await startShared(database, pool);
    try {
      await use(gateway);
    } finally {
      await gateway.stop();
    }
  }
  const ask = async (client: WireClient | undefined, text: string) => rows((await client?.query(text)) ?? []);
  const ofGateway = async () =>
    (await database.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'counted'")).length;

  it('are as many as they may be, however many clients ask at once, and each is answered', async () => {
    await within({ connectionsMax: 3 }, async (gateway) => {
      const clients = await Promise.all(
        Array.from({ length: 60 }, () => gateway.client({ application_name: 'counted' })),
      );
      const people = ['alice', 'bob'] as const;
      const rounds = clients.map(async (client, index) => {
        const person = people[index % 2] ?? 'alice';
        for (let round = 0; round < 5; round += 1) {
          const seen = await ask(client, as(person, 'SELECT body FROM notes ORDER BY id LIMIT 1'));
          expect(seen).toEqual([`row ${person} one`]);
        }
      });
      await Promise.all(rounds);
      expect(await ofGateway()).toBe(3);
      expect(gateway.upstream.statistics).toEqual({ inUse: 0, idle: 3, waiting: 0 });
      for (const client of clients) client.close();
    });
  });

  it('are waited for in the order of asking, and not for ever', async () => {
    await within({ waitMs: 400 }, async (gateway) => {
      const [holder, first, second] = await Promise.all([
        gateway.client(),
        gateway.client(),
        gateway.client(),
      ]);
      await holder.query('BEGIN');
      const order: string[] = [];
      const ended = [first, second].map((client, index) =>
        ask(client, 'SELECT 1').then(() => order.push(`${index}`)),
      );
      await expect.poll(() => gateway.upstream.statistics.waiting).toBe(2);
      await holder.query('COMMIT');
      await Promise.all(ended);
      expect(order).toEqual(['0', '1']);
      await holder.query('BEGIN');
      first.send({ kind: 'Query', text: 'SELECT 1' });
      expect(await first.untilClosed()).toEqual(['FATAL 53300']);
      expect(await ask(holder, 'SELECT 1')).toEqual(['row 1']);
      holder.close();
      second.close();
    });
  });

  it('are no longer waited for by a client that is gone', async () => {
    await within({}, async (gateway) => {
      const [holder, waiting, last] = await Promise.all([
        gateway.client(),
        gateway.client(),
        gateway.client(),
      ]);
      await holder.query('BEGIN');
      waiting.send({ kind: 'Query', text: 'SELECT 1' });
      await expect.poll(() => gateway.upstream.statistics.waiting).toBe(1);
      waiting.close();
      await expect.poll(() => gateway.upstream.statistics.waiting, { timeout: 8000 }).toBe(0);
      await holder.query('COMMIT');
      expect(await ask(last, 'SELECT 1')).toEqual(['row 1']);
      holder.close();
      last.close();
    });
  });

  it('are closed when nobody has used them for a time', async () => {
    await within({ idleMs: 200 }, async (gateway) => {
      const client = await gateway.client();
      await client.query('SELECT 1');
      await expect.poll(() => gateway.upstream.statistics.idle, { timeout: 5000 }).toBe(0);
      expect(await ask(client, 'SELECT 1')).toEqual(['row 1']);
      client.close();
    });
  });

  it('are replaced when they have served long enough', async () => {
    await within({ lifetimeMs: 100 }, async (gateway) => {
      const client = await gateway.client({ application_name: 'counted' });
      const text = "SELECT pid FROM pg_stat_activity WHERE application_name = 'counted'";
      const seen = new Set<string | null | undefined>();
      const look = async () => {
        await client.query('SELECT 1');
        for (const { pid } of await database.query(text)) seen.add(pid);
        return seen.size;
      };
      await expect.poll(look, { timeout: 10_000, interval: 60 }).toBeGreaterThan(1);
      expect(await ask(client, 'SELECT 1')).toEqual(['row 1']);
      client.close();
    });
  });

  it('that the server has closed are not given to anybody', async () => {
    await within({ connectionsMax: 2 }, async (gateway) => {
      const [idle, busy] = await Promise.all([
        gateway.client({ application_name: 'counted' }),
        gateway.client({ application_name: 'counted' }),
      ]);
      await busy.query('BEGIN');
      await idle.query('SELECT 1');
      await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'counted'",
      );
      await busy.untilClosed();
      await expect.poll(() => gateway.upstream.statistics.inUse).toBe(0);
      await expect.poll(() => gateway.upstream.statistics.idle).toBe(0);
      expect(await ask(idle, 'SELECT 1')).toEqual(['row 1']);
      idle.close();
    });
  });

  it('stay with a client that has what cannot be made again, until it is gone or the client goes', async () => {
    await within({ connectionsMax: 2 }, async (gateway) => {
      const [keeps, other] = await Promise.all([gateway.client(), gateway.client()]);
      await keeps.query('PREPARE mine AS SELECT 1');
      expect(gateway.upstream.statistics.inUse).toBe(1);
      expect(await ask(other, 'EXECUTE mine')).toEqual(['ERROR 26000']);
      expect(await ask(keeps, 'EXECUTE mine')).toEqual(['row 1']);
      await keeps.query('DEALLOCATE mine');
      expect(gateway.upstream.statistics.inUse).toBe(0);
      await keeps.query('PREPARE mine AS SELECT 1');
      keeps.send({ kind: 'Terminate' });
      await expect.poll(() => gateway.upstream.statistics).toMatchObject({ inUse: 0 });
      expect(await ask(other, 'PREPARE mine AS SELECT 2')).toEqual([]);
      expect(await ask(other, 'EXECUTE mine')).toEqual(['row 2']);
      other.close();
    });
  });

  it('of a program that made a temporary table or took a lock are cleaned before anybody else has them', async () => {
    await within({ connectionsMax: 2 }, async (gateway) => {
      const migrator = await gateway.migrator();
      await migrator.query('CREATE TEMPORARY TABLE passing (n int)');
      await migrator.query('SELECT pg_advisory_lock(42)');
      expect(gateway.upstream.statistics.inUse).toBe(1);
      const locks = async () =>
        (await database.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).length;
      expect(await locks()).toBe(1);
      await migrator.end();
      await expect.poll(locks).toBe(0);
      const left = "SELECT 1 FROM pg_class WHERE relname = 'passing'";
      await expect.poll(async () => (await database.query(left)).length).toBe(0);
      await expect.poll(() => gateway.upstream.statistics.inUse).toBe(0);
    });
  });

  it('are counted by state', async () => {
    await within({ connectionsMax: 1 }, async (gateway) => {
      const [client, waiting] = await Promise.all([gateway.client(), gateway.client()]);
      await client.query('BEGIN');
      waiting.send({ kind: 'Query', text: 'SELECT 1' });
      await expect.poll(() => gateway.upstream.statistics.waiting).toBe(1);
      const url = `http://127.0.0.1:${gateway.gateway.monitorAddress?.port}/metrics`;
      const metrics = await (await fetch(url)).text();
      expect(metrics).toMatch(/^cordon_pool_in_use 1$/m);
      expect(metrics).toMatch(/^cordon_pool_idle 0$/m);
      expect(metrics).toMatch(/^cordon_pool_waiting 1$/m);
      client.close();
      waiting.close();
    });
  });

  it('do not grow when clients vanish in the middle of statements', async () => {
    await within({ connectionsMax: 2 }, async (gateway) => {
      for (let round = 0; round < 6; round += 1) {
        const gone = await gateway.client({ application_name: 'counted' });
        gone.send({ kind: 'Query', text: 'SELECT count(*) FROM generate_series(1, 100000000)' });
        await sleep(30);
        gone.close();
        const { inUse, idle } = gateway.upstream.statistics;
        expect(inUse + idle).toBeLessThanOrEqual(2);
      }
      const last = await gateway.client();
      expect(await ask(last, 'SELECT 1')).toEqual(['row 1']);
      await expect.poll(ofGateway, { timeout: 10_000 }).toBe(0);
      last.close();
    });
  });
});
