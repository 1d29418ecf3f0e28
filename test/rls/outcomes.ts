/**
 * What row-level security does, situation by situation. The column of CockroachDB is read from its own logic tests
 * (`row_level_security`) and documentation, not run; the one of Postgres is run; and the guard is run under the same rules,
 * written as a policy. Where columns differ, the row says why.
 */

/**
 * `ok 3`: three rows were answered or changed. `NONE`: none, and no error. `ERR`: refused, nothing written. Five characters: the
 * SQLSTATE of another error. `-`: the situation is not one of this column.
 */
export type Outcome = string;

export interface Situation {
  readonly id: string;
  readonly what: string;
  /** Run before the policies, past every guard: `t` and `app` are there. */
  readonly prepare?: string;
  /** Policies on `t` for `app`: command, USING, WITH CHECK. */
  readonly policies: readonly Policy[];
  /** The same as rules of Cordon on `t`, in YAML. */
  readonly rules: readonly string[];
  readonly statement: string;
  readonly cockroachdb: Outcome;
  /** Where it is another one than CockroachDB's. */
  readonly postgres?: Outcome;
  /** Where it is another one than CockroachDB's. */
  readonly guard?: Outcome;
  readonly why?: string;
  /** CockroachDB's words alone: read by the guard with that dialect, and not by Postgres. */
  readonly only?: 'cockroachdb';
}

export interface Policy {
  readonly command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly restrictive?: true;
  readonly using?: string;
  readonly check?: string;
}

/** Ten rows: `a` and `u` from 1 to 10, `c` as `a`, and whether it is even. */
export const FIXTURE = `
CREATE TABLE t (
  a int PRIMARY KEY, c int CHECK (c < 1000), u int UNIQUE,
  even bool GENERATED ALWAYS AS (c % 2 = 0) STORED
);
INSERT INTO t SELECT n, n, n FROM generate_series(1, 10) AS n;
CREATE TABLE parent (id int PRIMARY KEY, seen bool NOT NULL);
INSERT INTO parent VALUES (1, true), (2, false);
CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent ON DELETE CASCADE, c int);
INSERT INTO child VALUES (1, 1, 1), (2, 2, 2);
GRANT ALL ON t, parent, child TO app;`;

const S = (using: string): Policy => ({ command: 'SELECT', using });
const I = (check: string): Policy => ({ command: 'INSERT', check });
const U = (using: string, check?: string): Policy =>
  check === undefined ? { command: 'UPDATE', using } : { command: 'UPDATE', using, check };
const D = (using: string): Policy => ({ command: 'DELETE', using });
const ALL = (using?: string, check?: string): Policy => ({
  command: 'ALL',
  ...(using === undefined ? {} : { using }),
  ...(check === undefined ? {} : { check }),
});

const READ = (rows: string) => `{ for: member, rows: "${rows}", read: all }`;
const INSERT = (check: string) => `{ for: member, insert: all, check: "${check}" }`;
const UPDATE = (rows: string, check = rows) =>
  `{ for: member, rows: "${rows}", write: [a, c, u], check: "${check}" }`;
const DELETE = (rows: string) => `{ for: member, rows: "${rows}", delete: true }`;
const EVERYTHING = (rows: string, check = rows) =>
  `{ for: member, rows: "${rows}", read: all, write: [a, c, u], insert: all, delete: true, check: "${check}" }`;

const NO_RULE = 'a relation or command that no rule opens is refused by name, whatever is in it';
const CHECK_DECIDES =
  "with a check of its own a rule may let a row leave the caller's sight, as a soft delete does";
const STRICTER = 'the stricter of the two';
const SEEN_FIRST = 'a row has to be seen to be changed, whether or not the statement reads a column';
const ONE_MARKER = 'every row in the way that may not be seen or changed ends in the one error';

export const SITUATIONS: readonly Situation[] = [
  // A and B: which policies there are.
  {
    id: 'A1 select',
    what: 'no policy',
    policies: [],
    rules: [],
    statement: 'SELECT * FROM t',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'A1 update',
    what: 'no policy',
    policies: [],
    rules: [],
    statement: 'UPDATE t SET c = 1',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'A1 delete',
    what: 'no policy',
    policies: [],
    rules: [],
    statement: 'DELETE FROM t',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'A1 insert',
    what: 'no policy',
    policies: [],
    rules: [],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11)',
    cockroachdb: 'ERR',
  },
  {
    id: 'B1',
    what: 'three permissive policies, two restrictive ones',
    policies: [
      S('c = 1'),
      S('c = 2'),
      S('c = 3'),
      { command: 'SELECT', restrictive: true, using: 'a <> 1' },
      { command: 'SELECT', restrictive: true, using: 'u <> 2' },
    ],
    rules: ['{ for: member, rows: "(c = 1 or c = 2 or c = 3) and a <> 1 and u <> 2", read: all }'],
    statement: 'SELECT * FROM t',
    cockroachdb: 'ok 1',
  },
  {
    id: 'B2 select',
    what: 'restrictive policies alone',
    policies: [{ command: 'ALL', restrictive: true, using: 'true' }],
    rules: [],
    statement: 'SELECT * FROM t',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'B2 insert',
    what: 'restrictive policies alone',
    policies: [{ command: 'ALL', restrictive: true, using: 'true' }],
    rules: [],
    statement: 'INSERT INTO t (a) VALUES (11)',
    cockroachdb: 'ERR',
  },
  {
    id: 'B3',
    what: 'ALL without a check: USING is the check',
    policies: [ALL('c < 5')],
    rules: [EVERYTHING('c < 5')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11)',
    cockroachdb: 'ERR',
  },
  {
    id: 'B4',
    what: 'a check that is NULL',
    policies: [ALL('c < 5')],
    rules: [EVERYTHING('c < 5')],
    statement: 'INSERT INTO t (a, c) VALUES (11, NULL)',
    cockroachdb: 'ERR',
  },
  // C: reads.
  {
    id: 'C1',
    what: 'a policy on a computed column that is not selected',
    policies: [S('even')],
    rules: [READ('even = true')],
    statement: 'SELECT a FROM t',
    cockroachdb: 'ok 5',
  },
  {
    id: 'C2 select',
    what: 'SELECT without UPDATE policies',
    policies: [S('true')],
    rules: [READ('all')],
    statement: 'SELECT a FROM t WHERE a = 1',
    cockroachdb: 'ok 1',
  },
  {
    id: 'C2 for update',
    what: 'SELECT without UPDATE policies',
    policies: [S('true')],
    rules: [READ('all')],
    statement: 'SELECT a FROM t WHERE a = 1 FOR UPDATE',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'C2 for share',
    what: 'SELECT without UPDATE policies',
    policies: [S('true')],
    rules: [READ('all')],
    statement: 'SELECT a FROM t WHERE a = 1 FOR SHARE',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'C3',
    what: 'the table by its number',
    policies: [S('true')],
    rules: [READ('all')],
    statement: 'SELECT a FROM [104 AS t]',
    cockroachdb: 'ok 10',
    guard: '0A000',
    only: 'cockroachdb',
    why: 'numbers of tables are not read',
  },
  {
    id: 'C4',
    what: 'INSERT … SELECT from the same table',
    policies: [S('c <= 3'), I('c > 1')],
    rules: [READ('c <= 3'), INSERT('c > 1')],
    statement: 'INSERT INTO t (a, c) SELECT a + 100, c FROM t WHERE c > 1',
    cockroachdb: 'ok 2',
  },
  {
    id: 'C4 refused',
    what: 'INSERT … SELECT from the same table',
    policies: [S('c <= 3'), I('c > 1')],
    rules: [READ('c <= 3'), INSERT('c > 1')],
    statement: 'INSERT INTO t (a, c) SELECT a + 100, c FROM t',
    cockroachdb: 'ERR',
  },
  // D: inserts.
  {
    id: 'D1',
    what: 'new rows that SELECT hides, without RETURNING',
    policies: [I('c > 0'), S('even')],
    rules: [INSERT('c > 0'), READ('even = true')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11), (12, 12)',
    cockroachdb: 'ok 2',
  },
  {
    id: 'D2 hidden',
    what: 'the same with RETURNING',
    policies: [I('c > 0'), S('even')],
    rules: [INSERT('c > 0'), READ('even = true')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11), (12, 12) RETURNING c',
    cockroachdb: 'ERR',
    guard: 'ok 2',
    why: 'RETURNING shows of a new row what the caller gave, and nothing else',
  },
  {
    id: 'D2 seen',
    what: 'the same with rows that are seen',
    policies: [I('c > 0'), S('even')],
    rules: [INSERT('c > 0'), READ('even = true')],
    statement: 'INSERT INTO t (a, c) VALUES (12, 12), (14, 14) RETURNING c',
    cockroachdb: 'ok 2',
  },
  {
    id: 'D3',
    what: 'RETURNING a constant',
    policies: [I('c > 0'), S('even')],
    rules: [INSERT('c > 0'), READ('even = true')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11) RETURNING 1',
    cockroachdb: 'ok 1',
  },
  {
    id: 'D4',
    what: 'a unique key of a hidden row',
    policies: [I('true'), S('even')],
    rules: [INSERT('all'), READ('even = true')],
    statement: 'INSERT INTO t (a, c, u) VALUES (11, 11, 1)',
    cockroachdb: '23505',
  },
  {
    id: 'D5',
    what: 'a row that breaks a unique key and the policy',
    policies: [I('c > 100'), S('true')],
    rules: [INSERT('c > 100'), READ('all')],
    statement: 'INSERT INTO t (a, c, u) VALUES (11, 11, 1)',
    cockroachdb: 'ERR',
    guard: '23505',
    why: 'the check of the guard is made on the row as it is stored: which of the two errors comes tells that the key is taken, as 23505 always does',
  },
  {
    id: 'D6 policy',
    what: 'CHECK and policy, the policy fails',
    policies: [I('c > 0')],
    rules: [INSERT('c > 0')],
    statement: 'INSERT INTO t (a, c) VALUES (11, -1)',
    cockroachdb: 'ERR',
  },
  {
    id: 'D6 check',
    what: 'CHECK and policy, CHECK fails',
    policies: [I('c > 0')],
    rules: [INSERT('c > 0')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 2000)',
    cockroachdb: '23514',
  },
  {
    id: 'D7 there',
    what: 'a foreign key to a hidden parent',
    prepare: 'ALTER TABLE parent ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON parent TO app USING (seen)',
    policies: [],
    rules: [],
    statement: 'INSERT INTO child (id, parent, c) VALUES (3, 2, 3)',
    cockroachdb: 'ok 1',
    guard: 'ERR',
    why: 'a row may refer only to rows that the caller sees',
  },
  {
    id: 'D7 not there',
    what: 'a foreign key to no parent',
    prepare: 'ALTER TABLE parent ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON parent TO app USING (seen)',
    policies: [],
    rules: [],
    statement: 'INSERT INTO child (id, parent, c) VALUES (3, 7, 3)',
    cockroachdb: '23503',
    guard: 'ERR',
    why: 'a parent that is hidden and one that is not there end in the same error',
  },
  {
    id: 'D8 both',
    what: 'policy and foreign key are both broken',
    prepare: 'ALTER TABLE child ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON child TO app USING (c > 0)',
    policies: [],
    rules: [],
    statement: 'INSERT INTO child (id, parent, c) VALUES (3, 7, -1)',
    cockroachdb: 'ERR',
  },
  {
    id: 'D8 key',
    what: 'the foreign key alone is broken',
    prepare: 'ALTER TABLE child ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON child TO app USING (c > 0)',
    policies: [],
    rules: [],
    statement: 'INSERT INTO child (id, parent, c) VALUES (3, 7, 3)',
    cockroachdb: '23503',
    guard: 'ERR',
    why: 'a parent that is hidden and one that is not there end in the same error',
  },
  // E: updates.
  {
    id: 'E1 none',
    what: 'no UPDATE policy',
    policies: [S('true')],
    rules: [READ('all')],
    statement: 'UPDATE t SET c = 5 WHERE a = 1',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'E1 false',
    what: 'UPDATE USING (false)',
    policies: [S('true'), U('false')],
    rules: [READ('all'), UPDATE('a < 0')],
    statement: 'UPDATE t SET c = 5 WHERE a = 1',
    cockroachdb: 'NONE',
  },
  {
    id: 'E1 unseen',
    what: 'UPDATE without SELECT policies',
    policies: [U('true')],
    rules: [UPDATE('all')],
    statement: 'UPDATE t SET c = 5 WHERE a = 1',
    cockroachdb: 'NONE',
    guard: 'NONE',
  },
  {
    id: 'E2',
    what: 'UPDATE USING (true) without a check',
    policies: [S('true'), U('true')],
    rules: [READ('all'), UPDATE('all')],
    statement: 'UPDATE t SET c = 5 WHERE a = 1',
    cockroachdb: 'ok 1',
  },
  {
    id: 'E3',
    what: 'UPDATE WITH CHECK (false)',
    policies: [S('true'), U('true', 'false')],
    rules: [READ('all'), UPDATE('all', 'a < 0')],
    statement: 'UPDATE t SET c = 5 WHERE a = 1',
    cockroachdb: 'ERR',
  },
  {
    id: 'E4',
    what: 'S even, U 3 to 8: SET c = c',
    policies: [S('even'), U('c BETWEEN 3 AND 8')],
    rules: [READ('even = true'), UPDATE('c >= 3 and c <= 8')],
    statement: 'UPDATE t SET c = c',
    cockroachdb: 'ok 3',
  },
  {
    id: 'E5',
    what: 'the same: SET c = c + 1',
    policies: [S('even'), U('c BETWEEN 3 AND 8')],
    rules: [READ('even = true'), UPDATE('c >= 3 and c <= 8')],
    statement: 'UPDATE t SET c = c + 1 WHERE a = 4',
    cockroachdb: 'ERR',
  },
  {
    id: 'E5 own check',
    what: 'the same: SET c = c + 1, and the rule has a check of its own',
    policies: [S('even'), U('c BETWEEN 3 AND 8', 'true')],
    rules: [READ('even = true'), UPDATE('c >= 3 and c <= 8', 'all')],
    statement: 'UPDATE t SET c = c + 1 WHERE a = 4',
    cockroachdb: 'ERR',
    guard: 'ok 1',
    why: CHECK_DECIDES,
  },
  {
    id: 'E6 ok',
    what: 'the same: SET c = c + 2',
    policies: [S('even'), U('c BETWEEN 3 AND 8')],
    rules: [READ('even = true'), UPDATE('c >= 3 and c <= 8')],
    statement: 'UPDATE t SET c = c + 2 WHERE c BETWEEN 1 AND 6',
    cockroachdb: 'ok 2',
  },
  {
    id: 'E6 none',
    what: 'the same, above the rows',
    policies: [S('even'), U('c BETWEEN 3 AND 8')],
    rules: [READ('even = true'), UPDATE('c >= 3 and c <= 8')],
    statement: 'UPDATE t SET c = c + 2 WHERE c > 8',
    cockroachdb: 'NONE',
  },
  {
    id: 'E7 stays',
    what: 'CHECK u = 5: a row of another u',
    policies: [S('true'), U('true', 'u = 5')],
    rules: [READ('all'), UPDATE('all', 'u = 5')],
    statement: 'UPDATE t SET c = 1 WHERE a = 6',
    cockroachdb: 'ERR',
  },
  {
    id: 'E7 moves',
    what: 'CHECK u = 55: u is set too',
    policies: [S('true'), U('true', 'u = 55')],
    rules: [READ('all'), UPDATE('all', 'u = 55')],
    statement: 'UPDATE t SET c = 1, u = 55 WHERE a = 6',
    cockroachdb: 'ok 1',
  },
  {
    id: 'E8',
    what: 'a row that is not seen, by its key, with RETURNING',
    policies: [S('even'), U('true')],
    rules: [READ('even = true'), UPDATE('all')],
    statement: 'UPDATE t SET c = 2 WHERE a = 1 RETURNING c',
    cockroachdb: 'NONE',
  },
  {
    id: 'E9',
    what: 'a new unique value of a hidden row',
    policies: [S('even'), U('true')],
    rules: [READ('even = true'), UPDATE('all')],
    statement: 'UPDATE t SET u = 1 WHERE a = 2',
    cockroachdb: '23505',
  },
  {
    id: 'E10',
    what: 'SET a constant WHERE true, S hides the rows',
    policies: [S('false'), U('true')],
    rules: [READ('a < 0'), UPDATE('all')],
    statement: 'UPDATE t SET c = 5 WHERE true',
    cockroachdb: 'NONE',
    postgres: 'ok 10',
    why: SEEN_FIRST,
  },
  // F: deletes.
  {
    id: 'F1 none',
    what: 'no DELETE policy',
    policies: [S('true')],
    rules: [READ('all')],
    statement: 'DELETE FROM t WHERE a = 1',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: NO_RULE,
  },
  {
    id: 'F1 false',
    what: 'DELETE USING (false)',
    policies: [S('true'), D('false')],
    rules: [READ('all'), DELETE('a < 0')],
    statement: 'DELETE FROM t WHERE a = 1',
    cockroachdb: 'NONE',
  },
  {
    id: 'F2 where',
    what: 'S false, D true, with WHERE',
    policies: [S('false'), D('true')],
    rules: [READ('a < 0'), DELETE('all')],
    statement: 'DELETE FROM t WHERE a = 1',
    cockroachdb: 'NONE',
  },
  {
    id: 'F2 all',
    what: 'S false, D true, without WHERE',
    policies: [S('false'), D('true')],
    rules: [READ('a < 0'), DELETE('all')],
    statement: 'DELETE FROM t',
    cockroachdb: 'NONE',
    postgres: 'ok 10',
    why: SEEN_FIRST,
  },
  {
    id: 'F3',
    what: 'D covers a part',
    policies: [S('even'), D('c < 6')],
    rules: [READ('even = true'), DELETE('c < 6')],
    statement: 'DELETE FROM t',
    cockroachdb: 'ok 2',
    postgres: 'ok 5',
    why: SEEN_FIRST,
  },
  {
    id: 'F4',
    what: 'TRUNCATE with D false',
    policies: [S('true'), D('false')],
    rules: [READ('all'), DELETE('a < 0')],
    statement: 'TRUNCATE t',
    cockroachdb: 'ok 0',
    guard: 'ERR',
    why: 'TRUNCATE asks no policy; the gateway refuses it',
  },
  {
    id: 'F5',
    what: 'DELETE of a parent with ON DELETE CASCADE, child under FORCE',
    prepare:
      'ALTER TABLE child ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY p ON child FOR SELECT TO app USING (true)',
    policies: [],
    rules: [],
    statement: 'DELETE FROM parent WHERE id = 1',
    cockroachdb: 'ok 1',
    guard: 'ERR',
    why: 'a cascade to rows that the caller may not delete is refused',
  },
  // G: ON CONFLICT and UPSERT.
  {
    id: 'G1',
    what: 'DO UPDATE, no conflict',
    policies: [S('true'), I('c > 0'), U('true')],
    rules: [READ('all'), INSERT('c > 0'), UPDATE('all')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11) ON CONFLICT (a) DO UPDATE SET c = 5',
    cockroachdb: 'ok 1',
  },
  {
    id: 'G2',
    what: 'conflict, the old row fails U.USING',
    policies: [S('true'), I('true'), U('c > 5')],
    rules: [READ('all'), INSERT('all'), UPDATE('c > 5')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 7) ON CONFLICT (a) DO UPDATE SET c = 7',
    cockroachdb: 'ERR',
    why: ONE_MARKER,
  },
  {
    id: 'G3',
    what: 'conflict, the new row fails U.USING, CHECK (true)',
    policies: [S('true'), I('true'), U('c < 5', 'true')],
    rules: [READ('all'), INSERT('all'), UPDATE('c < 5', 'all')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 7) ON CONFLICT (a) DO UPDATE SET c = 7',
    cockroachdb: 'ok 1',
  },
  {
    id: 'G4',
    what: 'conflict, the new row fails U.CHECK',
    policies: [S('true'), I('true'), U('true', 'c < 5')],
    rules: [READ('all'), INSERT('all'), UPDATE('all', 'c < 5')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 7) ON CONFLICT (a) DO UPDATE SET c = 7',
    cockroachdb: 'ERR',
  },
  {
    id: 'G5 no conflict',
    what: 'I.CHECK fails, no conflict',
    policies: [S('true'), I('c < 5'), U('true')],
    rules: [READ('all'), INSERT('c < 5'), UPDATE('all')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11) ON CONFLICT (a) DO UPDATE SET c = 1',
    cockroachdb: 'ERR',
  },
  {
    id: 'G5 conflict',
    what: 'I.CHECK fails, conflict',
    policies: [S('true'), I('c < 5'), U('true')],
    rules: [READ('all'), INSERT('c < 5'), UPDATE('all')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 11) ON CONFLICT (a) DO UPDATE SET c = 12',
    cockroachdb: 'ok 1',
    postgres: 'ERR',
    guard: 'ERR',
    why: STRICTER,
  },
  {
    id: 'G6 updated',
    what: 'S fails on the updated row',
    policies: [S('c < 5'), I('true'), U('true')],
    rules: [READ('c < 5'), INSERT('all'), UPDATE('all')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 1) ON CONFLICT (a) DO UPDATE SET c = 7',
    cockroachdb: 'ERR',
  },
  {
    id: 'G6 existing',
    what: 'S fails on the existing row',
    policies: [S('c < 5'), I('true'), U('true')],
    rules: [READ('c < 5'), INSERT('all'), UPDATE('all')],
    statement: 'INSERT INTO t (a, c) VALUES (7, 1) ON CONFLICT (a) DO UPDATE SET c = 1',
    cockroachdb: 'ERR',
    why: ONE_MARKER,
  },
  {
    id: 'G6 inserted',
    what: 'S fails on the inserted row',
    policies: [S('c < 5'), I('true'), U('true')],
    rules: [READ('c < 5'), INSERT('all'), UPDATE('all')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 7) ON CONFLICT (a) DO UPDATE SET c = 1',
    cockroachdb: 'ERR',
  },
  {
    id: 'G7',
    what: 'ALL USING (x) CHECK (true), the old row fails x',
    policies: [ALL('c < 5', 'true')],
    rules: [EVERYTHING('c < 5', 'all')],
    statement: 'INSERT INTO t (a, c) VALUES (7, 1) ON CONFLICT (a) DO UPDATE SET c = 1',
    cockroachdb: 'ERR',
    why: ONE_MARKER,
  },
  {
    id: 'G8',
    what: 'ALL CHECK (c), VALUES fail it, the conflict mends it',
    policies: [ALL('true', 'c < 50')],
    rules: [EVERYTHING('all', 'c < 50')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 77) ON CONFLICT (a) DO UPDATE SET c = 7',
    cockroachdb: 'ok 1',
    postgres: 'ERR',
    guard: 'ERR',
    why: STRICTER,
  },
  {
    id: 'G9 conflict',
    what: 'ALL with a check only, ON CONFLICT',
    policies: [ALL(undefined, 'true')],
    rules: [INSERT('all')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 1) ON CONFLICT (a) DO UPDATE SET c = 7',
    cockroachdb: 'ERR',
  },
  {
    id: 'G9 plain',
    what: 'ALL with a check only, a plain INSERT',
    policies: [ALL(undefined, 'true')],
    rules: [INSERT('all')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 1)',
    cockroachdb: 'ok 1',
  },
  {
    id: 'G10 conflict',
    what: 'ALL USING (x) CHECK (true), the inserted row fails x, ON CONFLICT',
    policies: [ALL('c < 5', 'true')],
    rules: [EVERYTHING('c < 5', 'all')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11) ON CONFLICT (a) DO NOTHING',
    cockroachdb: 'ERR',
    guard: 'ok 1',
    why: 'the check of the rule alone says what may be inserted',
  },
  {
    id: 'G10 plain',
    what: 'the same by a plain INSERT',
    policies: [ALL('c < 5', 'true')],
    rules: [EVERYTHING('c < 5', 'all')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 11)',
    cockroachdb: 'ok 1',
  },
  {
    id: 'G11',
    what: 'DO NOTHING, conflict, VALUES fail I',
    policies: [S('true'), I('c < 5')],
    rules: [READ('all'), INSERT('c < 5')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 7) ON CONFLICT (a) DO NOTHING',
    cockroachdb: 'NONE',
    postgres: 'ERR',
    guard: 'NONE',
    why: 'nothing is written, and the row in the way is one that the caller sees',
  },
  {
    id: 'G12',
    what: 'DO NOTHING, no conflict, VALUES fail I',
    policies: [S('true'), I('c < 5')],
    rules: [READ('all'), INSERT('c < 5')],
    statement: 'INSERT INTO t (a, c) VALUES (11, 7) ON CONFLICT (a) DO NOTHING',
    cockroachdb: 'ERR',
  },
  {
    id: 'G13',
    what: 'DO NOTHING, the row in the way is hidden',
    policies: [S('even'), I('true')],
    rules: [READ('even = true'), INSERT('all')],
    statement: 'INSERT INTO t (a, c) VALUES (1, 2) ON CONFLICT (a) DO NOTHING',
    cockroachdb: 'NONE',
    guard: 'ERR',
    why: 'the count would tell that a hidden row is there',
  },
  {
    id: 'G14 old',
    what: 'UPSERT, the old row fails U.USING',
    policies: [S('true'), I('true'), U('c > 5')],
    rules: [READ('all'), INSERT('all'), UPDATE('c > 5')],
    statement: 'UPSERT INTO t (a, c) VALUES (1, 7)',
    cockroachdb: 'ERR',
    only: 'cockroachdb',
  },
  {
    id: 'G14 new',
    what: 'UPSERT, the new row fails U.CHECK',
    policies: [S('true'), I('true'), U('true', 'c < 5')],
    rules: [READ('all'), INSERT('all'), UPDATE('all', 'c < 5')],
    statement: 'UPSERT INTO t (a, c) VALUES (1, 7)',
    cockroachdb: 'ERR',
    only: 'cockroachdb',
  },
  {
    id: 'G14 seen',
    what: 'UPSERT, the old row fails S',
    policies: [S('even'), I('true'), U('true')],
    rules: [READ('even = true'), INSERT('all'), UPDATE('all')],
    statement: 'UPSERT INTO t (a, c) VALUES (1, 2)',
    cockroachdb: 'ERR',
    only: 'cockroachdb',
  },
  {
    id: 'G15 no conflict',
    what: 'UPSERT, I.CHECK fails, no conflict',
    policies: [S('true'), I('c < 5'), U('true')],
    rules: [READ('all'), INSERT('c < 5'), UPDATE('all')],
    statement: 'UPSERT INTO t (a, c) VALUES (11, 7)',
    cockroachdb: 'ERR',
    only: 'cockroachdb',
  },
  {
    id: 'G15 conflict',
    what: 'UPSERT, I.CHECK fails, conflict',
    policies: [S('true'), I('c < 5'), U('true')],
    rules: [READ('all'), INSERT('c < 5'), UPDATE('all')],
    statement: 'UPSERT INTO t (a, c) VALUES (1, 7)',
    cockroachdb: 'ok 1',
    guard: 'ERR',
    only: 'cockroachdb',
    why: STRICTER,
  },
];
