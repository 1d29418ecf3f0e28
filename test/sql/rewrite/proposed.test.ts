/**
 * A value that decides whether a row may be written is judged before the row is stored: the answer is the same whether or not a
 * row of somebody else has that key.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../../src/catalog/index.ts';
import { createGuard, type GuardSession } from '../../../src/guard/guard.ts';
import { loadPolicy, type Principal, principalOf } from '../../../src/policy/index.ts';
import { createParser } from '../../../src/sql/index.ts';
import { type PgliteDatabase, startPglite } from '../../databases/index.ts';

/** Seven owns slot 1 and document 1, which eight may see; slot 5 and document 2 are of eight alone, with a page 3 and a share. */
const SCHEMA = `
CREATE TABLE slots (owner int NOT NULL, slot int, note text, at date, PRIMARY KEY (owner, slot));
CREATE TABLE docs (id int PRIMARY KEY, owner int, title varchar(5));
CREATE TABLE shares (doc int REFERENCES docs, person bigint, PRIMARY KEY (doc, person));
CREATE TABLE pages (id int PRIMARY KEY, owner int, doc int REFERENCES docs, number int, UNIQUE (doc, number));
CREATE TABLE names (owner varchar(8), name text, secret int);
CREATE UNIQUE INDEX ON names (owner, lower(name));
CREATE TABLE odd (id int PRIMARY KEY, owner int, n int, secret int);
INSERT INTO slots VALUES (7, 1), (8, 5);
INSERT INTO docs VALUES (1, 7), (2, 8);
INSERT INTO shares VALUES (1, 8), (2, 8);
INSERT INTO pages VALUES (1, 7, 1, 1), (2, 8, 2, 3);
INSERT INTO names VALUES ('7', 'a', 1), ('8', 'B', 1);
INSERT INTO odd VALUES (1, 7, 0, 5);`;

const own = {
  for: 'member',
  rows: 'owner = :user',
  read: 'all',
  write: ['doc', 'number', 'name'],
  insert: 'all',
};
const POLICY = {
  version: 1,
  identity: {
    token: { issuer: 'shop', audience: 'cordon', algorithms: ['HS256'], secretEnv: 'CORDON_TOKEN_SECRET' },
    claims: { user: { from: 'sub', type: 'int' }, name: { from: 'name', type: 'text' } },
    roles: { from: 'role', default: 'member' },
  },
  relations: {
    slots: { rules: [{ ...own, write: ['owner', 'slot', 'note'] }] },
    docs: { rules: [own] },
    shares: { rules: [{ for: 'member', rows: 'doc in docs', read: 'all', write: 'all', insert: 'all' }] },
    pages: { rules: [own] },
    names: { rules: [{ ...own, rows: 'owner = :name' }] },
    odd: {
      columns: { secret: 'secret' },
      rules: [
        { for: 'member', rows: 'owner = :user', read: ['id', 'owner', 'n'], write: ['n'] },
        {
          for: 'member',
          rows: 'none',
          insert: ['id', 'owner', 'n', 'secret'],
          check: 'owner = :user and secret < 3',
        },
      ],
    },
  },
};

/** Each with a key that a row of somebody else has, and with one that is free. */
const FOREIGN: readonly (readonly [string, string, string])[] = [
  ['a literal', 'INSERT INTO slots VALUES (8, ?)', '5 6'],
  ['a text', "INSERT INTO slots (slot, owner) VALUES (?, '8')", '5 6'],
  ['a number that is rounded', 'INSERT INTO slots VALUES (7.6, ?)', '5 6'],
  ['an expression', 'INSERT INTO slots VALUES (4 + 4, ?)', '5 6'],
  ['a sub-select', 'INSERT INTO slots VALUES ((SELECT 8), ?)', '5 6'],
  ['one of several rows', 'INSERT INTO slots VALUES (7, 2), (8, ?)', '5 6'],
  ['one of several rows, as texts', "INSERT INTO slots VALUES ('7', 2), ('8', ?)", '5 6'],
  ['one of several rows, beside a default', 'INSERT INTO slots VALUES (7, DEFAULT), (8, ?)', '5 6'],
  ['one of several rows that a membership asks for', 'INSERT INTO shares VALUES (1, 3), (2, ?)', '8 9'],
  ['one of several rows of several types', 'INSERT INTO slots VALUES (7, 2.0), (8.0, ?)', '5 6'],
  ['a query', 'INSERT INTO slots SELECT 8, ?', '5 6'],
  ['a query of rows', 'INSERT INTO slots SELECT owner + 1, slot + ? FROM slots', '4 5'],
  ['a set operation', 'INSERT INTO slots SELECT 7, 9 UNION ALL SELECT 8, ?', '5 6'],
  ['rows by a function', 'INSERT INTO slots SELECT generate_series(8, 8), ?', '5 6'],
  ['values in an order', 'INSERT INTO slots VALUES (8, ?) ORDER BY 1', '5 6'],
  ['a common table expression', 'INSERT INTO slots WITH x AS (SELECT 8 AS o) SELECT o, ? FROM x', '5 6'],
  ['a conflict that does nothing', 'INSERT INTO slots VALUES (8, ?) ON CONFLICT DO NOTHING', '5 6'],
  ['an UPDATE', 'UPDATE slots SET owner = 8, slot = ?', '5 6'],
  ['an UPDATE of several', 'UPDATE slots SET (owner, slot) = ROW (8, ?)', '5 6'],
  [
    'a conflict',
    'INSERT INTO slots VALUES (7, 1) ON CONFLICT (owner, slot) DO UPDATE SET owner = 8, slot = ?',
    '5 6',
  ],
  ['a key that a membership asks for', 'INSERT INTO shares VALUES (2, ?)', '8 9'],
  ['the same of a query', 'INSERT INTO shares SELECT 2, ?', '8 9'],
  ['a key that is referred to', 'INSERT INTO pages VALUES (9, 7, 2, ?)', '3 4'],
  ['a key that is changed', 'UPDATE pages SET doc = 2, number = ?', '3 4'],
  ['an index of expressions', "INSERT INTO names VALUES ('8', ?)", "'b' 'c'"],
];

describe('what a statement gives for a key', () => {
  let database: PgliteDatabase;
  let session: GuardSession;
  let caller: Principal;
  beforeAll(async () => {
    database = await startPglite();
    await database.run(SCHEMA);
    const { policy, mistakes } = loadPolicy(POLICY);
    if (policy === undefined) throw new Error(JSON.stringify(mistakes));
    const catalog = await loadCatalog((sql) => database.query(sql));
    session = createGuard({ policy, catalog, parser: await createParser() }).session();
    caller = principalOf(policy, { sub: 7, name: '7', role: 'member' });
  }, 60_000);
  afterAll(() => database.stop());

  function rewritten(sql: string): string {
    const judged = session.judgeQuery(sql, caller);
    if (judged.kind === 'denied') throw judged.error;
    return judged.statements.map((statement) => statement.textFor(caller)).join(';');
  }

  async function answer(sql: string): Promise<string> {
    await database.run('BEGIN');
    try {
      await database.query(rewritten(sql));
      return 'stored';
    } catch (error) {
      return (error as Error).message.includes('cordon:new-row') ? 'refused' : (error as Error).message;
    } finally {
      await database.run('ROLLBACK');
    }
  }

  it.each(FOREIGN)('as %s is refused alike, taken or free', async (_, sql, keys) => {
    for (const key of keys.split(' ')) expect(await answer(sql.replace('?', key))).toBe('refused');
  });

  it.each([
    'INSERT INTO slots VALUES (7, 5)',
    "INSERT INTO slots VALUES ('7', 5), (7, 6), (7.2, 7)",
    'INSERT INTO slots (slot) VALUES (5)',
    "INSERT INTO slots VALUES (7, 5, 'a', '2024-01-01'), ('7', 6, NULL, NULL), (7, '8', 'b', NULL) RETURNING note",
    "INSERT INTO names VALUES ('7', 'b', 1), ('7', 'c', NULL)",
    "INSERT INTO names VALUES ('7', 1, 1), ('7', 'c', NULL)",
    'INSERT INTO shares VALUES (1, 9), (1, 10) ON CONFLICT DO NOTHING',
    'INSERT INTO slots VALUES (DEFAULT, 5), (7, 6)',
    "INSERT INTO slots (slot, owner, note, at) SELECT 5, '7', 'x', '2024-01-01'",
    'INSERT INTO slots (slot, owner, at) SELECT slot + 5, owner, NULL FROM slots ORDER BY 1 LIMIT 3',
    'INSERT INTO slots SELECT owner, max(slot) + 1 FROM slots GROUP BY owner RETURNING note',
    'INSERT INTO slots SELECT * FROM (VALUES (7, 8)) AS v',
    'INSERT INTO shares VALUES (1, 9)',
    'INSERT INTO pages (id, doc, number) VALUES (9, 1, 2), (10, NULL, 2)',
    'UPDATE slots SET owner = owner, slot = 5',
    'UPDATE slots SET (owner, slot) = ROW (7, 9)',
    "INSERT INTO names VALUES ('7', 'b') RETURNING *",
    "INSERT INTO slots VALUES (7, 1) ON CONFLICT (owner, slot) DO UPDATE SET owner = excluded.owner, note = 'x'",
  ])("in the caller's own name is stored: %s", async (sql) => {
    expect(await answer(sql)).toBe('stored');
  });

  it('a parameter keeps the type of its column', async () => {
    for (const sql of [
      'INSERT INTO shares VALUES ($1, $2)',
      'INSERT INTO shares VALUES ($1, $2), (1, 3)',
      'INSERT INTO shares SELECT $1, $2',
    ]) {
      const judged = session.judgeStatement(sql, caller);
      if (judged.kind === 'denied') throw judged.error;
      const [statement] = judged.statements;
      await database.run(`PREPARE p AS ${statement?.preparedText ?? ''}`);
      const [row] = await database.query(
        "SELECT parameter_types[1:2]::text AS types FROM pg_prepared_statements WHERE name = 'p'",
      );
      await database.run('DEALLOCATE p');
      expect(row?.types).toBe('{integer,bigint}');
    }
  });

  it('several columns from a sub-select are refused where one of them is of such a key', () => {
    const sql = 'UPDATE slots SET (owner, slot) = (SELECT 8, 5)';
    expect(() => rewritten(sql)).toThrow(/from a sub-select of several/);
  });

  it('after DO UPDATE the check of a new row looks at no hidden column of the row in the way', async () => {
    const sql = 'INSERT INTO odd (id, n, secret) VALUES (?, 1, 1)';
    expect(() => rewritten(`${sql.replace('?', '1')} ON CONFLICT (id) DO UPDATE SET n = 2`)).toThrow(
      /by hidden columns/,
    );
    expect(await answer(sql.replace('?', '2'))).toBe('stored');
    expect(await answer(`${sql.replace('?', '1')} ON CONFLICT (id) DO NOTHING`)).toBe('stored');
  });
});
