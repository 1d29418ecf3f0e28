-- Group 12: attacks that the catalogue does not have, each named after the defence that it tries.

-- A301 pg
-- Names as text: a parameter of SQL's PREPARE is looked up as a type when EXECUTE fills it, and every relation is a type.
PREPARE find AS SELECT $1::regtype::text;
-- => refused
EXECUTE find ('invoices_2019');
-- => error 26000

-- A301.1 pg
-- The same by a function, and in a declared type.
PREPARE find AS SELECT to_regtype($1);
-- => refused
PREPARE find (regtype) AS SELECT $1::oid;
-- => refused

-- A301.2 pg
-- A look-up of a relation by a parameter answers NULL for what the caller may not know, also in a PREPARE.
PREPARE find AS SELECT $1::regclass IS NULL;
-- => same
EXECUTE find ('invoices_2019');
-- => same; rows t
EXECUTE find ('invoices_1999');
-- => same; rows t
-- bare: what it tells of is the same in each world

-- A301.3 pg
-- A name inside JSON becomes the number of its object by the column list of a function.
SELECT * FROM jsonb_to_record('{"a": "invoices_2019"}') AS x (a regclass);
-- => refused
SELECT * FROM json_to_recordset('[{"a": ["invoices_2019"]}]') AS x (a regtype[]);
-- => refused

-- A301.4 pg
-- A literal beside a value of such a type would take its type: it is read as a text or a number.
SELECT coalesce('invoices_1999', 0::oid::regclass);
-- => same
SELECT 'text'::regtype UNION ALL SELECT 'invoices_1999';
-- => error
SELECT CASE WHEN true THEN 'invoices_1999' ELSE 25::regtype END;
-- => refused
SELECT lag('text'::regtype, 1, 'invoices_2019') OVER ();
-- => error
SELECT array_append(ARRAY['text'::regtype], 'invoices_2019');
-- => error

-- A302 any
-- Reads: a rule that follows its parent is not tested twice where the statement joins the parent; here the join is with something of the parent's name.
WITH profiles AS (SELECT 21 AS id) SELECT a.id FROM addresses a JOIN profiles p ON a.profile_id = p.id;
-- => same; rows
SELECT a.id FROM addresses a JOIN (SELECT 21 AS id) profiles ON a.profile_id = profiles.id;
-- => same; rows
SELECT a.id FROM addresses a JOIN (SELECT id FROM profiles UNION SELECT 21) p ON a.profile_id = p.id;
-- => same; rows 12
SELECT a.id FROM addresses a JOIN LATERAL (SELECT a.profile_id AS id) p ON a.profile_id = p.id;
-- => same; rows 12

-- A302.1 any
-- A join that keeps rows without a parent.
SELECT a.id FROM addresses a LEFT JOIN profiles p ON a.profile_id = p.id;
-- => same; rows 12
SELECT a.id FROM profiles p RIGHT JOIN addresses a ON a.profile_id = p.id;
-- => same; rows 12
SELECT a.id FROM profiles p FULL JOIN addresses a ON a.profile_id = p.id;
-- => same; rows 12
SELECT a.id, b.id FROM addresses a LEFT JOIN (addresses b JOIN profiles p ON b.profile_id = p.id) ON true;
-- => same; rows 12,12

-- A302.2 any
-- A join that only looks like one with the parent: another reference, OR, NOT, an outer condition, another operator.
SELECT a.id FROM addresses a, addresses b, profiles p WHERE b.profile_id = p.id;
-- => same; rows 12
SELECT a.id FROM addresses a JOIN profiles p ON a.profile_id = p.id OR p.id > 0;
-- => same; rows 12
SELECT a.id FROM addresses a JOIN profiles p ON NOT (a.profile_id = p.id);
-- => same; rows
SELECT a.id FROM addresses a JOIN profiles p ON true LEFT JOIN products x ON a.profile_id = p.id AND x.id = 1;
-- => same; rows 12
SELECT a.id FROM addresses a JOIN profiles p ON a.profile_id >= p.id;
-- => same; rows 12
SELECT a.id FROM addresses a WHERE EXISTS (SELECT 1 FROM profiles p WHERE p.id = a.profile_id OR p.id = 11);
-- => same; rows 12
SELECT a.id FROM addresses a WHERE a.profile_id NOT IN (SELECT id FROM profiles);
-- => same; rows

-- A302.3 any
-- The columns of the parent carry other names.
SELECT a.id FROM addresses a JOIN payment_methods p (id, x) ON a.profile_id = p.x;
-- => same; rows 12
SELECT a.id FROM addresses a JOIN addresses p (id, x) ON a.profile_id = p.x;
-- => same; rows 12
SELECT r.id FROM resources r JOIN permissions p ON r.id = p.resource_id;
-- => same; rows 26
SELECT r.id FROM resources r LEFT JOIN permissions p ON r.id = p.resource_id ORDER BY 1;
-- => same; rows 14 / 26

-- A302.4 any
-- A test that fails, in a join that would let hidden rows get that far.
SELECT a.id FROM addresses a JOIN profiles p ON a.profile_id = p.id WHERE 1/(length(a.line1) - 14) > -9;
-- => same; rows 12
SELECT a.id, 1/(length(a.line1) - 14) FROM addresses a, profiles p WHERE a.profile_id = p.id;
-- => same; rows 12,0
SELECT a.id FROM addresses a JOIN profiles p ON a.profile_id = p.id AND 1/(length(a.line1) - 14) > -9;
-- => same; rows 12
SELECT max(1/(length(a.line1) - 14)) FROM addresses a JOIN profiles p ON a.profile_id = p.id GROUP BY p.id;
-- => same; rows 0

-- A303 pg
-- Errors as answers, in places where a value is computed: bounds of rows, frames, sort keys of aggregates, keys of groups.
SELECT id FROM orders LIMIT (SELECT 1/(amount - 4999) + 1 FROM orders ORDER BY amount DESC LIMIT 1);
-- => same; rows 15
SELECT id, sum(id) OVER (ORDER BY id ROWS (SELECT 1/(max(amount) - 4999) FROM orders) PRECEDING) FROM products;
-- => same; rows 1,1 / 2,2
SELECT array_agg(id ORDER BY 1/(amount - 4999)) FROM orders;
-- => same; rows {15}
SELECT DISTINCT ON (1/(amount - 4999)) id FROM orders;
-- => same; rows 15
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY 1/(amount - 4999)) FROM orders;
-- => same; rows 0
SELECT count(*) FILTER (WHERE 1/(amount - 4999) > 0) FROM orders;
-- => same; rows 0
SELECT 1/(amount - 4999), count(*) FROM orders GROUP BY GROUPING SETS ((1/(amount - 4999)), ()) ORDER BY 2, 1;
-- => same; rows 0,1 / ∅,1
SELECT count(*) FROM orders GROUP BY CUBE (id, 1/(amount - 4999));
-- => same

-- A303.1 any
-- A frame and a bucket of a size that a hidden row would make wrong.
SELECT ntile(5000 - max(amount)) OVER () FROM orders GROUP BY id;
-- => same; rows 1
SELECT nth_value(id, (SELECT 5000 - max(amount) FROM orders)) OVER (ORDER BY id) FROM products;
-- => same
SELECT width_bucket(5, amount - 4999, 10, 5) FROM orders;
-- => same

-- A303.2 any
-- The end of a recursion follows rows: it ends where the caller's own rows end.
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < (SELECT count(*) FROM orders) * 3) SELECT max(n) FROM t;
-- => same; rows 3
WITH RECURSIVE t AS (SELECT id, amount FROM orders WHERE id = 15 UNION ALL SELECT o.id, 1/(o.amount - 4999) FROM orders o JOIN t ON t.id < o.id AND t.amount < 2000) SELECT * FROM t;
-- => same; rows 15,1200
WITH RECURSIVE t (id, d) AS (SELECT id, 1 FROM orders UNION SELECT o.id, d + 1 FROM orders o JOIN t ON o.amount > t.id AND d < 3) SELECT * FROM t ORDER BY 1, 2;
-- => same; rows 15,1 / 15,2 / 15,3

-- A303.3 any
-- A path of JSON, a pattern and a query of a text search that are made of hidden text.
SELECT id FROM resources WHERE to_tsvector('simple', 'x') @@ to_tsquery('simple', data);
-- => same or error 42601
SELECT id FROM resources WHERE jsonb_path_exists('[1]', ('$[' || length(data) - 10 || ']')::jsonpath);
-- => same or error
SELECT id FROM resources WHERE 'x' ~ data;
-- => same
SELECT id FROM resources WHERE 'x' LIKE (CASE WHEN data LIKE 'bob-%' THEN 'x\' ELSE 'y' END);
-- => same

-- A304 pg
-- Totality: two collations of no column's own meet, which fails as soon as a row is there; the caller's own is ruled out first.
SELECT count(*) FROM addresses a, (SELECT 'x'::text COLLATE "POSIX" AS p) s, (SELECT 'y' COLLATE "C" AS c) t WHERE a.line1 <> '1 Elm' AND coalesce(a.line1, s.p) < t.c;
-- => same; rows 0
SELECT count(*) FROM addresses a, (SELECT 'x'::text COLLATE "POSIX" AS p) s WHERE a.line1 <> '1 Elm' AND greatest(a.line1, s.p) = 'x'::name;
-- => same; rows 0

-- A304.1 any
-- A row or an array that holds a value without an order.
SELECT count(*) FROM resources r WHERE r.data <> '{"k":"v"}' AND r.data <> '{"k":"shared"}' AND ROW(r.data::json) = ROW('1'::json);
-- => same or error 42883
-- bare: there is no such operator, whatever the rows
SELECT count(*) FROM addresses WHERE line1 <> '1 Elm' AND (ARRAY[1, 2])[length(line1)] IS NULL AND substr(line1, 1, length(line1) - 15) = '';
-- => same; rows 0

-- A304.2 any
-- Functions that fail at the edge of what they take.
SELECT id FROM orders WHERE chr(amount - 4999) <> 'x';
-- => same
SELECT id FROM orders WHERE make_date(2024, 1, 5000 - amount) IS NOT NULL;
-- => same or error 22008
SELECT id FROM orders WHERE (amount - 4999)::numeric ^ -1 < 5;
-- => same; rows 15
SELECT id FROM orders WHERE repeat('x', amount - 4998)::varchar(1) = 'x' OR ln(4999.5 - amount) > 0;
-- => same; rows 15
SELECT id FROM orders WHERE (4998 - amount)::text::bit(4) IS NOT NULL;
-- => same or error

-- A305 any
-- Writes: values come from hidden columns and rows.
UPDATE users SET email = (SELECT password_hash FROM users u WHERE u.id = users.id) RETURNING email;
-- => same; rows ∅
-- refuse => refused
UPDATE profiles SET display_name = u.reset_token FROM users u RETURNING display_name;
-- => same; rows ∅
-- refuse => refused
INSERT INTO addresses SELECT id + 1000, profile_id, card_token, 'x' FROM payment_methods RETURNING line1;
-- => same; rows ∅
-- refuse => refused
UPDATE orders o SET amount = x.n FROM (SELECT count(*)::int AS n FROM orders) x RETURNING amount;
-- => same; rows 1

-- A305.1 any
-- A new row that is checked by what RETURNING gives is written where nothing reads it.
WITH x AS (INSERT INTO orders VALUES (900, 1, '{bob}', 1, 'eu-west-1') RETURNING 1) SELECT 2;
-- => refused
WITH x AS (INSERT INTO orders VALUES (900, 2, '{alice}', 1, 'us-east-1')) SELECT 2 LIMIT 0;
-- => refused
WITH x AS (INSERT INTO addresses VALUES (900, 21, 'x', 'y') RETURNING id) SELECT 1 WHERE false;
-- => refused
WITH x AS (UPDATE addresses SET profile_id = 21 RETURNING id), y AS (SELECT 1) SELECT * FROM y;
-- => refused

-- A305.2 any
-- Several rows of which one is not the caller's, by VALUES, by a set operation, by a default.
INSERT INTO orders (id, amount, user_id) VALUES (906, 1, '{alice}'), (907, 1, '{bob}');
-- => refused
INSERT INTO orders (id, amount, user_id) SELECT 906, 1, '{alice}'::uuid UNION ALL SELECT 907, 1, '{bob}'::uuid;
-- => refused
INSERT INTO orders (id, amount, user_id) VALUES (908, 1, DEFAULT), (909, 1, '{bob}');
-- => refused
INSERT INTO orders (id, amount, tenant_id, crdb_region) VALUES (908, 1, DEFAULT, 'us-east-1');
-- => refused

-- A305.3 any
-- A failing expression in a write, joined to rows that are not the caller's.
UPDATE orders SET amount = 1 FROM addresses a WHERE 1/(length(a.line1) - 14) >= 0;
-- => same; tag UPDATE 1
DELETE FROM addresses USING orders WHERE 1/(orders.amount - 4999) >= 0;
-- => same; tag DELETE 1

-- A306 any
-- Whole rows: compared, grouped, put into arrays and into JSON by ways that build a row anew.
SELECT ARRAY[u] FROM users u;
-- => same or refused
-- refuse => any
SELECT u = u, u IS NULL, u IS NOT NULL FROM users u;
-- => same; rows t,f,f
-- refuse => any
SELECT json_populate_record(u, '{}') FROM users u;
-- => refused
SELECT (SELECT u) FROM users u;
-- => same
-- refuse => any
SELECT md5(u::text) FROM users u;
-- => same
-- refuse => any

-- A306.1 any
-- System columns by a whole row, by an alias, in a write, as a number of the relation.
SELECT (o).ctid FROM orders o;
-- => refused
SELECT o.tableoid::regclass FROM orders o;
-- => refused
DELETE FROM orders WHERE ctid = '(0,1)';
-- => refused
SELECT max(xmin::text::int8) FROM orders;
-- => refused
SELECT id FROM orders ORDER BY cmin;
-- => refused

-- A306.2 any
-- A row type as a type: a literal, a cast, a NULL that a function unfolds.
SELECT null::users;
-- => refused
SELECT '(a11ce000-0000-4000-8000-000000000001,a,b,t,c)'::users;
-- => refused
SELECT jsonb_populate_record(null::users, '{"password_hash": "x"}');
-- => refused

-- A307 pg
-- Names: what the database cuts to 63 bytes is cut before it is resolved, so that no two readings of one name are left.
WITH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaorders1" AS (SELECT id FROM orders), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaorders2" AS (SELECT 25 AS id) SELECT * FROM "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaorders2";
-- => error 42712
-- bare: the database refuses it too

-- A307.1 any
-- Quoted names with a dot, with capitals, with another schema, of another database.
SELECT * FROM "public.orders";
-- => refused
SELECT * FROM public."ORDERS";
-- => refused
SELECT * FROM otherdb.public.orders;
-- => refused
SELECT * FROM pg_catalog.orders;
-- => refused
SELECT * FROM "Orders";
-- => refused

-- A307.2 any
-- The relation's name as a field, a function, a column of itself.
SELECT orders.orders FROM orders;
-- => error
SELECT orders(o) FROM orders o;
-- => refused or error
SELECT id(o), amount(o) FROM orders o;
-- => same or refused or error

-- A308 pg
-- The catalog: counts of pages, of rows, of locks, of sessions; sequences and their last numbers; statistics.
SELECT reltuples, relpages, relallvisible FROM pg_class WHERE relname = 'orders';
-- => same; rows ∅,∅,∅
SELECT last_value FROM pg_sequences;
-- => same; rows
SELECT last_value FROM orders_id_seq;
-- => refused
SELECT n_live_tup FROM pg_stat_user_tables;
-- => refused
SELECT most_common_vals FROM pg_stats;
-- => refused
SELECT * FROM pg_locks;
-- => refused

-- A308.1 pg
-- What others have prepared, opened or listen to.
SELECT statement FROM pg_prepared_statements;
-- => refused
SELECT statement FROM pg_cursors;
-- => refused
SELECT * FROM pg_prepared_xacts;
-- => refused
SELECT pg_listening_channels();
-- => refused

-- A308.2 pg
-- Objects that no rule opens, by the other relations of the catalog.
SELECT typname FROM pg_type WHERE typname IN ('invoices_2019', '_invoices_2019', 'spy');
-- => same; rows
SELECT proname FROM pg_proc WHERE proname = 'all_orders';
-- => same; rows
SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'inv%';
-- => same; rows
SELECT attname FROM pg_attribute WHERE attname = 'total';
-- => same; rows
SELECT nspname FROM pg_namespace WHERE nspname = 'evil';
-- => same; rows
SELECT adbin IS NULL FROM pg_attrdef;
-- => same
-- bare: what exists is the same in each world

-- A309 any
-- Settings: by other words than SET, by functions in the middle of a query, by a value that a row gives.
SET SCHEMA 'evil';
-- => refused
SET NAMES 'SJIS';
-- => refused
RESET SESSION AUTHORIZATION;
-- => refused
SET ROLE NONE;
-- => refused
SELECT set_config('search_path', 'evil', true) FROM orders;
-- => refused
SELECT set_config('timezone', crdb_region, false) FROM orders;
-- => refused
SELECT current_setting('cordon.token', true);
-- => refused
SHOW ALL;
-- => refused

-- A309.1 pg
-- A snapshot, a lock of one's own and a channel would be shared with sessions of others.
SELECT pg_export_snapshot();
-- => refused
SELECT pg_try_advisory_lock(1);
-- => refused
SELECT pg_advisory_xact_lock(1, 2);
-- => refused
SELECT pg_notify('c', 'x');
-- => refused
SELECT lo_create(0);
-- => refused
SELECT lo_from_bytea(0, 'x');
-- => refused
SELECT pg_current_xact_id();
-- => refused
SELECT pg_current_wal_lsn();
-- => refused

-- A309.2 pg
-- Transactions that another session would go on with.
BEGIN;
-- => same
SET TRANSACTION SNAPSHOT '00000003-0000001B-1';
-- => refused
ROLLBACK;
-- => same
PREPARE TRANSACTION 'x';
-- => refused
COMMIT PREPARED 'x';
-- => refused

-- A311 pg
-- Keys: a hidden row refers to the caller's own, so that one cannot go. That is one bit, and a limit.
-- owner: CREATE TABLE notes (order_id int REFERENCES orders, user_id uuid); INSERT INTO notes SELECT 15, user_id FROM orders WHERE id = 25
DELETE FROM orders WHERE id = 15;
-- => error 23503

-- A311.1 pg
-- The same for a key that is changed.
-- owner: CREATE TABLE followers (email text REFERENCES users (email), n int); INSERT INTO followers SELECT 'alice@shop.test', 1 FROM orders WHERE id = 25
UPDATE users SET email = 'new@shop.test' WHERE id = '{alice}' RETURNING email;
-- => error 23503

-- A311.2 pg
-- A key that is changed would take rows of others along.
-- owner: CREATE TABLE followers (email text REFERENCES users (email) ON UPDATE CASCADE, n int); INSERT INTO followers VALUES ('alice@shop.test', 1)
UPDATE users SET email = 'new@shop.test' WHERE id = '{alice}' RETURNING email;
-- => refused

-- A311.3 pg
-- Or would empty them.
-- owner: CREATE TABLE followers (email text REFERENCES users (email) ON DELETE SET NULL ON UPDATE SET NULL, n int); INSERT INTO followers VALUES ('alice@shop.test', 1)
UPDATE users SET email = 'new@shop.test' WHERE id = '{alice}' RETURNING email;
-- => refused

-- A311.4 pg
-- Two broken keys of one row: which of them is told depends on neither.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (23, 11, 'v', '1', 'ct-bob-5501');
-- => error 23505
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (13, 11, 'v', '1', 'ct-bob-5501');
-- => error 23505
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (13, 11, 'v', '1', 'fresh');
-- => error 23505

-- A313 pg
-- Relations that share rows: a child by inheritance, read and written through its parent and by its own name.
-- owner: CREATE TABLE special_orders (note text) INHERITS (orders); INSERT INTO special_orders SELECT 95, tenant_id, user_id, 1, crdb_region, 'hid' FROM orders WHERE id = 25
SELECT id FROM orders;
-- => same; rows 15
SELECT * FROM special_orders;
-- => refused
UPDATE orders SET amount = 7;
-- => same; tag UPDATE 1
DELETE FROM ONLY orders WHERE 1/(amount - 7) IS NULL;
-- => same or error 22012

-- A313.1 pg
-- A view whose owner may read all, and one that asks for the rights of its reader: both are closed until they are named.
-- owner: CREATE VIEW seen AS SELECT * FROM orders; CREATE VIEW asked WITH (security_invoker) AS SELECT * FROM orders; CREATE VIEW walled WITH (security_barrier) AS SELECT * FROM orders
SELECT * FROM seen;
-- => refused
SELECT * FROM asked;
-- => refused
INSERT INTO walled VALUES (950, 2, '{bob}', 1, 'us-east-1');
-- => refused

-- A313.2 pg
-- A column that is computed from others, added after the catalog was read.
-- owner-late: ALTER TABLE users ADD COLUMN hint text GENERATED ALWAYS AS (left(password_hash, 4)) STORED
SELECT * FROM users;
-- => same
SELECT hint FROM users;
-- => error or refused

-- A315 pg
-- A key in a foreign name: whether it is taken must not be told by which of two errors comes.
-- owner: INSERT INTO permissions SELECT r.id, u.id, 'x' FROM resources r, users u WHERE r.id = 26 AND u.id = '{bob}'
INSERT INTO permissions (resource_id, user_id, token) VALUES (26, '{bob}', 't');
-- => refused
INSERT INTO permissions (resource_id, user_id, token) VALUES (14, '{alice}', 't'), (26, '{bob}', 't') ON CONFLICT DO NOTHING;
-- => refused

-- A315.1 pg
-- The same by an index of some rows, which no key names.
-- owner: CREATE UNIQUE INDEX ON resources (owner_id, data) WHERE data IS NOT NULL
INSERT INTO resources (id, owner_id, data) VALUES (950, '{bob}', 'bob-notes(');
-- => refused
INSERT INTO resources (id, owner_id, data) VALUES (950, '{bob}', 'nothing');
-- => refused
