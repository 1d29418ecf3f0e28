-- The catalog shows the covered relations, and nothing that carries data.

-- Relations.
-- principal: alice
select relname from pg_catalog.pg_class where relkind = 'r';
-- => allow
SELECT "pg_class"."relname" FROM (SELECT "pg_class"."oid", "pg_class"."relname", "pg_class"."relnamespace",
"pg_class"."reltype", "pg_class"."reloftype", CASE WHEN FALSE THEN "pg_class"."relowner" END AS "relowner",
"pg_class"."relam", CASE WHEN FALSE THEN "pg_class"."relfilenode" END AS "relfilenode", "pg_class"."reltablespace",
CASE WHEN FALSE THEN "pg_class"."relpages" END AS "relpages", CASE WHEN FALSE THEN "pg_class"."reltuples" END AS
"reltuples", CASE WHEN FALSE THEN "pg_class"."relallvisible" END AS "relallvisible", CASE WHEN FALSE THEN
"pg_class"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN "pg_class"."reltoastrelid" END AS
"reltoastrelid", "pg_class"."relhasindex", "pg_class"."relisshared", "pg_class"."relpersistence",
"pg_class"."relkind", "pg_class"."relnatts", "pg_class"."relchecks", "pg_class"."relhasrules",
"pg_class"."relhastriggers", "pg_class"."relhassubclass", "pg_class"."relrowsecurity",
"pg_class"."relforcerowsecurity", "pg_class"."relispopulated", "pg_class"."relreplident",
"pg_class"."relispartition", CASE WHEN FALSE THEN "pg_class"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"pg_class"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "pg_class"."relminmxid" END AS "relminmxid",
CAST(CASE WHEN FALSE THEN "pg_class"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"pg_class"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "pg_class"."relpartbound" END AS "relpartbound"
FROM "pg_catalog"."pg_class" AS "pg_class" WHERE (("pg_class"."oid" < 16384) OR ("pg_class"."oid" IN (16385, 16396,
16409, 16422, 16437, 16450, 16469, 16483, 16392, 16394, 16402, 16415, 16428, 16430, 16443, 16457, 16476, 16489))))
AS "pg_class" WHERE ("pg_class"."relkind" = 'r');

-- Columns by the standard's view.
-- principal: alice
select table_name, column_name from information_schema.columns where table_schema = 'public';
-- => allow
SELECT "columns"."table_name", "columns"."column_name" FROM (SELECT "columns"."table_catalog",
"columns"."table_schema", "columns"."table_name", "columns"."column_name", "columns"."ordinal_position", CASE WHEN
FALSE THEN "columns"."column_default" END AS "column_default", "columns"."is_nullable", "columns"."data_type",
"columns"."character_maximum_length", "columns"."character_octet_length", "columns"."numeric_precision",
"columns"."numeric_precision_radix", "columns"."numeric_scale", "columns"."datetime_precision",
"columns"."interval_type", "columns"."interval_precision", "columns"."character_set_catalog",
"columns"."character_set_schema", "columns"."character_set_name", "columns"."collation_catalog",
"columns"."collation_schema", "columns"."collation_name", "columns"."domain_catalog", "columns"."domain_schema",
"columns"."domain_name", "columns"."udt_catalog", "columns"."udt_schema", "columns"."udt_name",
"columns"."scope_catalog", "columns"."scope_schema", "columns"."scope_name", "columns"."maximum_cardinality",
"columns"."dtd_identifier", "columns"."is_self_referencing", "columns"."is_identity",
"columns"."identity_generation", "columns"."identity_start", "columns"."identity_increment",
"columns"."identity_maximum", "columns"."identity_minimum", "columns"."identity_cycle", "columns"."is_generated",
CASE WHEN FALSE THEN "columns"."generation_expression" END AS "generation_expression", "columns"."is_updatable",
((("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("columns"."table_schema" = 'public') AND
("columns"."table_name" IN ('users', 'profiles', 'addresses', 'payment_methods', 'resources', 'permissions',
'orders', 'products')))) IS TRUE) AS "cordon 1" FROM "information_schema"."columns" AS "columns" WHERE
(("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("columns"."table_schema" = 'public') AND
("columns"."table_name" IN ('users', 'profiles', 'addresses', 'payment_methods', 'resources', 'permissions',
'orders', 'products'))))) AS "columns" WHERE CASE WHEN ("columns"."cordon 1" IS NOT FALSE) THEN
("columns"."table_schema" = 'public') ELSE FALSE END;

-- The look-up of a type that SQLAlchemy sends at start.
-- principal: alice
SELECT t.oid, typarray FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid WHERE typname = 'hstore';
-- => allow
SELECT "t"."oid", "t"."typarray" FROM ((SELECT "t"."oid", "t"."typname", "t"."typnamespace", CASE WHEN FALSE THEN
"t"."typowner" END AS "typowner", "t"."typlen", "t"."typbyval", "t"."typtype", "t"."typcategory",
"t"."typispreferred", "t"."typisdefined", "t"."typdelim", "t"."typrelid", CAST("t"."typsubscript" AS "oid") AS
"typsubscript", "t"."typelem", "t"."typarray", CAST("t"."typinput" AS "oid") AS "typinput", CAST("t"."typoutput" AS
"oid") AS "typoutput", CAST("t"."typreceive" AS "oid") AS "typreceive", CAST("t"."typsend" AS "oid") AS "typsend",
CAST("t"."typmodin" AS "oid") AS "typmodin", CAST("t"."typmodout" AS "oid") AS "typmodout", CAST("t"."typanalyze" AS
"oid") AS "typanalyze", "t"."typalign", "t"."typstorage", "t"."typnotnull", "t"."typbasetype", "t"."typtypmod",
"t"."typndims", "t"."typcollation", CASE WHEN FALSE THEN "t"."typdefaultbin" END AS "typdefaultbin", CASE WHEN FALSE
THEN "t"."typdefault" END AS "typdefault", CAST(CASE WHEN FALSE THEN "t"."typacl" END AS "_text") AS "typacl" FROM
"pg_catalog"."pg_type" AS "t" WHERE (("t"."oid" < 16384) OR ("t"."oid" IN (16386, 16387, 16397, 16398, 16410, 16411,
16423, 16424, 16438, 16439, 16451, 16452, 16470, 16471, 16484, 16485)))) AS "t" JOIN (SELECT "ns"."oid",
"ns"."nspname", CASE WHEN FALSE THEN "ns"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "ns"."nspacl" END
AS "_text") AS "nspacl" FROM "pg_catalog"."pg_namespace" AS "ns" WHERE ("ns"."nspname" IN ('pg_catalog',
'information_schema', 'public'))) AS "ns" ON ("t"."typnamespace" = "ns"."oid")) WHERE ("t"."typname" = 'hstore');

-- Version and schema.
-- principal: alice
select pg_catalog.version(), current_schema();
-- => allow
SELECT "pg_catalog"."version"(), "pg_catalog"."current_schema"();

-- Statistics hold real values.
-- principal: alice
select most_common_vals from pg_stats;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `pg_stats` does not exist or no rule opens it to the caller

-- Activity shows the statements of others.
-- principal: alice
select query from pg_stat_activity;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `pg_stat_activity` does not exist or no rule opens it to the caller

-- A relation of the application does not become the catalog's by its name.
-- principal: alice
select * from pg_orders;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `pg_orders` does not exist or no rule opens it to the caller
