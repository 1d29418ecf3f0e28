import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { people, peopleJson, seedSql, tables } from '../../examples/demo/shop.ts';
import { describeDatabases } from '../databases/index.ts';

const demo = (file: string) => fileURLToPath(new URL(`../../examples/demo/${file}`, import.meta.url));

describe('the shop of the demo', () => {
  it('is printed as it is generated', async () => {
    await expect(seedSql()).toMatchFileSnapshot(demo('seed.sql'));
    await expect(peopleJson()).toMatchFileSnapshot(demo('people.json'));
  });

  it('has two tenants, a dozen people and a few hundred rows', () => {
    const tenants = new Set([...people().values()].map((person) => person.claims.tenant));
    const rows = tables().reduce((sum, table) => sum + table.rows.length, 0);
    expect([tenants.size, people().size]).toEqual([2, 12]);
    expect(rows).toBeGreaterThan(300);
    expect(rows).toBeLessThan(1000);
  });
});

describeDatabases('the shop', (database) => {
  it('loads', async () => {
    await database().run(readFileSync(demo('schema.sql'), 'utf8'));
    await database().run(readFileSync(demo('seed.sql'), 'utf8'));
    for (const { name, rows } of tables()) {
      expect(await database().query(`SELECT count(*) FROM ${name}`), name).toEqual([
        { count: String(rows.length) },
      ]);
    }
  });
});
