import { describe, expect, it } from 'vitest';
import { isDataDefinition } from '../../../src/guard/data-definition.ts';
import type { Node } from '../../../src/sql/tree.ts';
import { parser, printed, printedTree, readOne, refusalOf } from './read.ts';

const refused = (sql: string): string => refusalOf(() => parser.parse(sql, 'cockroachdb'));

describe('what names a thing by its number, or a statement as a source, is refused', () => {
  it.each([
    ['SELECT * FROM [104 AS t]', 'a table named by its number'],
    ['SELECT * FROM [104(1, 2) AS t]', 'a table named by its number'],
    ['SELECT * FROM u, [104 AS t]', 'a table named by its number'],
    ['UPDATE [104 AS t] SET a = 1', 'a table named by its number'],
    ['DELETE FROM [104 AS t]', 'a table named by its number'],
    ['INSERT INTO [104 AS t] VALUES (1)', 'a table named by its number'],
    ['SELECT * FROM [SHOW TABLES]', 'a statement in brackets as a source of rows'],
    ['SELECT * FROM u, [SHOW GRANTS ON t] AS x', 'a statement in brackets as a source of rows'],
    ['SELECT * FROM [DELETE FROM t RETURNING a]', 'a statement in brackets as a source of rows'],
    [
      'SELECT * FROM a JOIN [INSERT INTO t VALUES (1) RETURNING a] AS b ON true',
      'a statement in brackets as a source of rows',
    ],
    ['SELECT * FROM [EXPLAIN SELECT 1]', 'a statement in brackets as a source of rows'],
    ['SELECT @1 FROM t', 'a column or type named by its number'],
    ['SELECT a FROM t ORDER BY @2', 'a column or type named by its number'],
    ['SELECT (a).@1 FROM t', 'a column or type named by its number'],
    ["SELECT 'x'::@25", 'a column or type named by its number'],
    ['SELECT * FROM t@[2]', 'an index named by its number'],
    ['SELECT * FROM t@{FORCE_INDEX=[2]}', 'an index named by its number'],
    ['SELECT * FROM t@{FAMILY=[2]}', 'an index named by its number'],
    ['SELECT * FROM t@{SOMETHING}', 'this index hint'],
    ['SELECT [FUNCTION 7](1)', 'a function named by its number'],
    ['SELECT a::SERIAL', 'a serial type outside of a definition'],
  ])('%s', (sql, construct) => {
    expect(refused(sql)).toContain(`CORDON_UNSUPPORTED: ${construct}`);
  });
});

describe('statements of CockroachDB that no caller may send', () => {
  it.each([
    ['SHOW RANGES FROM TABLE t', 'show ranges'],
    ['SHOW STATISTICS FOR TABLE t', 'show statistics'],
    ['SHOW HISTOGRAM 5', 'show histogram'],
    ['SHOW JOBS', 'show jobs'],
    ['SHOW CLUSTER SESSIONS', 'show cluster'],
    ['SHOW SESSIONS', 'show sessions'],
    ['SHOW QUERIES', 'show queries'],
    ['SHOW STATEMENTS', 'show statements'],
    ['SHOW TRACE FOR SESSION', 'show trace'],
    ['SHOW KV TRACE FOR SESSION', 'show kv'],
    ['SHOW TABLES', 'show tables'],
    ['SHOW COLUMNS FROM t', 'show columns'],
    ['SHOW CREATE TABLE t', 'show create'],
    ['SHOW GRANTS ON t', 'show grants'],
    ['SHOW USERS', 'show users'],
    ['SHOW POLICIES FOR t', 'show policies'],
    ['SHOW PARTITIONS FROM TABLE t', 'show partitions'],
    ['SHOW EXPERIMENTAL_FINGERPRINTS FROM TABLE t', 'show experimental_fingerprints'],
    ['SHOW TRANSACTION STATUS', 'show transaction status'],
    ['SHOW SAVEPOINT STATUS', 'show savepoint'],
    ['SHOW LAST QUERY STATISTICS', 'show last'],
    ['SHOW CLUSTER SETTING x', 'show cluster'],
    ['SHOW ALL CLUSTER SETTINGS', 'show all cluster settings'],
    ['SHOW TRANSFER STATE', 'show transfer'],
    ['EXPLAIN ANALYZE SELECT 1', 'explain analyze'],
    ['EXPLAIN ANALYZE (DEBUG) SELECT 1', 'explain analyze'],
    ['EXPLAIN (ANALYZE, DISTSQL) SELECT 1', 'explain analyze'],
    ['EXPLAIN (OPT, DEBUG) SELECT 1', 'explain with debug'],
    ['CREATE CHANGEFEED FOR TABLE t', 'create changefeed'],
    ["CREATE CHANGEFEED FOR TABLE t INTO 'kafka://x'", 'create changefeed'],
    ['ALTER CHANGEFEED 1 ADD t', 'alter changefeed'],
    ['EXPERIMENTAL CHANGEFEED FOR t', 'experimental'],
    ['EXPERIMENTAL SCRUB TABLE t', 'experimental'],
    ["EXPORT INTO CSV 'nodelocal://1/x' FROM SELECT 1", 'export'],
    ["BACKUP TABLE t INTO 'nodelocal://1/x'", 'backup'],
    ["RESTORE TABLE t FROM LATEST IN 'nodelocal://1/x'", 'restore'],
    ["IMPORT INTO t CSV DATA ('x')", 'import'],
    ["CREATE SCHEDULE x FOR BACKUP INTO 'x' RECURRING '@daily'", 'create schedule'],
    ["CREATE EXTERNAL CONNECTION x AS 'y'", 'create external'],
    ['CANCEL QUERY 1', 'cancel'],
    ['CANCEL SESSIONS x', 'cancel'],
    ['PAUSE JOB 1', 'pause'],
    ['RESUME JOB 1', 'resume'],
    ['SET CLUSTER SETTING sql.x = 1', 'set cluster setting'],
    ['RESET CLUSTER SETTING sql.x', 'reset cluster setting'],
    ['SET tracing = on', 'set tracing'],
    ['SET SESSION tracing = kv', 'set tracing'],
    ['USE other', 'use'],
    ['CREATE USER x', 'create user'],
    ['CREATE ROLE x', 'create role'],
    ['DROP DATABASE d', 'drop database'],
    ['ALTER DATABASE d ADD REGION r', 'alter database'],
    ['ALTER RANGE default CONFIGURE ZONE USING x = 1', 'alter range'],
    ['ALTER VIRTUAL CLUSTER x START SERVICE SHARED', 'alter virtual'],
    ['GRANT admin TO x', 'grant of a role or of the system'],
    ['GRANT SYSTEM BYPASSRLS TO x', 'grant of a role or of the system'],
    ['GRANT USAGE ON EXTERNAL CONNECTION x TO y', 'grant of a role or of the system'],
    ['REVOKE admin FROM x', 'revoke of a role or of the system'],
    ['REASSIGN OWNED BY a TO b', 'reassign owned'],
    ['DROP OWNED BY a', 'drop owned'],
    ['SELECT 1; SHOW JOBS', 'show jobs'],
  ])('%s', (sql, statement) => {
    expect(refused(sql)).toContain(`CORDON_STATEMENT_DENIED: statement \`${statement}\``);
  });

  it('settings are read as settings', () => {
    for (const sql of ['SHOW search_path', 'SHOW default_int_size', 'SHOW statement_timeout', 'SET a.b = 1'])
      expect(Object.keys(readOne(sql))[0]).toMatch(/^VariableS/);
  });
});

describe('definitions pass as their own text, by their first words alone', () => {
  it.each([
    ['CREATE TABLE t (a INT PRIMARY KEY, FAMILY f (a)) LOCALITY REGIONAL BY ROW', 'create table'],
    ['CREATE UNIQUE INDEX ON t (a) STORING (b)', 'create index'],
    ['CREATE INVERTED INDEX i ON t (a)', 'create index'],
    [
      'CREATE OR REPLACE FUNCTION f() RETURNS INT LANGUAGE SQL AS $$ SELECT 1; SELECT 2 $$',
      'create function',
    ],
    ['ALTER TABLE t SPLIT AT VALUES (1)', 'alter table'],
    ['ALTER INDEX t@i RENAME TO j', 'alter index'],
    ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x', 'alter default privileges'],
    ['DROP INDEX t@i CASCADE', 'drop index'],
    ['GRANT SELECT ON TABLE t TO x', 'grant'],
    ['TRUNCATE t', 'truncate'],
    ["COMMENT ON TABLE t IS 'x'", 'comment'],
    ['REFRESH MATERIALIZED VIEW v', 'refresh materialized view'],
  ])('%s', (sql, verb) => {
    const [first, second, third] = parser.parse(`SELECT 'ü'; ${sql} ; SELECT 2`, 'cockroachdb');
    expect(second).toMatchObject({ stmt: { DataDefinitionStmt: { verb } }, text: `${sql} ` });
    expect(second === undefined ? false : isDataDefinition(second.stmt)).toBe(true);
    expect([first, third].map((one) => Object.keys(one?.stmt ?? {})[0])).toEqual([
      'SelectStmt',
      'SelectStmt',
    ]);
    expect(refusalOf(() => printedTree(second?.stmt as Node, 'cockroachdb'))).toContain('CORDON_UNSUPPORTED');
  });

  it('none passes that the two servers would cut in different places', () => {
    expect(refused(`CREATE TABLE t (a BYTES DEFAULT b'\\'); SELECT 1; --')`)).toContain(
      'CORDON_DIALECT_AMBIGUOUS',
    );
    expect(refused('CREATE FUNCTION f() RETURNS INT BEGIN ATOMIC SELECT 1; END')).toContain('BEGIN ATOMIC');
    expect(refused('CREATE TABLE t (a INT) -- \r; DROP TABLE u')).toContain('CORDON_DIALECT_AMBIGUOUS');
  });
});

describe('texts that the two read in different ways are refused', () => {
  it.each([
    ['SELECT a @> b || c', '@> beside ||'],
    ['SELECT a ~ b || c', '~ beside ||'],
    ['SELECT a | b & c', '| beside &'],
    ['SELECT a || b | c', '|| beside |'],
    ['SELECT ~a + b', '~ beside +'],
    ['SELECT a // b - c', '// beside -'],
    ['SELECT a + b // c', '+ beside //'],
    ['SELECT a = ANY (b) + c', '= beside +'],
    ['SELECT a = ANY (b)::INT[]', '= beside ::'],
    ['SELECT a || b OPERATOR(=) c', '|| beside OPERATOR'],
    ['SELECT a ~ ANY (b)', 'the operator ~ before ANY or ALL'],
    ['SELECT a OPERATOR(~) ALL (SELECT b)', 'the operator ~ before ANY or ALL'],
    ["SELECT a LIKE b ESCAPE '!' ~ c", 'LIKE beside ~'],
    ['SELECT a BETWEEN b AND c ~ d', 'BETWEEN beside ~'],
    ['SELECT a||-1', 'the operator ||-'],
    ['SELECT a @-1', 'the operator @-'],
    ['SELECT a ~~ b', 'the operator ~~'],
    ['SELECT a ^@ b', 'the operator ^@'],
    ['SELECT 1 + @ a', 'the operator @'],
    ['SELECT f(a => 1)', 'the operator =>'],
    ['SELECT f(a := 1)', 'a named argument'],
    ["SELECT U&'\\0061'", 'a literal or name with Unicode escapes'],
    ['SELECT u&"a"', 'a literal or name with Unicode escapes'],
    ["SELECT n'a'", 'a national string'],
    ["SELECT e'\\a'", 'an escape of a string'],
    ["SELECT e'\\x4'", 'an escape of a string'],
    ["SELECT e'\\xe9'", 'an escape of a string'],
    ["SELECT e'\\7'", 'an escape of a string'],
    ["SELECT 'a' 'b'", 'a literal in several pieces'],
    ["SELECT 'a' --x\n 'b'", 'a literal in several pieces'],
    ["SELECT 'a'\r'b'", 'a literal in several pieces'],
    ["SELECT b'a'\n'b'", 'a literal in several pieces'],
    ["SELECT B'0'\n'1'", 'a literal in several pieces'],
    ['SELECT 1 -- x\r, secret', 'a carriage return alone behind a comment'],
    ['SELECT ÀB', 'an unquoted name with capitals beyond ASCII'],
    ['SELECT ı', 'an unquoted name with capitals beyond ASCII'],
    ['SELECT "e\u0301"', 'a name that is not in Unicode normal form C'],
    ['SELECT e\u0301', 'a name that is not in Unicode normal form C'],
    [`SELECT "${'a'.repeat(64)}"`, 'a name of more than 63 bytes'],
    [`SELECT ${'ü'.repeat(32)}`, 'a name of more than 63 bytes'],
    ['SELECT "if"(a, b, c)', 'a quoted keyword as the name of a function'],
  ])('%s', (sql, construct) => {
    expect(refused(sql)).toContain('CORDON_DIALECT_AMBIGUOUS');
    expect(refused(sql)).toContain(construct);
  });

  it.each([
    'SELECT a @> (b || c), (a @> b) || c',
    'SELECT a -> b ->> c = d AND e || f LIKE g || h',
    'SELECT -a ^ b * c + d, NOT a = b, a IS NULL = b, - a::int, a - -1',
    'SELECT a & b | c, (~a) + b, ~(a + b), a << b + c',
    "SELECT e'\\n\\x41\\u00e9\\'\\\\\\d', 'a'\n'b'",
    'SELECT 1 -- x\r\n, 2 /* a /* b */ \r */',
    'SELECT ünï, "Ünï"',
    'SELECT a = ANY (b::INT[]), (a = ANY (b))::STRING, a NOT IN (SELECT 1) = b',
    'SELECT a AT TIME ZONE b || c, a COLLATE de || b',
  ])('%s is read', (sql) => {
    expect(printed(sql)).toBeTruthy();
  });
});

describe('texts that are neither the one nor the other', () => {
  it.each([
    "SELECT 1 AS OF SYSTEM TIME '-1s'",
    "SELECT a FROM t WHERE b AS OF SYSTEM TIME '-1s'",
    "SELECT a FROM t ORDER BY b AS OF SYSTEM TIME '-1s'",
    "SELECT a FROM t AS OF SYSTEM TIME '-1s', u",
    "SELECT a FROM t AS OF SYSTEM TIME '-1s' x",
    "SELECT a FROM t AS OF SYSTEM TIME '-1s' JOIN u ON true",
    "SELECT a FROM t AS OF SYSTEM TIME '-1s' + b",
    "SELECT a FROM t AS OF SYSTEM TIME '-1s' AS OF SYSTEM TIME '-2s'",
    'SELECT a FROM t AS OF SYSTEM TIME',
    "UPDATE t SET a = 1 FROM u AS OF SYSTEM TIME '-1s'",
    "INSERT INTO t VALUES (1) AS OF SYSTEM TIME '-1s'",
    "COMMIT AS OF SYSTEM TIME '-1s'",
    'SELECT a@b FROM t',
    'SELECT a FROM t AS x@b',
    'SELECT a FROM f(b@c)',
    'SELECT a FROM t@a@b',
    'SELECT a FROM t@{}',
    'SELECT a FROM t@{ASC DESC}',
    'SELECT a FROM t@{ASC',
    'SELECT a FROM t INNER HASH JOIN',
    'SELECT @ a',
    'DELETE FROM t RETURNING nothing, a',
    'SELECT a RETURNING NOTHING',
    'DELETE FROM t LIMIT 1 ORDER BY a',
    'DELETE FROM t LIMIT 1 WHERE a',
    'DELETE FROM t ORDER BY a LIMIT 1 OFFSET 2',
    'DELETE FROM t LIMIT 1 FOR UPDATE',
    'DELETE FROM t LIMIT 1 UNION SELECT 2',
    'UPDATE t LIMIT 1 SET a = 1',
    'INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1 LIMIT 1',
    'DELETE BATCH (SIZE 10) FROM t',
    'BEGIN PRIORITY MIDDLE',
    'BEGIN PRIORITY',
    'COMMIT PRIORITY HIGH',
    'SELECT PRIORITY HIGH LOW',
    'UPSERT t VALUES (1)',
    'UPSERT INTO',
    'UPSERT INTO t VALUES (1) ON CONFLICT',
    'SELECT a ::: FROM t',
    "SELECT b'",
    "SELECT b'\\x4'",
    "SELECT b'\\400'",
    "SELECT b'\\uD800'",
    "SELECT x'0'",
    "SELECT x'0g'",
    "SELECT B'2'",
    "COPY t TO STDOUT (FORMAT b'csv')",
    'SELECT 1_000',
    'SELECT 0o17',
    'SELECT 1a',
    'SELECT \v1',
    'SELECT {a}',
    'SELECT a;; UPSERT',
    'SELECT "a',
    'SELECT /* a',
    '[',
    ')',
    'SELECT )(',
  ])('%s is a syntax error', (sql) => {
    expect(refused(sql)).toMatch(/^CORDON_(?:SYNTAX|UNSUPPORTED|DIALECT_AMBIGUOUS):/);
    expect(refused(sql)).not.toContain('secret');
  });
});

describe('what a server lacks is not printed for it', () => {
  it.each([
    ["SELECT a FROM t AS OF SYSTEM TIME '-1s'", 'AS OF SYSTEM TIME'],
    ['DELETE FROM t LIMIT 1', 'ORDER BY or LIMIT of UPDATE and DELETE'],
    ['UPDATE t SET a = 1 ORDER BY b LIMIT 1', 'ORDER BY or LIMIT of UPDATE and DELETE'],
    ['BEGIN PRIORITY HIGH', 'this transaction mode on PostgreSQL'],
    ["SET TRANSACTION AS OF SYSTEM TIME '-1s'", 'this transaction mode on PostgreSQL'],
    ['UPSERT INTO t VALUES (1)', 'upsert'],
    ["WITH x AS (SELECT a FROM t AS OF SYSTEM TIME '-1s') SELECT a FROM x", 'AS OF SYSTEM TIME'],
  ])('PostgreSQL: %s', (sql, construct) => {
    expect(refusalOf(() => printed(sql, 'postgres')).toLowerCase()).toContain(
      `cordon_unsupported: ${construct.toLowerCase()}`,
    );
  });

  it.each([
    ["SELECT X'1f'", 'a bit string in hexadecimal'],
    ['SELECT a ~~ b', 'the operator ~~'],
    ['SELECT a ^@ b', 'the operator ^@'],
    ['SELECT @ a', 'the operator @'],
    ['SELECT a |/ b', 'the operator |/'],
    ['SELECT a OPERATOR(s.+) b', 'an operator of a schema'],
    ['SELECT a + ANY (b)', 'the operator + before ANY or ALL'],
    ['SELECT a + ALL (SELECT 1)', 'the operator + before ANY or ALL'],
    ['SELECT a ~ ANY (b)', 'the operator ~ before ANY or ALL'],
    ['SELECT a OPERATOR(pg_catalog.~) ANY (b)', 'the operator ~ before ANY or ALL'],
    ['SELECT a::txid_snapshot', 'the type txid_snapshot'],
    ['SELECT f(VARIADIC a)', 'VARIADIC'],
    ['SELECT f(a => 1)', 'a named argument'],
    ['SELECT mode() WITHIN GROUP (ORDER BY a, b)', 'WITHIN GROUP of several columns'],
    ['SELECT f(DISTINCT a ORDER BY a)', 'DISTINCT beside ORDER BY in a call'],
    ['SELECT a AT LOCAL', 'AT LOCAL'],
    ['SELECT normalize(a, NFC)', 'NORMALIZE'],
    ['SELECT a IS NORMALIZED', 'IS NORMALIZED'],
    ['SELECT system_user', 'SYSTEM_USER'],
    ['SELECT grouping(a) FROM t GROUP BY a', 'GROUPING'],
    ['SELECT a FROM t GROUP BY ROLLUP (a)', 'ROLLUP, CUBE or GROUPING SETS'],
    ['SELECT a FROM t GROUP BY ()', 'ROLLUP, CUBE or GROUPING SETS'],
    ['SELECT a FROM t GROUP BY DISTINCT a', 'GROUP BY DISTINCT'],
    ['SELECT a FROM t ORDER BY a FETCH FIRST 2 ROWS WITH TIES', 'FETCH FIRST .. WITH TIES'],
    ['SELECT a FROM t ORDER BY a USING <', 'ORDER BY .. USING'],
    ["SELECT JSON_OBJECT('a': 1)", 'JSON_OBJECT(..)'],
    ['SELECT JSON_ARRAY(1)', 'JSON_ARRAY(..)'],
    ['SELECT a IS JSON', 'IS JSON'],
    ['SELECT (a).b.c', 'a field of a field'],
    ['SELECT a[1].b', 'a field of a field'],
    ['SELECT a::int[][]', 'an array type of several dimensions'],
    ['SELECT a::money', 'the type money'],
    ['SELECT a::macaddr8', 'the type macaddr8'],
    ['SELECT a COLLATE pg_catalog."C"', 'a collation with its schema'],
    ['SELECT a::citext(3)', 'a modifier of this type'],
    ['SELECT * FROM t JOIN u USING (a) AS x', 'an alias behind USING'],
    ['SELECT * FROM ROWS FROM (f() AS (a int))', 'columns of a function in ROWS FROM'],
    ['SELECT * FROM f() AS (a int)', 'columns of a function without alias or LATERAL'],
    ['SELECT * FROM LATERAL f() AS x (a int)', 'columns of a function without alias or LATERAL'],
    [
      'WITH RECURSIVE x AS (SELECT 1 UNION SELECT 2) SEARCH DEPTH FIRST BY a SET b SELECT 1',
      'SEARCH or CYCLE',
    ],
    ['INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1)', 'OVERRIDING .. VALUE'],
    ['INSERT INTO t (a[1]) VALUES (1)', 'a part of a column as a target'],
    ['UPDATE t SET a.b = 1', 'a part of a column as a target'],
    ['UPDATE t SET (a, b) = ROW (1, 2)', 'this source of several columns'],
    ['INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1', 'DO UPDATE for any conflict'],
    [
      'INSERT INTO t VALUES (1) ON CONFLICT (lower(a)) DO NOTHING',
      'ON CONFLICT with more than the names of columns',
    ],
    [
      'INSERT INTO t VALUES (1) ON CONFLICT (a COLLATE "C") DO NOTHING',
      'ON CONFLICT with more than the names of columns',
    ],
    ['COMMIT AND CHAIN', 'AND CHAIN'],
    ['DISCARD PLANS', 'DISCARD PLANS'],
    ['SET CONSTRAINTS ALL DEFERRED', 'SET CONSTRAINTS'],
    ['EXPLAIN (COSTS off) SELECT 1', 'an option of EXPLAIN with a value'],
    ['COPY t TO STDOUT (FORMAT csv, FORCE_QUOTE *)', 'this option of COPY'],
    ['COPY t TO STDOUT CSV FORCE QUOTE a', 'this option of COPY'],
    ["SET TIME ZONE INTERVAL(3) '1'", 'a value of SET'],
  ])('CockroachDB: %s', (sql, construct) => {
    const [statement] = parser.parse(sql, 'postgres');
    const refusal = refusalOf(() => printedTree(statement?.stmt as Node, 'cockroachdb', 'postgres'));
    expect(refusal).toContain(`CORDON_UNSUPPORTED: ${construct}`);
  });
});
