/** The shape of `pg`: what `query`, `connect`, transactions and their events answer through the guard. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Cordon } from '../../src/node/index.ts';
import { ALICE, alice, BOB, bob, describeDatabases, loadShop, wrap } from './shop.ts';

describeDatabases('queries in process', (database) => {
  let db: Cordon;
  beforeAll(async () => {
    await loadShop(database());
    db = await wrap(database());
  });
  beforeEach(() => database().run(ROWS));
  afterAll(() => db.close());

  const NOTES = 'SELECT id, body, secret FROM notes ORDER BY id';

  it('a query sees the rows and columns of its caller', async () => {
    expect((await db.as(alice).query(NOTES)).rows).toEqual([
      { id: 1, body: 'alice one', secret: null },
      { id: 2, body: 'alice two', secret: null },
    ]);
    expect((await db.as(bob).query(NOTES)).rows).toEqual([{ id: 3, body: 'bob one', secret: null }]);
    await expect(db.as().query(NOTES)).rejects.toMatchObject({ code: 'CORDON_RELATION_NOT_COVERED' });
  });

  it('a statement that comes back is answered for each caller anew', async () => {
    for (let time = 0; time < 4; time += 1) {
      const [mine, theirs] = await Promise.all([
        db.as(alice).query('SELECT count(*)::int AS n FROM notes'),
        db.as(bob).query('SELECT count(*)::int AS n FROM notes'),
      ]);
      expect([mine.rows, theirs.rows]).toEqual([[{ n: 2 }], [{ n: 1 }]]);
    }
  });

  it('results have the shape of pg', async () => {
    const { command, rowCount, oid, fields, rows } = await db
      .as(alice)
      .query('SELECT id, price FROM goods WHERE id < $1 ORDER BY id', [3]);
    expect({ command, rowCount, oid }).toEqual({ command: 'SELECT', rowCount: 2, oid: null });
    expect(fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['id', 23],
      ['price', 1700],
    ]);
    expect(rows).toEqual([
      { id: 1, price: '20.00' },
      { id: 2, price: '80.50' },
    ]);
    const inserted = await db.as(alice).query('INSERT INTO goods (id, name) VALUES (9, $1)', ['stool']);
    expect([inserted.command, inserted.rowCount, inserted.rows]).toEqual(['INSERT', 1, []]);
  });

  it('values of every kind go as pg sends them', async () => {
    const text =
      'SELECT $1::int AS i, $2::text AS t, $3::jsonb AS j, $4::int[] AS a, $5::bytea AS b, $6::timestamptz AS d, $7::text AS n, $8::bool AS f';
    const when = new Date('2026-01-02T03:04:05.678Z');
    const { rows } = await db
      .as(alice)
      .query(text, [7, "it's", { x: [1] }, [1, 2], Buffer.from([0, 255]), when, null, true]);
    expect(rows).toEqual([
      { i: 7, t: "it's", j: { x: [1] }, a: [1, 2], b: Buffer.from([0, 255]), d: when, n: null, f: true },
    ]);
  });

  it('takes a config object, a name, row mode, own types and a callback', async () => {
    const pool = db.as(alice);
    const array = await pool.query({
      text: 'SELECT id, body FROM notes WHERE id = $1',
      values: [1],
      rowMode: 'array',
    });
    expect(array.rows).toEqual([[1, 'alice one']]);
    for (let time = 0; time < 2; time += 1) {
      const named = await pool.query({
        name: 'one-note',
        text: 'SELECT body FROM notes WHERE id = $1',
        values: [2],
      });
      expect(named.rows).toEqual([{ body: 'alice two' }]);
    }
    const types = { getTypeParser: () => (value: string) => `<${value}>` };
    const own = await pool.query({ text: 'SELECT id FROM notes WHERE id = 1', types: types as never });
    expect(own.rows).toEqual([{ id: '<1>' }]);
    const called = await new Promise((resolve, reject) => {
      pool.query('SELECT 1 AS one', (error: unknown, result: { rows: unknown }) =>
        error ? reject(error) : resolve(result.rows),
      );
    });
    expect(called).toEqual([{ one: 1 }]);
  });

  it('several statements in a text answer a list of results', async () => {
    const results = (await db
      .as(alice)
      .query('SELECT 1 AS a; SELECT id FROM notes ORDER BY id')) as unknown as pg.QueryResult[];
    expect(results.map(({ rows }) => rows)).toEqual([[{ a: 1 }], [{ id: 1 }, { id: 2 }]]);
  });

  it('writes reach own rows alone, and rows of the check do not show', async () => {
    const pool = db.as(alice);
    expect((await pool.query(`UPDATE notes SET body = body || '!'`)).rowCount).toBe(2);
    expect((await pool.query('DELETE FROM notes WHERE id = 3')).rowCount).toBe(0);
    const inserted = await pool.query(`INSERT INTO notes (id, body) VALUES (7, 'seven')`);
    expect([inserted.rowCount, inserted.rows, inserted.fields]).toEqual([1, [], []]);
    expect((await database().query('SELECT owner FROM notes WHERE id = 7'))[0]?.owner).toBe(ALICE);
    await expect(
      pool.query('INSERT INTO notes (id, owner, body) VALUES (8, $1, $2)', [BOB, 'x']),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('errors of the database keep their code and lose their words', async () => {
    const failed = await db
      .as(alice)
      .query(`INSERT INTO notes (id, body) VALUES (5, 'bob one')`)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(pg.DatabaseError);
    expect(failed).toMatchObject({ code: '23505', severity: 'ERROR' });
    const { detail, constraint, table } = failed as pg.DatabaseError;
    expect([detail, constraint, table]).toEqual([undefined, undefined, undefined]);
    expect(String(failed)).not.toContain('bob');
  });

  it('a client has transactions, savepoints and their end', async () => {
    const client = await db.as(alice).connect();
    await client.query('BEGIN');
    await client.query('UPDATE notes SET body = $1 WHERE id = 1', ['changed']);
    await client.query('SAVEPOINT one');
    await client.query('DELETE FROM notes');
    await client.query('ROLLBACK TO SAVEPOINT one');
    expect((await client.query('SELECT body FROM notes ORDER BY id')).rows).toEqual([
      { body: 'changed' },
      { body: 'alice two' },
    ]);
    await client.query('ROLLBACK');
    client.release();
    expect((await db.as(alice).query('SELECT body FROM notes WHERE id = 1')).rows).toEqual([
      { body: 'alice one' },
    ]);
  });

  it('a denial fails the transaction, as an error of the server would', async () => {
    const client = await db.as(alice).connect();
    await client.query('BEGIN');
    await client.query(`UPDATE notes SET body = 'lost' WHERE id = 1`);
    await expect(client.query('SELECT * FROM audit')).rejects.toMatchObject({
      code: 'CORDON_RELATION_NOT_COVERED',
    });
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await expect(client.query('SELECT * FROM audit')).rejects.toMatchObject({
      code: 'CORDON_TRANSACTION_ABORTED',
    });
    expect((await client.query('COMMIT')).command).toBe('ROLLBACK');
    client.release();
    expect((await db.as(alice).query('SELECT body FROM notes WHERE id = 1')).rows).toEqual([
      { body: 'alice one' },
    ]);
  });

  it('queries of one client run in their order without being awaited', async () => {
    const client = await db.as(alice).connect();
    const all = await Promise.all([
      client.query('BEGIN'),
      client.query(`UPDATE notes SET body = 'in order' WHERE id = 1`),
      client.query('SELECT body FROM notes WHERE id = 1'),
      client.query('ROLLBACK'),
    ]);
    client.release();
    expect(all.map(({ command }) => command)).toEqual(['BEGIN', 'UPDATE', 'SELECT', 'ROLLBACK']);
    expect(all[2]?.rows).toEqual([{ body: 'in order' }]);
  });

  it('a token is verified, a caller that was verified is taken, and a wrong token is refused', async () => {
    const { tokens } = await import('../gateway/support/shop.ts');
    expect((await db.as(tokens.alice).query('SELECT id FROM notes ORDER BY id')).rows).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
    const caller = await db.verify(tokens.bob);
    expect((await db.as(caller).query('SELECT id FROM notes')).rows).toEqual([{ id: 3 }]);
    await expect(db.as('not.a.token').query('SELECT 1')).rejects.toMatchObject({
      code: 'CORDON_TOKEN_INVALID',
    });
    await expect(db.as('not.a.token').connect()).rejects.toMatchObject({ code: 'CORDON_TOKEN_INVALID' });
    expect(() => db.as({ sub: 'nobody' })).toThrow(expect.objectContaining({ code: 'CORDON_CLAIM_INVALID' }));
  });

  it('run names the caller for all that it starts, and nobody is the caller outside', async () => {
    const ids = async () =>
      (await db.pool.query('SELECT id FROM notes ORDER BY id')).rows.map(({ id }) => id);
    const [mine, theirs] = await Promise.all([db.run(alice, ids), db.run(bob, ids)]);
    expect([mine, theirs]).toEqual([[1, 2], [3]]);
    await expect(ids()).rejects.toMatchObject({ code: 'CORDON_RELATION_NOT_COVERED' });
    expect(await db.run(alice, () => db.run(undefined, () => ids().catch(({ code }) => code)))).toBe(
      'CORDON_RELATION_NOT_COVERED',
    );
  });

  it('a client of the driver module serves callers in turn', async () => {
    const client = new db.pg.Client({ host: 'ignored' });
    await client.connect();
    const ids = async () =>
      ((await client.query('SELECT id FROM notes ORDER BY id')) as pg.QueryResult).rows.map(({ id }) => id);
    expect(await db.run(alice, ids)).toEqual([1, 2]);
    expect(await db.run(bob, ids)).toEqual([3]);
    await db.run(alice, () => client.query('BEGIN') as Promise<unknown>);
    await db.run(alice, ids);
    await expect(db.run(bob, ids)).rejects.toMatchObject({ code: 'CORDON_CALLER_CHANGED' });
    await client.query('ROLLBACK');
    expect(await db.run(bob, ids)).toEqual([3]);
    await client.end();
  });

  it('LISTEN and COPY are refused', async () => {
    for (const text of ['LISTEN x', `NOTIFY x, 'y'`, 'COPY notes TO STDOUT', 'COPY notes FROM STDIN'])
      await expect(db.as(alice).query(text)).rejects.toMatchObject({ name: 'CordonError' });
  });
});

const ROWS = `
DELETE FROM notes; DELETE FROM goods;
INSERT INTO notes (id, owner, body) VALUES
  (1, '${ALICE}', 'alice one'), (2, '${ALICE}', 'alice two'), (3, '${BOB}', 'bob one');
INSERT INTO goods VALUES (1, 'chair', 20, '{wood,"four legs"}'), (2, 'table', 80.5, '{}'), (3, NULL, NULL, NULL);`;
