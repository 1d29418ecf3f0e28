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

describe('what the page of limits calls refused', { timeout: 120_000 }, () => {
  let answers: readonly string[] = [];

  beforeAll(async () => {
    const input = REFUSED.map(([, sql]) => JSON.stringify({ sql, as: 'alice' }));
    const { out } = await cordon(['explain', '--file', '-'], { input });
    answers = out.split('\n').map((line) => (JSON.parse(line) as { code: string }).code);
  });

  it.each(REFUSED.map(([words, statement, code], index) => ({ words, statement, code, index })))(
    '$words: $statement',
    ({ words, code, index }) => {
      expect(read('docs/reference/limits.md')).toContain(words);
      expect(answers[index]).toBe(`CORDON_${code}`);
    },
  );
});
