import { describe, expect, it } from 'vitest';
import { equalTrees } from '../../../src/sql/nodes.ts';
import type { Node } from '../../../src/sql/tree.ts';
import { parser, printed, printedTree, readOne } from './read.ts';

/** The trees without places, which only tell where a thing stood. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'location' && !key.startsWith('rexpr_list'));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutPlaces(item)]));
}

const bodyOf = (sql: string): Record<string, unknown> =>
  withoutPlaces(Object.values(readOne(sql))[0]) as Record<string, unknown>;

const name = (sval: string) => ({ String: { sval } });

describe('what PostgreSQL lacks stands in the tree', () => {
  it('UPSERT', () => {
    expect(bodyOf('UPSERT INTO t (a) VALUES (1)')).toEqual({
      ...bodyOf('INSERT INTO t (a) VALUES (1)'),
      upsert: true,
    });
  });

  it('UPSERT in WITH, and as a name of anything else', () => {
    const tree = JSON.stringify(
      readOne('WITH x AS (UPSERT INTO t VALUES (1) RETURNING a) SELECT upsert FROM x'),
    );
    expect(tree.match(/"upsert":true/g)).toHaveLength(1);
    expect(tree).toContain('"sval":"upsert"');
  });

  it.each([
    ['t@idx', [{ DefElem: { defname: 'force_index', arg: name('idx') } }]],
    ['t @ "Idx"', [{ DefElem: { defname: 'force_index', arg: name('Idx') } }]],
    ['s.t@primary AS x', [{ DefElem: { defname: 'force_index', arg: name('primary') } }]],
    [
      't@{FORCE_INDEX=idx,DESC}',
      [{ DefElem: { defname: 'force_index', arg: name('idx') } }, { DefElem: { defname: 'desc' } }],
    ],
    ['t@{NO_FULL_SCAN}', [{ DefElem: { defname: 'no_full_scan' } }]],
    [
      't@{force_zigzag = a, force_zigzag = b}',
      [
        { DefElem: { defname: 'force_zigzag', arg: name('a') } },
        { DefElem: { defname: 'force_zigzag', arg: name('b') } },
      ],
    ],
  ])('the index hint of %s', (relation, hint) => {
    const from = bodyOf(`SELECT a FROM ${relation}`).fromClause as { RangeVar: { indexHint: unknown } }[];
    expect(from[0]?.RangeVar.indexHint).toEqual(hint);
  });

  it.each([
    ['UPDATE t@idx SET a = 1', 'relation'],
    ['DELETE FROM t@idx', 'relation'],
    ['INSERT INTO t@idx VALUES (1)', 'relation'],
  ])('the index hint of %s', (sql, field) => {
    expect(bodyOf(sql)[field]).toMatchObject({
      relname: 't',
      indexHint: [{ DefElem: { defname: 'force_index', arg: name('idx') } }],
    });
  });

  it('AS OF SYSTEM TIME belongs to the FROM before it', () => {
    const outer = bodyOf("SELECT a FROM (SELECT b FROM u AS OF SYSTEM TIME '-1s') AS q, t WHERE c");
    const inner = bodyOf("SELECT b FROM u AS OF SYSTEM TIME '-1s'");
    expect(outer.asOf).toBeUndefined();
    expect(outer.fromClause).toHaveLength(2);
    expect(inner.asOf).toEqual({ A_Const: { sval: { sval: '-1s' } } });
    expect(inner.fromClause).toHaveLength(1);
  });

  it.each([
    ["'-10s'", { A_Const: { sval: { sval: '-10s' } } }],
    ['1580361670629466905.0000000001', { A_Const: { fval: { fval: '1580361670629466905.0000000001' } } }],
    ['-5', { A_Const: { ival: { ival: -5 } } }],
    [
      'follower_read_timestamp()',
      { FuncCall: expect.objectContaining({ funcname: [name('follower_read_timestamp')] }) },
    ],
    [
      "with_max_staleness('10s')",
      { FuncCall: expect.objectContaining({ funcname: [name('with_max_staleness')] }) },
    ],
    ["'-1s'::INTERVAL", { TypeCast: expect.anything() }],
    ["INTERVAL '-1s'", { TypeCast: expect.anything() }],
    ['(SELECT x FROM y)', { SubLink: expect.anything() }],
  ])('the time %s', (time, node) => {
    expect(
      bodyOf(`SELECT a FROM t JOIN u ON true AS OF SYSTEM TIME ${time} WHERE b ORDER BY c`).asOf,
    ).toEqual(node);
  });

  it.each([
    ['INNER HASH JOIN', 'hash', 'JOIN_INNER'],
    ['LEFT MERGE JOIN', 'merge', 'JOIN_LEFT'],
    ['LEFT OUTER LOOKUP JOIN', 'lookup', 'JOIN_LEFT'],
    ['RIGHT INVERTED JOIN', 'inverted', 'JOIN_RIGHT'],
    ['FULL STRAIGHT JOIN', 'straight', 'JOIN_FULL'],
  ])('the hint of %s', (words, joinHint, jointype) => {
    const from = bodyOf(`SELECT * FROM (SELECT 1 AS a) AS t ${words} u ON true`).fromClause as {
      JoinExpr: object;
    }[];
    expect(from[0]?.JoinExpr).toMatchObject({ joinHint, jointype });
  });

  it('each of several hinted joins keeps its own hint', () => {
    const sql =
      'SELECT * FROM a INNER HASH JOIN (b LEFT MERGE JOIN (SELECT x FROM c CROSS LOOKUP JOIN d) AS q USING (x)) ON true JOIN e ON true';
    expect(printed(sql)).toBe(
      'SELECT * FROM (("a" INNER HASH JOIN ("b" LEFT MERGE JOIN (SELECT "x" FROM ("c" CROSS LOOKUP JOIN "d")) AS "q" USING ("x")) ON TRUE) JOIN "e" ON TRUE)',
    );
  });

  it('RETURNING NOTHING, and a column of that name', () => {
    expect(bodyOf('DELETE FROM t RETURNING NOTHING').returningClause).toEqual({ nothing: true });
    expect(bodyOf('DELETE FROM t RETURNING "nothing"').returningClause).toEqual({
      exprs: [{ ResTarget: { val: { ColumnRef: { fields: [name('nothing')] } } } }],
    });
  });

  it.each([
    'UPDATE t SET a = 1 WHERE b',
    'DELETE FROM t WHERE b',
    'WITH x AS (SELECT 1) DELETE FROM ONLY t WHERE b',
  ])('ORDER BY and LIMIT of %s', (sql) => {
    const { limitOption: _, ...select } = bodyOf('SELECT ORDER BY c DESC, d LIMIT 3');
    const { sortClause, limitCount } = select;
    expect(bodyOf(`${sql} ORDER BY c DESC, d LIMIT 3 RETURNING a`)).toEqual({
      ...bodyOf(`${sql} RETURNING a`),
      sortClause,
      limitCount,
    });
    expect(bodyOf(`${sql} LIMIT 3`)).toEqual({ ...bodyOf(sql), limitCount });
  });

  it('ORDER BY of sub-queries and of UPDATE in WITH stay where they are', () => {
    const sql =
      'WITH x AS (UPDATE t SET a = (SELECT b FROM u ORDER BY c LIMIT 1) ORDER BY (SELECT e FROM f ORDER BY g) LIMIT 2 RETURNING a) DELETE FROM y USING x WHERE y.a IN (SELECT a FROM z LIMIT 5) LIMIT 4';
    expect(printed(sql)).toBe(
      'WITH "x" AS (UPDATE "t" SET "a" = (SELECT "b" FROM "u" ORDER BY "c" LIMIT 1) ORDER BY (SELECT "e" FROM "f" ORDER BY "g") LIMIT 2 RETURNING "a") DELETE FROM "y" USING "x" WHERE ("y"."a" IN (SELECT "a" FROM "z" LIMIT 5)) LIMIT 4',
    );
  });

  it.each([
    ['BEGIN PRIORITY HIGH', 'BEGIN PRIORITY HIGH'],
    [
      "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE, PRIORITY low AS OF SYSTEM TIME '-1s'",
      "BEGIN ISOLATION LEVEL SERIALIZABLE, PRIORITY LOW, AS OF SYSTEM TIME '-1s'",
    ],
    ['START TRANSACTION PRIORITY NORMAL, READ ONLY', 'START TRANSACTION PRIORITY NORMAL, READ ONLY'],
    [
      'SET TRANSACTION AS OF SYSTEM TIME follower_read_timestamp()',
      'SET TRANSACTION AS OF SYSTEM TIME "follower_read_timestamp"()',
    ],
    [
      'SET SESSION CHARACTERISTICS AS TRANSACTION PRIORITY HIGH',
      'SET SESSION CHARACTERISTICS AS TRANSACTION PRIORITY HIGH',
    ],
  ])('%s', (sql, text) => {
    expect(printed(sql)).toBe(text);
  });

  it('modes of a transaction are options with names of their own', () => {
    expect(bodyOf("BEGIN PRIORITY LOW, AS OF SYSTEM TIME '-1s', READ ONLY").options).toMatchObject([
      { DefElem: { defname: 'transaction_priority', arg: { A_Const: { sval: { sval: 'low' } } } } },
      { DefElem: { defname: 'transaction_as_of', arg: { A_Const: { sval: { sval: '-1s' } } } } },
      { DefElem: { defname: 'transaction_read_only' } },
    ]);
  });
});

describe('what PostgreSQL spells otherwise is read under its name', () => {
  it.each([
    ['1:::INT', 'CAST(1 AS bigint)'],
    ["'a':::STRING::TEXT", `CAST(CAST('a' AS "text") AS "text")`],
    ['a::INT', 'CAST("a" AS bigint)'],
    ['a::INTEGER[]', 'CAST("a" AS bigint[])'],
    ['a::INT8', 'CAST("a" AS "int8")'],
    ['a::INT64', 'CAST("a" AS bigint)'],
    ['a::INT4', 'CAST("a" AS "int4")'],
    ['a::INT2', 'CAST("a" AS "int2")'],
    ['a::SMALLINT', 'CAST("a" AS smallint)'],
    ['a::FLOAT', 'CAST("a" AS double precision)'],
    ['a::FLOAT4', 'CAST("a" AS "float4")'],
    ['a::REAL', 'CAST("a" AS real)'],
    ['a::DECIMAL(4,2)', 'CAST("a" AS numeric(4, 2))'],
    ['a::DEC', 'CAST("a" AS numeric)'],
    ['a::STRING', 'CAST("a" AS "text")'],
    ['a::STRING(5)', 'CAST("a" AS character varying(5))'],
    ['a::STRING[]', 'CAST("a" AS "text"[])'],
    ['a::"string"', 'CAST("a" AS "text")'],
    ['a::BYTES', 'CAST("a" AS "bytea")'],
    ['a::BLOB', 'CAST("a" AS "bytea")'],
    ['a::JSON', 'CAST("a" AS "jsonb")'],
    ['a::JSONB', 'CAST("a" AS "jsonb")'],
    ['a::UUID', 'CAST("a" AS "uuid")'],
    ['a::BOOL', 'CAST("a" AS "bool")'],
    ['a::TIMESTAMPTZ(3)', 'CAST("a" AS timestamptz(3))'],
    ['a::TIMETZ', 'CAST("a" AS "timetz")'],
    ['a::TIMESTAMP', 'CAST("a" AS timestamp)'],
    ['a::VARBIT(3)', 'CAST("a" AS varbit(3))'],
    ['a::GEOMETRY(POINT, 4326)', 'CAST("a" AS geometry(point, 4326))'],
    ["INT '5'", "CAST('5' AS bigint)"],
    ["CHAR 'xyz'", "CAST('xyz' AS character(1))"],
    ["BIT '101'", "CAST('101' AS bit(1))"],
    ["a::CHAR, CHAR VARYING 'xyz'", `CAST("a" AS character(1)), CAST('xyz' AS character varying)`],
    ["STRING 'x'", `CAST('x' AS "text")`],
    ["INTERVAL '1' DAY", "CAST('1' AS interval day)"],
    ["b'a\\x00\\'\\n'", `CAST('\\x6100270a' AS "bytea")`],
    ["x'00fF'", `CAST('\\x00ff' AS "bytea")`],
    ["X'00fF'", `CAST('\\x00ff' AS "bytea")`],
    ["B'010'", "B'010'"],
    ["b'ü'", `CAST('\\xc3bc' AS "bytea")`],
    ['if(a, b, c)', 'IF("a", "b", "c")'],
    ['ifnull(a, b)', 'IFNULL("a", "b")'],
    ['iferror(a, b, c)', 'IFERROR("a", "b", "c")'],
    ['iserror(a)', 'ISERROR("a")'],
    ['nullif(a, b)', 'NULLIF("a", "b")'],
    ['current_timestamp()', 'CURRENT_TIMESTAMP'],
    ['current_user()', 'CURRENT_USER'],
    ['a LIKE ANY (b)', '("a" LIKE ANY ("b"))'],
    ['a NOT ILIKE ALL (b)', '("a" NOT ILIKE ALL ("b"))'],
    ["a LIKE b ESCAPE '!'", `("a" LIKE "b" ESCAPE '!')`],
    ['a // b', '("a" // "b")'],
  ])('%s', (expression, text) => {
    expect(printed(`SELECT ${expression} FROM t`)).toBe(`SELECT ${text} FROM "t"`);
  });

  it('the types of PREPARE and of columns of a function', () => {
    expect(printed('PREPARE p (INT, STRING) AS SELECT $1')).toBe('PREPARE "p"(bigint, "text") AS SELECT $1');
    expect(printed('SELECT * FROM f() AS x (a INT, b BYTES)')).toBe(
      'SELECT * FROM "f"() AS "x"("a" bigint, "b" "bytea")',
    );
  });

  it('all of a byte literal, whatever bytes it holds', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte);
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const octal = bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    const escaped = bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
    for (const body of [`b'${octal}'`, `b'${escaped}'`, `x'${hex}'`])
      expect(printed(`SELECT ${body}`)).toBe(`SELECT CAST('\\x${hex}' AS "bytea")`);
    expect(printed(String.raw`SELECT b'\a\b\f\n\r\t\v\\\q\u00e9\U0001F600'''`)).toBe(
      `SELECT CAST('\\x07080c0a0d090b5c71c3a9f09f988027' AS "bytea")`,
    );
  });
});

describe('printed for either server', () => {
  it('hints fall away for PostgreSQL, which does without them', () => {
    expect(printed('SELECT * FROM t@idx INNER HASH JOIN u@{NO_FULL_SCAN} ON true', 'postgres')).toBe(
      'SELECT * FROM ("t" JOIN "u" ON TRUE)',
    );
    expect(printed('DELETE FROM t@idx RETURNING NOTHING', 'postgres')).toBe('DELETE FROM "t"');
  });

  it('index hints are printed before the alias', () => {
    expect(printed('SELECT * FROM ONLY s.t@{FORCE_INDEX=i,ASC,NO_ZIGZAG_JOIN} AS x (a)')).toBe(
      'SELECT * FROM ONLY "s"."t"@{FORCE_INDEX="i", ASC, NO_ZIGZAG_JOIN} AS "x"("a")',
    );
    expect(printed('UPDATE t@i AS x SET a = 1')).toBe('UPDATE "t"@"i" AS "x" SET "a" = 1');
  });

  it('LIMIT ALL is no LIMIT NULL', () => {
    expect(printed('SELECT a FROM t LIMIT ALL')).toBe('SELECT "a" FROM "t" LIMIT ALL');
    expect(printed('SELECT a FROM t LIMIT ALL', 'postgres')).toBe('SELECT "a" FROM "t" LIMIT NULL');
  });

  it('a statement of a PostgreSQL client keeps its four-byte integers on CockroachDB', () => {
    const [statement] = parser.parse(
      'SELECT a::integer, b::pg_catalog.int4, c::json, d::json[] FROM t',
      'postgres',
    );
    expect(printedTree(statement?.stmt as Node, 'cockroachdb', 'postgres')).toBe(
      'SELECT CAST("a" AS "int4"), CAST("b" AS "int4"), CAST("c" AS "jsonb"), CAST("d" AS "jsonb"[]) FROM "t"',
    );
  });

  it.each([
    ['COPY t TO STDOUT (FORMAT csv, HEADER)', `COPY "t" TO STDOUT (FORMAT 'csv', HEADER)`],
    ["COPY t TO STDOUT WITH CSV DELIMITER ';'", `COPY "t" TO STDOUT (FORMAT 'csv', DELIMITER ';')`],
    ['COPY t TO STDOUT WITH CSV HEADER', 'COPY "t" TO STDOUT CSV HEADER'],
    ["SET TIME ZONE INTERVAL '+01:00' HOUR TO MINUTE", "SET TIME ZONE INTERVAL '+01:00' hour to minute"],
    ['FETCH 5 FROM c', 'FETCH FORWARD 5 FROM "c"'],
    ['DECLARE c CURSOR FOR SELECT 1', 'DECLARE "c" CURSOR FOR SELECT 1'],
    ['SAVEPOINT cockroach_restart', 'SAVEPOINT "cockroach_restart"'],
    ['ROLLBACK TO SAVEPOINT cockroach_restart', 'ROLLBACK TO SAVEPOINT "cockroach_restart"'],
    ['RELEASE cockroach_restart', 'RELEASE SAVEPOINT "cockroach_restart"'],
    ['SHOW TRANSACTION ISOLATION LEVEL', 'SHOW "transaction_isolation"'],
  ])('%s', (sql, text) => {
    expect(printed(sql)).toBe(text);
  });
});

describe('trees of the dialect are compared in every part', () => {
  it.each([
    ['SELECT 1 FROM t@a', 'SELECT 1 FROM t@b'],
    ['SELECT 1 FROM t@a', 'SELECT 1 FROM t'],
    ['SELECT 1 FROM t@{FORCE_INDEX=a,ASC}', 'SELECT 1 FROM t@{FORCE_INDEX=a,DESC}'],
    ["SELECT 1 FROM t AS OF SYSTEM TIME '-1s'", "SELECT 1 FROM t AS OF SYSTEM TIME '-2s'"],
    ["SELECT 1 FROM t AS OF SYSTEM TIME '-1s'", 'SELECT 1 FROM t'],
    ['UPSERT INTO t VALUES (1)', 'INSERT INTO t VALUES (1)'],
    ['DELETE FROM t LIMIT 1', 'DELETE FROM t LIMIT 2'],
    ['DELETE FROM t ORDER BY a LIMIT 1', 'DELETE FROM t ORDER BY b LIMIT 1'],
    ['UPDATE t SET a = 1 LIMIT 1', 'UPDATE t SET a = 1'],
    ['DELETE FROM t RETURNING NOTHING', 'DELETE FROM t'],
    ['DELETE FROM t RETURNING NOTHING', 'DELETE FROM t RETURNING "nothing"'],
    ['SELECT 1 FROM t INNER HASH JOIN u ON true', 'SELECT 1 FROM t INNER MERGE JOIN u ON true'],
    ['SELECT 1 FROM t INNER HASH JOIN u ON true', 'SELECT 1 FROM t INNER JOIN u ON true'],
    ['BEGIN PRIORITY LOW', 'BEGIN PRIORITY HIGH'],
    ["BEGIN AS OF SYSTEM TIME '-1s'", "BEGIN AS OF SYSTEM TIME '-2s'"],
  ])('%s is not %s', (one, other) => {
    expect(equalTrees(readOne(one), readOne(other))).toBe(false);
    expect(equalTrees(readOne(one), readOne(one))).toBe(true);
  });
});
