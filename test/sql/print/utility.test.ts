import { describe, expect, it } from 'vitest';
import { printed } from './printed.ts';

describe('utility statements', () => {
  it.each([
    ['begin', 'BEGIN'],
    [
      'begin isolation level repeatable read, read only, not deferrable',
      'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE',
    ],
    ['start transaction read write', 'START TRANSACTION READ WRITE'],
    ['commit and chain', 'COMMIT AND CHAIN'],
    ['end', 'COMMIT'],
    ['abort', 'ROLLBACK'],
    ['rollback and no chain', 'ROLLBACK'],
    ['savepoint "a; b"', 'SAVEPOINT "a; b"'],
    ['release a', 'RELEASE SAVEPOINT "a"'],
    ['rollback to savepoint a', 'ROLLBACK TO SAVEPOINT "a"'],
    ['set transaction isolation level serializable', 'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE'],
    [
      'set session characteristics as transaction read only',
      'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY',
    ],
    ["set a.b to on, 2, -3, -1.5, 'x''y', z", `SET "a"."b" = 'on', 2, -3, -1.5, 'x''y', 'z'`],
    ['set local work_mem = default', 'SET LOCAL "work_mem" TO DEFAULT'],
    ["set time zone 'UTC'", `SET "timezone" = 'UTC'`],
    ["set local time zone interval '1' hour", "SET LOCAL TIME ZONE INTERVAL '1' hour"],
    ['reset a.b', 'RESET "a"."b"'],
    ['reset all', 'RESET ALL'],
    ['show a.b', 'SHOW "a"."b"'],
    ['show all', 'SHOW "all"'],
    ['show transaction isolation level', 'SHOW "transaction_isolation"'],
    [
      'declare c binary insensitive no scroll cursor for select 1',
      'DECLARE "c" BINARY INSENSITIVE NO SCROLL CURSOR FOR SELECT 1',
    ],
    [
      'declare c scroll cursor with hold for values (1)',
      'DECLARE "c" SCROLL CURSOR WITH HOLD FOR VALUES (1)',
    ],
    ['fetch c', 'FETCH FORWARD 1 FROM "c"'],
    ['fetch all in c', 'FETCH FORWARD ALL FROM "c"'],
    ['fetch backward all from c', 'FETCH BACKWARD ALL FROM "c"'],
    ['fetch -3 from c', 'FETCH FORWARD -3 FROM "c"'],
    ['fetch last from c', 'FETCH ABSOLUTE -1 FROM "c"'],
    ['move relative 0 from c', 'MOVE RELATIVE 0 FROM "c"'],
    ['close all', 'CLOSE ALL'],
    ['close c', 'CLOSE "c"'],
    ['prepare p (int, text[]) as select $1', 'PREPARE "p"(integer, "text"[]) AS SELECT $1'],
    ['prepare p as delete from t', 'PREPARE "p" AS DELETE FROM "t"'],
    ["execute p(1, 'a' || 'b')", `EXECUTE "p"(1, ('a' || 'b'))`],
    ['execute p', 'EXECUTE "p"'],
    ['deallocate prepare p', 'DEALLOCATE "p"'],
    ['deallocate all', 'DEALLOCATE ALL'],
    ['copy t (a, b) to stdout', 'COPY "t" ("a", "b") TO STDOUT'],
    [
      "copy (select 1) to stdout (format csv, header true, delimiter ';', force_quote (a, b), null '')",
      `COPY (SELECT 1) TO STDOUT ("format" 'csv', "header" 'true', "delimiter" ';', "force_quote" ('a', 'b'), "null" '')`,
    ],
    [
      "copy s.t to stdout with delimiter E'\\t' null as '\\N'",
      `COPY "s"."t" TO STDOUT ("delimiter" '\t', "null" '\\N')`,
    ],
    [
      "copy t to stdout csv header quote '\"' force quote a, b",
      `COPY "t" TO STDOUT CSV HEADER QUOTE '"' FORCE QUOTE "a", "b"`,
    ],
    ['explain select 1', 'EXPLAIN SELECT 1'],
    ['explain analyze verbose update t set a = 1', 'EXPLAIN ("analyze", "verbose") UPDATE "t" SET "a" = 1'],
    ['explain (analyze off, format json) select 1', `EXPLAIN ("analyze" 'off', "format" 'json') SELECT 1`],
    ['discard all', 'DISCARD ALL'],
    ['discard temporary', 'DISCARD TEMP'],
  ])('%s', (sql, expected) => {
    expect(printed(sql)).toBe(expected);
    expect(printed(expected)).toBe(expected);
  });

  it.each([
    'copy t from stdin',
    "copy t to '/tmp/x'",
    "copy t to program 'x'",
    "prepare transaction 'x'",
    "commit prepared 'x'",
    "set transaction snapshot 'x'",
    "set time zone interval(3) '1'",
    "set timezone = '1', '2', interval '1' hour",
    'set x from current',
    'set "a." = 1',
    'explain create table t as select 1',
    'listen x',
    'do $$ begin end $$',
  ])('%s is refused', (sql) => {
    expect(() => printed(sql)).toThrow('cannot be');
  });
});
