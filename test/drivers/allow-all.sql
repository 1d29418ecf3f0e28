-- What apps and people write, statement by statement: the answers through a policy that opens everything are those of
-- the database. A message ends at a line that ends with `;`; several statements on one line are one message.

-- Constants and their types.
SELECT 1;
SELECT -1, +2, 3.5, 1e3, .5, 5., 1e-2;
SELECT 2147483647, 2147483648, -2147483648, 9223372036854775807, 9223372036854775808;
SELECT 'text', 'it''s', E'tab\there', E'back\\slash', E'\u00fc', U&'\00fc', $$dollar$$, $tag$a $$ b$tag$;
SELECT true, false, NULL, 'x' IS NULL, NULL IS NULL;
SELECT B'1010', X'1F', b'0'::bit(4);
SELECT 'a' 'b' AS never;
SELECT 'a'
  'b' AS joined;
SELECT 1 AS "Mixed Case", 2 AS "select", 3 AS "with ""quotes""", 4 AS ü;
SELECT DATE '2024-02-29', TIME '12:34:56', TIMESTAMP '2024-02-29 12:34:56', TIMESTAMPTZ '2024-02-29 12:34:56+02', INTERVAL '1 day 2 hours';
SELECT INTERVAL '5' DAY, INTERVAL '1-2' YEAR TO MONTH, INTERVAL(3) '1.23456 seconds';
SELECT '2024-02-29'::date, CAST('12' AS int4), '1.50'::numeric(5, 2), '{1,2}'::int[], '{"a": 1}'::jsonb, 'x'::varchar(3), 'abcdef'::char(3), 'abc'::"char";
SELECT int '7', float8 '1.5', bool 'yes', text 'x', json '{"a": [1, 2]}', uuid 'A11CE000-0000-4000-8000-000000000001';
SELECT 1::int2, 1::int8, 1::float4, 1::float8, 1::numeric, 1::text, 1::oid;
SELECT 'infinity'::float8, '-infinity'::float8, 'nan'::float8, 'NaN'::numeric, 'infinity'::timestamptz;
SELECT '\x00ff'::bytea, '192.168.0.1/24'::inet, '10.0.0.0/8'::cidr, '08:00:2b:01:02:03'::macaddr, 'happy'::mood;
SELECT '[1,5)'::int4range, '(,2024-01-01]'::daterange, '{[1,2),[5,6)}'::int4multirange, int4range(1, 5, '[]');
SELECT ARRAY[1, 2, 3], ARRAY['a', NULL], ARRAY[[1, 2], [3, 4]], ARRAY[]::text[], '{}'::int[];
SELECT ROW(1, 'x', NULL), (1, 2), ROW();
SELECT 1; SELECT 2; SELECT 'three' AS three;
;
SELECT;
SELECT FROM numbers WHERE n < 3;

-- Operators and precedence.
SELECT 1 + 2 * 3 - 4 / 2 % 3, (1 + 2) * 3, 2 ^ 3 ^ 2, -2 ^ 2, |/ 16, @ -5, 5 # 3, ~ 5, 1 << 4, 256 >> 2, 6 & 3, 6 | 1;
SELECT 7 / 2, 7.0 / 2, 7 / 2.0, -7 / 2, 7 % 3, -7 % 3, 7::float8 / 2;
SELECT 'a' || 'b' || 1, 'a' || NULL, ARRAY[1] || 2, 1 || ARRAY[2], ARRAY[1] || ARRAY[2, 3];
SELECT 1 = 1, 1 <> 2, 1 != 2, 1 < 2, 2 <= 2, 3 > 2, 3 >= 4, NULL = NULL, NULL <> 1;
SELECT 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, true IS TRUE, NULL IS UNKNOWN, false IS NOT TRUE;
SELECT NOT true AND false OR true, NOT (true AND false), true OR NULL, false AND NULL;
SELECT 5 BETWEEN 1 AND 10, 5 NOT BETWEEN 1 AND 4, 5 BETWEEN SYMMETRIC 10 AND 1;
SELECT 3 IN (1, 2, 3), 3 NOT IN (1, 2), NULL IN (1, 2), 'b' IN ('a', 'b'), (1, 2) IN ((1, 2), (3, 4));
SELECT 3 = ANY (ARRAY[1, 2, 3]), 3 <> ALL (ARRAY[1, 2]), 3 = ANY ('{1,3}'), 5 > SOME (ARRAY[4, 9]);
SELECT 'abc' LIKE 'a%', 'abc' NOT LIKE '_b', 'ABC' ILIKE 'a%', 'a%c' LIKE 'a\%c', 'a%c' LIKE 'a!%c' ESCAPE '!', 'abc' SIMILAR TO '(a|b)%';
SELECT 'abc' ~ '^a', 'abc' !~ 'B', 'abc' ~* 'B', 'abc' !~* 'z', 'abc' ^@ 'ab';
SELECT (1, 2) = (1, 2), (1, 2) < (1, 3), ROW(1, NULL) IS NULL, ROW(NULL, NULL) IS NULL, (1, 'a') <> (1, 'b');
SELECT '{"a": {"b": [1, 2]}}'::jsonb -> 'a' -> 'b' -> 0, '{"a": 1}'::json ->> 'a', '{"a": {"b": 1}}'::jsonb #> '{a,b}', '{"a": {"b": 1}}'::jsonb #>> '{a,b}';
SELECT '{"a": 1}'::jsonb @> '{"a": 1}', '{"a": 1}'::jsonb ? 'a', '{"a": 1}'::jsonb ?| ARRAY['b', 'a'], '{"a": 1}'::jsonb ?& ARRAY['a'], '{"a": 1, "b": 2}'::jsonb - 'a', '{"a": 1}'::jsonb || '{"b": 2}';
SELECT '{"a": [1, 2]}'::jsonb @? '$.a[*] ? (@ > 1)', '{"a": [1, 2]}'::jsonb @@ '$.a[0] == 1';
SELECT ARRAY[1, 2] @> ARRAY[1], ARRAY[1] <@ ARRAY[1, 2], ARRAY[1, 2] && ARRAY[2, 3], int4range(1, 5) @> 3, int4range(1, 5) && int4range(4, 9);
SELECT DATE '2024-03-01' - DATE '2024-02-01', DATE '2024-02-28' + 1, TIMESTAMP '2024-01-31 00:00' + INTERVAL '1 month', INTERVAL '1 day' * 3, -INTERVAL '1 hour';
SELECT (ARRAY[1, 2, 3])[2], (ARRAY[1, 2, 3])[2:3], (ARRAY[[1, 2], [3, 4]])[2][1], ('{"a": 1}'::jsonb)['a'];
SELECT 1 OPERATOR(pg_catalog.+) 2, 'a' COLLATE "C" < 'B', TIMESTAMPTZ '2024-01-01 00:00+00' AT TIME ZONE 'Asia/Tokyo', TIMESTAMP '2024-01-01 00:00' AT TIME ZONE 'UTC';
SELECT (DATE '2024-01-01', DATE '2024-02-01') OVERLAPS (DATE '2024-01-15', DATE '2024-03-01');

-- Conditional expressions.
SELECT CASE WHEN n < 3 THEN 'few' WHEN n = 3 THEN 'three' ELSE 'many' END FROM numbers WHERE n < 6 ORDER BY n;
SELECT CASE n WHEN 1 THEN 'one' WHEN 2 THEN 'two' END FROM numbers WHERE n < 4 ORDER BY n;
SELECT COALESCE(NULL, NULL, 3), NULLIF(1, 1), NULLIF(1, 2), GREATEST(1, 3, NULL, 2), LEAST(2, 1);

-- Functions.
SELECT abs(-1), ceil(1.2), floor(-1.2), round(2.5), round(2.345, 2), trunc(-1.7), sign(-3), mod(7, 3), power(2, 10), sqrt(2.0), exp(0), ln(1), log(100), pi() > 3.14, gcd(12, 18), div(7, 2), width_bucket(5, 0, 10, 5);
SELECT length('ünï'), char_length('ünï'), octet_length('ünï'), bit_length('a'), upper('abc'), lower('ABC'), initcap('hello world'), reverse('abc'), ascii('a'), chr(65);
SELECT substr('abcdef', 2, 3), substring('abcdef' FROM 2 FOR 3), substring('abcdef' FROM 'c.e'), left('abc', 2), right('abc', 2), lpad('7', 3, '0'), rpad('7', 3, '-'), trim('  x '), trim(BOTH 'x' FROM 'xxaxx'), ltrim('  x'), rtrim('x  '), btrim('xyx', 'x');
SELECT position('b' IN 'abc'), strpos('abc', 'c'), replace('aXb', 'X', '-'), translate('abc', 'ab', 'xy'), overlay('abcdef' PLACING 'ZZ' FROM 2 FOR 2), repeat('ab', 3), split_part('a,b,c', ',', 2), concat('a', 1, NULL, true), concat_ws('-', 'a', NULL, 'b'), format('%s is %I %L', 'x', 'A b', 'it''s');
SELECT md5('x'), encode('\x00ff', 'hex'), decode('00ff', 'hex'), encode('abc', 'base64'), to_hex(255), quote_ident('A b'), quote_literal('it''s'), quote_nullable(NULL);
SELECT regexp_replace('abcabc', 'b', 'X', 'g'), regexp_match('abc', '(b)(c)'), regexp_split_to_array('a b  c', '\s+'), string_to_array('a,b', ','), array_to_string(ARRAY[1, NULL, 3], ',', '-');
SELECT regexp_matches('abcabc', 'b.', 'g');
SELECT to_char(1234.5, '9,999.99'), to_char(DATE '2024-02-29', 'YYYY-MM-DD Day'), to_date('29.02.2024', 'DD.MM.YYYY'), to_timestamp('2024-02-29 12', 'YYYY-MM-DD HH24'), to_timestamp(0), to_number('12,3', '99,9');
SELECT date_trunc('month', TIMESTAMP '2024-02-29 12:34'), date_part('year', DATE '2024-02-29'), EXTRACT(DOW FROM DATE '2024-02-29'), EXTRACT(EPOCH FROM INTERVAL '1 hour'), age(DATE '2024-02-29', DATE '2023-01-01'), make_date(2024, 2, 29), make_interval(days => 3), justify_days(INTERVAL '40 days');
SELECT now() = transaction_timestamp(), now() IS NOT NULL, current_date IS NOT NULL, CURRENT_TIMESTAMP(0) IS NOT NULL, LOCALTIME IS NOT NULL, clock_timestamp() >= now(), isfinite(now());
SELECT array_length(ARRAY[1, 2], 1), cardinality(ARRAY[1, 2]), array_append(ARRAY[1], 2), array_prepend(0, ARRAY[1]), array_cat(ARRAY[1], ARRAY[2]), array_remove(ARRAY[1, 2, 1], 1), array_replace(ARRAY[1, 2], 2, 3), array_position(ARRAY['a', 'b'], 'b'), array_upper(ARRAY[1, 2], 1), array_dims(ARRAY[[1], [2]]), array_fill(0, ARRAY[2]);
SELECT json_build_object('a', 1, 'b', ARRAY[1, 2]), jsonb_build_array(1, 'x', NULL), to_json(ARRAY[1, 2]), to_jsonb(1.5), json_typeof('[]'), jsonb_array_length('[1, 2]'), jsonb_set('{"a": 1}', '{a}', '2'), jsonb_strip_nulls('{"a": null}'), jsonb_extract_path_text('{"a": {"b": "x"}}', 'a', 'b'), jsonb_pretty('{"a": 1}'), jsonb_path_query_array('[1, 2, 3]', '$[*] ? (@ > 1)');
SELECT lower(int4range(1, 5)), upper(int4range(1, 5)), isempty('empty'::int4range), host('10.0.0.1/8'::inet), masklen('10.0.0.0/8'::cidr), num_nulls(1, NULL), num_nonnulls(1, NULL);
SELECT pg_typeof(1), pg_typeof('x'), pg_typeof(NULL::uuid), pg_typeof(ARRAY[1.5]);
SELECT * FROM generate_series(1, 5);
SELECT * FROM generate_series(10, 1, -3) AS g (n);
SELECT g::date FROM generate_series(TIMESTAMP '2024-02-27', '2024-03-01', '1 day') AS g;
SELECT * FROM unnest(ARRAY[1, 2], ARRAY['a', 'b', 'c']) WITH ORDINALITY AS u (n, word, place);
SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS r (a, b);
SELECT key, value FROM jsonb_each('{"b": 1, "a": [2]}') ORDER BY key;
SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}, {"a": 2}]') AS t (a int, b text);
SELECT * FROM json_array_elements_text('["a", "b"]') AS t (item);
SELECT jsonb_object_keys('{"b": 1, "a": 2}') ORDER BY 1;
SELECT unnest(ARRAY[3, 1, 2]) AS n, generate_series(1, 2);
SELECT string_agg(part, '-') FROM regexp_split_to_table('a b c', ' ') AS part;

-- Reading tables.
SELECT * FROM numbers WHERE n <= 3 ORDER BY n;
TABLE heavy_parts;
SELECT count(*) FROM numbers;
SELECT n FROM numbers ORDER BY n DESC LIMIT 3 OFFSET 2;
SELECT n FROM numbers ORDER BY n FETCH FIRST 2 ROWS ONLY;
SELECT n % 3 AS rest FROM numbers WHERE n < 8 ORDER BY n % 3 DESC, n FETCH FIRST 2 ROWS WITH TIES;
SELECT n FROM numbers WHERE n < 4 ORDER BY CASE WHEN n = 2 THEN 0 ELSE 1 END, n;
SELECT word AS w, n FROM numbers WHERE n < 4 ORDER BY w DESC;
SELECT n, word FROM numbers WHERE n < 4 ORDER BY 2 DESC NULLS LAST, 1;
SELECT n FROM numbers WHERE n < 4 ORDER BY word USING <;
SELECT numbers.n, public.numbers.word FROM public.numbers WHERE numbers.n = 1;
SELECT x.n, "x"."word" FROM numbers AS x WHERE x.n = 1;
SELECT a, b FROM numbers AS x (a, b) WHERE a = 2;
SELECT x.* FROM numbers x WHERE n = 2;
SELECT x FROM numbers x WHERE n = 2;
SELECT (x).word FROM numbers x WHERE n = 2;
SELECT (x.*) IS NOT NULL FROM numbers x WHERE n = 2;
SELECT row_to_json(x), to_jsonb(x) -> 'n' FROM numbers x WHERE n = 2;
SELECT DISTINCT n % 3 FROM numbers ORDER BY 1;
SELECT DISTINCT ON (n % 3) n % 3 AS rest, n FROM numbers ORDER BY n % 3, n DESC;
SELECT n, word FROM ONLY numbers WHERE n = 5;
SELECT n FROM numbers WHERE word LIKE 'word 1_' AND n BETWEEN 12 AND 14 ORDER BY n;
SELECT n FROM numbers WHERE n IN (SELECT n * 2 FROM numbers WHERE n < 4) ORDER BY n;
SELECT n FROM numbers x WHERE EXISTS (SELECT FROM numbers y WHERE y.n = x.n + 499) ORDER BY n;
SELECT n FROM numbers WHERE n NOT IN (SELECT n FROM numbers WHERE n > 2) ORDER BY n;
SELECT n FROM numbers WHERE n = ANY (SELECT 3) OR n >= ALL (SELECT n FROM numbers);
SELECT (SELECT max(n) FROM numbers), ARRAY(SELECT n FROM numbers WHERE n < 4 ORDER BY n), (SELECT (1, 2)) IS NULL;
SELECT n, (SELECT word FROM numbers y WHERE y.n = x.n + 1) AS next FROM numbers x WHERE n < 3 ORDER BY n;
SELECT (n, word) = (SELECT n, word FROM numbers WHERE n = 1) FROM numbers WHERE n = 1;
SELECT count(*) FROM numbers TABLESAMPLE BERNOULLI (100);
SELECT s.top FROM (SELECT max(n) AS top FROM numbers) s;
SELECT v.a, v.b FROM (VALUES (1, 'x'), (2, 'y')) AS v (a, b) ORDER BY a DESC;
VALUES (1, 'a'), (2, NULL), (3, DEFAULT);
VALUES (1, 'a'), (2, NULL) ORDER BY 1 DESC LIMIT 1;

-- Joins.
SELECT a.n, b.n FROM numbers a, numbers b WHERE a.n = b.n - 1 AND a.n < 3 ORDER BY 1;
SELECT a.n, b.word FROM numbers a JOIN numbers b ON b.n = a.n * 2 WHERE a.n < 3 ORDER BY 1;
SELECT a.n, b.n FROM numbers a LEFT JOIN numbers b ON b.n = a.n + 499 WHERE a.n < 3 ORDER BY 1;
SELECT a.n, b.n FROM numbers a RIGHT JOIN (VALUES (500), (501)) AS b (n) ON a.n = b.n ORDER BY b.n;
SELECT a.n, b.n FROM (SELECT 1 AS n) a FULL JOIN (SELECT 2 AS n) b ON a.n = b.n ORDER BY 1, 2;
SELECT n, a.word, b.word FROM numbers a JOIN numbers b USING (n) WHERE n < 3 ORDER BY n;
SELECT * FROM numbers a JOIN numbers b USING (n, word) WHERE n = 1;
SELECT * FROM numbers NATURAL JOIN (SELECT 1 AS n, 'x' AS other) s;
SELECT j.n FROM numbers a JOIN numbers b USING (n) AS j WHERE j.n = 4;
SELECT count(*) FROM numbers a CROSS JOIN (VALUES (1), (2)) AS b (x);
SELECT a.n, s.double FROM numbers a CROSS JOIN LATERAL (SELECT a.n * 2 AS double) s WHERE a.n < 3 ORDER BY 1;
SELECT a.n, s.n FROM numbers a LEFT JOIN LATERAL (SELECT b.n FROM numbers b WHERE b.n > a.n ORDER BY b.n LIMIT 1) s ON true WHERE a.n > 498 ORDER BY 1;
SELECT a.n, g FROM numbers a, generate_series(1, a.n) AS g WHERE a.n < 3 ORDER BY 1, 2;
SELECT x.n FROM (numbers a JOIN numbers b USING (n)) AS x WHERE x.n = 7;
SELECT t.label, p.name FROM things t JOIN (parts p JOIN numbers n ON n.n = p.weight) ON p.thing_id = t.id ORDER BY 1, 2;

-- Grouping and aggregates.
SELECT n % 3 AS rest, count(*), sum(n), min(n), max(n), avg(n) FROM numbers GROUP BY rest ORDER BY rest;
SELECT n % 3, count(*) FROM numbers GROUP BY 1 HAVING count(*) > 166 ORDER BY 1;
SELECT count(DISTINCT n % 7), count(n) FILTER (WHERE n > 400), sum(n) FILTER (WHERE false) FROM numbers;
SELECT string_agg(word, ', ' ORDER BY n DESC), array_agg(n ORDER BY n), json_agg(n ORDER BY n), jsonb_object_agg(word, n) FROM numbers WHERE n < 4;
SELECT bool_and(n > 0), bool_or(n > 499), every(n < 501), bit_and(n), bit_or(n), stddev(n), variance(n) FROM numbers;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n), percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY n), mode() WITHIN GROUP (ORDER BY n % 7) FROM numbers;
SELECT rank(3) WITHIN GROUP (ORDER BY n) FROM numbers;
SELECT corr(n, n * 2), regr_slope(n, n), covar_pop(n, n) FROM numbers;
SELECT n % 2 AS a, n % 3 AS b, count(*) FROM numbers GROUP BY ROLLUP (a, b) ORDER BY a NULLS FIRST, b NULLS FIRST;
SELECT n % 2 AS a, n % 3 AS b, count(*), GROUPING(n % 2) FROM numbers GROUP BY GROUPING SETS ((n % 2), (n % 3), ()) ORDER BY 1, 2, 3;
SELECT n % 2, n % 3, count(*) FROM numbers GROUP BY CUBE (1, 2) ORDER BY 1, 2, 3;
SELECT t.id > 0, t.label, count(p.id) FROM things t LEFT JOIN parts p ON p.thing_id = t.id GROUP BY t.id ORDER BY t.label;
SELECT count(*) FROM numbers HAVING count(*) > 1000;
SELECT max(n) FROM numbers WHERE false;

-- Window functions.
SELECT n, row_number() OVER (ORDER BY n DESC), rank() OVER (ORDER BY n % 2), dense_rank() OVER (ORDER BY n % 2), lag(n) OVER (ORDER BY n), lead(n, 2, -1) OVER (ORDER BY n), ntile(2) OVER (ORDER BY n) FROM numbers WHERE n < 5 ORDER BY n;
SELECT n, sum(n) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), first_value(n) OVER w, last_value(n) OVER (w RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), nth_value(n, 2) OVER w FROM numbers WHERE n < 5 WINDOW w AS (PARTITION BY n % 2 ORDER BY n) ORDER BY n;
SELECT n, count(*) FILTER (WHERE n > 2) OVER (ORDER BY n GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM numbers WHERE n < 5 ORDER BY n;
SELECT n, percent_rank() OVER (ORDER BY n), cume_dist() OVER (ORDER BY n) FROM numbers WHERE n < 4;
SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY n % 5 ORDER BY n) AS place FROM numbers) s WHERE place = 1 ORDER BY n;

-- WITH and set operations.
WITH a AS (SELECT n FROM numbers WHERE n < 4), b AS (SELECT n * 2 AS m FROM a) SELECT a.n, b.m FROM a JOIN b ON b.m = a.n + 1 ORDER BY 1;
WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t;
WITH RECURSIVE t AS (SELECT n, n::text AS path FROM numbers WHERE n = 1 UNION SELECT x.n, t.path || '>' || x.n FROM numbers x JOIN t ON x.n = t.n * 2 WHERE x.n < 20) SELECT * FROM t ORDER BY n;
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n % 3 + 1 FROM t) CYCLE n SET looped USING path SELECT n, looped FROM t;
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SEARCH DEPTH FIRST BY n SET place SELECT n FROM t ORDER BY place;
WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT 2 AS y) SELECT * FROM a, b;
WITH numbers AS (SELECT 42 AS n) SELECT n FROM numbers;
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT x + 1 AS y FROM b) SELECT y FROM a;
SELECT * FROM (WITH a AS (SELECT 5 AS x) SELECT x FROM a) s;
SELECT n FROM numbers WHERE n < 3 UNION SELECT n FROM numbers WHERE n < 4 ORDER BY n;
SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 2;
(SELECT n FROM numbers ORDER BY n LIMIT 2) UNION ALL (SELECT n FROM numbers ORDER BY n DESC LIMIT 2) ORDER BY 1;
SELECT n FROM numbers WHERE n < 5 INTERSECT SELECT n FROM numbers WHERE n > 2 ORDER BY 1;
SELECT n FROM numbers WHERE n < 5 EXCEPT SELECT n FROM numbers WHERE n > 2 ORDER BY 1;
SELECT 1 UNION SELECT 2 INTERSECT SELECT 2 ORDER BY 1;
SELECT 1 AS x UNION SELECT NULL ORDER BY x NULLS FIRST;
SELECT 'a' UNION SELECT NULL UNION ALL VALUES ('b') ORDER BY 1;

-- Writing.
INSERT INTO things (label, small, big, amount, ratio, flag) VALUES ('one', 1, 10, 1.5, 0.5, true);
INSERT INTO things (label) VALUES ('two'), ('three') RETURNING label, note;
INSERT INTO things DEFAULT VALUES;
INSERT INTO things (label, note) VALUES ('four', DEFAULT) RETURNING *;
INSERT INTO things (label, note) SELECT 'number ' || n, 'from ' || n FROM numbers WHERE n <= 3 RETURNING label;
INSERT INTO things (id, label) VALUES (1000, 'a thousand');
BEGIN;
INSERT INTO things (label, tags[1], tags[2]) VALUES ('subscripts', 'x', 'y') RETURNING tags;
ROLLBACK;
INSERT INTO things AS t (label) VALUES ('one') ON CONFLICT (label) DO UPDATE SET note = 'again', small = t.small + 1, big = excluded.id RETURNING label, note, small;
INSERT INTO things (label) VALUES ('one') ON CONFLICT DO NOTHING;
INSERT INTO things (label) VALUES ('one') ON CONFLICT ON CONSTRAINT things_label_key DO NOTHING RETURNING id;
INSERT INTO things (label, note) VALUES ('one', 'x') ON CONFLICT (label) DO UPDATE SET note = excluded.note WHERE things.note = 'never' RETURNING label;
WITH source AS (SELECT 'from a CTE' AS label) INSERT INTO things (label) SELECT label FROM source RETURNING label;
WITH made AS (INSERT INTO things (label) VALUES ('made') RETURNING id, label) SELECT label FROM made;
INSERT INTO parts (thing_id, name, weight) SELECT id, 'p' || n, n FROM things, numbers WHERE label IN ('one', 'two') AND n <= 5;
INSERT INTO parts (thing_id, name, weight) SELECT p0::int, p1::varchar, p2::int FROM (VALUES (1, 'bulk a', 1, 0), (1, 'bulk b', 2, 1)) AS imp_sen (p0, p1, p2, sen_counter) ORDER BY sen_counter RETURNING parts.name, parts.weight AS weight__1;
UPDATE things SET note = 'updated' WHERE label = 'two';
UPDATE things SET small = 5, big = small + 1, flag = NOT flag, amount = DEFAULT WHERE label = 'one' RETURNING small, big, flag, amount;
UPDATE things SET (small, big) = (7, 8) WHERE label = 'two' RETURNING small, big;
UPDATE things SET (small, big) = (SELECT n, n * 2 FROM numbers WHERE n = 9) WHERE label = 'two' RETURNING small, big;
UPDATE things AS t SET note = n.word FROM numbers AS n WHERE n.n = t.small AND t.label = 'two' RETURNING t.label, t.note, n.n;
UPDATE things SET note = (SELECT max(name) FROM parts WHERE thing_id = things.id) WHERE label = 'one' RETURNING note;
UPDATE things SET tags = ARRAY['a', 'b'], counts[2] = 5, docb = '{"a": 1}' WHERE label = 'two' RETURNING tags, counts, docb;
UPDATE things SET docb = jsonb_set(docb, '{b}', '[true]'), tags[1] = 'z' WHERE label = 'two' RETURNING docb, tags;
UPDATE things SET feeling = 'happy', took = '3 days', raw = '\x01', ref = 'a11ce000-0000-4000-8000-000000000001', day = '2024-02-29' WHERE label = 'two' RETURNING feeling, took, raw, ref, day;
UPDATE things SET note = note WHERE false;
WITH top AS (SELECT id FROM things ORDER BY label LIMIT 1) UPDATE things SET flag = true FROM top WHERE things.id = top.id RETURNING label;
DELETE FROM parts WHERE name = 'p5';
DELETE FROM parts USING things WHERE parts.thing_id = things.id AND things.label = 'two' AND parts.name = 'p4' RETURNING parts.name, things.label;
DELETE FROM parts AS p WHERE NOT EXISTS (SELECT FROM things WHERE id = p.thing_id);
WITH gone AS (DELETE FROM parts WHERE name = 'p3' RETURNING name, weight) SELECT count(*), sum(weight) FROM gone;
DELETE FROM things WHERE label = 'three' RETURNING label, note;
SELECT label, small, note, tags, docb FROM things ORDER BY label;
SELECT name, weight FROM parts ORDER BY thing_id, name;
INSERT INTO parts (thing_id, name, weight) VALUES (1, 'heavy', 50);
SELECT thing_id, name FROM heavy_parts;
UPDATE parts SET weight = weight WHERE name = 'heavy' RETURNING parts.*;
SELECT count(*) FROM things FOR UPDATE;
SELECT label FROM things WHERE label = 'one' FOR UPDATE;
SELECT label FROM things t WHERE label = 'one' FOR NO KEY UPDATE OF t NOWAIT;
SELECT t.label, p.name FROM things t JOIN parts p ON p.thing_id = t.id WHERE p.name = 'p1' ORDER BY 1 FOR SHARE OF p SKIP LOCKED;
SELECT label FROM things WHERE label = 'one' FOR KEY SHARE;

-- Transactions and savepoints.
BEGIN;
SELECT count(*) FROM numbers;
SAVEPOINT a;
DELETE FROM numbers WHERE n > 490;
SAVEPOINT b;
DELETE FROM numbers;
ROLLBACK TO SAVEPOINT b;
SELECT count(*) FROM numbers;
RELEASE SAVEPOINT b;
ROLLBACK TO a;
RELEASE a;
SELECT count(*) FROM numbers;
COMMIT;
BEGIN;
SELECT 1/0;
SELECT 1;
SAVEPOINT x;
COMMIT;
BEGIN;
SAVEPOINT s;
SELECT 1/0;
ROLLBACK TO s;
SELECT 'goes on';
END;
START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SHOW transaction_isolation;
SHOW transaction_read_only;
UPDATE numbers SET word = 'x';
ROLLBACK;
BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE READ WRITE DEFERRABLE;
SET TRANSACTION READ ONLY;
SHOW transaction_read_only;
ABORT;
BEGIN WORK;
COMMIT WORK;
BEGIN; SELECT 1; COMMIT;
BEGIN; SELECT 1; SELECT 1/0; SELECT 2; COMMIT;
SELECT 'still in the failed block';
ROLLBACK;
COMMIT;
ROLLBACK;
BEGIN;
BEGIN;
COMMIT AND CHAIN;
ROLLBACK AND NO CHAIN;
RELEASE SAVEPOINT nothing;
BEGIN;
ROLLBACK TO nothing;
ROLLBACK;
INSERT INTO things (label) VALUES ('implicit a'); INSERT INTO things (label) VALUES ('implicit b'); SELECT 1/0;
SELECT count(*) FROM things WHERE label LIKE 'implicit%';
INSERT INTO things (label) VALUES ('implicit a'); INSERT INTO things (label) VALUES ('implicit b');
SELECT count(*) FROM things WHERE label LIKE 'implicit%';
SET CONSTRAINTS ALL DEFERRED;
BEGIN;
SET CONSTRAINTS ALL IMMEDIATE;
COMMIT;

-- Errors keep their class.
SELEC 1;
SELECT 1 +;
SELECT 'unterminated;
SELECT nothing FROM numbers;
SELECT numbers.nothing FROM numbers;
SELECT n, count(*) FROM numbers;
SELECT 1/0;
SELECT 'x'::int;
SELECT '2024-13-01'::date;
SELECT 99999999999::int;
SELECT 32768::int2;
SELECT word::int FROM numbers;
SELECT n + word FROM numbers;
SELECT lower(1, 2);
SELECT (SELECT n FROM numbers);
SELECT 1 UNION SELECT 'x';
SELECT 1 UNION SELECT 1, 2;
SELECT a.n FROM numbers a, numbers a;
SELECT n FROM numbers a, numbers b;
INSERT INTO things (label) VALUES ('one');
INSERT INTO things (label) VALUES (NULL);
INSERT INTO things (label, small) VALUES ('x', 99999);
INSERT INTO things (label, label) VALUES ('x', 'y');
INSERT INTO things (nothing) VALUES (1);
INSERT INTO things (label) VALUES ('x', 'y');
INSERT INTO things (label, note) VALUES ('too long', repeat('x', 21));
INSERT INTO parts (thing_id, name) VALUES (-1, 'orphan');
INSERT INTO parts (thing_id, name, weight) VALUES (1, 'x', -1);
INSERT INTO things (label, feeling) VALUES ('x', 'bored');
UPDATE things SET nothing = 1;
UPDATE things SET label = NULL;
DELETE FROM numbers WHERE word;
SELECT '{bad json'::json;
SELECT '{1,2'::int[];
SELECT 'x' LIKE 'x' ESCAPE 'xx';
SELECT substring('a' FROM 1 FOR -1);
SELECT regexp_replace('a', '(', '');
SELECT n FROM numbers LIMIT -1;
SELECT sqrt(-1);
SELECT ln(0);
SELECT to_date('x', 'YYYY');
SELECT ARRAY[1, 'x'];
SELECT 1 AS x ORDER BY y;
SELECT max(max(n)) FROM numbers;
SELECT n FROM numbers WHERE max(n) > 1;
SELECT 1; SELEC 2;
SELECT 1; SELECT 1/0; SELECT 3;

-- Prepared statements and cursors in SQL.
PREPARE one AS SELECT 1;
EXECUTE one;
PREPARE one AS SELECT 2;
PREPARE by_n (int, text) AS SELECT n, word, $2 FROM numbers WHERE n = $1;
EXECUTE by_n (3, 'x');
EXECUTE by_n (1 + 3, NULL);
EXECUTE by_n (3);
PREPARE untyped AS SELECT n FROM numbers WHERE n < $1 ORDER BY n;
EXECUTE untyped (3);
PREPARE writing (text) AS UPDATE things SET note = $1 WHERE label = 'one' RETURNING note;
EXECUTE writing ('by execute');
EXECUTE nothing;
DEALLOCATE one;
DEALLOCATE PREPARE by_n;
DEALLOCATE nothing;
DEALLOCATE ALL;
BEGIN;
DECLARE c CURSOR FOR SELECT n, word FROM numbers ORDER BY n;
FETCH c;
FETCH NEXT FROM c;
FETCH 3 FROM c;
FETCH FORWARD 2 FROM c;
MOVE 100 IN c;
FETCH c;
CLOSE c;
FETCH c;
ROLLBACK;
BEGIN;
DECLARE s SCROLL CURSOR FOR SELECT n FROM numbers WHERE n <= 5 ORDER BY n;
FETCH LAST FROM s;
FETCH PRIOR FROM s;
FETCH FIRST FROM s;
FETCH ABSOLUTE 3 FROM s;
FETCH RELATIVE -1 FROM s;
FETCH BACKWARD ALL FROM s;
FETCH ALL FROM s;
DECLARE b NO SCROLL CURSOR WITHOUT HOLD FOR VALUES (1), (2);
FETCH ALL b;
CLOSE ALL;
COMMIT;
DECLARE outside CURSOR FOR SELECT 1;

-- COPY.
COPY numbers (n, word) TO STDOUT;
COPY (SELECT n, word FROM numbers WHERE n < 4 ORDER BY n) TO STDOUT;
COPY (SELECT n, NULL, E'tab\there' FROM numbers WHERE n < 3 ORDER BY n) TO STDOUT WITH (FORMAT csv, HEADER true, DELIMITER ';', NULL 'nil', QUOTE '''');
COPY (SELECT n FROM numbers WHERE n < 3 ORDER BY n) TO STDOUT (FORMAT text, DELIMITER '|');
COPY (SELECT n, word FROM numbers WHERE n < 3 ORDER BY n) TO STDOUT CSV HEADER;
COPY parts (thing_id, name, weight) FROM STDIN;
1	copied	3
1	back\\slash \t tab	\N
\.
COPY parts (thing_id, name) FROM STDIN WITH (FORMAT csv);
1,"quoted, ""here"""
1,plain
\.
COPY parts (thing_id, name, weight) FROM STDIN WITH (FORMAT csv, HEADER, DELIMITER ';', NULL 'nil');
thing_id;name;weight
1;with header;nil
\.
COPY parts (thing_id, name, weight) FROM STDIN;
1	bad	x
\.
COPY parts (thing_id, name) FROM STDIN;
1	too	many
\.
SELECT name, weight FROM parts WHERE name NOT LIKE 'p_' ORDER BY name;

-- Settings.
SHOW server_version;
SHOW client_encoding;
SHOW standard_conforming_strings;
SHOW TIME ZONE;
SHOW transaction_isolation;
SET TIME ZONE 'Asia/Tokyo';
SHOW TimeZone;
SELECT TIMESTAMPTZ '2024-01-01 00:00+00';
RESET TIME ZONE;
SET timezone TO 'UTC';
SET DateStyle = 'ISO, DMY';
SELECT '01/02/2024'::date;
RESET datestyle;
SET IntervalStyle = 'iso_8601';
SELECT INTERVAL '1 day 2 hours';
RESET intervalstyle;
SET extra_float_digits = 0;
SELECT 0.1::float8 + 0.2::float8;
RESET extra_float_digits;
SET bytea_output = 'escape';
SELECT '\x00ff41'::bytea;
RESET bytea_output;
SET statement_timeout = 5000;
SHOW statement_timeout;
SET LOCAL statement_timeout = 1;
RESET statement_timeout;
SET application_name = 'the recorded script';
SHOW application_name;
SET client_min_messages TO warning;
RESET client_min_messages;
SET nothing_like_it = 1;
SHOW nothing_like_it;
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;
DISCARD ALL;

-- What clients ask about themselves.
SELECT current_schema();
SELECT version() IS NOT NULL;
SELECT current_database() IS NOT NULL;
SELECT oid, typname, typtype, typarray FROM pg_catalog.pg_type WHERE typname IN ('int4', 'text', 'uuid') ORDER BY oid;
SELECT 'int4'::regtype, 'numbers'::regclass, 'integer'::regtype::oid;
SELECT c.relname, c.relkind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v') ORDER BY 1;
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'public.parts'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum;
SELECT conname, contype, pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint WHERE conrelid = 'parts'::regclass ORDER BY conname;
SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1;
SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_name = 'things' ORDER BY ordinal_position;
SELECT enumlabel FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'mood' ORDER BY enumsortorder;
SELECT t.oid, typarray FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid WHERE typname = 'hstore';

-- Comments, spacing, odd forms.
/* a leading comment */ SELECT 1;
SELECT /* in /* nested */ between */ 1 -- to the end
  + 1;
select   1   as   spaced  ;
SELECT 1 AS "a;b", ';' AS semicolon;
SELECT '--' AS dashes, '/*' AS opens, $$;$$ AS dollars;
SELECT (((1)));
SELECT ALL n FROM numbers WHERE n = 1;
SELECT n FROM numbers WHERE (n = 1) IS TRUE AND (((n)) = 1);
SELECT - - 1, - (-1), 1 - -1, NOT NOT true, 1 - - - 1;
SELECT 1::int::text::varchar(5) || 'x';
SELECT n::text COLLATE "C" FROM numbers WHERE n < 3 ORDER BY word COLLATE "C";
SELECT "n" FROM "public"."numbers" AS "Quoted" WHERE "Quoted"."n" = 1;
SELECT current_user IS NOT NULL, session_user IS NOT NULL;
