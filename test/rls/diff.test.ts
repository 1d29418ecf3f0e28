/** `cordon rls --diff`: a database is compared by meaning, and what is printed removes the difference and nothing else. */
import { readFileSync, writeFileSync } from 'node:fs';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cordon, type Ran, scratchFile } from '../cli/run.ts';
import {
  demoFile,
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { connect } from './borders.ts';

const POLICY = readFileSync(demoFile('cordon.yaml'), 'utf8');

function policyFile(text: string): string {
  const file = scratchFile('cordon.yaml');
  writeFileSync(file, text);
  return file;
}

/** Statements without comments, transactions and settings of the script itself. */
function changes(script: string): readonly string[] {
  return script
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n')
    .split(/;\n|;$/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && !/^(BEGIN|COMMIT|SET LOCAL)/.test(statement));
}

describeWith([postgresRequirement()], 'cordon rls --diff', () => {
  let server: PostgresDatabase;
  let client: pg.Client;
  let url: string;

  beforeAll(async () => {
    server = await startPostgres();
    await server.query('CREATE ROLE app LOGIN');
  }, 120_000);
  afterAll(() => server.stop());

  async function fresh(name: string): Promise<void> {
    await client?.end();
    url = await server.createDatabase(name);
    client = await connect(url);
    for (const file of ['schema.sql', 'seed.sql']) await client.query(readFileSync(demoFile(file), 'utf8'));
  }
  afterAll(() => client?.end());

  const diff = (...options: readonly string[]): Promise<Ran> =>
    cordon(['rls', '--diff', `${url}?sslmode=disable`, ...options]);
  const apply = (script: string) => client.query(script);

  it.each([
    ['grants', []],
    ['grants for a gateway', ['--gateway']],
    ['views', ['--columns', 'views']],
  ])(
    'what it prints for an empty database makes the difference empty, with %s',
    { timeout: 60_000 },
    async (name, options) => {
      await fresh(`empty ${name}`);
      const first = await diff(...options);
      expect(first.code).toBe(1);
      await apply(first.out);
      const second = await diff(...options);
      expect(second).toMatchObject({ code: 0, out: '-- no difference' });
    },
  );

  it.each([
    ['grants', []],
    ['views', ['--columns', 'views']],
  ])(
    'the script of `cordon rls` run twice leaves no difference, with %s',
    { timeout: 60_000 },
    async (name, options) => {
      await fresh(`twice ${name}`);
      const { out } = await cordon(['rls', '--upstream', `${url}?sslmode=disable`, ...options]);
      await apply(out);
      expect(await diff(...options)).toMatchObject({ code: 0 });
      await apply(out);
      expect(await diff(...options)).toMatchObject({ code: 0 });
    },
  );

  it('a change of the policy is the least DDL, and empty after it', { timeout: 60_000 }, async () => {
    await fresh('changed');
    await apply((await diff()).out);
    const narrower = policyFile(
      POLICY.replace(
        'rows: owner_id = :user, read: all, write: [data]',
        "rows: owner_id = :user and data <> 'x', read: all, write: [data]",
      ),
    );
    const { code, out } = await diff('--policy', narrower);
    expect(code).toBe(1);
    expect(changes(out).map((statement) => statement.split('\n')[0])).toEqual([
      'ALTER POLICY "cordon_only_select" ON "public"."resources" TO "app"',
      'ALTER POLICY "cordon_only_insert" ON "public"."resources" TO "app"',
      'ALTER POLICY "cordon_only_update" ON "public"."resources" TO "app"',
      'ALTER POLICY "cordon_only_delete" ON "public"."resources" TO "app"',
      'ALTER POLICY "cordon_resources_1_select" ON "public"."resources" TO "app"',
      'ALTER POLICY "cordon_resources_1_insert" ON "public"."resources" TO "app"',
      'ALTER POLICY "cordon_resources_1_update" ON "public"."resources" TO "app"',
      'ALTER POLICY "cordon_resources_1_delete" ON "public"."resources" TO "app"',
    ]);
    await apply(out);
    expect(await diff('--policy', narrower)).toMatchObject({ code: 0 });
  });

  it('a rule that is gone is dropped, and with it what only it granted', { timeout: 60_000 }, async () => {
    await fresh('gone');
    await apply((await diff()).out);
    const without = policyFile(
      POLICY.replace(', write: [data], insert: all, delete: true }', ', write: [data] }'),
    );
    const { out } = await diff('--policy', without);
    expect(changes(out).map((statement) => statement.replaceAll(/\s+/g, ' '))).toEqual([
      'ALTER POLICY "cordon_only_insert" ON "public"."resources" TO "app" WITH CHECK (false)',
      'ALTER POLICY "cordon_only_delete" ON "public"."resources" TO "app" USING (false)',
      'DROP POLICY "cordon_resources_1_delete" ON "public"."resources"',
      'DROP POLICY "cordon_resources_1_insert" ON "public"."resources"',
      'REVOKE DELETE, INSERT ("data"), INSERT ("id"), INSERT ("owner_id") ON TABLE "public"."resources" FROM "app"',
    ]);
    await apply(out);
    expect(await diff('--policy', without)).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'disabled row-level security',
      'ALTER TABLE orders DISABLE ROW LEVEL SECURITY',
      ['ALTER TABLE "public"."orders" ENABLE ROW LEVEL SECURITY'],
    ],
    [
      'FORCE taken off',
      'ALTER TABLE orders NO FORCE ROW LEVEL SECURITY',
      ['ALTER TABLE "public"."orders" FORCE ROW LEVEL SECURITY'],
    ],
    [
      'a widened policy',
      'ALTER POLICY cordon_orders_1_select ON orders USING (true)',
      [/^ALTER POLICY "cordon_orders_1_select" ON "public"."orders" TO "app"\n {2}USING \(/],
    ],
    [
      'a policy for everyone',
      'ALTER POLICY cordon_orders_1_select ON orders TO PUBLIC',
      [/^ALTER POLICY "cordon_orders_1_select" ON "public"."orders" TO "app"/],
    ],
    [
      'a dropped restrictive policy',
      'DROP POLICY cordon_only_select ON orders',
      [/^CREATE POLICY "cordon_only_select" ON "public"."orders" AS RESTRICTIVE/],
    ],
    [
      'a restrictive policy made anew as a permissive one',
      'DROP POLICY cordon_only_delete ON orders; CREATE POLICY cordon_only_delete ON orders FOR DELETE TO app USING (true)',
      [
        'DROP POLICY "cordon_only_delete" ON "public"."orders"',
        /^CREATE POLICY "cordon_only_delete" .* AS RESTRICTIVE/,
      ],
    ],
    [
      'a policy of the prefix that nobody wants',
      'CREATE POLICY cordon_x ON orders USING (true)',
      ['DROP POLICY "cordon_x" ON "public"."orders"'],
    ],
    [
      'a privilege on a whole table',
      'GRANT SELECT, TRUNCATE ON users TO app',
      [
        'REVOKE SELECT, TRUNCATE ON TABLE "public"."users" FROM "app"',
        /^GRANT SELECT \("id", .*"created_at"\) ON TABLE "public"."users" TO "app"$/,
      ],
    ],
    [
      'a privilege on a column',
      'GRANT SELECT (password_hash) ON users TO app',
      ['REVOKE SELECT ("password_hash") ON TABLE "public"."users" FROM "app"'],
    ],
    [
      'a privilege for everyone',
      'GRANT SELECT ON orders TO PUBLIC',
      ['REVOKE SELECT ON TABLE "public"."orders" FROM PUBLIC'],
    ],
    [
      'a missing privilege',
      'REVOKE INSERT (amount) ON orders FROM app',
      ['GRANT INSERT ("amount") ON TABLE "public"."orders" TO "app"'],
    ],
    [
      'CREATE on the schema',
      'GRANT CREATE ON SCHEMA public TO app',
      ['REVOKE CREATE ON SCHEMA "public" FROM "app"'],
    ],
    ['BYPASSRLS', 'ALTER ROLE app BYPASSRLS', ['ALTER ROLE "app" NOBYPASSRLS']],
  ])('%s is found, and mended by the least DDL', { timeout: 60_000 }, async (name, drift, expected) => {
    await fresh(`drift ${name}`);
    await apply((await diff()).out);
    await client.query(drift);
    const { code, out } = await diff();
    expect(code).toBe(1);
    const found = changes(out);
    expect(found).toHaveLength(expected.length);
    for (const [index, each] of expected.entries())
      expect(found[index]).toEqual(typeof each === 'string' ? each : expect.stringMatching(each));
    await apply(out);
    expect(await diff()).toMatchObject({ code: 0, out: '-- no difference' });
  });

  it('a permissive policy of somebody else is told and left for a person to decide; it shows nothing more', {
    timeout: 60_000,
  }, async () => {
    await fresh('foreign');
    await apply((await diff()).out);
    await client.query('CREATE POLICY support ON orders FOR SELECT USING (true)');
    const { code, out } = await diff();
    expect(code).toBe(1);
    expect(changes(out)).toEqual([]);
    expect(out).toContain('-- for you to decide: policy support on public.orders');
    expect(out).toContain('-- DROP POLICY "support" ON "public"."orders";');
    await client.query("BEGIN; SET LOCAL ROLE app; SET LOCAL cordon.role = 'member'");
    const { rows } = await client.query('SELECT count(*)::int AS n FROM orders');
    await client.query('ROLLBACK');
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('a restrictive policy of somebody else narrows, and is no difference', { timeout: 60_000 }, async () => {
    await fresh('narrowed');
    await apply((await diff()).out);
    await client.query('CREATE POLICY audit_only ON orders AS RESTRICTIVE FOR SELECT USING (amount > 0)');
    const { code, out } = await diff();
    expect({ code, changes: changes(out) }).toEqual({ code: 0, changes: [] });
    expect(out).toContain(
      "-- note: policy audit_only on public.orders is not Cordon's (select, to public) and restrictive",
    );
  });

  it('the same conditions in other words are no difference', { timeout: 60_000 }, async () => {
    await fresh('words');
    await apply((await diff()).out);
    await client.query(
      `ALTER POLICY cordon_orders_1_select ON orders USING ((select current_setting( 'cordon.role' , true ) = 'member')
         and ((user_id) = (select nullif(current_setting('cordon.user', TRUE), '') :: uuid)))`,
    );
    expect(await diff()).toMatchObject({ code: 0 });
  });

  it('views and functions are compared too', { timeout: 60_000 }, async () => {
    await fresh('views drift');
    await apply((await diff('--columns', 'views')).out);
    await client.query('ALTER VIEW cordon.users RESET (security_barrier)');
    await client.query('CREATE OR REPLACE VIEW cordon.profiles AS SELECT * FROM profiles');
    const [made] = (
      await client.query(
        "SELECT proname AS name FROM pg_proc WHERE pronamespace = 'cordon'::regnamespace ORDER BY 1",
      )
    ).rows;
    await client.query(`ALTER FUNCTION cordon.${made.name} OWNER TO postgres`);
    const { out } = await diff('--columns', 'views');
    expect(out.match(/^-- .*$/gm)).toEqual([
      `-- function ${made.name} is another one`,
      '-- view profiles is another one',
      '-- view users is another one',
    ]);
    await apply(out);
    expect(await diff('--columns', 'views')).toMatchObject({ code: 0 });
  });

  it.each([
    ['the owner of the tables', 'postgres'],
    ['a role that reads a hidden column', 'readers'],
    ['a role that reads a closed relation', 'listeners'],
    ['a role that bypasses row-level security', 'passers'],
  ])(
    'membership in %s is told, and left for a person to decide',
    { timeout: 60_000 },
    async (name, group) => {
      await fresh(`member ${name}`);
      await client.query(`CREATE TABLE closed (id int);
      DO $$ BEGIN
        CREATE ROLE readers; CREATE ROLE listeners; CREATE ROLE passers BYPASSRLS; CREATE ROLE harmless;
      EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      GRANT SELECT (password_hash) ON users TO readers; GRANT SELECT ON closed TO listeners`);
      await apply((await diff()).out);
      await client.query(`GRANT ${group}, harmless TO app`);
      const { code, out } = await diff();
      await client.query(`REVOKE ${group}, harmless FROM app`);
      expect({ code, changes: changes(out) }).toEqual({ code: 1, changes: [] });
      expect(out).toContain(`-- REVOKE "${group}" FROM "app";`);
      expect(out).not.toContain('harmless');
    },
  );

  it('a role that is missing is told', { timeout: 60_000 }, async () => {
    await fresh('roleless');
    const { code, out } = await diff('--role', 'nobody_made_it');
    expect(code).toBe(1);
    expect(out).toContain('-- CREATE ROLE "nobody_made_it" LOGIN;');
  });
});
