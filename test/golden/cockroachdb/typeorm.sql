-- TypeORM 1.1.1, type 'cockroachdb', as its programs in test/orms-cockroachdb send it.

-- The connection is made.
-- principal: alice policy=orms
SELECT * FROM current_schema();
-- => allow
SELECT * FROM "pg_catalog"."current_schema"();

-- The connection is made.
-- principal: alice policy=orms
SET enable_experimental_alter_column_type_general = true;
-- => allow
SET "enable_experimental_alter_column_type_general" = 'true';

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT * FROM current_database();
-- => allow
SELECT * FROM "pg_catalog"."current_database"();

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT "table_schema", "table_name" FROM "information_schema"."tables" WHERE ("table_schema" = 'public' AND "table_name" = 'carts');
-- => allow
SELECT "tables"."table_schema", "tables"."table_name" FROM (SELECT "tables"."table_catalog",
"tables"."table_schema", "tables"."table_name", "tables"."table_type", "tables"."self_referencing_column_name",
"tables"."reference_generation", "tables"."user_defined_type_catalog", "tables"."user_defined_type_schema",
"tables"."user_defined_type_name", "tables"."is_insertable_into", "tables"."is_typed", "tables"."commit_action",
(((("tables"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("tables"."table_schema" = 'public') AND
("tables"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags')))) IS TRUE) AND ("pg_catalog"."random"()
< 2)) AS "cordon 1" FROM "information_schema"."tables" AS "tables" WHERE (("tables"."table_schema" IN ('pg_catalog',
'information_schema')) OR (("tables"."table_schema" = 'public') AND ("tables"."table_name" IN ('users', 'orders',
'items', 'tags', 'item_tags'))))) AS "tables" WHERE (CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN
("tables"."table_schema" = 'public') ELSE FALSE END AND CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN
("tables"."table_name" = 'carts') ELSE FALSE END);

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT * FROM "information_schema"."tables" WHERE "table_schema" = $1 AND "table_name" = $2;
-- => allow
SELECT "tables"."table_catalog", "tables"."table_schema", "tables"."table_name", "tables"."table_type",
"tables"."self_referencing_column_name", "tables"."reference_generation", "tables"."user_defined_type_catalog",
"tables"."user_defined_type_schema", "tables"."user_defined_type_name", "tables"."is_insertable_into",
"tables"."is_typed", "tables"."commit_action" FROM (SELECT "tables"."table_catalog", "tables"."table_schema",
"tables"."table_name", "tables"."table_type", "tables"."self_referencing_column_name",
"tables"."reference_generation", "tables"."user_defined_type_catalog", "tables"."user_defined_type_schema",
"tables"."user_defined_type_name", "tables"."is_insertable_into", "tables"."is_typed", "tables"."commit_action",
(((("tables"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("tables"."table_schema" = 'public') AND
("tables"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags')))) IS TRUE) AND ("pg_catalog"."random"()
< 2)) AS "cordon 1" FROM "information_schema"."tables" AS "tables" WHERE (("tables"."table_schema" IN ('pg_catalog',
'information_schema')) OR (("tables"."table_schema" = 'public') AND ("tables"."table_name" IN ('users', 'orders',
'items', 'tags', 'item_tags'))))) AS "tables" WHERE (CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN
("tables"."table_schema" = $1) ELSE FALSE END AND CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN
("tables"."table_name" = $2) ELSE FALSE END);

-- The schema is compared and made.
-- principal: migrator policy=orms
CREATE TABLE "carts" ("id" UUID DEFAULT gen_random_uuid() NOT NULL, "name" varchar(80) NOT NULL DEFAULT 'new', CONSTRAINT "PK_b5f695a59f5ebb50af3c8160816" PRIMARY KEY ("id"));
-- => allow
CREATE TABLE "carts" ("id" UUID DEFAULT gen_random_uuid() NOT NULL, "name" varchar(80) NOT NULL DEFAULT 'new',
CONSTRAINT "PK_b5f695a59f5ebb50af3c8160816" PRIMARY KEY ("id"));

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT "columns".*, "attr"."attgenerated" as "generated_type", pg_catalog.col_description((quote_ident(table_catalog) || '.' || quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid, ordinal_position) as description FROM "information_schema"."columns" LEFT JOIN "pg_namespace" AS "ns" ON "ns"."nspname" = "table_schema" LEFT JOIN "pg_class" AS "cls" ON "cls"."relnamespace" = "ns"."oid" AND "cls"."relname" = "table_name" LEFT JOIN "pg_attribute" AS "attr" ON "attr"."attrelid" = "cls"."oid" AND "attr"."attname" = "column_name" AND "attr"."attnum" = "ordinal_position" WHERE "is_hidden" = 'NO' AND (("table_schema" = 'public' AND "table_name" = 'carts'));
-- => deny 42501 CORDON_NAME_LITERAL_DENIED
-- a literal or expression that names a catalog object may not be used here

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" = 'r' AND (("ns"."nspname" = 'public' AND "t"."relname" = 'carts'));
-- => allow
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", CASE
WHEN ("cnst"."cordon 2" IS NOT FALSE) THEN "pg_catalog"."pg_get_constraintdef"("cnst"."oid") END AS "expression",
CASE WHEN ("cnst"."cordon 2" IS NOT FALSE) THEN CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE'
WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END END AS "constraint_type", "a"."attname" AS "column_name" FROM
((((SELECT "cnst"."oid", "cnst"."conname", "cnst"."connamespace", "cnst"."contype", "cnst"."condeferrable",
"cnst"."condeferred", "cnst"."conenforced", "cnst"."convalidated", "cnst"."conrelid", "cnst"."contypid",
"cnst"."conindid", "cnst"."conparentid", "cnst"."confrelid", "cnst"."confupdtype", "cnst"."confdeltype",
"cnst"."confmatchtype", "cnst"."conislocal", "cnst"."coninhcount", "cnst"."connoinherit", "cnst"."conperiod",
"cnst"."conkey", "cnst"."confkey", "cnst"."conpfeqop", "cnst"."conppeqop", "cnst"."conffeqop",
"cnst"."confdelsetcols", "cnst"."conexclop", CASE WHEN FALSE THEN "cnst"."conbin" END AS "conbin", ((((("cnst"."oid"
>= 4294000000) OR ("cnst"."oid" < 16384)) OR ("cnst"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406,
16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446,
16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2"
FROM "pg_catalog"."pg_constraint" AS "cnst" WHERE ((("cnst"."oid" >= 4294000000) OR ("cnst"."oid" < 16384)) OR
("cnst"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426,
16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465,
16470)))) AS "cnst" JOIN (SELECT "t"."oid", "t"."relname", "t"."relnamespace", "t"."reltype", "t"."reloftype", CASE
WHEN FALSE THEN "t"."relowner" END AS "relowner", "t"."relam", CASE WHEN FALSE THEN "t"."relfilenode" END AS
"relfilenode", "t"."reltablespace", CASE WHEN FALSE THEN "t"."relpages" END AS "relpages", CASE WHEN FALSE THEN
"t"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "t"."relallvisible" END AS "relallvisible", CASE WHEN FALSE
THEN "t"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN "t"."reltoastrelid" END AS "reltoastrelid",
"t"."relhasindex", "t"."relisshared", "t"."relpersistence", "t"."relkind", "t"."relnatts", "t"."relchecks",
"t"."relhasrules", "t"."relhastriggers", "t"."relhassubclass", "t"."relrowsecurity", "t"."relforcerowsecurity",
"t"."relispopulated", "t"."relreplident", "t"."relispartition", CASE WHEN FALSE THEN "t"."relrewrite" END AS
"relrewrite", CASE WHEN FALSE THEN "t"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "t"."relminmxid"
END AS "relminmxid", CAST(CASE WHEN FALSE THEN "t"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"t"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "t"."relpartbound" END AS "relpartbound", ((((("t"."oid"
>= 4294000000) OR ("t"."oid" < 16384)) OR ("t"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413,
16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"pg_catalog"."pg_class" AS "t" WHERE ((("t"."oid" >= 4294000000) OR ("t"."oid" < 16384)) OR ("t"."oid" IN (16385,
16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "t" ON ("t"."oid" =
"cnst"."conrelid")) JOIN (SELECT "ns"."oid", "ns"."nspname", CASE WHEN FALSE THEN "ns"."nspowner" END AS "nspowner",
CAST(CASE WHEN FALSE THEN "ns"."nspacl" END AS "_text") AS "nspacl" FROM "pg_catalog"."pg_namespace" AS "ns" WHERE
("ns"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS "ns" ON ("ns"."oid" = "cnst"."connamespace"))
LEFT JOIN (SELECT "a"."attrelid", "a"."attname", "a"."atttypid", "a"."attlen", "a"."attnum", "a"."atttypmod",
"a"."attndims", "a"."attbyval", "a"."attalign", "a"."attstorage", "a"."attcompression", "a"."attnotnull",
"a"."atthasdef", CASE WHEN FALSE THEN "a"."atthasmissing" END AS "atthasmissing", "a"."attidentity",
"a"."attgenerated", "a"."attisdropped", "a"."attislocal", "a"."attinhcount", "a"."attcollation", CASE WHEN FALSE
THEN "a"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN "a"."attacl" END AS "_text") AS "attacl",
CASE WHEN FALSE THEN "a"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN "a"."attfdwoptions" END AS
"attfdwoptions", CASE WHEN FALSE THEN "a"."attmissingval" END AS "attmissingval" FROM "pg_catalog"."pg_attribute" AS
"a" WHERE ((("a"."attrelid" >= 4294000000) OR ("a"."attrelid" < 16384)) OR ("a"."attrelid" IN (16385, 16400, 16422,
16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "a" ON (("a"."attrelid" =
"cnst"."conrelid") AND ("a"."attnum" = ANY ("cnst"."conkey")))) WHERE (CASE WHEN ("t"."cordon 1" IS NOT FALSE) THEN
("t"."relkind" = 'r') ELSE FALSE END AND ("ns"."nspname" = 'public') AND ("t"."relname" = 'carts'));

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name", "a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE'FALSE' END AS "is_unique", pg_get_expr("ix"."indpred", "ix"."indrelid") AS "condition", "types"."typname" AS "type_name" FROM "pg_class" "t" INNER JOIN "pg_index" "ix" ON "ix"."indrelid" = "t"."oid" INNER JOIN "pg_attribute" "a" ON "a"."attrelid" = "t"."oid"  AND "a"."attnum" = ANY ("ix"."indkey") INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "t"."relnamespace" INNER JOIN "pg_class" "i" ON "i"."oid" = "ix"."indexrelid" INNER JOIN "pg_type" "types" ON "types"."oid" = "a"."atttypid" LEFT JOIN "pg_constraint" "cnst" ON "cnst"."conname" = "i"."relname" WHERE "t"."relkind" = 'r' AND "cnst"."contype" IS NULL AND (("ns"."nspname" = 'public' AND "t"."relname" = 'carts'));
-- => allow
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name",
"a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE 'FALSE' END AS "is_unique", CASE
WHEN ("ix"."cordon 1" IS NOT FALSE) THEN "pg_catalog"."pg_get_expr"("ix"."indpred", "ix"."indrelid") END AS
"condition", "types"."typname" AS "type_name" FROM (((((((SELECT "t"."oid", "t"."relname", "t"."relnamespace",
"t"."reltype", "t"."reloftype", CASE WHEN FALSE THEN "t"."relowner" END AS "relowner", "t"."relam", CASE WHEN FALSE
THEN "t"."relfilenode" END AS "relfilenode", "t"."reltablespace", CASE WHEN FALSE THEN "t"."relpages" END AS
"relpages", CASE WHEN FALSE THEN "t"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "t"."relallvisible" END AS
"relallvisible", CASE WHEN FALSE THEN "t"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"t"."reltoastrelid" END AS "reltoastrelid", "t"."relhasindex", "t"."relisshared", "t"."relpersistence",
"t"."relkind", "t"."relnatts", "t"."relchecks", "t"."relhasrules", "t"."relhastriggers", "t"."relhassubclass",
"t"."relrowsecurity", "t"."relforcerowsecurity", "t"."relispopulated", "t"."relreplident", "t"."relispartition",
CASE WHEN FALSE THEN "t"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "t"."relfrozenxid" END AS
"relfrozenxid", CASE WHEN FALSE THEN "t"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "t"."relacl"
END AS "_text") AS "relacl", CASE WHEN FALSE THEN "t"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN
"t"."relpartbound" END AS "relpartbound", ((((("t"."oid" >= 4294000000) OR ("t"."oid" < 16384)) OR ("t"."oid" IN
(16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "pg_catalog"."pg_class" AS "t" WHERE ((("t"."oid" >= 4294000000)
OR ("t"."oid" < 16384)) OR ("t"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463)))) AS "t" JOIN (SELECT "ix"."indexrelid", "ix"."indrelid", "ix"."indnatts", "ix"."indnkeyatts",
"ix"."indisunique", "ix"."indnullsnotdistinct", "ix"."indisprimary", "ix"."indisexclusion", "ix"."indimmediate",
"ix"."indisclustered", "ix"."indisvalid", CASE WHEN FALSE THEN "ix"."indcheckxmin" END AS "indcheckxmin",
"ix"."indisready", "ix"."indislive", "ix"."indisreplident", "ix"."indkey", "ix"."indcollation", "ix"."indclass",
"ix"."indoption", CASE WHEN FALSE THEN "ix"."indexprs" END AS "indexprs", CASE WHEN FALSE THEN "ix"."indpred" END AS
"indpred", ((((("ix"."indexrelid" >= 4294000000) OR ("ix"."indexrelid" < 16384)) OR ("ix"."indexrelid" IN (16395,
16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"pg_catalog"."pg_index" AS "ix" WHERE ((("ix"."indexrelid" >= 4294000000) OR ("ix"."indexrelid" < 16384)) OR
("ix"."indexrelid" IN (16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "ix" ON ("ix"."indrelid" =
"t"."oid")) JOIN (SELECT "a"."attrelid", "a"."attname", "a"."atttypid", "a"."attlen", "a"."attnum", "a"."atttypmod",
"a"."attndims", "a"."attbyval", "a"."attalign", "a"."attstorage", "a"."attcompression", "a"."attnotnull",
"a"."atthasdef", CASE WHEN FALSE THEN "a"."atthasmissing" END AS "atthasmissing", "a"."attidentity",
"a"."attgenerated", "a"."attisdropped", "a"."attislocal", "a"."attinhcount", "a"."attcollation", CASE WHEN FALSE
THEN "a"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN "a"."attacl" END AS "_text") AS "attacl",
CASE WHEN FALSE THEN "a"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN "a"."attfdwoptions" END AS
"attfdwoptions", CASE WHEN FALSE THEN "a"."attmissingval" END AS "attmissingval", ((((("a"."attrelid" >= 4294000000)
OR ("a"."attrelid" < 16384)) OR ("a"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420,
16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM
"pg_catalog"."pg_attribute" AS "a" WHERE ((("a"."attrelid" >= 4294000000) OR ("a"."attrelid" < 16384)) OR
("a"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS
"a" ON (("a"."attrelid" = "t"."oid") AND CASE WHEN (("ix"."cordon 1" IS NOT FALSE) AND ("a"."cordon 2" IS NOT
FALSE)) THEN ("a"."attnum" = ANY ("ix"."indkey")) ELSE FALSE END)) JOIN (SELECT "ns"."oid", "ns"."nspname", CASE
WHEN FALSE THEN "ns"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "ns"."nspacl" END AS "_text") AS
"nspacl" FROM "pg_catalog"."pg_namespace" AS "ns" WHERE ("ns"."nspname" IN ('pg_catalog', 'information_schema',
'public'))) AS "ns" ON ("ns"."oid" = "t"."relnamespace")) JOIN (SELECT "i"."oid", "i"."relname", "i"."relnamespace",
"i"."reltype", "i"."reloftype", CASE WHEN FALSE THEN "i"."relowner" END AS "relowner", "i"."relam", CASE WHEN FALSE
THEN "i"."relfilenode" END AS "relfilenode", "i"."reltablespace", CASE WHEN FALSE THEN "i"."relpages" END AS
"relpages", CASE WHEN FALSE THEN "i"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "i"."relallvisible" END AS
"relallvisible", CASE WHEN FALSE THEN "i"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"i"."reltoastrelid" END AS "reltoastrelid", "i"."relhasindex", "i"."relisshared", "i"."relpersistence",
"i"."relkind", "i"."relnatts", "i"."relchecks", "i"."relhasrules", "i"."relhastriggers", "i"."relhassubclass",
"i"."relrowsecurity", "i"."relforcerowsecurity", "i"."relispopulated", "i"."relreplident", "i"."relispartition",
CASE WHEN FALSE THEN "i"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "i"."relfrozenxid" END AS
"relfrozenxid", CASE WHEN FALSE THEN "i"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "i"."relacl"
END AS "_text") AS "relacl", CASE WHEN FALSE THEN "i"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN
"i"."relpartbound" END AS "relpartbound" FROM "pg_catalog"."pg_class" AS "i" WHERE ((("i"."oid" >= 4294000000) OR
("i"."oid" < 16384)) OR ("i"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449,
16451, 16463)))) AS "i" ON ("i"."oid" = "ix"."indexrelid")) JOIN (SELECT "types"."oid", "types"."typname",
"types"."typnamespace", CASE WHEN FALSE THEN "types"."typowner" END AS "typowner", "types"."typlen",
"types"."typbyval", "types"."typtype", "types"."typcategory", "types"."typispreferred", "types"."typisdefined",
"types"."typdelim", "types"."typrelid", CAST("types"."typsubscript" AS "oid") AS "typsubscript", "types"."typelem",
"types"."typarray", CAST("types"."typinput" AS "oid") AS "typinput", CAST("types"."typoutput" AS "oid") AS
"typoutput", CAST("types"."typreceive" AS "oid") AS "typreceive", CAST("types"."typsend" AS "oid") AS "typsend",
CAST("types"."typmodin" AS "oid") AS "typmodin", CAST("types"."typmodout" AS "oid") AS "typmodout",
CAST("types"."typanalyze" AS "oid") AS "typanalyze", "types"."typalign", "types"."typstorage", "types"."typnotnull",
"types"."typbasetype", "types"."typtypmod", "types"."typndims", "types"."typcollation", CASE WHEN FALSE THEN
"types"."typdefaultbin" END AS "typdefaultbin", CASE WHEN FALSE THEN "types"."typdefault" END AS "typdefault",
CAST(CASE WHEN FALSE THEN "types"."typacl" END AS "_text") AS "typacl" FROM "pg_catalog"."pg_type" AS "types" WHERE
((("types"."oid" >= 4294000000) OR ("types"."oid" < 16384)) OR ("types"."oid" IN (16386, 16387, 16401, 16402, 16423,
16424, 16442, 16443, 16459, 16460)))) AS "types" ON ("types"."oid" = "a"."atttypid")) LEFT JOIN (SELECT
"cnst"."oid", "cnst"."conname", "cnst"."connamespace", "cnst"."contype", "cnst"."condeferrable",
"cnst"."condeferred", "cnst"."conenforced", "cnst"."convalidated", "cnst"."conrelid", "cnst"."contypid",
"cnst"."conindid", "cnst"."conparentid", "cnst"."confrelid", "cnst"."confupdtype", "cnst"."confdeltype",
"cnst"."confmatchtype", "cnst"."conislocal", "cnst"."coninhcount", "cnst"."connoinherit", "cnst"."conperiod",
"cnst"."conkey", "cnst"."confkey", "cnst"."conpfeqop", "cnst"."conppeqop", "cnst"."conffeqop",
"cnst"."confdelsetcols", "cnst"."conexclop", CASE WHEN FALSE THEN "cnst"."conbin" END AS "conbin" FROM
"pg_catalog"."pg_constraint" AS "cnst" WHERE ((("cnst"."oid" >= 4294000000) OR ("cnst"."oid" < 16384)) OR
("cnst"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426,
16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465,
16470)))) AS "cnst" ON ("cnst"."conname" = "i"."relname")) WHERE (CASE WHEN ("t"."cordon 3" IS NOT FALSE) THEN
("t"."relkind" = 'r') ELSE FALSE END AND ("cnst"."contype" IS NULL) AND ("ns"."nspname" = 'public') AND
("t"."relname" = 'carts'));

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name", "att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS "referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete", "con"."confupdtype" AS "on_update" FROM ( SELECT UNNEST ("con1"."conkey") AS "parent", UNNEST ("con1"."confkey") AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype", "ns"."nspname", "cl"."relname", CASE "con1"."confdeltype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confdeltype", CASE "con1"."confupdtype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confupdtype" FROM "pg_class" "cl" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_constraint" "con1" ON "con1"."conrelid" = "cl"."oid" WHERE "con1"."contype" = 'f' AND (("ns"."nspname" = 'public' AND "cl"."relname" = 'carts')) ) "con" INNER JOIN "pg_attribute" "att" ON "att"."attrelid" = "con"."confrelid" AND "att"."attnum" = "con"."child" INNER JOIN "pg_class" "cl" ON "cl"."oid" = "con"."confrelid" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_attribute" "att2" ON "att2"."attrelid" = "con"."conrelid" AND "att2"."attnum" = "con"."parent";
-- => allow
SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name",
"att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS
"referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete",
"con"."confupdtype" AS "on_update" FROM (((((SELECT "pg_catalog"."unnest"(CASE WHEN ("con1"."cordon 1" IS NOT FALSE)
THEN "con1"."conkey" END) AS "parent", "pg_catalog"."unnest"(CASE WHEN ("con1"."cordon 1" IS NOT FALSE) THEN
"con1"."confkey" END) AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype",
"ns"."nspname", "cl"."relname", CASE WHEN ("con1"."cordon 1" IS NOT FALSE) THEN CASE "con1"."confdeltype" WHEN 'a'
THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN
'SET DEFAULT' END END AS "confdeltype", CASE WHEN ("con1"."cordon 1" IS NOT FALSE) THEN CASE "con1"."confupdtype"
WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN
'SET DEFAULT' END END AS "confupdtype", (("cl"."cordon 3" IS NOT FALSE) AND ("ns"."cordon 4" IS NOT FALSE) AND
("con1"."cordon 1" IS NOT FALSE)) AS "cordon 2" FROM (((SELECT "cl"."oid", "cl"."relname", "cl"."relnamespace",
"cl"."reltype", "cl"."reloftype", CASE WHEN FALSE THEN "cl"."relowner" END AS "relowner", "cl"."relam", CASE WHEN
FALSE THEN "cl"."relfilenode" END AS "relfilenode", "cl"."reltablespace", CASE WHEN FALSE THEN "cl"."relpages" END
AS "relpages", CASE WHEN FALSE THEN "cl"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "cl"."relallvisible"
END AS "relallvisible", CASE WHEN FALSE THEN "cl"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"cl"."reltoastrelid" END AS "reltoastrelid", "cl"."relhasindex", "cl"."relisshared", "cl"."relpersistence",
"cl"."relkind", "cl"."relnatts", "cl"."relchecks", "cl"."relhasrules", "cl"."relhastriggers", "cl"."relhassubclass",
"cl"."relrowsecurity", "cl"."relforcerowsecurity", "cl"."relispopulated", "cl"."relreplident",
"cl"."relispartition", CASE WHEN FALSE THEN "cl"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"cl"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "cl"."relminmxid" END AS "relminmxid", CAST(CASE
WHEN FALSE THEN "cl"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN "cl"."reloptions" END AS
"reloptions", CASE WHEN FALSE THEN "cl"."relpartbound" END AS "relpartbound", ((((("cl"."oid" >= 4294000000) OR
("cl"."oid" < 16384)) OR ("cl"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "pg_catalog"."pg_class" AS
"cl" WHERE ((("cl"."oid" >= 4294000000) OR ("cl"."oid" < 16384)) OR ("cl"."oid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "cl" JOIN (SELECT "ns"."oid", "ns"."nspname",
CASE WHEN FALSE THEN "ns"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "ns"."nspacl" END AS "_text") AS
"nspacl", ((("ns"."nspname" IN ('pg_catalog', 'information_schema', 'public')) IS TRUE) AND ("pg_catalog"."random"()
< 2)) AS "cordon 4" FROM "pg_catalog"."pg_namespace" AS "ns" WHERE ("ns"."nspname" IN ('pg_catalog',
'information_schema', 'public'))) AS "ns" ON ("cl"."relnamespace" = "ns"."oid")) JOIN (SELECT "con1"."oid",
"con1"."conname", "con1"."connamespace", "con1"."contype", "con1"."condeferrable", "con1"."condeferred",
"con1"."conenforced", "con1"."convalidated", "con1"."conrelid", "con1"."contypid", "con1"."conindid",
"con1"."conparentid", "con1"."confrelid", "con1"."confupdtype", "con1"."confdeltype", "con1"."confmatchtype",
"con1"."conislocal", "con1"."coninhcount", "con1"."connoinherit", "con1"."conperiod", "con1"."conkey",
"con1"."confkey", "con1"."conpfeqop", "con1"."conppeqop", "con1"."conffeqop", "con1"."confdelsetcols",
"con1"."conexclop", CASE WHEN FALSE THEN "con1"."conbin" END AS "conbin", ((((("con1"."oid" >= 4294000000) OR
("con1"."oid" < 16384)) OR ("con1"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409,
16410, 16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453,
16461, 16462, 16464, 16465, 16470))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"pg_catalog"."pg_constraint" AS "con1" WHERE ((("con1"."oid" >= 4294000000) OR ("con1"."oid" < 16384)) OR
("con1"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426,
16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465,
16470)))) AS "con1" ON ("con1"."conrelid" = "cl"."oid")) WHERE (CASE WHEN ("con1"."cordon 1" IS NOT FALSE) THEN
("con1"."contype" = 'f') ELSE FALSE END AND ("ns"."nspname" = 'public') AND ("cl"."relname" = 'carts'))) AS "con"
JOIN (SELECT "att"."attrelid", "att"."attname", "att"."atttypid", "att"."attlen", "att"."attnum", "att"."atttypmod",
"att"."attndims", "att"."attbyval", "att"."attalign", "att"."attstorage", "att"."attcompression",
"att"."attnotnull", "att"."atthasdef", CASE WHEN FALSE THEN "att"."atthasmissing" END AS "atthasmissing",
"att"."attidentity", "att"."attgenerated", "att"."attisdropped", "att"."attislocal", "att"."attinhcount",
"att"."attcollation", CASE WHEN FALSE THEN "att"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN
"att"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN "att"."attoptions" END AS "attoptions", CASE WHEN
FALSE THEN "att"."attfdwoptions" END AS "attfdwoptions", CASE WHEN FALSE THEN "att"."attmissingval" END AS
"attmissingval", ((((("att"."attrelid" >= 4294000000) OR ("att"."attrelid" < 16384)) OR ("att"."attrelid" IN (16385,
16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 5" FROM "pg_catalog"."pg_attribute" AS "att" WHERE ((("att"."attrelid" >=
4294000000) OR ("att"."attrelid" < 16384)) OR ("att"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397,
16413, 16420, 16433, 16449, 16451, 16463)))) AS "att" ON (("att"."attrelid" = "con"."confrelid") AND CASE WHEN
(("con"."cordon 2" IS NOT FALSE) AND ("att"."cordon 5" IS NOT FALSE)) THEN ("att"."attnum" = "con"."child") ELSE
FALSE END)) JOIN (SELECT "cl"."oid", "cl"."relname", "cl"."relnamespace", "cl"."reltype", "cl"."reloftype", CASE
WHEN FALSE THEN "cl"."relowner" END AS "relowner", "cl"."relam", CASE WHEN FALSE THEN "cl"."relfilenode" END AS
"relfilenode", "cl"."reltablespace", CASE WHEN FALSE THEN "cl"."relpages" END AS "relpages", CASE WHEN FALSE THEN
"cl"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "cl"."relallvisible" END AS "relallvisible", CASE WHEN
FALSE THEN "cl"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN "cl"."reltoastrelid" END AS
"reltoastrelid", "cl"."relhasindex", "cl"."relisshared", "cl"."relpersistence", "cl"."relkind", "cl"."relnatts",
"cl"."relchecks", "cl"."relhasrules", "cl"."relhastriggers", "cl"."relhassubclass", "cl"."relrowsecurity",
"cl"."relforcerowsecurity", "cl"."relispopulated", "cl"."relreplident", "cl"."relispartition", CASE WHEN FALSE THEN
"cl"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "cl"."relfrozenxid" END AS "relfrozenxid", CASE WHEN
FALSE THEN "cl"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "cl"."relacl" END AS "_text") AS
"relacl", CASE WHEN FALSE THEN "cl"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "cl"."relpartbound" END
AS "relpartbound" FROM "pg_catalog"."pg_class" AS "cl" WHERE ((("cl"."oid" >= 4294000000) OR ("cl"."oid" < 16384))
OR ("cl"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS
"cl" ON ("cl"."oid" = "con"."confrelid")) JOIN (SELECT "ns"."oid", "ns"."nspname", CASE WHEN FALSE THEN
"ns"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "ns"."nspacl" END AS "_text") AS "nspacl" FROM
"pg_catalog"."pg_namespace" AS "ns" WHERE ("ns"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS
"ns" ON ("cl"."relnamespace" = "ns"."oid")) JOIN (SELECT "att2"."attrelid", "att2"."attname", "att2"."atttypid",
"att2"."attlen", "att2"."attnum", "att2"."atttypmod", "att2"."attndims", "att2"."attbyval", "att2"."attalign",
"att2"."attstorage", "att2"."attcompression", "att2"."attnotnull", "att2"."atthasdef", CASE WHEN FALSE THEN
"att2"."atthasmissing" END AS "atthasmissing", "att2"."attidentity", "att2"."attgenerated", "att2"."attisdropped",
"att2"."attislocal", "att2"."attinhcount", "att2"."attcollation", CASE WHEN FALSE THEN "att2"."attstattarget" END AS
"attstattarget", CAST(CASE WHEN FALSE THEN "att2"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN
"att2"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN "att2"."attfdwoptions" END AS "attfdwoptions", CASE
WHEN FALSE THEN "att2"."attmissingval" END AS "attmissingval", ((((("att2"."attrelid" >= 4294000000) OR
("att2"."attrelid" < 16384)) OR ("att2"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413,
16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 6" FROM
"pg_catalog"."pg_attribute" AS "att2" WHERE ((("att2"."attrelid" >= 4294000000) OR ("att2"."attrelid" < 16384)) OR
("att2"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))))
AS "att2" ON (("att2"."attrelid" = "con"."conrelid") AND CASE WHEN (("con"."cordon 2" IS NOT FALSE) AND
("att2"."cordon 6" IS NOT FALSE)) THEN ("att2"."attnum" = "con"."parent") ELSE FALSE END));

-- The schema is compared and made.
-- principal: alice policy=orms
SELECT "t"."typname" AS "name", string_agg("e"."enumlabel", '|' ORDER BY "e"."enumsortorder") AS "value" FROM "pg_enum" "e" INNER JOIN "pg_type" "t" ON "t"."oid" = "e"."enumtypid" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" IN ('public') GROUP BY "t"."typname";
-- => allow
SELECT "t"."typname" AS "name", "pg_catalog"."string_agg"("e"."enumlabel", '|' ORDER BY "e"."enumsortorder") AS
"value" FROM (((SELECT "e"."oid", "e"."enumtypid", "e"."enumsortorder", "e"."enumlabel" FROM "pg_catalog"."pg_enum"
AS "e" WHERE ((("e"."enumtypid" >= 4294000000) OR ("e"."enumtypid" < 16384)) OR ("e"."enumtypid" IN (16386, 16387,
16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460)))) AS "e" JOIN (SELECT "t"."oid", "t"."typname",
"t"."typnamespace", CASE WHEN FALSE THEN "t"."typowner" END AS "typowner", "t"."typlen", "t"."typbyval",
"t"."typtype", "t"."typcategory", "t"."typispreferred", "t"."typisdefined", "t"."typdelim", "t"."typrelid",
CAST("t"."typsubscript" AS "oid") AS "typsubscript", "t"."typelem", "t"."typarray", CAST("t"."typinput" AS "oid") AS
"typinput", CAST("t"."typoutput" AS "oid") AS "typoutput", CAST("t"."typreceive" AS "oid") AS "typreceive",
CAST("t"."typsend" AS "oid") AS "typsend", CAST("t"."typmodin" AS "oid") AS "typmodin", CAST("t"."typmodout" AS
"oid") AS "typmodout", CAST("t"."typanalyze" AS "oid") AS "typanalyze", "t"."typalign", "t"."typstorage",
"t"."typnotnull", "t"."typbasetype", "t"."typtypmod", "t"."typndims", "t"."typcollation", CASE WHEN FALSE THEN
"t"."typdefaultbin" END AS "typdefaultbin", CASE WHEN FALSE THEN "t"."typdefault" END AS "typdefault", CAST(CASE
WHEN FALSE THEN "t"."typacl" END AS "_text") AS "typacl" FROM "pg_catalog"."pg_type" AS "t" WHERE ((("t"."oid" >=
4294000000) OR ("t"."oid" < 16384)) OR ("t"."oid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459,
16460)))) AS "t" ON ("t"."oid" = "e"."enumtypid")) JOIN (SELECT "n"."oid", "n"."nspname", CASE WHEN FALSE THEN
"n"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "n"."nspacl" END AS "_text") AS "nspacl" FROM
"pg_catalog"."pg_namespace" AS "n" WHERE ("n"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS "n"
ON ("n"."oid" = "t"."typnamespace")) WHERE ("n"."nspname" IN ('public')) GROUP BY "t"."typname";

-- The schema is compared and made.
-- principal: migrator policy=orms
ALTER TABLE "carts" DROP COLUMN "name";
-- => allow
ALTER TABLE "carts" DROP COLUMN "name";

-- The schema is compared and made.
-- principal: migrator policy=orms
ALTER TABLE "carts" ADD "name" varchar(80) NOT NULL DEFAULT 'new';
-- => allow
ALTER TABLE "carts" ADD "name" varchar(80) NOT NULL DEFAULT 'new';

-- All rows.
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id" FROM "orders" "Order";
-- => allow
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id"
FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note",
"Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order";

-- One row.
-- principal: alice policy=orms
SELECT "User"."id" AS "User_id", "User"."email" AS "User_email", "User"."name" AS "User_name" FROM "users" "User" WHERE (("User"."id" = $1)) LIMIT 1;
-- => allow, claims user
SELECT "User"."id" AS "User_id", "User"."email" AS "User_email", "User"."name" AS "User_name" FROM (SELECT
"User"."id", "User"."email", "User"."name", CASE WHEN FALSE THEN "User"."password_hash" END AS "password_hash" FROM
"public"."users" AS "User" WHERE ("User"."id" = CAST($2 AS "int8"))) AS "User" WHERE ("User"."id" = $1) LIMIT 1;

-- One row, with its relations.
-- principal: alice policy=orms
SELECT DISTINCT "distinctAlias"."Order_id" AS "ids_Order_id" FROM (SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id", "Order__Order_user"."id" AS "Order__Order_user_id", "Order__Order_user"."email" AS "Order__Order_user_email", "Order__Order_user"."name" AS "Order__Order_user_name", "Order__Order_items"."id" AS "Order__Order_items_id", "Order__Order_items"."product" AS "Order__Order_items_product", "Order__Order_items"."price" AS "Order__Order_items_price", "Order__Order_items"."quantity" AS "Order__Order_items_quantity", "Order__Order_items"."order_id" AS "Order__Order_items_order_id", "Order__Order_items__Order__Order_items_tags"."id" AS "Order__Order_items__Order__Order_items_tags_id", "Order__Order_items__Order__Order_items_tags"."name" AS "Order__Order_items__Order__Order_items_tags_name", "Order__Order_items__Order__Order_items_tags"."user_id" AS "Order__Order_items__Order__Order_items_tags_user_id" FROM "orders" "Order" LEFT JOIN "users" "Order__Order_user" ON "Order__Order_user"."id"="Order"."user_id"  LEFT JOIN "items" "Order__Order_items" ON "Order__Order_items"."order_id"="Order"."id" LEFT JOIN "item_tags" "Order__Order_items_Order__Order_items__Order__Order_items_tags" ON "Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id"="Order__Order_items"."id" LEFT JOIN "tags" "Order__Order_items__Order__Order_items_tags" ON "Order__Order_items__Order__Order_items_tags"."id"="Order__Order_items_Order__Order_items__Order__Order_items_tags"."tag_id" WHERE (("Order"."id" = $1))) "distinctAlias" ORDER BY "Order_id" ASC LIMIT 1;
-- => allow, claims user
SELECT DISTINCT "distinctAlias"."Order_id" AS "ids_Order_id" FROM (SELECT "Order"."id" AS "Order_id",
"Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note",
"Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id", "Order__Order_user"."id" AS
"Order__Order_user_id", "Order__Order_user"."email" AS "Order__Order_user_email", "Order__Order_user"."name" AS
"Order__Order_user_name", "Order__Order_items"."id" AS "Order__Order_items_id", "Order__Order_items"."product" AS
"Order__Order_items_product", "Order__Order_items"."price" AS "Order__Order_items_price",
"Order__Order_items"."quantity" AS "Order__Order_items_quantity", "Order__Order_items"."order_id" AS
"Order__Order_items_order_id", "Order__Order_items__Order__Order_items_tags"."id" AS
"Order__Order_items__Order__Order_items_tags_id", "Order__Order_items__Order__Order_items_tags"."name" AS
"Order__Order_items__Order__Order_items_tags_name", "Order__Order_items__Order__Order_items_tags"."user_id" AS
"Order__Order_items__Order__Order_items_tags_user_id" FROM (((((SELECT "Order"."id", "Order"."user_id",
"Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE
("Order"."user_id" = CAST($2 AS "int8"))) AS "Order" LEFT JOIN (SELECT "Order__Order_user"."id",
"Order__Order_user"."email", "Order__Order_user"."name", CASE WHEN FALSE THEN "Order__Order_user"."password_hash"
END AS "password_hash" FROM "public"."users" AS "Order__Order_user" WHERE ("Order__Order_user"."id" = CAST($2 AS
"int8"))) AS "Order__Order_user" ON ("Order__Order_user"."id" = "Order"."user_id")) LEFT JOIN (SELECT
"Order__Order_items"."id", "Order__Order_items"."order_id", "Order__Order_items"."product",
"Order__Order_items"."price", "Order__Order_items"."quantity" FROM "public"."items" AS "Order__Order_items" WHERE
("Order__Order_items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "Order__Order_items" ON ("Order__Order_items"."order_id" =
"Order"."id")) LEFT JOIN (SELECT "Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id",
"Order__Order_items_Order__Order_items__Order__Order_items_tags"."tag_id" FROM "public"."item_tags" AS
"Order__Order_items_Order__Order_items__Order__Order_items_tags" WHERE
("Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."items" AS "cordon 2" WHERE ("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM
"public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST($2 AS "int8"))))))))) AS
"Order__Order_items_Order__Order_items__Order__Order_items_tags" ON
("Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id" = "Order__Order_items"."id")) LEFT JOIN
(SELECT "Order__Order_items__Order__Order_items_tags"."id", "Order__Order_items__Order__Order_items_tags"."user_id",
"Order__Order_items__Order__Order_items_tags"."name" FROM "public"."tags" AS
"Order__Order_items__Order__Order_items_tags" WHERE ("Order__Order_items__Order__Order_items_tags"."user_id" =
CAST($2 AS "int8"))) AS "Order__Order_items__Order__Order_items_tags" ON
("Order__Order_items__Order__Order_items_tags"."id" =
"Order__Order_items_Order__Order_items__Order__Order_items_tags"."tag_id")) WHERE ("Order"."id" = $1)) AS
"distinctAlias" ORDER BY "distinctAlias"."Order_id" ASC LIMIT 1;

-- One row, with its relations.
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id", "Order__Order_user"."id" AS "Order__Order_user_id", "Order__Order_user"."email" AS "Order__Order_user_email", "Order__Order_user"."name" AS "Order__Order_user_name", "Order__Order_items"."id" AS "Order__Order_items_id", "Order__Order_items"."product" AS "Order__Order_items_product", "Order__Order_items"."price" AS "Order__Order_items_price", "Order__Order_items"."quantity" AS "Order__Order_items_quantity", "Order__Order_items"."order_id" AS "Order__Order_items_order_id", "Order__Order_items__Order__Order_items_tags"."id" AS "Order__Order_items__Order__Order_items_tags_id", "Order__Order_items__Order__Order_items_tags"."name" AS "Order__Order_items__Order__Order_items_tags_name", "Order__Order_items__Order__Order_items_tags"."user_id" AS "Order__Order_items__Order__Order_items_tags_user_id" FROM "orders" "Order" LEFT JOIN "users" "Order__Order_user" ON "Order__Order_user"."id"="Order"."user_id"  LEFT JOIN "items" "Order__Order_items" ON "Order__Order_items"."order_id"="Order"."id" LEFT JOIN "item_tags" "Order__Order_items_Order__Order_items__Order__Order_items_tags" ON "Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id"="Order__Order_items"."id" LEFT JOIN "tags" "Order__Order_items__Order__Order_items_tags" ON "Order__Order_items__Order__Order_items_tags"."id"="Order__Order_items_Order__Order_items__Order__Order_items_tags"."tag_id" WHERE ( (("Order"."id" = $1)) ) AND ( "Order"."id" IN ($2) );
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id",
"Order__Order_user"."id" AS "Order__Order_user_id", "Order__Order_user"."email" AS "Order__Order_user_email",
"Order__Order_user"."name" AS "Order__Order_user_name", "Order__Order_items"."id" AS "Order__Order_items_id",
"Order__Order_items"."product" AS "Order__Order_items_product", "Order__Order_items"."price" AS
"Order__Order_items_price", "Order__Order_items"."quantity" AS "Order__Order_items_quantity",
"Order__Order_items"."order_id" AS "Order__Order_items_order_id", "Order__Order_items__Order__Order_items_tags"."id"
AS "Order__Order_items__Order__Order_items_tags_id", "Order__Order_items__Order__Order_items_tags"."name" AS
"Order__Order_items__Order__Order_items_tags_name", "Order__Order_items__Order__Order_items_tags"."user_id" AS
"Order__Order_items__Order__Order_items_tags_user_id" FROM (((((SELECT "Order"."id", "Order"."user_id",
"Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE
("Order"."user_id" = CAST($3 AS "int8"))) AS "Order" LEFT JOIN (SELECT "Order__Order_user"."id",
"Order__Order_user"."email", "Order__Order_user"."name", CASE WHEN FALSE THEN "Order__Order_user"."password_hash"
END AS "password_hash" FROM "public"."users" AS "Order__Order_user" WHERE ("Order__Order_user"."id" = CAST($3 AS
"int8"))) AS "Order__Order_user" ON ("Order__Order_user"."id" = "Order"."user_id")) LEFT JOIN (SELECT
"Order__Order_items"."id", "Order__Order_items"."order_id", "Order__Order_items"."product",
"Order__Order_items"."price", "Order__Order_items"."quantity" FROM "public"."items" AS "Order__Order_items" WHERE
("Order__Order_items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($3 AS "int8")))))) AS "Order__Order_items" ON ("Order__Order_items"."order_id" =
"Order"."id")) LEFT JOIN (SELECT "Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id",
"Order__Order_items_Order__Order_items__Order__Order_items_tags"."tag_id" FROM "public"."item_tags" AS
"Order__Order_items_Order__Order_items__Order__Order_items_tags" WHERE
("Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."items" AS "cordon 2" WHERE ("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM
"public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST($3 AS "int8"))))))))) AS
"Order__Order_items_Order__Order_items__Order__Order_items_tags" ON
("Order__Order_items_Order__Order_items__Order__Order_items_tags"."item_id" = "Order__Order_items"."id")) LEFT JOIN
(SELECT "Order__Order_items__Order__Order_items_tags"."id", "Order__Order_items__Order__Order_items_tags"."user_id",
"Order__Order_items__Order__Order_items_tags"."name" FROM "public"."tags" AS
"Order__Order_items__Order__Order_items_tags" WHERE ("Order__Order_items__Order__Order_items_tags"."user_id" =
CAST($3 AS "int8"))) AS "Order__Order_items__Order__Order_items_tags" ON
("Order__Order_items__Order__Order_items_tags"."id" =
"Order__Order_items_Order__Order_items__Order__Order_items_tags"."tag_id")) WHERE (("Order"."id" = $1) AND
("Order"."id" IN ($2)));

-- Some columns, by conditions, in order, a page.
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."total" AS "Order_total" FROM "orders" "Order" WHERE (("Order"."status" IN ($1, $2)) AND ("Order"."total" > $3)) ORDER BY "Order"."created_at" DESC LIMIT 10 OFFSET 20;
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."total" AS "Order_total" FROM (SELECT "Order"."id", "Order"."user_id",
"Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE
("Order"."user_id" = CAST($4 AS "int8"))) AS "Order" WHERE (("Order"."status" IN ($1, $2)) AND ("Order"."total" >
$3)) ORDER BY "Order"."created_at" DESC OFFSET 20 LIMIT 10;

-- A page with relations.
-- principal: alice policy=orms
SELECT DISTINCT "distinctAlias"."Order_id" AS "ids_Order_id", "distinctAlias"."Order_id" FROM (SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id", "Order__Order_items"."id" AS "Order__Order_items_id", "Order__Order_items"."product" AS "Order__Order_items_product", "Order__Order_items"."price" AS "Order__Order_items_price", "Order__Order_items"."quantity" AS "Order__Order_items_quantity", "Order__Order_items"."order_id" AS "Order__Order_items_order_id" FROM "orders" "Order" LEFT JOIN "items" "Order__Order_items" ON "Order__Order_items"."order_id"="Order"."id"  LEFT JOIN "users" "Order__Order_user" ON "Order__Order_user"."id"="Order"."user_id" WHERE (((("Order__Order_user"."id" = $1))))) "distinctAlias" ORDER BY "distinctAlias"."Order_id" ASC, "Order_id" ASC LIMIT 2 OFFSET 0;
-- => allow, claims user
SELECT DISTINCT "distinctAlias"."Order_id" AS "ids_Order_id", "distinctAlias"."Order_id" FROM (SELECT "Order"."id"
AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note",
"Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id", "Order__Order_items"."id" AS
"Order__Order_items_id", "Order__Order_items"."product" AS "Order__Order_items_product",
"Order__Order_items"."price" AS "Order__Order_items_price", "Order__Order_items"."quantity" AS
"Order__Order_items_quantity", "Order__Order_items"."order_id" AS "Order__Order_items_order_id" FROM (((SELECT
"Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
"public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($2 AS "int8"))) AS "Order" LEFT JOIN (SELECT
"Order__Order_items"."id", "Order__Order_items"."order_id", "Order__Order_items"."product",
"Order__Order_items"."price", "Order__Order_items"."quantity" FROM "public"."items" AS "Order__Order_items" WHERE
("Order__Order_items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "Order__Order_items" ON ("Order__Order_items"."order_id" =
"Order"."id")) LEFT JOIN (SELECT "Order__Order_user"."id", "Order__Order_user"."email", "Order__Order_user"."name",
CASE WHEN FALSE THEN "Order__Order_user"."password_hash" END AS "password_hash" FROM "public"."users" AS
"Order__Order_user" WHERE ("Order__Order_user"."id" = CAST($2 AS "int8"))) AS "Order__Order_user" ON
("Order__Order_user"."id" = "Order"."user_id")) WHERE ("Order__Order_user"."id" = $1)) AS "distinctAlias" ORDER BY
"distinctAlias"."Order_id" ASC, "Order_id" ASC OFFSET 0 LIMIT 2;

-- A page with relations.
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id", "Order__Order_items"."id" AS "Order__Order_items_id", "Order__Order_items"."product" AS "Order__Order_items_product", "Order__Order_items"."price" AS "Order__Order_items_price", "Order__Order_items"."quantity" AS "Order__Order_items_quantity", "Order__Order_items"."order_id" AS "Order__Order_items_order_id" FROM "orders" "Order" LEFT JOIN "items" "Order__Order_items" ON "Order__Order_items"."order_id"="Order"."id"  LEFT JOIN "users" "Order__Order_user" ON "Order__Order_user"."id"="Order"."user_id" WHERE ( (((("Order__Order_user"."id" = $1)))) ) AND ( "Order"."id" IN ($2, $3) ) ORDER BY "Order"."id" ASC;
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id",
"Order__Order_items"."id" AS "Order__Order_items_id", "Order__Order_items"."product" AS
"Order__Order_items_product", "Order__Order_items"."price" AS "Order__Order_items_price",
"Order__Order_items"."quantity" AS "Order__Order_items_quantity", "Order__Order_items"."order_id" AS
"Order__Order_items_order_id" FROM (((SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total",
"Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($4 AS
"int8"))) AS "Order" LEFT JOIN (SELECT "Order__Order_items"."id", "Order__Order_items"."order_id",
"Order__Order_items"."product", "Order__Order_items"."price", "Order__Order_items"."quantity" FROM "public"."items"
AS "Order__Order_items" WHERE ("Order__Order_items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($4 AS "int8")))))) AS "Order__Order_items" ON
("Order__Order_items"."order_id" = "Order"."id")) LEFT JOIN (SELECT "Order__Order_user"."id",
"Order__Order_user"."email", "Order__Order_user"."name", CASE WHEN FALSE THEN "Order__Order_user"."password_hash"
END AS "password_hash" FROM "public"."users" AS "Order__Order_user" WHERE ("Order__Order_user"."id" = CAST($4 AS
"int8"))) AS "Order__Order_user" ON ("Order__Order_user"."id" = "Order"."user_id")) WHERE (("Order__Order_user"."id"
= $1) AND ("Order"."id" IN ($2, $3))) ORDER BY "Order"."id" ASC;

-- Conditions of all kinds.
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id" FROM "orders" "Order" WHERE (((("Order"."status" LIKE $1) AND ("Order"."note" IS NULL) AND ("Order"."total" BETWEEN $2 AND $3))) OR (((NOT("Order"."status" ILIKE $4)) AND ("Order"."created_at" < $5) AND ("Order"."total" > $6))));
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id"
FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note",
"Order"."created_at", ((("Order"."user_id" = CAST($7 AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS
"cordon 1" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($7 AS "int8"))) AS "Order" WHERE CASE
WHEN ("Order"."cordon 1" IS NOT FALSE) THEN ((("Order"."status" LIKE $1) AND ("Order"."note" IS NULL) AND
("Order"."total" BETWEEN $2 AND $3)) OR ((NOT ("Order"."status" ILIKE $4)) AND ("Order"."created_at" < $5) AND
("Order"."total" > $6))) ELSE FALSE END;

-- Relations by queries of their own.
-- principal: alice policy=orms
SELECT "Item"."id" AS "Item_id", "Item"."product" AS "Item_product", "Item"."price" AS "Item_price", "Item"."quantity" AS "Item_quantity", "Item"."order_id" AS "Item_order_id" FROM "items" "Item" WHERE "Item"."order_id" IN ($1, $2, $3);
-- => allow, claims user
SELECT "Item"."id" AS "Item_id", "Item"."product" AS "Item_product", "Item"."price" AS "Item_price",
"Item"."quantity" AS "Item_quantity", "Item"."order_id" AS "Item_order_id" FROM (SELECT "Item"."id",
"Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity" FROM "public"."items" AS "Item" WHERE
("Item"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($4 AS "int8")))))) AS "Item" WHERE ("Item"."order_id" IN ($1, $2, $3));

-- Relations by queries of their own.
-- principal: alice policy=orms
SELECT "Item"."id" AS "Item_items_id", "Item"."order_id" AS "Order_id" FROM "items" "Item" WHERE "Item"."order_id" IN ($1, $2, $3);
-- => allow, claims user
SELECT "Item"."id" AS "Item_items_id", "Item"."order_id" AS "Order_id" FROM (SELECT "Item"."id", "Item"."order_id",
"Item"."product", "Item"."price", "Item"."quantity" FROM "public"."items" AS "Item" WHERE ("Item"."order_id" = ANY
(ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($4 AS
"int8")))))) AS "Item" WHERE ("Item"."order_id" IN ($1, $2, $3));

-- Rows and how many there are.
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id" FROM "orders" "Order" WHERE (("Order"."status" = $1)) LIMIT 1;
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id"
FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note",
"Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($2 AS "int8"))) AS "Order"
WHERE ("Order"."status" = $1) LIMIT 1;

-- Rows and how many there are.
-- principal: alice policy=orms
SELECT COUNT(1) AS "cnt" FROM "orders" "Order" WHERE (("Order"."status" = $1));
-- => allow, claims user
SELECT "pg_catalog"."count"(1) AS "cnt" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status",
"Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" =
CAST($2 AS "int8"))) AS "Order" WHERE ("Order"."status" = $1);

-- Counts, sums, whether one stands.
-- principal: alice policy=orms
SELECT SUM("Order"."total") AS "SUM" FROM "orders" "Order" WHERE (("Order"."status" = $1));
-- => allow, claims user
SELECT "pg_catalog"."sum"("Order"."total") AS "SUM" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status",
"Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" =
CAST($2 AS "int8"))) AS "Order" WHERE ("Order"."status" = $1);

-- Counts, sums, whether one stands.
-- principal: alice policy=orms
SELECT MAX("Order"."total") AS "MAX" FROM "orders" "Order";
-- => allow
SELECT "pg_catalog"."max"("Order"."total") AS "MAX" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status",
"Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" =
CAST('1' AS "int8"))) AS "Order";

-- Counts, sums, whether one stands.
-- principal: alice policy=orms
SELECT 1 AS "row_exists" FROM (SELECT 1 AS dummy_column) "dummy_table" WHERE EXISTS (SELECT 1 FROM "orders" "Order" WHERE (("Order"."id" = $1))) LIMIT 1;
-- => allow, claims user
SELECT 1 AS "row_exists" FROM (SELECT 1 AS "dummy_column") AS "dummy_table" WHERE EXISTS (SELECT 1 FROM (SELECT
"Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
"public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($2 AS "int8"))) AS "Order" WHERE ("Order"."id" = $1))
LIMIT 1;

-- A query that is built.
-- principal: alice policy=orms
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note", "o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id", "i"."id" AS "i_id", "i"."product" AS "i_product", "i"."price" AS "i_price", "i"."quantity" AS "i_quantity", "i"."order_id" AS "i_order_id", "u"."name" AS "u_name", "u"."id" AS "u_id" FROM "orders" "o" LEFT JOIN "items" "i" ON "i"."order_id"="o"."id" AND ("i"."price" > $1)  INNER JOIN "users" "u" ON "u"."id"="o"."user_id" WHERE "o"."status" = $2 AND ("o"."total" > $3 OR "o"."note" IS NULL) ORDER BY "o"."created_at" DESC NULLS LAST;
-- => allow, claims user
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note",
"o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id", "i"."id" AS "i_id", "i"."product" AS "i_product",
"i"."price" AS "i_price", "i"."quantity" AS "i_quantity", "i"."order_id" AS "i_order_id", "u"."name" AS "u_name",
"u"."id" AS "u_id" FROM (((SELECT "o"."id", "o"."user_id", "o"."status", "o"."total", "o"."note", "o"."created_at"
FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST($4 AS "int8"))) AS "o" LEFT JOIN (SELECT "i"."id",
"i"."order_id", "i"."product", "i"."price", "i"."quantity" FROM "public"."items" AS "i" WHERE ("i"."order_id" = ANY
(ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($4 AS
"int8")))))) AS "i" ON (("i"."order_id" = "o"."id") AND ("i"."price" > $1))) JOIN (SELECT "u"."id", "u"."email",
"u"."name", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash" FROM "public"."users" AS "u" WHERE
("u"."id" = CAST($4 AS "int8"))) AS "u" ON ("u"."id" = "o"."user_id")) WHERE (("o"."status" = $2) AND (("o"."total"
> $3) OR ("o"."note" IS NULL))) ORDER BY "o"."created_at" DESC NULLS LAST;

-- Sums by group.
-- principal: alice policy=orms
SELECT "i"."order_id" AS "order_id", SUM("i"."price" * "i"."quantity") AS "sum", COUNT(*) AS "n" FROM "items" "i" GROUP BY "i"."order_id" HAVING COUNT(*) > $1;
-- => allow, claims user
SELECT "i"."order_id" AS "order_id", "pg_catalog"."sum"(CASE WHEN ("i"."cordon 2" IS NOT FALSE) THEN ("i"."price" *
"i"."quantity") END) AS "sum", "pg_catalog"."count"(*) AS "n" FROM (SELECT "i"."id", "i"."order_id", "i"."product",
"i"."price", "i"."quantity", ((("i"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS "int8"))))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS
"cordon 2" FROM "public"."items" AS "i" WHERE ("i"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "i" GROUP BY "i"."order_id"
HAVING ("pg_catalog"."count"(*) > $1);

-- A sub-query.
-- principal: alice policy=orms
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note", "o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id" FROM "orders" "o" WHERE "o"."id" IN (SELECT "i"."order_id" FROM "items" "i" WHERE "i"."price" > 5);
-- => allow
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note",
"o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id" FROM (SELECT "o"."id", "o"."user_id", "o"."status",
"o"."total", "o"."note", "o"."created_at" FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST('1' AS "int8")))
AS "o" WHERE ("o"."id" IN (SELECT "i"."order_id" FROM (SELECT "i"."id", "i"."order_id", "i"."product", "i"."price",
"i"."quantity" FROM "public"."items" AS "i" WHERE ("i"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "i" WHERE ("i"."price" >
5)));

-- A common table.
-- principal: alice policy=orms
WITH "paid" AS (SELECT "o"."id" AS "id" FROM "orders" "o" WHERE "o"."status" = 'paid') SELECT p.id AS "id" FROM "paid" "p";
-- => allow
WITH "paid" AS (SELECT "o"."id" AS "id" FROM (SELECT "o"."id", "o"."user_id", "o"."status", "o"."total", "o"."note",
"o"."created_at" FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST('1' AS "int8"))) AS "o" WHERE
("o"."status" = 'paid')) SELECT "p"."id" AS "id" FROM "paid" AS "p";

-- Yesterday, by a query that is built.
-- principal: alice policy=orms
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note", "o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id" FROM "orders" "o" AS OF SYSTEM TIME '-1h';
-- => allow
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note",
"o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id" FROM (SELECT "o"."id", "o"."user_id", "o"."status",
"o"."total", "o"."note", "o"."created_at" FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST('1' AS "int8")))
AS "o" AS OF SYSTEM TIME '-1h';

-- Yesterday, as a follower has it.
-- principal: alice policy=orms
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note", "o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id" FROM "orders" "o" AS OF SYSTEM TIME follower_read_timestamp();
-- => allow
SELECT "o"."id" AS "o_id", "o"."status" AS "o_status", "o"."total" AS "o_total", "o"."note" AS "o_note",
"o"."created_at" AS "o_created_at", "o"."user_id" AS "o_user_id" FROM (SELECT "o"."id", "o"."user_id", "o"."status",
"o"."total", "o"."note", "o"."created_at" FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST('1' AS "int8")))
AS "o" AS OF SYSTEM TIME "follower_read_timestamp"();

-- One row is inserted, by save().
-- principal: alice policy=orms
START TRANSACTION;
-- => allow, effect begin
START TRANSACTION;

-- One row is inserted, by save().
-- principal: alice policy=orms
SAVEPOINT cockroach_restart;
-- => allow, effect savepoint
SAVEPOINT "cockroach_restart";

-- One row is inserted, by save().
-- principal: alice policy=orms
INSERT INTO "orders"("id", "status", "total", "note", "created_at", "user_id") VALUES (DEFAULT, $1, $2, DEFAULT, $3, $4) RETURNING "id";
-- => allow, claims user
INSERT INTO "public"."orders" AS "orders" ("status", "total", "created_at", "user_id") VALUES ($1, $2, $3, $4)
RETURNING CASE WHEN CAST(CASE WHEN ("orders"."user_id" = CAST($5 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END
AS "bool") THEN "orders"."id" END AS "id";

-- One row is inserted, by save().
-- principal: alice policy=orms
RELEASE SAVEPOINT cockroach_restart;
-- => allow, effect savepoint
RELEASE SAVEPOINT "cockroach_restart";

-- One row is inserted, by save().
-- principal: alice policy=orms
COMMIT;
-- => allow, effect end
COMMIT;

-- A row and its related rows, by save().
-- principal: alice policy=orms
INSERT INTO "items"("id", "product", "price", "quantity", "order_id") VALUES (DEFAULT, $1, $2, $3, $4) RETURNING "id";
-- => allow, claims user
INSERT INTO "public"."items" AS "items" ("product", "price", "quantity", "order_id") VALUES ($1, $2, $3, $4)
RETURNING CASE WHEN CAST(CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST($5 AS "int8"))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool")
THEN "items"."id" END AS "id";

-- Many rows are inserted.
-- principal: alice policy=orms
INSERT INTO "tags"("id", "name", "user_id") VALUES (DEFAULT, $1, $2), (DEFAULT, $3, $4) RETURNING "id";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("name", "user_id") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8") WHEN
CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5 AS "int8") END), ($3, CASE WHEN
CAST(CASE CAST($4 AS "int8") WHEN CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5
AS "int8") END) RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($5 AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id";

-- A row is changed, by save().
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id" FROM "orders" "Order" WHERE (("Order"."id" = $1)) LIMIT 1;
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id"
FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note",
"Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($2 AS "int8"))) AS "Order"
WHERE ("Order"."id" = $1) LIMIT 1;

-- A row is changed, by save().
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id" FROM "orders" "Order" WHERE "Order"."id" = $1;
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id"
FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note",
"Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($2 AS "int8"))) AS "Order"
WHERE ("Order"."id" = $1);

-- A row is changed, by save().
-- principal: alice policy=orms
UPDATE "orders" SET "status" = $1 WHERE "id" = $2;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."id" = $2));

-- Rows of a relation are changed.
-- principal: alice policy=orms
SELECT DISTINCT "distinctAlias"."Item_id" AS "ids_Item_id" FROM (SELECT "Item"."id" AS "Item_id", "Item"."product" AS "Item_product", "Item"."price" AS "Item_price", "Item"."quantity" AS "Item_quantity", "Item"."order_id" AS "Item_order_id", "Item__Item_tags"."id" AS "Item__Item_tags_id", "Item__Item_tags"."name" AS "Item__Item_tags_name", "Item__Item_tags"."user_id" AS "Item__Item_tags_user_id" FROM "items" "Item" LEFT JOIN "item_tags" "Item_Item__Item_tags" ON "Item_Item__Item_tags"."item_id"="Item"."id" LEFT JOIN "tags" "Item__Item_tags" ON "Item__Item_tags"."id"="Item_Item__Item_tags"."tag_id" WHERE (("Item"."id" = $1))) "distinctAlias" ORDER BY "Item_id" ASC LIMIT 1;
-- => allow, claims user
SELECT DISTINCT "distinctAlias"."Item_id" AS "ids_Item_id" FROM (SELECT "Item"."id" AS "Item_id", "Item"."product"
AS "Item_product", "Item"."price" AS "Item_price", "Item"."quantity" AS "Item_quantity", "Item"."order_id" AS
"Item_order_id", "Item__Item_tags"."id" AS "Item__Item_tags_id", "Item__Item_tags"."name" AS "Item__Item_tags_name",
"Item__Item_tags"."user_id" AS "Item__Item_tags_user_id" FROM (((SELECT "Item"."id", "Item"."order_id",
"Item"."product", "Item"."price", "Item"."quantity" FROM "public"."items" AS "Item" WHERE ("Item"."order_id" = ANY
(ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS
"int8")))))) AS "Item" LEFT JOIN (SELECT "Item_Item__Item_tags"."item_id", "Item_Item__Item_tags"."tag_id" FROM
"public"."item_tags" AS "Item_Item__Item_tags" WHERE ("Item_Item__Item_tags"."item_id" = ANY (ARRAY(SELECT
"cordon 2"."id" FROM "public"."items" AS "cordon 2" WHERE ("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id"
FROM "public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST($2 AS "int8"))))))))) AS
"Item_Item__Item_tags" ON ("Item_Item__Item_tags"."item_id" = "Item"."id")) LEFT JOIN (SELECT
"Item__Item_tags"."id", "Item__Item_tags"."user_id", "Item__Item_tags"."name" FROM "public"."tags" AS
"Item__Item_tags" WHERE ("Item__Item_tags"."user_id" = CAST($2 AS "int8"))) AS "Item__Item_tags" ON
("Item__Item_tags"."id" = "Item_Item__Item_tags"."tag_id")) WHERE ("Item"."id" = $1)) AS "distinctAlias" ORDER BY
"distinctAlias"."Item_id" ASC LIMIT 1;

-- Rows of a relation are changed.
-- principal: alice policy=orms
SELECT "Item"."id" AS "Item_id", "Item"."product" AS "Item_product", "Item"."price" AS "Item_price", "Item"."quantity" AS "Item_quantity", "Item"."order_id" AS "Item_order_id", "Item__Item_tags"."id" AS "Item__Item_tags_id", "Item__Item_tags"."name" AS "Item__Item_tags_name", "Item__Item_tags"."user_id" AS "Item__Item_tags_user_id" FROM "items" "Item" LEFT JOIN "item_tags" "Item_Item__Item_tags" ON "Item_Item__Item_tags"."item_id"="Item"."id" LEFT JOIN "tags" "Item__Item_tags" ON "Item__Item_tags"."id"="Item_Item__Item_tags"."tag_id" WHERE ( (("Item"."id" = $1)) ) AND ( "Item"."id" IN ($2) );
-- => allow, claims user
SELECT "Item"."id" AS "Item_id", "Item"."product" AS "Item_product", "Item"."price" AS "Item_price",
"Item"."quantity" AS "Item_quantity", "Item"."order_id" AS "Item_order_id", "Item__Item_tags"."id" AS
"Item__Item_tags_id", "Item__Item_tags"."name" AS "Item__Item_tags_name", "Item__Item_tags"."user_id" AS
"Item__Item_tags_user_id" FROM (((SELECT "Item"."id", "Item"."order_id", "Item"."product", "Item"."price",
"Item"."quantity" FROM "public"."items" AS "Item" WHERE ("Item"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($3 AS "int8")))))) AS "Item" LEFT JOIN (SELECT
"Item_Item__Item_tags"."item_id", "Item_Item__Item_tags"."tag_id" FROM "public"."item_tags" AS
"Item_Item__Item_tags" WHERE ("Item_Item__Item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."items" AS "cordon 2" WHERE ("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM
"public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST($3 AS "int8"))))))))) AS "Item_Item__Item_tags"
ON ("Item_Item__Item_tags"."item_id" = "Item"."id")) LEFT JOIN (SELECT "Item__Item_tags"."id",
"Item__Item_tags"."user_id", "Item__Item_tags"."name" FROM "public"."tags" AS "Item__Item_tags" WHERE
("Item__Item_tags"."user_id" = CAST($3 AS "int8"))) AS "Item__Item_tags" ON ("Item__Item_tags"."id" =
"Item_Item__Item_tags"."tag_id")) WHERE (("Item"."id" = $1) AND ("Item"."id" IN ($2)));

-- Rows of a relation are changed.
-- principal: alice policy=orms
SELECT "Item"."id" AS "Item_id", "Item"."product" AS "Item_product", "Item"."price" AS "Item_price", "Item"."quantity" AS "Item_quantity", "Item"."order_id" AS "Item_order_id" FROM "items" "Item" WHERE "Item"."id" = $1;
-- => allow, claims user
SELECT "Item"."id" AS "Item_id", "Item"."product" AS "Item_product", "Item"."price" AS "Item_price",
"Item"."quantity" AS "Item_quantity", "Item"."order_id" AS "Item_order_id" FROM (SELECT "Item"."id",
"Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity" FROM "public"."items" AS "Item" WHERE
("Item"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "Item" WHERE ("Item"."id" = $1);

-- Rows of a relation are changed.
-- principal: alice policy=orms
SELECT "Item_tags_rid"."tag_id" AS "tag_id", "Item_tags_rid"."item_id" AS "item_id" FROM "tags" "tags" INNER JOIN "item_tags" "Item_tags_rid" ON ("Item_tags_rid"."item_id" = $1 AND "Item_tags_rid"."tag_id" = "tags"."id") ORDER BY "Item_tags_rid"."tag_id" ASC, "Item_tags_rid"."item_id" ASC;
-- => allow, claims user
SELECT "Item_tags_rid"."tag_id" AS "tag_id", "Item_tags_rid"."item_id" AS "item_id" FROM ((SELECT "tags"."id",
"tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST($2 AS "int8"))) AS
"tags" JOIN (SELECT "Item_tags_rid"."item_id", "Item_tags_rid"."tag_id" FROM "public"."item_tags" AS "Item_tags_rid"
WHERE ("Item_tags_rid"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."items" AS "cordon 1" WHERE
("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST($2 AS "int8"))))))))) AS "Item_tags_rid" ON (("Item_tags_rid"."item_id" = $1) AND
("Item_tags_rid"."tag_id" = "tags"."id"))) ORDER BY "Item_tags_rid"."tag_id" ASC, "Item_tags_rid"."item_id" ASC;

-- Rows of a relation are changed.
-- principal: alice policy=orms
DELETE FROM "item_tags" WHERE ("item_id" = $1 AND "tag_id" = $2);
-- => allow, claims user
DELETE FROM "public"."item_tags" AS "item_tags" WHERE (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 3"."id"
FROM "public"."items" AS "cordon 3" WHERE ("cordon 3"."order_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM
"public"."orders" AS "cordon 4" WHERE ("cordon 4"."user_id" = CAST($3 AS "int8")))))))) AND ("item_tags"."item_id" =
$1) AND ("item_tags"."tag_id" = $2));

-- Rows of a relation are changed.
-- principal: alice policy=orms
INSERT INTO "item_tags"("item_id", "tag_id") VALUES ($1, $2);
-- => allow, rows dropped, claims user
INSERT INTO "public"."item_tags" AS "item_tags" ("item_id", "tag_id") VALUES ((SELECT CASE WHEN CAST(CASE WHEN
("cordon 1"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."items" AS "cordon 2" WHERE
("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE
("cordon 3"."user_id" = CAST($3 AS "int8")))))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"cordon 1"."item_id" END FROM (SELECT CAST($1 AS "int8") AS "item_id") AS "cordon 1"), (SELECT CASE WHEN CAST(CASE
WHEN (("cordon 4"."tag_id" IS NULL) OR EXISTS (SELECT 1 FROM "public"."tags" AS "cordon 5" WHERE (("cordon 5"."id" =
"cordon 4"."tag_id") AND ("cordon 5"."user_id" = CAST($3 AS "int8"))))) THEN 'true' ELSE 'cordon:new-row' END AS
"bool") THEN "cordon 4"."tag_id" END FROM (SELECT CAST($2 AS "int8") AS "tag_id") AS "cordon 4")) RETURNING CASE
WHEN CAST(CASE WHEN (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 6"."id" FROM "public"."items" AS "cordon 6"
WHERE ("cordon 6"."order_id" = ANY (ARRAY(SELECT "cordon 7"."id" FROM "public"."orders" AS "cordon 7" WHERE
("cordon 7"."user_id" = CAST($3 AS "int8")))))))) AND (("item_tags"."tag_id" IS NULL) OR EXISTS (SELECT 1 FROM
"public"."tags" AS "cordon 8" WHERE (("cordon 8"."id" = "item_tags"."tag_id") AND ("cordon 8"."user_id" = CAST($3 AS
"int8")))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Insert or overwrite.
-- principal: alice policy=orms
INSERT INTO "tags"("id", "name", "user_id") VALUES ($1, $2, $3) ON CONFLICT ( "id" ) DO UPDATE SET "id" = EXCLUDED."id", "name" = EXCLUDED."name", "user_id" = EXCLUDED."user_id" RETURNING "id";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES ($1, $2, CASE WHEN CAST(CASE CAST($3 AS
"int8") WHEN CAST($4 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($4 AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "user_id" = "excluded"."user_id" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($4 AS "int8")) AND
("tags"."user_id" = CAST($4 AS "int8")) AND (("tags"."user_id" IS NULL) OR EXISTS (SELECT 1 FROM "public"."users" AS
"cordon 1" WHERE (("cordon 1"."id" = "tags"."user_id") AND ("cordon 1"."id" = CAST($4 AS "int8")))))) THEN 'true'
ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id";

-- Insert or overwrite, by CockroachDB's word.
-- principal: alice policy=orms
UPSERT INTO "tags"("id", "name", "user_id") VALUES ($1, $2, $3) RETURNING "id";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES ($1, $2, CASE WHEN CAST(CASE CAST($3 AS
"int8") WHEN CAST($4 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($4 AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "user_id" = "excluded"."user_id" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($4 AS "int8")) AND
("tags"."user_id" = CAST($4 AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS
"id";

-- A conflict is ignored.
-- principal: alice policy=orms
INSERT INTO "tags" AS "Tag"("id", "name", "user_id") VALUES (DEFAULT, $1, $2) ON CONFLICT DO NOTHING  RETURNING "id";
-- => allow, claims user
INSERT INTO "public"."tags" AS "Tag" ("name", "user_id") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END) ON CONFLICT
("user_id", "name") DO UPDATE SET "user_id" = "Tag"."user_id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" =
CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("Tag"."user_id" =
CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN ("Tag"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "Tag"."id" END AS
"id";

-- Rows are changed.
-- principal: alice policy=orms
UPDATE "orders" SET "status" = $1 WHERE "id" IN ($2, $3);
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($4 AS "int8")) AND
("orders"."id" IN ($2, $3)));

-- A number is raised.
-- principal: alice policy=orms
UPDATE "items" SET "quantity" = "quantity" + 2 WHERE "id" = $1;
-- => allow, claims user
UPDATE "public"."items" AS "items" SET "quantity" = CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS "int8"))))) THEN
("items"."quantity" + 2) END WHERE (("items"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders"
AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST($2 AS "int8"))))) AND ("items"."id" = $1));

-- Rows are changed by a query that is built.
-- principal: alice policy=orms
UPDATE "orders" SET "status" = "status" || '!' WHERE "id" = $1 RETURNING "id", "status";
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = CASE WHEN ("orders"."user_id" = CAST($2 AS "int8")) THEN
("orders"."status" || '!') END WHERE (("orders"."user_id" = CAST($2 AS "int8")) AND ("orders"."id" = $1)) RETURNING
"orders"."id" AS "id", "orders"."status" AS "status";

-- Rows are deleted.
-- principal: alice policy=orms
DELETE FROM "tags" WHERE "name" = $1;
-- => allow, claims user
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST($2 AS "int8")) AND ("tags"."name" = $1));

-- A row is deleted, by remove().
-- principal: alice policy=orms
SELECT "Tag"."id" AS "Tag_id", "Tag"."name" AS "Tag_name", "Tag"."user_id" AS "Tag_user_id" FROM "tags" "Tag" WHERE (("Tag"."name" = $1)) LIMIT 1;
-- => allow, claims user
SELECT "Tag"."id" AS "Tag_id", "Tag"."name" AS "Tag_name", "Tag"."user_id" AS "Tag_user_id" FROM (SELECT "Tag"."id",
"Tag"."user_id", "Tag"."name" FROM "public"."tags" AS "Tag" WHERE ("Tag"."user_id" = CAST($2 AS "int8"))) AS "Tag"
WHERE ("Tag"."name" = $1) LIMIT 1;

-- A row is deleted, by remove().
-- principal: alice policy=orms
SELECT "Tag"."id" AS "Tag_id", "Tag"."name" AS "Tag_name", "Tag"."user_id" AS "Tag_user_id" FROM "tags" "Tag" WHERE "Tag"."id" = $1;
-- => allow, claims user
SELECT "Tag"."id" AS "Tag_id", "Tag"."name" AS "Tag_name", "Tag"."user_id" AS "Tag_user_id" FROM (SELECT "Tag"."id",
"Tag"."user_id", "Tag"."name" FROM "public"."tags" AS "Tag" WHERE ("Tag"."user_id" = CAST($2 AS "int8"))) AS "Tag"
WHERE ("Tag"."id" = $1);

-- A row is deleted, by remove().
-- principal: alice policy=orms
DELETE FROM "tags" WHERE "id" = $1;
-- => allow, claims user
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST($2 AS "int8")) AND ("tags"."id" = $1));

-- A transaction, with one inside.
-- principal: alice policy=orms
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total", "Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id" FROM "orders" "Order" WHERE (("Order"."id" = $1)) LIMIT 1 FOR UPDATE;
-- => allow, claims user
SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order"."total" AS "Order_total",
"Order"."note" AS "Order_note", "Order"."created_at" AS "Order_created_at", "Order"."user_id" AS "Order_user_id"
FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note",
"Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST($2 AS "int8"))) AS "Order"
WHERE ("Order"."id" = $1) LIMIT 1 FOR UPDATE;

-- A transaction, with one inside.
-- principal: alice policy=orms
SAVEPOINT typeorm_1;
-- => allow, effect savepoint
SAVEPOINT "typeorm_1";

-- A transaction, with one inside.
-- principal: alice policy=orms
INSERT INTO "tags"("id", "name", "user_id") VALUES (DEFAULT, $1, $2) RETURNING "id";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("name", "user_id") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END) RETURNING CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"tags"."id" END AS "id";

-- A transaction, with one inside.
-- principal: alice policy=orms
RELEASE SAVEPOINT typeorm_1;
-- => allow, effect savepoint
RELEASE SAVEPOINT "typeorm_1";

-- A transaction of a level.
-- principal: alice policy=orms
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
-- => allow
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

-- A transaction of a level.
-- principal: alice policy=orms
ROLLBACK;
-- => allow, effect end
ROLLBACK;

-- SQL of the program itself.
-- principal: alice policy=orms
SELECT id FROM orders WHERE status = $1;
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."status" = $1);

-- A table is dropped.
-- principal: migrator policy=orms
DROP TABLE "carts";
-- => allow
DROP TABLE "carts";
