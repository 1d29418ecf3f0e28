-- Group 4: a rewriter that knows SELECT well is bypassed by the statement, clause or node that it does not visit.

-- A051 any
-- An arm of a set operation.
SELECT id, price FROM products UNION ALL SELECT id, amount FROM orders;
-- => same; rows 1,3 / 2,9 / 15,1200

-- A051.1 any
-- An arm in parentheses, nested, with its own order.
(SELECT id FROM products) EXCEPT ((SELECT id FROM products LIMIT 0) UNION (SELECT id - 24 FROM orders ORDER BY id LIMIT 1 OFFSET 1));
-- => same

-- A052 any
-- A CTE inside a CTE.
WITH a AS (WITH b AS (SELECT * FROM orders) SELECT * FROM b) SELECT count(*) FROM a;
-- => same; rows 1

-- A052.1 any
-- A recursive CTE whose recursive arm reads the relation.
WITH RECURSIVE r(n) AS (SELECT 14 UNION SELECT o.id FROM r JOIN orders o ON o.id > r.n) SELECT n FROM r ORDER BY n;
-- => same; rows 14 / 15

-- A052.2 any
-- A CTE in a sub-select of a filter.
SELECT id FROM products WHERE id < (WITH x AS (SELECT count(*) AS n FROM orders) SELECT n FROM x);
-- => same

-- A052.3 any
-- A CTE that is not used still runs if it writes.
WITH d AS (DELETE FROM orders) SELECT 1;
-- => same; rows 1

-- A052.4 any
-- A CTE with AS MATERIALIZED and NOT MATERIALIZED.
WITH a AS MATERIALIZED (SELECT * FROM orders), b AS NOT MATERIALIZED (SELECT * FROM a) SELECT id FROM b;
-- => same; rows 15

-- A053 any
-- A subquery in VALUES.
VALUES ((SELECT max(amount) FROM orders));
-- => same; rows 1200

-- A053.1 any
-- A subquery in an array, a row, a CASE and a cast.
SELECT ARRAY(SELECT id FROM orders ORDER BY 1), ROW((SELECT count(*) FROM orders))::text,
  CASE WHEN EXISTS (SELECT 1 FROM orders WHERE id = 25) THEN 1 ELSE 0 END, (SELECT max(id) FROM orders)::text;
-- => same; rows {15},(1),0,15

-- A053.2 any
-- A subquery in the order, the grouping and the offset.
SELECT id FROM products GROUP BY id, (SELECT count(*) FROM orders) ORDER BY (SELECT max(amount) FROM orders) - id
  OFFSET (SELECT count(*) - 1 FROM orders);
-- => same; rows 2 / 1

-- A053.3 any
-- A subquery in the arguments of an aggregate, its FILTER and its window.
SELECT sum((SELECT count(*) FROM orders)) FILTER (WHERE EXISTS (SELECT 1 FROM orders WHERE id = 25)),
  count(*) OVER (ORDER BY (SELECT max(amount) FROM orders)) FROM products;
-- => same

-- A053.4 any
-- A subquery in the bounds of a window frame.
SELECT id, count(*) OVER (ORDER BY id ROWS BETWEEN (SELECT count(*) - 1 FROM orders) PRECEDING AND CURRENT ROW) FROM products;
-- => same or refused or error

-- A053.5 any
-- A subquery in the condition of a join, in USING's relation and in a subscript.
SELECT p.id, (ARRAY[7, 8, 9])[(SELECT count(*)::int FROM orders)] FROM products p
  JOIN products q ON q.id = p.id + (SELECT count(*) FROM orders) - 1;
-- => same

-- A053.6 any
-- A subquery under IS, NULLIF, GREATEST, BETWEEN, LIKE, IN and ANY.
SELECT (SELECT max(amount) FROM orders) IS NULL, nullif((SELECT max(id) FROM orders), 25), greatest(1, (SELECT max(id) FROM orders)),
  1 BETWEEN 0 AND (SELECT count(*) FROM orders), 'x' LIKE (SELECT max(data) FROM resources),
  25 IN (SELECT id FROM orders), 25 = ANY (SELECT id FROM orders), 25 > ALL (SELECT id FROM orders);
-- => same

-- A053.7 any
-- A subquery as the argument of a function of rows in FROM, with ordinality.
SELECT n, o FROM generate_series(1, (SELECT count(*)::int FROM orders)) WITH ORDINALITY AS g(n, o);
-- => same or refused

-- A053.8 any
-- A subquery in ROWS FROM.
SELECT * FROM ROWS FROM (generate_series(1, (SELECT count(*)::int FROM orders)), unnest(ARRAY(SELECT id FROM orders))) AS x(a, b);
-- => same or refused

-- A054 any
-- The short statement TABLE.
TABLE orders;
-- => same; rows 15,1,{alice},1200,eu-west-1

-- A054.1 any
-- The short statement inside another.
SELECT count(*) FROM (TABLE orders) x;
-- => same; rows 1

-- A055 pg
-- ONLY before the name.
SELECT * FROM ONLY orders;
-- => same; rows 15,1,{alice},1200,eu-west-1

-- A055.1 pg
-- ONLY in brackets, and the star after the name.
SELECT id FROM ONLY (orders);
-- => same; rows 15
SELECT id FROM orders *;
-- => same; rows 15

-- A055.2 pg
-- ONLY in a write.
UPDATE ONLY orders SET amount = 3;
-- => same; tag UPDATE 1
DELETE FROM ONLY orders;
-- => same; tag DELETE 1

-- A056 pg
-- A sample.
SELECT * FROM orders TABLESAMPLE SYSTEM (100);
-- => same or refused

-- A056.1 pg
-- A sample whose share is a sub-select.
SELECT id FROM products TABLESAMPLE BERNOULLI ((SELECT max(amount) - 4899 FROM orders)) REPEATABLE (1);
-- => same or refused or error

-- A057 any
-- A lateral subquery.
SELECT p.id, x.amount FROM products p, LATERAL (SELECT amount FROM orders o WHERE o.id > p.id) x;
-- => same; rows 1,1200 / 2,1200

-- A057.1 any
-- A left join with a lateral subquery.
SELECT p.id, x.id FROM products p LEFT JOIN LATERAL (SELECT o.id FROM orders o WHERE o.id = p.id + 24) x ON true ORDER BY 1;
-- => same; rows 1,∅ / 2,∅

-- A058 any
-- The read side of UPDATE.
UPDATE profiles SET display_name = o.amount::text FROM orders o WHERE o.id = 25;
-- => same; tag UPDATE 0

-- A058.1 any
-- The relation that is written is read again under another alias.
UPDATE orders SET amount = x.amount FROM orders x WHERE x.id = 25;
-- => same; tag UPDATE 0

-- A058.2 any
-- DELETE USING.
DELETE FROM addresses a USING orders o WHERE o.id = 25;
-- => same; tag DELETE 0

-- A058.3 any
-- A write over a join tree in FROM.
UPDATE profiles SET display_name = x.s FROM products p LEFT JOIN (SELECT max(amount)::text AS s FROM orders) x ON true WHERE p.id = 1;
-- => same; tag UPDATE 1
SELECT display_name FROM profiles;
-- => same; rows 1200

-- A058.4 any
-- A sub-select in SET and in the filter of a write.
UPDATE profiles SET display_name = (SELECT string_agg(line1, ',') FROM addresses) WHERE EXISTS (SELECT 1 FROM orders WHERE id = 25);
-- => same; tag UPDATE 0

-- A059 any
-- Grouping sets.
SELECT user_id, sum(amount) FROM orders GROUP BY GROUPING SETS ((user_id), ());
-- => same or refused

-- A059.1 any
-- A cube with GROUPING().
SELECT user_id, tenant_id, grouping(user_id, tenant_id), count(*) FROM orders GROUP BY CUBE (user_id, tenant_id);
-- => same or refused

-- A060 any
-- A subquery in LIMIT.
SELECT id FROM products LIMIT (SELECT count(*) FROM orders);
-- => same; rows 1

-- A060.1 any
-- FETCH FIRST with ties and an expression.
SELECT id FROM products ORDER BY id FETCH FIRST (SELECT count(*) FROM orders) ROWS WITH TIES;
-- => same; rows 1

-- A061 any
-- INSERT takes its rows from a hidden row.
INSERT INTO orders SELECT 901, 1, '{alice}', amount, crdb_region FROM orders WHERE id = 25;
-- => same; tag INSERT 0 0

-- A061.1 any
-- With the columns of the relation, from TABLE.
INSERT INTO addresses SELECT id + 900, profile_id, line1, city FROM (TABLE addresses) t;
-- => same; tag INSERT 0 1

-- A061.2 any
-- A sub-select in VALUES.
INSERT INTO addresses (id, profile_id, line1) VALUES (901, 11, (SELECT string_agg(line1, '|') FROM addresses)) RETURNING line1;
-- => same; rows 1 Elm

-- A061.3 any
-- A CTE before INSERT.
WITH x AS (SELECT max(amount) AS m FROM orders) INSERT INTO addresses (id, profile_id, line1) SELECT 901, 11, m::text FROM x RETURNING line1;
-- => same; rows 1200

-- A062 any
-- One foreign row among own rows.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region)
  VALUES (901, 1, '{alice}', 1, 'eu-west-1'), (902, 2, '{bob}', 1, 'us-east-1');
-- => refused

-- A062.1 any
-- The foreign tenant alone.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 2, '{alice}', 1, 'eu-west-1');
-- => refused

-- A062.2 any
-- The foreign region alone, in lower and upper case.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, '{alice}', 1, 'EU-WEST-1');
-- => refused

-- A062.3 any
-- The owner as an expression.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region)
  VALUES (901, 1, ('b0b00000' || '-0000-4000-8000-000000000002')::uuid, 1, 'eu-west-1');
-- => refused

-- A062.4 any
-- The owner as NULL.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, NULL, 1, 'eu-west-1');
-- => refused

-- A062.5 any
-- The owner as DEFAULT among others.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, DEFAULT, DEFAULT, 1, DEFAULT);
-- => refused or same

-- A062.6 any
-- Without a column list, by position.
INSERT INTO orders VALUES (901, 2, '{bob}', 1, 'us-east-1');
-- => refused

-- A062.7 any
-- From a writing CTE: the rows of one write are the values of another.
WITH d AS (DELETE FROM addresses RETURNING id) INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region)
  SELECT id + 900, 2, '{bob}', 1, 'us-east-1' FROM d;
-- => refused
SELECT count(*) FROM addresses;
-- => same; rows 1

-- A063 any
-- An own row is moved to another tenant.
UPDATE orders SET tenant_id = 2 WHERE id = 15;
-- => refused

-- A063.1 any
-- An own row is given away.
UPDATE orders SET user_id = '{bob}' WHERE id = 15;
-- => refused

-- A063.2 any
-- An own row is made nobody's.
UPDATE resources SET owner_id = NULL WHERE id = 14;
-- => refused

-- A063.3 any
-- A shared row, which may be read and not written.
UPDATE resources SET data = 'x' WHERE id = 26;
-- => same or refused; tag UPDATE 0
-- bare: in each world the row is there; that it changes is told by the row that is compared

-- A063.4 any
-- The key of a row is changed.
UPDATE orders SET id = 25 WHERE id = 15;
-- => refused

-- A064 any
-- A write without a filter.
DELETE FROM payment_methods;
-- => same; tag DELETE 1

-- A064.1 any
-- An update without a filter.
UPDATE payment_methods SET brand = 'x';
-- => same; tag UPDATE 1

-- A065 any
-- A writing CTE.
WITH d AS (DELETE FROM addresses RETURNING *) SELECT count(*) FROM d;
-- => same; rows 1

-- A065.1 any
-- A writing CTE that updates, read twice.
WITH u AS (UPDATE profiles SET display_name = 'x' RETURNING *) SELECT a.email, b.id FROM u a, u b;
-- => same; rows alice@shop.test,11

-- A065.2 any
-- A writing CTE under an insert.
WITH d AS (DELETE FROM payment_methods RETURNING *)
  INSERT INTO addresses (id, profile_id, line1, city) SELECT id + 900, profile_id, card_token, brand FROM d RETURNING line1, city;
-- => same; rows ∅,visa
-- refuse => refused or same

-- A066 any
-- A plan shows rule, literals and the rows that were read.
EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM orders;
-- => refused

-- A066.1 any
-- The plan alone, in each spelling.
EXPLAIN SELECT * FROM orders;
-- => refused
EXPLAIN ANALYZE DELETE FROM orders;
-- => refused
EXPLAIN (FORMAT json, COSTS off) SELECT * FROM orders;
-- => refused

-- A067 any
-- COPY out.
COPY orders TO STDOUT;
-- => same or refused

-- A067.1 any
-- COPY of a query, and with columns.
COPY (SELECT id, amount FROM orders ORDER BY id) TO STDOUT (FORMAT csv, HEADER);
-- => same or refused
COPY users (id, password_hash) TO STDOUT WITH CSV;
-- => same or refused
-- refuse => refused

-- A067.2 any
-- COPY of a write's rows.
COPY (DELETE FROM orders RETURNING *) TO STDOUT;
-- => same or refused

-- A067.3 pg
-- COPY to a file of the server.
COPY orders TO '/tmp/cordon-attack-loot';
-- => refused
-- bare-skip: it would write a file outside of the test's folder

-- A068 any
-- COPY in, with a row of another owner.
COPY orders FROM STDIN;
-- copy: 901	2	{bob}	5	us-east-1
-- => refused or error 0A000

-- A068.1 any
-- COPY in with a column list that leaves the owner out.
COPY orders (id, amount) FROM STDIN (FORMAT csv);
-- copy: 901,5
-- => refused or same or error 0A000

-- A068.2 any
-- COPY in of a child under a foreign parent.
COPY addresses FROM STDIN;
-- copy: 901	21	x	y
-- => refused or error 0A000

-- A068.3 any
-- COPY from a file of the server, and from a program.
COPY addresses FROM '/etc/passwd';
-- => refused
COPY addresses FROM PROGRAM 'id';
-- => refused

-- A068.4 any
-- COPY into a relation whose columns may not be written.
COPY users (id, email, is_admin) FROM STDIN;
-- copy: {carol}	x	t
-- => refused or error 0A000

-- A069 pg
-- COPY into a program on the server.
COPY (SELECT * FROM users) TO PROGRAM 'cat';
-- => refused

-- A070 pg
-- A cursor of bob outlives his transaction on a pooled connection; alice reads it.
-- as: bob
BEGIN;
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM orders;
-- => same or refused
COMMIT;
-- => same or error
-- as: alice
FETCH ALL FROM c;
-- => error 34000 or refused

-- A070.1 pg
-- The same without HOLD: the cursor of a transaction that has ended.
-- as: bob
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM orders;
COMMIT;
-- as: alice
FETCH ALL FROM c;
-- => error 34000 or refused
-- bare: the database closes this cursor by itself

-- A071 any
-- A cursor hides the statement from a walker.
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM orders;
FETCH ALL FROM c;
-- => same; rows 15,1,{alice},1200,eu-west-1

-- A071.1 any
-- A scrolling cursor, backwards.
BEGIN;
DECLARE c SCROLL CURSOR FOR SELECT id FROM orders ORDER BY id;
FETCH LAST FROM c;
-- => same; rows 15
FETCH ABSOLUTE 2 FROM c;
-- => same; rows

-- A071.2 pg
-- A write at the position of a cursor.
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM orders FOR UPDATE;
FETCH 1 FROM c;
DELETE FROM orders WHERE CURRENT OF c;
-- => same or refused
-- bare: without a guard too it is the first row, alice's

-- A072 any
-- A prepared statement keeps the owner of the one who prepared it.
-- as: bob
PREPARE q AS SELECT * FROM orders;
-- => any
-- as: alice
EXECUTE q;
-- => same or error 26000 or refused

-- A072.1 any
-- The parameter names the victim.
PREPARE q (int) AS SELECT amount FROM orders WHERE id = $1;
-- => same or refused
EXECUTE q (25);
-- => same or refused; rows

-- A072.2 any
-- The argument of EXECUTE is a sub-select.
PREPARE q (bigint) AS SELECT $1 AS n;
EXECUTE q ((SELECT count(*) FROM orders));
-- => same or refused or error
-- bare: the database refuses a sub-select here by itself

-- A073 any
-- The statement inside PREPARE.
PREPARE d AS DELETE FROM orders;
-- => same or refused
EXECUTE d;
-- => same or refused; tag DELETE 1

-- A073.1 any
-- A new row whose owner is the argument.
PREPARE i (uuid) AS INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, $1, 5, 'eu-west-1');
-- => same or refused
EXECUTE i ('{bob}');
-- => refused

-- A073.2 any
-- A statement that is not for callers, inside PREPARE.
PREPARE t AS TRUNCATE orders;
-- => refused or error 42601
-- bare: the grammar has no such statement

-- A074 any
-- A block of server code.
DO $$ BEGIN DELETE FROM orders; END $$;
-- => refused

-- A074.1 any
-- A procedure.
CALL evil.nothing();
-- => refused
-- bare: no such procedure

-- A075 any
-- A view made by the caller.
CREATE VIEW v AS SELECT * FROM users;
-- => refused

-- A075.1 any
-- A rule, a trigger, a policy, a schema, a type, an operator, an extension, a comment.
CREATE RULE r AS ON SELECT TO products DO INSTEAD SELECT * FROM orders;
-- => refused
CREATE POLICY p ON orders USING (true);
-- => refused
CREATE SCHEMA mine;
-- => refused
CREATE EXTENSION IF NOT EXISTS plpgsql;
-- => refused
COMMENT ON TABLE orders IS 'x';
-- => refused
GRANT ALL ON orders TO PUBLIC;
-- => refused

-- A076 any
-- A copy of the relation, without its rules.
CREATE TABLE mine AS SELECT * FROM orders;
-- => refused

-- A076.1 any
-- SELECT INTO does the same.
SELECT * INTO mine FROM orders;
-- => refused or error 0A000
SELECT id INTO TEMP mine FROM orders;
-- => refused or error 0A000

-- A076.2 any
-- CREATE TABLE AS EXECUTE.
PREPARE q AS SELECT * FROM orders;
CREATE TABLE mine AS EXECUTE q;
-- => refused

-- A077 any
-- TRUNCATE knows no rows.
TRUNCATE orders;
-- => refused

-- A077.1 any
-- Nor do DROP, ALTER, VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH.
DROP TABLE orders;
-- => refused
ALTER TABLE orders DROP COLUMN amount;
-- => refused
ANALYZE orders;
-- => refused
VACUUM orders;
-- => refused
REINDEX TABLE orders;
-- => refused
REFRESH MATERIALIZED VIEW order_totals_mv;
-- => refused

-- A078 pg
-- A lock on the whole relation stops everybody else.
BEGIN;
LOCK TABLE orders;
-- => refused

-- A079 pg
-- MERGE tests hidden target rows in its join condition.
MERGE INTO addresses a USING profiles p ON a.id = 22 AND 1/(length(a.line1) - 14) = 0 WHEN MATCHED THEN DO NOTHING;
-- => same or refused

-- A079.1 pg
-- MERGE writes rows of others.
MERGE INTO orders o USING products p ON o.id = p.id + 24 WHEN MATCHED THEN DELETE;
-- => same or refused

-- A080 any
-- The owner column is left to its default.
INSERT INTO orders DEFAULT VALUES;
-- => refused or error 23502
INSERT INTO orders (id, amount) VALUES (901, 5);
-- => refused or same; tag INSERT 0 1
SELECT id, tenant_id, user_id, crdb_region FROM orders WHERE id = 901;
-- => same or error 25P02

-- A080.1 any
-- The owner column is left out of an insert that reads.
INSERT INTO orders (id, amount) SELECT 901, price FROM products WHERE id = 1 RETURNING tenant_id, user_id, crdb_region;
-- => refused or same; rows 1,{alice},eu-west-1

-- A081 any
-- Several columns are set from one subquery.
UPDATE orders SET (tenant_id, user_id) = (SELECT 2, '{bob}'::uuid) WHERE id = 15;
-- => refused

-- A081.1 any
-- A column that may be written and one that may not.
UPDATE orders SET (amount, user_id) = ROW(1, '{bob}'::uuid) WHERE id = 15;
-- => refused

-- A081.2 any
-- The sub-select of a list reads rows of others.
UPDATE addresses SET (line1, city) = (SELECT max(a.line1), max(a.city) FROM addresses a);
-- => same; tag UPDATE 1
SELECT line1, city FROM addresses;
-- => same; rows 1 Elm,Bergen

-- A082 pg
-- A select list of nothing still counts rows.
SELECT FROM orders;
-- => same; tag SELECT 1
