-- Sequelize 6.37.8 with sequelize-cockroachdb 6.0.5, as its programs in test/orms-cockroachdb send it.

-- The connection is made.
-- principal: alice policy=orms
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;
-- => allow
SET "client_min_messages" = 'warning'; SET TIME ZONE INTERVAL '+00:00' hour to minute;

-- The connection is made.
-- principal: alice policy=orms
WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'));
-- => allow
WITH "ranges" AS (SELECT "pg_range"."rngtypid", "pg_type"."typname" AS "rngtypname", "pg_type"."typarray" AS
"rngtyparray", "pg_range"."rngsubtype" FROM ((SELECT "pg_range"."rngtypid", "pg_range"."rngsubtype",
"pg_range"."rngmultitypid", "pg_range"."rngcollation", "pg_range"."rngsubopc", CAST("pg_range"."rngcanonical" AS
"oid") AS "rngcanonical", CAST("pg_range"."rngsubdiff" AS "oid") AS "rngsubdiff" FROM "pg_catalog"."pg_range" AS
"pg_range" WHERE ((("pg_range"."rngtypid" >= 4294000000) OR ("pg_range"."rngtypid" < 16384)) OR
("pg_range"."rngtypid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460)))) AS "pg_range"
LEFT JOIN (SELECT "pg_type"."oid", "pg_type"."typname", "pg_type"."typnamespace", CASE WHEN FALSE THEN
"pg_type"."typowner" END AS "typowner", "pg_type"."typlen", "pg_type"."typbyval", "pg_type"."typtype",
"pg_type"."typcategory", "pg_type"."typispreferred", "pg_type"."typisdefined", "pg_type"."typdelim",
"pg_type"."typrelid", CAST("pg_type"."typsubscript" AS "oid") AS "typsubscript", "pg_type"."typelem",
"pg_type"."typarray", CAST("pg_type"."typinput" AS "oid") AS "typinput", CAST("pg_type"."typoutput" AS "oid") AS
"typoutput", CAST("pg_type"."typreceive" AS "oid") AS "typreceive", CAST("pg_type"."typsend" AS "oid") AS "typsend",
CAST("pg_type"."typmodin" AS "oid") AS "typmodin", CAST("pg_type"."typmodout" AS "oid") AS "typmodout",
CAST("pg_type"."typanalyze" AS "oid") AS "typanalyze", "pg_type"."typalign", "pg_type"."typstorage",
"pg_type"."typnotnull", "pg_type"."typbasetype", "pg_type"."typtypmod", "pg_type"."typndims",
"pg_type"."typcollation", CASE WHEN FALSE THEN "pg_type"."typdefaultbin" END AS "typdefaultbin", CASE WHEN FALSE
THEN "pg_type"."typdefault" END AS "typdefault", CAST(CASE WHEN FALSE THEN "pg_type"."typacl" END AS "_text") AS
"typacl" FROM "pg_catalog"."pg_type" AS "pg_type" WHERE ((("pg_type"."oid" >= 4294000000) OR ("pg_type"."oid" <
16384)) OR ("pg_type"."oid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460)))) AS
"pg_type" ON ("pg_type"."oid" = "pg_range"."rngtypid"))) SELECT "pg_type"."typname", "pg_type"."typtype",
"pg_type"."oid", "pg_type"."typarray", "ranges"."rngtypname", "ranges"."rngtypid", "ranges"."rngtyparray" FROM
((SELECT "pg_type"."oid", "pg_type"."typname", "pg_type"."typnamespace", CASE WHEN FALSE THEN "pg_type"."typowner"
END AS "typowner", "pg_type"."typlen", "pg_type"."typbyval", "pg_type"."typtype", "pg_type"."typcategory",
"pg_type"."typispreferred", "pg_type"."typisdefined", "pg_type"."typdelim", "pg_type"."typrelid",
CAST("pg_type"."typsubscript" AS "oid") AS "typsubscript", "pg_type"."typelem", "pg_type"."typarray",
CAST("pg_type"."typinput" AS "oid") AS "typinput", CAST("pg_type"."typoutput" AS "oid") AS "typoutput",
CAST("pg_type"."typreceive" AS "oid") AS "typreceive", CAST("pg_type"."typsend" AS "oid") AS "typsend",
CAST("pg_type"."typmodin" AS "oid") AS "typmodin", CAST("pg_type"."typmodout" AS "oid") AS "typmodout",
CAST("pg_type"."typanalyze" AS "oid") AS "typanalyze", "pg_type"."typalign", "pg_type"."typstorage",
"pg_type"."typnotnull", "pg_type"."typbasetype", "pg_type"."typtypmod", "pg_type"."typndims",
"pg_type"."typcollation", CASE WHEN FALSE THEN "pg_type"."typdefaultbin" END AS "typdefaultbin", CASE WHEN FALSE
THEN "pg_type"."typdefault" END AS "typdefault", CAST(CASE WHEN FALSE THEN "pg_type"."typacl" END AS "_text") AS
"typacl", ((((("pg_type"."oid" >= 4294000000) OR ("pg_type"."oid" < 16384)) OR ("pg_type"."oid" IN (16386, 16387,
16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1"
FROM "pg_catalog"."pg_type" AS "pg_type" WHERE ((("pg_type"."oid" >= 4294000000) OR ("pg_type"."oid" < 16384)) OR
("pg_type"."oid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460)))) AS "pg_type" LEFT JOIN
"ranges" ON ("pg_type"."oid" = "ranges"."rngsubtype")) WHERE CASE WHEN ("pg_type"."cordon 1" IS NOT FALSE) THEN
("pg_type"."typtype" IN ('b', 'e')) ELSE FALSE END;

-- The connection is made.
-- principal: alice policy=orms
SELECT version() AS version;
-- => allow
SELECT "pg_catalog"."version"() AS "version";

-- The connection is made.
-- principal: alice policy=orms
SELECT 1+1 AS result;
-- => allow
SELECT (1 + 1) AS "result";

-- The connection is made.
-- principal: alice policy=orms
SELECT crdb_internal.increment_feature_counter(concat('Sequelize ', '6.37'));
-- => allow
SELECT "crdb_internal"."increment_feature_counter"("pg_catalog"."concat"('Sequelize ', '6.37'));

-- A table is made.
-- principal: migrator policy=orms
DROP TABLE IF EXISTS "carts" CASCADE;
-- => allow
DROP TABLE IF EXISTS "carts" CASCADE;

-- A table is made.
-- principal: migrator policy=orms
CREATE TABLE IF NOT EXISTS "carts" ("id"  BIGSERIAL , "name" VARCHAR(80) DEFAULT 'new', "content" JSONB, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY ("id"));
-- => allow
CREATE TABLE IF NOT EXISTS "carts" ("id" BIGSERIAL , "name" VARCHAR(80) DEFAULT 'new', "content" JSONB, "createdAt"
TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY ("id"));

-- A table is made.
-- principal: alice policy=orms
SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'carts' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname;
-- => allow
SELECT "i"."relname" AS "name", "ix"."indisprimary" AS "primary", "ix"."indisunique" AS "unique", "ix"."indkey" AS
"indkey", "pg_catalog"."array_agg"("a"."attnum") AS "column_indexes", "pg_catalog"."array_agg"("a"."attname") AS
"column_names", CASE WHEN "pg_catalog"."bool_and"(("ix"."cordon 2" IS NOT FALSE)) THEN
"pg_catalog"."pg_get_indexdef"("ix"."indexrelid") END AS "definition" FROM (SELECT "t"."oid", "t"."relname",
"t"."relnamespace", "t"."reltype", "t"."reloftype", CASE WHEN FALSE THEN "t"."relowner" END AS "relowner",
"t"."relam", CASE WHEN FALSE THEN "t"."relfilenode" END AS "relfilenode", "t"."reltablespace", CASE WHEN FALSE THEN
"t"."relpages" END AS "relpages", CASE WHEN FALSE THEN "t"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN
"t"."relallvisible" END AS "relallvisible", CASE WHEN FALSE THEN "t"."relallfrozen" END AS "relallfrozen", CASE WHEN
FALSE THEN "t"."reltoastrelid" END AS "reltoastrelid", "t"."relhasindex", "t"."relisshared", "t"."relpersistence",
"t"."relkind", "t"."relnatts", "t"."relchecks", "t"."relhasrules", "t"."relhastriggers", "t"."relhassubclass",
"t"."relrowsecurity", "t"."relforcerowsecurity", "t"."relispopulated", "t"."relreplident", "t"."relispartition",
CASE WHEN FALSE THEN "t"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "t"."relfrozenxid" END AS
"relfrozenxid", CASE WHEN FALSE THEN "t"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "t"."relacl"
END AS "_text") AS "relacl", CASE WHEN FALSE THEN "t"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN
"t"."relpartbound" END AS "relpartbound", ((((("t"."oid" >= 4294000000) OR ("t"."oid" < 16384)) OR ("t"."oid" IN
(16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_class" AS "t" WHERE ((("t"."oid" >= 4294000000)
OR ("t"."oid" < 16384)) OR ("t"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463)))) AS "t", (SELECT "i"."oid", "i"."relname", "i"."relnamespace", "i"."reltype",
"i"."reloftype", CASE WHEN FALSE THEN "i"."relowner" END AS "relowner", "i"."relam", CASE WHEN FALSE THEN
"i"."relfilenode" END AS "relfilenode", "i"."reltablespace", CASE WHEN FALSE THEN "i"."relpages" END AS "relpages",
CASE WHEN FALSE THEN "i"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "i"."relallvisible" END AS
"relallvisible", CASE WHEN FALSE THEN "i"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"i"."reltoastrelid" END AS "reltoastrelid", "i"."relhasindex", "i"."relisshared", "i"."relpersistence",
"i"."relkind", "i"."relnatts", "i"."relchecks", "i"."relhasrules", "i"."relhastriggers", "i"."relhassubclass",
"i"."relrowsecurity", "i"."relforcerowsecurity", "i"."relispopulated", "i"."relreplident", "i"."relispartition",
CASE WHEN FALSE THEN "i"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "i"."relfrozenxid" END AS
"relfrozenxid", CASE WHEN FALSE THEN "i"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "i"."relacl"
END AS "_text") AS "relacl", CASE WHEN FALSE THEN "i"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN
"i"."relpartbound" END AS "relpartbound" FROM "pg_catalog"."pg_class" AS "i" WHERE ((("i"."oid" >= 4294000000) OR
("i"."oid" < 16384)) OR ("i"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449,
16451, 16463)))) AS "i", (SELECT "ix"."indexrelid", "ix"."indrelid", "ix"."indnatts", "ix"."indnkeyatts",
"ix"."indisunique", "ix"."indnullsnotdistinct", "ix"."indisprimary", "ix"."indisexclusion", "ix"."indimmediate",
"ix"."indisclustered", "ix"."indisvalid", CASE WHEN FALSE THEN "ix"."indcheckxmin" END AS "indcheckxmin",
"ix"."indisready", "ix"."indislive", "ix"."indisreplident", "ix"."indkey", "ix"."indcollation", "ix"."indclass",
"ix"."indoption", CASE WHEN FALSE THEN "ix"."indexprs" END AS "indexprs", CASE WHEN FALSE THEN "ix"."indpred" END AS
"indpred", ((((("ix"."indexrelid" >= 4294000000) OR ("ix"."indexrelid" < 16384)) OR ("ix"."indexrelid" IN (16395,
16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM
"pg_catalog"."pg_index" AS "ix" WHERE ((("ix"."indexrelid" >= 4294000000) OR ("ix"."indexrelid" < 16384)) OR
("ix"."indexrelid" IN (16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "ix", (SELECT "a"."attrelid",
"a"."attname", "a"."atttypid", "a"."attlen", "a"."attnum", "a"."atttypmod", "a"."attndims", "a"."attbyval",
"a"."attalign", "a"."attstorage", "a"."attcompression", "a"."attnotnull", "a"."atthasdef", CASE WHEN FALSE THEN
"a"."atthasmissing" END AS "atthasmissing", "a"."attidentity", "a"."attgenerated", "a"."attisdropped",
"a"."attislocal", "a"."attinhcount", "a"."attcollation", CASE WHEN FALSE THEN "a"."attstattarget" END AS
"attstattarget", CAST(CASE WHEN FALSE THEN "a"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN
"a"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN "a"."attfdwoptions" END AS "attfdwoptions", CASE WHEN
FALSE THEN "a"."attmissingval" END AS "attmissingval" FROM "pg_catalog"."pg_attribute" AS "a" WHERE
((("a"."attrelid" >= 4294000000) OR ("a"."attrelid" < 16384)) OR ("a"."attrelid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "a" WHERE (("t"."oid" = "ix"."indrelid") AND
("i"."oid" = "ix"."indexrelid") AND ("a"."attrelid" = "t"."oid") AND CASE WHEN ("t"."cordon 1" IS NOT FALSE) THEN
("t"."relkind" = 'r') ELSE FALSE END AND ("t"."relname" = 'carts')) GROUP BY "i"."relname", "ix"."indexrelid",
"ix"."indisprimary", "ix"."indisunique", "ix"."indkey" ORDER BY "i"."relname";

-- A column is added, an index is made.
-- principal: migrator policy=orms
ALTER TABLE "public"."carts" ADD COLUMN "comment" TEXT;
-- => allow
ALTER TABLE "public"."carts" ADD COLUMN "comment" TEXT;

-- A column is added, an index is made.
-- principal: migrator policy=orms
CREATE INDEX "carts_name" ON "carts" ("name");
-- => allow
CREATE INDEX "carts_name" ON "carts" ("name");

-- A table is described.
-- principal: alice policy=orms
SELECT pk.constraint_type as "Constraint",c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || CAST(c.character_maximum_length AS STRING) || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder ASC) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_class AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.oid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE  cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'orders' AND c.table_schema = 'public';
-- => allow
SELECT "pk"."constraint_type" AS "Constraint", "c"."column_name" AS "Field", "c"."column_default" AS "Default",
"c"."is_nullable" AS "Null", CASE WHEN ("c"."cordon 3" IS NOT FALSE) THEN (CASE WHEN ("c"."udt_name" = 'hstore')
THEN "c"."udt_name" ELSE "c"."data_type" END || CASE WHEN ("c"."character_maximum_length" IS NOT NULL) THEN (('(' ||
CAST("c"."character_maximum_length" AS "text")) || ')') ELSE '' END) END AS "Type", CASE WHEN ("c"."cordon 3" IS NOT
FALSE) THEN (SELECT "pg_catalog"."array_agg"("e"."enumlabel" ORDER BY "e"."enumsortorder" ASC) FROM ((SELECT
"t"."oid", "t"."typname", "t"."typnamespace", CASE WHEN FALSE THEN "t"."typowner" END AS "typowner", "t"."typlen",
"t"."typbyval", "t"."typtype", "t"."typcategory", "t"."typispreferred", "t"."typisdefined", "t"."typdelim",
"t"."typrelid", CAST("t"."typsubscript" AS "oid") AS "typsubscript", "t"."typelem", "t"."typarray",
CAST("t"."typinput" AS "oid") AS "typinput", CAST("t"."typoutput" AS "oid") AS "typoutput", CAST("t"."typreceive" AS
"oid") AS "typreceive", CAST("t"."typsend" AS "oid") AS "typsend", CAST("t"."typmodin" AS "oid") AS "typmodin",
CAST("t"."typmodout" AS "oid") AS "typmodout", CAST("t"."typanalyze" AS "oid") AS "typanalyze", "t"."typalign",
"t"."typstorage", "t"."typnotnull", "t"."typbasetype", "t"."typtypmod", "t"."typndims", "t"."typcollation", CASE
WHEN FALSE THEN "t"."typdefaultbin" END AS "typdefaultbin", CASE WHEN FALSE THEN "t"."typdefault" END AS
"typdefault", CAST(CASE WHEN FALSE THEN "t"."typacl" END AS "_text") AS "typacl", ((((("t"."oid" >= 4294000000) OR
("t"."oid" < 16384)) OR ("t"."oid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460))) IS
TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 5" FROM "pg_catalog"."pg_type" AS "t" WHERE ((("t"."oid" >=
4294000000) OR ("t"."oid" < 16384)) OR ("t"."oid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459,
16460)))) AS "t" JOIN (SELECT "e"."oid", "e"."enumtypid", "e"."enumsortorder", "e"."enumlabel" FROM
"pg_catalog"."pg_enum" AS "e" WHERE ((("e"."enumtypid" >= 4294000000) OR ("e"."enumtypid" < 16384)) OR
("e"."enumtypid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460)))) AS "e" ON ("t"."oid" =
"e"."enumtypid")) WHERE CASE WHEN (("c"."cordon 3" IS NOT FALSE) AND ("t"."cordon 5" IS NOT FALSE)) THEN
("t"."typname" = "c"."udt_name") ELSE FALSE END) END AS "special", CASE WHEN ("c"."cordon 3" IS NOT FALSE) THEN
(SELECT "pgd"."description" FROM ((SELECT "st"."oid", "st"."relname", "st"."relnamespace", "st"."reltype",
"st"."reloftype", CASE WHEN FALSE THEN "st"."relowner" END AS "relowner", "st"."relam", CASE WHEN FALSE THEN
"st"."relfilenode" END AS "relfilenode", "st"."reltablespace", CASE WHEN FALSE THEN "st"."relpages" END AS
"relpages", CASE WHEN FALSE THEN "st"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "st"."relallvisible" END
AS "relallvisible", CASE WHEN FALSE THEN "st"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"st"."reltoastrelid" END AS "reltoastrelid", "st"."relhasindex", "st"."relisshared", "st"."relpersistence",
"st"."relkind", "st"."relnatts", "st"."relchecks", "st"."relhasrules", "st"."relhastriggers", "st"."relhassubclass",
"st"."relrowsecurity", "st"."relforcerowsecurity", "st"."relispopulated", "st"."relreplident",
"st"."relispartition", CASE WHEN FALSE THEN "st"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"st"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "st"."relminmxid" END AS "relminmxid", CAST(CASE
WHEN FALSE THEN "st"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN "st"."reloptions" END AS
"reloptions", CASE WHEN FALSE THEN "st"."relpartbound" END AS "relpartbound", ((((("st"."oid" >= 4294000000) OR
("st"."oid" < 16384)) OR ("st"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 7" FROM "pg_catalog"."pg_class" AS
"st" WHERE ((("st"."oid" >= 4294000000) OR ("st"."oid" < 16384)) OR ("st"."oid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "st" JOIN (SELECT "pgd"."objoid",
"pgd"."classoid", "pgd"."objsubid", "pgd"."description", ((((("pgd"."objoid" >= 4294000000) OR ("pgd"."objoid" <
16384)) OR (("pgd"."classoid" = 1259) AND ("pgd"."objsubid" = 0) AND ("pgd"."objoid" IN (16385, 16400, 16422, 16441,
16458)))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 6" FROM "pg_catalog"."pg_description" AS "pgd"
WHERE ((("pgd"."objoid" >= 4294000000) OR ("pgd"."objoid" < 16384)) OR (("pgd"."classoid" = 1259) AND
("pgd"."objsubid" = 0) AND ("pgd"."objoid" IN (16385, 16400, 16422, 16441, 16458))))) AS "pgd" ON ("pgd"."objoid" =
"st"."oid")) WHERE (CASE WHEN (("pgd"."cordon 6" IS NOT FALSE) AND ("c"."cordon 3" IS NOT FALSE)) THEN
("c"."ordinal_position" = "pgd"."objsubid") ELSE FALSE END AND CASE WHEN (("st"."cordon 7" IS NOT FALSE) AND
("c"."cordon 3" IS NOT FALSE)) THEN ("c"."table_name" = "st"."relname") ELSE FALSE END)) END AS "Comment" FROM
((SELECT "c"."table_catalog", "c"."table_schema", "c"."table_name", "c"."column_name", "c"."ordinal_position", CASE
WHEN FALSE THEN "c"."column_default" END AS "column_default", "c"."is_nullable", "c"."data_type",
"c"."character_maximum_length", "c"."character_octet_length", "c"."numeric_precision",
"c"."numeric_precision_radix", "c"."numeric_scale", "c"."datetime_precision", "c"."interval_type",
"c"."interval_precision", "c"."character_set_catalog", "c"."character_set_schema", "c"."character_set_name",
"c"."collation_catalog", "c"."collation_schema", "c"."collation_name", "c"."domain_catalog", "c"."domain_schema",
"c"."domain_name", "c"."udt_catalog", "c"."udt_schema", "c"."udt_name", "c"."scope_catalog", "c"."scope_schema",
"c"."scope_name", "c"."maximum_cardinality", "c"."dtd_identifier", "c"."is_self_referencing", "c"."is_identity",
"c"."identity_generation", "c"."identity_start", "c"."identity_increment", "c"."identity_maximum",
"c"."identity_minimum", "c"."identity_cycle", "c"."is_generated", CASE WHEN FALSE THEN "c"."generation_expression"
END AS "generation_expression", "c"."is_updatable", "c"."is_hidden", "c"."crdb_sql_type", CASE WHEN FALSE THEN
"c"."column_comment" END AS "column_comment", (((("c"."table_schema" IN ('pg_catalog', 'information_schema')) OR
(("c"."table_schema" = 'public') AND ("c"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags')))) IS
TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "information_schema"."columns" AS "c" WHERE
(("c"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("c"."table_schema" = 'public') AND
("c"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags'))))) AS "c" LEFT JOIN (SELECT
"tc"."table_schema", "tc"."table_name", "cu"."column_name", "tc"."constraint_type", (("tc"."cordon 2" IS NOT FALSE)
AND ("cu"."cordon 1" IS NOT FALSE)) AS "cordon 4" FROM ((SELECT "tc"."constraint_catalog", "tc"."constraint_schema",
"tc"."constraint_name", "tc"."table_catalog", "tc"."table_schema", "tc"."table_name", "tc"."constraint_type",
"tc"."is_deferrable", "tc"."initially_deferred", "tc"."enforced", "tc"."nulls_distinct", ((((("tc"."table_schema" IN
('pg_catalog', 'information_schema')) OR (("tc"."table_schema" = 'public') AND ("tc"."table_name" IN ('users',
'orders', 'items', 'tags', 'item_tags')))) AND ((("tc"."constraint_schema" = 'public') AND ("tc"."constraint_name"
IN ('users_id_not_null', 'users_email_not_null', 'users_name_not_null', 'users_password_hash_not_null',
'users_pkey', 'users_email_key', 'orders_id_not_null', 'orders_user_id_not_null', 'orders_status_not_null',
'orders_total_not_null', 'orders_created_at_not_null', 'orders_pkey', 'orders_user_id_fkey', 'items_id_not_null',
'items_order_id_not_null', 'items_product_not_null', 'items_price_not_null', 'items_quantity_not_null',
'items_pkey', 'items_order_id_fkey', 'tags_id_not_null', 'tags_user_id_not_null', 'tags_name_not_null', 'tags_pkey',
'tags_user_id_name_key', 'tags_user_id_fkey', 'item_tags_item_id_not_null', 'item_tags_tag_id_not_null',
'item_tags_pkey', 'item_tags_item_id_fkey', 'item_tags_tag_id_fkey'))) OR FALSE)) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "information_schema"."table_constraints" AS "tc" WHERE
((("tc"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("tc"."table_schema" = 'public') AND
("tc"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags')))) AND ((("tc"."constraint_schema" =
'public') AND ("tc"."constraint_name" IN ('users_id_not_null', 'users_email_not_null', 'users_name_not_null',
'users_password_hash_not_null', 'users_pkey', 'users_email_key', 'orders_id_not_null', 'orders_user_id_not_null',
'orders_status_not_null', 'orders_total_not_null', 'orders_created_at_not_null', 'orders_pkey',
'orders_user_id_fkey', 'items_id_not_null', 'items_order_id_not_null', 'items_product_not_null',
'items_price_not_null', 'items_quantity_not_null', 'items_pkey', 'items_order_id_fkey', 'tags_id_not_null',
'tags_user_id_not_null', 'tags_name_not_null', 'tags_pkey', 'tags_user_id_name_key', 'tags_user_id_fkey',
'item_tags_item_id_not_null', 'item_tags_tag_id_not_null', 'item_tags_pkey', 'item_tags_item_id_fkey',
'item_tags_tag_id_fkey'))) OR FALSE))) AS "tc" JOIN (SELECT "cu"."constraint_catalog", "cu"."constraint_schema",
"cu"."constraint_name", "cu"."table_catalog", "cu"."table_schema", "cu"."table_name", "cu"."column_name",
"cu"."ordinal_position", "cu"."position_in_unique_constraint", ((((("cu"."table_schema" IN ('pg_catalog',
'information_schema')) OR (("cu"."table_schema" = 'public') AND ("cu"."table_name" IN ('users', 'orders', 'items',
'tags', 'item_tags')))) AND ((("cu"."constraint_schema" = 'public') AND ("cu"."constraint_name" IN
('users_id_not_null', 'users_email_not_null', 'users_name_not_null', 'users_password_hash_not_null', 'users_pkey',
'users_email_key', 'orders_id_not_null', 'orders_user_id_not_null', 'orders_status_not_null',
'orders_total_not_null', 'orders_created_at_not_null', 'orders_pkey', 'orders_user_id_fkey', 'items_id_not_null',
'items_order_id_not_null', 'items_product_not_null', 'items_price_not_null', 'items_quantity_not_null',
'items_pkey', 'items_order_id_fkey', 'tags_id_not_null', 'tags_user_id_not_null', 'tags_name_not_null', 'tags_pkey',
'tags_user_id_name_key', 'tags_user_id_fkey', 'item_tags_item_id_not_null', 'item_tags_tag_id_not_null',
'item_tags_pkey', 'item_tags_item_id_fkey', 'item_tags_tag_id_fkey'))) OR FALSE)) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "information_schema"."key_column_usage" AS "cu" WHERE
((("cu"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("cu"."table_schema" = 'public') AND
("cu"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags')))) AND ((("cu"."constraint_schema" =
'public') AND ("cu"."constraint_name" IN ('users_id_not_null', 'users_email_not_null', 'users_name_not_null',
'users_password_hash_not_null', 'users_pkey', 'users_email_key', 'orders_id_not_null', 'orders_user_id_not_null',
'orders_status_not_null', 'orders_total_not_null', 'orders_created_at_not_null', 'orders_pkey',
'orders_user_id_fkey', 'items_id_not_null', 'items_order_id_not_null', 'items_product_not_null',
'items_price_not_null', 'items_quantity_not_null', 'items_pkey', 'items_order_id_fkey', 'tags_id_not_null',
'tags_user_id_not_null', 'tags_name_not_null', 'tags_pkey', 'tags_user_id_name_key', 'tags_user_id_fkey',
'item_tags_item_id_not_null', 'item_tags_tag_id_not_null', 'item_tags_pkey', 'item_tags_item_id_fkey',
'item_tags_tag_id_fkey'))) OR FALSE))) AS "cu" ON (CASE WHEN (("cu"."cordon 1" IS NOT FALSE) AND ("tc"."cordon 2" IS
NOT FALSE)) THEN ("tc"."table_schema" = "cu"."table_schema") ELSE FALSE END AND CASE WHEN (("cu"."cordon 1" IS NOT
FALSE) AND ("tc"."cordon 2" IS NOT FALSE)) THEN ("tc"."table_name" = "cu"."table_name") ELSE FALSE END AND CASE WHEN
(("cu"."cordon 1" IS NOT FALSE) AND ("tc"."cordon 2" IS NOT FALSE)) THEN ("tc"."constraint_name" =
"cu"."constraint_name") ELSE FALSE END AND CASE WHEN ("tc"."cordon 2" IS NOT FALSE) THEN ("tc"."constraint_type" =
'PRIMARY KEY') ELSE FALSE END))) AS "pk" ON (CASE WHEN (("c"."cordon 3" IS NOT FALSE) AND ("pk"."cordon 4" IS NOT
FALSE)) THEN ("pk"."table_schema" = "c"."table_schema") ELSE FALSE END AND CASE WHEN (("c"."cordon 3" IS NOT FALSE)
AND ("pk"."cordon 4" IS NOT FALSE)) THEN ("pk"."table_name" = "c"."table_name") ELSE FALSE END AND CASE WHEN
(("c"."cordon 3" IS NOT FALSE) AND ("pk"."cordon 4" IS NOT FALSE)) THEN ("pk"."column_name" = "c"."column_name")
ELSE FALSE END)) WHERE (CASE WHEN ("c"."cordon 3" IS NOT FALSE) THEN ("c"."table_name" = 'orders') ELSE FALSE END
AND CASE WHEN ("c"."cordon 3" IS NOT FALSE) THEN ("c"."table_schema" = 'public') ELSE FALSE END);

-- The tables are listed.
-- principal: alice policy=orms
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type LIKE '%TABLE' AND table_name != 'spatial_ref_sys';
-- => allow
SELECT "tables"."table_name" FROM (SELECT "tables"."table_catalog", "tables"."table_schema", "tables"."table_name",
"tables"."table_type", "tables"."self_referencing_column_name", "tables"."reference_generation",
"tables"."user_defined_type_catalog", "tables"."user_defined_type_schema", "tables"."user_defined_type_name",
"tables"."is_insertable_into", "tables"."is_typed", "tables"."commit_action", (((("tables"."table_schema" IN
('pg_catalog', 'information_schema')) OR (("tables"."table_schema" = 'public') AND ("tables"."table_name" IN
('users', 'orders', 'items', 'tags', 'item_tags')))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"information_schema"."tables" AS "tables" WHERE (("tables"."table_schema" IN ('pg_catalog', 'information_schema'))
OR (("tables"."table_schema" = 'public') AND ("tables"."table_name" IN ('users', 'orders', 'items', 'tags',
'item_tags'))))) AS "tables" WHERE (CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN ("tables"."table_schema" =
'public') ELSE FALSE END AND CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN ("tables"."table_type" LIKE '%TABLE')
ELSE FALSE END AND CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN ("tables"."table_name" <> 'spatial_ref_sys')
ELSE FALSE END);

-- A table is dropped.
-- principal: migrator policy=orms
DROP TABLE IF EXISTS "carts";
-- => allow
DROP TABLE IF EXISTS "carts";

-- All rows.
-- principal: alice policy=orms
SELECT "id", "user_id", "status", "total", "note", "created_at" FROM "orders" AS "Order";
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
(SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at"
FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order";

-- One row by its key.
-- principal: alice policy=orms
SELECT "id", "email", "name" FROM "users" AS "User" WHERE "User"."id" = 1;
-- => allow
SELECT "User"."id", "User"."email", "User"."name" FROM (SELECT "User"."id", "User"."email", "User"."name", CASE WHEN
FALSE THEN "User"."password_hash" END AS "password_hash" FROM "public"."users" AS "User" WHERE ("User"."id" =
CAST('1' AS "int8"))) AS "User" WHERE ("User"."id" = 1);

-- Some columns, by conditions, in order, a page.
-- principal: alice policy=orms
SELECT "id", "total" AS "sum" FROM "orders" AS "Order" WHERE ("Order"."total" > 5 OR "Order"."note" IS NULL) AND "Order"."user_id" = 1 AND "Order"."status" IN ('open', 'paid') ORDER BY "Order"."created_at" DESC NULLS LAST, "Order"."id" ASC LIMIT 10 OFFSET 20;
-- => allow
SELECT "Order"."id", "Order"."total" AS "sum" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status",
"Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" =
CAST('1' AS "int8"))) AS "Order" WHERE ((("Order"."total" > 5) OR ("Order"."note" IS NULL)) AND ("Order"."user_id" =
1) AND ("Order"."status" IN ('open', 'paid'))) ORDER BY "Order"."created_at" DESC NULLS LAST, "Order"."id" ASC
OFFSET 20 LIMIT 10;

-- Patterns, ranges, negations.
-- principal: alice policy=orms
SELECT "id", "user_id", "status", "total", "note", "created_at" FROM "orders" AS "Order" WHERE ("Order"."status" LIKE 'o%' AND "Order"."status" NOT ILIKE 'P%' AND "Order"."status" LIKE 'o%' AND "Order"."status" != 'gone' AND "Order"."status" ~ '^o') AND "Order"."created_at" BETWEEN '2026-01-01 00:00:00.000 +00:00' AND '2026-02-01 00:00:00.000 +00:00' AND ("Order"."total" IS NOT NULL AND "Order"."total" = ANY ('1,2,10'));
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
(SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at",
((("Order"."user_id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE (("Order"."status"
LIKE 'o%') AND ("Order"."status" NOT ILIKE 'P%') AND ("Order"."status" LIKE 'o%') AND ("Order"."status" <> 'gone')
AND CASE WHEN ("Order"."cordon 1" IS NOT FALSE) THEN ("Order"."status" ~ '^o') ELSE FALSE END AND
("Order"."created_at" BETWEEN '2026-01-01 00:00:00.000 +00:00' AND '2026-02-01 00:00:00.000 +00:00') AND
("Order"."total" IS NOT NULL) AND ("Order"."total" = ANY ('1,2,10')));

-- A field of JSON.
-- principal: alice policy=orms
SELECT "id", "user_id", "status", "total", "note", "created_at" FROM "orders" AS "Order" WHERE (CAST(("Order"."note"#>>'{gift}') AS BOOLEAN) = true AND ("Order"."note"#>>'{to}') != 'x');
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
(SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at",
((("Order"."user_id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE (CASE WHEN
("Order"."cordon 1" IS NOT FALSE) THEN (CAST(("Order"."note" #>> '{gift}') AS boolean) = TRUE) ELSE FALSE END AND
CASE WHEN ("Order"."cordon 1" IS NOT FALSE) THEN (("Order"."note" #>> '{to}') <> 'x') ELSE FALSE END);

-- A part of JSON that is contained.
-- principal: alice policy=orms
SELECT "id", "user_id", "status", "total", "note", "created_at" FROM "orders" AS "Order" WHERE "Order"."note" @> '{"gift":true}';
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
(SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at"
FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE ("Order"."note"
@> '{"gift":true}');

-- A relation that is joined.
-- principal: alice policy=orms
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at", "user"."id" AS "user.id", "user"."name" AS "user.name" FROM "orders" AS "Order" LEFT OUTER JOIN "users" AS "user" ON "Order"."user_id" = "user"."id";
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at",
"user"."id" AS "user.id", "user"."name" AS "user.name" FROM ((SELECT "Order"."id", "Order"."user_id",
"Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE
("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" LEFT JOIN (SELECT "user"."id", "user"."email", "user"."name",
CASE WHEN FALSE THEN "user"."password_hash" END AS "password_hash" FROM "public"."users" AS "user" WHERE
("user"."id" = CAST('1' AS "int8"))) AS "user" ON ("Order"."user_id" = "user"."id"));

-- A relation of many rows, a page of them.
-- principal: alice policy=orms
SELECT "Order".*, "items"."id" AS "items.id", "items"."order_id" AS "items.order_id", "items"."product" AS "items.product", "items"."price" AS "items.price", "items"."quantity" AS "items.quantity" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "orders" AS "Order" WHERE ( SELECT "order_id" FROM "items" AS "items" WHERE ("items"."price" > 1 AND "items"."order_id" = "Order"."id") LIMIT 1 ) IS NOT NULL LIMIT 5) AS "Order" INNER JOIN "items" AS "items" ON "Order"."id" = "items"."order_id" AND "items"."price" > 1;
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at",
"items"."id" AS "items.id", "items"."order_id" AS "items.order_id", "items"."product" AS "items.product",
"items"."price" AS "items.price", "items"."quantity" AS "items.quantity" FROM ((SELECT "Order"."id",
"Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM (SELECT
"Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at",
((("Order"."user_id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM
"public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE CASE WHEN
("Order"."cordon 2" IS NOT FALSE) THEN ((SELECT "items"."order_id" FROM (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "items" WHERE (("items"."price" > 1) AND ("items"."order_id" = "Order"."id")) LIMIT 1) IS NOT NULL)
ELSE FALSE END LIMIT 5) AS "Order" JOIN (SELECT "items"."id", "items"."order_id", "items"."product",
"items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST('1' AS "int8")))))) AS
"items" ON (("Order"."id" = "items"."order_id") AND ("items"."price" > 1)));

-- A relation through another table.
-- principal: alice policy=orms
SELECT "Item"."id", "Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity", "tags"."id" AS "tags.id", "tags"."user_id" AS "tags.user_id", "tags"."name" AS "tags.name", "tags->item_tags"."item_id" AS "tags.item_tags.item_id", "tags->item_tags"."tag_id" AS "tags.item_tags.tag_id" FROM "items" AS "Item" LEFT OUTER JOIN ( "item_tags" AS "tags->item_tags" INNER JOIN "tags" AS "tags" ON "tags"."id" = "tags->item_tags"."tag_id") ON "Item"."id" = "tags->item_tags"."item_id";
-- => allow
SELECT "Item"."id", "Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity", "tags"."id" AS
"tags.id", "tags"."user_id" AS "tags.user_id", "tags"."name" AS "tags.name", "tags->item_tags"."item_id" AS
"tags.item_tags.item_id", "tags->item_tags"."tag_id" AS "tags.item_tags.tag_id" FROM ((SELECT "Item"."id",
"Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity" FROM "public"."items" AS "Item" WHERE
("Item"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "Item" LEFT JOIN ((SELECT "tags->item_tags"."item_id",
"tags->item_tags"."tag_id" FROM "public"."item_tags" AS "tags->item_tags" WHERE ("tags->item_tags"."item_id" = ANY
(ARRAY(SELECT "cordon 2"."id" FROM "public"."items" AS "cordon 2" WHERE ("cordon 2"."order_id" = ANY (ARRAY(SELECT
"cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST('1' AS "int8"))))))))) AS
"tags->item_tags" JOIN (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE
("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" ON ("tags"."id" = "tags->item_tags"."tag_id")) ON ("Item"."id" =
"tags->item_tags"."item_id"));

-- Nested relations.
-- principal: alice policy=orms
SELECT "User"."id", "User"."email", "User"."name", "orders"."id" AS "orders.id", "orders"."user_id" AS "orders.user_id", "orders"."status" AS "orders.status", "orders"."total" AS "orders.total", "orders"."note" AS "orders.note", "orders"."created_at" AS "orders.created_at", "orders->items"."id" AS "orders.items.id", "orders->items"."order_id" AS "orders.items.order_id", "orders->items"."product" AS "orders.items.product", "orders->items"."price" AS "orders.items.price", "orders->items"."quantity" AS "orders.items.quantity" FROM "users" AS "User" LEFT OUTER JOIN "orders" AS "orders" ON "User"."id" = "orders"."user_id" LEFT OUTER JOIN "items" AS "orders->items" ON "orders"."id" = "orders->items"."order_id";
-- => allow
SELECT "User"."id", "User"."email", "User"."name", "orders"."id" AS "orders.id", "orders"."user_id" AS
"orders.user_id", "orders"."status" AS "orders.status", "orders"."total" AS "orders.total", "orders"."note" AS
"orders.note", "orders"."created_at" AS "orders.created_at", "orders->items"."id" AS "orders.items.id",
"orders->items"."order_id" AS "orders.items.order_id", "orders->items"."product" AS "orders.items.product",
"orders->items"."price" AS "orders.items.price", "orders->items"."quantity" AS "orders.items.quantity" FROM
(((SELECT "User"."id", "User"."email", "User"."name", CASE WHEN FALSE THEN "User"."password_hash" END AS
"password_hash" FROM "public"."users" AS "User" WHERE ("User"."id" = CAST('1' AS "int8"))) AS "User" LEFT JOIN
(SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders" ON ("User"."id" = "orders"."user_id")) LEFT JOIN (SELECT "orders->items"."id", "orders->items"."order_id",
"orders->items"."product", "orders->items"."price", "orders->items"."quantity" FROM "public"."items" AS
"orders->items" WHERE ("orders->items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "orders->items" ON ("orders"."id" =
"orders->items"."order_id"));

-- A relation by a query of its own.
-- principal: alice policy=orms
SELECT "User"."id", "User"."email", "User"."name" FROM "users" AS "User";
-- => allow
SELECT "User"."id", "User"."email", "User"."name" FROM (SELECT "User"."id", "User"."email", "User"."name", CASE WHEN
FALSE THEN "User"."password_hash" END AS "password_hash" FROM "public"."users" AS "User" WHERE ("User"."id" =
CAST('1' AS "int8"))) AS "User";

-- A relation by a query of its own.
-- principal: alice policy=orms
SELECT "id", "user_id", "status", "total", "note", "created_at" FROM "orders" AS "Order" WHERE "Order"."user_id" IN (1, 2);
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
(SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at"
FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE
("Order"."user_id" IN (1, 2));

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT "id", "user_id", "status", "total", "note", "created_at" FROM "orders" AS "Order" WHERE "Order"."id" = 1;
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
(SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at"
FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE ("Order"."id" =
1);

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT "id", "order_id", "product", "price", "quantity" FROM "items" AS "Item" WHERE "Item"."order_id" = 1;
-- => allow
SELECT "Item"."id", "Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity" FROM (SELECT "Item"."id",
"Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity" FROM "public"."items" AS "Item" WHERE
("Item"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "Item" WHERE ("Item"."order_id" = 1);

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT "Tag"."id", "Tag"."user_id", "Tag"."name", "item_tags"."item_id" AS "item_tags.item_id", "item_tags"."tag_id" AS "item_tags.tag_id" FROM "tags" AS "Tag" INNER JOIN "item_tags" AS "item_tags" ON "Tag"."id" = "item_tags"."tag_id" AND "item_tags"."item_id" = 1;
-- => allow
SELECT "Tag"."id", "Tag"."user_id", "Tag"."name", "item_tags"."item_id" AS "item_tags.item_id", "item_tags"."tag_id"
AS "item_tags.tag_id" FROM ((SELECT "Tag"."id", "Tag"."user_id", "Tag"."name" FROM "public"."tags" AS "Tag" WHERE
("Tag"."user_id" = CAST('1' AS "int8"))) AS "Tag" JOIN (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM
"public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."items" AS "cordon 1" WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" ON
(("Tag"."id" = "item_tags"."tag_id") AND ("item_tags"."item_id" = 1)));

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT COUNT("Tag"."id") AS "count" FROM "tags" AS "Tag" INNER JOIN "item_tags" AS "item_tags" ON "Tag"."id" = "item_tags"."tag_id" AND "item_tags"."item_id" = 1;
-- => allow
SELECT "pg_catalog"."count"("Tag"."id") AS "count" FROM ((SELECT "Tag"."id", "Tag"."user_id", "Tag"."name" FROM
"public"."tags" AS "Tag" WHERE ("Tag"."user_id" = CAST('1' AS "int8"))) AS "Tag" JOIN (SELECT "item_tags"."item_id",
"item_tags"."tag_id" FROM "public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."items" AS "cordon 1" WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id"
FROM "public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" ON
(("Tag"."id" = "item_tags"."tag_id") AND ("item_tags"."item_id" = 1)));

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT "item_id", "tag_id" FROM "item_tags" AS "item_tags" WHERE "item_tags"."item_id" = 1;
-- => allow
SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM
"public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."items" AS "cordon 1" WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" WHERE
("item_tags"."item_id" = 1);

-- A relation when it is asked for.
-- principal: alice policy=orms
DELETE FROM "item_tags" WHERE "item_id" = 1 AND "tag_id" IN (1);
-- => allow
DELETE FROM "public"."item_tags" AS "item_tags" WHERE (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 3"."id"
FROM "public"."items" AS "cordon 3" WHERE ("cordon 3"."order_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM
"public"."orders" AS "cordon 4" WHERE ("cordon 4"."user_id" = CAST('1' AS "int8")))))))) AND ("item_tags"."item_id"
= 1) AND ("item_tags"."tag_id" IN (1)));

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT "item_id", "tag_id" FROM "item_tags" AS "item_tags" WHERE "item_tags"."item_id" = 1 AND "item_tags"."tag_id" IN (1);
-- => allow
SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM
"public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."items" AS "cordon 1" WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" WHERE
(("item_tags"."item_id" = 1) AND ("item_tags"."tag_id" IN (1)));

-- A relation when it is asked for.
-- principal: alice policy=orms
INSERT INTO "item_tags" ("item_id","tag_id") VALUES (1,1) RETURNING "item_id","tag_id";
-- => allow
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
AS "int8")))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "item_tags"."item_id" END AS "item_id",
"item_tags"."tag_id" AS "tag_id";

-- Rows and how many there are.
-- principal: alice policy=orms
SELECT count("Order"."id") AS "count" FROM "orders" AS "Order" LEFT OUTER JOIN "items" AS "items" ON "Order"."id" = "items"."order_id" WHERE "Order"."user_id" = 1;
-- => allow
SELECT "pg_catalog"."count"("Order"."id") AS "count" FROM ((SELECT "Order"."id", "Order"."user_id",
"Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE
("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" LEFT JOIN (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "items" ON ("Order"."id" = "items"."order_id")) WHERE ("Order"."user_id" = 1);

-- Rows and how many there are.
-- principal: alice policy=orms
SELECT "Order".*, "items"."id" AS "items.id", "items"."order_id" AS "items.order_id", "items"."product" AS "items.product", "items"."price" AS "items.price", "items"."quantity" AS "items.quantity" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "orders" AS "Order" WHERE "Order"."user_id" = 1 LIMIT 1) AS "Order" LEFT OUTER JOIN "items" AS "items" ON "Order"."id" = "items"."order_id";
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at",
"items"."id" AS "items.id", "items"."order_id" AS "items.order_id", "items"."product" AS "items.product",
"items"."price" AS "items.price", "items"."quantity" AS "items.quantity" FROM ((SELECT "Order"."id",
"Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM (SELECT
"Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
"public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE ("Order"."user_id" =
1) LIMIT 1) AS "Order" LEFT JOIN (SELECT "items"."id", "items"."order_id", "items"."product", "items"."price",
"items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" ON
("Order"."id" = "items"."order_id"));

-- Counts, sums, the largest.
-- principal: alice policy=orms
SELECT count(*) AS "count" FROM "orders" AS "Order" WHERE "Order"."status" = 'open';
-- => allow
SELECT "pg_catalog"."count"(*) AS "count" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status",
"Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" =
CAST('1' AS "int8"))) AS "Order" WHERE ("Order"."status" = 'open');

-- Counts, sums, the largest.
-- principal: alice policy=orms
SELECT sum("total") AS "sum" FROM "orders" AS "Order";
-- => allow
SELECT "pg_catalog"."sum"("Order"."total") AS "sum" FROM (SELECT "Order"."id", "Order"."user_id", "Order"."status",
"Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" =
CAST('1' AS "int8"))) AS "Order";

-- Counts, sums, the largest.
-- principal: alice policy=orms
SELECT max("created_at") AS "max" FROM "orders" AS "Order";
-- => allow
SELECT "pg_catalog"."max"("Order"."created_at") AS "max" FROM (SELECT "Order"."id", "Order"."user_id",
"Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE
("Order"."user_id" = CAST('1' AS "int8"))) AS "Order";

-- Counts, sums, the largest.
-- principal: alice policy=orms
SELECT count(DISTINCT("status")) AS "count" FROM "orders" AS "Order";
-- => allow
SELECT "pg_catalog"."count"(DISTINCT "Order"."status") AS "count" FROM (SELECT "Order"."id", "Order"."user_id",
"Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM "public"."orders" AS "Order" WHERE
("Order"."user_id" = CAST('1' AS "int8"))) AS "Order";

-- Sums by group.
-- principal: alice policy=orms
SELECT "order_id", SUM(price * quantity) AS "sum", COUNT("id") AS "n" FROM "items" AS "Item" GROUP BY "order_id" HAVING COUNT("id") > 0;
-- => allow
SELECT "Item"."order_id", "pg_catalog"."sum"(CASE WHEN ("Item"."cordon 2" IS NOT FALSE) THEN ("Item"."price" *
"Item"."quantity") END) AS "sum", "pg_catalog"."count"("Item"."id") AS "n" FROM (SELECT "Item"."id",
"Item"."order_id", "Item"."product", "Item"."price", "Item"."quantity", ((("Item"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8"))))) IS TRUE)
AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "public"."items" AS "Item" WHERE ("Item"."order_id" = ANY
(ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "Item" GROUP BY "Item"."order_id" HAVING ("pg_catalog"."count"("Item"."id") > 0);

-- One row is inserted.
-- principal: alice policy=orms
INSERT INTO "orders" ("id","user_id","status","total","note","created_at") VALUES (DEFAULT,$1,$2,$3,$4,$5) RETURNING "id","user_id","status","total","note","created_at";
-- => allow, claims user
INSERT INTO "public"."orders" AS "orders" ("user_id", "status", "total", "note", "created_at") VALUES ($1, $2, $3,
$4, $5) RETURNING CASE WHEN CAST(CASE WHEN ("orders"."user_id" = CAST($6 AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "orders"."id" END AS "id", "orders"."user_id" AS "user_id", "orders"."status"
AS "status", "orders"."total" AS "total", "orders"."note" AS "note", "orders"."created_at" AS "created_at";

-- Many rows are inserted.
-- principal: alice policy=orms
INSERT INTO "tags" ("id","user_id","name") VALUES (DEFAULT,1,'a'),(DEFAULT,1,'b''s') RETURNING "id","user_id","name";
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'a'), (CASE WHEN
CAST(CASE CAST(1 AS "int8") WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1'
AS "int8") END, 'b''s') RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS
"name";

-- Many rows are inserted, conflicts overwrite.
-- principal: alice policy=orms
INSERT INTO "tags" ("id","user_id","name") VALUES (1,1,'gift') ON CONFLICT ("user_id","name") DO UPDATE SET "name"=EXCLUDED."name" RETURNING "id","user_id","name";
-- => allow
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES (1, CASE WHEN CAST(CASE CAST(1 AS "int8")
WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'gift') ON
CONFLICT ("user_id", "name") DO UPDATE SET "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE WHEN
("excluded"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST('1' AS "int8")) AND
("tags"."user_id" = CAST('1' AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS
"id", "tags"."user_id" AS "user_id", "tags"."name" AS "name";

-- Many rows are inserted, conflicts are ignored.
-- principal: alice policy=orms
INSERT INTO "tags" ("id","user_id","name") VALUES (DEFAULT,1,'a') ON CONFLICT DO NOTHING RETURNING "id","user_id","name";
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'a') ON CONFLICT
("user_id", "name") DO UPDATE SET "user_id" = "tags"."user_id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id"
= CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("tags"."user_id" =
CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END
AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS "name";

-- Insert or overwrite.
-- principal: alice policy=orms
INSERT INTO "tags" ("id","user_id","name") VALUES ($1,$2,$3) ON CONFLICT ("id") DO UPDATE SET "id"=EXCLUDED."id","user_id"=EXCLUDED."user_id","name"=EXCLUDED."name" RETURNING "id","user_id","name";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8")
WHEN CAST($4 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($4 AS "int8") END, $3) ON
CONFLICT ("id") DO UPDATE SET "user_id" = "excluded"."user_id", "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($4 AS "int8")) AND
("tags"."user_id" = CAST($4 AS "int8")) AND (("tags"."user_id" IS NULL) OR EXISTS (SELECT 1 FROM "public"."users" AS
"cordon 1" WHERE (("cordon 1"."id" = "tags"."user_id") AND ("cordon 1"."id" = CAST($4 AS "int8")))))) THEN 'true'
ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS
"name";

-- Find or make, in a transaction.
-- principal: alice policy=orms
START TRANSACTION;
-- => allow, effect begin
START TRANSACTION;

-- Find or make, in a transaction.
-- principal: alice policy=orms
SELECT "id", "user_id", "name" FROM "tags" AS "Tag" WHERE "Tag"."user_id" = 1 AND "Tag"."name" = 'new' LIMIT 1;
-- => allow
SELECT "Tag"."id", "Tag"."user_id", "Tag"."name" FROM (SELECT "Tag"."id", "Tag"."user_id", "Tag"."name" FROM
"public"."tags" AS "Tag" WHERE ("Tag"."user_id" = CAST('1' AS "int8"))) AS "Tag" WHERE (("Tag"."user_id" = 1) AND
("Tag"."name" = 'new')) LIMIT 1;

-- Find or make, in a transaction.
-- principal: alice policy=orms
INSERT INTO "tags" ("id","user_id","name") VALUES (DEFAULT,$1,$2) RETURNING "id","user_id","name";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END, $2) RETURNING CASE
WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"tags"."id" END AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS "name";

-- Find or make, in a transaction.
-- principal: alice policy=orms
COMMIT;
-- => allow, effect end
COMMIT;

-- A row is changed.
-- principal: alice policy=orms
UPDATE "orders" SET "status"=$1 WHERE "id" = $2;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."id" = $2));

-- A row is changed.
-- principal: alice policy=orms
UPDATE "orders" SET "total"="total"+ 2 WHERE "id" = 1 RETURNING *;
-- => allow
UPDATE "public"."orders" AS "orders" SET "total" = CASE WHEN ("orders"."user_id" = CAST('1' AS "int8")) THEN
("orders"."total" + 2) END WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND ("orders"."id" = 1)) RETURNING
"orders"."id" AS "id", "orders"."user_id" AS "user_id", "orders"."status" AS "status", "orders"."total" AS "total",
"orders"."note" AS "note", "orders"."created_at" AS "created_at";

-- Rows are changed.
-- principal: alice policy=orms
UPDATE "orders" SET "status"=$1 WHERE "id" IN (1, 2) RETURNING "id","user_id","status","total","note","created_at";
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($2 AS "int8")) AND
("orders"."id" IN (1, 2))) RETURNING "orders"."id" AS "id", "orders"."user_id" AS "user_id", "orders"."status" AS
"status", "orders"."total" AS "total", "orders"."note" AS "note", "orders"."created_at" AS "created_at";

-- Rows are changed, so many at most.
-- principal: alice policy=orms
UPDATE "orders" SET "status"=$1 WHERE "user_id" = $2;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."user_id" = $2));

-- Rows are deleted.
-- principal: alice policy=orms
DELETE FROM "tags" WHERE "name" = 'new';
-- => allow
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."name" = 'new'));

-- Rows are deleted, so many at most.
-- principal: alice policy=orms
DELETE FROM "tags" WHERE "id" IN (SELECT "id" FROM "tags" WHERE "name" = 'newer' LIMIT 1);
-- => allow
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."id" IN (SELECT
"tags"."id" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE
("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" WHERE ("tags"."name" = 'newer') LIMIT 1)));

-- A row is deleted.
-- principal: alice policy=orms
SELECT "id", "user_id", "name" FROM "tags" AS "Tag" WHERE "Tag"."name" = 'a' LIMIT 1;
-- => allow
SELECT "Tag"."id", "Tag"."user_id", "Tag"."name" FROM (SELECT "Tag"."id", "Tag"."user_id", "Tag"."name" FROM
"public"."tags" AS "Tag" WHERE ("Tag"."user_id" = CAST('1' AS "int8"))) AS "Tag" WHERE ("Tag"."name" = 'a') LIMIT 1;

-- A row is deleted.
-- principal: alice policy=orms
DELETE FROM "tags" WHERE "id" = 101;
-- => allow
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."id" = 101));

-- A transaction with a lock.
-- principal: alice policy=orms
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
-- => allow
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

-- A transaction with a lock.
-- principal: alice policy=orms
SELECT "id", "user_id", "status", "total", "note", "created_at" FROM "orders" AS "Order" WHERE "Order"."id" = 1 FOR UPDATE;
-- => allow
SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at" FROM
(SELECT "Order"."id", "Order"."user_id", "Order"."status", "Order"."total", "Order"."note", "Order"."created_at"
FROM "public"."orders" AS "Order" WHERE ("Order"."user_id" = CAST('1' AS "int8"))) AS "Order" WHERE ("Order"."id" =
1) FOR UPDATE;

-- A transaction with a lock.
-- principal: alice policy=orms
SAVEPOINT "dfe86895-25a0-4c08-9c58-3bc48ce660b7-sp-1";
-- => allow, effect savepoint
SAVEPOINT "dfe86895-25a0-4c08-9c58-3bc48ce660b7-sp-1";

-- A transaction that fails.
-- principal: alice policy=orms
ROLLBACK;
-- => allow, effect end
ROLLBACK;

-- SQL of the program itself.
-- principal: alice policy=orms
SELECT id FROM orders WHERE status = 'open' AND total > 1;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE (("orders"."status" = 'open') AND ("orders"."total" > 1));

-- SQL of the program itself.
-- principal: alice policy=orms
SELECT id FROM orders WHERE status = $1;
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."status" = $1);
