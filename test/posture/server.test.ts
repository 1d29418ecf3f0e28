import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { allFindings, told } from './facts.ts';

const POLICY = `
version: 1
identity:
  token: { issuer: x, audience: y, secretEnv: SOME_SECRET }
  claims: { user: { from: sub, type: int } }
relations:
  notes: { rules: [ { for: member, rows: "owner = :user", read: all, write: [line] } ] }
`;

const SCHEMA = `
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public;
CREATE ROLE owner_of_all;
CREATE ROLE app LOGIN;
CREATE TABLE notes (id uuid PRIMARY KEY, owner int NOT NULL, line text);
CREATE INDEX ON notes (owner);
ALTER TABLE notes OWNER TO owner_of_all;
GRANT USAGE ON SCHEMA public TO app;
GRANT SELECT, INSERT, UPDATE, DELETE ON notes TO app;
`;

describeWith([postgresRequirement()], 'findings about the role that statements run as, on Postgres', () => {
  let server: PostgresDatabase;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  afterEach(() =>
    server.run('DROP SCHEMA public CASCADE; DROP ROLE app; DROP ROLE owner_of_all; CREATE SCHEMA public'),
  );

  /** What is found for `app`, after the owner of the database has run some statements. */
  async function findingsAfter(sql: string): Promise<readonly string[]> {
    await server.run(`${SCHEMA}${sql}`);
    const client = new pg.Client({
      host: '127.0.0.1',
      port: server.port,
      user: 'app',
      database: server.database,
    });
    await client.connect();
    try {
      const types = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;
      return told(await allFindings(async (text) => (await client.query({ text, types })).rows, POLICY));
    } finally {
      await client.end();
    }
  }

  it('a role with the rights that it needs gives no finding', async () => {
    expect(await findingsAfter('')).toEqual([]);
  });

  it.each([
    ['a superuser', 'ALTER ROLE app SUPERUSER', 'POSTURE_ROLE_SUPERUSER role app'],
    [
      'a member of a superuser, over another role',
      'CREATE ROLE boss SUPERUSER; CREATE ROLE between; GRANT boss TO between; GRANT between TO app',
      'POSTURE_ROLE_SUPERUSER role app',
    ],
    ['the owner of a relation', 'ALTER TABLE notes OWNER TO app', 'POSTURE_ROLE_OWNER public.notes'],
    ['a member of the owner', 'GRANT owner_of_all TO app', 'POSTURE_ROLE_OWNER public.notes'],
    ['BYPASSRLS', 'ALTER ROLE app BYPASSRLS', 'POSTURE_ROLE_BYPASSES_RLS role app'],
    [
      'a role that it may become has BYPASSRLS',
      'CREATE ROLE other BYPASSRLS; GRANT other TO app',
      'POSTURE_ROLE_BYPASSES_RLS role app',
    ],
    ['CREATEROLE', 'ALTER ROLE app CREATEROLE', 'POSTURE_ROLE_MAKES_ROLES role app'],
    ['REPLICATION', 'ALTER ROLE app REPLICATION', 'POSTURE_ROLE_REPLICATES role app'],
    ['a predefined role', 'GRANT pg_read_all_data TO app', 'POSTURE_ROLE_PREDEFINED role app'],
    [
      'a schema that is open to all',
      'GRANT CREATE ON SCHEMA public TO PUBLIC',
      'POSTURE_SCHEMA_OPEN schema public',
    ],
    [
      'a schema that is open to it',
      'GRANT CREATE ON SCHEMA public TO app',
      'POSTURE_ROLE_CREATES schema public',
    ],
    ['TRUNCATE', 'GRANT TRUNCATE ON notes TO app', 'POSTURE_GRANT_TRUNCATE public.notes'],
    ['TRUNCATE by way of PUBLIC', 'GRANT TRUNCATE ON notes TO PUBLIC', 'POSTURE_GRANT_TRUNCATE public.notes'],
    ['TRIGGER', 'GRANT TRIGGER ON notes TO app', 'POSTURE_GRANT_TRIGGER public.notes'],
    [
      'policies that are not enabled',
      'CREATE POLICY p ON notes USING (true)',
      'POSTURE_RLS_INERT public.notes',
    ],
  ])('%s', async (_, sql, line) => {
    expect(await findingsAfter(sql)).toEqual([line]);
    await server.run(
      'DROP OWNED BY app; DROP ROLE IF EXISTS between; DROP ROLE IF EXISTS boss; DROP ROLE IF EXISTS other',
    );
  });

  it('sessions that a setting turns into a superuser’s', async () => {
    // Whoever may not become the other role stays who they are; whoever may is a member.
    expect(
      await findingsAfter(`CREATE ROLE boss SUPERUSER; GRANT boss TO app; ALTER ROLE app SET role = boss`),
    ).toEqual(['POSTURE_ROLE_SUPERUSER role app']);
    await server.run('DROP OWNED BY app; DROP ROLE boss');
  });

  it('everything at once is told by the gravest, each once', async () => {
    const sql =
      'ALTER ROLE app BYPASSRLS CREATEROLE; GRANT ALL ON notes TO app; GRANT CREATE ON SCHEMA public TO PUBLIC';
    expect(await findingsAfter(sql)).toEqual([
      'POSTURE_ROLE_BYPASSES_RLS role app',
      'POSTURE_ROLE_MAKES_ROLES role app',
      'POSTURE_SCHEMA_OPEN schema public',
      'POSTURE_GRANT_TRUNCATE public.notes',
      'POSTURE_GRANT_TRIGGER public.notes',
    ]);
    await server.run('DROP OWNED BY app');
  });

  it('what the role may not read is told, and the rest is looked at', async () => {
    await server.run('REVOKE SELECT ON pg_catalog.pg_auth_members FROM PUBLIC');
    try {
      expect(await findingsAfter('GRANT TRUNCATE ON notes TO app')).toEqual([
        'POSTURE_GRANT_TRUNCATE public.notes',
        'POSTURE_UNREAD roles',
      ]);
    } finally {
      await server.run('GRANT SELECT ON pg_catalog.pg_auth_members TO PUBLIC; DROP OWNED BY app');
    }
  });
});
