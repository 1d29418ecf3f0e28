-- The catalog shows the covered relations, and nothing that carries data.

-- Relations.
-- principal: alice
select relname from pg_catalog.pg_class where relkind = 'r';
-- =>

-- Columns by the standard's view.
-- principal: alice
select table_name, column_name from information_schema.columns where table_schema = 'public';
-- =>

-- The look-up of a type that SQLAlchemy sends at start.
-- principal: alice
SELECT t.oid, typarray FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid WHERE typname = 'hstore';
-- =>

-- Version and schema.
-- principal: alice
select pg_catalog.version(), current_schema();
-- =>

-- Statistics hold real values.
-- principal: alice
select most_common_vals from pg_stats;
-- =>

-- Activity shows the statements of others.
-- principal: alice
select query from pg_stat_activity;
-- =>

-- A relation of the application does not become the catalog's by its name.
-- principal: alice
select * from pg_orders;
-- =>
