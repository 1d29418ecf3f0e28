-- SQLAlchemy 2.0.58 with sqlalchemy-cockroachdb 2.0.4 on psycopg2, as its programs in test/orms-cockroachdb send it.

-- The connection is made.
-- principal: alice policy=orms
BEGIN;
-- => allow, effect begin
BEGIN;

-- The connection is made.
-- principal: alice policy=orms
select current_schema();
-- => allow
SELECT "pg_catalog"."current_schema"();

-- The connection is made.
-- principal: alice policy=orms
show transaction isolation level;
-- => allow
SHOW "transaction_isolation";

-- The connection is made.
-- principal: alice policy=orms
show standard_conforming_strings;
-- => allow
SHOW "standard_conforming_strings";

-- The connection is made.
-- principal: alice policy=orms
select version();
-- => allow
SELECT "pg_catalog"."version"();

-- The connection is made.
-- principal: alice policy=orms
ROLLBACK;
-- => allow, effect end
ROLLBACK;

-- The tables are listed.
-- principal: alice policy=orms
SELECT table_name FROM information_schema.tables WHERE table_schema='public';
-- => allow
SELECT "tables"."table_name" FROM (SELECT "tables"."table_catalog", "tables"."table_schema", "tables"."table_name",
"tables"."table_type", "tables"."self_referencing_column_name", "tables"."reference_generation",
"tables"."user_defined_type_catalog", "tables"."user_defined_type_schema", "tables"."user_defined_type_name",
"tables"."is_insertable_into", "tables"."is_typed", "tables"."commit_action", (((("tables"."table_schema" IN
('pg_catalog', 'information_schema')) OR (("tables"."table_schema" = 'public') AND ("tables"."table_name" IN
('users', 'orders', 'items', 'tags', 'item_tags')))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"information_schema"."tables" AS "tables" WHERE (("tables"."table_schema" IN ('pg_catalog', 'information_schema'))
OR (("tables"."table_schema" = 'public') AND ("tables"."table_name" IN ('users', 'orders', 'items', 'tags',
'item_tags'))))) AS "tables" WHERE CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN ("tables"."table_schema" =
'public') ELSE FALSE END;

-- The tables are listed.
-- principal: alice policy=orms
SELECT pg_catalog.pg_namespace.nspname
FROM pg_catalog.pg_namespace
WHERE (pg_catalog.pg_namespace.nspname NOT LIKE 'pg/_' || '%' ESCAPE '/') ORDER BY pg_catalog.pg_namespace.nspname;
-- => allow
SELECT "pg_namespace"."nspname" FROM (SELECT "pg_namespace"."oid", "pg_namespace"."nspname", CASE WHEN FALSE THEN
"pg_namespace"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "pg_namespace"."nspacl" END AS "_text") AS
"nspacl", ((("pg_namespace"."nspname" IN ('pg_catalog', 'information_schema', 'public')) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_namespace" AS "pg_namespace" WHERE
("pg_namespace"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS "pg_namespace" WHERE CASE WHEN
("pg_namespace"."cordon 1" IS NOT FALSE) THEN ("pg_namespace"."nspname" NOT LIKE ('pg/_' || '%') ESCAPE '/') ELSE
FALSE END ORDER BY "pg_namespace"."nspname";

-- The tables are listed.
-- principal: alice policy=orms
SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['v']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog';
-- => allow
SELECT "pg_class"."relname" FROM ((SELECT "pg_class"."oid", "pg_class"."relname", "pg_class"."relnamespace",
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
"pg_class"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "pg_class"."relpartbound" END AS "relpartbound",
((((("pg_class"."oid" >= 4294000000) OR ("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422,
16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2))
AS "cordon 1" FROM "pg_catalog"."pg_class" AS "pg_class" WHERE ((("pg_class"."oid" >= 4294000000) OR
("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420,
16433, 16449, 16451, 16463)))) AS "pg_class" JOIN (SELECT "pg_namespace"."oid", "pg_namespace"."nspname", CASE WHEN
FALSE THEN "pg_namespace"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "pg_namespace"."nspacl" END AS
"_text") AS "nspacl" FROM "pg_catalog"."pg_namespace" AS "pg_namespace" WHERE ("pg_namespace"."nspname" IN
('pg_catalog', 'information_schema', 'public'))) AS "pg_namespace" ON ("pg_namespace"."oid" =
"pg_class"."relnamespace")) WHERE (CASE WHEN ("pg_class"."cordon 1" IS NOT FALSE) THEN ("pg_class"."relkind" = ANY
(ARRAY['v'])) ELSE FALSE END AND CASE WHEN ("pg_class"."cordon 1" IS NOT FALSE) THEN ("pg_class"."relpersistence" <>
't') ELSE FALSE END AND CASE WHEN ("pg_class"."cordon 1" IS NOT FALSE) THEN
"pg_catalog"."pg_table_is_visible"("pg_class"."oid") ELSE FALSE END AND ("pg_namespace"."nspname" <> 'pg_catalog'));

-- The columns of a table.
-- principal: alice policy=orms
SELECT column_name, data_type, is_nullable::bool, column_default, numeric_precision, numeric_scale, character_maximum_length, CASE is_generated WHEN 'ALWAYS' THEN true WHEN 'NEVER' THEN false ELSE is_generated::bool END AS is_generated, generation_expression, is_hidden::bool, crdb_sql_type, column_comment AS comment FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'orders' AND NOT is_hidden::bool;
-- => allow
SELECT "columns"."column_name", "columns"."data_type", CASE WHEN ("columns"."cordon 1" IS NOT FALSE) THEN
CAST("columns"."is_nullable" AS "bool") END AS "is_nullable", "columns"."column_default",
"columns"."numeric_precision", "columns"."numeric_scale", "columns"."character_maximum_length", CASE WHEN
("columns"."cordon 1" IS NOT FALSE) THEN CASE "columns"."is_generated" WHEN 'ALWAYS' THEN TRUE WHEN 'NEVER' THEN
FALSE ELSE CAST("columns"."is_generated" AS "bool") END END AS "is_generated", "columns"."generation_expression",
CASE WHEN ("columns"."cordon 1" IS NOT FALSE) THEN CAST("columns"."is_hidden" AS "bool") END AS "is_hidden",
"columns"."crdb_sql_type", "columns"."column_comment" AS "comment" FROM (SELECT "columns"."table_catalog",
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
"columns"."is_hidden", "columns"."crdb_sql_type", CASE WHEN FALSE THEN "columns"."column_comment" END AS
"column_comment", (((("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR
(("columns"."table_schema" = 'public') AND ("columns"."table_name" IN ('users', 'orders', 'items', 'tags',
'item_tags')))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "information_schema"."columns" AS
"columns" WHERE (("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("columns"."table_schema" =
'public') AND ("columns"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags'))))) AS "columns" WHERE
(CASE WHEN ("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."table_schema" = 'public') ELSE FALSE END AND CASE
WHEN ("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."table_name" = 'orders') ELSE FALSE END AND CASE WHEN
("columns"."cordon 1" IS NOT FALSE) THEN (NOT CAST("columns"."is_hidden" AS "bool")) ELSE FALSE END);

-- The key of a table.
-- principal: alice policy=orms
SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('orders');
-- => allow
SELECT "pg_class"."oid", "pg_class"."relname" FROM ((SELECT "pg_class"."oid", "pg_class"."relname",
"pg_class"."relnamespace", "pg_class"."reltype", "pg_class"."reloftype", CASE WHEN FALSE THEN "pg_class"."relowner"
END AS "relowner", "pg_class"."relam", CASE WHEN FALSE THEN "pg_class"."relfilenode" END AS "relfilenode",
"pg_class"."reltablespace", CASE WHEN FALSE THEN "pg_class"."relpages" END AS "relpages", CASE WHEN FALSE THEN
"pg_class"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "pg_class"."relallvisible" END AS "relallvisible",
CASE WHEN FALSE THEN "pg_class"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"pg_class"."reltoastrelid" END AS "reltoastrelid", "pg_class"."relhasindex", "pg_class"."relisshared",
"pg_class"."relpersistence", "pg_class"."relkind", "pg_class"."relnatts", "pg_class"."relchecks",
"pg_class"."relhasrules", "pg_class"."relhastriggers", "pg_class"."relhassubclass", "pg_class"."relrowsecurity",
"pg_class"."relforcerowsecurity", "pg_class"."relispopulated", "pg_class"."relreplident",
"pg_class"."relispartition", CASE WHEN FALSE THEN "pg_class"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"pg_class"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "pg_class"."relminmxid" END AS "relminmxid",
CAST(CASE WHEN FALSE THEN "pg_class"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"pg_class"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "pg_class"."relpartbound" END AS "relpartbound",
((((("pg_class"."oid" >= 4294000000) OR ("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422,
16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2))
AS "cordon 1" FROM "pg_catalog"."pg_class" AS "pg_class" WHERE ((("pg_class"."oid" >= 4294000000) OR
("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420,
16433, 16449, 16451, 16463)))) AS "pg_class" JOIN (SELECT "pg_namespace"."oid", "pg_namespace"."nspname", CASE WHEN
FALSE THEN "pg_namespace"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "pg_namespace"."nspacl" END AS
"_text") AS "nspacl" FROM "pg_catalog"."pg_namespace" AS "pg_namespace" WHERE ("pg_namespace"."nspname" IN
('pg_catalog', 'information_schema', 'public'))) AS "pg_namespace" ON ("pg_namespace"."oid" =
"pg_class"."relnamespace")) WHERE (CASE WHEN ("pg_class"."cordon 1" IS NOT FALSE) THEN ("pg_class"."relkind" = ANY
(ARRAY['r', 'p', 'f', 'v', 'm'])) ELSE FALSE END AND CASE WHEN ("pg_class"."cordon 1" IS NOT FALSE) THEN
"pg_catalog"."pg_table_is_visible"("pg_class"."oid") ELSE FALSE END AND ("pg_namespace"."nspname" <> 'pg_catalog')
AND ("pg_class"."relname" IN ('orders')));

-- The key of a table.
-- principal: alice policy=orms
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnatts AS indnkeyatts, false AS indnullsnotdistinct, pg_catalog.pg_description.description AS description
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS)
WHERE pg_catalog.pg_constraint.contype = 'p' AND pg_catalog.pg_constraint.conrelid IN (16397)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid
WHERE con.conrelid IN (16397)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname;
-- => allow
SELECT "attr"."conrelid", "pg_catalog"."array_agg"(CAST("attr"."attname" AS "text") ORDER BY "attr"."ord") AS
"cols", "attr"."conname", "pg_catalog"."min"("attr"."description") AS "description",
"pg_catalog"."min"("attr"."indnkeyatts") AS "indnkeyatts", "pg_catalog"."bool_and"("attr"."indnullsnotdistinct") AS
"indnullsnotdistinct" FROM (SELECT "con"."conrelid" AS "conrelid", "con"."conname" AS "conname", "con"."description"
AS "description", "con"."ord" AS "ord", "con"."indnkeyatts" AS "indnkeyatts", "con"."indnullsnotdistinct" AS
"indnullsnotdistinct", "pg_attribute"."attname" AS "attname" FROM ((SELECT "pg_attribute"."attrelid",
"pg_attribute"."attname", "pg_attribute"."atttypid", "pg_attribute"."attlen", "pg_attribute"."attnum",
"pg_attribute"."atttypmod", "pg_attribute"."attndims", "pg_attribute"."attbyval", "pg_attribute"."attalign",
"pg_attribute"."attstorage", "pg_attribute"."attcompression", "pg_attribute"."attnotnull",
"pg_attribute"."atthasdef", CASE WHEN FALSE THEN "pg_attribute"."atthasmissing" END AS "atthasmissing",
"pg_attribute"."attidentity", "pg_attribute"."attgenerated", "pg_attribute"."attisdropped",
"pg_attribute"."attislocal", "pg_attribute"."attinhcount", "pg_attribute"."attcollation", CASE WHEN FALSE THEN
"pg_attribute"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN "pg_attribute"."attacl" END AS
"_text") AS "attacl", CASE WHEN FALSE THEN "pg_attribute"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN
"pg_attribute"."attfdwoptions" END AS "attfdwoptions", CASE WHEN FALSE THEN "pg_attribute"."attmissingval" END AS
"attmissingval", ((((("pg_attribute"."attrelid" >= 4294000000) OR ("pg_attribute"."attrelid" < 16384)) OR
("pg_attribute"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 5" FROM "pg_catalog"."pg_attribute" AS
"pg_attribute" WHERE ((("pg_attribute"."attrelid" >= 4294000000) OR ("pg_attribute"."attrelid" < 16384)) OR
("pg_attribute"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463)))) AS "pg_attribute" JOIN (SELECT "pg_constraint"."conrelid" AS "conrelid", "pg_constraint"."conname" AS
"conname", "pg_catalog"."unnest"(CASE WHEN ("pg_index"."cordon 2" IS NOT FALSE) THEN "pg_index"."indkey" END) AS
"attnum", "pg_catalog"."generate_subscripts"(CASE WHEN ("pg_index"."cordon 2" IS NOT FALSE) THEN "pg_index"."indkey"
END, 1) AS "ord", "pg_index"."indnatts" AS "indnkeyatts", FALSE AS "indnullsnotdistinct",
"pg_description"."description" AS "description", (("pg_constraint"."cordon 1" IS NOT FALSE) AND
("pg_index"."cordon 2" IS NOT FALSE) AND ("pg_description"."cordon 4" IS NOT FALSE)) AS "cordon 3" FROM (((SELECT
"pg_constraint"."oid", "pg_constraint"."conname", "pg_constraint"."connamespace", "pg_constraint"."contype",
"pg_constraint"."condeferrable", "pg_constraint"."condeferred", "pg_constraint"."conenforced",
"pg_constraint"."convalidated", "pg_constraint"."conrelid", "pg_constraint"."contypid", "pg_constraint"."conindid",
"pg_constraint"."conparentid", "pg_constraint"."confrelid", "pg_constraint"."confupdtype",
"pg_constraint"."confdeltype", "pg_constraint"."confmatchtype", "pg_constraint"."conislocal",
"pg_constraint"."coninhcount", "pg_constraint"."connoinherit", "pg_constraint"."conperiod",
"pg_constraint"."conkey", "pg_constraint"."confkey", "pg_constraint"."conpfeqop", "pg_constraint"."conppeqop",
"pg_constraint"."conffeqop", "pg_constraint"."confdelsetcols", "pg_constraint"."conexclop", CASE WHEN FALSE THEN
"pg_constraint"."conbin" END AS "conbin", ((((("pg_constraint"."oid" >= 4294000000) OR ("pg_constraint"."oid" <
16384)) OR ("pg_constraint"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410,
16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461,
16462, 16464, 16465, 16470))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"pg_catalog"."pg_constraint" AS "pg_constraint" WHERE ((("pg_constraint"."oid" >= 4294000000) OR
("pg_constraint"."oid" < 16384)) OR ("pg_constraint"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406,
16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446,
16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470)))) AS "pg_constraint" JOIN (SELECT "pg_index"."indexrelid",
"pg_index"."indrelid", "pg_index"."indnatts", "pg_index"."indnkeyatts", "pg_index"."indisunique",
"pg_index"."indnullsnotdistinct", "pg_index"."indisprimary", "pg_index"."indisexclusion", "pg_index"."indimmediate",
"pg_index"."indisclustered", "pg_index"."indisvalid", CASE WHEN FALSE THEN "pg_index"."indcheckxmin" END AS
"indcheckxmin", "pg_index"."indisready", "pg_index"."indislive", "pg_index"."indisreplident", "pg_index"."indkey",
"pg_index"."indcollation", "pg_index"."indclass", "pg_index"."indoption", CASE WHEN FALSE THEN "pg_index"."indexprs"
END AS "indexprs", CASE WHEN FALSE THEN "pg_index"."indpred" END AS "indpred", ((((("pg_index"."indexrelid" >=
4294000000) OR ("pg_index"."indexrelid" < 16384)) OR ("pg_index"."indexrelid" IN (16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "pg_catalog"."pg_index" AS
"pg_index" WHERE ((("pg_index"."indexrelid" >= 4294000000) OR ("pg_index"."indexrelid" < 16384)) OR
("pg_index"."indexrelid" IN (16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "pg_index" ON
("pg_constraint"."conindid" = "pg_index"."indexrelid")) LEFT JOIN (SELECT "pg_description"."objoid",
"pg_description"."classoid", "pg_description"."objsubid", "pg_description"."description",
((((("pg_description"."objoid" >= 4294000000) OR ("pg_description"."objoid" < 16384)) OR
(("pg_description"."classoid" = 1259) AND ("pg_description"."objsubid" = 0) AND ("pg_description"."objoid" IN
(16385, 16400, 16422, 16441, 16458)))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 4" FROM
"pg_catalog"."pg_description" AS "pg_description" WHERE ((("pg_description"."objoid" >= 4294000000) OR
("pg_description"."objoid" < 16384)) OR (("pg_description"."classoid" = 1259) AND ("pg_description"."objsubid" = 0)
AND ("pg_description"."objoid" IN (16385, 16400, 16422, 16441, 16458))))) AS "pg_description" ON
(("pg_description"."objoid" = "pg_constraint"."oid") AND ("pg_description"."classoid" =
CAST(CAST('"pg_catalog"."pg_constraint"' AS "regclass") AS "oid")))) WHERE (CASE WHEN ("pg_constraint"."cordon 1" IS
NOT FALSE) THEN ("pg_constraint"."contype" = 'p') ELSE FALSE END AND CASE WHEN ("pg_constraint"."cordon 1" IS NOT
FALSE) THEN ("pg_constraint"."conrelid" IN (16397)) ELSE FALSE END)) AS "con" ON (CASE WHEN (("con"."cordon 3" IS
NOT FALSE) AND ("pg_attribute"."cordon 5" IS NOT FALSE)) THEN ("pg_attribute"."attnum" = "con"."attnum") ELSE FALSE
END AND ("pg_attribute"."attrelid" = "con"."conrelid"))) WHERE CASE WHEN ("con"."cordon 3" IS NOT FALSE) THEN
("con"."conrelid" IN (16397)) ELSE FALSE END) AS "attr" GROUP BY "attr"."conrelid", "attr"."conname" ORDER BY
"attr"."conrelid", "attr"."conname";

-- The foreign keys of a table.
-- principal: alice policy=orms
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, nsp_ref.nspname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'f' LEFT OUTER JOIN pg_catalog.pg_class AS cls_ref ON cls_ref.oid = pg_catalog.pg_constraint.confrelid LEFT OUTER JOIN pg_catalog.pg_namespace AS nsp_ref ON cls_ref.relnamespace = nsp_ref.oid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('orders') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname;
-- => allow
SELECT "pg_class"."relname", "pg_constraint"."conname", CASE WHEN ("pg_constraint"."cordon 1" IS NOT FALSE) THEN
CASE WHEN ("pg_constraint"."oid" IS NOT NULL) THEN "pg_catalog"."pg_get_constraintdef"("pg_constraint"."oid", TRUE)
END END AS "anon_1", "nsp_ref"."nspname", "pg_description"."description" FROM ((((((SELECT "pg_class"."oid",
"pg_class"."relname", "pg_class"."relnamespace", "pg_class"."reltype", "pg_class"."reloftype", CASE WHEN FALSE THEN
"pg_class"."relowner" END AS "relowner", "pg_class"."relam", CASE WHEN FALSE THEN "pg_class"."relfilenode" END AS
"relfilenode", "pg_class"."reltablespace", CASE WHEN FALSE THEN "pg_class"."relpages" END AS "relpages", CASE WHEN
FALSE THEN "pg_class"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "pg_class"."relallvisible" END AS
"relallvisible", CASE WHEN FALSE THEN "pg_class"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"pg_class"."reltoastrelid" END AS "reltoastrelid", "pg_class"."relhasindex", "pg_class"."relisshared",
"pg_class"."relpersistence", "pg_class"."relkind", "pg_class"."relnatts", "pg_class"."relchecks",
"pg_class"."relhasrules", "pg_class"."relhastriggers", "pg_class"."relhassubclass", "pg_class"."relrowsecurity",
"pg_class"."relforcerowsecurity", "pg_class"."relispopulated", "pg_class"."relreplident",
"pg_class"."relispartition", CASE WHEN FALSE THEN "pg_class"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"pg_class"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "pg_class"."relminmxid" END AS "relminmxid",
CAST(CASE WHEN FALSE THEN "pg_class"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"pg_class"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "pg_class"."relpartbound" END AS "relpartbound",
((((("pg_class"."oid" >= 4294000000) OR ("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422,
16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2))
AS "cordon 2" FROM "pg_catalog"."pg_class" AS "pg_class" WHERE ((("pg_class"."oid" >= 4294000000) OR
("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420,
16433, 16449, 16451, 16463)))) AS "pg_class" LEFT JOIN (SELECT "pg_constraint"."oid", "pg_constraint"."conname",
"pg_constraint"."connamespace", "pg_constraint"."contype", "pg_constraint"."condeferrable",
"pg_constraint"."condeferred", "pg_constraint"."conenforced", "pg_constraint"."convalidated",
"pg_constraint"."conrelid", "pg_constraint"."contypid", "pg_constraint"."conindid", "pg_constraint"."conparentid",
"pg_constraint"."confrelid", "pg_constraint"."confupdtype", "pg_constraint"."confdeltype",
"pg_constraint"."confmatchtype", "pg_constraint"."conislocal", "pg_constraint"."coninhcount",
"pg_constraint"."connoinherit", "pg_constraint"."conperiod", "pg_constraint"."conkey", "pg_constraint"."confkey",
"pg_constraint"."conpfeqop", "pg_constraint"."conppeqop", "pg_constraint"."conffeqop",
"pg_constraint"."confdelsetcols", "pg_constraint"."conexclop", CASE WHEN FALSE THEN "pg_constraint"."conbin" END AS
"conbin", ((((("pg_constraint"."oid" >= 4294000000) OR ("pg_constraint"."oid" < 16384)) OR ("pg_constraint"."oid" IN
(16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428,
16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470))) IS TRUE)
AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_constraint" AS "pg_constraint" WHERE
((("pg_constraint"."oid" >= 4294000000) OR ("pg_constraint"."oid" < 16384)) OR ("pg_constraint"."oid" IN (16389,
16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428, 16429,
16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470)))) AS
"pg_constraint" ON (("pg_class"."oid" = "pg_constraint"."conrelid") AND CASE WHEN ("pg_constraint"."cordon 1" IS NOT
FALSE) THEN ("pg_constraint"."contype" = 'f') ELSE FALSE END)) LEFT JOIN (SELECT "cls_ref"."oid",
"cls_ref"."relname", "cls_ref"."relnamespace", "cls_ref"."reltype", "cls_ref"."reloftype", CASE WHEN FALSE THEN
"cls_ref"."relowner" END AS "relowner", "cls_ref"."relam", CASE WHEN FALSE THEN "cls_ref"."relfilenode" END AS
"relfilenode", "cls_ref"."reltablespace", CASE WHEN FALSE THEN "cls_ref"."relpages" END AS "relpages", CASE WHEN
FALSE THEN "cls_ref"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "cls_ref"."relallvisible" END AS
"relallvisible", CASE WHEN FALSE THEN "cls_ref"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"cls_ref"."reltoastrelid" END AS "reltoastrelid", "cls_ref"."relhasindex", "cls_ref"."relisshared",
"cls_ref"."relpersistence", "cls_ref"."relkind", "cls_ref"."relnatts", "cls_ref"."relchecks",
"cls_ref"."relhasrules", "cls_ref"."relhastriggers", "cls_ref"."relhassubclass", "cls_ref"."relrowsecurity",
"cls_ref"."relforcerowsecurity", "cls_ref"."relispopulated", "cls_ref"."relreplident", "cls_ref"."relispartition",
CASE WHEN FALSE THEN "cls_ref"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "cls_ref"."relfrozenxid" END
AS "relfrozenxid", CASE WHEN FALSE THEN "cls_ref"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN
"cls_ref"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN "cls_ref"."reloptions" END AS "reloptions",
CASE WHEN FALSE THEN "cls_ref"."relpartbound" END AS "relpartbound" FROM "pg_catalog"."pg_class" AS "cls_ref" WHERE
((("cls_ref"."oid" >= 4294000000) OR ("cls_ref"."oid" < 16384)) OR ("cls_ref"."oid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "cls_ref" ON ("cls_ref"."oid" =
"pg_constraint"."confrelid")) LEFT JOIN (SELECT "nsp_ref"."oid", "nsp_ref"."nspname", CASE WHEN FALSE THEN
"nsp_ref"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "nsp_ref"."nspacl" END AS "_text") AS "nspacl"
FROM "pg_catalog"."pg_namespace" AS "nsp_ref" WHERE ("nsp_ref"."nspname" IN ('pg_catalog', 'information_schema',
'public'))) AS "nsp_ref" ON ("cls_ref"."relnamespace" = "nsp_ref"."oid")) LEFT JOIN (SELECT
"pg_description"."objoid", "pg_description"."classoid", "pg_description"."objsubid", "pg_description"."description"
FROM "pg_catalog"."pg_description" AS "pg_description" WHERE ((("pg_description"."objoid" >= 4294000000) OR
("pg_description"."objoid" < 16384)) OR (("pg_description"."classoid" = 1259) AND ("pg_description"."objsubid" = 0)
AND ("pg_description"."objoid" IN (16385, 16400, 16422, 16441, 16458))))) AS "pg_description" ON
(("pg_description"."objoid" = "pg_constraint"."oid") AND ("pg_description"."classoid" =
CAST(CAST('"pg_catalog"."pg_constraint"' AS "regclass") AS "oid")))) JOIN (SELECT "pg_namespace"."oid",
"pg_namespace"."nspname", CASE WHEN FALSE THEN "pg_namespace"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE
THEN "pg_namespace"."nspacl" END AS "_text") AS "nspacl" FROM "pg_catalog"."pg_namespace" AS "pg_namespace" WHERE
("pg_namespace"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS "pg_namespace" ON
("pg_namespace"."oid" = "pg_class"."relnamespace")) WHERE (CASE WHEN ("pg_class"."cordon 2" IS NOT FALSE) THEN
("pg_class"."relkind" = ANY (ARRAY['r', 'p', 'f', 'v', 'm'])) ELSE FALSE END AND CASE WHEN ("pg_class"."cordon 2" IS
NOT FALSE) THEN "pg_catalog"."pg_table_is_visible"("pg_class"."oid") ELSE FALSE END AND ("pg_namespace"."nspname" <>
'pg_catalog') AND ("pg_class"."relname" IN ('orders'))) ORDER BY "pg_class"."relname", "pg_constraint"."conname";

-- The indexes of a table.
-- principal: alice policy=orms
SELECT pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname, pg_catalog.pg_index.indisunique, pg_catalog.pg_constraint.conrelid IS NOT NULL AS has_constraint, pg_catalog.pg_index.indoption, pg_catalog.pg_class.reloptions, pg_catalog.pg_am.amname, CASE WHEN (pg_catalog.pg_index.indpred IS NOT NULL) THEN pg_catalog.pg_get_expr(pg_catalog.pg_index.indpred, pg_catalog.pg_index.indrelid) END AS filter_definition, pg_catalog.pg_index.indnatts AS indnkeyatts, false AS indnullsnotdistinct, idx_cols.elements, idx_cols.elements_is_expr, idx_cols.elements_opclass, idx_cols.elements_opdefault
FROM pg_catalog.pg_index JOIN pg_catalog.pg_class ON pg_catalog.pg_index.indexrelid = pg_catalog.pg_class.oid JOIN pg_catalog.pg_am ON pg_catalog.pg_class.relam = pg_catalog.pg_am.oid LEFT OUTER JOIN (SELECT idx_attr.indexrelid AS indexrelid, min(idx_attr.indrelid) AS min_1, array_agg(idx_attr.element ORDER BY idx_attr.ord) AS elements, array_agg(idx_attr.is_expr ORDER BY idx_attr.ord) AS elements_is_expr, array_agg(idx_attr.opcname ORDER BY idx_attr.ord) AS elements_opclass, array_agg(idx_attr.opcdefault ORDER BY idx_attr.ord) AS elements_opdefault
FROM (SELECT idx.indexrelid AS indexrelid, idx.indrelid AS indrelid, idx.ord AS ord, CASE WHEN (idx.attnum = 0) THEN pg_catalog.pg_get_indexdef(idx.indexrelid, idx.ord + 1, true) ELSE CAST(pg_catalog.pg_attribute.attname AS TEXT) END AS element, idx.attnum = 0 AS is_expr, pg_catalog.pg_opclass.opcname AS opcname, pg_catalog.pg_opclass.opcdefault AS opcdefault
FROM (SELECT pg_catalog.pg_index.indexrelid AS indexrelid, pg_catalog.pg_index.indrelid AS indrelid, unnest(pg_catalog.pg_index.indkey) AS attnum, unnest(pg_catalog.pg_index.indclass) AS att_opclass, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord
FROM pg_catalog.pg_index
WHERE NOT pg_catalog.pg_index.indisprimary AND pg_catalog.pg_index.indrelid IN (16397)) AS idx LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_attribute.attnum = idx.attnum AND pg_catalog.pg_attribute.attrelid = idx.indrelid LEFT OUTER JOIN pg_catalog.pg_opclass ON pg_catalog.pg_opclass.oid = idx.att_opclass
WHERE idx.indrelid IN (16397)) AS idx_attr GROUP BY idx_attr.indexrelid) AS idx_cols ON pg_catalog.pg_index.indexrelid = idx_cols.indexrelid LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_index.indrelid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_index.indexrelid = pg_catalog.pg_constraint.conindid AND pg_catalog.pg_constraint.contype = ANY (ARRAY['p', 'u', 'x'])
WHERE pg_catalog.pg_index.indrelid IN (16397) AND NOT pg_catalog.pg_index.indisprimary ORDER BY pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname;
-- => allow
SELECT "pg_index"."indrelid", "pg_class"."relname", "pg_index"."indisunique", ("pg_constraint"."conrelid" IS NOT
NULL) AS "has_constraint", "pg_index"."indoption", "pg_class"."reloptions", "pg_am"."amname", CASE WHEN
("pg_index"."cordon 6" IS NOT FALSE) THEN CASE WHEN ("pg_index"."indpred" IS NOT NULL) THEN
"pg_catalog"."pg_get_expr"("pg_index"."indpred", "pg_index"."indrelid") END END AS "filter_definition",
"pg_index"."indnatts" AS "indnkeyatts", FALSE AS "indnullsnotdistinct", "idx_cols"."elements",
"idx_cols"."elements_is_expr", "idx_cols"."elements_opclass", "idx_cols"."elements_opdefault" FROM (((((SELECT
"pg_index"."indexrelid", "pg_index"."indrelid", "pg_index"."indnatts", "pg_index"."indnkeyatts",
"pg_index"."indisunique", "pg_index"."indnullsnotdistinct", "pg_index"."indisprimary", "pg_index"."indisexclusion",
"pg_index"."indimmediate", "pg_index"."indisclustered", "pg_index"."indisvalid", CASE WHEN FALSE THEN
"pg_index"."indcheckxmin" END AS "indcheckxmin", "pg_index"."indisready", "pg_index"."indislive",
"pg_index"."indisreplident", "pg_index"."indkey", "pg_index"."indcollation", "pg_index"."indclass",
"pg_index"."indoption", CASE WHEN FALSE THEN "pg_index"."indexprs" END AS "indexprs", CASE WHEN FALSE THEN
"pg_index"."indpred" END AS "indpred", ((((("pg_index"."indexrelid" >= 4294000000) OR ("pg_index"."indexrelid" <
16384)) OR ("pg_index"."indexrelid" IN (16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 6" FROM "pg_catalog"."pg_index" AS "pg_index" WHERE
((("pg_index"."indexrelid" >= 4294000000) OR ("pg_index"."indexrelid" < 16384)) OR ("pg_index"."indexrelid" IN
(16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "pg_index" JOIN (SELECT "pg_class"."oid",
"pg_class"."relname", "pg_class"."relnamespace", "pg_class"."reltype", "pg_class"."reloftype", CASE WHEN FALSE THEN
"pg_class"."relowner" END AS "relowner", "pg_class"."relam", CASE WHEN FALSE THEN "pg_class"."relfilenode" END AS
"relfilenode", "pg_class"."reltablespace", CASE WHEN FALSE THEN "pg_class"."relpages" END AS "relpages", CASE WHEN
FALSE THEN "pg_class"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "pg_class"."relallvisible" END AS
"relallvisible", CASE WHEN FALSE THEN "pg_class"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"pg_class"."reltoastrelid" END AS "reltoastrelid", "pg_class"."relhasindex", "pg_class"."relisshared",
"pg_class"."relpersistence", "pg_class"."relkind", "pg_class"."relnatts", "pg_class"."relchecks",
"pg_class"."relhasrules", "pg_class"."relhastriggers", "pg_class"."relhassubclass", "pg_class"."relrowsecurity",
"pg_class"."relforcerowsecurity", "pg_class"."relispopulated", "pg_class"."relreplident",
"pg_class"."relispartition", CASE WHEN FALSE THEN "pg_class"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"pg_class"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "pg_class"."relminmxid" END AS "relminmxid",
CAST(CASE WHEN FALSE THEN "pg_class"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"pg_class"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "pg_class"."relpartbound" END AS "relpartbound"
FROM "pg_catalog"."pg_class" AS "pg_class" WHERE ((("pg_class"."oid" >= 4294000000) OR ("pg_class"."oid" < 16384))
OR ("pg_class"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463)))) AS "pg_class" ON ("pg_index"."indexrelid" = "pg_class"."oid")) JOIN (SELECT "pg_am"."oid",
"pg_am"."amname", CAST("pg_am"."amhandler" AS "oid") AS "amhandler", "pg_am"."amtype" FROM "pg_catalog"."pg_am" AS
"pg_am" WHERE TRUE) AS "pg_am" ON ("pg_class"."relam" = "pg_am"."oid")) LEFT JOIN (SELECT "idx_attr"."indexrelid" AS
"indexrelid", "pg_catalog"."min"("idx_attr"."indrelid") AS "min_1", "pg_catalog"."array_agg"("idx_attr"."element"
ORDER BY "idx_attr"."ord") AS "elements", "pg_catalog"."array_agg"("idx_attr"."is_expr" ORDER BY "idx_attr"."ord")
AS "elements_is_expr", "pg_catalog"."array_agg"("idx_attr"."opcname" ORDER BY "idx_attr"."ord") AS
"elements_opclass", "pg_catalog"."array_agg"("idx_attr"."opcdefault" ORDER BY "idx_attr"."ord") AS
"elements_opdefault" FROM (SELECT "idx"."indexrelid" AS "indexrelid", "idx"."indrelid" AS "indrelid", "idx"."ord" AS
"ord", CASE WHEN (("pg_attribute"."cordon 3" IS NOT FALSE) AND ("idx"."cordon 2" IS NOT FALSE)) THEN CASE WHEN
("idx"."attnum" = 0) THEN "pg_catalog"."pg_get_indexdef"("idx"."indexrelid", ("idx"."ord" + 1), TRUE) ELSE
CAST("pg_attribute"."attname" AS "text") END END AS "element", CASE WHEN ("idx"."cordon 2" IS NOT FALSE) THEN
("idx"."attnum" = 0) END AS "is_expr", "pg_opclass"."opcname" AS "opcname", "pg_opclass"."opcdefault" AS
"opcdefault" FROM (((SELECT "pg_index"."indexrelid" AS "indexrelid", "pg_index"."indrelid" AS "indrelid",
"pg_catalog"."unnest"(CASE WHEN ("pg_index"."cordon 1" IS NOT FALSE) THEN "pg_index"."indkey" END) AS "attnum",
"pg_catalog"."unnest"(CASE WHEN ("pg_index"."cordon 1" IS NOT FALSE) THEN "pg_index"."indclass" END) AS
"att_opclass", "pg_catalog"."generate_subscripts"(CASE WHEN ("pg_index"."cordon 1" IS NOT FALSE) THEN
"pg_index"."indkey" END, 1) AS "ord", ("pg_index"."cordon 1" IS NOT FALSE) AS "cordon 2" FROM (SELECT
"pg_index"."indexrelid", "pg_index"."indrelid", "pg_index"."indnatts", "pg_index"."indnkeyatts",
"pg_index"."indisunique", "pg_index"."indnullsnotdistinct", "pg_index"."indisprimary", "pg_index"."indisexclusion",
"pg_index"."indimmediate", "pg_index"."indisclustered", "pg_index"."indisvalid", CASE WHEN FALSE THEN
"pg_index"."indcheckxmin" END AS "indcheckxmin", "pg_index"."indisready", "pg_index"."indislive",
"pg_index"."indisreplident", "pg_index"."indkey", "pg_index"."indcollation", "pg_index"."indclass",
"pg_index"."indoption", CASE WHEN FALSE THEN "pg_index"."indexprs" END AS "indexprs", CASE WHEN FALSE THEN
"pg_index"."indpred" END AS "indpred", ((((("pg_index"."indexrelid" >= 4294000000) OR ("pg_index"."indexrelid" <
16384)) OR ("pg_index"."indexrelid" IN (16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_index" AS "pg_index" WHERE
((("pg_index"."indexrelid" >= 4294000000) OR ("pg_index"."indexrelid" < 16384)) OR ("pg_index"."indexrelid" IN
(16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "pg_index" WHERE ((NOT "pg_index"."indisprimary") AND
CASE WHEN ("pg_index"."cordon 1" IS NOT FALSE) THEN ("pg_index"."indrelid" IN (16397)) ELSE FALSE END)) AS "idx"
LEFT JOIN (SELECT "pg_attribute"."attrelid", "pg_attribute"."attname", "pg_attribute"."atttypid",
"pg_attribute"."attlen", "pg_attribute"."attnum", "pg_attribute"."atttypmod", "pg_attribute"."attndims",
"pg_attribute"."attbyval", "pg_attribute"."attalign", "pg_attribute"."attstorage", "pg_attribute"."attcompression",
"pg_attribute"."attnotnull", "pg_attribute"."atthasdef", CASE WHEN FALSE THEN "pg_attribute"."atthasmissing" END AS
"atthasmissing", "pg_attribute"."attidentity", "pg_attribute"."attgenerated", "pg_attribute"."attisdropped",
"pg_attribute"."attislocal", "pg_attribute"."attinhcount", "pg_attribute"."attcollation", CASE WHEN FALSE THEN
"pg_attribute"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN "pg_attribute"."attacl" END AS
"_text") AS "attacl", CASE WHEN FALSE THEN "pg_attribute"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN
"pg_attribute"."attfdwoptions" END AS "attfdwoptions", CASE WHEN FALSE THEN "pg_attribute"."attmissingval" END AS
"attmissingval", ((((("pg_attribute"."attrelid" >= 4294000000) OR ("pg_attribute"."attrelid" < 16384)) OR
("pg_attribute"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "pg_catalog"."pg_attribute" AS
"pg_attribute" WHERE ((("pg_attribute"."attrelid" >= 4294000000) OR ("pg_attribute"."attrelid" < 16384)) OR
("pg_attribute"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463)))) AS "pg_attribute" ON (CASE WHEN (("idx"."cordon 2" IS NOT FALSE) AND ("pg_attribute"."cordon 3" IS NOT
FALSE)) THEN ("pg_attribute"."attnum" = "idx"."attnum") ELSE FALSE END AND ("pg_attribute"."attrelid" =
"idx"."indrelid"))) LEFT JOIN (SELECT "pg_opclass"."oid", "pg_opclass"."opcmethod", "pg_opclass"."opcname",
"pg_opclass"."opcnamespace", CASE WHEN FALSE THEN "pg_opclass"."opcowner" END AS "opcowner",
"pg_opclass"."opcfamily", "pg_opclass"."opcintype", "pg_opclass"."opcdefault", "pg_opclass"."opckeytype", ((TRUE IS
TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 4" FROM "pg_catalog"."pg_opclass" AS "pg_opclass" WHERE TRUE) AS
"pg_opclass" ON CASE WHEN (("idx"."cordon 2" IS NOT FALSE) AND ("pg_opclass"."cordon 4" IS NOT FALSE)) THEN
("pg_opclass"."oid" = "idx"."att_opclass") ELSE FALSE END) WHERE CASE WHEN ("idx"."cordon 2" IS NOT FALSE) THEN
("idx"."indrelid" IN (16397)) ELSE FALSE END) AS "idx_attr" GROUP BY "idx_attr"."indexrelid") AS "idx_cols" ON
("pg_index"."indexrelid" = "idx_cols"."indexrelid")) LEFT JOIN (SELECT "pg_constraint"."oid",
"pg_constraint"."conname", "pg_constraint"."connamespace", "pg_constraint"."contype",
"pg_constraint"."condeferrable", "pg_constraint"."condeferred", "pg_constraint"."conenforced",
"pg_constraint"."convalidated", "pg_constraint"."conrelid", "pg_constraint"."contypid", "pg_constraint"."conindid",
"pg_constraint"."conparentid", "pg_constraint"."confrelid", "pg_constraint"."confupdtype",
"pg_constraint"."confdeltype", "pg_constraint"."confmatchtype", "pg_constraint"."conislocal",
"pg_constraint"."coninhcount", "pg_constraint"."connoinherit", "pg_constraint"."conperiod",
"pg_constraint"."conkey", "pg_constraint"."confkey", "pg_constraint"."conpfeqop", "pg_constraint"."conppeqop",
"pg_constraint"."conffeqop", "pg_constraint"."confdelsetcols", "pg_constraint"."conexclop", CASE WHEN FALSE THEN
"pg_constraint"."conbin" END AS "conbin", ((((("pg_constraint"."oid" >= 4294000000) OR ("pg_constraint"."oid" <
16384)) OR ("pg_constraint"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410,
16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461,
16462, 16464, 16465, 16470))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 5" FROM
"pg_catalog"."pg_constraint" AS "pg_constraint" WHERE ((("pg_constraint"."oid" >= 4294000000) OR
("pg_constraint"."oid" < 16384)) OR ("pg_constraint"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406,
16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446,
16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470)))) AS "pg_constraint" ON (("pg_index"."indrelid" =
"pg_constraint"."conrelid") AND ("pg_index"."indexrelid" = "pg_constraint"."conindid") AND CASE WHEN
("pg_constraint"."cordon 5" IS NOT FALSE) THEN ("pg_constraint"."contype" = ANY (ARRAY['p', 'u', 'x'])) ELSE FALSE
END)) WHERE (CASE WHEN ("pg_index"."cordon 6" IS NOT FALSE) THEN ("pg_index"."indrelid" IN (16397)) ELSE FALSE END
AND (NOT "pg_index"."indisprimary")) ORDER BY "pg_index"."indrelid", "pg_class"."relname";

-- The checks of a table.
-- principal: alice policy=orms
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'c' LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('tags') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname;
-- => allow
SELECT "pg_class"."relname", "pg_constraint"."conname", CASE WHEN ("pg_constraint"."cordon 1" IS NOT FALSE) THEN
CASE WHEN ("pg_constraint"."oid" IS NOT NULL) THEN "pg_catalog"."pg_get_constraintdef"("pg_constraint"."oid", TRUE)
END END AS "anon_1", "pg_description"."description" FROM ((((SELECT "pg_class"."oid", "pg_class"."relname",
"pg_class"."relnamespace", "pg_class"."reltype", "pg_class"."reloftype", CASE WHEN FALSE THEN "pg_class"."relowner"
END AS "relowner", "pg_class"."relam", CASE WHEN FALSE THEN "pg_class"."relfilenode" END AS "relfilenode",
"pg_class"."reltablespace", CASE WHEN FALSE THEN "pg_class"."relpages" END AS "relpages", CASE WHEN FALSE THEN
"pg_class"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "pg_class"."relallvisible" END AS "relallvisible",
CASE WHEN FALSE THEN "pg_class"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"pg_class"."reltoastrelid" END AS "reltoastrelid", "pg_class"."relhasindex", "pg_class"."relisshared",
"pg_class"."relpersistence", "pg_class"."relkind", "pg_class"."relnatts", "pg_class"."relchecks",
"pg_class"."relhasrules", "pg_class"."relhastriggers", "pg_class"."relhassubclass", "pg_class"."relrowsecurity",
"pg_class"."relforcerowsecurity", "pg_class"."relispopulated", "pg_class"."relreplident",
"pg_class"."relispartition", CASE WHEN FALSE THEN "pg_class"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"pg_class"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "pg_class"."relminmxid" END AS "relminmxid",
CAST(CASE WHEN FALSE THEN "pg_class"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"pg_class"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "pg_class"."relpartbound" END AS "relpartbound",
((((("pg_class"."oid" >= 4294000000) OR ("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422,
16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2))
AS "cordon 2" FROM "pg_catalog"."pg_class" AS "pg_class" WHERE ((("pg_class"."oid" >= 4294000000) OR
("pg_class"."oid" < 16384)) OR ("pg_class"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420,
16433, 16449, 16451, 16463)))) AS "pg_class" LEFT JOIN (SELECT "pg_constraint"."oid", "pg_constraint"."conname",
"pg_constraint"."connamespace", "pg_constraint"."contype", "pg_constraint"."condeferrable",
"pg_constraint"."condeferred", "pg_constraint"."conenforced", "pg_constraint"."convalidated",
"pg_constraint"."conrelid", "pg_constraint"."contypid", "pg_constraint"."conindid", "pg_constraint"."conparentid",
"pg_constraint"."confrelid", "pg_constraint"."confupdtype", "pg_constraint"."confdeltype",
"pg_constraint"."confmatchtype", "pg_constraint"."conislocal", "pg_constraint"."coninhcount",
"pg_constraint"."connoinherit", "pg_constraint"."conperiod", "pg_constraint"."conkey", "pg_constraint"."confkey",
"pg_constraint"."conpfeqop", "pg_constraint"."conppeqop", "pg_constraint"."conffeqop",
"pg_constraint"."confdelsetcols", "pg_constraint"."conexclop", CASE WHEN FALSE THEN "pg_constraint"."conbin" END AS
"conbin", ((((("pg_constraint"."oid" >= 4294000000) OR ("pg_constraint"."oid" < 16384)) OR ("pg_constraint"."oid" IN
(16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428,
16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470))) IS TRUE)
AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_constraint" AS "pg_constraint" WHERE
((("pg_constraint"."oid" >= 4294000000) OR ("pg_constraint"."oid" < 16384)) OR ("pg_constraint"."oid" IN (16389,
16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428, 16429,
16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470)))) AS
"pg_constraint" ON (("pg_class"."oid" = "pg_constraint"."conrelid") AND CASE WHEN ("pg_constraint"."cordon 1" IS NOT
FALSE) THEN ("pg_constraint"."contype" = 'c') ELSE FALSE END)) LEFT JOIN (SELECT "pg_description"."objoid",
"pg_description"."classoid", "pg_description"."objsubid", "pg_description"."description" FROM
"pg_catalog"."pg_description" AS "pg_description" WHERE ((("pg_description"."objoid" >= 4294000000) OR
("pg_description"."objoid" < 16384)) OR (("pg_description"."classoid" = 1259) AND ("pg_description"."objsubid" = 0)
AND ("pg_description"."objoid" IN (16385, 16400, 16422, 16441, 16458))))) AS "pg_description" ON
(("pg_description"."objoid" = "pg_constraint"."oid") AND ("pg_description"."classoid" =
CAST(CAST('"pg_catalog"."pg_constraint"' AS "regclass") AS "oid")))) JOIN (SELECT "pg_namespace"."oid",
"pg_namespace"."nspname", CASE WHEN FALSE THEN "pg_namespace"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE
THEN "pg_namespace"."nspacl" END AS "_text") AS "nspacl" FROM "pg_catalog"."pg_namespace" AS "pg_namespace" WHERE
("pg_namespace"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS "pg_namespace" ON
("pg_namespace"."oid" = "pg_class"."relnamespace")) WHERE (CASE WHEN ("pg_class"."cordon 2" IS NOT FALSE) THEN
("pg_class"."relkind" = ANY (ARRAY['r', 'p', 'f', 'v', 'm'])) ELSE FALSE END AND CASE WHEN ("pg_class"."cordon 2" IS
NOT FALSE) THEN "pg_catalog"."pg_table_is_visible"("pg_class"."oid") ELSE FALSE END AND ("pg_namespace"."nspname" <>
'pg_catalog') AND ("pg_class"."relname" IN ('tags'))) ORDER BY "pg_class"."relname", "pg_constraint"."conname";

-- A table is made.
-- principal: migrator policy=orms
CREATE TABLE carts (
	id BIGSERIAL NOT NULL,
	name VARCHAR(80),
	content JSON,
	PRIMARY KEY (id)
);
-- => allow
CREATE TABLE carts ( id BIGSERIAL NOT NULL, name VARCHAR(80), content JSON, PRIMARY KEY (id) );

-- A table is made.
-- principal: migrator policy=orms
CREATE INDEX ix_carts_name ON carts (name);
-- => allow
CREATE INDEX ix_carts_name ON carts (name);

-- A table is made.
-- principal: alice policy=orms
COMMIT;
-- => allow, effect end
COMMIT;

-- A table is dropped.
-- principal: migrator policy=orms
DROP TABLE carts;
-- => allow
DROP TABLE carts;

-- All rows.
-- principal: alice policy=orms
SELECT orders.id, orders.user_id, orders.status, orders.total, orders.note, orders.created_at
FROM orders;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";

-- One row by its key.
-- principal: alice policy=orms
SELECT users.id AS users_id, users.email AS users_email, users.name AS users_name, users.password_hash AS users_password_hash
FROM users
WHERE users.id = 1;
-- => allow
SELECT "users"."id" AS "users_id", "users"."email" AS "users_email", "users"."name" AS "users_name",
"users"."password_hash" AS "users_password_hash" FROM (SELECT "users"."id", "users"."email", "users"."name", CASE
WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE ("users"."id"
= CAST('1' AS "int8"))) AS "users" WHERE ("users"."id" = 1);

-- A user by the e-mail.
-- principal: alice policy=orms
SELECT users.id, users.email, users.name, users.password_hash
FROM users
WHERE users.email = 'alice@shop.test'
 LIMIT 1;
-- => allow
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users" WHERE ("users"."email" =
'alice@shop.test') LIMIT 1;

-- Some columns, by conditions, in order, a page.
-- principal: alice policy=orms
SELECT orders.id, orders.total AS sum
FROM orders
WHERE orders.user_id = 1 AND (orders.status IN ('open', 'paid') OR orders.note IS NULL) AND orders.status != 'gone' ORDER BY orders.created_at DESC NULLS LAST, orders.id
 LIMIT 10 OFFSET 20;
-- => allow
SELECT "orders"."id", "orders"."total" AS "sum" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE (("orders"."user_id" = 1) AND (("orders"."status" IN
('open', 'paid')) OR ("orders"."note" IS NULL)) AND ("orders"."status" <> 'gone')) ORDER BY "orders"."created_at"
DESC NULLS LAST, "orders"."id" OFFSET 20 LIMIT 10;

-- Patterns and ranges.
-- principal: alice policy=orms
SELECT orders.id
FROM orders
WHERE orders.status LIKE 'o%' AND orders.status ILIKE 'O%' AND (orders.status LIKE '%' || 'pe' || '%' ESCAPE '/') AND orders.total BETWEEN 1 AND 100 AND (orders.status NOT LIKE 'x' || '%') AND orders.status ~ '^o';
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders" WHERE (("orders"."status" LIKE 'o%') AND ("orders"."status" ILIKE 'O%') AND CASE WHEN
("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status" LIKE (('%' || 'pe') || '%') ESCAPE '/') ELSE FALSE END
AND ("orders"."total" BETWEEN 1 AND 100) AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status"
NOT LIKE ('x' || '%')) ELSE FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status" ~
'^o') ELSE FALSE END);

-- Rows in pairs.
-- principal: alice policy=orms
SELECT orders.id
FROM orders
WHERE (orders.id, orders.user_id) IN ((1, 1), (2, 1));
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders" WHERE CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN (("orders"."id",
"orders"."user_id") IN ((1, 1), (2, 1))) ELSE FALSE END;

-- An empty list.
-- principal: alice policy=orms
SELECT orders.id
FROM orders
WHERE orders.id IN (NULL) AND (1 != 1);
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE (("orders"."id" IN (NULL)) AND (1 <> 1));

-- A field of JSON.
-- principal: alice policy=orms
SELECT orders.note -> 'gift' AS anon_1, CAST(orders.note ->> 'to' AS VARCHAR) AS anon_2
FROM orders
WHERE CAST(orders.note ->> 'gift' AS BOOLEAN);
-- => allow
SELECT CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."note" -> 'gift') END AS "anon_1", CASE WHEN
("orders"."cordon 1" IS NOT FALSE) THEN CAST(("orders"."note" ->> 'to') AS character varying) END AS "anon_2" FROM
(SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS
"cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE
CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN CAST(("orders"."note" ->> 'gift') AS boolean) ELSE FALSE END;

-- A relation that is joined.
-- principal: alice policy=orms
SELECT orders.id, orders.user_id, orders.status, orders.total, orders.note, orders.created_at, users_1.id AS id_1, users_1.email, users_1.name, users_1.password_hash, items_1.id AS id_2, items_1.order_id, items_1.product, items_1.price, items_1.quantity
FROM orders LEFT OUTER JOIN users AS users_1 ON users_1.id = orders.user_id LEFT OUTER JOIN items AS items_1 ON orders.id = items_1.order_id;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", "users_1"."id" AS "id_1", "users_1"."email", "users_1"."name", "users_1"."password_hash",
"items_1"."id" AS "id_2", "items_1"."order_id", "items_1"."product", "items_1"."price", "items_1"."quantity" FROM
(((SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders" LEFT JOIN (SELECT "users_1"."id", "users_1"."email", "users_1"."name", CASE WHEN FALSE THEN
"users_1"."password_hash" END AS "password_hash" FROM "public"."users" AS "users_1" WHERE ("users_1"."id" = CAST('1'
AS "int8"))) AS "users_1" ON ("users_1"."id" = "orders"."user_id")) LEFT JOIN (SELECT "items_1"."id",
"items_1"."order_id", "items_1"."product", "items_1"."price", "items_1"."quantity" FROM "public"."items" AS
"items_1" WHERE ("items_1"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items_1" ON ("orders"."id" = "items_1"."order_id"));

-- A relation by a second query.
-- principal: alice policy=orms
SELECT items.order_id AS items_order_id, items.id AS items_id, items.product AS items_product, items.price AS items_price, items.quantity AS items_quantity
FROM items
WHERE items.order_id IN (1, 2, 3);
-- => allow
SELECT "items"."order_id" AS "items_order_id", "items"."id" AS "items_id", "items"."product" AS "items_product",
"items"."price" AS "items_price", "items"."quantity" AS "items_quantity" FROM (SELECT "items"."id",
"items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE
("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."order_id" IN (1, 2, 3));

-- A relation by a second query.
-- principal: alice policy=orms
SELECT items_1.id AS items_1_id, tags.id AS tags_id, tags.user_id AS tags_user_id, tags.name AS tags_name
FROM items AS items_1 JOIN item_tags AS item_tags_1 ON items_1.id = item_tags_1.item_id JOIN tags ON tags.id = item_tags_1.tag_id
WHERE items_1.id IN (1, 2, 3);
-- => allow
SELECT "items_1"."id" AS "items_1_id", "tags"."id" AS "tags_id", "tags"."user_id" AS "tags_user_id", "tags"."name"
AS "tags_name" FROM (((SELECT "items_1"."id", "items_1"."order_id", "items_1"."product", "items_1"."price",
"items_1"."quantity" FROM "public"."items" AS "items_1" WHERE ("items_1"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS
"items_1" JOIN (SELECT "item_tags_1"."item_id", "item_tags_1"."tag_id" FROM "public"."item_tags" AS "item_tags_1"
WHERE ("item_tags_1"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."items" AS "cordon 2" WHERE
("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE
("cordon 3"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags_1" ON ("items_1"."id" = "item_tags_1"."item_id"))
JOIN (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" =
CAST('1' AS "int8"))) AS "tags" ON ("tags"."id" = "item_tags_1"."tag_id")) WHERE ("items_1"."id" IN (1, 2, 3));

-- A relation by a sub-query.
-- principal: alice policy=orms
SELECT users.id, users.email, users.name, users.password_hash
FROM users;
-- => allow
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users";

-- A relation by a sub-query.
-- principal: alice policy=orms
SELECT orders.id AS orders_id, orders.user_id AS orders_user_id, orders.status AS orders_status, orders.total AS orders_total, orders.note AS orders_note, orders.created_at AS orders_created_at, anon_1.users_id AS anon_1_users_id
FROM (SELECT users.id AS users_id
FROM users) AS anon_1 JOIN orders ON anon_1.users_id = orders.user_id;
-- => allow
SELECT "orders"."id" AS "orders_id", "orders"."user_id" AS "orders_user_id", "orders"."status" AS "orders_status",
"orders"."total" AS "orders_total", "orders"."note" AS "orders_note", "orders"."created_at" AS "orders_created_at",
"anon_1"."users_id" AS "anon_1_users_id" FROM ((SELECT "users"."id" AS "users_id" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users") AS "anon_1" JOIN (SELECT
"orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" ON ("anon_1"."users_id"
= "orders"."user_id"));

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT items.id AS items_id, items.order_id AS items_order_id, items.product AS items_product, items.price AS items_price, items.quantity AS items_quantity
FROM items
WHERE 1 = items.order_id;
-- => allow
SELECT "items"."id" AS "items_id", "items"."order_id" AS "items_order_id", "items"."product" AS "items_product",
"items"."price" AS "items_price", "items"."quantity" AS "items_quantity" FROM (SELECT "items"."id",
"items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE
("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE (1 = "items"."order_id");

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT tags.id AS tags_id, tags.user_id AS tags_user_id, tags.name AS tags_name
FROM tags, item_tags
WHERE 1 = item_tags.item_id AND tags.id = item_tags.tag_id;
-- => allow
SELECT "tags"."id" AS "tags_id", "tags"."user_id" AS "tags_user_id", "tags"."name" AS "tags_name" FROM (SELECT
"tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS
"int8"))) AS "tags", (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM "public"."item_tags" AS "item_tags"
WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."items" AS "cordon 1" WHERE
("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" WHERE ((1 = "item_tags"."item_id") AND
("tags"."id" = "item_tags"."tag_id"));

-- A join that fills a relation.
-- principal: alice policy=orms
SELECT items.id, items.order_id, items.product, items.price, items.quantity, orders.id AS id_1, orders.user_id, orders.status, orders.total, orders.note, orders.created_at
FROM orders JOIN items ON orders.id = items.order_id
WHERE items.price > 1;
-- => allow
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity", "orders"."id" AS
"id_1", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
((SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders" JOIN (SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM
"public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" ON ("orders"."id" =
"items"."order_id")) WHERE ("items"."price" > 1);

-- A table joined with itself.
-- principal: alice policy=orms
SELECT orders.id, orders_1.id AS id_1
FROM orders LEFT OUTER JOIN orders AS orders_1 ON orders_1.user_id = orders.user_id AND orders_1.id > orders.id;
-- => allow
SELECT "orders"."id", "orders_1"."id" AS "id_1" FROM ((SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" LEFT JOIN (SELECT "orders_1"."id", "orders_1"."user_id",
"orders_1"."status", "orders_1"."total", "orders_1"."note", "orders_1"."created_at" FROM "public"."orders" AS
"orders_1" WHERE ("orders_1"."user_id" = CAST('1' AS "int8"))) AS "orders_1" ON (("orders_1"."user_id" =
"orders"."user_id") AND ("orders_1"."id" > "orders"."id")));

-- Relations as conditions.
-- principal: alice policy=orms
SELECT orders.id
FROM orders
WHERE (EXISTS (SELECT 1
FROM items
WHERE orders.id = items.order_id AND items.price > 1)) AND (EXISTS (SELECT 1
FROM users
WHERE users.id = orders.user_id AND users.name = 'Alice')) AND (EXISTS (SELECT 1
FROM items
WHERE orders.id = items.order_id AND (EXISTS (SELECT 1
FROM tags, item_tags
WHERE items.id = item_tags.item_id AND tags.id = item_tags.tag_id AND tags.name = 'gift'))));
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE (EXISTS (SELECT 1 FROM (SELECT "items"."id", "items"."order_id", "items"."product",
"items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS
"items" WHERE (("orders"."id" = "items"."order_id") AND ("items"."price" > 1))) AND EXISTS (SELECT 1 FROM (SELECT
"users"."id", "users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash"
FROM "public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users" WHERE (("users"."id" =
"orders"."user_id") AND ("users"."name" = 'Alice'))) AND EXISTS (SELECT 1 FROM (SELECT "items"."id",
"items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE
("items"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE (("orders"."id" = "items"."order_id") AND EXISTS
(SELECT 1 FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE
("tags"."user_id" = CAST('1' AS "int8"))) AS "tags", (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM
"public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM
"public"."items" AS "cordon 3" WHERE ("cordon 3"."order_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM
"public"."orders" AS "cordon 4" WHERE ("cordon 4"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" WHERE
(("items"."id" = "item_tags"."item_id") AND ("tags"."id" = "item_tags"."tag_id") AND ("tags"."name" = 'gift'))))));

-- Sums by group.
-- principal: alice policy=orms
SELECT items.order_id, sum(items.price * items.quantity) AS sum_1, count(*) AS n
FROM items GROUP BY items.order_id
HAVING count(*) > 0 ORDER BY count(*) DESC;
-- => allow
SELECT "items"."order_id", "pg_catalog"."sum"(CASE WHEN ("items"."cordon 2" IS NOT FALSE) THEN ("items"."price" *
"items"."quantity") END) AS "sum_1", "pg_catalog"."count"(*) AS "n" FROM (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity", ((("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8"))))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY
(ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "items" GROUP BY "items"."order_id" HAVING ("pg_catalog"."count"(*) > 0) ORDER BY
"pg_catalog"."count"(*) DESC;

-- Counts.
-- principal: alice policy=orms
SELECT count(*) AS count_1
FROM orders
WHERE orders.status = 'open';
-- => allow
SELECT "pg_catalog"."count"(*) AS "count_1" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE ("orders"."status" = 'open');

-- How many there are of a query.
-- principal: alice policy=orms
SELECT count(*) AS count_1
FROM (SELECT orders.id AS orders_id, orders.user_id AS orders_user_id, orders.status AS orders_status, orders.total AS orders_total, orders.note AS orders_note, orders.created_at AS orders_created_at
FROM orders
WHERE orders.status = 'open') AS anon_1;
-- => allow
SELECT "pg_catalog"."count"(*) AS "count_1" FROM (SELECT "orders"."id" AS "orders_id", "orders"."user_id" AS
"orders_user_id", "orders"."status" AS "orders_status", "orders"."total" AS "orders_total", "orders"."note" AS
"orders_note", "orders"."created_at" AS "orders_created_at" FROM (SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE ("orders"."status" = 'open')) AS "anon_1";

-- Whether one stands.
-- principal: alice policy=orms
SELECT EXISTS (SELECT *
FROM orders
WHERE orders.id = 1) AS anon_1;
-- => allow
SELECT EXISTS (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1)) AS "anon_1";

-- A sub-query, and a common table.
-- principal: alice policy=orms
WITH paid AS
(SELECT orders.id AS id
FROM orders
WHERE orders.status = 'paid')
 SELECT paid.id, anon_1.n
FROM paid LEFT OUTER JOIN (SELECT items.order_id AS order_id, count(*) AS n
FROM items GROUP BY items.order_id) AS anon_1 ON anon_1.order_id = paid.id;
-- => allow
WITH "paid" AS (SELECT "orders"."id" AS "id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE ("orders"."status" = 'paid')) SELECT "paid"."id",
"anon_1"."n" FROM ("paid" LEFT JOIN (SELECT "items"."order_id" AS "order_id", "pg_catalog"."count"(*) AS "n" FROM
(SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM
"public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" GROUP BY "items"."order_id") AS
"anon_1" ON ("anon_1"."order_id" = "paid"."id"));

-- A query as a column.
-- principal: alice policy=orms
SELECT users.id, (SELECT max(orders.total) AS max_1
FROM orders
WHERE orders.user_id = users.id) AS anon_1
FROM users;
-- => allow
SELECT "users"."id", CASE WHEN ("users"."cordon 1" IS NOT FALSE) THEN (SELECT "pg_catalog"."max"("orders"."total")
AS "max_1" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders" WHERE ("orders"."user_id" = "users"."id")) END AS "anon_1" FROM (SELECT "users"."id", "users"."email",
"users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash", ((("users"."id" = CAST('1' AS
"int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."users" AS "users" WHERE
("users"."id" = CAST('1' AS "int8"))) AS "users";

-- A union.
-- principal: alice policy=orms
SELECT orders.id
FROM orders UNION ALL SELECT items.order_id
FROM items ORDER BY id
 LIMIT 3;
-- => allow
(SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders") UNION ALL (SELECT "items"."order_id" FROM (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "items") ORDER BY "id" LIMIT 3;

-- A window.
-- principal: alice policy=orms
SELECT orders.id, row_number() OVER (PARTITION BY orders.user_id ORDER BY orders.created_at DESC) AS anon_1
FROM orders;
-- => allow
SELECT "orders"."id", "pg_catalog"."row_number"() OVER (PARTITION BY "orders"."user_id" ORDER BY
"orders"."created_at" DESC) AS "anon_1" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders";

-- CASE, COALESCE, a cast, a concatenation.
-- principal: alice policy=orms
SELECT CASE WHEN (orders.status = 'open') THEN 1 ELSE 0 END AS anon_1, coalesce(orders.total, 0) AS coalesce_1, CAST(orders.id AS VARCHAR) AS id, orders.status || '!' AS anon_2
FROM orders;
-- => allow
SELECT CASE WHEN ("orders"."status" = 'open') THEN 1 ELSE 0 END AS "anon_1", COALESCE("orders"."total", 0) AS
"coalesce_1", CAST("orders"."id" AS character varying) AS "id", CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN
("orders"."status" || '!') END AS "anon_2" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders";

-- A row of each.
-- principal: alice policy=orms
SELECT DISTINCT ON (orders.user_id) orders.id, orders.user_id, orders.status, orders.total, orders.note, orders.created_at
FROM orders ORDER BY orders.user_id, orders.id;
-- => allow
SELECT DISTINCT ON ("orders"."user_id") "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" ORDER BY "orders"."user_id", "orders"."id";

-- A moment and its parts.
-- principal: alice policy=orms
SELECT EXTRACT(year FROM orders.created_at) AS anon_1, date_trunc('day', orders.created_at) AS date_trunc_1
FROM orders
WHERE orders.created_at > '2026-01-01T00:00:00'::timestamp;
-- => allow
SELECT CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN EXTRACT('year' FROM "orders"."created_at") END AS "anon_1",
CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN "pg_catalog"."date_trunc"('day', "orders"."created_at") END AS
"date_trunc_1" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS
"cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE
CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."created_at" > CAST('2026-01-01T00:00:00' AS timestamp))
ELSE FALSE END;

-- A hint.
-- principal: alice policy=orms
SELECT orders.id
FROM orders@orders_by_user;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders"@"orders_by_user" AS "orders" WHERE ("orders"."user_id"
= CAST('1' AS "int8"))) AS "orders";

-- A hint on a join.
-- principal: alice policy=orms
SELECT orders.id
FROM orders@orders_by_user JOIN users ON users.id = orders.user_id;
-- => allow
SELECT "orders"."id" FROM ((SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders"@"orders_by_user" AS "orders" WHERE ("orders"."user_id"
= CAST('1' AS "int8"))) AS "orders" JOIN (SELECT "users"."id", "users"."email", "users"."name", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS
"int8"))) AS "users" ON ("users"."id" = "orders"."user_id"));

-- A lock.
-- principal: alice policy=orms
SELECT orders.id
FROM orders
WHERE orders.id = 1 FOR UPDATE OF orders SKIP LOCKED;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1) FOR UPDATE OF "orders" SKIP LOCKED;

-- A lock that reads.
-- principal: alice policy=orms
SELECT orders.id
FROM orders
WHERE orders.id = 1 FOR SHARE NOWAIT;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1) FOR SHARE NOWAIT;

-- One row is inserted.
-- principal: alice policy=orms
INSERT INTO orders (user_id, status, total, note) VALUES (1, 'open', 5, '{"gift": true}'::JSON) RETURNING orders.id, orders.created_at;
-- => allow
INSERT INTO "public"."orders" AS "orders" ("user_id", "status", "total", "note") VALUES (1, 'open', 5,
CAST('{"gift": true}' AS "jsonb")) RETURNING CASE WHEN CAST(CASE WHEN ("orders"."user_id" = CAST('1' AS "int8"))
THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "orders"."id" END AS "id", "orders"."created_at" AS
"created_at";

-- Many rows are inserted.
-- principal: alice policy=orms
INSERT INTO tags (user_id, name) SELECT p0::BIGINT, p1::TEXT FROM (VALUES (1, 'a', 0), (1, 'b', 1)) AS imp_sen(p0, p1, sen_counter) ORDER BY sen_counter RETURNING tags.id, tags.id AS id__1;
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") SELECT CAST("imp_sen"."p0" AS bigint), CAST("imp_sen"."p1"
AS "text") FROM (VALUES (1, 'a', 0), (1, 'b', 1)) AS "imp_sen"("p0", "p1", "sen_counter") ORDER BY
"imp_sen"."sen_counter" RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."id" AS "id__1";

-- A row and its related rows.
-- principal: alice policy=orms
INSERT INTO orders (user_id, status, total) VALUES (1, 'open', 0) RETURNING orders.id, orders.created_at;
-- => allow
INSERT INTO "public"."orders" AS "orders" ("user_id", "status", "total") VALUES (1, 'open', 0) RETURNING CASE WHEN
CAST(CASE WHEN ("orders"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"orders"."id" END AS "id", "orders"."created_at" AS "created_at";

-- A row and its related rows.
-- principal: alice policy=orms
INSERT INTO items (order_id, product, price, quantity) SELECT p0::BIGINT, p1::TEXT, p2::NUMERIC(10, 2), p3::BIGINT FROM (VALUES (102, 'cup', 1, 1, 0), (102, 'pot', 2, 1, 1)) AS imp_sen(p0, p1, p2, p3, sen_counter) ORDER BY sen_counter RETURNING items.id, items.id AS id__1;
-- => allow
INSERT INTO "public"."items" AS "items" ("order_id", "product", "price", "quantity") SELECT CAST("imp_sen"."p0" AS
bigint), CAST("imp_sen"."p1" AS "text"), CAST("imp_sen"."p2" AS numeric(10, 2)), CAST("imp_sen"."p3" AS bigint) FROM
(VALUES (102, 'cup', 1, 1, 0), (102, 'pot', 2, 1, 1)) AS "imp_sen"("p0", "p1", "p2", "p3", "sen_counter") ORDER BY
"imp_sen"."sen_counter" RETURNING CASE WHEN CAST(CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8"))))) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "items"."id" END AS "id", "items"."id" AS "id__1";

-- Many rows by one call.
-- principal: alice policy=orms
INSERT INTO tags (user_id, name) VALUES (1, 'many 0'), (1, 'many 1'), (1, 'many 2');
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'many 0'), (CASE
WHEN CAST(CASE CAST(1 AS "int8") WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
CAST('1' AS "int8") END, 'many 1'), (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN CAST('1' AS "int8") THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'many 2') RETURNING CASE WHEN CAST(CASE WHEN
("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Many rows that are returned.
-- principal: alice policy=orms
INSERT INTO tags (user_id, name) SELECT p0::BIGINT, p1::TEXT FROM (VALUES (1, 'more 0', 0), (1, 'more 1', 1), (1, 'more 2', 2)) AS imp_sen(p0, p1, sen_counter) ORDER BY sen_counter RETURNING tags.id, tags.user_id, tags.name, tags.id AS id__1;
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") SELECT CAST("imp_sen"."p0" AS bigint), CAST("imp_sen"."p1"
AS "text") FROM (VALUES (1, 'more 0', 0), (1, 'more 1', 1), (1, 'more 2', 2)) AS "imp_sen"("p0", "p1",
"sen_counter") ORDER BY "imp_sen"."sen_counter" RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS
"int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."user_id" AS
"user_id", "tags"."name" AS "name", "tags"."id" AS "id__1";

-- Rows of a query are inserted.
-- principal: alice policy=orms
INSERT INTO item_tags (item_id, tag_id) SELECT items.id, 1
FROM items
WHERE items.id = 2;
-- => allow, rows dropped
INSERT INTO "public"."item_tags" AS "item_tags" ("item_id", "tag_id") SELECT "items"."id", 1 FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."id" = 2) RETURNING CASE WHEN CAST(CASE
WHEN (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."items" AS "cordon 2" WHERE
("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE
("cordon 3"."user_id" = CAST('1' AS "int8")))))))) AND (("item_tags"."tag_id" IS NULL) OR EXISTS (SELECT 1 FROM
"public"."tags" AS "cordon 4" WHERE (("cordon 4"."id" = "item_tags"."tag_id") AND ("cordon 4"."user_id" = CAST('1'
AS "int8")))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- A conflict is ignored.
-- principal: alice policy=orms
INSERT INTO tags (user_id, name) VALUES (1, 'a') ON CONFLICT DO NOTHING RETURNING tags.id;
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'a') ON CONFLICT
("user_id", "name") DO UPDATE SET "user_id" = "tags"."user_id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id"
= CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("tags"."user_id" =
CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END
AS "id";

-- A conflict overwrites.
-- principal: alice policy=orms
INSERT INTO tags (id, user_id, name) VALUES (1, 1, 'gift') ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE tags.user_id = 1 RETURNING tags.id;
-- => allow
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES (1, CASE WHEN CAST(CASE CAST(1 AS "int8")
WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'gift') ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" =
CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN
("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN ("tags"."user_id" =
1) ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST('1' AS "int8")) AND
("tags"."user_id" = CAST('1' AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS
"id";

-- A row is changed.
-- principal: alice policy=orms
SELECT orders.id AS orders_id, orders.user_id AS orders_user_id, orders.status AS orders_status, orders.total AS orders_total, orders.note AS orders_note, orders.created_at AS orders_created_at
FROM orders
WHERE orders.id = 1;
-- => allow
SELECT "orders"."id" AS "orders_id", "orders"."user_id" AS "orders_user_id", "orders"."status" AS "orders_status",
"orders"."total" AS "orders_total", "orders"."note" AS "orders_note", "orders"."created_at" AS "orders_created_at"
FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders" WHERE ("orders"."id" = 1);

-- A row is changed.
-- principal: alice policy=orms
UPDATE orders SET status='paid', total=(orders.total + 1) WHERE orders.id = 1;
-- => allow
UPDATE "public"."orders" AS "orders" SET "status" = 'paid', "total" = CASE WHEN ("orders"."user_id" = CAST('1' AS
"int8")) THEN ("orders"."total" + 1) END WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND ("orders"."id" = 1));

-- A row is changed.
-- principal: alice policy=orms
SELECT orders.id, orders.user_id, orders.status, orders.total, orders.note, orders.created_at
FROM orders
WHERE orders.id = 1;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1);

-- Many rows are changed by one call.
-- principal: alice policy=orms
UPDATE orders SET status='open' WHERE orders.id = 1;
-- => allow
UPDATE "public"."orders" AS "orders" SET "status" = 'open' WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND
("orders"."id" = 1));

-- Rows are changed.
-- principal: alice policy=orms
UPDATE orders SET status='paid', total=(orders.total + 1) WHERE orders.user_id = 1 RETURNING orders.id;
-- => allow
UPDATE "public"."orders" AS "orders" SET "status" = 'paid', "total" = CASE WHEN ("orders"."user_id" = CAST('1' AS
"int8")) THEN ("orders"."total" + 1) END WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND ("orders"."user_id" =
1)) RETURNING "orders"."id" AS "id";

-- Rows are changed by another table.
-- principal: alice policy=orms
UPDATE items SET quantity=(items.quantity + 1) FROM orders WHERE items.order_id = orders.id AND orders.status = 'paid' RETURNING items.id;
-- => allow
UPDATE "public"."items" AS "items" SET "quantity" = CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8"))))) THEN
("items"."quantity" + 1) END FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE (("items"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders" AS
"cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))) AND ("items"."order_id" = "orders"."id") AND
("orders"."status" = 'paid')) RETURNING "items"."id" AS "id";

-- Rows of a relation are changed.
-- principal: alice policy=orms
SELECT items.id AS items_id, items.order_id AS items_order_id, items.product AS items_product, items.price AS items_price, items.quantity AS items_quantity
FROM items
WHERE items.id = 1;
-- => allow
SELECT "items"."id" AS "items_id", "items"."order_id" AS "items_order_id", "items"."product" AS "items_product",
"items"."price" AS "items_price", "items"."quantity" AS "items_quantity" FROM (SELECT "items"."id",
"items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE
("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."id" = 1);

-- Rows of a relation are changed.
-- principal: alice policy=orms
DELETE FROM item_tags WHERE item_tags.item_id = 1 AND item_tags.tag_id = 1;
-- => allow
DELETE FROM "public"."item_tags" AS "item_tags" WHERE (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 3"."id"
FROM "public"."items" AS "cordon 3" WHERE ("cordon 3"."order_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM
"public"."orders" AS "cordon 4" WHERE ("cordon 4"."user_id" = CAST('1' AS "int8")))))))) AND ("item_tags"."item_id"
= 1) AND ("item_tags"."tag_id" = 1));

-- Rows of a relation are changed.
-- principal: alice policy=orms
SELECT tags.id AS tags_id, tags.user_id AS tags_user_id, tags.name AS tags_name
FROM tags
WHERE tags.id = 1;
-- => allow
SELECT "tags"."id" AS "tags_id", "tags"."user_id" AS "tags_user_id", "tags"."name" AS "tags_name" FROM (SELECT
"tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS
"int8"))) AS "tags" WHERE ("tags"."id" = 1);

-- Rows of a relation are changed.
-- principal: alice policy=orms
INSERT INTO item_tags (item_id, tag_id) VALUES (1, 1);
-- => allow, rows dropped
INSERT INTO "public"."item_tags" AS "item_tags" ("item_id", "tag_id") VALUES ((SELECT CASE WHEN CAST(CASE WHEN
("cordon 1"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."items" AS "cordon 2" WHERE
("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE
("cordon 3"."user_id" = CAST('1' AS "int8")))))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"cordon 1"."item_id" END FROM (SELECT CAST(1 AS "int8") AS "item_id") AS "cordon 1"), (SELECT CASE WHEN CAST(CASE
WHEN (("cordon 4"."tag_id" IS NULL) OR EXISTS (SELECT 1 FROM "public"."tags" AS "cordon 5" WHERE (("cordon 5"."id" =
"cordon 4"."tag_id") AND ("cordon 5"."user_id" = CAST('1' AS "int8"))))) THEN 'true' ELSE 'cordon:new-row' END AS
"bool") THEN "cordon 4"."tag_id" END FROM (SELECT CAST(1 AS "int8") AS "tag_id") AS "cordon 4")) RETURNING CASE WHEN
CAST(CASE WHEN (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 6"."id" FROM "public"."items" AS "cordon 6" WHERE
("cordon 6"."order_id" = ANY (ARRAY(SELECT "cordon 7"."id" FROM "public"."orders" AS "cordon 7" WHERE
("cordon 7"."user_id" = CAST('1' AS "int8")))))))) AND (("item_tags"."tag_id" IS NULL) OR EXISTS (SELECT 1 FROM
"public"."tags" AS "cordon 8" WHERE (("cordon 8"."id" = "item_tags"."tag_id") AND ("cordon 8"."user_id" = CAST('1'
AS "int8")))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- A row is deleted.
-- principal: alice policy=orms
SELECT tags.id, tags.user_id, tags.name
FROM tags
WHERE tags.name = 'b';
-- => allow
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM
"public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" WHERE ("tags"."name" = 'b');

-- A row is deleted.
-- principal: alice policy=orms
DELETE FROM tags WHERE tags.id = 102;
-- => allow
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."id" = 102));

-- Rows are deleted.
-- principal: alice policy=orms
DELETE FROM tags WHERE tags.name IN ('a', 'many 1');
-- => allow
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."name" IN ('a',
'many 1')));

-- Rows are deleted by another table.
-- principal: alice policy=orms
DELETE FROM items USING orders WHERE items.order_id = orders.id AND orders.status = 'gone' RETURNING items.id;
-- => allow
DELETE FROM "public"."items" AS "items" USING (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE (("items"."order_id" = ANY (ARRAY(SELECT
"cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))) AND
("items"."order_id" = "orders"."id") AND ("orders"."status" = 'gone')) RETURNING "items"."id" AS "id";

-- A savepoint.
-- principal: alice policy=orms
INSERT INTO tags (user_id, name) VALUES (1, 'outer') RETURNING tags.id;
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'outer')
RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS
"bool") THEN "tags"."id" END AS "id";

-- A savepoint.
-- principal: alice policy=orms
SAVEPOINT sa_savepoint_1;
-- => allow, effect savepoint
SAVEPOINT "sa_savepoint_1";

-- A savepoint.
-- principal: alice policy=orms
RELEASE SAVEPOINT sa_savepoint_1;
-- => allow, effect savepoint
RELEASE SAVEPOINT "sa_savepoint_1";

-- A transaction that is tried again.
-- principal: alice policy=orms
SAVEPOINT cockroach_restart;
-- => allow, effect savepoint
SAVEPOINT "cockroach_restart";

-- A transaction that is tried again.
-- principal: alice policy=orms
RELEASE SAVEPOINT cockroach_restart;
-- => allow, effect savepoint
RELEASE SAVEPOINT "cockroach_restart";

-- A transaction of a level.
-- principal: alice policy=orms
BEGIN ISOLATION LEVEL SERIALIZABLE;
-- => allow, effect begin
BEGIN ISOLATION LEVEL SERIALIZABLE;

-- A transaction of a level.
-- principal: alice policy=orms
SELECT orders.id
FROM orders;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";

-- Without a transaction.
-- principal: alice policy=orms
SET default_transaction_isolation TO DEFAULT;
-- => allow
SET "default_transaction_isolation" TO DEFAULT;

-- Rows one after the other.
-- principal: alice policy=orms
BEGIN ISOLATION LEVEL READ COMMITTED;
-- => allow, effect begin
BEGIN ISOLATION LEVEL READ COMMITTED;

-- Rows one after the other.
-- principal: alice policy=orms
DECLARE "c_7ff91db11e50_1" CURSOR WITHOUT HOLD FOR SELECT orders.id
FROM orders;
-- => allow, effect declare
DECLARE "c_7ff91db11e50_1" CURSOR FOR SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders";

-- Rows one after the other.
-- principal: alice policy=orms
FETCH FORWARD 1 FROM "c_7ff91db11e50_1";
-- => allow, effect fetch
FETCH FORWARD 1 FROM "c_7ff91db11e50_1";

-- Rows one after the other.
-- principal: alice policy=orms
CLOSE "c_7ff91db11e50_1";
-- => allow, effect close
CLOSE "c_7ff91db11e50_1";

-- SQL of the program itself.
-- principal: alice policy=orms
SELECT id FROM orders WHERE status = 'open' AND total > 1;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE (("orders"."status" = 'open') AND ("orders"."total" > 1));

-- A list in SQL of the program itself.
-- principal: alice policy=orms
SELECT id FROM orders WHERE id IN (1, 2);
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" IN (1, 2));

-- Yesterday's rows, in SQL of the program itself.
-- principal: alice policy=orms
SELECT id FROM orders AS OF SYSTEM TIME '-10s' WHERE user_id = 1;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" AS OF SYSTEM TIME '-10s' WHERE ("orders"."user_id" = 1);

-- Insert or overwrite, in SQL of the program itself.
-- principal: alice policy=orms
UPSERT INTO tags (id, user_id, name) VALUES (1, 1, 'gift');
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES (1, CASE WHEN CAST(CASE CAST(1 AS "int8")
WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'gift') ON
CONFLICT ("id") DO UPDATE SET "user_id" = "excluded"."user_id", "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST('1' AS "int8")) AND
("tags"."user_id" = CAST('1' AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;
