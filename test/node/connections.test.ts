/** Which connection a query gets: from the pool, or the one that came back a moment ago. */
import type { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Cordon } from '../../src/node/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { alice, bob, loadShop, poolOf, wrap } from './shop.ts';

const IDS = 'SELECT id FROM notes ORDER BY id';

describeWith([postgresRequirement()], 'connections in process', () => {
  let database: PostgresDatabase;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
  });
  afterAll(() => database.stop());

  it('code that awaits one query after the other goes through the pool once', async () => {
    const { db, pool } = await wrapped({ max: 2 });
    const acquired = counted(pool, 'acquire');
    for (let time = 0; time < 10; time += 1) await db.as(alice).query(IDS);
    expect(acquired()).toBe(1);
    expect(db.pool.idleCount).toBe(1);
    await db.close();
  });

  it('is with the pool when the turn is over', async () => {
    const { db, pool } = await wrapped({ max: 2 });
    const released = counted(pool, 'release');
    await db.as(alice).query(IDS);
    await turn();
    expect([released(), pool.idleCount]).toEqual([1, 1]);
    await db.close();
  });

  it('callers who take turns on one connection each see their own', async () => {
    const { db } = await wrapped({ max: 1 });
    const seen: unknown[] = [];
    for (const caller of [alice, bob, undefined, alice, undefined, bob]) {
      const query = db.as(caller).query(IDS);
      const ids = query.then(({ rows }) => rows.map(({ id }) => id).join());
      seen.push(await ids.catch(({ code }: { code: string }) => code));
    }
    const refused = 'CORDON_RELATION_NOT_COVERED';
    expect(seen).toEqual(['1,2', '3', refused, '1,2', refused, '3']);
    await db.close();
  });

  it('who waits is served before who asks again', async () => {
    const { db } = await wrapped({ max: 1 });
    let asked = 0;
    let isServed = false;
    const other = db
      .as(bob)
      .query(IDS)
      .then(() => {
        isServed = true;
      });
    while (!isServed && asked < 1000) {
      await db.as(alice).query(IDS);
      asked += 1;
    }
    await other;
    expect(asked).toBeLessThan(5);
    await db.close();
  });

  it('`maxUses` counts every query', async () => {
    const { db, pool } = await wrapped({ max: 1, maxUses: 3 });
    const removed = counted(pool, 'remove');
    for (let time = 0; time < 10; time += 1) await db.as(alice).query(IDS);
    expect(removed()).toBeGreaterThanOrEqual(3);
    await db.close();
  });

  it('one that is lost the moment it came back is not handed on', async () => {
    const { db, pool } = await wrapped({ max: 1 });
    const clients: EventEmitter[] = [];
    pool.on('acquire', (client) => void clients.push(client));
    await db.as(alice).query(IDS);
    // As `pg` reports a socket that was closed.
    clients.at(-1)?.emit('error', new Error('terminated'));
    expect((await db.as(alice).query(IDS)).rows).toHaveLength(2);
    expect(new Set(clients).size).toBe(2);
    await db.close();
  });

  it('are closed when `close()` has resolved, those that queries came back with last too', async () => {
    const { db, pool } = await wrapped({ max: 3 });
    const removed = counted(pool, 'remove');
    await Promise.all([alice, bob, alice].map((caller) => db.as(caller).query(IDS)));
    const open = pool.totalCount;
    await db.close();
    expect([open, removed()]).toEqual([3, 3]);
    await expect(db.as(alice).query(IDS)).rejects.toMatchObject({ code: 'CORDON_UPSTREAM_FAILED' });
  });

  async function wrapped(options: pg.PoolConfig): Promise<{ db: Cordon; pool: pg.Pool }> {
    const pool = poolOf(database, options) as pg.Pool;
    const db = await wrap(database, { pool });
    await turn();
    return { db, pool };
  }
});

function counted(pool: pg.Pool, event: 'acquire' | 'release' | 'remove'): () => number {
  let count = 0;
  pool.on(event as 'acquire', () => {
    count += 1;
  });
  return () => count;
}
