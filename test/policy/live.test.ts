import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, loadCatalog } from '../../src/catalog/index.ts';
import { buildAccess, checkPolicy, type RuleDocument } from '../../src/policy/index.ts';
import { demoFile, loadShop, type PgliteDatabase, startPglite } from '../databases/index.ts';
import { load, policyWith } from './policies.ts';

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

async function catalogOf(database: PgliteDatabase): Promise<Catalog> {
  return loadCatalog(async (sql) => database.query(sql), { searchPath: ['public'] });
}

describe('on an embedded database', () => {
  let shop: PgliteDatabase;
  let demo: PgliteDatabase;
  beforeAll(async () => {
    [shop, demo] = await Promise.all([startPglite(), startPglite()]);
    await shop.run(file('../worlds/shop.sql'));
    await loadShop(demo);
  });
  afterAll(async () => {
    await Promise.all([shop.stop(), demo.stop()]);
  });

  it('the policies of the demo and of the attacks have no mistakes', async () => {
    expect(checkPolicy(load(file('../worlds/cordon.yaml')), await catalogOf(shop))).toEqual([]);
    expect(checkPolicy(load(readFileSync(demoFile('cordon.yaml'), 'utf8')), await catalogOf(demo))).toEqual(
      [],
    );
  });

  it('types, kinds and keys are what the database says', async () => {
    await demo.run(`CREATE TYPE status AS ENUM ('open', 'closed');
      CREATE DOMAIN mail AS text;
      CREATE TABLE tickets (id int8 PRIMARY KEY, state status, short char(3), address mail, code varchar(9) UNIQUE);
      CREATE VIEW open_tickets AS SELECT id FROM tickets;
      CREATE TABLE events (id int4, at date) PARTITION BY RANGE (at);
      CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01')`);
    const catalog = await catalogOf(demo);
    const codes = (rule: RuleDocument) =>
      checkPolicy(load(policyWith({ tickets: { rules: [rule] } })), catalog).map((mistake) => mistake.code);
    const rows = (text: string) => codes({ for: 'member', rows: text, read: 'all' });
    expect(rows("state in ('open', 'closed') and short = 'abc' and id = :tenant and code = :plan")).toEqual(
      [],
    );
    expect(rows("state = 'opne'")).toEqual(['TYPE_MISMATCH']);
    expect(rows('address = :plan')).toEqual(['TYPE_UNSAFE']);
    expect(codes({ for: 'anonymous', lookup: 'code', read: ['id'] })).toEqual([]);
    expect(codes({ for: 'anonymous', lookup: 'short', read: ['id'] })).toEqual(['LOOKUP_NOT_UNIQUE']);
    const star = load(policyWith({ '*': { rules: [{ for: 'member', rows: 'all', read: 'all' }] } }));
    const covered = [...buildAccess(star, catalog).covered('member')].map((key) => key.split('\u0000')[1]);
    expect(covered).toContain('events');
    expect(covered).not.toContain('events_2030');
    expect(covered).not.toContain('open_tickets');
  });
});
