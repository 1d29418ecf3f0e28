import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cordon, cordon } from '../../src/node/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';

describeWith([postgresRequirement()], 'a change of the schema while every connection is taken', () => {
  let database: PostgresDatabase;
  let db: Cordon;
  beforeAll(async () => {
    database = await startPostgres();
    const pool = new pg.Pool({ connectionString: database.url, max: 2 });
    db = await cordon({
      policy: { version: 1, relations: {}, services: { migrator: { ddl: true } } },
      pool,
      watchEveryMs: 0,
    });
  });
  afterAll(async () => {
    await db?.close();
    await database?.stop();
  });

  it('holds nobody up for ever: who sees the change reads the catalog on the same connection', async () => {
    const pool = db.service('migrator');
    await database.run('CREATE TABLE elsewhere (id int)');
    const change = db.refresh();
    // Both connections are asked for before the change has been seen, and their statements wait for what comes of it.
    const clients = await Promise.all([pool.connect(), pool.connect()]);
    await Promise.all(clients.map((client) => client.query('BEGIN')));
    await Promise.all(clients.map((client) => client.query('SELECT 1')));
    await Promise.all(clients.map((client) => client.query('COMMIT')));
    for (const client of clients) client.release();
    await change;
    const { rows } = await pool.query(
      "SELECT 1 AS there FROM information_schema.tables WHERE table_name = 'elsewhere'",
    );
    expect(rows).toEqual([{ there: 1 }]);
  });
});
