import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { demoFile, describeDatabases, loadShop, type TestDatabase } from '../databases/index.ts';
import { schemaFindings, told } from './facts.ts';

const POLICY = `
version: 1
identity:
  token: { issuer: x, audience: y, secretEnv: SOME_SECRET }
  claims: { user: { from: sub, type: int }, tenant: { from: tenant, type: int } }
relations:
`;
const BOUNDARY = '\nboundaries: { tenant: tenant_id = :tenant }\n';

/** Each schema lives in a database of its own name, so that one test does not see the objects of another. */
async function findingsOf(database: TestDatabase, schema: string, rules: string): Promise<readonly string[]> {
  await database.run(`DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; ${schema}`);
  const boundary = schema.includes('tenant_id') ? BOUNDARY : '';
  return told(await schemaFindings((text) => database.query(text), `${POLICY}${rules}${boundary}`));
}

describeDatabases('findings about relations', (database) => {
  beforeAll(async () => {
    await database().run('SELECT 1');
  });

  it('a unique key without a column of a boundary or owner tells that a value is taken', async () => {
    const told = await findingsOf(
      database(),
      `CREATE TABLE people (id uuid PRIMARY KEY, tenant_id int NOT NULL, owner int, email text UNIQUE, nick text, code text);
       CREATE INDEX ON people (tenant_id);
       CREATE UNIQUE INDEX ON people (tenant_id, nick);
       CREATE UNIQUE INDEX ON people (lower(code));
       CREATE UNIQUE INDEX ON people (code) WHERE nick IS NULL;`,
      '  people: { rules: [ { for: member, rows: all, read: all, insert: [id, tenant_id, email, nick, code] } ] }',
    );
    expect(told).toEqual([
      'POSTURE_KEY_SPANS_OWNERS public.people (email)',
      'POSTURE_KEY_SPANS_OWNERS public.people (an expression)',
      'POSTURE_KEY_SPANS_OWNERS public.people (code)',
    ]);
  });

  it('a unique key that callers cannot write, or whose rows they all see, tells nothing', async () => {
    const told = await findingsOf(
      database(),
      `CREATE TABLE badges (id uuid PRIMARY KEY, tenant_id int, email text UNIQUE, note text);
       CREATE INDEX ON badges (tenant_id);
       CREATE TABLE words (id uuid PRIMARY KEY, word text UNIQUE);`,
      `  badges: { rules: [ { for: member, rows: all, read: all, write: [note], insert: [id, tenant_id, note] } ] }
  words: { rules: [ { for: member, rows: all, read: all, insert: [id, word] } ] }`,
    );
    expect(told).toEqual([]);
  });

  it('a column that decides what its writer sees lets them show hidden columns to themselves', async () => {
    const told = await findingsOf(
      database(),
      'CREATE TABLE posts (id uuid PRIMARY KEY, owner int, released bool, title text, verdict text); CREATE INDEX ON posts (owner); CREATE INDEX ON posts (released);',
      `  posts:
    rules:
      - { for: member, rows: owner = :user, read: [id, owner, released, title], write: [released, title] }
      - { for: member, rows: released = true, read: [id, verdict] }`,
    );
    expect(told).toEqual(['POSTURE_WRITE_WIDENS_READ public.posts (released)']);
  });

  it('a column that shows rows to others alone, or that another role writes, widens nothing', async () => {
    const told = await findingsOf(
      database(),
      `CREATE TABLE posts (id uuid PRIMARY KEY, owner int, released bool, title text); CREATE INDEX ON posts (owner); CREATE INDEX ON posts (released);
       CREATE TABLE cases (id uuid PRIMARY KEY, owner int, closed bool, verdict text); CREATE INDEX ON cases (owner); CREATE INDEX ON cases (closed);`,
      `  posts:
    rules:
      - { for: member, rows: owner = :user, read: all, write: [released, title] }
      - { for: member, rows: released = true, read: [id, title] }
  cases:
    rules:
      - { for: member, rows: owner = :user, read: [id, owner, closed] }
      - { for: member, rows: closed = true, read: [id, verdict] }
      - { for: anonymous, rows: all, read: [id], write: [closed] }`,
    );
    expect(told).toEqual([]);
  });

  it('a unique key over a hidden column tells of it, also where every row is seen', async () => {
    const told = await findingsOf(
      database(),
      'CREATE TABLE words (id uuid PRIMARY KEY, word text UNIQUE, note text);',
      '  words: { columns: { word: pii }, rules: [ { for: member, rows: all, read: [id, note], insert: [id, word] } ] }',
    );
    expect(told).toEqual(['POSTURE_KEY_SPANS_OWNERS public.words (word)']);
  });

  it('an UPDATE probes as an INSERT does, and an owner column in the key closes it', async () => {
    const told = await findingsOf(
      database(),
      `CREATE TABLE pages (id uuid PRIMARY KEY, owner int NOT NULL, slug text UNIQUE, title text, UNIQUE (owner, title));`,
      '  pages: { rules: [ { for: member, rows: owner = :user, read: all, write: [slug, title] } ] }',
    );
    expect(told).toEqual(['POSTURE_KEY_SPANS_OWNERS public.pages (slug)']);
  });

  it('a row filter without an index that begins with one of its columns reads everything', async () => {
    const rules = '  notes: { rules: [ { for: member, rows: "owner = :user or shared", read: all } ] }';
    const table = 'CREATE TABLE notes (id uuid PRIMARY KEY, tenant_id int, owner int, shared bool, x int);';
    const rule = rules.replace('or shared', 'or x = 1');
    const place = 'POSTURE_FILTER_UNINDEXED public.notes (tenant_id, owner, x)';
    expect(await findingsOf(database(), table, rule)).toEqual([place]);
    // One branch of the OR has an index, the other one does not.
    expect(await findingsOf(database(), `${table} CREATE INDEX ON notes (owner);`, rule)).toEqual([place]);
    // An index of some rows, and one that begins with another column.
    const useless = `${table} CREATE INDEX ON notes (tenant_id) WHERE x = 1; CREATE INDEX ON notes (id, tenant_id);`;
    expect(await findingsOf(database(), useless, rule)).toEqual([place]);
    const both = `${table} CREATE INDEX ON notes (owner); CREATE INDEX ON notes (x);`;
    expect(await findingsOf(database(), both, rule)).toEqual([]);
    expect(await findingsOf(database(), `${table} CREATE INDEX ON notes (tenant_id, x);`, rule)).toEqual([]);
  });

  it('a membership is looked up by the column that is compared', async () => {
    const rules = `  teams: { rules: [ { for: member, rows: lead = :user, read: all } ] }
  tasks: { rules: [ { for: member, rows: team_id in teams, read: all } ] }`;
    const tables =
      'CREATE TABLE teams (id int PRIMARY KEY, lead int UNIQUE); CREATE TABLE tasks (id int PRIMARY KEY, team_id int);';
    expect(await findingsOf(database(), tables, rules)).toEqual([
      'POSTURE_FILTER_UNINDEXED public.tasks (team_id)',
    ]);
    expect(await findingsOf(database(), `${tables} CREATE INDEX ON tasks (team_id);`, rules)).toEqual([]);
  });

  it('a key that is counted up and shown is named; a hidden one and a random one are not', async () => {
    const told = await findingsOf(
      database(),
      `CREATE TABLE a (id serial PRIMARY KEY, x int); CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, x int);
       CREATE TABLE c (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, x int); CREATE TABLE d (id serial PRIMARY KEY, x int);
       CREATE TABLE e (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), x int);`,
      ['a', 'b', 'c', 'e']
        .map((name) => `  ${name}: { rules: [ { for: member, rows: all, read: all } ] }\n`)
        .concat('  d: { columns: { id: internal }, rules: [ { for: member, rows: all, read: [x] } ] }')
        .join(''),
    );
    expect(told).toEqual([
      'POSTURE_ID_SEQUENTIAL public.a (id)',
      'POSTURE_ID_SEQUENTIAL public.b (id)',
      'POSTURE_ID_SEQUENTIAL public.c (id)',
    ]);
  });

  it('policies of the database that are not enabled are named', async () => {
    const rules =
      '  a: { rules: [ { for: member, rows: all, read: all } ] }\n  b: { rules: [ { for: member, rows: all, read: all } ] }\n  c: { rules: [ { for: member, rows: all, read: all } ] }';
    const told = await findingsOf(
      database(),
      `CREATE TABLE a (x int); ALTER TABLE a FORCE ROW LEVEL SECURITY;
       CREATE TABLE b (x int); CREATE POLICY p ON b USING (x = 1);
       CREATE TABLE c (x int); CREATE POLICY p ON c USING (x = 1); ALTER TABLE c ENABLE ROW LEVEL SECURITY;`,
      rules,
    );
    expect(told).toEqual(['POSTURE_RLS_INERT public.a', 'POSTURE_RLS_INERT public.b']);
  });

  it('relations and columns that no rule speaks of are named', async () => {
    const told = await findingsOf(
      database(),
      'CREATE TABLE a (x int, y int); CREATE TABLE forgotten (x int); CREATE VIEW seen AS SELECT 1 AS x;',
      '  a: { rules: [ { for: member, rows: all, read: [x] } ] }',
    );
    expect(told).toEqual([
      'POSTURE_RELATION_UNCOVERED public.forgotten',
      'POSTURE_RELATION_UNCOVERED public.seen',
      'POSTURE_COLUMN_UNCOVERED public.a (y)',
    ]);
  });

  it('of the demo the keys are named that sign-up can try', async () => {
    await database().run('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
    await loadShop(database());
    const policy = readFileSync(demoFile('cordon.yaml'), 'utf8');
    expect(told(await schemaFindings((text) => database().query(text), policy))).toEqual([
      'POSTURE_KEY_SPANS_OWNERS public.users (email)',
      'POSTURE_KEY_SPANS_OWNERS public.users (reset_token)',
    ]);
  });
});
