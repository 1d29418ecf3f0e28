import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cordon, scratchFile } from './run.ts';

const SCHEMA = `
  CREATE TABLE accounts (id int PRIMARY KEY, owner int NOT NULL, tenant int NOT NULL, secret_note text, balance int);
  CREATE TABLE closed (id int PRIMARY KEY);
  INSERT INTO accounts SELECT n, n % 4, n % 2, 'note ' || n, n * 10 FROM generate_series(1, 40) AS n;
`;

const POLICY = `
version: 1
identity:
  token: { issuer: x, audience: y, secretEnv: SOME_SECRET }
  claims: { user: { from: sub, type: int }, tenant: { from: org, type: int } }
boundaries: { tenant: tenant = :tenant }
relations:
  accounts:
    columns: { secret_note: secret }
    rules:
      - { for: member, rows: "owner = :user", read: [id, owner, tenant, balance], write: [balance] }
      - { for: member, rows: "balance < 50", read: [id] }
services:
  loader: { ddl: true, boundaries: false, credential: { env: LOADER_PASSWORD } }
`;

function given(): readonly string[] {
  const [policy, schema] = [scratchFile('cordon.yaml'), scratchFile('schema.sql')];
  writeFileSync(policy, POLICY);
  writeFileSync(schema, SCHEMA);
  return ['--policy', policy, '--schema', schema];
}

const ANN = '{"sub":1,"org":1}';

// Each command starts a database of its own.
describe('cordon explain', { timeout: 120_000 }, () => {
  it('A222 prints decision, reasons and the rewritten text, and no literal of the statement', async () => {
    const { code, out, err } = await cordon([
      'explain',
      '--as',
      'alice',
      "SELECT id FROM users WHERE email = 'bob@shop.test'",
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^allowed for member\n {2}select public\.users: by users#1, users#2; within tenant; hidden: /,
    );
    expect(out).toContain('WHERE ("users"."email" = _);');
    expect(out).toContain('CAST(:tenant AS "int4")');
    expect(out).not.toMatch(/bob|a11ce/);
  });

  it('a statement that is denied ends with 1, and its error repeats nothing of it', async () => {
    const { code, out, err } = await cordon([
      'explain',
      ...given(),
      '--as',
      ANN,
      "DELETE FROM accounts WHERE secret_note = 'hunter2'",
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/^denied for member/);
    expect(err.split('\n')).toHaveLength(3);
    expect(err).toMatch(/^CORDON_COMMAND_DENIED\n/);
    expect(out + err).not.toContain('hunter2');
  });

  it('tells the operator whether a relation is missing or closed', async () => {
    const { out } = await cordon(['explain', ...given(), '--as', ANN, 'SELECT * FROM closed, missing']);
    expect(out).toContain('public.closed exists, and no rule opens it to member');
    expect(out).toContain('no relation is called missing');
  });

  it('tells it of a statement in the dialect of CockroachDB as well', async () => {
    const sql = "SELECT * FROM missing@idx WHERE a = b'x'";
    const { out } = await cordon(['explain', ...given(), '--dialect', 'cockroachdb', '--as', ANN, sql]);
    expect(out).toContain('no relation is called missing');
  });

  it('--run answers why it is empty: rows, and what each rule and boundary removed', async () => {
    const { code, out } = await cordon([
      'explain',
      ...given(),
      '--as',
      ANN,
      '--run',
      'SELECT id FROM accounts WHERE balance > 1000',
    ]);
    expect(code).toBe(0);
    expect(out).toContain('(0 rows)');
    expect(out).toContain(
      [
        'public.accounts: 40 rows, of which 11 reach the caller',
        '  rule accounts#1 lets 10 through',
        '  rule accounts#2 lets 2 through',
        '  boundary tenant removes 20',
      ].join('\n'),
    );
  });

  it('--run changes nothing: what a statement writes is undone', async () => {
    const changing = 'UPDATE accounts SET balance = 7 WHERE id = 1 RETURNING id, balance';
    const { out } = await cordon(['explain', ...given(), '--as', ANN, '--run', changing]);
    expect(out).toMatch(/ 1 +\| 7\n\(1 row\)/);
    const { out: ended } = await cordon([
      'explain',
      ...given(),
      '--as',
      ANN,
      '--run',
      `${changing}; COMMIT; SELECT 1`,
    ]);
    expect(ended).toContain('allowed for member');
  });

  it('a value that a hidden column would make the database quote is in no error', async () => {
    const failing = 'SELECT CAST(balance AS text)::date FROM accounts';
    const { code, err } = await cordon(['explain', ...given(), '--as', ANN, '--run', failing]);
    expect(code).toBe(1);
    expect(err).toMatch(/^CORDON_DATABASE_ERROR \(SQLSTATE 22\w{3}\)\n/);
    expect(err.split('\n').slice(1).join(' ')).not.toMatch(/\d/);
  });

  it('--file takes a JSON statement a line and answers a JSON line each, in order', async () => {
    const input = [
      `{"sql":"SELECT balance FROM accounts WHERE id = 3","as":${ANN}}`,
      `{"sql":"SELECT balance FROM accounts WHERE id = $1","as":${ANN}}`,
      '{"sql":"SELECT * FROM closed"}',
      `{"sql":"SELECT 1","as":{"sub":"not a number","org":1}}`,
      'not JSON: hunter2',
      '{"sql":7}',
      `{"sql":"SELEKT","as":${ANN}}`,
      '{"sql":"CREATE TABLE hunter2 (id int)","as":"service:loader"}',
      `{"sql":"CREATE TABLE hunter2 (id int)","as":${ANN}}`,
      '{"sql":"SELECT 1","as":"service:nobody"}',
      '',
      `{"sql":"SELECT 1; SELECT 'hunter2'","as":"anonymous"}`,
    ];
    const { code, out, err } = await cordon(['explain', ...given(), '--file', '-'], { input });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const answers = out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers.map(({ decision, code }) => [decision, code])).toEqual([
      ['allow', null],
      ['allow', null],
      ['deny', 'CORDON_RELATION_NOT_COVERED'],
      ['deny', 'CORDON_CLAIM_INVALID'],
      ['deny', 'CORDON_USAGE'],
      ['deny', 'CORDON_USAGE'],
      ['deny', 'CORDON_SYNTAX'],
      ['allow', null],
      ['deny', 'CORDON_STATEMENT_DENIED'],
      ['deny', 'CORDON_CLAIMS_MALFORMED'],
      ['allow', null],
    ]);
    expect(answers[0]?.sql).toMatch(/WHERE \("accounts"\."id" = _\)$/);
    expect(answers[1]?.sql).toMatch(/\$1/);
    expect(answers[1]?.claims).toEqual(expect.arrayContaining(['user', 'tenant']));
    expect(answers.at(-1)?.sql).toBe('SELECT _; SELECT _');
    expect(out).not.toContain('hunter2');
  });

  it.each([
    ['neither a statement nor a file', []],
    ['both of them', ['SELECT 1', '--file', '-']],
  ])('refuses %s', async (_, more) => {
    const { code, err } = await cordon(['explain', ...given(), ...more]);
    expect(code).toBe(2);
    expect(err).toMatch(/^CORDON_USAGE\n/);
  });

  it('asks for a database where a policy is given without one', async () => {
    const { code, err } = await cordon(['explain', ...given().slice(0, 2), 'SELECT 1']);
    expect(code).toBe(2);
    expect(err).toContain('`--schema`');
  });
});
