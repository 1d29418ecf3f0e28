/** What one caller leaves in the session of the database does not meet the next. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Cordon } from '../../src/node/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { alice, bob, describeDatabases, loadShop, POLICY, poolOf, wrap } from './shop.ts';

describeDatabases('sessions in process', (database) => {
  let db: Cordon;
  beforeAll(async () => {
    await loadShop(database());
    // One connection, so that every caller meets what the last one left.
    db = await wrap(database(), { pool: poolOf(database(), { max: 1 }) });
  });
  afterAll(() => db.close());

  const setting = async (name: string) =>
    Object.values((await db.as(bob).query(`SHOW ${name}`)).rows[0] ?? {})[0];

  it('settings end with the client that made them', async () => {
    const before = [await setting('application_name'), await setting('statement_timeout')];
    await db.as(alice).query(`SET application_name = 'of alice'`);
    const client = await db.as(alice).connect();
    await client.query(`SELECT set_config('statement_timeout', '1234', false)`);
    expect((await client.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '1234ms' }]);
    client.release();
    expect([await setting('application_name'), await setting('statement_timeout')]).toEqual(before);
  });

  it('a transaction that is left open is undone', async () => {
    const client = await db.as(alice).connect();
    await client.query('BEGIN');
    await client.query(`UPDATE notes SET body = 'left open' WHERE id = 1`);
    client.release();
    expect((await db.as(alice).query('SELECT body FROM notes WHERE id = 1')).rows).toEqual([
      { body: 'alice one' },
    ]);
    await db.as(alice).query('BEGIN');
    expect((await db.as(bob).query('SELECT id FROM notes')).rows).toEqual([{ id: 3 }]);
  });

  it('statements prepared by SQL and cursors end with their client', async () => {
    const client = await db.as(alice).connect();
    await client.query('PREPARE mine AS SELECT id FROM notes ORDER BY id');
    expect((await client.query('EXECUTE mine')).rows).toEqual([{ id: 1 }, { id: 2 }]);
    await client.query('BEGIN');
    await client.query('DECLARE kept CURSOR WITH HOLD FOR SELECT id FROM notes').catch(() => undefined);
    client.release();
    await expect(db.as(alice).query('EXECUTE mine')).rejects.toMatchObject({
      code: 'CORDON_PREPARED_UNKNOWN',
    });
    await expect(db.as(bob).query('EXECUTE mine')).rejects.toMatchObject({ code: 'CORDON_PREPARED_UNKNOWN' });
    await expect(db.as(bob).query('FETCH ALL FROM kept')).rejects.toMatchObject({ code: '34000' });
  });

  it('DEALLOCATE ALL, RESET ALL and DISCARD ALL leave a connection that works and is pinned', async () => {
    for (const text of ['DEALLOCATE ALL', 'RESET ALL', 'DISCARD ALL']) {
      for (let time = 0; time < 3; time += 1) await db.as(alice).query('SELECT count(*) FROM notes');
      const client = await db.as(alice).connect();
      await client.query(text);
      expect((await client.query('SHOW search_path')).rows).toEqual([{ search_path: '"public"' }]);
      expect((await client.query('SELECT count(*)::int AS n FROM notes')).rows).toEqual([{ n: 2 }]);
      client.release();
    }
    await expect(db.as(alice).query('RESET ALL; SELECT 1')).rejects.toMatchObject({
      code: 'CORDON_UNSUPPORTED',
    });
  });

  it('a transaction has one caller, and callers of one client take turns between transactions', async () => {
    const client = await db.pool.connect();
    await db.run(alice, () => client.query('BEGIN'));
    await expect(db.run(bob, () => client.query('SELECT 1'))).rejects.toMatchObject({
      code: 'CORDON_CALLER_CHANGED',
    });
    await db.run(alice, () => client.query('ROLLBACK'));
    await db.run(alice, () => client.query(`SET application_name = 'of alice'`));
    const shown = await db.run(bob, () => client.query('SHOW application_name'));
    expect(shown.rows).not.toEqual([{ application_name: 'of alice' }]);
    client.release();
  });

  it('a text that a schema change has outdated is prepared anew', async () => {
    const text = 'SELECT id, name FROM goods WHERE id = 1';
    for (let time = 0; time < 3; time += 1) await db.as(alice).query(text);
    await database().run('ALTER TABLE goods ALTER COLUMN name TYPE varchar(40)');
    expect((await db.as(alice).query(text)).rows).toEqual([{ id: 1, name: 'chair' }]);
    await db.refresh();
    expect((await db.as(alice).query(text)).rows).toEqual([{ id: 1, name: 'chair' }]);
  });

  it('a column that is added later is hidden where columns are listed', async () => {
    await database().run(`ALTER TABLE notes ADD COLUMN late text DEFAULT 'late'`);
    await db.refresh();
    expect((await db.as(alice).query('SELECT * FROM notes WHERE id = 1')).rows[0]).toMatchObject({
      late: null,
    });
    await database().run('ALTER TABLE notes DROP COLUMN late');
    await db.refresh();
  });

  it('a service role that may changes the schema, and the guard follows', async () => {
    const policy = { ...POLICY, services: { migrations: { ddl: true } } };
    const own = await wrap(database(), { policy: policy as never });
    await own.service('migrations').query('CREATE TABLE made (id int)');
    await own.refresh();
    await expect(own.as(alice).query('SELECT * FROM made')).rejects.toMatchObject({
      code: 'CORDON_RELATION_NOT_COVERED',
    });
    await own.service('migrations').query('DROP TABLE made');
    await expect(own.as(alice).query('DROP TABLE notes')).rejects.toMatchObject({
      code: 'CORDON_STATEMENT_DENIED',
    });
    expect(() => own.service('nobody')).toThrow(expect.objectContaining({ name: 'CordonError' }));
    await own.close();
  });

  it('after release nothing reaches the connection', async () => {
    const client = await db.as(alice).connect();
    client.release();
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: 'CORDON_CLIENT_RELEASED' });
    expect(() => client.release()).toThrow(/already been released/);
  });
});

describeWith([postgresRequirement()], 'connections that are lost', () => {
  let server: PostgresDatabase;
  beforeEach(async () => {
    server = await startPostgres();
    await loadShop(server);
  });

  it('a lost connection is an error without address, and the next query has another one', async () => {
    const { host, port, user, database } = server;
    const db = await wrap(server, { pool: new pg.Pool({ host, port, user, database, max: 1 }) });
    const client = await db.as(alice).connect();
    await server.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = '${database}'`,
    );
    const error = await client.query('SELECT 1').catch((failed: unknown) => failed);
    expect(String(error)).not.toMatch(/127\.0\.0\.1|postgres:/);
    client.release(true);
    expect((await db.as(alice).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await db.close();
    await server.stop();
  });
});
