/**
 * CockroachDB's own findings, from rows as its documentation and source describe them: not run on a CockroachDB server.
 * The catalog comes from PGlite; what CockroachDB alone answers is put in its place.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogQuery } from '../../src/catalog/index.ts';
import { loadCatalog } from '../../src/catalog/index.ts';
import { judgePosture, readSchema, readServer } from '../../src/posture/index.ts';
import { type PgliteDatabase, startPglite } from '../databases/index.ts';
import { asked, policyOf, told } from './facts.ts';

const POLICY = `
version: 1
identity:
  token: { issuer: x, audience: y, secretEnv: SOME_SECRET }
  claims: { user: { from: sub, type: int } }
relations:
  notes: { rules: [ { for: member, rows: "owner = :user", read: all, write: [line] } ] }
  seen: { rules: [ { for: member, rows: all, read: all } ] }
`;

/** `version()` of CockroachDB: docs:functions-and-operators.md. */
const version = (number: string) =>
  `CockroachDB CCL v${number} (x86_64-pc-linux-gnu, built 2026/05/01 00:00:00, go1.25)`;

interface Answers {
  readonly version?: string;
  readonly session?: Readonly<Record<string, string | null>>;
  readonly roles?: readonly Readonly<Record<string, string>>[];
  readonly members?: readonly Readonly<Record<string, string>>[];
  readonly owner?: string;
  readonly grants?: readonly Readonly<Record<string, string>>[];
  readonly schemas?: readonly Readonly<Record<string, string>>[];
  readonly system?: readonly string[];
}

const APP = { oid: '7', name: 'app', superuser: 'f', makes_roles: 'f', replicates: 'f', bypasses_rls: 'f' };
const ADMIN = { ...APP, oid: '2', name: 'admin', superuser: 't' };

describe('findings on CockroachDB, from the documentation, not run', () => {
  let database: PgliteDatabase;

  beforeAll(async () => {
    database = await startPglite();
    await database.run(`
      CREATE TABLE notes (id uuid PRIMARY KEY, owner int NOT NULL, line text); CREATE INDEX ON notes (owner);
      CREATE VIEW seen AS SELECT 1 AS x;`);
  });
  afterAll(() => database.stop());

  async function findings(answers: Answers): Promise<readonly string[]> {
    const { session = {}, roles = [APP], members = [], grants = [], schemas = [], system = [] } = answers;
    const notes = (await database.query("SELECT CAST('notes'::regclass AS oid) AS relation"))[0] ?? {};
    const query: CatalogQuery = async (text) => {
      if (text.includes('session_user AS login'))
        return [
          {
            login: 'app',
            acting: 'app',
            superuser: 'off',
            internals: null,
            version: answers.version ?? version('26.3.1'),
            ...session,
          },
        ];
      if (text.includes('pg_auth_members')) return members;
      if (text.includes('AS bypasses_rls')) return roles;
      if (text.includes('AS owner')) return [{ ...notes, owner: answers.owner ?? 'migrator' }];
      if (text.includes('table_privileges')) return grants;
      if (text.includes('schema_privileges')) return schemas;
      if (text.includes('SHOW SYSTEM GRANTS FOR "app"')) return system.map((privilege) => ({ privilege }));
      if (/SHOW|crdb_internal/.test(text)) throw new Error(`not expected: ${text}`);
      return database.query(text);
    };
    const policy = policyOf(POLICY);
    const catalog = await loadCatalog((text) => database.query(text), { dialect: 'cockroachdb' });
    const facts = {
      schema: await readSchema(asked(query)),
      server: await readServer(asked(query)),
      way: undefined,
    };
    return told(judgePosture(policy, catalog, facts), /^(?!POSTURE_VERSION_ADVISORY)/);
  }

  it('a role with the rights that it needs gives none but those of its version', async () => {
    expect(await findings({})).toEqual([]);
  });

  it('a member of admin has every right', async () => {
    const members = [{ role: '2', member: '7' }];
    const roles = [APP, { ...ADMIN, superuser: 'f' }];
    expect(await findings({ roles, members })).toEqual(['POSTURE_ROLE_SUPERUSER role app']);
  });

  it('is_superuser=on of the session is enough', async () => {
    expect(await findings({ session: { superuser: 'on' } })).toEqual(['POSTURE_SESSION_SUPERUSER role app']);
  });

  it('the owner of a relation, and a member of it', async () => {
    const found = ['POSTURE_ROLE_OWNER public.notes'];
    expect(await findings({ owner: 'app' })).toEqual(found);
    const roles = [APP, { ...APP, oid: '9', name: 'migrator' }];
    expect(await findings({ roles, members: [{ role: '9', member: '7' }] })).toEqual(found);
  });

  it('BYPASSRLS as a role option, and as a system privilege', async () => {
    const found = ['POSTURE_ROLE_BYPASSES_RLS role app'];
    expect(await findings({ roles: [{ ...APP, bypasses_rls: 't' }] })).toEqual(found);
    expect(await findings({ system: ['BYPASSRLS'] })).toEqual(found);
  });

  it('CHANGEFEED, BACKUP and DROP, which TRUNCATE asks for, by themselves and as ALL', async () => {
    const grant = (privilege: string, grantee = 'app') => ({
      grantee,
      schema: 'public',
      relation: 'notes',
      privilege,
    });
    const all = [
      'POSTURE_GRANT_CHANGEFEED public.notes',
      'POSTURE_GRANT_BACKUP public.notes',
      'POSTURE_GRANT_TRUNCATE public.notes',
    ];
    expect(
      await findings({ grants: [grant('CHANGEFEED'), grant('BACKUP', 'public'), grant('DROP')] }),
    ).toEqual(all);
    expect(await findings({ grants: [grant('ALL')] })).toEqual(all);
    expect(await findings({ grants: [grant('ALL', 'somebody')] })).toEqual([]);
  });

  it('other system privileges', async () => {
    expect(await findings({ system: ['VIEWACTIVITY', 'REPAIRCLUSTER'] })).toEqual([
      'POSTURE_GRANT_SYSTEM role app',
      'POSTURE_GRANT_SYSTEM role app',
    ]);
  });

  it('CREATE on schema public, of everyone and of the role', async () => {
    const schema = (grantee: string) => [{ schema: 'public', grantee }];
    expect(await findings({ schemas: schema('public') })).toEqual(['POSTURE_SCHEMA_OPEN schema public']);
    expect(await findings({ schemas: schema('app') })).toEqual(['POSTURE_ROLE_CREATES schema public']);
  });

  it('allow_unsafe_internals', async () => {
    expect(await findings({ session: { internals: 'on' } })).toEqual(['POSTURE_UNSAFE_INTERNALS role app']);
  });

  it('a version that does not read as one', async () => {
    expect(await findings({ version: 'CockroachDB CCL (built from source)' })).toEqual([
      'POSTURE_VERSION_UNKNOWN the server',
    ]);
  });

  it('unique_rowid() as a key that callers see, and not the hidden rowid of a table without a key', async () => {
    const text = `CREATE FUNCTION unique_rowid() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
      CREATE FUNCTION unordered_unique_rowid() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
      CREATE TABLE a (id bigint PRIMARY KEY DEFAULT unique_rowid(), x int); CREATE TABLE b (rowid bigint PRIMARY KEY DEFAULT unique_rowid(), x int);
      CREATE TABLE c (id bigint PRIMARY KEY DEFAULT unordered_unique_rowid(), x int)`;
    await database.run(text);
    const rules = ['a', 'b', 'c']
      .map((name) => `  ${name}: { rules: [ { for: anonymous, rows: all, read: all } ] }`)
      .join('\n');
    const policy = policyOf(`version: 1\nrelations:\n${rules}\n`);
    const query: CatalogQuery = (text) => database.query(text);
    const catalog = await loadCatalog(query, { dialect: 'cockroachdb' });
    const schema = await readSchema(asked(query));
    const found = told(
      judgePosture(policy, catalog, { schema, server: undefined, way: undefined }),
      /ID_SEQUENTIAL/,
    );
    await database.run(
      'DROP TABLE a, b, c; DROP FUNCTION unique_rowid; DROP FUNCTION unordered_unique_rowid',
    );
    expect(found).toEqual(['POSTURE_ID_SEQUENTIAL public.a (id)']);
  });

  it('an index of a hash shard, and one of a region, serve the column behind them', async () => {
    await database.run(`CREATE TYPE crdb_internal_region AS ENUM ('eu', 'us');
      CREATE TABLE a (id uuid PRIMARY KEY, owner int, crdb_region crdb_internal_region, crdb_internal_owner_shard_16 int);
      CREATE INDEX by_shard ON a (crdb_internal_owner_shard_16, owner)`);
    const policy = policyOf(
      `version: 1\nidentity: { token: { issuer: x, audience: y, secretEnv: S }, claims: { user: { from: sub, type: int } } }\nrelations: { a: { rules: [ { for: member, rows: owner = :user, read: all } ] } }\n`,
    );
    const query: CatalogQuery = (text) => database.query(text);
    const look = async () => {
      const catalog = await loadCatalog(query, { dialect: 'cockroachdb' });
      const schema = await readSchema(asked(query));
      return told(judgePosture(policy, catalog, { schema, server: undefined, way: undefined }), /UNINDEXED/);
    };
    expect(await look()).toEqual([]);
    await database.run('DROP INDEX by_shard');
    expect(await look()).toEqual(['POSTURE_FILTER_UNINDEXED public.a (owner)']);
    await database.run('CREATE INDEX ON a (crdb_region, owner)');
    expect(await look()).toEqual([]);
    await database.run('DROP TABLE a; DROP TYPE crdb_internal_region');
  });

  it('a session that cannot be asked about is told as unread, and the rest is looked at', async () => {
    const refuse = Object.assign(new Error('no'), { code: '42501' });
    const query: CatalogQuery = async (text) => {
      if (text.includes('session_user')) throw refuse;
      return database.query(text);
    };
    const server = await readServer(asked(query));
    expect(server.unread).toEqual([{ part: 'the session', sqlstate: '42501' }]);
  });
});
