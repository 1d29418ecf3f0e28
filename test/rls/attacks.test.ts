/** What the app's role may try against `cordon rls --columns views`, with the caller set as it should be. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/index.ts';
import {
  demoFile,
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { connect, rlsScript } from './borders.ts';

const ALICE = {
  role: 'member',
  user: 'a11ce000-0000-4000-8000-000000000001',
  tenant: '1',
  region: 'eu-west-1',
};
const BOB = 'b0b00000-0000-4000-8000-000000000002';

describeWith([postgresRequirement()], 'the role of the app', () => {
  let server: PostgresDatabase;
  let client: pg.Client;
  const notices: string[] = [];

  beforeAll(async () => {
    server = await startPostgres();
    client = await connect(await server.createDatabase('attacked'));
    for (const file of ['schema.sql', 'seed.sql']) await client.query(readFileSync(demoFile(file), 'utf8'));
    const { policy } = loadPolicy(readFileSync(demoFile('cordon.yaml'), 'utf8'));
    if (policy === undefined) throw new Error('the policy of the demo has mistakes');
    await client.query('CREATE ROLE app');
    await client.query(await rlsScript(client, policy, { columns: 'views' }));
    for (const [name, value] of Object.entries(ALICE))
      await client.query('SELECT set_config($1, $2, false)', [`cordon.${name}`, value]);
    await client.query('ANALYZE; SET SESSION AUTHORIZATION app');
    client.on('notice', ({ message }) => notices.push(String(message)));
  }, 120_000);
  beforeEach(() => void notices.splice(0));
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  it.each([
    ['reads a masked column of the table', 'SELECT email FROM public.users'],
    ['reads whole rows of the table', 'SELECT u FROM public.users AS u'],
    ['reads the columns of the system', 'SELECT ctid, xmin FROM public.users'],
    ['copies a masked column into one that it reads', 'UPDATE public.users SET name = email'],
    ['copies a secret into one that it reads', 'UPDATE public.users SET name = password_hash'],
    [
      'joins the view with the table',
      'SELECT t.email FROM public.users AS t JOIN cordon.users AS v USING (id)',
    ],
    ['becomes the reader', 'SET ROLE cordon_reader'],
    ['disables row-level security', 'ALTER TABLE public.users DISABLE ROW LEVEL SECURITY'],
    ['drops a policy', 'DROP POLICY cordon_only_select ON public.users'],
    ['adds a policy', 'CREATE POLICY mine ON public.users USING (true)'],
    ['empties the table', 'TRUNCATE public.users'],
    ['copies the table out', 'COPY public.users TO STDOUT'],
    ['locks rows of the view', 'SELECT id FROM cordon.users FOR UPDATE'],
    ['writes through the view', "UPDATE cordon.users SET name = 'x'"],
    ['replaces a function', "CREATE OR REPLACE FUNCTION cordon.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
    ['gives itself BYPASSRLS', 'ALTER ROLE app BYPASSRLS'],
    [
      'makes an order for somebody else',
      `INSERT INTO public.orders (tenant_id, crdb_region, user_id, address_id, amount) VALUES (1, 'eu-west-1', '${BOB}', '20292750-e964-453b-8acb-08310bfa0e31', 1)`,
    ],
    [
      'refers to an address of somebody else',
      `INSERT INTO public.orders (tenant_id, crdb_region, user_id, address_id, amount) VALUES (1, 'eu-west-1', '${ALICE.user}', '7b7d43da-5c00-45fe-8bd2-cebb51968a1a', 1)`,
    ],
    [
      'gives its address away',
      `UPDATE public.addresses SET profile_id = '52bc4e24-9fd3-49bc-8a1c-e941c0b20c97'`,
    ],
  ])('is refused when it %s', async (_, sql) => {
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    [
      'the view, by a masked column',
      'SELECT count(*) FROM cordon.users WHERE pg_temp.leak(email)',
      ['alice@shop.test', ...Array(5).fill('<NULL>')],
    ],
    [
      'the view, by a shown one',
      'SELECT count(*) FROM cordon.users WHERE pg_temp.leak(name)',
      ['Alice', 'Carol', 'Dave', 'Erin', 'Frank', 'Grace'],
    ],
    [
      'the table',
      'SELECT count(*) FROM public.users WHERE pg_temp.leak(name)',
      ['Alice', 'Carol', 'Dave', 'Erin', 'Frank', 'Grace'],
    ],
    [
      'another tenant, by its id',
      `SELECT count(*) FROM public.users WHERE pg_temp.leak(name) AND id = '${BOB}'`,
      [],
    ],
  ])('a cheap function of its own that talks meets no row beyond what it sees: %s', async (_, sql, met) => {
    await client.query(`CREATE OR REPLACE FUNCTION pg_temp.leak(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001
      AS 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'`);
    await client.query(sql);
    expect(notices.sort()).toEqual([...met].sort());
  });

  it('sees no statistics of the tables', async () => {
    const { rows } = await client.query("SELECT * FROM pg_stats WHERE schemaname IN ('public', 'cordon')");
    expect(rows).toEqual([]);
  });

  it('row_security = off is an error, and no way around', async () => {
    await client.query('SET row_security = off');
    await expect(client.query('SELECT id FROM public.users')).rejects.toMatchObject({ code: '42501' });
    await client.query('RESET row_security');
  });

  it('a SET of the caller is another caller: that is what the gateway refuses', async () => {
    await client.query(`BEGIN; SET LOCAL "cordon.user" = '${BOB}'; SET LOCAL cordon.tenant = '2'`);
    const { rows } = await client.query('SELECT email FROM cordon.users WHERE email IS NOT NULL');
    await client.query('ROLLBACK');
    expect(rows).toEqual([{ email: 'bob@shop.test' }]);
  });
});
