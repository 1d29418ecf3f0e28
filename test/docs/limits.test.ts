import { beforeAll, describe, expect, it } from 'vitest';
import { cordon } from '../cli/run.ts';
import { read } from './markdown.ts';

/** Words of the page, a statement of that kind, and the code that it is refused with. */
const REFUSED: readonly (readonly [words: string, statement: string, code: string])[] = [
  [
    'MERGE',
    'MERGE INTO products p USING orders o ON p.price = o.amount WHEN MATCHED THEN DO NOTHING',
    'STATEMENT_DENIED',
  ],
  ['WHERE CURRENT OF', "UPDATE users SET name = 'x' WHERE CURRENT OF c", 'UNSUPPORTED'],
  ['TABLESAMPLE', 'SELECT id FROM orders TABLESAMPLE SYSTEM (10)', 'UNSUPPORTED'],
  ['DECLARE … WITH HOLD', 'DECLARE c CURSOR WITH HOLD FOR SELECT id FROM orders', 'UNSUPPORTED'],
  ['SELECT INTO', 'SELECT id INTO x FROM orders', 'UNSUPPORTED'],
  ['CREATE TABLE AS', 'CREATE TEMP TABLE x AS SELECT id FROM orders', 'STATEMENT_DENIED'],
  ['TRUNCATE', 'TRUNCATE orders', 'STATEMENT_DENIED'],
  ['LOCK', 'LOCK TABLE orders', 'STATEMENT_DENIED'],
  ['DO, CALL', 'DO $$ BEGIN END $$', 'STATEMENT_DENIED'],
  ['DO, CALL', 'CALL refund(1)', 'STATEMENT_DENIED'],
  ['LISTEN', 'LISTEN news', 'STATEMENT_DENIED'],
  ['EXPLAIN by callers', 'EXPLAIN SELECT id FROM orders', 'STATEMENT_DENIED'],
  ['COPY with a file', "COPY orders TO '/srv/orders.csv'", 'STATEMENT_DENIED'],
  ['PREPARE TRANSACTION', "PREPARE TRANSACTION 'x'", 'STATEMENT_DENIED'],
  ['system columns', 'SELECT ctid FROM orders', 'SYSTEM_COLUMN_DENIED'],
  [
    'SEARCH and CYCLE',
    'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SEARCH DEPTH FIRST BY n SET o SELECT n FROM t',
    'UNSUPPORTED',
  ],
  ['XML functions', 'SELECT XMLELEMENT(NAME a)', 'UNSUPPORTED'],
  ['JSON_TABLE', "SELECT * FROM JSON_TABLE('[1]', '$[*]' COLUMNS (a int PATH '$')) t", 'UNSUPPORTED'],
  ['FOR UPDATE', 'SELECT id FROM orders FOR UPDATE', 'COMMAND_DENIED'],
  ['functions, operators and types beyond', 'SELECT pg_sleep(1)', 'FUNCTION_DENIED'],
  ['allow.sequences', "SELECT nextval('orders_id_seq')", 'FUNCTION_DENIED'],
  ['search_path', 'SET search_path = other', 'SETTING_DENIED'],
  ['role', 'SET ROLE postgres', 'SETTING_DENIED'],
  ['statistics', 'SELECT * FROM pg_stat_activity', 'RELATION_NOT_COVERED'],
];

/** The same for clients of CockroachDB. */
const REFUSED_COCKROACHDB: typeof REFUSED = [
  ['[53 AS t]', 'SELECT * FROM [53 AS t]', 'UNSUPPORTED'],
  ['[SHOW …]', 'SELECT * FROM [SHOW TABLES]', 'UNSUPPORTED'],
  ['[DELETE … RETURNING]', 'SELECT * FROM [DELETE FROM orders RETURNING id]', 'UNSUPPORTED'],
  ['`@1`', 'SELECT @1 FROM orders', 'UNSUPPORTED'],
  ...[
    'RANGES FROM TABLE orders',
    'STATISTICS FOR TABLE orders',
    'HISTOGRAM 1',
    'JOBS',
    'SESSIONS',
    'TRACE FOR SESSION',
    'TABLES',
    'COLUMNS FROM orders',
    'CREATE TABLE orders',
  ].map((what) => [what.split(' ')[0] ?? '', `SHOW ${what}`, 'STATEMENT_DENIED'] as const),
  ['EXPLAIN ANALYZE', 'EXPLAIN ANALYZE SELECT id FROM orders', 'STATEMENT_DENIED'],
  ['changefeeds', 'CREATE CHANGEFEED FOR TABLE orders', 'STATEMENT_DENIED'],
  ['changefeeds', 'EXPERIMENTAL CHANGEFEED FOR orders', 'STATEMENT_DENIED'],
  ['EXPORT', "EXPORT INTO CSV 'userfile://a' FROM SELECT * FROM orders", 'STATEMENT_DENIED'],
  ['BACKUP', "BACKUP TABLE orders INTO 'userfile://a'", 'STATEMENT_DENIED'],
  ['RESTORE', "RESTORE TABLE orders FROM LATEST IN 'userfile://a'", 'STATEMENT_DENIED'],
  ['IMPORT', "IMPORT INTO orders CSV DATA ('userfile://a')", 'STATEMENT_DENIED'],
  ['crdb_internal', 'SELECT * FROM crdb_internal.cluster_sessions', 'RELATION_NOT_COVERED'],
  ['crdb_internal', "SELECT crdb_internal.read_file('x')", 'FUNCTION_DENIED'],
  ['system', 'SELECT * FROM system.users', 'RELATION_NOT_COVERED'],
  ['allow_unsafe_internals', 'SET allow_unsafe_internals = on', 'SETTING_DENIED'],
  ['tracing', 'SET tracing = on', 'STATEMENT_DENIED'],
  ['CLUSTER SETTING', 'SET CLUSTER SETTING kv.rangefeed.enabled = true', 'STATEMENT_DENIED'],
  ['AS OF SYSTEM TIME', "SELECT id FROM orders AS OF SYSTEM TIME '-1h'", 'PAST_DENIED'],
  ['AS OF SYSTEM TIME', "BEGIN AS OF SYSTEM TIME '-1h'", 'PAST_DENIED'],
  ['crdb_internal_mvcc_timestamp', 'SELECT crdb_internal_mvcc_timestamp FROM orders', 'SYSTEM_COLUMN_DENIED'],
  ['tableoid', 'SELECT tableoid FROM orders', 'SYSTEM_COLUMN_DENIED'],
  ['rowid', 'SELECT rowid FROM orders', 'SYSTEM_COLUMN_DENIED'],
  ['~ a + b', 'SELECT ~ $1::int + $2::int', 'DIALECT_AMBIGUOUS'],
  ['a - b // c', 'SELECT $1::int - $2::int // $3::int', 'DIALECT_AMBIGUOUS'],
];

const DIALECTS = [
  { dialect: 'postgres', refused: REFUSED },
  { dialect: 'cockroachdb', refused: REFUSED_COCKROACHDB },
] as const;

describe.each(DIALECTS)(
  'what the page of limits calls refused, for $dialect',
  { timeout: 120_000 },
  ({ dialect, refused }) => {
    let answers: readonly string[] = [];

    beforeAll(async () => {
      const input = refused.map(([, sql]) => JSON.stringify({ sql, as: 'alice' }));
      const { out } = await cordon(['explain', '--dialect', dialect, '--file', '-'], { input });
      answers = out.split('\n').map((line) => (JSON.parse(line) as { code: string }).code);
    });

    it.each(refused.map(([words, statement, code], index) => ({ words, statement, code, index })))(
      '$words: $statement',
      ({ words, code, index }) => {
        expect(read('docs/reference/limits.md')).toContain(words);
        expect(answers[index]).toBe(`CORDON_${code}`);
      },
    );
  },
);
