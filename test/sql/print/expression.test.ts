import { describe, expect, it } from 'vitest';
import { printed } from './printed.ts';

function print(expression: string): string {
  return printed(`select ${expression}`).replace(/^SELECT /, '');
}

describe('expressions are printed so that no precedence decides what they mean', () => {
  it.each([
    // Constants.
    [
      "1, 1.50, .5, 1e-3, 3000000000, 'it''s', E'a\\nb\\\\', null, true",
      "1, 1.50, .5, 1e-3, 3000000000, 'it''s', 'a\nb\\', NULL, TRUE",
    ],
    ["b'01', x'1F', $$q'q$$, U&'\\0061', 0x10, 1_000, 0b11", "B'01', X'1F', 'q''q', 'a', 16, 1000, 3"],
    ['-5, - 5.5, -(-5), -2147483648, 2 - -5', '(-5), (-5.5), 5, (-2147483648), (2 - (-5))'],
    ['$1, $12[1]', '$1, ($12)[1]'],
    // Operators.
    ['a + b * c', '("a" + ("b" * "c"))'],
    ['(a + b) * - c', '(("a" + "b") * (- "c"))'],
    ['a = 1 and (b or not c) and d', '(("a" = 1) AND ("b" OR (NOT "c")) AND "d")'],
    ['(not a) is null', '((NOT "a") IS NULL)'],
    ['(a is null) is not null', '(("a" IS NULL) IS NOT NULL)'],
    ['a between (b and c) and d', '("a" BETWEEN ("b" AND "c") AND "d")'],
    [
      'a not between symmetric 1 and 2, a not between 1 and 2, a between symmetric 1 and 2',
      '("a" NOT BETWEEN SYMMETRIC 1 AND 2), ("a" NOT BETWEEN 1 AND 2), ("a" BETWEEN SYMMETRIC 1 AND 2)',
    ],
    ['a operator(pg_catalog.+) b', '("a" OPERATOR("pg_catalog".+) "b")'],
    ['a @> b || c, ~ a, a !~~* b', '(("a" @> "b") || "c"), (~ "a"), ("a" !~~* "b")'],
    [
      "a like 'x' escape '!', a not ilike b, a similar to 'x', a not similar to 'x' escape 'y'",
      `("a" LIKE 'x' ESCAPE '!'), ("a" NOT ILIKE "b"), ("a" SIMILAR TO 'x'), ("a" NOT SIMILAR TO 'x' ESCAPE 'y')`,
    ],
    [
      'a in (1, 2), a not in (b), (a, b) in ((1, 2), (3, 4))',
      '("a" IN (1, 2)), ("a" NOT IN ("b")), (("a", "b") IN ((1, 2), (3, 4)))',
    ],
    [
      'a = any (b), a <> all (array[1]), a like any (b)',
      '("a" = ANY ("b")), ("a" <> ALL (ARRAY[1])), ("a" ~~ ANY ("b"))',
    ],
    [
      'a is distinct from b, a is not distinct from null, nullif(a, b)',
      '("a" IS DISTINCT FROM "b"), ("a" IS NOT DISTINCT FROM NULL), NULLIF("a", "b")',
    ],
    [
      'a is true, a is not unknown, (a = b) is not false',
      '("a" IS TRUE), ("a" IS NOT UNKNOWN), (("a" = "b") IS NOT FALSE)',
    ],
    // Sub-queries.
    [
      'exists (select 1), array(select 1), (select 1), a in (select 1), not a in (select 1)',
      'EXISTS (SELECT 1), ARRAY(SELECT 1), (SELECT 1), ("a" IN (SELECT 1)), (NOT ("a" IN (SELECT 1)))',
    ],
    [
      'a = any (select 1), a < all (select 1), (a, b) = (select 1, 2)',
      '("a" = ANY (SELECT 1)), ("a" < ALL (SELECT 1)), (("a", "b") = (SELECT 1, 2))',
    ],
    // Calls.
    [
      'f(), s.f(1, x => 2), f(variadic a), f(distinct a order by b desc)',
      '"f"(), "s"."f"(1, "x" => 2), "f"(VARIADIC "a"), "f"(DISTINCT "a" ORDER BY "b" DESC)',
    ],
    [
      'count(*) filter (where a), percentile_cont(0.5) within group (order by b)',
      '"count"(*) FILTER (WHERE "a"), "percentile_cont"(0.5) WITHIN GROUP (ORDER BY "b")',
    ],
    [
      'coalesce(a, 1), greatest(a, b), least(a, b), row(), row(1), (a, b)',
      'COALESCE("a", 1), GREATEST("a", "b"), LEAST("a", "b"), ROW(), ROW(1), ("a", "b")',
    ],
    [
      'current_date, current_time(3), localtimestamp, current_user, user, current_schema, session_user',
      'CURRENT_DATE, CURRENT_TIME(3), LOCALTIMESTAMP, CURRENT_USER, USER, CURRENT_SCHEMA, SESSION_USER',
    ],
    [
      "extract(year from a), extract('x y' from a), position('a' in b)",
      `EXTRACT('year' FROM "a"), EXTRACT('x y' FROM "a"), POSITION('a' IN "b")`,
    ],
    [
      "substring(a from 1 for 2), substring(a for 2), substring(a similar 'x' escape 'y'), substring(a, 1)",
      `SUBSTRING("a" FROM 1 FOR 2), SUBSTRING("a" FROM 1 FOR CAST(2 AS integer)), SUBSTRING("a" FROM 'x' FOR 'y'), "substring"("a", 1)`,
    ],
    [
      "trim(a), trim(leading 'x' from a), trim(trailing from a), overlay(a placing b from 1 for 2)",
      `TRIM(BOTH FROM "a"), TRIM(LEADING FROM "a", 'x'), TRIM(TRAILING FROM "a"), OVERLAY("a" PLACING "b" FROM 1 FOR 2)`,
    ],
    [
      "a at time zone 'UTC' at local, (a, b) overlaps (c, d), collation for (a)",
      `(("a" AT TIME ZONE 'UTC') AT LOCAL), (ROW("a", "b") OVERLAPS ROW("c", "d")), COLLATION FOR ("a")`,
    ],
    [
      'a is normalized, a is nfkc normalized, normalize(a), normalize(a, nfd)',
      '("a" IS NORMALIZED), ("a" IS NFKC NORMALIZED), NORMALIZE("a"), NORMALIZE("a", NFD)',
    ],
    // CASE, arrays, fields, collations.
    [
      'case when a then b end, case a when 1 then 2 else 3 end',
      'CASE WHEN "a" THEN "b" END, CASE "a" WHEN 1 THEN 2 ELSE 3 END',
    ],
    [
      'array[], array[[1, 2], [3, 4]], (array[1, 2])[1], a[1:2][:3], a[:]',
      'ARRAY[], ARRAY[ARRAY[1, 2], ARRAY[3, 4]], (ARRAY[1, 2])[1], ("a")[1:2][:3], ("a")[:]',
    ],
    [
      '(a).b, (f(a)).*, (a.b).c[1].d, (select b).c',
      '("a")."b", ("f"("a")).*, ("a"."b")."c"[1]."d", ((SELECT "b"))."c"',
    ],
    ['a collate "C" || b', '(("a" COLLATE "C") || "b")'],
    // Types.
    [
      'a::int, a::int4, a::pg_catalog.int4, a::bigint, a::text, a::"char"',
      'CAST("a" AS integer), CAST("a" AS "int4"), CAST("a" AS integer), CAST("a" AS bigint), CAST("a" AS "text"), CAST("a" AS "char")',
    ],
    [
      'a::varchar, a::varchar(5), a::char, a::char(3), a::pg_catalog.bpchar, a::numeric(5,2), a::bit varying, a::bit(3)',
      'CAST("a" AS character varying), CAST("a" AS character varying(5)), CAST("a" AS character(1)), CAST("a" AS character(3)), CAST("a" AS "pg_catalog"."bpchar"), CAST("a" AS numeric(5, 2)), CAST("a" AS "pg_catalog"."varbit"), CAST("a" AS bit(3))',
    ],
    [
      'a::timestamp(3) with time zone, a::time, a::timestamptz, a::double precision[3][], a::bool',
      'CAST("a" AS timestamp(3) with time zone), CAST("a" AS time), CAST("a" AS "timestamptz"), CAST("a" AS double precision[3][]), CAST("a" AS "bool")',
    ],
    [
      "interval '1' year, interval '1' day to second(3), interval(2) '1', interval '1', a::interval hour",
      `CAST('1' AS interval year), CAST('1' AS interval day to second(3)), CAST('1' AS interval(2)), CAST('1' AS interval), CAST("a" AS interval hour)`,
    ],
    [
      "date '2020-01-01', geometry(point, 4326) 'x', a::json, a::s.typ[]",
      `CAST('2020-01-01' AS "date"), CAST('x' AS "geometry"("point", 4326)), CAST("a" AS "pg_catalog"."json"), CAST("a" AS "s"."typ"[])`,
    ],
    // JSON.
    [
      "json_object('a' value 1, 'b': a format json absent on null with unique keys returning jsonb)",
      `JSON_OBJECT('a' VALUE 1, 'b' VALUE "a" FORMAT JSON ABSENT ON NULL WITH UNIQUE KEYS RETURNING "jsonb")`,
    ],
    [
      'json_object(), json_array(), json_array(1, 2 null on null)',
      'JSON_OBJECT(), JSON_ARRAY(), JSON_ARRAY(1, 2 NULL ON NULL)',
    ],
    [
      'a is json, a is not json array, a is json object with unique keys',
      '("a" IS JSON), (NOT ("a" IS JSON ARRAY)), ("a" IS JSON OBJECT WITH UNIQUE KEYS)',
    ],
  ])('%s', (sql, expected) => {
    expect(print(sql)).toBe(expected);
  });

  it.each([
    ['xmlelement(name a)', 'an XML function'],
    ['json_value(a, b)', 'JSON_VALUE, JSON_QUERY or JSON_EXISTS'],
    ['a::setof int', 'SETOF'],
    ['0xFFFFFFFFFFFF', 'a number in another notation than decimal'],
    ['1_000.5', 'a number in another notation than decimal'],
    ["x'1G'", 'a bit string'],
  ])('%s is refused', (sql, construct) => {
    expect(() => print(sql)).toThrow(`${construct} cannot be checked`);
  });
});
