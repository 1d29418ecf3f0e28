/** The way that worlds are loaded into CockroachDB, as far as Postgres can show it: not run on a CockroachDB server. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { CockroachSchema } from './cockroach-schema.ts';
import { type Connection, serverConnection } from './connection.ts';
import { SCHEMA_SQL, withPeople } from './world.ts';

const ROWS = withPeople(readFileSync(new URL('rows-b.sql', import.meta.url), 'utf8'));
const DIFFERENCES = join(mkdtempSync(join(tmpdir(), 'cordon-worlds-')), 'differences');

describeWith([postgresRequirement()], 'a world that is loaded a statement at a time', () => {
  let server: PostgresDatabase;
  let connection: Connection;
  beforeAll(async () => {
    server = await startPostgres();
    connection = await serverConnection(server.address(server.database));
    process.env.CORDON_TEST_DIFFERENCES = DIFFERENCES;
  });
  afterAll(async () => {
    delete process.env.CORDON_TEST_DIFFERENCES;
    await connection.close();
    await server.stop();
  });

  it('is whole, also the second time, with keys whose owners are left out', async () => {
    const schema = new CockroachSchema(connection);
    for (let time = 0; time < 2; time++) await schema.load(SCHEMA_SQL, ROWS);
    expect(existsSync(DIFFERENCES) ? readFileSync(DIFFERENCES, 'utf8') : '').toBe('');
    const rows = await connection.simple('SELECT id FROM resources ORDER BY id; SELECT count(*) FROM orders');
    expect(rows.flatMap((row) => (row.kind === 'row' ? row.values : []))).toEqual(['14', '26', '1']);
    const keys = await connection.simple(
      "SELECT convalidated FROM pg_constraint WHERE conname = 'resources_owner_id_fkey'",
    );
    expect(keys.flatMap((row) => (row.kind === 'row' ? row.values : []))).toEqual(['f']);
  });

  it('tells once what the server refuses, and goes on', async () => {
    const schema = new CockroachSchema(connection);
    await schema.run('CREATE NONSENSE x; SELECT 1; CREATE NONSENSE x;');
    expect(readFileSync(DIFFERENCES, 'utf8')).toBe('not made on this server: 42601 CREATE NONSENSE x\n');
  });
});
