/**
 * A rule that follows another relation is printed as an array of keys, as a probe for one key, or not at all. Whichever it is, the same
 * rows come: keys that are NULL, followed rows without a key, and rows of others among them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../../src/catalog/index.ts';
import { createGuard, type GuardSession } from '../../../src/guard/guard.ts';
import { loadPolicy, type Principal, principalOf } from '../../../src/policy/index.ts';
import { createParser } from '../../../src/sql/index.ts';
import { type PgliteDatabase, startPglite } from '../../databases/index.ts';

/** Seven sees documents 1 and 3, by way of team 1; notes 1, 2, 5 point at them, and note 6 is about no document. */
const SCHEMA = `
CREATE TABLE members (person int NOT NULL, team int NOT NULL, PRIMARY KEY (person, team));
CREATE TABLE docs (id int PRIMARY KEY, code int UNIQUE, team int);
CREATE TABLE notes (id int PRIMARY KEY, doc int, code int, size int NOT NULL);
INSERT INTO members VALUES (7, 1), (8, 2);
INSERT INTO docs VALUES (1, 10, 1), (2, 20, 2), (3, NULL, 1), (4, 40, NULL);
INSERT INTO notes VALUES (1, 1, 10, 1), (2, 3, NULL, 1), (3, 2, 20, 0), (4, 4, 40, 0), (5, 1, 10, 1), (6, NULL, NULL, 0);`;

const ALL = ['member', 'coder', 'stranger'];

const POLICY = {
  version: 1,
  identity: {
    token: { issuer: 'shop', audience: 'cordon', algorithms: ['HS256'], secretEnv: 'CORDON_TOKEN_SECRET' },
    claims: { user: { from: 'sub', type: 'int' } },
    roles: { from: 'role', default: 'member' },
  },
  relations: {
    members: { rules: [{ for: ALL, rows: 'person = :user', read: 'all' }] },
    docs: { rules: [{ for: ALL, rows: 'team in members.team', read: 'all' }] },
    notes: {
      rules: [
        {
          for: 'member',
          rows: 'doc in docs',
          read: 'all',
          write: ['size', 'doc'],
          insert: 'all',
          delete: true,
        },
        { for: 'coder', rows: 'code in docs.code', read: 'all' },
        { for: 'stranger', rows: 'not doc in docs', read: 'all' },
      ],
    },
  },
};

/** How the condition on notes is printed. */
const FORMS = {
  array: /= ANY \(ARRAY\(SELECT "cordon \d+"\."(id|code)"/,
  probe: /CASE WHEN EXISTS/,
  none: undefined,
} as const;

describe('memberships, whatever form they take,', () => {
  let database: PgliteDatabase;
  let session: GuardSession;
  let policy: NonNullable<ReturnType<typeof loadPolicy>['policy']>;
  beforeAll(async () => {
    database = await startPglite();
    await database.run(SCHEMA);
    const loaded = loadPolicy(POLICY);
    if (loaded.policy === undefined) throw new Error(JSON.stringify(loaded.mistakes));
    ({ policy } = loaded);
    const catalog = await loadCatalog((sql) => database.query(sql));
    session = createGuard({ policy, catalog, parser: await createParser() }).session();
  }, 60_000);
  afterAll(() => database.stop());

  const caller = (role: string): Principal => principalOf(policy, { sub: 7, role });

  function rewritten(sql: string, role: string): string {
    const judged = session.judgeQuery(sql, caller(role));
    if (judged.kind === 'denied') throw judged.error;
    return judged.statements.map((statement) => statement.textFor(caller(role))).join(';');
  }

  const idsOf = async (text: string): Promise<number[]> =>
    (await database.query(text)).map(({ id }) => Number(id)).sort((a, b) => a - b);

  it.each([
    ['SELECT id FROM notes', 'array', [1, 2, 5]],
    ['SELECT id FROM notes ORDER BY id LIMIT 10', 'probe', [1, 2, 5]],
    ['SELECT id FROM notes WHERE id = 3 OR id = 1', 'array', [1]],
    ['SELECT id FROM notes WHERE id = 3', 'probe', []],
    ['SELECT id FROM notes WHERE id = 6', 'probe', []],
    ['SELECT id FROM notes WHERE doc = 1', 'probe', [1, 5]],
    ['SELECT n.id FROM notes n JOIN docs d ON d.id = n.doc', 'none', [1, 2, 5]],
    ['SELECT n.id FROM docs d LEFT JOIN notes n ON d.id = n.doc WHERE n.size = 1', 'none', [1, 2, 5]],
    ['SELECT n.id FROM notes n LEFT JOIN docs d ON d.id = n.doc', 'probe', [1, 2, 5]],
    ['SELECT n.id FROM notes n JOIN docs d ON d.id = n.doc WHERE 1 / n.size > 0', 'probe', [1, 2, 5]],
    ['SELECT id FROM notes WHERE 1 / size > 0', 'array', [1, 2, 5]],
    ['SELECT id FROM notes WHERE id IN (SELECT n.id FROM notes n WHERE n.doc = 3)', 'array', [2]],
  ] as const)('%s takes the form %s and gives the rows of visible documents', async (sql, form, ids) => {
    const text = rewritten(sql, 'member');
    if (FORMS[form] === undefined) expect(text).not.toMatch(/EXISTS|"notes"."doc" = ANY|"n"."doc" = ANY/);
    else expect(text).toMatch(FORMS[form]);
    expect(await idsOf(text)).toEqual(ids);
  });

  it.each(['SELECT id FROM notes', 'SELECT id FROM notes ORDER BY id LIMIT 10'])(
    'a followed key that is NULL opens nothing, and neither does a column that is NULL: %s',
    async (sql) => expect(await idsOf(rewritten(sql, 'coder'))).toEqual([1, 5]),
  );

  it.each(['SELECT id FROM notes', 'SELECT id FROM notes ORDER BY id LIMIT 10'])(
    'below NOT a NULL lets nothing through: %s',
    async (sql) => expect(await idsOf(rewritten(sql, 'stranger'))).toEqual([3, 4]),
  );

  it.each([
    'SELECT #::int AS id FROM docs d GROUP BY # HAVING # >= 0',
    'SELECT #::int + 0 AS id FROM docs d GROUP BY # ORDER BY #',
    'SELECT # AS id FROM docs d GROUP BY 1 HAVING # >= 0',
    'SELECT # AS id FROM docs d GROUP BY id, d.id',
  ])('a sub-select that groups and is repeated is known again: %s', async (sql) => {
    const text = sql.replaceAll('#', '(SELECT count(*) FROM notes x WHERE x.doc = d.id)');
    expect(await idsOf(rewritten(text, 'member'))).toEqual([1, 2]);
  });

  it('a write finds and checks its rows by the probe', async () => {
    const update = rewritten('UPDATE notes SET size = 2 WHERE id = 3 RETURNING id', 'member');
    expect(update).toMatch(FORMS.probe);
    expect(await idsOf(update)).toEqual([]);
    await expect(
      idsOf(rewritten('UPDATE notes SET doc = 2 WHERE id = 1 RETURNING id', 'member')),
    ).rejects.toThrow();
    await expect(
      idsOf(rewritten('INSERT INTO notes (id, doc, size) VALUES (9, 4, 1)', 'member')),
    ).rejects.toThrow();
    await expect(idsOf(rewritten('INSERT INTO notes (id, size) VALUES (9, 1)', 'member'))).rejects.toThrow();
  });
});
