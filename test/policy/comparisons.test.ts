import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, loadCatalog } from '../../src/catalog/index.ts';
import { createGuard } from '../../src/guard/guard.ts';
import { checkPolicy, type LoadedPolicy, principalOf } from '../../src/policy/index.ts';
import { createParser, type Parser } from '../../src/sql/index.ts';
import { type PgliteDatabase, startPglite } from '../databases/index.ts';
import { load, policyWith } from './policies.ts';

const COLUMNS = [
  'i2',
  'i4',
  'i8',
  'num',
  'f4',
  'f8',
  'txt',
  'vc',
  'bp',
  'id',
  'ok',
  'st',
  'd',
  'ts',
  'tz',
  'by',
  'js',
  'dom',
  'ip',
];
const CLAIMS = [':user', ':tenant', ':big', ':plan', ':staff'];
const LITERALS = ["'open'", "'x'", "'a11ce000-0000-4000-8000-000000000001'", '7', '-0.5', 'true'];
const PAYLOAD = {
  sub: 'a11ce000-0000-4000-8000-000000000001',
  tenant: 2147483647,
  big: '9223372036854775807',
  plan: 'no label',
  staff: true,
};

describe('every comparison that a policy may make', () => {
  let database: PgliteDatabase;
  let catalog: Catalog;
  let parser: Parser;
  beforeAll(async () => {
    database = await startPglite();
    await database.run(`CREATE TYPE state AS ENUM ('open', 'closed');
      CREATE DOMAIN short AS text CHECK (length(VALUE) < 10);
      CREATE TABLE things (key int4 PRIMARY KEY, i2 int2, i4 int4, i8 int8, num numeric, f4 float4, f8 float8, txt text,
        vc varchar(9), bp char(4), id uuid, ok bool, st state, d date, ts timestamp, tz timestamptz, by bytea, js jsonb,
        dom short, ip inet);
      INSERT INTO things VALUES
        (1, 32767, 2147483647, 9223372036854775807, 'NaN', 'Infinity', '1e308', 'no label', 'x', 'x',
         'a11ce000-0000-4000-8000-000000000001', true, 'open', 'infinity', '-infinity', 'infinity', '\\x00', '{}', 'x', '::1'),
        (2, -32768, -2147483648, -9223372036854775808, 1e-300, 1e-38, 'NaN', '', '', '', NULL, false, 'closed',
         '4714-11-24 BC', '2030-01-01', '2030-01-01', '', '[]', '', '0.0.0.0/0');
      INSERT INTO things (key) VALUES (3)`);
    catalog = await loadCatalog((sql) => database.query(sql));
    parser = await createParser();
  });
  afterAll(async () => {
    await database.stop();
  });

  /** The number of rows, or what the database says; undefined where the policy is refused. */
  async function run(rows: string): Promise<string | undefined> {
    const rules = [{ for: 'member', rows, read: 'all' as const }];
    const policy = load(policyWith({ things: { rules } }));
    if (checkPolicy(policy, catalog).length > 0) return undefined;
    return count(policy);
  }

  async function count(policy: LoadedPolicy): Promise<string> {
    const session = createGuard({ policy, catalog, parser }).session();
    const principal = principalOf(policy, PAYLOAD);
    const judged = session.judgeQuery('SELECT count(*) FROM things', principal);
    if (judged.kind === 'denied') return judged.error.message;
    const text = judged.statements[0]?.textFor(principal) ?? '';
    return database.query(text).then(
      ([row]) => String(row?.count),
      (error: unknown) => `${text}: ${String(error)}`,
    );
  }

  /** Those that are accepted and do not run. */
  async function failing(
    predicates: readonly string[],
  ): Promise<{ accepted: number; failed: readonly string[] }> {
    const failed: string[] = [];
    let accepted = 0;
    for (const rows of predicates) {
      const answer = await run(rows);
      if (answer === undefined) continue;
      accepted += 1;
      if (!/^\d+$/.test(answer)) failed.push(`${rows} → ${answer}`);
    }
    return { accepted, failed };
  }

  it.each([['='], ['<>'], ['<']])('runs without an error: %s', async (op) => {
    const operands = [...COLUMNS, ...CLAIMS, ...LITERALS];
    const { accepted, failed } = await failing(
      COLUMNS.flatMap((column) => operands.map((operand) => `${column} ${op} ${operand}`)),
    );
    expect(failed).toEqual([]);
    expect(accepted).toBeGreaterThan(70);
  });

  it('runs without an error: in a list, with a claim on either side, and null', async () => {
    const { accepted, failed } = await failing([
      ...COLUMNS.flatMap((column) =>
        [...CLAIMS, ...LITERALS].map((item) => `${item} in (${column}, ${item})`),
      ),
      ...COLUMNS.flatMap((column) => CLAIMS.map((claim) => `not ${column} in (${column}, ${claim})`)),
      ...COLUMNS.map((column) => `${column} is not null`),
      ...CLAIMS.flatMap((left) => [...CLAIMS, ...LITERALS].map((right) => `ok = true or ${left} = ${right}`)),
    ]);
    expect(failed).toEqual([]);
    expect(accepted).toBeGreaterThan(50);
  });

  it('runs without an error: in another relation', async () => {
    await database.run('CREATE TABLE others AS SELECT * FROM things');
    catalog = await loadCatalog((sql) => database.query(sql));
    const others = { rules: [{ for: 'member', rows: 'all', read: 'all' as const }] };
    let accepted = 0;
    for (const left of COLUMNS)
      for (const right of COLUMNS) {
        const rules = [{ for: 'member', rows: `not ${left} in others.${right}`, read: 'all' as const }];
        const policy = load(policyWith({ things: { rules }, others }));
        if (checkPolicy(policy, catalog).length > 0) continue;
        accepted += 1;
        expect(`${left} in ${right}: ${await count(policy)}`).toMatch(/: \d+$/);
      }
    expect(accepted).toBeGreaterThan(25);
  });
});
