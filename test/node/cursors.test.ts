/** Submittables: cursors and streams of rows speak to a guarded connection. */
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Cordon } from '../../src/node/index.ts';
import { alice, bob, describeDatabases, loadShop, wrap } from './shop.ts';

describeDatabases('cursors in process', (database) => {
  let db: Cordon;
  beforeAll(async () => {
    await loadShop(database());
    db = await wrap(database());
  });
  afterAll(() => db.close());

  const NOTES = 'SELECT id, secret FROM notes WHERE id > $1 ORDER BY id';

  it('a cursor reads the rows of its caller, part by part', async () => {
    for (const [caller, ids] of [
      [alice, [1, 2]],
      [bob, [3]],
    ] as const) {
      const client = await db.as(caller).connect();
      const cursor = client.query(new Cursor(NOTES, [0]));
      const seen = [];
      for (let rows = await cursor.read(1); rows.length > 0; rows = await cursor.read(1)) seen.push(...rows);
      await cursor.close();
      client.release();
      expect(seen).toEqual(ids.map((id) => ({ id, secret: null })));
    }
  });

  it('a cursor that is closed early leaves a client that goes on', async () => {
    const client = await db.as(alice).connect();
    const cursor = client.query(new Cursor(NOTES, [0]));
    expect(await cursor.read(1)).toHaveLength(1);
    await cursor.close();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    client.release();
  });

  it('a cursor that is refused says so, and fails an open transaction', async () => {
    const client = await db.as(alice).connect();
    await client.query('BEGIN');
    const cursor = client.query(new Cursor('SELECT * FROM audit'));
    await expect(cursor.read(1)).rejects.toMatchObject({ code: 'CORDON_RELATION_NOT_COVERED' });
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    client.release();
  });

  it('an error of the database is scrubbed on its way to a cursor', async () => {
    const client = await db.as(alice).connect();
    const cursor = client.query(new Cursor('SELECT $1::int AS n', ['secret words']));
    const error = await cursor.read(1).catch((failed: unknown) => failed);
    expect(error).toMatchObject({ code: '22P02' });
    expect(String(error)).not.toContain('secret words');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    client.release();
  });

  it('a query stream reads the rows of its caller', async () => {
    const client = await db.as(alice).connect();
    const seen = [];
    for await (const row of client.query(new QueryStream(NOTES, [0], { batchSize: 1 }))) seen.push(row);
    client.release();
    expect(seen).toEqual([
      { id: 1, secret: null },
      { id: 2, secret: null },
    ]);
  });

  it('a Query object of pg works, with and without values', async () => {
    const client = await db.as(bob).connect();
    for (const values of [undefined, []]) {
      const rows = await new Promise((resolve, reject) => {
        const query = new pg.Query(
          'SELECT id FROM notes',
          values as never,
          (error: unknown, result: pg.QueryResult) => (error ? reject(error) : resolve(result.rows)),
        );
        client.query(query as never);
      });
      expect(rows).toEqual([{ id: 3 }]);
    }
    client.release();
  });

  it('a client that is given back with an open cursor ends its connection', async () => {
    const client = await db.as(alice).connect();
    const cursor = client.query(new Cursor(NOTES, [0]));
    await cursor.read(1);
    client.release();
    expect((await db.as(bob).query('SELECT id FROM notes')).rows).toEqual([{ id: 3 }]);
  });
});
