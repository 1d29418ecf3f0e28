import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cordon, cordon } from '../../src/node/index.ts';
import { describeDatabases, type TestDatabase } from '../databases/index.ts';

const HOWEVER_SMALL = 1;

describeDatabases('a change of the schema, with one connection', (database) => {
  let db: Cordon;
  let pool: pg.Pool;
  beforeAll(async () => {
    db = await cordon({
      policy: { version: 1, relations: {}, services: { migrator: { ddl: true } } },
      pool: poolOf(database(), HOWEVER_SMALL),
      watchEveryMs: 0,
    });
    pool = db.service('migrator');
  });
  afterAll(() => db?.close());

  const tables = async (query: pg.Pool['query'] | pg.PoolClient['query'], name: string) => {
    const { rows } = await query(
      `SELECT table_name FROM information_schema.tables WHERE table_name = '${name}'`,
    );
    return rows.length;
  };

  it('is known to the next statement of a client', async () => {
    const client = await pool.connect();
    for (const name of ['one', 'two', 'three']) {
      await client.query(`CREATE TABLE ${name} (id int)`);
      expect(await tables(client.query.bind(client), name)).toBe(1);
    }
    client.release();
  });

  it('is known to the next statement of the pool', async () => {
    for (const name of ['four', 'five', 'six']) {
      await pool.query(`CREATE TABLE ${name} (id int)`);
      expect(await tables(pool.query.bind(pool), name)).toBe(1);
    }
  });

  it('in a transaction is known once that has ended', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('CREATE TABLE seven (id int)');
    await client.query('INSERT INTO seven VALUES (1)');
    await client.query('COMMIT');
    expect(await tables(client.query.bind(client), 'seven')).toBe(1);
    await client.query('BEGIN');
    await client.query('CREATE TABLE eight (id int)');
    await client.query('ROLLBACK');
    expect(await tables(client.query.bind(client), 'eight')).toBe(0);
    client.release();
    expect((await pool.query('SELECT * FROM seven')).rows).toEqual([{ id: 1 }]);
  });
});

describeDatabases('a change of the schema by somebody else', (database) => {
  let db: Cordon;
  beforeAll(async () => {
    const policy = { version: 1 as const, relations: {}, services: { migrator: { ddl: true } } };
    db = await cordon({ policy, pool: poolOf(database(), 2), watchEveryMs: 0 });
  });
  afterAll(() => db?.close());

  it('holds nobody up for ever: who sees the change reads the catalog on the same connection', async () => {
    const pool = db.service('migrator');
    await database().run('CREATE TABLE elsewhere (id int)');
    const change = db.refresh();
    // Every connection is asked for before the change has been seen, and their statements wait for what comes of it.
    const many = database().kind === 'pglite' ? 1 : 2;
    const clients = await Promise.all(Array.from({ length: many }, () => pool.connect()));
    for (const text of ['BEGIN', 'SELECT 1', 'COMMIT']) {
      await Promise.all(clients.map((client) => client.query(text)));
    }
    for (const client of clients) client.release();
    await change;
    const { rows } = await pool.query(
      "SELECT 1 AS there FROM information_schema.tables WHERE table_name = 'elsewhere'",
    );
    expect(rows).toEqual([{ there: 1 }]);
  });
});

function poolOf(database: TestDatabase, max: number): pg.Pool {
  const { pglite } = database as { pglite?: unknown };
  return (pglite ?? new pg.Pool({ connectionString: database.url, max })) as pg.Pool;
}
