-- Group 7: the guard and the server must mean the same object by the same name, and a rule the same for every shape around it.

-- A117 any
-- A temporary relation takes the place of a real one.
CREATE TEMP TABLE profiles AS SELECT * FROM products;
-- => refused
SELECT * FROM profiles;
-- => same; rows 11,{alice},Alice,alice@shop.test

-- A117.1 any
-- Other ways to make one, and to name its schema.
CREATE TEMPORARY TABLE orders (id int);
-- => refused
CREATE TEMP VIEW profiles AS SELECT 1 AS id;
-- => refused
SELECT * FROM pg_temp.profiles;
-- => refused

-- A118 any
-- One relation, three spellings.
SELECT id FROM orders;
-- => same; rows 15
SELECT id FROM public.orders;
-- => same; rows 15
SELECT id FROM world.public.orders;
-- => refused or same
-- bare: the name of the database differs between the worlds

-- A118.1 any
-- Quotes, case and comments inside the name.
SELECT id FROM "public" . /* x */ "orders";
-- => same; rows 15
SELECT ID FROM PUBLIC.ORDERS;
-- => same; rows 15

-- A119 any
-- A quoted name in other case is another name.
SELECT id FROM "Orders";
-- => refused

-- A119.1 any
-- A name that differs by a space, an accent or its length.
SELECT id FROM "orders ";
-- => refused
SELECT id FROM "ordérs";
-- => refused
-- bare: no such relations

-- A120 any
-- A column is added after the catalog was read.
-- owner-late: ALTER TABLE users ADD ssn text DEFAULT 'ssn-secret'
SELECT * FROM users;
-- => same; rows {alice},alice@shop.test,∅,∅,∅
-- refuse => same or refused
SELECT ssn FROM users;
-- => error 42703 or refused

-- A120.1 any
-- The late column in RETURNING, where the target is the relation itself.
-- owner-late: ALTER TABLE profiles ADD ssn text DEFAULT 'ssn-secret'
UPDATE profiles SET display_name = 'x' RETURNING *;
-- => same; rows 11,{alice},x,alice@shop.test
UPDATE profiles p SET display_name = 'x' RETURNING p::text;
-- => same or refused
DELETE FROM profiles RETURNING to_jsonb(profiles);
-- => same or refused or error

-- A121 any
-- The caller's alias equals a name that the rule uses inside.
SELECT profiles.line1 FROM addresses AS profiles WHERE profiles.city = 'Oslo';
-- => same; rows

-- A121.1 any
-- Each relation under the name of the other.
SELECT profiles.id, addresses.id FROM addresses AS profiles, profiles AS addresses;
-- => same; rows 12,11

-- A121.2 any
-- A write whose target is called as the relation of its rule.
UPDATE addresses AS profiles SET city = 'x' WHERE profiles.id > 0;
-- => same; tag UPDATE 1
DELETE FROM addresses AS profiles WHERE profiles.id > 0;
-- => same; tag DELETE 1

-- A121.3 any
-- A CTE called as the relation of a rule, with rows of the caller's choice.
WITH profiles AS (SELECT 21 AS id, '{alice}'::uuid AS user_id) SELECT a.id FROM addresses a;
-- => same; rows 12

-- A121.4 any
-- The same around a write.
WITH profiles AS (SELECT 21 AS id, '{alice}'::uuid AS user_id) DELETE FROM addresses;
-- => same; tag DELETE 1

-- A121.5 any
-- The same around an insert and its new-row check.
WITH profiles AS (SELECT 21 AS id, '{alice}'::uuid AS user_id), public AS (SELECT 1)
  INSERT INTO addresses (id, profile_id, line1) VALUES (901, 21, 'x');
-- => refused

-- A121.6 any
-- A column alias of the caller equals a column that the rule tests.
SELECT x.id FROM orders AS x(id, user_id, tenant_id, amount, crdb_region);
-- => same; rows 15

-- A121.7 any
-- A correlated sub-select whose own relation lacks the column, so that it binds outside.
SELECT p.id FROM products p WHERE EXISTS (SELECT 1 FROM orders WHERE user_id IS NOT NULL AND price = 3);
-- => same; rows 1
-- bare: the question is whether the names of a rule can bind outside of its relation

-- A122 any
-- A join on an own parent is not a proof of ownership.
SELECT a.* FROM addresses a JOIN profiles p ON p.id = 11;
-- => same; rows 12,11,1 Elm,Bergen

-- A122.1 any
-- A cross join and a comma.
SELECT a.id, o.id FROM addresses a, orders o;
-- => same; rows 12,15

-- A123 any
-- The covered relation stands on the optional side of an outer join.
SELECT p.id, o.id FROM products p LEFT JOIN orders o ON o.id = p.id + 24;
-- => same; rows 1,∅ / 2,∅

-- A123.1 any
-- On either side of a full join, and of a right join.
SELECT p.id, o.id FROM orders o FULL JOIN products p ON o.id = p.id + 24 ORDER BY 1, 2;
-- => same; rows 1,∅ / 2,∅ / ∅,15
SELECT p.id, o.id FROM orders o RIGHT JOIN products p ON o.id = p.id + 24 ORDER BY 1, 2;
-- => same; rows 1,∅ / 2,∅

-- A123.2 any
-- NOT EXISTS and NOT IN turn missing rows into answers.
SELECT id FROM products p WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = p.id + 24);
-- => same; rows 1 / 2
SELECT id FROM products WHERE id + 24 NOT IN (SELECT id FROM orders);
-- => same; rows 1 / 2

-- A124 any
-- A row without an owner.
SELECT id FROM orders WHERE user_id IS NULL;
-- => same; rows

-- A124.1 any
-- The same by IS NOT DISTINCT FROM and by COALESCE.
SELECT id FROM orders WHERE user_id IS NOT DISTINCT FROM NULL OR coalesce(user_id, '{alice}') = '{alice}';
-- => same; rows 15

-- A126 any
-- A second rule shows id and city of every address; the columns must not add up with the rows.
-- policy: cities
SELECT id, city, line1 FROM addresses;
-- => same; rows 12,Bergen,1 Elm / 22,Oslo,∅

-- A126.1 any
-- The same in a filter: the mask depends on the row.
-- policy: cities
SELECT id FROM addresses WHERE line1 LIKE '22%';
-- => same; rows
SELECT line1 FROM addresses WHERE line1 IS NOT NULL;
-- => same; rows 1 Elm
SELECT id FROM addresses WHERE 1/(length(line1) - 14) >= 0;
-- => same; rows 12
SELECT max(line1), min(line1) FROM addresses;
-- => same; rows 1 Elm,1 Elm

-- A126.2 any
-- The row that shows some columns may not be written through the rule that shows all.
-- policy: cities
UPDATE addresses SET line1 = 'x' RETURNING id;
-- => same; rows 12
DELETE FROM addresses RETURNING id, line1;
-- => same; rows 12,x

-- A126.3 any
-- Children are scoped through what the caller may see of the parent, so more visible parents mean more children.
-- policy: cities
SELECT line1 FROM addresses WHERE profile_id = 21;
-- => same; rows

-- A127 any
-- A rule for all rows must not reach over a boundary.
-- policy: all-orders
SELECT id FROM orders WHERE id IN (15, 25, 27);
-- => same; rows 15 / 27

-- A127.1 any
-- Nor may a write.
-- policy: all-orders
UPDATE orders SET amount = 1 WHERE id = 25;
-- => same; tag UPDATE 0

-- A128 any
-- A CTE with the name of a covered relation is not that relation, and hides it for its own scope only.
WITH orders AS (SELECT id, price FROM products) SELECT * FROM orders;
-- => same; rows 1,3 / 2,9
-- bare: the name is the CTE's; a guard may take it for the relation

-- A128.1 any
-- Inside the scope and outside of it.
SELECT (WITH orders AS (SELECT 1 AS id) SELECT max(id) FROM orders), (SELECT max(id) FROM orders);
-- => same; rows 1,15

-- A128.2 any
-- A CTE is seen by those after it, not by those before it, unless RECURSIVE.
WITH a AS (SELECT id FROM orders), orders AS (SELECT 99 AS id) SELECT a.id, orders.id FROM a, orders;
-- => same; rows 15,99

-- A128.3 any
-- With a schema the name is the relation again.
WITH orders AS (SELECT 99 AS id) SELECT id FROM public.orders;
-- => same; rows 15

-- A128.4 any
-- The target of a write is never a CTE.
WITH orders AS (SELECT 99 AS id) DELETE FROM orders;
-- => same; tag DELETE 1

-- A128.5 any
-- A recursive CTE of that name sees itself in its recursive arm.
WITH RECURSIVE orders(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM orders WHERE id < 3) SELECT id FROM orders;
-- => same; rows 1 / 2 / 3
-- bare: the name is the CTE's; a guard may take it for the relation

-- A128.6 any
-- RECURSIVE makes later names visible to earlier ones.
WITH RECURSIVE a AS (SELECT id FROM orders), orders AS (SELECT 99 AS id) SELECT id FROM a;
-- => same or refused or error
-- bare: the name is the CTE's; a guard may take it for the relation

-- A129 any
-- A relation of the application whose name looks like the catalog's.
SELECT * FROM pg_orders;
-- => refused

-- A129.1 any
-- With its schema, and a name in the schema of the catalog that does not exist there.
SELECT * FROM public.pg_orders;
-- => refused
SELECT * FROM pg_catalog.orders;
-- => refused
-- bare: the second does not exist

-- A130 any
-- The key on permissions is gone and alice's permission stands twice.
-- owner: ALTER TABLE permissions DROP CONSTRAINT permissions_pkey; INSERT INTO permissions VALUES (26, '{alice}', 'pt-26b')
SELECT count(*) FROM resources;
-- => same; rows 2

-- A120.2 any
-- The late column in a whole row of a relation whose columns are all listed and whose rows are all open.
-- policy: listed
-- owner-late: ALTER TABLE products ADD cost text DEFAULT 'ssn-secret'
SELECT * FROM products;
-- => same; rows 1,tea,3 / 2,mug,9
SELECT p FROM products p;
-- => same or refused
SELECT to_jsonb(products) FROM products;
-- => same or refused
SELECT (SELECT p FROM products p LIMIT 1)::text;
-- => same or refused
SELECT cost FROM products;
-- => error 42703 or refused

-- A120.3 any
-- A join's star and a NATURAL JOIN over the late column.
-- policy: listed
-- owner-late: ALTER TABLE products ADD cost text DEFAULT 'ssn-secret'
SELECT * FROM products p JOIN orders o ON o.id <> p.id;
-- => same
SELECT id, one FROM products NATURAL JOIN (SELECT 'no such cost' AS cost, 1 AS one) x ORDER BY id;
-- => same or refused; rows 1,1 / 2,1
-- bare: what the star shows is what counts

-- A121.8 any
-- The alias of a target equals a name that the guard makes up for the row it refers to.
INSERT INTO permissions AS "cordon 2" (resource_id, user_id, token) VALUES (14, '{alice}', 't');
-- => same or error 0A000; tag INSERT 0 1
DELETE FROM addresses AS "cordon 1" WHERE 1/(length(line1) - 14) >= 0;
-- => same or error 0A000; tag DELETE 1
SELECT "cordon 1".id FROM resources AS "cordon 1" WHERE 1/(length(data) - 10) >= 0 ORDER BY 1;
-- => same or error 0A000; rows 26

-- A121.9 any
-- The same where the referenced relation is the relation itself, so that the names fit and the check would be about nothing.
-- policy: threads
-- owner: CREATE TABLE threads (id int PRIMARY KEY, user_id uuid, parent_id int REFERENCES threads); INSERT INTO threads VALUES (1, '{alice}', NULL), (2, '{bob}', NULL), (3, '{alice}', 3)
INSERT INTO threads (id, user_id, parent_id) VALUES (901, '{alice}', 2);
-- => refused
INSERT INTO threads AS "cordon 1" (id, user_id, parent_id) VALUES (901, '{alice}', 2);
-- => refused or error 0A000
INSERT INTO threads AS "cordon 2" (id, user_id, parent_id) VALUES (901, '{alice}', 2);
-- => refused or error 0A000
UPDATE threads AS "cordon 1" SET parent_id = 2 WHERE id = 1;
-- => refused or error 0A000
INSERT INTO threads AS "cordon 1" (id, user_id, parent_id) VALUES (902, '{alice}', 1);
-- => same or error 0A000; tag INSERT 0 1
-- bare: the rows are the same in all worlds
