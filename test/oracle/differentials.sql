-- Texts that Postgres' parser and CockroachDB's parser both read, with both readings, and what Cordon's reader does
-- with them for a client of CockroachDB. Where the readings differ it refuses, or reads as CockroachDB does.

-- Concatenation binds tighter than containment in CockroachDB; in Postgres they stand on one level.
SELECT a @> b || c;
-- Postgres: ((a @> b) || c)
-- CockroachDB: (a @> (b || c))
-- => refused

-- With brackets there is one reading.
SELECT a @> (b || c);
-- Both: (a @> (b || c))
-- => read

-- A path into JSON, then a concatenation: one level in both.
SELECT a -> b || c;
-- Both: ((a -> b) || c)
-- => read

-- A path after a concatenation.
SELECT a || b -> c;
-- Both: ((a || b) -> c)
-- => read

-- A path beside a containment.
SELECT a -> b @> c;
-- Both: ((a -> b) @> c)
-- => read

-- The usual comparison of a path.
SELECT a ->> 'b' = c;
-- Both: ((a ->> 'b') = c)
-- => read

-- Bits: three levels in CockroachDB, one in Postgres.
SELECT a | b & c;
-- Postgres: ((a | b) & c)
-- CockroachDB: (a | (b & c))
-- => refused

-- Bits the other way round: both lean to the left.
SELECT a & b | c;
-- Both: ((a & b) | c)
-- => read

-- A shift after an or.
SELECT a | b << c;
-- Postgres: ((a | b) << c)
-- CockroachDB: (a | (b << c))
-- => refused

-- A shift beside a sum.
SELECT a << b + c;
-- Both: (a << (b + c))
-- => read

-- A pattern beside a concatenation.
SELECT a ~ b || c;
-- Postgres: ((a ~ b) || c)
-- CockroachDB: (a ~ (b || c))
-- => refused

-- LIKE beside a concatenation, which every search form writes.
SELECT a LIKE '%' || b || '%';
-- Both: (a LIKE (('%' || b) || '%'))
-- => read

-- The complement binds tightest in CockroachDB.
SELECT ~ a + b;
-- Postgres: (~ (a + b))
-- CockroachDB: ((~ a) + b)
-- => refused

-- A square root of a sum.
SELECT |/ a + b;
-- Both: (|/ (a + b))
-- => read

-- Integer division is a word of CockroachDB; for Postgres it is any operator.
SELECT a + b // c;
-- Postgres: ((a + b) // c)
-- CockroachDB: (a + (b // c))
-- => refused

-- OPERATOR() stands on another level.
SELECT a OPERATOR(pg_catalog.*) b || c;
-- Both: ((a * b) || c)
-- => read

-- What follows ANY belongs to the array in CockroachDB.
SELECT a = ANY (b) + c;
-- Postgres: ((a = ANY b) + c)
-- CockroachDB: (a = ANY (b + c))
-- => refused

-- A cast after ANY.
SELECT a = ANY (b)::int8[];
-- Postgres: ((a = ANY b)::INT8[])
-- CockroachDB: (a = ANY (b::INT8[]))
-- => refused

-- The cast inside of the brackets.
SELECT a = ANY (b::int8[]);
-- Both: (a = ANY (b::INT8[]))
-- => read

-- AND after ANY, as ORMs write it.
SELECT a = ANY (b) AND c;
-- Both: ((a = ANY b) and c)
-- => read

-- A pattern's escape takes an operator with it in Postgres.
SELECT a LIKE b ESCAPE c ~* d;
-- Postgres: like_escape(a, b, (c ~* d))
-- CockroachDB: (like_escape(a, b, c) ~* d)
-- => refused

-- Two operators to CockroachDB, one to Postgres.
SELECT a *~ b;
-- Postgres: (a *~ b)
-- CockroachDB: (a * (~ b))
-- => refused

-- One operator in both.
SELECT a #- b;
-- Both: json_remove_path(a, b)
-- => read

-- A minus that Postgres' lexer keeps in the operator.
SELECT a <@- b;
-- Postgres: (a <@- b)
-- CockroachDB: (a <@ (- b))
-- => refused

-- A column by number, in CockroachDB.
SELECT @1;
-- Postgres: (@ 1)
-- CockroachDB: unknown *tree.IndexedVar
-- => refused

-- An absolute value in Postgres.
SELECT @ 1;
-- Postgres: (@ 1)
-- CockroachDB: unknown *tree.IndexedVar
-- => refused

-- A byte string with backslash escapes, whose quote ends elsewhere.
SELECT b'\', ' FROM secrets --';
-- Postgres: bits(\), ' FROM secrets --'
-- CockroachDB: {from: [{table: [secrets]}], kind: select, targets: bytes(272c20)}
-- => read

-- A byte string without an escape.
SELECT b'01';
-- Postgres: bits(01)
-- CockroachDB: bytes(3031)
-- => read

-- A bit string.
SELECT B'01';
-- Both: bits(01)
-- => read

-- Hex digits: bits in Postgres, bytes in CockroachDB.
SELECT x'00ff';
-- Both: bytes(00ff)
-- => read

-- The same in upper case.
SELECT X'00ff';
-- Both: bytes(00ff)
-- => read

-- A string with escapes.
SELECT e'a\'b\\c\x41\u00e9\101';
-- Both: 'a'b\cAéA'
-- => read

-- An escape that CockroachDB does not know.
SELECT e'\q';
-- Both: 'q'
-- => read

-- A backslash in a plain string is a backslash.
SELECT 'a\';
-- Both: 'a\'
-- => read

-- A string that goes on in the next line.
SELECT 'a'
'b';
-- Both: 'ab'
-- => read

-- Two strings on one line.
SELECT 'a' 'b';
-- Both: not read
-- => refused

-- A string of Unicode escapes.
SELECT U&'\0061';
-- Postgres: 'a'
-- CockroachDB: (u & '\0061')
-- => refused

-- A quoted name of Unicode escapes.
SELECT U&"\0061";
-- Postgres: a
-- CockroachDB: (u & \0061)
-- => refused

-- Dollar quotes.
SELECT $$a'b$$;
-- Both: 'a'b'
-- => read

-- Dollar quotes with a tag.
SELECT $q$a$$b$q$;
-- Both: 'a$$b'
-- => read

-- A tag that is no ASCII.
SELECT $é$a$é$;
-- Both: 'a'
-- => read

-- A national string.
SELECT N'a';
-- Postgres: ('a'::BPCHAR)
-- CockroachDB: ('a'::n)
-- => refused

-- A comment inside of a comment.
SELECT 1 /* a /* b */ c */ + 2;
-- Both: (1 + 2)
-- => read

-- A comment that ends at the end of the line.
SELECT 1 -- + 2
 + 3;
-- Both: (1 + 3)
-- => read

-- A comment that follows an operator directly.
SELECT 1 +-- 2
 3;
-- Both: (1 + 3)
-- => read

-- A comment inside of an operator.
SELECT a </**/= b;
-- Both: not read
-- => refused

-- Hex numbers.
SELECT 0x1F;
-- Both: 31
-- => read

-- Underscores in numbers.
SELECT 1_000;
-- Postgres: 1000
-- CockroachDB: not read
-- => refused

-- A number that runs into a word.
SELECT 1a;
-- Both: not read
-- => refused

-- Octal numbers.
SELECT 0o17;
-- Postgres: 15
-- CockroachDB: not read
-- => refused

-- A leading zero.
SELECT 017;
-- Both: 17
-- => read

-- Numbers without a digit before or after the dot.
SELECT .5 + 5.;
-- Both: (.5 + 5.)
-- => read

-- A number beyond 64 bits.
SELECT 123456789012345678901234567890;
-- Both: 123456789012345678901234567890
-- => read

-- An exponent.
SELECT 1.5e-3;
-- Both: 1.5e-3
-- => read

-- A name in upper case is folded.
SELECT ABC;
-- Both: abc
-- => read

-- A quoted name is not.
SELECT "ABC";
-- Both: ABC
-- => read

-- A name that is no ASCII is folded by CockroachDB alone.
SELECT ÀB;
-- Postgres: Àb
-- CockroachDB: àb
-- => refused

-- The same in lower case.
SELECT àb;
-- Both: àb
-- => read

-- A quote inside of a quoted name.
SELECT "a""b";
-- Both: a"b
-- => read

-- The types of integers have other widths.
SELECT a::int;
-- Postgres: (a::INT4)
-- CockroachDB: (a::INT8)
-- => read

-- INTEGER as well.
SELECT a::integer;
-- Postgres: (a::INT4)
-- CockroachDB: (a::INT8)
-- => read

-- A width that is written out.
SELECT a::int4, b::int8, c::int2;
-- Both: (a::INT4), (b::INT8), (c::INT2)
-- => read

-- BIGINT and SMALLINT are the same in both.
SELECT a::bigint, b::smallint;
-- Both: (a::INT8), (b::INT2)
-- => read

-- CockroachDB's name of text.
SELECT a::string;
-- Postgres: (a::string)
-- CockroachDB: (a::STRING)
-- => read

-- With a length.
SELECT a::string(3);
-- Postgres: (a::string(3))
-- CockroachDB: (a::VARCHAR(3))
-- => read

-- CockroachDB's name of bytea.
SELECT a::bytes;
-- Postgres: (a::bytes)
-- CockroachDB: (a::BYTES)
-- => read

-- FLOAT is 64 bits wide in both.
SELECT a::float;
-- Both: (a::FLOAT8)
-- => read

-- FLOAT with a precision.
SELECT a::float(24);
-- Both: (a::FLOAT4)
-- => read

-- REAL is 32 bits wide in both.
SELECT a::real;
-- Both: (a::FLOAT4)
-- => read

-- A decimal.
SELECT a::decimal(10, 2);
-- Both: (a::DECIMAL(10,2))
-- => read

-- One letter.
SELECT a::char;
-- Both: (a::CHAR)
-- => read

-- Postgres' one byte type.
SELECT a::"char";
-- Both: (a::"char")
-- => read

-- CHARACTER VARYING.
SELECT a::character varying(20);
-- Both: (a::VARCHAR(20))
-- => read

-- Bits with a length.
SELECT a::bit(3);
-- Both: (a::BIT(3))
-- => read

-- JSON is JSONB in CockroachDB.
SELECT a::json;
-- Both: (a::JSONB)
-- => read

-- An array type by its Postgres name.
SELECT a::_int4;
-- Both: (a::INT4[])
-- => read

-- An array of arrays.
SELECT a::int8[][];
-- Postgres: (a::INT8[][])
-- CockroachDB: not read
-- => read

-- A serial number is no type to cast to.
SELECT a::serial;
-- Postgres: (a::serial)
-- CockroachDB: (a::INT8)
-- => refused

-- A time with a zone.
SELECT a::timestamp with time zone, b::timestamptz(3), c::time;
-- Both: (a::TIMESTAMPTZ), (b::TIMESTAMPTZ(3)), (c::TIME)
-- => read

-- An interval with its unit outside of the string.
SELECT interval '1' day;
-- Both: ('1'::INTERVAL DAY)
-- => read

-- An interval with a precision.
SELECT interval(3) '1 day';
-- Both: ('1 day'::INTERVAL(3))
-- => read

-- A type before a string.
SELECT date '2020-01-01', uuid 'a', int8 '3';
-- Both: ('2020-01-01'::DATE), ('a'::UUID), ('3'::INT8)
-- => read

-- A type's name as a function.
SELECT date('2020-01-01');
-- Both: date('2020-01-01')
-- => read

-- A user's type in a schema.
SELECT a::public.state;
-- Both: (a::public.state)
-- => read

-- An annotation of CockroachDB.
SELECT a:::int8;
-- Postgres: not read
-- CockroachDB: (a::INT8)
-- => read

-- Keywords of CockroachDB that are functions to Postgres.
SELECT if(a, b, c);
-- Both: if(a, b, c)
-- => read

-- With two arguments.
SELECT ifnull(a, b);
-- Both: coalesce(a, b)
-- => read

-- An error as a value.
SELECT iferror(a, b);
-- Both: iferror(a, b, null)
-- => read

-- The same as a test.
SELECT iserror(a);
-- Both: iferror(a, null, null)
-- => read

-- A quoted name is a function in both.
SELECT "if"(a, b, c);
-- Postgres: if(a, b, c)
-- CockroachDB: if(a, b, c)
-- => refused

-- COALESCE and NULLIF.
SELECT coalesce(a, b), nullif(a, b);
-- Both: coalesce(a, b), nullif(a, b)
-- => read

-- GREATEST and LEAST.
SELECT greatest(a, b), least(a, b);
-- Both: greatest(a, b), least(a, b)
-- => read

-- EXTRACT by a word.
SELECT extract(year FROM a);
-- Both: extract('year', a)
-- => read

-- EXTRACT by a string.
SELECT extract('year' FROM a);
-- Both: extract('year', a)
-- => read

-- EXTRACT by a name in quotes.
SELECT extract("year" FROM a);
-- Both: extract('year', a)
-- => read

-- SUBSTRING by words.
SELECT substring(a FROM 1 FOR 2);
-- Both: substring(a, 1, 2)
-- => read

-- SUBSTRING by commas.
SELECT substring(a, 1, 2);
-- Both: substring(a, 1, 2)
-- => read

-- SUBSTRING by a pattern.
SELECT substring(a SIMILAR b ESCAPE c);
-- Postgres: substring(a, b, c)
-- CockroachDB: not read
-- => read

-- POSITION.
SELECT position(a IN b);
-- Both: strpos(b, a)
-- => read

-- OVERLAY.
SELECT overlay(a PLACING b FROM 1 FOR 2);
-- Both: overlay(a, b, 1, 2)
-- => read

-- TRIM.
SELECT trim(BOTH a FROM b), trim(b), trim(LEADING FROM b);
-- Both: btrim(b, a), btrim(b), ltrim(b)
-- => read

-- A time zone.
SELECT a AT TIME ZONE 'UTC';
-- Both: timezone('UTC', a)
-- => read

-- The moment, with and without brackets.
SELECT current_timestamp, current_timestamp(3), now(), current_date, localtimestamp;
-- Both: current_timestamp(), current_timestamp(3), now(), current_date(), localtimestamp()
-- => read

-- The current user.
SELECT current_user, session_user, user;
-- Both: current_user(), session_user(), current_user()
-- => read

-- Two periods.
SELECT (a, b) OVERLAPS (c, d);
-- Both: overlaps(a, b, c, d)
-- => read

-- Normal forms.
SELECT a IS NORMALIZED;
-- Postgres: is_normalized(a)
-- CockroachDB: not read
-- => read

-- Not a number.
SELECT a IS NAN;
-- Postgres: not read
-- CockroachDB: (a = 'NaN')
-- => refused

-- A test of type.
SELECT a IS OF (int8);
-- Postgres: not read
-- CockroachDB: unknown *tree.IsOfTypeExpr
-- => refused

-- A field of a row.
SELECT (a).b;
-- Both: field(a, b)
-- => read

-- All fields of a row.
SELECT (a).*;
-- Both: field(a, *)
-- => read

-- An element of a column's array.
SELECT a.b[1];
-- Both: subscript(a.b, 1)
-- => read

-- A slice.
SELECT a[1:2];
-- Both: subscript(a, [1, 2])
-- => read

-- A field of an element.
SELECT a[1].b;
-- Postgres: field(subscript(a, 1), b)
-- CockroachDB: not read
-- => read

-- Rows.
SELECT ROW(a, b), (a, b), ROW();
-- Both: row(a, b), row(a, b), row()
-- => read

-- A row of one, in CockroachDB.
SELECT (a,);
-- Postgres: not read
-- CockroachDB: row(a)
-- => refused

-- A row with labels.
SELECT ((1, 2) AS a, b);
-- Postgres: not read
-- CockroachDB: unknown *tree.Tuple
-- => refused

-- Arrays.
SELECT ARRAY[a, b], ARRAY[]::int8[], ARRAY(SELECT a);
-- Both: array(a, b), (array()::INT8[]), array of(query(a))
-- => read

-- ANY with a list, in CockroachDB.
SELECT a = ANY (1, 2);
-- Postgres: not read
-- CockroachDB: (a = ANY row(1, 2))
-- => refused

-- IN without brackets.
SELECT a IN b;
-- Both: not read
-- => refused

-- A label without AS.
SELECT a b;
-- Both: a AS b
-- => read

-- A label that is a keyword of CockroachDB.
SELECT a nothing;
-- Both: a AS nothing
-- => read

-- Values that are returned.
DELETE FROM t RETURNING a;
-- Both: {kind: delete, returning: [[a, ]], table: {table: [t]}}
-- => read

-- A column called nothing, or no result.
DELETE FROM t RETURNING NOTHING;
-- Postgres: {kind: delete, returning: [[nothing, ]], table: {table: [t]}}
-- CockroachDB: {kind: delete, returning: nothing, table: {table: [t]}}
-- => read

-- With quotes.
DELETE FROM t RETURNING "nothing";
-- Both: {kind: delete, returning: [[nothing, ]], table: {table: [t]}}
-- => read

-- With more columns.
DELETE FROM t RETURNING nothing, a;
-- Postgres: {kind: delete, returning: [[nothing, ], [a, ]], table: {table: [t]}}
-- CockroachDB: not read
-- => refused

-- With a label.
DELETE FROM t RETURNING nothing AS a;
-- Postgres: {kind: delete, returning: [[nothing, a]], table: {table: [t]}}
-- CockroachDB: not read
-- => refused

-- A join that asks for its kind.
SELECT a FROM t INNER HASH JOIN u ON b;
-- Postgres: not read
-- CockroachDB: {from: [{hint: HASH, join: INNER, left: {table: [t]}, on: b, right: {table: [u]}}], kind: select, targets: a}
-- => read

-- An alias that looks like a kind of join.
SELECT a FROM t hash JOIN u ON b;
-- Both: {from: [{join: INNER, left: {alias: [hash, [null]], table: [t]}, on: b, right: {table: [u]}}], kind: select, targets: a}
-- => read

-- The same, and a left join.
SELECT a FROM t LEFT LOOKUP JOIN u ON b;
-- Postgres: not read
-- CockroachDB: {from: [{hint: LOOKUP, join: LEFT, left: {table: [t]}, on: b, right: {table: [u]}}], kind: select, targets: a}
-- => read

-- An alias that looks like another one.
SELECT a FROM t lookup JOIN u ON b;
-- Both: {from: [{join: INNER, left: {alias: [lookup, [null]], table: [t]}, on: b, right: {table: [u]}}], kind: select, targets: a}
-- => read

-- And the third.
SELECT a FROM t merge JOIN u ON b;
-- Both: {from: [{join: INNER, left: {alias: [merge, [null]], table: [t]}, on: b, right: {table: [u]}}], kind: select, targets: a}
-- => read

-- And the fourth.
SELECT a FROM t inverted JOIN u ON b;
-- Both: {from: [{join: INNER, left: {alias: [inverted, [null]], table: [t]}, on: b, right: {table: [u]}}], kind: select, targets: a}
-- => read

-- And the fifth.
SELECT a FROM t straight JOIN u ON b;
-- Both: {from: [{join: INNER, left: {alias: [straight, [null]], table: [t]}, on: b, right: {table: [u]}}], kind: select, targets: a}
-- => read

-- An index.
SELECT a FROM t@idx;
-- Postgres: not read
-- CockroachDB: {from: [{index: FORCE_INDEX=idx, table: [t]}], kind: select, targets: a}
-- => read

-- An index of a table with an alias.
SELECT a FROM t@idx AS x;
-- Postgres: not read
-- CockroachDB: {from: [{alias: [x, [null]], index: FORCE_INDEX=idx, table: [t]}], kind: select, targets: a}
-- => read

-- Hints in braces.
SELECT a FROM t@{FORCE_INDEX=idx,NO_FULL_SCAN};
-- Postgres: not read
-- CockroachDB: {from: [{index: FORCE_INDEX=idx,NO_FULL_SCAN, table: [t]}], kind: select, targets: a}
-- => read

-- The primary index.
SELECT a FROM t@primary;
-- Postgres: not read
-- CockroachDB: {from: [{index: FORCE_INDEX=primary, table: [t]}], kind: select, targets: a}
-- => read

-- An index by number.
SELECT a FROM t@[2];
-- Postgres: not read
-- CockroachDB: {from: [{index: FORCE_INDEX=[2], table: [t]}], kind: select, targets: a}
-- => refused

-- Yesterday's rows.
SELECT a FROM t AS OF SYSTEM TIME '-1h';
-- Postgres: not read
-- CockroachDB: {asOf: '-1h', from: [{table: [t]}], kind: select, targets: a}
-- => read

-- A table that is called as.
SELECT a FROM t AS "of";
-- Both: {from: [{alias: [of, [null]], table: [t]}], kind: select, targets: a}
-- => read

-- A row's number.
SELECT a FROM t WITH ORDINALITY;
-- Postgres: not read
-- CockroachDB: {from: [{ordinality: true, table: [t]}], kind: select, targets: a}
-- => refused

-- A function's row number.
SELECT a FROM f(1) WITH ORDINALITY AS x(a, b);
-- Both: {from: [{alias: [x, [a, b]], functions: [f(1)], ordinality: true}], kind: select, targets: a}
-- => read

-- A table by number.
SELECT a FROM [104 AS t];
-- Postgres: not read
-- CockroachDB: unknown *tree.TableRef
-- => refused

-- A statement as a table.
SELECT a FROM [SHOW TABLES];
-- Postgres: not read
-- CockroachDB: unknown *tree.StatementSource
-- => refused

-- A write as a table.
SELECT a FROM [DELETE FROM t RETURNING a];
-- Postgres: not read
-- CockroachDB: unknown *tree.StatementSource
-- => refused

-- Only this table.
SELECT a FROM ONLY t;
-- Both: {from: [{table: [t]}], kind: select, targets: a}
-- => read

-- Only this table, in brackets.
SELECT a FROM ONLY (t);
-- Both: {from: [{table: [t]}], kind: select, targets: a}
-- => read

-- This table and its children.
SELECT a FROM t *;
-- Both: {from: [{table: [t]}], kind: select, targets: a}
-- => read

-- A table alone.
TABLE t;
-- Both: {from: [{table: [t]}], kind: select, targets: *}
-- => read

-- Values alone.
VALUES (1, 2), (3, 4);
-- Both: {kind: values, rows: [[1, 2], [3, 4]]}
-- => read

-- A query that names no column.
SELECT FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: }
-- => read

-- DISTINCT ON.
SELECT DISTINCT ON (a) b FROM t;
-- Both: {distinctOn: [a], from: [{table: [t]}], kind: select, targets: b}
-- => read

-- A limit of all.
SELECT a FROM t LIMIT ALL;
-- Both: {from: [{table: [t]}], kind: select, targets: a}
-- => read

-- A limit of null.
SELECT a FROM t LIMIT NULL;
-- Both: {from: [{table: [t]}], kind: select, targets: a}
-- => read

-- A limit by other words.
SELECT a FROM t FETCH FIRST 2 ROWS ONLY;
-- Both: {from: [{table: [t]}], kind: select, limit: 2, targets: a}
-- => read

-- An offset by other words.
SELECT a FROM t OFFSET 2 ROWS;
-- Both: {from: [{table: [t]}], kind: select, offset: 2, targets: a}
-- => read

-- OFFSET before LIMIT.
SELECT a FROM t OFFSET 2 LIMIT 1;
-- Both: {from: [{table: [t]}], kind: select, limit: 1, offset: 2, targets: a}
-- => read

-- Rows with ties.
SELECT a FROM t ORDER BY a FETCH FIRST 2 ROWS WITH TIES;
-- Postgres: {from: [{table: [t]}], kind: select, limit: 2, order: [[a, ASC, ]], targets: a}
-- CockroachDB: not read
-- => read

-- An order in brackets and a limit outside.
(SELECT a FROM t ORDER BY a) LIMIT 1;
-- Both: {from: [{table: [t]}], kind: select, limit: 1, order: [[a, ASC, ]], targets: a}
-- => read

-- Two limits.
(SELECT a FROM t LIMIT 2) LIMIT 1;
-- Postgres: not read
-- CockroachDB: {from: [{table: [t]}], kind: select, limit: 1, targets: a}
-- => refused

-- Set operations of two levels.
SELECT a UNION SELECT b INTERSECT SELECT c;
-- Both: {all: false, kind: UNION, left: a, right: {all: false, kind: INTERSECT, left: b, right: c}}
-- => read

-- Set operations that lean to the left.
SELECT a EXCEPT SELECT b UNION ALL SELECT c;
-- Both: {all: true, kind: UNION, left: {all: false, kind: EXCEPT, left: a, right: b}, right: c}
-- => read

-- An order that follows an operator.
SELECT a FROM t ORDER BY a USING <;
-- Postgres: unknown of nothing
-- CockroachDB: not read
-- => read

-- An order with nulls.
SELECT a FROM t ORDER BY a DESC NULLS LAST;
-- Both: {from: [{table: [t]}], kind: select, order: [[a, DESC, NULLS LAST]], targets: a}
-- => read

-- An order by an index.
SELECT a FROM t ORDER BY PRIMARY KEY t;
-- Postgres: not read
-- CockroachDB: unknown *tree.Order
-- => refused

-- Groups.
SELECT a FROM t GROUP BY a HAVING count(*) > 1;
-- Both: {from: [{table: [t]}], group: [a], having: (count(*) > 1), kind: select, targets: a}
-- => read

-- Sets of groups.
SELECT a FROM t GROUP BY ROLLUP (a);
-- Postgres: unknown GroupingSet
-- CockroachDB: not read
-- => read

-- A function that looks like a set of groups.
SELECT a FROM t GROUP BY cube(a);
-- Postgres: unknown GroupingSet
-- CockroachDB: not read
-- => read

-- Windows.
SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b ORDER BY c);
-- Both: {from: [{table: [t]}], kind: select, targets: sum(a, {over: {name: w}}), windows: [{name: w, order: [[c, ASC, ]], partition: [b]}]}
-- => read

-- A frame with a start alone.
SELECT sum(a) OVER (ORDER BY b ROWS 1 PRECEDING) FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: sum(a, {over: {frame: [ROWS, [OFFSET PRECEDING, 1], [CURRENT ROW], ], order: [[b, ASC, ]]}})}
-- => read

-- A frame with an exclusion.
SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: sum(a, {over: {frame: [ROWS, [OFFSET PRECEDING, 1], [OFFSET FOLLOWING, 1], EXCLUDE TIES], order: [[b, ASC, ]]}})}
-- => read

-- A filter.
SELECT count(*) FILTER (WHERE a) FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: count(*, {filter: a})}
-- => read

-- An ordered aggregate.
SELECT array_agg(a ORDER BY b) FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: array_agg(a, {order: [[b, ASC, ]]})}
-- => read

-- A percentile.
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: percentile_cont(0.5, {order: [[a, ASC, ]], within: true})}
-- => read

-- Named arguments.
SELECT f(a => 1);
-- Postgres: unknown NamedArgExpr
-- CockroachDB: not read
-- => refused

-- Arguments as an array.
SELECT f(VARIADIC a);
-- Postgres: unknown VARIADIC
-- CockroachDB: not read
-- => read

-- A common table.
WITH x AS (SELECT a) SELECT b FROM x;
-- Both: {from: [{table: [x]}], kind: select, targets: b, with: {queries: [{materialized: 0, name: [x, [null]], statement: a}], recursive: false}}
-- => read

-- A common table that is kept.
WITH x AS MATERIALIZED (SELECT a) SELECT b FROM x;
-- Both: {from: [{table: [x]}], kind: select, targets: b, with: {queries: [{materialized: 1, name: [x, [null]], statement: a}], recursive: false}}
-- => read

-- A common table that calls itself.
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 9) SELECT n FROM x;
-- Both: {from: [{table: [x]}], kind: select, targets: n, with: {queries: [{materialized: 0, name: [x, [n]], statement: {all: true, kind: UNION, left: 1, right: {from: [{table: [x]}], kind: select, targets: (n + 1), where: (n < 9)}}}], recursive: true}}
-- => read

-- A write in a common table.
WITH x AS (INSERT INTO t (a) VALUES (1) RETURNING a) SELECT a FROM x;
-- Both: {from: [{table: [x]}], kind: select, targets: a, with: {queries: [{materialized: 0, name: [x, [null]], statement: {columns: [a], kind: insert, returning: [[a, ]], rows: {kind: values, rows: [[1]]}, table: {table: [t]}}}], recursive: false}}
-- => read

-- A lock.
SELECT a FROM t FOR UPDATE OF t SKIP LOCKED;
-- Both: {from: [{table: [t]}], kind: select, locking: [[FOR UPDATE, [[t]], SKIP LOCKED]], targets: a}
-- => read

-- Two locks.
SELECT a FROM t FOR SHARE FOR NO KEY UPDATE NOWAIT;
-- Both: {from: [{table: [t]}], kind: select, locking: [[FOR SHARE, [null], ], [FOR NO KEY UPDATE, [null], NOWAIT]], targets: a}
-- => read

-- Insert or overwrite.
UPSERT INTO t (a, b) VALUES (1, 2);
-- Postgres: not read
-- CockroachDB: {columns: [a, b], kind: insert, rows: {kind: values, rows: [[1, 2]]}, table: {table: [t]}, upsert: true}
-- => read

-- A conflict.
INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE t.b < 3 RETURNING a;
-- Both: {columns: [a, b], conflict: {columns: [a], set: [[[b], false, excluded.b]], where: (t.b < 3)}, kind: insert, returning: [[a, ]], rows: {kind: values, rows: [[1, 2]]}, table: {table: [t]}}
-- => read

-- A conflict with a constraint's name.
INSERT INTO t (a) VALUES (1) ON CONFLICT ON CONSTRAINT c DO NOTHING;
-- Both: {columns: [a], conflict: {constraint: c, nothing: true}, kind: insert, rows: {kind: values, rows: [[1]]}, table: {table: [t]}}
-- => read

-- A conflict that asks for nothing.
INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING;
-- Both: {columns: [a], conflict: {nothing: true}, kind: insert, rows: {kind: values, rows: [[1]]}, table: {table: [t]}}
-- => read

-- A conflict of a partial index.
INSERT INTO t (a) VALUES (1) ON CONFLICT (a) WHERE b > 1 DO NOTHING;
-- Both: {columns: [a], conflict: {arbiter: (b > 1), columns: [a], nothing: true}, kind: insert, rows: {kind: values, rows: [[1]]}, table: {table: [t]}}
-- => read

-- A conflict of an expression.
INSERT INTO t (a) VALUES (1) ON CONFLICT (lower(a)) DO NOTHING;
-- Postgres: unknown IndexElem
-- CockroachDB: not read
-- => read

-- A row of defaults.
INSERT INTO t DEFAULT VALUES;
-- Both: {kind: insert, table: {table: [t]}}
-- => read

-- An alias of the target.
INSERT INTO t AS x (a) VALUES (DEFAULT);
-- Both: {columns: [a], kind: insert, rows: {kind: values, rows: [[default()]]}, table: {alias: [x, [null]], table: [t]}}
-- => read

-- An element of the target.
INSERT INTO t (a[1]) VALUES (1);
-- Postgres: unknown ResTarget
-- CockroachDB: not read
-- => read

-- A value that overrides a generated one.
INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1);
-- Postgres: unknown OVERRIDING_SYSTEM_VALUE
-- CockroachDB: not read
-- => read

-- Several columns at once.
UPDATE t SET (a, b) = (1, 2), c = 3;
-- Both: {kind: update, set: [[[a, b], true, row(1, 2)], [[c], false, 3]], table: {table: [t]}}
-- => read

-- Several columns from a row.
UPDATE t SET (a, b) = ROW(1, 2);
-- Postgres: {kind: update, set: [[[a, b], true, row(1, 2)]], table: {table: [t]}}
-- CockroachDB: not read
-- => read

-- Several columns from a query.
UPDATE t SET (a, b) = (SELECT 1, 2);
-- Both: {kind: update, set: [[[a, b], true, query(1, 2)]], table: {table: [t]}}
-- => read

-- One column in brackets.
UPDATE t SET (a) = (1);
-- Both: {kind: update, set: [[[a], true, 1]], table: {table: [t]}}
-- => read

-- One column in brackets, from a row.
UPDATE t SET (a) = ROW(1);
-- Postgres: {kind: update, set: [[[a], true, row(1)]], table: {table: [t]}}
-- CockroachDB: not read
-- => read

-- A column with the table's name.
UPDATE t SET t.a = 1;
-- Postgres: unknown ResTarget
-- CockroachDB: not read
-- => read

-- An update from another table.
UPDATE t AS x SET a = u.b FROM u WHERE u.c = x.c RETURNING x.a;
-- Both: {from: [{table: [u]}], kind: update, returning: [[x.a, ]], set: [[[a], false, u.b]], table: {alias: [x, [null]], table: [t]}, where: (u.c = x.c)}
-- => read

-- The first rows alone.
UPDATE t SET a = 1 ORDER BY b LIMIT 1;
-- Postgres: not read
-- CockroachDB: {kind: update, limit: 1, order: [[b, ASC, ]], set: [[[a], false, 1]], table: {table: [t]}}
-- => read

-- A limit without an order.
DELETE FROM t WHERE a = 1 LIMIT 10;
-- Postgres: not read
-- CockroachDB: {kind: delete, limit: 10, table: {table: [t]}, where: (a = 1)}
-- => read

-- A delete by another table.
DELETE FROM t USING u WHERE t.a = u.a;
-- Both: {from: [{table: [u]}], kind: delete, table: {table: [t]}, where: (t.a = u.a)}
-- => read

-- A row that a cursor stands on.
DELETE FROM t WHERE CURRENT OF c;
-- Postgres: unknown CurrentOfExpr
-- CockroachDB: not read
-- => read

-- A delete in pieces.
DELETE BATCH (SIZE 10) FROM t;
-- Postgres: not read
-- CockroachDB: unknown *tree.Batch
-- => refused

-- A merge.
MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE;
-- Postgres: {kind: other, tag: MergeStmt}
-- CockroachDB: not read
-- => read

-- A transaction in the past.
BEGIN AS OF SYSTEM TIME '-1h';
-- Postgres: not read
-- CockroachDB: {kind: other, tag: BEGIN}
-- => read

-- A transaction with a priority.
BEGIN PRIORITY HIGH;
-- Postgres: not read
-- CockroachDB: {kind: other, tag: BEGIN}
-- => read

-- A transaction of a level.
BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY;
-- Both: {kind: other, tag: BEGIN}
-- => read

-- The same by other words.
START TRANSACTION READ WRITE;
-- Both: {kind: other, tag: BEGIN}
-- => read

-- Options without commas.
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
-- Both: {kind: other, tag: BEGIN}
-- => read

-- Options of the running transaction.
SET TRANSACTION PRIORITY LOW;
-- Postgres: not read
-- CockroachDB: {kind: other, tag: SET TRANSACTION}
-- => read

-- The same, and the past.
SET TRANSACTION AS OF SYSTEM TIME '-1h';
-- Postgres: not read
-- CockroachDB: {kind: other, tag: SET TRANSACTION}
-- => read

-- The retry protocol.
SAVEPOINT cockroach_restart;
-- Both: {kind: other, tag: SAVEPOINT}
-- => read

-- Its release.
RELEASE SAVEPOINT cockroach_restart;
-- Both: {kind: other, tag: RELEASE}
-- => read

-- Its way back.
ROLLBACK TO SAVEPOINT cockroach_restart;
-- Both: {kind: other, tag: ROLLBACK}
-- => read

-- An abort.
ABORT;
-- Both: {kind: other, tag: ROLLBACK}
-- => read

-- The end.
END TRANSACTION;
-- Both: {kind: other, tag: COMMIT}
-- => read

-- A commit in two phases.
PREPARE TRANSACTION 'a';
-- Both: {kind: other, tag: PREPARE TRANSACTION}
-- => read

-- A setting.
SET search_path = public;
-- Both: {kind: other, tag: SET}
-- => read

-- A setting to a list.
SET search_path TO a, b;
-- Both: {kind: other, tag: SET}
-- => read

-- A setting to nothing.
SET search_path = DEFAULT;
-- Both: {kind: other, tag: SET}
-- => read

-- A setting of this transaction.
SET LOCAL a = 1;
-- Both: {kind: other, tag: SET}
-- => read

-- A setting of the cluster.
SET CLUSTER SETTING a = 1;
-- Postgres: not read
-- CockroachDB: {kind: other, tag: SET CLUSTER SETTING}
-- => refused

-- A time zone.
SET TIME ZONE 'UTC';
-- Both: {kind: other, tag: SET}
-- => read

-- Character sets.
SET NAMES 'utf8';
-- Both: {kind: other, tag: SET}
-- => read

-- A look at a setting.
SHOW search_path;
-- Both: {kind: other, tag: SHOW}
-- => read

-- A look at all settings.
SHOW ALL;
-- Both: {kind: other, tag: SHOW}
-- => read

-- A look at the level.
SHOW TRANSACTION ISOLATION LEVEL;
-- Both: {kind: other, tag: SHOW}
-- => read

-- A look at the tables.
SHOW TABLES;
-- Postgres: {kind: other, tag: SHOW}
-- CockroachDB: {kind: other, tag: SHOW TABLES}
-- => refused

-- A prepared statement.
PREPARE a AS SELECT 1;
-- Both: {kind: prepare, name: a, statement: 1}
-- => read

-- A prepared statement with types.
PREPARE a (int8) AS SELECT $1;
-- Both: {kind: prepare, name: a, statement: parameter(1)}
-- => read

-- Its call.
EXECUTE a (1);
-- Both: {kind: other, tag: EXECUTE}
-- => read

-- Its end.
DEALLOCATE a;
-- Both: {kind: other, tag: DEALLOCATE}
-- => read

-- A cursor.
DECLARE c CURSOR FOR SELECT 1;
-- Both: {kind: declare, name: c, statement: 1}
-- => read

-- A step of it.
FETCH FORWARD 2 FROM c;
-- Both: {kind: other, tag: FETCH}
-- => read

-- Its end.
CLOSE c;
-- Both: {kind: other, tag: CLOSE}
-- => read

-- A plan.
EXPLAIN SELECT 1;
-- Both: {kind: explain, statement: 1}
-- => read

-- A plan that runs.
EXPLAIN ANALYZE SELECT 1;
-- Both: {kind: explain analyze, statement: 1}
-- => refused

-- A plan with options.
EXPLAIN (VERBOSE) SELECT 1;
-- Both: {kind: explain, statement: 1}
-- => read

-- A copy.
COPY t (a) FROM STDIN;
-- Both: {columns: [a], kind: copy, table: [t]}
-- => read

-- Several statements.
SELECT 1; SELECT 2;
-- Both: 1; 2
-- => read

-- An empty statement.
;
-- Both: 
-- => read

-- A parameter.
SELECT $1, $2::int8;
-- Both: parameter(1), (parameter(2)::INT8)
-- => read

-- A parameter that runs into a word.
SELECT $1a;
-- Both: parameter(1) AS a
-- => read

-- A parameter by name.
SELECT :a;
-- Both: not read
-- => refused

-- A backslash outside of a string.
SELECT \a;
-- Both: not read
-- => refused

-- A backquote.
SELECT `a`;
-- Both: not read
-- => refused

-- An operator of full text search.
SELECT a @@ b;
-- Both: (a @@ b)
-- => read

-- A column with the schema's and the database's name.
SELECT d.s.t.a FROM d.s.t;
-- Both: {from: [{table: [d, s, t]}], kind: select, targets: d.s.t.a}
-- => read

-- A table with an empty database.
SELECT a FROM "".crdb_internal.x;
-- Postgres: not read
-- CockroachDB: {from: [{table: [, crdb_internal, x]}], kind: select, targets: a}
-- => refused

-- A keyword as a column.
SELECT t.index, t.family FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: t.index, t.family}
-- => read

-- A keyword of CockroachDB as a column alone.
SELECT index FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: index}
-- => read

-- Another one.
SELECT family FROM t;
-- Postgres: {from: [{table: [t]}], kind: select, targets: family}
-- CockroachDB: not read
-- => read

-- A word that CockroachDB reserves for a table.
SELECT a FROM lateral;
-- Both: not read
-- => refused

-- A word that CockroachDB reserves.
SELECT virtual FROM t;
-- Both: {from: [{table: [t]}], kind: select, targets: virtual}
-- => read

-- A word that Postgres reserves.
SELECT analyse FROM t;
-- Both: not read
-- => refused

-- A cast in front of a minus.
SELECT -1::int8;
-- Both: (- (1::INT8))
-- => read

-- A power of a negative number.
SELECT -2 ^ 2;
-- Both: (-2 ^ 2)
-- => read

-- Two comparisons.
SELECT a < b = c;
-- Both: not read
-- => refused

-- NOT in front of a comparison.
SELECT NOT a = b;
-- Both: not((a = b))
-- => read

-- NOT in front of a test.
SELECT NOT a IS NULL;
-- Both: not(is null(a))
-- => read

-- A test after a comparison.
SELECT a = b IS NULL;
-- Both: is null((a = b))
-- => read

-- BETWEEN and AND.
SELECT a BETWEEN b AND c AND d;
-- Both: (between(a, b, c) and d)
-- => read

-- BETWEEN with an operator.
SELECT a BETWEEN b AND c || d;
-- Both: between(a, b, (c || d))
-- => read

-- BETWEEN with a path inside.
SELECT a BETWEEN b -> c AND d;
-- Postgres: between(a, (b -> c), d)
-- CockroachDB: not read
-- => read

-- A collation.
SELECT a COLLATE "de";
-- Both: collate(a, de)
-- => read

-- A collation in a schema.
SELECT a COLLATE pg_catalog."de";
-- Postgres: collate(a, de)
-- CockroachDB: not read
-- => read

-- A collation without quotes.
SELECT a COLLATE de;
-- Both: collate(a, de)
-- => read
