/**
 * The region boundary, as rewritten for CockroachDB and run on Postgres, where an enum of the same name stands in for the region
 * type (not run on a CockroachDB server).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import { loadPolicy, type Principal } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { describeDatabases, type TextRow } from '../databases/index.ts';
import { blocks } from '../docs/markdown.ts';

const GUIDE = 'docs/guide/multi-region.md';
const fileOf = (name: string): string =>
  blocks(GUIDE).find(({ marks }) => marks.includes(`file=${name}`))?.text ?? '';

const ADA = '00000000-0000-4000-8000-00000000000a';
const BEA = '00000000-0000-4000-8000-00000000000b';
const ROWS = `
INSERT INTO customers (id, crdb_region, tenant_id, name, email) VALUES
  ('${ADA}', 'eu-west-1', 7, 'Ada', 'ada'), ('${BEA}', 'us-east-1', 7, 'Bea', 'bea');
INSERT INTO orders (crdb_region, tenant_id, customer_id, amount) VALUES
  ('eu-west-1', 7, '${ADA}', 1), ('us-east-1', 7, '${BEA}', 2), ('eu-west-1', 8, '${ADA}', 4);`;

function from(region: string): Principal {
  const claims = new Map([
    ['tenant', '7'],
    ['region', region],
  ]);
  return { role: 'member', claims, fingerprint: region, expiresAtMs: undefined };
}

describeDatabases('the region boundary', (database) => {
  let guard: Guard;
  beforeAll(async () => {
    await database().run(`${fileOf('multi-region.sql')}${ROWS}`);
    const { policy } = loadPolicy(fileOf('multi-region.yaml'));
    if (policy === undefined) throw new Error('the policy of the guide has mistakes');
    const catalog = await loadCatalog((text) => database().query(text), { dialect: 'cockroachdb' });
    guard = createGuard({ policy, catalog, parser: await createParser() });
  });

  /** Rows, or the code of a refusal; what is changed is undone. */
  async function ask(sql: string, region = 'eu-west-1'): Promise<readonly TextRow[] | string> {
    const judged = guard.session().judgeQuery(sql, from(region));
    if (judged.kind === 'denied') return judged.error.code;
    await database().query('BEGIN');
    try {
      let rows: readonly TextRow[] = [];
      for (const statement of judged.statements) {
        const answer = await database().query(statement.textFor(from(region)));
        rows = statement.discardRows ? [] : answer;
      }
      return rows;
    } catch (cause) {
      return String((cause as { code?: unknown }).code);
    } finally {
      await database().query('ROLLBACK');
    }
  }

  it('shows the rows of the caller’s region, and of no other', async () => {
    expect(await ask('SELECT amount FROM orders ORDER BY amount')).toEqual([{ amount: '1' }]);
    expect(await ask('SELECT amount FROM orders ORDER BY amount', 'us-east-1')).toEqual([{ amount: '2' }]);
    expect(await ask('SELECT amount FROM orders', 'ap-southeast-1')).toEqual([]);
  });

  it('a region that does not exist has no rows, raises no error in a read, and takes no row', async () => {
    for (const region of ['mars', '', "eu-west-1'; --"]) {
      expect(await ask('SELECT amount FROM orders', region)).toEqual([]);
      expect(await ask('DELETE FROM orders', region)).toEqual([]);
      expect(await ask("INSERT INTO customers (name, email) VALUES ('x', 'x')", region)).toMatch(
        /^(22P02|23502)$/,
      );
    }
  });

  it('the column stands bare in the condition, so that a partition can be found by it', () => {
    const judged = guard.session().judgeQuery('SELECT amount FROM orders', from('eu-west-1'));
    const sent = judged.kind === 'allowed' ? (judged.statements[0]?.textFor(from('eu-west-1')) ?? '') : '';
    expect(sent).toContain(
      `("orders"."crdb_region" = CASE CAST('eu-west-1' AS "text") WHEN 'eu-west-1' THEN CAST('eu-west-1' AS`,
    );
    expect(sent).not.toMatch(/CAST\("orders"\."crdb_region"/);
  });

  it('a new row gets the caller’s region, and may be given no other', async () => {
    const insert = (columns: string, values: string, region?: string) =>
      ask(
        `INSERT INTO customers (name, email${columns}) VALUES ('x', 'x'${values}) RETURNING crdb_region`,
        region,
      );
    expect(await insert('', '')).toEqual([{ crdb_region: 'eu-west-1' }]);
    expect(await insert('', '', 'us-east-1')).toEqual([{ crdb_region: 'us-east-1' }]);
    expect(await insert(', crdb_region', ", 'eu-west-1'")).toEqual([{ crdb_region: 'eu-west-1' }]);
    expect(await insert(', crdb_region', ', DEFAULT')).toEqual([{ crdb_region: 'eu-west-1' }]);
    for (const given of ["'us-east-1'", "(SELECT 'us-east-1'::crdb_internal_region)", 'NULL'])
      expect(await insert(', crdb_region', `, ${given}`)).not.toBeInstanceOf(Array);
  });

  it('a reference to a row of another region is refused as one to a row that is not there', async () => {
    const order = (customer: string) =>
      ask(`INSERT INTO orders (customer_id, amount) VALUES ('${customer}', 3) RETURNING amount`);
    expect(await order(ADA)).toEqual([{ amount: '3' }]);
    expect(await order(BEA)).toBe(await order('00000000-0000-4000-8000-00000000000c'));
    expect(await order(BEA)).not.toBeInstanceOf(Array);
  });

  it('no statement moves a row, or reaches one that is elsewhere', async () => {
    for (const sql of [
      "UPDATE orders SET crdb_region = 'us-east-1'",
      'UPDATE orders SET crdb_region = DEFAULT, amount = 9',
      `UPSERT INTO customers (id, name, email, crdb_region) VALUES ('${ADA}', 'x', 'x', 'us-east-1')`,
    ])
      expect(await ask(sql), sql).not.toBeInstanceOf(Array);
    expect(await ask('UPDATE orders SET amount = 9 RETURNING amount')).toEqual([{ amount: '9' }]);
    expect(await ask(`UPDATE customers SET name = 'x' WHERE id = '${BEA}' RETURNING name`)).toEqual([]);
    expect(await ask(`DELETE FROM orders WHERE customer_id = '${BEA}' RETURNING amount`)).toEqual([]);
  });

  it('UPSERT over the key of a row elsewhere neither changes it nor tells of it', async () => {
    const upsert = (id: string) =>
      ask(`UPSERT INTO customers (id, name, email) VALUES ('${id}', 'x', 'x') RETURNING id`);
    expect(await upsert(ADA)).toEqual([{ id: ADA }]);
    expect(await upsert(BEA)).not.toBeInstanceOf(Array);
    expect(await database().query(`SELECT name FROM customers WHERE id = '${BEA}'`)).toEqual([
      { name: 'Bea' },
    ]);
  });
});

describe('the guide', () => {
  it('holds the policy and the schema that are tested here', () => {
    expect(fileOf('multi-region.yaml')).toContain('crdb_region = :region');
    expect(fileOf('multi-region.sql')).toContain('crdb_internal_region AS ENUM');
  });
});
