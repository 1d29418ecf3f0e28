import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serverConnection } from '../worlds/connection.ts';
import { openGivenServer } from './given-server.ts';
import { describeWith, type PostgresDatabase, postgresRequirement, startPostgres } from './index.ts';

describeWith([postgresRequirement()], 'a server that somebody else runs', () => {
  let server: PostgresDatabase;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres({ tls: true, password: 'it’s a secret/' });
    url = `${server.url.replace('127.0.0.1', 'localhost')}?sslmode=verify-full&sslrootcert=${server.caFile}`;
  });
  afterAll(() => server.stop());

  const left = () =>
    server.query(
      "SELECT datname AS name FROM pg_database WHERE datname LIKE 'cordon%' UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'cordon%'",
    );

  it('lends databases and a role of the tests’ own, and has none of them afterwards', async () => {
    const given = await openGivenServer(url);
    expect(given.name).toBe(`PostgreSQL ${server.name.split(' ')[1]}`);
    await given.createDatabase('one');
    await given.copyDatabase('one', 'two');
    await given.run('CREATE TABLE t (id int); INSERT INTO t VALUES (1)');
    expect(await given.query('SELECT session_user AS who, count(*) AS n FROM t')).toEqual([
      { who: given.user, n: '1' },
    ]);
    const connection = await serverConnection(given.address('two'));
    const answers = await connection.simple('SELECT current_database()');
    expect(answers).toContainEqual({
      kind: 'row',
      values: [expect.stringMatching(/^cordon_scratch_[0-9a-f]{8}_two$/)],
    });
    expect((await left()).length).toBe(4);
    await connection.close();
    await given.stop();
    expect(await left()).toEqual([]);
  });

  it('is left as it was where the role may not do what the tests do', async () => {
    await server.run("CREATE ROLE weak LOGIN CREATEDB PASSWORD 'weak'");
    const weak = new URL(url);
    weak.username = 'weak';
    weak.password = 'weak';
    await expect(openGivenServer(weak.href)).rejects.toThrow('not a superuser');
    expect(await left()).toEqual([]);
    const client = new pg.Client({
      host: server.socketFolder,
      port: server.port,
      user: 'postgres',
      database: 'shop',
    });
    await client.connect();
    await client.end();
  });
});
