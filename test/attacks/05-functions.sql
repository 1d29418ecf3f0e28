-- Group 5: the guard sees the text, the server runs what the text calls. So what may be called is a list.

-- A083 pg
-- SQL text in an argument.
SELECT query_to_xml('SELECT * FROM users', true, false, '');
-- => refused

-- A083.1 pg
-- Its relatives, with the schema written.
SELECT pg_catalog.query_to_xml('TABLE users', true, false, '');
-- => refused
SELECT query_to_xml_and_xmlschema('TABLE users', true, false, '');
-- => refused
SELECT cursor_to_xml('c', 1, true, false, '');
-- => refused
SELECT ts_stat('SELECT to_tsvector(email) FROM users');
-- => refused
SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, to_tsquery(email) FROM users');
-- => refused

-- A083.2 pg
-- In FROM, and in a lateral place.
SELECT * FROM query_to_xml('TABLE users', true, false, '') x;
-- => refused
SELECT * FROM products p, LATERAL query_to_xml('TABLE users', true, false, '') x;
-- => refused

-- A084 pg
-- A relation's name in an argument.
SELECT table_to_xml('users', true, false, '');
-- => refused

-- A084.1 pg
-- A schema's and a database's.
SELECT schema_to_xml('public', true, false, '');
-- => refused
SELECT database_to_xml(true, false, '');
-- => refused

-- A085 pg
-- Files of the server.
SELECT pg_read_file('pg_hba.conf');
-- => refused

-- A085.1 pg
-- The same with its schema and in quotes.
SELECT "pg_catalog"."pg_read_binary_file"('pg_hba.conf');
-- => refused
SELECT * FROM pg_read_file('PG_VERSION');
-- => refused

-- A086 any
-- A name turned into an object id.
SELECT 'pg_authid'::regclass::oid;
-- => refused

-- A086.1 any
-- The same for a name that does not exist.
SELECT 'no_such_thing'::regclass::oid;
-- => refused
-- bare: no such name

-- A086.2 any
-- Other spellings.
SELECT to_regclass('invoices_2019');
-- => refused
SELECT CAST('invoices_2019' AS regclass);
-- => refused
SELECT regclass 'invoices_2019';
-- => refused
SELECT pg_catalog.regclassin('invoices_2019');
-- => refused
SELECT to_regproc('all_orders'), to_regnamespace('evil'), to_regrole('shop_owner'), to_regtype('orders');
-- => refused
SELECT 'evil.count'::regproc;
-- => refused
SELECT 'shop_owner'::regrole;
-- => refused

-- A086.3 any
-- A value that becomes a name by assignment.
SELECT ('invoices_' || '2019')::text::regclass;
-- => refused

-- A086.4 any
-- A number turned into a name.
SELECT count(*) FROM generate_series((SELECT max(oid::bigint) - 250 FROM pg_class), (SELECT max(oid::bigint) + 50 FROM pg_class)) n
  WHERE n::regclass::text IN ('invoices_2019', 'pg_orders', '"Orders"', 'order_totals', 'order_totals_mv', 'orders_2025', 'orders_id_seq');
-- => refused or same; rows 0
-- bare: the numbers are the same in all worlds; that names of uncovered relations do not show is what counts

-- A086.5 any
-- Inquiries about privileges take names too.
SELECT has_table_privilege('invoices_2019', 'select');
-- => refused
SELECT has_column_privilege('users', 'password_hash', 'select');
-- => refused
SELECT pg_relation_size('orders');
-- => refused
SELECT pg_total_relation_size(16400);
-- => refused

-- A087 any
-- A namesake of a harmless function.
SELECT evil.count(id) FROM orders;
-- => refused

-- A087.1 any
-- A namesake in FROM.
SELECT * FROM orders o, evil.lower(o.crdb_region) x;
-- => refused

-- A087.2 any
-- A namesake in the notation of a column.
SELECT (o).evil FROM orders o;
-- => refused or error
-- bare: not a call

-- A088 pg
-- A namesake of a harmless operator.
SELECT id FROM orders WHERE amount OPERATOR(evil.=) 1;
-- => refused

-- A088.1 pg
-- In ANY, ALL and IN of a sub-select, and in ORDER BY USING.
SELECT id FROM orders WHERE amount OPERATOR(evil.=) ANY (ARRAY[1]);
-- => refused
SELECT id FROM orders WHERE amount OPERATOR(evil.=) ALL (SELECT 1);
-- => refused
SELECT id FROM orders ORDER BY amount USING OPERATOR(evil.=);
-- => refused

-- A089 any
-- A new search path puts other functions under the usual names.
SET search_path = evil, public;
-- => refused
SELECT count(id) FROM orders;
-- => same; rows 1

-- A089.1 any
-- Setting the value that is in force already is accepted.
SET search_path = public;
-- => same or refused
-- bare: it changes nothing

-- A089.2 any
-- Other spellings of the same setting.
SET LOCAL search_path TO evil, public;
-- => refused
SET SESSION search_path TO 'evil';
-- => refused
SET SCHEMA 'evil';
-- => refused
SELECT set_config('search_path', 'evil', false);
-- => refused
ALTER ROLE CURRENT_USER SET search_path = evil;
-- => refused
ALTER DATABASE shop SET search_path = evil;
-- => refused

-- A089.3 any
-- A relation of the other schema that is searched.
RESET search_path;
-- => same or refused
-- bare: it changes nothing

-- A090 pg
-- A domain whose check prints what it is given.
SELECT amount::evil.spy FROM orders;
-- => refused

-- A090.1 pg
-- The domain in a column definition list, an array and a typed literal.
SELECT CAST(ARRAY[amount] AS evil.spy[]) FROM orders;
-- => refused
SELECT evil.spy '1';
-- => refused
SELECT * FROM json_to_recordset('[{"x":1}]') AS t(x evil.spy);
-- => refused

-- A090.2 pg
-- The row type of a relation.
SELECT NULL::users;
-- => refused or same
SELECT (json_populate_record(NULL::users, '{"password_hash":"x"}')).password_hash;
-- => refused or same

-- A091 any
-- Sequences tell how much business was done.
SELECT last_value FROM orders_id_seq;
-- => refused
SELECT nextval('orders_id_seq');
-- => refused

-- A091.1 any
-- The functions around it.
SELECT currval('orders_id_seq');
-- => refused
SELECT lastval();
-- => refused or error 55000
SELECT setval('orders_id_seq', 1);
-- => refused
SELECT pg_sequence_last_value(16400);
-- => refused
SELECT last_value FROM pg_sequences;
-- => refused or same; rows

-- A091.2 any
-- By a number instead of a name.
SELECT nextval(16400);
-- => refused
-- bare: no such sequence; an id may be guessed

-- A092 pg
-- Statistics hold real values.
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'users';
-- => refused

-- A092.1 pg
-- Other statistics.
SELECT reltuples, relpages FROM pg_class WHERE relname = 'orders';
-- => refused or same
SELECT * FROM pg_statistic;
-- => refused
SELECT n_live_tup FROM pg_stat_user_tables;
-- => refused
SELECT * FROM pg_stat_all_indexes;
-- => refused
SELECT * FROM pg_statio_user_tables;
-- => refused
SELECT pg_stat_get_live_tuples(16400);
-- => refused
SELECT * FROM pg_stat_statements;
-- => refused

-- A093 any
-- The activity view shows the statements of others.
SELECT query FROM pg_stat_activity;
-- => refused

-- A093.1 any
-- Other views of what goes on.
SELECT * FROM pg_locks;
-- => refused
SELECT * FROM pg_prepared_statements;
-- => refused
SELECT * FROM pg_cursors;
-- => refused
SELECT * FROM pg_prepared_xacts;
-- => refused
SELECT * FROM pg_stat_get_activity(NULL);
-- => refused
SELECT pg_backend_pid();
-- => refused or same
SELECT current_query();
-- => refused
SELECT txid_current();
-- => refused
SELECT pg_current_xact_id();
-- => refused
SELECT pg_current_wal_lsn();
-- => refused

-- A094 any
-- Policies are data too: their text holds roles and literals.
SELECT qual FROM pg_policies;
-- => refused

-- A094.1 any
-- Other texts of the catalog.
SELECT definition FROM pg_views WHERE viewname = 'order_totals';
-- => refused or same
SELECT pg_get_viewdef('order_totals'::regclass);
-- => refused
SELECT prosrc FROM pg_proc WHERE proname = 'all_orders';
-- => refused or same
SELECT rolname, rolpassword FROM pg_authid;
-- => refused
SELECT * FROM pg_shadow;
-- => refused
SELECT * FROM pg_hba_file_rules;
-- => refused
SELECT setconfig FROM pg_db_role_setting;
-- => refused
SELECT name, setting FROM pg_settings;
-- => refused or same
SELECT * FROM pg_policy;
-- => refused or same; rows
SELECT * FROM pg_largeobject;
-- => refused
SELECT rolname FROM pg_roles WHERE rolname = 'shop_owner';
-- => refused or same; rows

-- A095 pg
-- Waiting and blocking.
SELECT pg_sleep(10);
-- => refused
SELECT pg_advisory_lock(1);
-- => refused
-- bare: it waits without a guard

-- A095.1 pg
-- Their relatives.
SELECT pg_sleep_for('10 s');
-- => refused
SELECT pg_try_advisory_xact_lock(1);
-- => refused
SELECT pg_notify('shop', 'x');
-- => refused
SELECT pg_cancel_backend(1);
-- => refused
SELECT pg_terminate_backend(1);
-- => refused
NOTIFY shop, 'x';
-- => refused
LISTEN shop;
-- => refused
SELECT pg_reload_conf();
-- => refused
CHECKPOINT;
-- => refused
-- bare: it waits without a guard

-- A096 any
-- A name that the caller or a rule uses must not become another one by the role's search path.
-- session: SET search_path = evil, public
SELECT id FROM profiles WHERE lower(email) = 'alice@shop.test';
-- => same; rows 11
SELECT id FROM orders WHERE amount = 1200;
-- => same; rows 15
SELECT id FROM profiles;
-- => same; rows 11

-- A096.1 any
-- A catalog type's namesake.
-- session: SET search_path = evil, public
SELECT '1'::int4 + 1;
-- => same; rows 2
-- bare: a type of pg_catalog comes first in any case

-- A096.2 any
-- An operator for the very types of a column, in a schema that is searched, fits better than the catalog's.
-- owner: CREATE FUNCTION evil.same_varchar(a varchar, b varchar) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS $f$ BEGIN RAISE NOTICE 'evil saw %', a; RETURN true; END $f$; CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = evil.same_varchar)
SELECT id, line1::varchar = 'x' FROM addresses WHERE city::varchar = 'Bergen'::varchar;
-- => refused or same; rows 12,f
SELECT id FROM addresses WHERE city::varchar IN ('Bergen'::varchar, 'x'::varchar);
-- => refused or same; rows 12
SELECT CASE city::varchar WHEN 'x'::varchar THEN 1 ELSE 2 END FROM addresses;
-- => refused or same; rows 2
SELECT nullif(city::varchar, 'x'::varchar) FROM addresses;
-- => refused or same; rows Bergen

-- A096.3 any
-- The same for a function that a better overload in a searched schema stands in front of.
-- owner: CREATE FUNCTION public.lower(value varchar) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE NOTICE 'evil saw %', value; RETURN value; END $f$
SELECT lower(city::varchar) FROM addresses;
-- => refused or same; rows bergen

-- A097 any
-- Reflection by an ORM lists hidden columns and uncovered relations.
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public';
-- => same or refused
-- bare: the catalog is the same in all worlds; A097.1 and A097.2 read more of it

-- A097.1 any
-- The same from pg_catalog.
SELECT relname FROM pg_class WHERE relname IN ('invoices_2019', 'orders_2025', 'orders') ORDER BY 1;
-- => same; rows orders
SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relname = 'invoices_2019';
-- => same or refused; rows
SELECT proname FROM pg_proc WHERE proname = 'all_orders';
-- => same or refused; rows
SELECT nspname FROM pg_namespace WHERE nspname = 'evil';
-- => same or refused; rows
SELECT tablename FROM pg_tables WHERE tablename LIKE 'invoices%';
-- => same or refused; rows
SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'order%' ORDER BY 1;
-- => same or refused
SELECT * FROM information_schema.view_table_usage;
-- => same or refused
SELECT view_definition FROM information_schema.views;
-- => same or refused
SELECT * FROM information_schema.sequences;
-- => same or refused

-- A097.2 any
-- Comments and defaults hold text of the owner.
-- owner: COMMENT ON TABLE invoices_2019 IS 'secret comment'; ALTER TABLE users ALTER COLUMN password_hash SET DEFAULT 'secret default'
SELECT obj_description(16400), col_description(16400, 1);
-- => refused or same
SELECT description FROM pg_description WHERE description LIKE 'secret%';
-- => refused or same; rows
SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef;
-- => refused or same
SELECT column_default FROM information_schema.columns WHERE column_name = 'password_hash';
-- => refused or same
-- bare: the texts are the same in all worlds; that they do not show is checked by their words

-- A098 pg
-- Large objects and directory lists.
SELECT lo_import('pg_hba.conf');
-- => refused
SELECT lo_get(16400);
-- => refused
SELECT pg_ls_dir('.');
-- => refused
SELECT pg_stat_file('pg_hba.conf');
-- => refused

-- A098.1 pg
-- Their relatives.
SELECT lo_create(0);
-- => refused
SELECT lo_from_bytea(0, '\x00');
-- => refused
SELECT lo_export(1, '/tmp/x');
-- => refused
SELECT * FROM pg_ls_waldir();
-- => refused
SELECT * FROM pg_ls_tmpdir();
-- => refused
SELECT pg_logical_emit_message(false, 'x', 'y');
-- => refused
SELECT * FROM pg_logical_slot_get_changes('s', NULL, NULL);
-- => refused
