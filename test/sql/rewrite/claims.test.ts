/** The claims that a statement brings are those that its text has a place for: a database refuses one more, or a gap between them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCatalog } from '../../../src/catalog/index.ts';
import { createGuard, type GuardSession } from '../../../src/guard/guard.ts';
import { loadPolicy, type Principal, principalOf } from '../../../src/policy/index.ts';
import { createParser } from '../../../src/sql/index.ts';
import { type PgliteDatabase, startPglite } from '../../databases/index.ts';

/** Columns that only the owner sees, whose condition no statement below reads. */
const POLICY = {
  version: 1,
  identity: {
    token: { issuer: 'shop', audience: 'cordon', algorithms: ['HS256'], secretEnv: 'CORDON_TOKEN_SECRET' },
    claims: { user: { from: 'sub', type: 'int' }, tenant: { from: 'tenant', type: 'int' } },
    roles: { from: 'role', default: 'member' },
  },
  boundaries: { tenant: 'tenant = :tenant' },
  relations: {
    notes: {
      rules: [
        { for: 'member', rows: 'owner = :user', read: 'all' },
        { for: 'member', rows: 'open = true', read: ['id'], write: ['text'], delete: true },
        { for: 'member', rows: 'none', insert: ['id', 'text'], check: 'id > 0' },
      ],
    },
  },
};

/** Each with parameters, and the same with literals. */
const STATEMENTS: readonly (readonly [string, string, readonly unknown[]])[] = [
  [
    'INSERT INTO notes (id, text) VALUES ($1, $2) RETURNING id',
    "INSERT INTO notes (id, text) VALUES (10, 'a') RETURNING id",
    [11, 'a'],
  ],
  ['UPDATE notes SET text = $1', "UPDATE notes SET text = 'b'", ['b']],
  ['DELETE FROM notes WHERE id = $1', 'DELETE FROM notes WHERE id = 1', [2]],
  ['SELECT id FROM notes WHERE id = $1', 'SELECT id FROM notes WHERE id = 1', [1]],
];

let database: PgliteDatabase;
let session: GuardSession;
let alice: Principal;

beforeAll(async () => {
  database = await startPglite();
  await database.run(
    `CREATE TABLE notes (id int PRIMARY KEY, tenant int, owner int, text text, open bool);
     INSERT INTO notes VALUES (1, 1, 2, 'x', true), (2, 1, 2, 'x', true)`,
  );
  const { policy } = loadPolicy(POLICY);
  if (policy === undefined) throw new Error('the policy does not load');
  const catalog = await loadCatalog((sql) => database.query(sql));
  session = createGuard({ policy, catalog, parser: await createParser() }).session();
  alice = principalOf(policy, { sub: '1', tenant: 1 });
});

afterAll(() => database.stop());

function judged(sql: string) {
  const answer = session.judgeQuery(sql, alice);
  const statement = answer.kind === 'allowed' ? answer.statements[0] : undefined;
  if (statement === undefined) throw new Error('the statement is denied');
  return statement;
}

it.each(STATEMENTS)('%s has a place for each claim that is bound', async (sql, _, values) => {
  const statement = judged(sql);
  const bound = [...values, ...statement.claimValues(alice)];
  await expect(database.query(statement.preparedText, bound)).resolves.toBeDefined();
});

it.each(STATEMENTS)('%s runs as EXECUTE of what PREPARE has made', async (_, sql) => {
  await database.run(judged(`PREPARE p AS ${sql}`).textFor(alice));
  await expect(database.query(judged('EXECUTE p').textFor(alice))).resolves.toBeDefined();
  await database.run(judged('DEALLOCATE p').textFor(alice));
});

it('claims are numbered in the order in which they are brought', () => {
  for (const [sql] of STATEMENTS) {
    const { preparedText, claims, parameterCount } = judged(sql);
    const places = [...preparedText.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
    const own = [...new Set(places.filter((number) => number > parameterCount))].sort((a, b) => a - b);
    expect(own).toEqual(claims.map((_, index) => parameterCount + 1 + index));
  }
});
