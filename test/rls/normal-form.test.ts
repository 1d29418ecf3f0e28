/** CockroachDB's stored texts, as its logic tests print them, compared by meaning with what `cordon rls` prints. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalog, relationKey } from '../../src/catalog/index.ts';
import { loadPolicy } from '../../src/policy/index.ts';
import {
  compareRls,
  compileRls,
  type LiveState,
  NormalForm,
  type RlsPlan,
  readTargetVersion,
} from '../../src/rls/index.ts';
import { inline } from '../../src/rls/sql-text.ts';
import { createParser } from '../../src/sql/index.ts';
import { demoFile, loadShop, startPglite } from '../databases/index.ts';

const form = new NormalForm(await createParser());

describe('two texts of a condition', () => {
  it.each([
    ["c1::greeting = 'hi'::greeting", "c1::public.greeting = 'hi':::public.greeting"],
    ['is_valid(c1)', 'public.is_valid(c1)'],
    ['c1 <> 1', 'c1 != 1:::INT8'],
    [
      `current_setting('cordon.role', true) = 'member' AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID`,
      `(current_setting('cordon.role':::STRING, true) = 'member':::STRING) AND (user_id = NULLIF(current_setting('cordon.user':::STRING, true), '':::STRING)::UUID)`,
    ],
    [`a = 1 OR b = 2 OR c = 3`, `((a = 1:::INT8) OR (b = 2:::INT8)) OR (c = 3:::INT8)`],
    [`"x" IN ('a', 'b')`, `x IN ('a':::STRING, 'b':::STRING)`],
    [`"cordon"."in_t_id_1"("a")`, `shop.cordon.in_t_id_1(a)`],
    [`a = ':::'`, `a = ':::':::STRING`],
    [`NOT ("a" = b::text)`, 'NOT (a = b::STRING)'],
  ])('%s and %s are alike', (wanted, stored) => {
    expect(form.of(stored)).toBe(form.of(wanted));
  });

  it.each([
    [
      "current_setting('cordon.role', true) = 'member'",
      "current_setting('cordon.role':::STRING, true) = 'admin':::STRING",
    ],
    [
      "current_setting('cordon.role', true) = 'member'",
      "current_setting('cordon.rule':::STRING, true) = 'member':::STRING",
    ],
    ['a = 1 AND b = 2', '(a = 1:::INT8) OR (b = 2:::INT8)'],
    ['a = 1 AND (b = 2 OR c = 3)', '((a = 1:::INT8) AND (b = 2:::INT8)) OR (c = 3:::INT8)'],
    ['a = 1', 'a >= 1:::INT8'],
    ['a = b', 'a::VARCHAR(1) = b'],
    ['false', 'true'],
    [`"cordon"."in_t_id_1"("a")`, `other.in_t_id_1(a)`],
    ["a = 'x'", 'a = x'],
    ['a = 1', 'not readable at all ('],
  ])('%s and %s differ', (wanted, stored) => {
    expect(form.of(stored)).not.toBe(form.of(wanted));
  });
});

describe('a CockroachDB database, from the documentation', () => {
  /** As it would keep the policies: constants annotated, types in capitals. */
  const decorated = (text: string): string =>
    text
      .replace(/'(?:[^']|'')*'/g, '$&:::STRING')
      .replaceAll('"', '')
      .replaceAll('::uuid', '::UUID');

  async function plan(): Promise<RlsPlan> {
    const database = await startPglite();
    await loadShop(database);
    const catalog = await loadCatalog((sql) => database.query(sql), { searchPath: ['public'] });
    await database.stop();
    const { policy } = loadPolicy(readFileSync(demoFile('cordon.yaml'), 'utf8'));
    if (policy === undefined) throw new Error('the policy of the demo has mistakes');
    const version = readTargetVersion('cockroachdb', '25.4.7');
    return compileRls(policy, catalog, {
      version,
      appRoles: ['app'],
      reader: 'cordon_reader',
      columns: 'grants',
    });
  }

  function holding(wanted: RlsPlan): LiveState {
    const text = (condition: Parameters<typeof inline>[0] | undefined) =>
      condition === undefined ? undefined : decorated(inline(condition));
    return {
      tables: new Map(wanted.tables.map(({ key }) => [key, { enabled: true, forced: true, owner: 'root' }])),
      policies: wanted.tables.flatMap(({ key, policies }) =>
        policies.map(({ name, restrictive, command, roles, using, check }) => ({
          table: key,
          name,
          restrictive,
          command,
          roles,
          using: text(using),
          check: text(check),
        })),
      ),
      grants: wanted.tables.flatMap(({ key, grants }) =>
        grants.map(({ role, privilege }) => ({ table: key, role, privilege, column: undefined })),
      ),
      schemaGrants: [],
      functions: new Map(
        wanted.functions.map(({ name, body, definer }) => [
          name,
          { parameters: '', body, definer, owner: 'root' },
        ]),
      ),
      views: new Map(),
      roles: new Map([['app', { superuser: false, bypasses: false }]]),
      groups: new Map(),
    };
  }

  it('that holds what is wanted has no difference, and one that was changed is mended', {
    timeout: 120_000,
  }, async () => {
    const wanted = await plan();
    const live = holding(wanted);
    const compared = (state: LiveState) =>
      compareRls(wanted, form.live(state), form.wanted(wanted)).flatMap(({ statements }) => statements);
    expect(compared(live)).toEqual([]);

    const widened = live.policies.map((policy) =>
      policy.name === 'cordon_orders_1_select' ? { ...policy, using: 'true' } : policy,
    );
    expect(compared({ ...live, policies: widened })).toEqual([
      expect.stringMatching(/^ALTER POLICY "cordon_orders_1_select" ON "public"."orders" TO "app"/),
    ]);

    const missing = live.policies.filter(
      ({ name, table }) => !(name === 'cordon_only_delete' && table === relationKey('public', 'orders')),
    );
    expect(compared({ ...live, policies: missing })).toEqual([
      'CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."orders" AS RESTRICTIVE FOR DELETE TO "app" USING (false);',
      expect.stringMatching(/^ALTER POLICY "cordon_only_delete" ON "public"."orders" TO "app"/),
    ]);

    const dangerous = [
      ...live.grants,
      { table: relationKey('public', 'orders'), role: 'app', privilege: 'CHANGEFEED', column: undefined },
    ];
    expect(compared({ ...live, grants: dangerous })).toEqual([
      'REVOKE CHANGEFEED ON TABLE "public"."orders" FROM "app";',
    ]);
  });
});
