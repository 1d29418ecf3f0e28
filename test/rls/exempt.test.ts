/**
 * Whom and what row-level security leaves out, on real Postgres: rows A2 to A8, B5, E11 and H1 to H8 of the table of outcomes. The
 * guard is asked the same where it can be: its callers are no roles of the database, so there is nobody to exempt.
 */
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuard } from '../../src/guard/guard.ts';
import { loadPolicy, principalOf } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { connect, readCatalog } from './borders.ts';

const POLICY = `version: 1
identity: { token: { issuer: x, audience: y, secretEnv: SECRET } }
relations:
  t: { rules: [{ for: member, rows: "a = 1", read: all, write: [c] }] }
`;

describeWith([postgresRequirement()], 'what row-level security leaves out', () => {
  let server: PostgresDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startPostgres();
    client = await connect(await server.createDatabase('exempt'));
    await client.query(
      'CREATE ROLE app; CREATE ROLE other; CREATE ROLE owner; CREATE ROLE grouped; GRANT app, other TO grouped',
    );
  }, 120_000);
  beforeEach(async () => {
    await client.query(`
      RESET ROLE; DROP TABLE IF EXISTS t CASCADE; DROP SEQUENCE IF EXISTS counter; ALTER ROLE app NOBYPASSRLS;
      CREATE TABLE t (a int PRIMARY KEY, c int); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);
      ALTER TABLE t OWNER TO owner; ALTER TABLE t ENABLE ROW LEVEL SECURITY;
      GRANT ALL ON t TO app, other; GRANT CREATE ON SCHEMA public TO app, other, owner;
      CREATE POLICY p ON t TO app USING (a = 1);`);
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  const seen = async (role: string, sql = 'SELECT * FROM t'): Promise<number | string> => {
    await client.query(`SET ROLE ${role}`);
    try {
      return (await client.query(sql)).rowCount ?? 0;
    } catch (error) {
      return String((error as { code?: string }).code);
    } finally {
      await client.query('RESET ROLE');
    }
  };

  it('A2 a superuser is exempt, with FORCE or without', async () => {
    expect(await seen('postgres')).toBe(3);
    await client.query('ALTER TABLE t FORCE ROW LEVEL SECURITY');
    expect(await seen('postgres')).toBe(3);
  });

  it('A3 the owner is exempt without FORCE, and filtered with it', async () => {
    expect(await seen('owner')).toBe(3);
    await client.query('ALTER TABLE t FORCE ROW LEVEL SECURITY');
    expect(await seen('owner')).toBe(0);
    expect(await seen('owner', 'INSERT INTO t VALUES (4, 4)')).toBe('42501');
  });

  it('A4 the same prepared text shows all rows to a role that bypasses, and one again when it does not', async () => {
    await client.query('PREPARE q AS SELECT * FROM t');
    expect(await seen('app', 'EXECUTE q')).toBe(1);
    expect(await seen('postgres', 'EXECUTE q')).toBe(3);
    expect(await seen('app', 'EXECUTE q')).toBe(1);
    await client.query('DEALLOCATE q');
  });

  it('A5 BYPASSRLS exempts until it is taken off, and both options at once are an error', async () => {
    await client.query('ALTER ROLE app BYPASSRLS');
    expect(await seen('app')).toBe(3);
    await client.query('ALTER ROLE app NOBYPASSRLS');
    expect(await seen('app')).toBe(1);
    await expect(client.query('ALTER ROLE app BYPASSRLS NOBYPASSRLS')).rejects.toMatchObject({
      code: '42601',
    });
  });

  it('A6 an owner that is no longer one is subject at once', async () => {
    await client.query('ALTER TABLE t OWNER TO other; GRANT SELECT ON t TO owner');
    expect(await seen('owner')).toBe(0);
    expect(await seen('other')).toBe(3);
  });

  it('A7 a policy for another role denies; one for a role that it is a member of applies', async () => {
    expect(await seen('other')).toBe(0);
    expect(await seen('grouped')).toBe(1);
    await client.query('REVOKE app FROM grouped');
    expect(await seen('grouped')).toBe(0);
    await client.query('GRANT app TO grouped');
  });

  it('A8 after SET ROLE the policies of that role hold', async () => {
    await client.query('CREATE POLICY q ON t TO other USING (a > 1)');
    expect([await seen('app'), await seen('other')]).toEqual([1, 2]);
  });

  it('B5 FORCE without ENABLE does nothing, and neither do policies without it', async () => {
    await client.query('ALTER TABLE t DISABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
    expect(await seen('app')).toBe(3);
  });

  it('E11 a check that draws from a sequence draws for each row, also where the statement fails', async () => {
    await client.query(`CREATE SEQUENCE counter; GRANT USAGE ON SEQUENCE counter TO app;
      CREATE POLICY i ON t FOR INSERT TO app WITH CHECK (nextval('counter') < 3)`);
    expect(await seen('app', 'INSERT INTO t VALUES (11, 1), (12, 1), (13, 1)')).toBe('42501');
    expect((await client.query('SELECT last_value::int AS n FROM counter')).rows).toEqual([{ n: 3 }]);
  });

  it('H1 a SECURITY DEFINER function of a superuser bypasses the policies of its caller', async () => {
    await client.query(
      "CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM t'",
    );
    expect(await seen('app', 'SELECT * FROM f()')).toBe(3);
  });

  it('H2 a SECURITY INVOKER function keeps them', async () => {
    await client.query(
      "CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql SECURITY INVOKER AS 'SELECT * FROM t'",
    );
    expect(await seen('app', 'SELECT * FROM f()')).toBe(1);
  });

  it("H3 a SECURITY DEFINER function of the table's owner is exempt without FORCE, and has the owner's policies with it", async () => {
    await client.query(`CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM t';
      ALTER FUNCTION f() OWNER TO owner`);
    expect(await seen('app', 'SELECT * FROM f()')).toBe(3);
    await client.query('ALTER TABLE t FORCE ROW LEVEL SECURITY');
    expect(await seen('app', 'SELECT * FROM f()')).toBe(0);
  });

  it('H4 a copy made by one role is read by another without any policy', async () => {
    await seen('app', 'CREATE TABLE copied AS SELECT * FROM t');
    await client.query('GRANT SELECT ON copied TO other');
    expect(await seen('other', 'SELECT * FROM copied')).toBe(1);
    await client.query('DROP TABLE copied');
  });

  it('H5 a plain view has the policies of its owner, one with security_invoker those of who asks', async () => {
    await client.query('CREATE VIEW v AS SELECT * FROM t; GRANT SELECT ON v TO app');
    expect(await seen('app', 'SELECT * FROM v')).toBe(3);
    await client.query('ALTER VIEW v SET (security_invoker = true)');
    expect(await seen('app', 'SELECT * FROM v')).toBe(1);
  });

  it('H6 no plan outlives a change of the policies', async () => {
    await client.query('PREPARE q AS SELECT * FROM t');
    const counts: (number | string)[] = [];
    for (const change of ['', 'DISABLE', 'ENABLE']) {
      if (change !== '') await client.query(`ALTER TABLE t ${change} ROW LEVEL SECURITY`);
      counts.push(await seen('app', 'EXECUTE q'));
    }
    await client.query('ALTER POLICY p ON t USING (a > 1)');
    counts.push(await seen('app', 'EXECUTE q'));
    await client.query('DEALLOCATE q');
    expect(counts).toEqual([1, 3, 1, 2]);
  });

  describe('the guard', () => {
    it.each([
      ['A8 SET ROLE', 'SET ROLE postgres'],
      ['A5 ALTER ROLE', 'ALTER ROLE app BYPASSRLS'],
      ['B5 ALTER TABLE', 'ALTER TABLE t DISABLE ROW LEVEL SECURITY'],
      ['E11 nextval', "SELECT nextval('counter')"],
      ['H1 a function that reads tables', 'SELECT * FROM f()'],
      ['H4 CREATE TABLE AS', 'CREATE TABLE copied AS SELECT * FROM t'],
      ['H4 a materialized view', 'CREATE MATERIALIZED VIEW m AS SELECT * FROM t'],
      ['H5 a view that no rule opens', 'SELECT * FROM v'],
      ['H6 DDL of policies', 'DROP POLICY p ON t'],
      ['H7 IMPORT INTO', "IMPORT INTO t CSV DATA ('nodelocal://1/t.csv')"],
    ])('refuses %s, for servers of both dialects', async (_, sql) => {
      await client.query(`CREATE SEQUENCE counter; CREATE VIEW v AS SELECT * FROM t;
        CREATE OR REPLACE FUNCTION f() RETURNS SETOF t LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM t'`);
      const { policy } = loadPolicy(POLICY);
      if (policy === undefined) throw new Error('the policy has mistakes');
      const catalog = await readCatalog(client);
      const parser = await createParser();
      for (const dialect of ['postgres', 'cockroachdb'] as const) {
        const guard = createGuard({ policy, catalog: { ...catalog, dialect }, parser });
        expect(guard.session().judgeQuery(sql, principalOf(policy, {})).kind).toBe('denied');
      }
    });
  });
});
