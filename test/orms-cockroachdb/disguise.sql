-- What the dialects ask of a server to know it for CockroachDB.
SET allow_system_table_mods = on;
CREATE OR REPLACE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT 'CockroachDB CCL v25.2.5 (x86_64-pc-linux-gnu, built 2025/08/20 00:00:00, go1.23.7)' $$;

CREATE FUNCTION pg_catalog.unique_rowid() RETURNS int8 LANGUAGE sql VOLATILE AS 'SELECT (random() * 1e15)::int8';
