-- Group 6: who asks is decided outside of SQL. Nothing that a statement can say may change it.

-- A099 any
-- The name of a setting is computed at run time.
SELECT set_config('cor' || 'don.token', '{bob}', false);
-- => refused

-- A099.1 any
-- In other places and spellings.
SELECT pg_catalog.set_config('cordon.token', '{bob}', true);
-- => refused
SELECT * FROM set_config('app.user_id', '{bob}', false);
-- => refused
SELECT id FROM orders WHERE set_config('app.user_id', '{bob}', false) IS NOT NULL;
-- => refused
UPDATE pg_settings SET setting = 'x' WHERE name = 'cordon.token';
-- => refused
SELECT current_setting('cordon.token', true);
-- => refused or same; rows ∅

-- A100 any
-- The plain command.
SET app.user_id = '{bob}';
-- => refused
SET LOCAL app.user_id = '{bob}';
-- => refused

-- A100.1 any
-- The guard's own name with something that is not a token.
SET cordon.token = '{bob}';
-- => refused or error or same
SET cordon.caller = '{bob}';
-- => refused
SET "cordon.role" = 'admin';
-- => refused
SHOW cordon.token;
-- => refused or error
RESET cordon.token;
-- => refused or same

-- A101 any
-- Another role.
-- owner: DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'shop_owner') THEN CREATE ROLE shop_owner; END IF; END $$
SET ROLE shop_owner;
-- => refused
SET SESSION AUTHORIZATION shop_owner;
-- => refused

-- A101.1 any
-- Other spellings.
SET LOCAL ROLE shop_owner;
-- => refused
SET role = 'shop_owner';
-- => refused
SET ROLE NONE;
-- => refused or same
RESET ROLE;
-- => refused or same
RESET SESSION AUTHORIZATION;
-- => refused or same

-- A102 any
-- Wiping all settings, the guard's among them.
RESET ALL;
-- => same or refused
DISCARD ALL;
-- => same or refused
SELECT id FROM orders;
-- => same; rows 15
-- bare: the two commands are harmless; the select is the leak

-- A102.1 any
-- Parts of it.
DISCARD PLANS;
-- => same or refused
DISCARD TEMP;
-- => same or refused
DISCARD SEQUENCES;
-- => same or refused
DEALLOCATE ALL;
-- => same or refused
CLOSE ALL;
-- => same or refused
UNLISTEN *;
-- => same or refused
SELECT id FROM orders;
-- => same; rows 15

-- A104 pg
-- Switching row security off.
SET row_security = off;
-- => refused

-- A104.1 pg
-- Settings that change what a statement means or what the server tells.
SET default_transaction_read_only = off;
-- => refused or same
SET session_replication_role = replica;
-- => refused
SET debug_print_plan = on;
-- => refused
SET log_statement = 'all';
-- => refused
SET client_min_messages = 'debug5';
-- => refused
SET transform_null_equals = on;
-- => refused
SET default_table_access_method = 'heap';
-- => refused
SET lo_compat_privileges = on;
-- => refused
SET check_function_bodies = off;
-- => refused
SET xmloption = 'document';
-- => refused
SET local_preload_libraries = 'x';
-- => refused
SET temp_tablespaces = 'x';
-- => refused
SET backslash_quote = on;
-- => refused
SET escape_string_warning = off;
-- => refused or same
SET array_nulls = off;
-- => refused
SET IntervalStyle = 'sql_standard';
-- => refused or same

-- A104.2 pg
-- A planner setting moves the caller's filter in front of the rule.
SET enable_seqscan = off;
-- => refused
SET cpu_operator_cost = 0;
-- => refused

-- A105 any
-- A function that runs with its owner's rights.
SELECT * FROM all_orders();
-- => refused

-- A105.1 any
-- The same in the select list, and one field of it.
SELECT (all_orders()).amount;
-- => refused
SELECT public.all_orders();
-- => refused

-- A106 any
-- A view of the owner over covered relations.
SELECT * FROM order_totals;
-- => refused

-- A106.1 any
-- A view as the target of a write, and inside a join.
SELECT p.id FROM products p JOIN public.order_totals t ON t.total > p.price;
-- => refused

-- A111 any
-- A token in a comment that is not the first thing in the message.
SELECT id FROM orders /*cordon:{bob}*/;
-- => same or refused; rows 15

-- A111.1 any
-- After another comment, in a line comment, and inside a literal.
/* first */ /*cordon:{bob}*/ SELECT id FROM orders;
-- => same or refused or error 28000; rows 15

-- A111.2 any
-- Inside a literal it is text.
SELECT '/*cordon:{bob}*/' AS t, id FROM orders;
-- => same; rows /*cordon:{bob}*/,15

-- A112 any
-- Alice runs the very text that bob has just run.
-- as: bob
SELECT id FROM orders;
-- => any
-- as: alice
SELECT id FROM orders;
-- => same; rows 15

-- A112.1 any
-- The same with a literal that differs and a membership rule.
-- as: bob
SELECT id, line1 FROM addresses WHERE id <> 22;
-- => any
SELECT id, line1 FROM addresses WHERE id <> 12;
-- => any
-- as: alice
SELECT id, line1 FROM addresses WHERE id <> 22;
-- => same; rows 12,1 Elm
SELECT id, line1 FROM addresses WHERE id <> 12;
-- => same; rows

-- A112.2 any
-- The same for a write.
-- as: bob
UPDATE orders SET amount = amount WHERE id > 0;
-- => any
-- as: alice
UPDATE orders SET amount = amount WHERE id > 0;
-- => same; tag UPDATE 1

-- A115 any
-- A lookup made for the log-in is widened.
-- as: nobody
-- policy: login
SELECT id, password_hash FROM users WHERE email = 'alice@shop.test' OR is_admin;
-- => refused or same; rows
SELECT id, password_hash FROM users;
-- => refused or same; rows
-- lookup: the hash is what a log-in reads, so only the number of rows counts here

-- A115.1 any
-- Other ways to widen it.
-- as: nobody
-- policy: login
SELECT id, password_hash FROM users WHERE email LIKE 'alice@shop.test';
-- => refused or same; rows
SELECT id, password_hash FROM users WHERE email = email;
-- => refused or same; rows
SELECT id, password_hash FROM users WHERE email IN ('alice@shop.test', 'bob@shop.test');
-- => refused or same; rows
SELECT id, password_hash FROM users WHERE email = ANY (ARRAY['alice@shop.test', 'bob@shop.test']);
-- => refused or same; rows
SELECT id, password_hash FROM users WHERE NOT email = 'alice@shop.test';
-- => refused or same; rows
SELECT id, password_hash FROM users WHERE (email = 'alice@shop.test') IS NOT NULL;
-- => refused or same; rows
SELECT id, password_hash FROM users WHERE email = (SELECT 'alice@shop.test');
-- => refused or same; rows
SELECT id, password_hash FROM users WHERE email = 'alice@shop.test' UNION ALL SELECT id, password_hash FROM users;
-- => refused or same; rows
SELECT a.id, a.password_hash FROM users a, users b WHERE a.email = 'alice@shop.test';
-- => refused or same; rows
SELECT (SELECT max(password_hash) FROM users) FROM users WHERE email = 'alice@shop.test';
-- => refused or same; rows
SELECT id, password_hash FROM (SELECT * FROM users) u WHERE email = 'alice@shop.test';
-- => refused or same; rows
SELECT id, password_hash, is_admin, reset_token FROM users WHERE email = 'alice@shop.test' AND reset_token IS NULL;
-- => any
UPDATE users SET email = email WHERE email = 'alice@shop.test';
-- => refused
DELETE FROM users WHERE email = 'alice@shop.test';
-- => refused
-- lookup: the hash is what a log-in reads, so only the number of rows counts here

-- A115.2 any
-- With the equality alone, alice's row; the columns that the lookup does not give read NULL.
-- as: nobody
-- policy: login
SELECT id, email, is_admin, reset_token FROM users WHERE email = 'alice@shop.test';
-- => same; rows {alice},alice@shop.test,∅,∅
-- refuse => any
SELECT length(password_hash) > 0 FROM users WHERE email = 'alice@shop.test';
-- => same; rows t
-- lookup: the value of world c differs in the hash that the lookup gives on purpose
-- bare: the row is what the lookup is for

-- A116 pg
-- A materialized view and a partition, read by their own names.
SELECT * FROM order_totals_mv;
-- => refused
SELECT * FROM orders_2025;
-- => refused

-- A116.1 pg
-- The partition beside its covered parent.
-- policy: by-year
SELECT id FROM orders_by_year;
-- => same; rows 15
SELECT id FROM orders_2025;
-- => refused

-- A116.2 pg
-- A write on the partition.
-- policy: by-year
UPDATE orders_2025 SET amount = 0;
-- => refused
INSERT INTO orders_2025 (id, year) VALUES (1, 2025);
-- => refused
