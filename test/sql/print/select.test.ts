import { describe, expect, it } from 'vitest';
import { printed } from './printed.ts';

const T = 'SELECT "a" FROM "t"';

describe('SELECT is printed with every name quoted and every operator in brackets', () => {
  it.each([
    // Lists, FROM and conditions.
    ['select', 'SELECT'],
    ['select from t', 'SELECT FROM "t"'],
    [
      'select a, t.b as "B", s.t.c x, t.*, * from s.t',
      'SELECT "a", "t"."b" AS "B", "s"."t"."c" AS "x", "t".*, * FROM "s"."t"',
    ],
    ['select a from only t as x', 'SELECT "a" FROM ONLY "t" AS "x"'],
    ['select a from d.s.t as x(p, q)', 'SELECT "a" FROM "d"."s"."t" AS "x"("p", "q")'],
    ['table t', 'SELECT * FROM "t"'],
    ['select all a from t where b', 'SELECT "a" FROM "t" WHERE "b"'],
    ['select distinct a from t', 'SELECT DISTINCT "a" FROM "t"'],
    ['select distinct on (1, b) a from t', 'SELECT DISTINCT ON (1, "b") "a" FROM "t"'],
    // Grouping.
    ['select a from t group by ()', `${T} GROUP BY ()`],
    ['select a from t group by 1, (a, 2) having true', `${T} GROUP BY 1, ("a", 2) HAVING TRUE`],
    [
      'select a from t group by distinct rollup (a, (b, c)), cube (d)',
      `${T} GROUP BY DISTINCT ROLLUP("a", ("b", "c")), CUBE("d")`,
    ],
    [
      'select a from t group by grouping sets ((), (a), rollup (b), grouping sets (c))',
      `${T} GROUP BY GROUPING SETS ((), "a", ROLLUP("b"), GROUPING SETS ("c"))`,
    ],
    ['select grouping(a, b) from t group by a', 'SELECT GROUPING("a", "b") FROM "t" GROUP BY "a"'],
    // Order, limit and locks.
    [
      'select a from t order by 1 desc nulls last, b using >, c asc nulls first',
      `${T} ORDER BY 1 DESC NULLS LAST, "b" USING >, "c" ASC NULLS FIRST`,
    ],
    [
      'select a from t order by b using operator(pg_catalog.<)',
      `${T} ORDER BY "b" USING OPERATOR("pg_catalog".<)`,
    ],
    ['select a from t limit 5 offset $1', `${T} OFFSET $1 LIMIT 5`],
    ['select a from t limit all', `${T} LIMIT NULL`],
    ['select a from t fetch first row only', `${T} LIMIT 1`],
    [
      'select a from t order by a fetch first 3 rows with ties',
      `${T} ORDER BY "a" FETCH FIRST (3) ROWS WITH TIES`,
    ],
    [
      'select a from t for update of t nowait for no key update skip locked',
      `${T} FOR UPDATE OF "t" NOWAIT FOR NO KEY UPDATE SKIP LOCKED`,
    ],
    ['select a from t for share for key share of s.t, u', `${T} FOR SHARE FOR KEY SHARE OF "s"."t", "u"`],
    // Set operations and VALUES.
    [
      'select a union all select b except select c',
      '((SELECT "a") UNION ALL (SELECT "b")) EXCEPT (SELECT "c")',
    ],
    [
      '(select a limit 1) intersect (select b order by 1) order by 1 limit 2',
      '(SELECT "a" LIMIT 1) INTERSECT (SELECT "b" ORDER BY 1) ORDER BY 1 LIMIT 2',
    ],
    ["values (1, 'a'), (2, default)", "VALUES (1, 'a'), (2, DEFAULT)"],
    // Joins.
    ['select a from t, u cross join v', `${T}, ("u" CROSS JOIN "v")`],
    [
      'select a from t join u on x left join v using (y, z) as j',
      `SELECT "a" FROM (("t" JOIN "u" ON "x") LEFT JOIN "v" USING ("y", "z") AS "j")`,
    ],
    [
      'select a from t natural full join u right join (v join w on true) on false',
      'SELECT "a" FROM (("t" NATURAL FULL JOIN "u") RIGHT JOIN ("v" JOIN "w" ON TRUE) ON FALSE)',
    ],
    ['select a from (t join u on true) as j(p)', 'SELECT "a" FROM ("t" JOIN "u" ON TRUE) AS "j"("p")'],
    // Sub-queries and functions in FROM.
    [
      'select a from (select 1) as s(x), lateral (values (1)) v',
      'SELECT "a" FROM (SELECT 1) AS "s"("x"), LATERAL (VALUES (1)) AS "v"',
    ],
    [
      'select a from f(1) with ordinality as g(x, n)',
      'SELECT "a" FROM "f"(1) WITH ORDINALITY AS "g"("x", "n")',
    ],
    [
      'select a from lateral f() as g(x int, y text collate "C")',
      'SELECT "a" FROM LATERAL "f"() AS "g"("x" integer, "y" "text" COLLATE "C")',
    ],
    ['select a from f() as (x int[])', 'SELECT "a" FROM "f"() AS ("x" integer[])'],
    [
      'select a from rows from (f(1) as (x int), g()) with ordinality r',
      'SELECT "a" FROM ROWS FROM ("f"(1) AS ("x" integer), "g"()) WITH ORDINALITY AS "r"',
    ],
    [
      'select a from current_date, cast(x as int) as y',
      'SELECT "a" FROM CURRENT_DATE, CAST("x" AS integer) AS "y"',
    ],
    // WITH.
    [
      'with w(a) as (select 1), v as materialized (select 2) select a from w',
      'WITH "w"("a") AS (SELECT 1), "v" AS MATERIALIZED (SELECT 2) SELECT "a" FROM "w"',
    ],
    [
      'with w as not materialized (delete from t returning a) select a from w',
      'WITH "w" AS NOT MATERIALIZED (DELETE FROM "t" RETURNING "a") SELECT "a" FROM "w"',
    ],
    [
      "with recursive w as (select 1 union select 2) search breadth first by a, b set o cycle a set m to 'y' default 'n' using p select 1",
      'WITH RECURSIVE "w" AS ((SELECT 1) UNION (SELECT 2)) SEARCH BREADTH FIRST BY "a", "b" SET "o" CYCLE "a" SET "m" TO \'y\' DEFAULT \'n\' USING "p" SELECT 1',
    ],
    [
      'with recursive w as (select 1) cycle a set m using p select 1',
      'WITH RECURSIVE "w" AS (SELECT 1) CYCLE "a" SET "m" TO TRUE DEFAULT FALSE USING "p" SELECT 1',
    ],
    // Windows.
    [
      'select sum(a) over w, count(*) over (w rows 1 preceding) from t window w as (partition by b order by c)',
      'SELECT "sum"("a") OVER "w", "count"(*) OVER ("w" ROWS 1 PRECEDING) FROM "t" WINDOW "w" AS (PARTITION BY "b" ORDER BY "c")',
    ],
    [
      'select f() over (), g() over (groups between unbounded preceding and 2 following exclude ties)',
      'SELECT "f"() OVER (), "g"() OVER (GROUPS BETWEEN UNBOUNDED PRECEDING AND 2 FOLLOWING EXCLUDE TIES)',
    ],
    [
      'select f() over (range between current row and unbounded following exclude current row)',
      'SELECT "f"() OVER (RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)',
    ],
    [
      'select f() over (rows between 1 following and 2 following exclude group)',
      'SELECT "f"() OVER (ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING EXCLUDE GROUP)',
    ],
    [
      'select f() over (rows between 2 preceding and 1 preceding exclude no others)',
      'SELECT "f"() OVER (ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)',
    ],
    ['select f() over (range current row)', 'SELECT "f"() OVER (RANGE CURRENT ROW)'],
  ])('%s', (sql, expected) => {
    expect(printed(sql)).toBe(expected);
    expect(printed(expected)).toBe(expected);
  });
});
