import { describe, expect, it } from 'vitest';
import { printed } from './printed.ts';

describe('writes', () => {
  it.each([
    ['insert into t values (1, default)', 'INSERT INTO "t" VALUES (1, DEFAULT)'],
    [
      'insert into s.t as x (a, b[1], c.d) select 1',
      'INSERT INTO "s"."t" AS "x" ("a", "b"[1], "c"."d") SELECT 1',
    ],
    ['insert into t default values returning *', 'INSERT INTO "t" DEFAULT VALUES RETURNING *'],
    [
      'insert into t (a) overriding system value values (1)',
      'INSERT INTO "t" ("a") OVERRIDING SYSTEM VALUE VALUES (1)',
    ],
    ['insert into t overriding user value select 1', 'INSERT INTO "t" OVERRIDING USER VALUE SELECT 1'],
    [
      'with w as (select 1) insert into t with v as (select 2) select 3',
      'WITH "w" AS (SELECT 1) INSERT INTO "t" WITH "v" AS (SELECT 2) SELECT 3',
    ],
    ['insert into t values (1) on conflict do nothing', 'INSERT INTO "t" VALUES (1) ON CONFLICT DO NOTHING'],
    [
      'insert into t values (1) on conflict on constraint k do nothing returning a as b',
      'INSERT INTO "t" VALUES (1) ON CONFLICT ON CONSTRAINT "k" DO NOTHING RETURNING "a" AS "b"',
    ],
    [
      'insert into t values (1) on conflict (a, lower(b) collate "C" text_ops, (c + 1)) where d do update set e = excluded.e, (f, g) = row (1, default), (h) = (select 1) where t.i',
      'INSERT INTO "t" VALUES (1) ON CONFLICT ("a", ("lower"("b")) COLLATE "C" "text_ops", (("c" + 1))) WHERE "d" DO UPDATE SET "e" = "excluded"."e", ("f", "g") = ROW(1, DEFAULT), ("h") = (SELECT 1) WHERE "t"."i"',
    ],
    [
      'update only t as x set a = 1, b[2].c = default where d',
      'UPDATE ONLY "t" AS "x" SET "a" = 1, "b"[2]."c" = DEFAULT WHERE "d"',
    ],
    [
      'update t set (a[1], b) = (select 1, 2) from u, v where true returning t.*',
      'UPDATE "t" SET ("a"[1], "b") = (SELECT 1, 2) FROM "u", "v" WHERE TRUE RETURNING "t".*',
    ],
    [
      'update t set (a, b) = (1, 2), (c, d) = (3, 4), e = 5',
      'UPDATE "t" SET ("a", "b") = (1, 2), ("c", "d") = (3, 4), "e" = 5',
    ],
    ['with w as (select 1) update t set a = 1', 'WITH "w" AS (SELECT 1) UPDATE "t" SET "a" = 1'],
    [
      'delete from only t as x using u join v on true where x.a returning x.a, 1',
      'DELETE FROM ONLY "t" AS "x" USING ("u" JOIN "v" ON TRUE) WHERE "x"."a" RETURNING "x"."a", 1',
    ],
    ['with w as (select 1) delete from t', 'WITH "w" AS (SELECT 1) DELETE FROM "t"'],
  ])('%s', (sql, expected) => {
    expect(printed(sql)).toBe(expected);
    expect(printed(expected)).toBe(expected);
  });

  it.each([
    ['delete from t where current of c', 'WHERE CURRENT OF'],
    ['merge into t using u on true when matched then delete', 'MERGE'],
    ['update t set a = 1 returning with (old as o) o.a', 'RETURNING WITH'],
    ['select a into b from t', 'SELECT INTO'],
    ['select a from t tablesample system (1)', 'TABLESAMPLE'],
    ['create table t (a int)', 'CREATE TABLE'],
  ])('%s is refused', (sql, construct) => {
    expect(() => printed(sql)).toThrow(`${construct} cannot be checked`);
  });
});
