/**
 * Policies of every shape under `cordon rls`: the database takes the script, shows each caller what the guard shows, and has no
 * difference from what was wanted.
 */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../../src/guard/guard.ts';
import {
  checkPolicy,
  type LoadedPolicy,
  loadPolicy,
  type Principal,
  principalOf,
} from '../../src/policy/index.ts';
import {
  askWanted,
  compareRls,
  compileRls,
  printRls,
  readLive,
  readTargetVersion,
} from '../../src/rls/index.ts';
import { createParser } from '../../src/sql/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { APP, connect, readCatalog } from './borders.ts';

const parser = await createParser();

const file = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/** Names and literals that have to be quoted, enums, domains of other widths, circles, partitions, views. */
const AWKWARD = `
CREATE TYPE mood AS ENUM ('fine', 'so so', 'it''s \\ bad');
CREATE TABLE teams (id int8 PRIMARY KEY, name varchar(40), open bool, mood mood);
CREATE TABLE members (team int8 REFERENCES teams, person int4, level numeric(6, 2), hidden_key int4, PRIMARY KEY (team, person));
CREATE TABLE "odd "" table
-- x" (id int PRIMARY KEY, "select" text, "Sp ace" int, boss int REFERENCES "odd "" table
-- x");
CREATE TABLE keys (id int PRIMARY KEY, person int);
CREATE TABLE locked (id int PRIMARY KEY, key int, note char(3));
CREATE TABLE parts (id int, tenant_id int, body text) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
CREATE VIEW shown AS SELECT id, name FROM teams;
INSERT INTO teams VALUES (1, 'red', true, 'fine'), (2, 'blue', false, 'so so'), (3, 'green', NULL, 'it''s \\ bad'), (4, NULL, false, NULL);
INSERT INTO members VALUES (1, 7, 1.5, 1), (2, 8, 2, 2), (3, 7, NULL, 3), (3, 8, 0, 4);
INSERT INTO "odd "" table
-- x" VALUES (1, 'a', 7, NULL), (2, 'b', 8, 1), (3, NULL, NULL, 1);
INSERT INTO keys VALUES (10, 7), (11, 8), (12, NULL);
INSERT INTO locked VALUES (1, 10, 'ab'), (2, 11, 'abc'), (3, NULL, NULL);
INSERT INTO parts VALUES (1, 1, 'x'), (2, 2, 'y'), (3, NULL, 'z');`;

const AWKWARD_POLICY = String.raw`
version: 1
identity:
  token: { issuer: x, audience: y, secretEnv: SECRET }
  claims: { user: { from: sub, type: int }, tenant: { from: tenant, type: bigint }, mood: { from: mood, type: text }, wise: { from: wise, type: bool } }
  roles: { from: role, default: member }
boundaries: { tenant: tenant_id = :tenant }
relations:
  teams:
    rules:
      - { for: member, rows: id in members.team, read: [id, name] }
      - { for: [member, clerk], rows: "open = true or not (mood = 'fine' or mood in ('so so'))", read: [id, mood] }
      - { for: clerk, rows: "mood = :mood and :wise = true", read: all, write: [name] }
      - { for: clerk, rows: "name in ('red', 'it''s', 'back\\slash') and id >= -1", read: [name] }
  members:
    rules:
      - { for: member, rows: "person = :user", read: [team, person, level] }
      - { for: clerk, rows: "level > 0.5 and level is not null", read: all, delete: true }
      - { for: member, rows: none, insert: [team, person, level], check: "team in teams and person <> 9" }
  "\"odd \"\" table\n-- x\"":
    rules:
      - { for: member, rows: '"Sp ace" = :user', read: all, write: ["select", boss], insert: all }
      - { for: member, rows: '"select" is not null', read: [id] }
  keys:
    rules:
      - { for: member, rows: "person = :user", read: [id] }
      - { for: clerk, rows: "id > 10", read: [id] }
  locked:
    rules:
      - { for: member, rows: "key in keys where (person = :user)", read: all }
      - { for: clerk, rows: "not key in keys", read: all }
  parts:
    rules:
      - { for: [member, clerk], rows: all, read: [id, body] }
  shown:
    rules:
      - { for: member, rows: all, read: all }
`;

const SUBJECTS = [
  {
    name: 'laboratory',
    schema: `${file('noninterference/laboratory.sql')}
      INSERT INTO people SELECT n, 1 + n % 2, 'p' || n, 'nick' || n, n, 'r', 'p', 1 FROM generate_series(1, 6) n;
      INSERT INTO docs (id, tenant_id, owner, title, n, state, key) SELECT n, 1 + n % 2, 1 + n % 6, 't', n, 'open', 'k' FROM generate_series(1, 20) n;
      INSERT INTO shares SELECT n, 1 + (n * 5) % 6, 1, n, 'r' FROM generate_series(1, 20) n;
      INSERT INTO lines SELECT n, 1 + n % 20, n % 3, 'r', 'p', n, n, n FROM generate_series(1, 60) n;
      INSERT INTO marks SELECT n, n, n, 'r', NULL, 's' FROM generate_series(1, 60) n;
      INSERT INTO notes SELECT n, 1 + n % 6, n % 2 = 0, n % 7, 'r', CASE n % 5 WHEN 0 THEN NULL ELSE 'p' END, 1, 1, 1 FROM generate_series(1, 40) n;
      INSERT INTO goods SELECT n, 'g', n, n, 'r' FROM generate_series(1, 5) n;
      INSERT INTO events SELECT n, (ARRAY['open', 'held', 'done', 'void']::state[])[1 + n % 4], n, 'r', NULL, 1, 'i' FROM generate_series(1, 12) n;
      INSERT INTO accounts SELECT n, 'a' || n, 'h', n FROM generate_series(1, 5) n;
      INSERT INTO vault VALUES (1, 1, 'v');`,
    policy: file('noninterference/cordon.yaml'),
    callers: [
      { sub: 1, tenant: 1 },
      { sub: 2, tenant: 1 },
      { sub: 3, tenant: 2 },
    ],
  },
  {
    name: 'awkward',
    schema: AWKWARD,
    policy: AWKWARD_POLICY,
    callers: [
      { sub: 7, tenant: 1, mood: 'fine', wise: true },
      { sub: 8, tenant: 2, mood: "it's \\ bad", wise: true, role: 'clerk' },
      { sub: 9, tenant: 1, mood: 'nothing', wise: false, role: 'clerk' },
    ],
  },
] as const;

const OPTIONS = [
  { columns: 'views', gateway: false },
  { columns: 'grants', gateway: true },
] as const;

describeWith([postgresRequirement()], 'policies under cordon rls', () => {
  let server: PostgresDatabase;
  beforeAll(async () => {
    server = await startPostgres();
    await server.query(`CREATE ROLE ${APP}`);
  }, 120_000);
  afterAll(() => server.stop());

  describe.each(SUBJECTS)('$name', ({ name, schema, policy: text, callers }) => {
    describe.each(OPTIONS)('with columns by $columns', ({ columns, gateway }) => {
      let client: pg.Client;
      let policy: LoadedPolicy;
      beforeAll(async () => {
        client = await connect(await server.createDatabase(`${name} ${columns}`));
        await client.query(schema);
        policy = loaded(text);
        expect(checkPolicy(policy, await readCatalog(client)).map(({ happened }) => happened)).toEqual([]);
        await client.query(printRls(await planned(), 'test'));
      }, 120_000);
      afterAll(() => client.end());

      const planned = async () => {
        const version = readTargetVersion('postgres', '15.18');
        return compileRls(policy, await readCatalog(client), {
          version,
          appRoles: [APP],
          reader: 'cordon_reader',
          columns,
          gateway,
        });
      };

      it('leaves no difference', async () => {
        const plan = await planned();
        const ask = async (sql: string) => (await client.query(sql)).rows;
        await client.query("BEGIN; SET LOCAL search_path = ''");
        const differences = compareRls(plan, await readLive(ask, 'postgres'), await askWanted(plan, ask));
        await client.query('ROLLBACK');
        expect(differences).toEqual([]);
      });

      if (columns !== 'views') return;
      it('shows each caller what the guard shows', async () => {
        const catalog = await readCatalog(client);
        const guard = createGuard({ policy, catalog, parser });
        const plan = await planned();
        let rows = 0;
        for (const principal of [...callers, undefined].map((claims) => principalOf(policy, claims)))
          for (const { name: table } of plan.views) {
            const sql = `SELECT * FROM ${pg.escapeIdentifier(table)}`;
            const judged = guard.session().judgeQuery(sql, principal);
            const [statement] = judged.kind === 'allowed' ? judged.statements : [];
            const shown = statement === undefined ? [] : await rowsOf(client, statement.textFor(principal));
            const secured = await asCaller(client, principal, sql);
            expect(secured, `${table} for ${principal.role}`).toEqual(shown);
            rows += shown.length;
          }
        expect(rows).toBeGreaterThan(20);
      });
    });
  });

  it('a check that follows a relation whose rows follow the checked one goes by a function', async () => {
    const url = await server.createDatabase('awkward views');
    const client = await connect(url);
    const member = principalOf(loaded(AWKWARD_POLICY), { sub: 7, tenant: 1, mood: 'fine', wise: true });
    const insert = (team: number, person: number) =>
      asCaller(
        client,
        member,
        `INSERT INTO public.members (team, person, level) VALUES (${team}, ${person}, 1)`,
      );
    expect(await insert(3, 50)).toEqual([]);
    await expect(insert(2, 50)).rejects.toMatchObject({ code: '42501' });
    await expect(insert(3, 9)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  it('a reference that callers change leads to a row that they see', async () => {
    const client = await connect(await server.createDatabase('awkward views'));
    const member = principalOf(loaded(AWKWARD_POLICY), { sub: 7, tenant: 1, mood: 'fine', wise: true });
    const table = pg.escapeIdentifier('odd " table\n-- x');
    const update = (boss: string) =>
      asCaller(client, member, `UPDATE public.${table} SET boss = ${boss} WHERE id = 1`);
    expect(await update('2')).toEqual([]);
    expect(await update('NULL')).toEqual([]);
    await expect(update('3')).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  it('a partition is closed to whoever reads its parent', async () => {
    const client = await connect(await server.createDatabase('awkward views'));
    const member = principalOf(loaded(AWKWARD_POLICY), { sub: 7, tenant: 1, mood: 'fine', wise: true });
    await expect(asCaller(client, member, 'SELECT * FROM public.parts_1')).rejects.toMatchObject({
      code: '42501',
    });
    await client.end();
  });

  it('without a caller there are no rows anywhere, and after RESET neither', async () => {
    const client = await connect(await server.createDatabase('awkward views'));
    for (const set of [[], ["SELECT set_config('cordon.role', 'member', false)", 'RESET "cordon.role"']]) {
      for (const statement of set) await client.query(statement);
      const { rows } = await client.query<{ name: string }>(
        "SELECT table_name AS name FROM information_schema.views WHERE table_schema = 'cordon'",
      );
      await client.query('BEGIN');
      await client.query(`SET LOCAL ROLE ${APP}`);
      for (const { name } of rows)
        expect((await client.query(`SELECT * FROM cordon.${pg.escapeIdentifier(name)}`)).rows).toEqual([]);
      await client.query('ROLLBACK');
    }
    await client.end();
  });
});

function loaded(text: string): LoadedPolicy {
  const { policy, mistakes } = loadPolicy(text);
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  return policy;
}

async function rowsOf(client: pg.Client, sql: string): Promise<readonly string[]> {
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  return rows.map((row) => JSON.stringify(row)).sort();
}

async function asCaller(
  client: pg.Client,
  { role, claims }: Principal,
  sql: string,
): Promise<readonly string[]> {
  await client.query('BEGIN');
  try {
    const settings = [['role', role] as const, ...claims];
    for (const [name, value] of settings)
      await client.query('SELECT set_config($1, $2, true)', [`cordon.${name}`, value]);
    await client.query(`SET LOCAL search_path = cordon, public; SET LOCAL ROLE ${APP}`);
    return await rowsOf(client, sql);
  } finally {
    await client.query('ROLLBACK');
  }
}
