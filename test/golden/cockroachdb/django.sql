-- Django 5.2.19 with django-cockroachdb 5.2.2, as its programs in test/orms-cockroachdb send it.

-- The connection is made.
-- principal: alice policy=orms
SELECT VERSION();
-- => allow
SELECT "pg_catalog"."version"();

-- The connection is made.
-- principal: alice policy=orms
SELECT crdb_internal.increment_feature_counter('django-cockroachdb 5.2.2');
-- => allow
SELECT "crdb_internal"."increment_feature_counter"('django-cockroachdb 5.2.2');

-- The tables are listed.
-- principal: alice policy=orms
SELECT
                c.relname,
                CASE
                    WHEN c.relispartition THEN 'p'
                    WHEN c.relkind IN ('m', 'v') THEN 'v'
                    ELSE 't'
                END,
                ''
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid);
-- => allow
SELECT "c"."relname", CASE WHEN ("c"."cordon 1" IS NOT FALSE) THEN CASE WHEN "c"."relispartition" THEN 'p' WHEN
("c"."relkind" IN ('m', 'v')) THEN 'v' ELSE 't' END END, '' FROM ((SELECT "c"."oid", "c"."relname",
"c"."relnamespace", "c"."reltype", "c"."reloftype", CASE WHEN FALSE THEN "c"."relowner" END AS "relowner",
"c"."relam", CASE WHEN FALSE THEN "c"."relfilenode" END AS "relfilenode", "c"."reltablespace", CASE WHEN FALSE THEN
"c"."relpages" END AS "relpages", CASE WHEN FALSE THEN "c"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN
"c"."relallvisible" END AS "relallvisible", CASE WHEN FALSE THEN "c"."relallfrozen" END AS "relallfrozen", CASE WHEN
FALSE THEN "c"."reltoastrelid" END AS "reltoastrelid", "c"."relhasindex", "c"."relisshared", "c"."relpersistence",
"c"."relkind", "c"."relnatts", "c"."relchecks", "c"."relhasrules", "c"."relhastriggers", "c"."relhassubclass",
"c"."relrowsecurity", "c"."relforcerowsecurity", "c"."relispopulated", "c"."relreplident", "c"."relispartition",
CASE WHEN FALSE THEN "c"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "c"."relfrozenxid" END AS
"relfrozenxid", CASE WHEN FALSE THEN "c"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "c"."relacl"
END AS "_text") AS "relacl", CASE WHEN FALSE THEN "c"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN
"c"."relpartbound" END AS "relpartbound", ((((("c"."oid" >= 4294000000) OR ("c"."oid" < 16384)) OR ("c"."oid" IN
(16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_class" AS "c" WHERE ((("c"."oid" >= 4294000000)
OR ("c"."oid" < 16384)) OR ("c"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463)))) AS "c" LEFT JOIN (SELECT "n"."oid", "n"."nspname", CASE WHEN FALSE THEN "n"."nspowner" END
AS "nspowner", CAST(CASE WHEN FALSE THEN "n"."nspacl" END AS "_text") AS "nspacl" FROM "pg_catalog"."pg_namespace"
AS "n" WHERE ("n"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS "n" ON ("n"."oid" =
"c"."relnamespace")) WHERE (CASE WHEN ("c"."cordon 1" IS NOT FALSE) THEN ("c"."relkind" IN ('f', 'm', 'p', 'r',
'v')) ELSE FALSE END AND ("n"."nspname" NOT IN ('pg_catalog', 'pg_toast')) AND CASE WHEN ("c"."cordon 1" IS NOT
FALSE) THEN "pg_catalog"."pg_table_is_visible"("c"."oid") ELSE FALSE END);

-- The columns of a table.
-- principal: alice policy=orms
SELECT
                a.attname AS column_name,
                NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable,
                pg_get_expr(ad.adbin, ad.adrelid) AS column_default,
                CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation,
                a.attidentity != '' AS is_autofield,
                col_description(a.attrelid, a.attnum) AS column_comment
            FROM pg_attribute a
            LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
            LEFT JOIN pg_collation co ON a.attcollation = co.oid
            JOIN pg_type t ON a.atttypid = t.oid
            JOIN pg_class c ON a.attrelid = c.oid
            JOIN pg_namespace n ON c.relnamespace = n.oid
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND c.relname = 'orders'
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid);
-- => allow
SELECT "a"."attname" AS "column_name", CASE WHEN (("t"."cordon 2" IS NOT FALSE) AND ("a"."cordon 3" IS NOT FALSE))
THEN (NOT ("a"."attnotnull" OR (("t"."typtype" = 'd') AND "t"."typnotnull"))) END AS "is_nullable", CASE WHEN
("ad"."cordon 4" IS NOT FALSE) THEN "pg_catalog"."pg_get_expr"("ad"."adbin", "ad"."adrelid") END AS
"column_default", CASE WHEN ("co"."collname" = 'default') THEN NULL ELSE "co"."collname" END AS "collation", CASE
WHEN ("a"."cordon 3" IS NOT FALSE) THEN ("a"."attidentity" <> '') END AS "is_autofield", CASE WHEN ("a"."cordon 3"
IS NOT FALSE) THEN "pg_catalog"."col_description"("a"."attrelid", CAST(NULL AS "int4")) END AS "column_comment" FROM
((((((SELECT "a"."attrelid", "a"."attname", "a"."atttypid", "a"."attlen", "a"."attnum", "a"."atttypmod",
"a"."attndims", "a"."attbyval", "a"."attalign", "a"."attstorage", "a"."attcompression", "a"."attnotnull",
"a"."atthasdef", CASE WHEN FALSE THEN "a"."atthasmissing" END AS "atthasmissing", "a"."attidentity",
"a"."attgenerated", "a"."attisdropped", "a"."attislocal", "a"."attinhcount", "a"."attcollation", CASE WHEN FALSE
THEN "a"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN "a"."attacl" END AS "_text") AS "attacl",
CASE WHEN FALSE THEN "a"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN "a"."attfdwoptions" END AS
"attfdwoptions", CASE WHEN FALSE THEN "a"."attmissingval" END AS "attmissingval", ((((("a"."attrelid" >= 4294000000)
OR ("a"."attrelid" < 16384)) OR ("a"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420,
16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM
"pg_catalog"."pg_attribute" AS "a" WHERE ((("a"."attrelid" >= 4294000000) OR ("a"."attrelid" < 16384)) OR
("a"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS
"a" LEFT JOIN (SELECT "ad"."oid", "ad"."adrelid", "ad"."adnum", CASE WHEN FALSE THEN "ad"."adbin" END AS "adbin",
((((("ad"."adrelid" >= 4294000000) OR ("ad"."adrelid" < 16384)) OR ("ad"."adrelid" IN (16385, 16400, 16422, 16441,
16458))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 4" FROM "pg_catalog"."pg_attrdef" AS "ad" WHERE
((("ad"."adrelid" >= 4294000000) OR ("ad"."adrelid" < 16384)) OR ("ad"."adrelid" IN (16385, 16400, 16422, 16441,
16458)))) AS "ad" ON (("a"."attrelid" = "ad"."adrelid") AND ("a"."attnum" = "ad"."adnum"))) LEFT JOIN (SELECT
"co"."oid", "co"."collname", "co"."collnamespace", CASE WHEN FALSE THEN "co"."collowner" END AS "collowner",
"co"."collprovider", "co"."collisdeterministic", "co"."collencoding", "co"."collcollate", "co"."collctype",
"co"."colllocale", CASE WHEN FALSE THEN "co"."collicurules" END AS "collicurules", CASE WHEN FALSE THEN
"co"."collversion" END AS "collversion" FROM "pg_catalog"."pg_collation" AS "co" WHERE (("co"."oid" >= 4294000000)
OR ("co"."oid" < 16384))) AS "co" ON ("a"."attcollation" = "co"."oid")) JOIN (SELECT "t"."oid", "t"."typname",
"t"."typnamespace", CASE WHEN FALSE THEN "t"."typowner" END AS "typowner", "t"."typlen", "t"."typbyval",
"t"."typtype", "t"."typcategory", "t"."typispreferred", "t"."typisdefined", "t"."typdelim", "t"."typrelid",
CAST("t"."typsubscript" AS "oid") AS "typsubscript", "t"."typelem", "t"."typarray", CAST("t"."typinput" AS "oid") AS
"typinput", CAST("t"."typoutput" AS "oid") AS "typoutput", CAST("t"."typreceive" AS "oid") AS "typreceive",
CAST("t"."typsend" AS "oid") AS "typsend", CAST("t"."typmodin" AS "oid") AS "typmodin", CAST("t"."typmodout" AS
"oid") AS "typmodout", CAST("t"."typanalyze" AS "oid") AS "typanalyze", "t"."typalign", "t"."typstorage",
"t"."typnotnull", "t"."typbasetype", "t"."typtypmod", "t"."typndims", "t"."typcollation", CASE WHEN FALSE THEN
"t"."typdefaultbin" END AS "typdefaultbin", CASE WHEN FALSE THEN "t"."typdefault" END AS "typdefault", CAST(CASE
WHEN FALSE THEN "t"."typacl" END AS "_text") AS "typacl", ((((("t"."oid" >= 4294000000) OR ("t"."oid" < 16384)) OR
("t"."oid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "pg_catalog"."pg_type" AS "t" WHERE ((("t"."oid" >= 4294000000) OR
("t"."oid" < 16384)) OR ("t"."oid" IN (16386, 16387, 16401, 16402, 16423, 16424, 16442, 16443, 16459, 16460)))) AS
"t" ON ("a"."atttypid" = "t"."oid")) JOIN (SELECT "c"."oid", "c"."relname", "c"."relnamespace", "c"."reltype",
"c"."reloftype", CASE WHEN FALSE THEN "c"."relowner" END AS "relowner", "c"."relam", CASE WHEN FALSE THEN
"c"."relfilenode" END AS "relfilenode", "c"."reltablespace", CASE WHEN FALSE THEN "c"."relpages" END AS "relpages",
CASE WHEN FALSE THEN "c"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "c"."relallvisible" END AS
"relallvisible", CASE WHEN FALSE THEN "c"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"c"."reltoastrelid" END AS "reltoastrelid", "c"."relhasindex", "c"."relisshared", "c"."relpersistence",
"c"."relkind", "c"."relnatts", "c"."relchecks", "c"."relhasrules", "c"."relhastriggers", "c"."relhassubclass",
"c"."relrowsecurity", "c"."relforcerowsecurity", "c"."relispopulated", "c"."relreplident", "c"."relispartition",
CASE WHEN FALSE THEN "c"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "c"."relfrozenxid" END AS
"relfrozenxid", CASE WHEN FALSE THEN "c"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "c"."relacl"
END AS "_text") AS "relacl", CASE WHEN FALSE THEN "c"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN
"c"."relpartbound" END AS "relpartbound", ((((("c"."oid" >= 4294000000) OR ("c"."oid" < 16384)) OR ("c"."oid" IN
(16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_class" AS "c" WHERE ((("c"."oid" >= 4294000000)
OR ("c"."oid" < 16384)) OR ("c"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463)))) AS "c" ON ("a"."attrelid" = "c"."oid")) JOIN (SELECT "n"."oid", "n"."nspname", CASE WHEN
FALSE THEN "n"."nspowner" END AS "nspowner", CAST(CASE WHEN FALSE THEN "n"."nspacl" END AS "_text") AS "nspacl" FROM
"pg_catalog"."pg_namespace" AS "n" WHERE ("n"."nspname" IN ('pg_catalog', 'information_schema', 'public'))) AS "n"
ON ("c"."relnamespace" = "n"."oid")) WHERE (CASE WHEN ("c"."cordon 1" IS NOT FALSE) THEN ("c"."relkind" IN ('f',
'm', 'p', 'r', 'v')) ELSE FALSE END AND ("c"."relname" = 'orders') AND ("n"."nspname" NOT IN ('pg_catalog',
'pg_toast')) AND CASE WHEN ("c"."cordon 1" IS NOT FALSE) THEN "pg_catalog"."pg_table_is_visible"("c"."oid") ELSE
FALSE END);

-- The columns of a table.
-- principal: alice policy=orms
SELECT * FROM "orders" LIMIT 1;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" LIMIT 1;

-- The keys and indexes of a table.
-- principal: alice policy=orms
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'orders' AND pg_catalog.pg_table_is_visible(cl.oid);
-- => allow
SELECT "c"."conname", ARRAY(SELECT "ca"."attname" FROM ("pg_catalog"."unnest"(CASE WHEN ("c"."cordon 2" IS NOT
FALSE) THEN "c"."conkey" END) WITH ORDINALITY AS "cols"("colid", "arridx") JOIN (SELECT "ca"."attrelid",
"ca"."attname", "ca"."atttypid", "ca"."attlen", "ca"."attnum", "ca"."atttypmod", "ca"."attndims", "ca"."attbyval",
"ca"."attalign", "ca"."attstorage", "ca"."attcompression", "ca"."attnotnull", "ca"."atthasdef", CASE WHEN FALSE THEN
"ca"."atthasmissing" END AS "atthasmissing", "ca"."attidentity", "ca"."attgenerated", "ca"."attisdropped",
"ca"."attislocal", "ca"."attinhcount", "ca"."attcollation", CASE WHEN FALSE THEN "ca"."attstattarget" END AS
"attstattarget", CAST(CASE WHEN FALSE THEN "ca"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN
"ca"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN "ca"."attfdwoptions" END AS "attfdwoptions", CASE WHEN
FALSE THEN "ca"."attmissingval" END AS "attmissingval", ((((("ca"."attrelid" >= 4294000000) OR ("ca"."attrelid" <
16384)) OR ("ca"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "pg_catalog"."pg_attribute" AS "ca" WHERE
((("ca"."attrelid" >= 4294000000) OR ("ca"."attrelid" < 16384)) OR ("ca"."attrelid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "ca" ON CASE WHEN (("ca"."cordon 3" IS NOT
FALSE) AND ("c"."cordon 2" IS NOT FALSE)) THEN ("cols"."colid" = "ca"."attnum") ELSE FALSE END) WHERE
("ca"."attrelid" = "c"."conrelid") ORDER BY CASE WHEN ("c"."cordon 2" IS NOT FALSE) THEN "cols"."arridx" END),
"c"."contype", CASE WHEN ("c"."cordon 2" IS NOT FALSE) THEN (SELECT CASE WHEN (("fka"."cordon 4" IS NOT FALSE) AND
("fkc"."cordon 5" IS NOT FALSE)) THEN (("fkc"."relname" || '.') || "fka"."attname") END AS "?column?" FROM ((SELECT
"fka"."attrelid", "fka"."attname", "fka"."atttypid", "fka"."attlen", "fka"."attnum", "fka"."atttypmod",
"fka"."attndims", "fka"."attbyval", "fka"."attalign", "fka"."attstorage", "fka"."attcompression",
"fka"."attnotnull", "fka"."atthasdef", CASE WHEN FALSE THEN "fka"."atthasmissing" END AS "atthasmissing",
"fka"."attidentity", "fka"."attgenerated", "fka"."attisdropped", "fka"."attislocal", "fka"."attinhcount",
"fka"."attcollation", CASE WHEN FALSE THEN "fka"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN
"fka"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN "fka"."attoptions" END AS "attoptions", CASE WHEN
FALSE THEN "fka"."attfdwoptions" END AS "attfdwoptions", CASE WHEN FALSE THEN "fka"."attmissingval" END AS
"attmissingval", ((((("fka"."attrelid" >= 4294000000) OR ("fka"."attrelid" < 16384)) OR ("fka"."attrelid" IN (16385,
16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 4" FROM "pg_catalog"."pg_attribute" AS "fka" WHERE ((("fka"."attrelid" >=
4294000000) OR ("fka"."attrelid" < 16384)) OR ("fka"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397,
16413, 16420, 16433, 16449, 16451, 16463)))) AS "fka" JOIN (SELECT "fkc"."oid", "fkc"."relname",
"fkc"."relnamespace", "fkc"."reltype", "fkc"."reloftype", CASE WHEN FALSE THEN "fkc"."relowner" END AS "relowner",
"fkc"."relam", CASE WHEN FALSE THEN "fkc"."relfilenode" END AS "relfilenode", "fkc"."reltablespace", CASE WHEN FALSE
THEN "fkc"."relpages" END AS "relpages", CASE WHEN FALSE THEN "fkc"."reltuples" END AS "reltuples", CASE WHEN FALSE
THEN "fkc"."relallvisible" END AS "relallvisible", CASE WHEN FALSE THEN "fkc"."relallfrozen" END AS "relallfrozen",
CASE WHEN FALSE THEN "fkc"."reltoastrelid" END AS "reltoastrelid", "fkc"."relhasindex", "fkc"."relisshared",
"fkc"."relpersistence", "fkc"."relkind", "fkc"."relnatts", "fkc"."relchecks", "fkc"."relhasrules",
"fkc"."relhastriggers", "fkc"."relhassubclass", "fkc"."relrowsecurity", "fkc"."relforcerowsecurity",
"fkc"."relispopulated", "fkc"."relreplident", "fkc"."relispartition", CASE WHEN FALSE THEN "fkc"."relrewrite" END AS
"relrewrite", CASE WHEN FALSE THEN "fkc"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN
"fkc"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "fkc"."relacl" END AS "_text") AS "relacl", CASE
WHEN FALSE THEN "fkc"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "fkc"."relpartbound" END AS
"relpartbound", ((((("fkc"."oid" >= 4294000000) OR ("fkc"."oid" < 16384)) OR ("fkc"."oid" IN (16385, 16400, 16422,
16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2))
AS "cordon 5" FROM "pg_catalog"."pg_class" AS "fkc" WHERE ((("fkc"."oid" >= 4294000000) OR ("fkc"."oid" < 16384)) OR
("fkc"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS
"fkc" ON ("fka"."attrelid" = "fkc"."oid")) WHERE (("fka"."attrelid" = "c"."confrelid") AND CASE WHEN
(("c"."cordon 2" IS NOT FALSE) AND ("fka"."cordon 4" IS NOT FALSE)) THEN ("fka"."attnum" = ("c"."confkey")[1]) ELSE
FALSE END)) END AS "?column?", "cl"."reloptions" FROM ((SELECT "c"."oid", "c"."conname", "c"."connamespace",
"c"."contype", "c"."condeferrable", "c"."condeferred", "c"."conenforced", "c"."convalidated", "c"."conrelid",
"c"."contypid", "c"."conindid", "c"."conparentid", "c"."confrelid", "c"."confupdtype", "c"."confdeltype",
"c"."confmatchtype", "c"."conislocal", "c"."coninhcount", "c"."connoinherit", "c"."conperiod", "c"."conkey",
"c"."confkey", "c"."conpfeqop", "c"."conppeqop", "c"."conffeqop", "c"."confdelsetcols", "c"."conexclop", CASE WHEN
FALSE THEN "c"."conbin" END AS "conbin", ((((("c"."oid" >= 4294000000) OR ("c"."oid" < 16384)) OR ("c"."oid" IN
(16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428,
16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470))) IS TRUE)
AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "pg_catalog"."pg_constraint" AS "c" WHERE ((("c"."oid" >=
4294000000) OR ("c"."oid" < 16384)) OR ("c"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408,
16409, 16410, 16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452,
16453, 16461, 16462, 16464, 16465, 16470)))) AS "c" JOIN (SELECT "cl"."oid", "cl"."relname", "cl"."relnamespace",
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
16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_class" AS
"cl" WHERE ((("cl"."oid" >= 4294000000) OR ("cl"."oid" < 16384)) OR ("cl"."oid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "cl" ON ("c"."conrelid" = "cl"."oid")) WHERE
(("cl"."relname" = 'orders') AND CASE WHEN ("cl"."cordon 1" IS NOT FALSE) THEN
"pg_catalog"."pg_table_is_visible"("cl"."oid") ELSE FALSE END);

-- The keys and indexes of a table.
-- principal: alice policy=orms
SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'prefix' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'orders' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions;
-- => allow
SELECT "s2"."indexname", "pg_catalog"."array_agg"("s2"."attname" ORDER BY CASE WHEN ("s2"."cordon 6" IS NOT FALSE)
THEN "s2"."arridx" END), "s2"."indisunique", "s2"."indisprimary", "pg_catalog"."array_agg"("s2"."ordering" ORDER BY
CASE WHEN ("s2"."cordon 6" IS NOT FALSE) THEN "s2"."arridx" END), "s2"."amname", "s2"."exprdef", "s2"."attoptions"
FROM (SELECT "c2"."relname" AS "indexname", "idx"."indexrelid", "idx"."indrelid", "idx"."indnatts",
"idx"."indnkeyatts", "idx"."indisunique", "idx"."indnullsnotdistinct", "idx"."indisprimary", "idx"."indisexclusion",
"idx"."indimmediate", "idx"."indisclustered", "idx"."indisvalid", "idx"."indcheckxmin", "idx"."indisready",
"idx"."indislive", "idx"."indisreplident", "idx"."indkey", "idx"."indcollation", "idx"."indclass",
"idx"."indoption", "idx"."indexprs", "idx"."indpred", "idx"."key", "idx"."option", "idx"."arridx", "attr"."attname",
"am"."amname", CASE WHEN ("idx"."cordon 2" IS NOT FALSE) THEN CASE WHEN ("idx"."indexprs" IS NOT NULL) THEN
"pg_catalog"."pg_get_indexdef"("idx"."indexrelid") END END AS "exprdef", CASE WHEN (("idx"."cordon 2" IS NOT FALSE)
AND ("am"."cordon 5" IS NOT FALSE)) THEN CASE "am"."amname" WHEN 'prefix' THEN CASE ("idx"."option" & 1) WHEN 1 THEN
'DESC' ELSE 'ASC' END END END AS "ordering", "c2"."reloptions" AS "attoptions", (("idx"."cordon 2" IS NOT FALSE) AND
("c"."cordon 4" IS NOT FALSE) AND ("c2"."cordon 7" IS NOT FALSE) AND ("am"."cordon 5" IS NOT FALSE) AND
("attr"."cordon 3" IS NOT FALSE)) AS "cordon 6" FROM (((((SELECT "i"."indexrelid", "i"."indrelid", "i"."indnatts",
"i"."indnkeyatts", "i"."indisunique", "i"."indnullsnotdistinct", "i"."indisprimary", "i"."indisexclusion",
"i"."indimmediate", "i"."indisclustered", "i"."indisvalid", "i"."indcheckxmin", "i"."indisready", "i"."indislive",
"i"."indisreplident", "i"."indkey", "i"."indcollation", "i"."indclass", "i"."indoption", "i"."indexprs",
"i"."indpred", "koi".*, ("i"."cordon 1" IS NOT FALSE) AS "cordon 2" FROM (SELECT "i"."indexrelid", "i"."indrelid",
"i"."indnatts", "i"."indnkeyatts", "i"."indisunique", "i"."indnullsnotdistinct", "i"."indisprimary",
"i"."indisexclusion", "i"."indimmediate", "i"."indisclustered", "i"."indisvalid", CASE WHEN FALSE THEN
"i"."indcheckxmin" END AS "indcheckxmin", "i"."indisready", "i"."indislive", "i"."indisreplident", "i"."indkey",
"i"."indcollation", "i"."indclass", "i"."indoption", CASE WHEN FALSE THEN "i"."indexprs" END AS "indexprs", CASE
WHEN FALSE THEN "i"."indpred" END AS "indpred", ((((("i"."indexrelid" >= 4294000000) OR ("i"."indexrelid" < 16384))
OR ("i"."indexrelid" IN (16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_index" AS "i" WHERE ((("i"."indexrelid" >=
4294000000) OR ("i"."indexrelid" < 16384)) OR ("i"."indexrelid" IN (16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463)))) AS "i", "unnest"(CASE WHEN ("i"."cordon 1" IS NOT FALSE) THEN "i"."indkey" END, CASE WHEN ("i"."cordon 1"
IS NOT FALSE) THEN "i"."indoption" END) WITH ORDINALITY AS "koi"("key", "option", "arridx")) AS "idx" LEFT JOIN
(SELECT "c"."oid", "c"."relname", "c"."relnamespace", "c"."reltype", "c"."reloftype", CASE WHEN FALSE THEN
"c"."relowner" END AS "relowner", "c"."relam", CASE WHEN FALSE THEN "c"."relfilenode" END AS "relfilenode",
"c"."reltablespace", CASE WHEN FALSE THEN "c"."relpages" END AS "relpages", CASE WHEN FALSE THEN "c"."reltuples" END
AS "reltuples", CASE WHEN FALSE THEN "c"."relallvisible" END AS "relallvisible", CASE WHEN FALSE THEN
"c"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN "c"."reltoastrelid" END AS "reltoastrelid",
"c"."relhasindex", "c"."relisshared", "c"."relpersistence", "c"."relkind", "c"."relnatts", "c"."relchecks",
"c"."relhasrules", "c"."relhastriggers", "c"."relhassubclass", "c"."relrowsecurity", "c"."relforcerowsecurity",
"c"."relispopulated", "c"."relreplident", "c"."relispartition", CASE WHEN FALSE THEN "c"."relrewrite" END AS
"relrewrite", CASE WHEN FALSE THEN "c"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "c"."relminmxid"
END AS "relminmxid", CAST(CASE WHEN FALSE THEN "c"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"c"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "c"."relpartbound" END AS "relpartbound", ((((("c"."oid"
>= 4294000000) OR ("c"."oid" < 16384)) OR ("c"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413,
16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 4" FROM
"pg_catalog"."pg_class" AS "c" WHERE ((("c"."oid" >= 4294000000) OR ("c"."oid" < 16384)) OR ("c"."oid" IN (16385,
16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "c" ON ("idx"."indrelid" =
"c"."oid")) LEFT JOIN (SELECT "c2"."oid", "c2"."relname", "c2"."relnamespace", "c2"."reltype", "c2"."reloftype",
CASE WHEN FALSE THEN "c2"."relowner" END AS "relowner", "c2"."relam", CASE WHEN FALSE THEN "c2"."relfilenode" END AS
"relfilenode", "c2"."reltablespace", CASE WHEN FALSE THEN "c2"."relpages" END AS "relpages", CASE WHEN FALSE THEN
"c2"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "c2"."relallvisible" END AS "relallvisible", CASE WHEN
FALSE THEN "c2"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN "c2"."reltoastrelid" END AS
"reltoastrelid", "c2"."relhasindex", "c2"."relisshared", "c2"."relpersistence", "c2"."relkind", "c2"."relnatts",
"c2"."relchecks", "c2"."relhasrules", "c2"."relhastriggers", "c2"."relhassubclass", "c2"."relrowsecurity",
"c2"."relforcerowsecurity", "c2"."relispopulated", "c2"."relreplident", "c2"."relispartition", CASE WHEN FALSE THEN
"c2"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "c2"."relfrozenxid" END AS "relfrozenxid", CASE WHEN
FALSE THEN "c2"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "c2"."relacl" END AS "_text") AS
"relacl", CASE WHEN FALSE THEN "c2"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "c2"."relpartbound" END
AS "relpartbound", ((((("c2"."oid" >= 4294000000) OR ("c2"."oid" < 16384)) OR ("c2"."oid" IN (16385, 16400, 16422,
16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2))
AS "cordon 7" FROM "pg_catalog"."pg_class" AS "c2" WHERE ((("c2"."oid" >= 4294000000) OR ("c2"."oid" < 16384)) OR
("c2"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS
"c2" ON ("idx"."indexrelid" = "c2"."oid")) LEFT JOIN (SELECT "am"."oid", "am"."amname", CAST("am"."amhandler" AS
"oid") AS "amhandler", "am"."amtype", ((TRUE IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 5" FROM
"pg_catalog"."pg_am" AS "am" WHERE TRUE) AS "am" ON ("c2"."relam" = "am"."oid")) LEFT JOIN (SELECT
"attr"."attrelid", "attr"."attname", "attr"."atttypid", "attr"."attlen", "attr"."attnum", "attr"."atttypmod",
"attr"."attndims", "attr"."attbyval", "attr"."attalign", "attr"."attstorage", "attr"."attcompression",
"attr"."attnotnull", "attr"."atthasdef", CASE WHEN FALSE THEN "attr"."atthasmissing" END AS "atthasmissing",
"attr"."attidentity", "attr"."attgenerated", "attr"."attisdropped", "attr"."attislocal", "attr"."attinhcount",
"attr"."attcollation", CASE WHEN FALSE THEN "attr"."attstattarget" END AS "attstattarget", CAST(CASE WHEN FALSE THEN
"attr"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN "attr"."attoptions" END AS "attoptions", CASE WHEN
FALSE THEN "attr"."attfdwoptions" END AS "attfdwoptions", CASE WHEN FALSE THEN "attr"."attmissingval" END AS
"attmissingval", ((((("attr"."attrelid" >= 4294000000) OR ("attr"."attrelid" < 16384)) OR ("attr"."attrelid" IN
(16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "pg_catalog"."pg_attribute" AS "attr" WHERE ((("attr"."attrelid"
>= 4294000000) OR ("attr"."attrelid" < 16384)) OR ("attr"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395,
16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "attr" ON (("attr"."attrelid" = "c"."oid") AND CASE WHEN
(("idx"."cordon 2" IS NOT FALSE) AND ("attr"."cordon 3" IS NOT FALSE)) THEN ("attr"."attnum" = "idx"."key") ELSE
FALSE END)) WHERE (("c"."relname" = 'orders') AND CASE WHEN ("c"."cordon 4" IS NOT FALSE) THEN
"pg_catalog"."pg_table_is_visible"("c"."oid") ELSE FALSE END)) AS "s2" GROUP BY "s2"."indexname",
"s2"."indisunique", "s2"."indisprimary", "s2"."amname", "s2"."exprdef", "s2"."attoptions";

-- The foreign keys of a table.
-- principal: alice policy=orms
SELECT a1.attname, c2.relname, a2.attname
            FROM pg_constraint con
            LEFT JOIN pg_class c1 ON con.conrelid = c1.oid
            LEFT JOIN pg_class c2 ON con.confrelid = c2.oid
            LEFT JOIN
                pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1]
            LEFT JOIN
                pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1]
            WHERE
                c1.relname = 'orders' AND
                con.contype = 'f' AND
                c1.relnamespace = c2.relnamespace AND
                pg_catalog.pg_table_is_visible(c1.oid);
-- => allow
SELECT "a1"."attname", "c2"."relname", "a2"."attname" FROM (((((SELECT "con"."oid", "con"."conname",
"con"."connamespace", "con"."contype", "con"."condeferrable", "con"."condeferred", "con"."conenforced",
"con"."convalidated", "con"."conrelid", "con"."contypid", "con"."conindid", "con"."conparentid", "con"."confrelid",
"con"."confupdtype", "con"."confdeltype", "con"."confmatchtype", "con"."conislocal", "con"."coninhcount",
"con"."connoinherit", "con"."conperiod", "con"."conkey", "con"."confkey", "con"."conpfeqop", "con"."conppeqop",
"con"."conffeqop", "con"."confdelsetcols", "con"."conexclop", CASE WHEN FALSE THEN "con"."conbin" END AS "conbin",
((((("con"."oid" >= 4294000000) OR ("con"."oid" < 16384)) OR ("con"."oid" IN (16389, 16390, 16391, 16392, 16396,
16398, 16406, 16407, 16408, 16409, 16410, 16414, 16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444,
16445, 16446, 16450, 16452, 16453, 16461, 16462, 16464, 16465, 16470))) IS TRUE) AND ("pg_catalog"."random"() < 2))
AS "cordon 1" FROM "pg_catalog"."pg_constraint" AS "con" WHERE ((("con"."oid" >= 4294000000) OR ("con"."oid" <
16384)) OR ("con"."oid" IN (16389, 16390, 16391, 16392, 16396, 16398, 16406, 16407, 16408, 16409, 16410, 16414,
16415, 16426, 16427, 16428, 16429, 16430, 16434, 16435, 16444, 16445, 16446, 16450, 16452, 16453, 16461, 16462,
16464, 16465, 16470)))) AS "con" LEFT JOIN (SELECT "c1"."oid", "c1"."relname", "c1"."relnamespace", "c1"."reltype",
"c1"."reloftype", CASE WHEN FALSE THEN "c1"."relowner" END AS "relowner", "c1"."relam", CASE WHEN FALSE THEN
"c1"."relfilenode" END AS "relfilenode", "c1"."reltablespace", CASE WHEN FALSE THEN "c1"."relpages" END AS
"relpages", CASE WHEN FALSE THEN "c1"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "c1"."relallvisible" END
AS "relallvisible", CASE WHEN FALSE THEN "c1"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN
"c1"."reltoastrelid" END AS "reltoastrelid", "c1"."relhasindex", "c1"."relisshared", "c1"."relpersistence",
"c1"."relkind", "c1"."relnatts", "c1"."relchecks", "c1"."relhasrules", "c1"."relhastriggers", "c1"."relhassubclass",
"c1"."relrowsecurity", "c1"."relforcerowsecurity", "c1"."relispopulated", "c1"."relreplident",
"c1"."relispartition", CASE WHEN FALSE THEN "c1"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"c1"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "c1"."relminmxid" END AS "relminmxid", CAST(CASE
WHEN FALSE THEN "c1"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN "c1"."reloptions" END AS
"reloptions", CASE WHEN FALSE THEN "c1"."relpartbound" END AS "relpartbound", ((((("c1"."oid" >= 4294000000) OR
("c1"."oid" < 16384)) OR ("c1"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 4" FROM "pg_catalog"."pg_class" AS
"c1" WHERE ((("c1"."oid" >= 4294000000) OR ("c1"."oid" < 16384)) OR ("c1"."oid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "c1" ON ("con"."conrelid" = "c1"."oid")) LEFT
JOIN (SELECT "c2"."oid", "c2"."relname", "c2"."relnamespace", "c2"."reltype", "c2"."reloftype", CASE WHEN FALSE THEN
"c2"."relowner" END AS "relowner", "c2"."relam", CASE WHEN FALSE THEN "c2"."relfilenode" END AS "relfilenode",
"c2"."reltablespace", CASE WHEN FALSE THEN "c2"."relpages" END AS "relpages", CASE WHEN FALSE THEN "c2"."reltuples"
END AS "reltuples", CASE WHEN FALSE THEN "c2"."relallvisible" END AS "relallvisible", CASE WHEN FALSE THEN
"c2"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN "c2"."reltoastrelid" END AS "reltoastrelid",
"c2"."relhasindex", "c2"."relisshared", "c2"."relpersistence", "c2"."relkind", "c2"."relnatts", "c2"."relchecks",
"c2"."relhasrules", "c2"."relhastriggers", "c2"."relhassubclass", "c2"."relrowsecurity", "c2"."relforcerowsecurity",
"c2"."relispopulated", "c2"."relreplident", "c2"."relispartition", CASE WHEN FALSE THEN "c2"."relrewrite" END AS
"relrewrite", CASE WHEN FALSE THEN "c2"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "c2"."relminmxid"
END AS "relminmxid", CAST(CASE WHEN FALSE THEN "c2"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN
"c2"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN "c2"."relpartbound" END AS "relpartbound" FROM
"pg_catalog"."pg_class" AS "c2" WHERE ((("c2"."oid" >= 4294000000) OR ("c2"."oid" < 16384)) OR ("c2"."oid" IN
(16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "c2" ON
("con"."confrelid" = "c2"."oid")) LEFT JOIN (SELECT "a1"."attrelid", "a1"."attname", "a1"."atttypid", "a1"."attlen",
"a1"."attnum", "a1"."atttypmod", "a1"."attndims", "a1"."attbyval", "a1"."attalign", "a1"."attstorage",
"a1"."attcompression", "a1"."attnotnull", "a1"."atthasdef", CASE WHEN FALSE THEN "a1"."atthasmissing" END AS
"atthasmissing", "a1"."attidentity", "a1"."attgenerated", "a1"."attisdropped", "a1"."attislocal",
"a1"."attinhcount", "a1"."attcollation", CASE WHEN FALSE THEN "a1"."attstattarget" END AS "attstattarget", CAST(CASE
WHEN FALSE THEN "a1"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN "a1"."attoptions" END AS
"attoptions", CASE WHEN FALSE THEN "a1"."attfdwoptions" END AS "attfdwoptions", CASE WHEN FALSE THEN
"a1"."attmissingval" END AS "attmissingval", ((((("a1"."attrelid" >= 4294000000) OR ("a1"."attrelid" < 16384)) OR
("a1"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS
TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "pg_catalog"."pg_attribute" AS "a1" WHERE
((("a1"."attrelid" >= 4294000000) OR ("a1"."attrelid" < 16384)) OR ("a1"."attrelid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "a1" ON (("c1"."oid" = "a1"."attrelid") AND
CASE WHEN (("con"."cordon 1" IS NOT FALSE) AND ("a1"."cordon 2" IS NOT FALSE)) THEN ("a1"."attnum" =
("con"."conkey")[1]) ELSE FALSE END)) LEFT JOIN (SELECT "a2"."attrelid", "a2"."attname", "a2"."atttypid",
"a2"."attlen", "a2"."attnum", "a2"."atttypmod", "a2"."attndims", "a2"."attbyval", "a2"."attalign",
"a2"."attstorage", "a2"."attcompression", "a2"."attnotnull", "a2"."atthasdef", CASE WHEN FALSE THEN
"a2"."atthasmissing" END AS "atthasmissing", "a2"."attidentity", "a2"."attgenerated", "a2"."attisdropped",
"a2"."attislocal", "a2"."attinhcount", "a2"."attcollation", CASE WHEN FALSE THEN "a2"."attstattarget" END AS
"attstattarget", CAST(CASE WHEN FALSE THEN "a2"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN
"a2"."attoptions" END AS "attoptions", CASE WHEN FALSE THEN "a2"."attfdwoptions" END AS "attfdwoptions", CASE WHEN
FALSE THEN "a2"."attmissingval" END AS "attmissingval", ((((("a2"."attrelid" >= 4294000000) OR ("a2"."attrelid" <
16384)) OR ("a2"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "pg_catalog"."pg_attribute" AS "a2" WHERE
((("a2"."attrelid" >= 4294000000) OR ("a2"."attrelid" < 16384)) OR ("a2"."attrelid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "a2" ON (("c2"."oid" = "a2"."attrelid") AND
CASE WHEN (("con"."cordon 1" IS NOT FALSE) AND ("a2"."cordon 3" IS NOT FALSE)) THEN ("a2"."attnum" =
("con"."confkey")[1]) ELSE FALSE END)) WHERE (("c1"."relname" = 'orders') AND CASE WHEN ("con"."cordon 1" IS NOT
FALSE) THEN ("con"."contype" = 'f') ELSE FALSE END AND ("c1"."relnamespace" = "c2"."relnamespace") AND CASE WHEN
("c1"."cordon 4" IS NOT FALSE) THEN "pg_catalog"."pg_table_is_visible"("c1"."oid") ELSE FALSE END);

-- The sequences of a table.
-- principal: alice policy=orms
SELECT
                s.relname AS sequence_name,
                a.attname AS colname
            FROM
                pg_class s
                JOIN pg_depend d ON d.objid = s.oid
                    AND d.classid = 'pg_class'::regclass
                    AND d.refclassid = 'pg_class'::regclass
                JOIN pg_attribute a ON d.refobjid = a.attrelid
                    AND d.refobjsubid = a.attnum
                JOIN pg_class tbl ON tbl.oid = d.refobjid
                    AND tbl.relname = 'orders'
                    AND pg_catalog.pg_table_is_visible(tbl.oid)
            WHERE
                s.relkind = 'S';
-- => allow
SELECT "s"."relname" AS "sequence_name", "a"."attname" AS "colname" FROM ((((SELECT "s"."oid", "s"."relname",
"s"."relnamespace", "s"."reltype", "s"."reloftype", CASE WHEN FALSE THEN "s"."relowner" END AS "relowner",
"s"."relam", CASE WHEN FALSE THEN "s"."relfilenode" END AS "relfilenode", "s"."reltablespace", CASE WHEN FALSE THEN
"s"."relpages" END AS "relpages", CASE WHEN FALSE THEN "s"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN
"s"."relallvisible" END AS "relallvisible", CASE WHEN FALSE THEN "s"."relallfrozen" END AS "relallfrozen", CASE WHEN
FALSE THEN "s"."reltoastrelid" END AS "reltoastrelid", "s"."relhasindex", "s"."relisshared", "s"."relpersistence",
"s"."relkind", "s"."relnatts", "s"."relchecks", "s"."relhasrules", "s"."relhastriggers", "s"."relhassubclass",
"s"."relrowsecurity", "s"."relforcerowsecurity", "s"."relispopulated", "s"."relreplident", "s"."relispartition",
CASE WHEN FALSE THEN "s"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN "s"."relfrozenxid" END AS
"relfrozenxid", CASE WHEN FALSE THEN "s"."relminmxid" END AS "relminmxid", CAST(CASE WHEN FALSE THEN "s"."relacl"
END AS "_text") AS "relacl", CASE WHEN FALSE THEN "s"."reloptions" END AS "reloptions", CASE WHEN FALSE THEN
"s"."relpartbound" END AS "relpartbound", ((((("s"."oid" >= 4294000000) OR ("s"."oid" < 16384)) OR ("s"."oid" IN
(16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "pg_catalog"."pg_class" AS "s" WHERE ((("s"."oid" >= 4294000000)
OR ("s"."oid" < 16384)) OR ("s"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463)))) AS "s" JOIN (SELECT "d"."classid", "d"."objid", "d"."objsubid", "d"."refclassid",
"d"."refobjid", "d"."refobjsubid", "d"."deptype" FROM "pg_catalog"."pg_depend" AS "d" WHERE (("d"."classid" = 1259)
AND ("d"."refclassid" = 1259) AND ("d"."objid" IN (16385, 16400, 16422, 16441, 16458)) AND ("d"."refobjid" IN
(16385, 16400, 16422, 16441, 16458)))) AS "d" ON (("d"."objid" = "s"."oid") AND ("d"."classid" =
CAST(CAST('"pg_catalog"."pg_class"' AS "regclass") AS "oid")) AND ("d"."refclassid" =
CAST(CAST('"pg_catalog"."pg_class"' AS "regclass") AS "oid")))) JOIN (SELECT "a"."attrelid", "a"."attname",
"a"."atttypid", "a"."attlen", "a"."attnum", "a"."atttypmod", "a"."attndims", "a"."attbyval", "a"."attalign",
"a"."attstorage", "a"."attcompression", "a"."attnotnull", "a"."atthasdef", CASE WHEN FALSE THEN "a"."atthasmissing"
END AS "atthasmissing", "a"."attidentity", "a"."attgenerated", "a"."attisdropped", "a"."attislocal",
"a"."attinhcount", "a"."attcollation", CASE WHEN FALSE THEN "a"."attstattarget" END AS "attstattarget", CAST(CASE
WHEN FALSE THEN "a"."attacl" END AS "_text") AS "attacl", CASE WHEN FALSE THEN "a"."attoptions" END AS "attoptions",
CASE WHEN FALSE THEN "a"."attfdwoptions" END AS "attfdwoptions", CASE WHEN FALSE THEN "a"."attmissingval" END AS
"attmissingval" FROM "pg_catalog"."pg_attribute" AS "a" WHERE ((("a"."attrelid" >= 4294000000) OR ("a"."attrelid" <
16384)) OR ("a"."attrelid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451,
16463)))) AS "a" ON (("d"."refobjid" = "a"."attrelid") AND ("d"."refobjsubid" = "a"."attnum"))) JOIN (SELECT
"tbl"."oid", "tbl"."relname", "tbl"."relnamespace", "tbl"."reltype", "tbl"."reloftype", CASE WHEN FALSE THEN
"tbl"."relowner" END AS "relowner", "tbl"."relam", CASE WHEN FALSE THEN "tbl"."relfilenode" END AS "relfilenode",
"tbl"."reltablespace", CASE WHEN FALSE THEN "tbl"."relpages" END AS "relpages", CASE WHEN FALSE THEN
"tbl"."reltuples" END AS "reltuples", CASE WHEN FALSE THEN "tbl"."relallvisible" END AS "relallvisible", CASE WHEN
FALSE THEN "tbl"."relallfrozen" END AS "relallfrozen", CASE WHEN FALSE THEN "tbl"."reltoastrelid" END AS
"reltoastrelid", "tbl"."relhasindex", "tbl"."relisshared", "tbl"."relpersistence", "tbl"."relkind",
"tbl"."relnatts", "tbl"."relchecks", "tbl"."relhasrules", "tbl"."relhastriggers", "tbl"."relhassubclass",
"tbl"."relrowsecurity", "tbl"."relforcerowsecurity", "tbl"."relispopulated", "tbl"."relreplident",
"tbl"."relispartition", CASE WHEN FALSE THEN "tbl"."relrewrite" END AS "relrewrite", CASE WHEN FALSE THEN
"tbl"."relfrozenxid" END AS "relfrozenxid", CASE WHEN FALSE THEN "tbl"."relminmxid" END AS "relminmxid", CAST(CASE
WHEN FALSE THEN "tbl"."relacl" END AS "_text") AS "relacl", CASE WHEN FALSE THEN "tbl"."reloptions" END AS
"reloptions", CASE WHEN FALSE THEN "tbl"."relpartbound" END AS "relpartbound", ((((("tbl"."oid" >= 4294000000) OR
("tbl"."oid" < 16384)) OR ("tbl"."oid" IN (16385, 16400, 16422, 16441, 16458, 16395, 16397, 16413, 16420, 16433,
16449, 16451, 16463))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "pg_catalog"."pg_class" AS
"tbl" WHERE ((("tbl"."oid" >= 4294000000) OR ("tbl"."oid" < 16384)) OR ("tbl"."oid" IN (16385, 16400, 16422, 16441,
16458, 16395, 16397, 16413, 16420, 16433, 16449, 16451, 16463)))) AS "tbl" ON (("tbl"."oid" = "d"."refobjid") AND
("tbl"."relname" = 'orders') AND CASE WHEN ("tbl"."cordon 1" IS NOT FALSE) THEN
"pg_catalog"."pg_table_is_visible"("tbl"."oid") ELSE FALSE END)) WHERE CASE WHEN ("s"."cordon 2" IS NOT FALSE) THEN
("s"."relkind" = 'S') ELSE FALSE END;

-- A table is made.
-- principal: migrator policy=orms
CREATE TABLE "carts" ("id" integer NOT NULL PRIMARY KEY DEFAULT unique_rowid(), "name" varchar(80) NOT NULL, "content" jsonb NULL);
-- => allow
CREATE TABLE "carts" ("id" integer NOT NULL PRIMARY KEY DEFAULT unique_rowid(), "name" varchar(80) NOT NULL,
"content" jsonb NULL);

-- A table is made.
-- principal: migrator policy=orms
CREATE INDEX "carts_name_4e39d443" ON "carts" ("name");
-- => allow
CREATE INDEX "carts_name_4e39d443" ON "carts" ("name");

-- A table is dropped.
-- principal: migrator policy=orms
DROP TABLE "carts" CASCADE;
-- => allow
DROP TABLE "carts" CASCADE;

-- All rows.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";

-- One row by its key.
-- principal: alice policy=orms
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM "users" WHERE "users"."id" = 1 LIMIT 21;
-- => allow
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users" WHERE ("users"."id" = 1) LIMIT
21;

-- A user by the e-mail.
-- principal: alice policy=orms
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM "users" WHERE UPPER("users"."email"::text) = UPPER('Alice@shop.test') ORDER BY "users"."id" ASC LIMIT 1;
-- => allow
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash",
((("users"."id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users" WHERE CASE WHEN
("users"."cordon 1" IS NOT FALSE) THEN ("pg_catalog"."upper"(CAST("users"."email" AS "text")) =
"pg_catalog"."upper"('Alice@shop.test')) ELSE FALSE END ORDER BY "users"."id" ASC LIMIT 1;

-- Some columns, by conditions, in order, a page.
-- principal: alice policy=orms
SELECT "orders"."id" AS "id", "orders"."total" AS "total" FROM "orders" WHERE (("orders"."status" IN ('open', 'paid') OR "orders"."note" IS NULL) AND "orders"."user_id" = 1 AND NOT ("orders"."status" = 'gone')) ORDER BY "orders"."created_at" DESC NULLS LAST, 1 ASC LIMIT 10 OFFSET 20;
-- => allow
SELECT "orders"."id" AS "id", "orders"."total" AS "total" FROM (SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE ((("orders"."status" IN ('open', 'paid')) OR
("orders"."note" IS NULL)) AND ("orders"."user_id" = 1) AND (NOT ("orders"."status" = 'gone'))) ORDER BY
"orders"."created_at" DESC NULLS LAST, 1 ASC OFFSET 20 LIMIT 10;

-- Patterns and ranges.
-- principal: alice policy=orms
SELECT "orders"."id" FROM "orders" WHERE ("orders"."created_at" BETWEEN '2026-01-01 00:00:00+00:00'::timestamptz AND '2026-12-31 23:59:59.999999+00:00'::timestamptz AND "orders"."status"::text LIKE  E'%pe\\%%' AND UPPER("orders"."status"::text) LIKE UPPER('O%') AND "orders"."status"::text ~ '^o' AND "orders"."total" BETWEEN 1 AND 100);
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders" WHERE (("orders"."created_at" BETWEEN CAST('2026-01-01 00:00:00+00:00' AS "timestamptz")
AND CAST('2026-12-31 23:59:59.999999+00:00' AS "timestamptz")) AND (CAST("orders"."status" AS "text") LIKE '%pe\%%')
AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("pg_catalog"."upper"(CAST("orders"."status" AS "text")) LIKE
"pg_catalog"."upper"('O%')) ELSE FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN
(CAST("orders"."status" AS "text") ~ '^o') ELSE FALSE END AND ("orders"."total" BETWEEN 1 AND 100));

-- A day, an hour.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE (("orders"."created_at" AT TIME ZONE 'UTC')::date = '2026-01-01'::date AND EXTRACT(HOUR FROM "orders"."created_at" AT TIME ZONE 'UTC') >= 0);
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders" WHERE (CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN (CAST(("orders"."created_at" AT
TIME ZONE 'UTC') AS "date") = CAST('2026-01-01' AS "date")) ELSE FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT
FALSE) THEN (EXTRACT('hour' FROM ("orders"."created_at" AT TIME ZONE 'UTC')) >= 0) ELSE FALSE END);

-- A field of JSON.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE (("orders"."note" -> 'gift') = 'true'::jsonb AND ("orders"."note" #> '{to,name}') = '"x"'::jsonb);
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders" WHERE (CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN (("orders"."note" -> 'gift') =
CAST('true' AS "jsonb")) ELSE FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN (("orders"."note" #>
'{to,name}') = CAST('"x"' AS "jsonb")) ELSE FALSE END);

-- JSON that is contained, a key that stands.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE ("orders"."note" @> '{"gift": true}'::jsonb AND "orders"."note" ? 'gift');
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders" WHERE (("orders"."note" @> CAST('{"gift": true}' AS "jsonb")) AND CASE WHEN
("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."note" ? 'gift') ELSE FALSE END);

-- A relation that is joined.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at", "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM "orders" INNER JOIN "users" ON ("orders"."user_id" = CAST("users"."id" AS bigint));
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM ((SELECT
"orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" JOIN (SELECT
"users"."id", "users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash"
FROM "public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users" ON ("orders"."user_id" =
CAST("users"."id" AS bigint)));

-- A relation by a second query.
-- principal: alice policy=orms
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM "users";
-- => allow
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users";

-- A relation by a second query.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE ("orders"."status" = 'open' AND "orders"."user_id" IN (1, 2));
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE (("orders"."status" = 'open') AND ("orders"."user_id" IN (1, 2)));

-- A relation by a second query.
-- principal: alice policy=orms
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "items" WHERE "items"."order_id" IN (1, 3);
-- => allow
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."order_id" IN (1, 3));

-- A relation by a second query.
-- principal: alice policy=orms
SELECT ("item_tags"."item_id") AS "_prefetch_related_val_item_id", "tags"."id", "tags"."user_id", "tags"."name" FROM "tags" INNER JOIN "item_tags" ON ("tags"."id" = CAST("item_tags"."tag_id" AS bigint)) WHERE "item_tags"."item_id" IN (1, 2, 3);
-- => allow
SELECT "item_tags"."item_id" AS "_prefetch_related_val_item_id", "tags"."id", "tags"."user_id", "tags"."name" FROM
((SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" =
CAST('1' AS "int8"))) AS "tags" JOIN (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM "public"."item_tags"
AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."items" AS "cordon 1"
WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" ON ("tags"."id" = CAST("item_tags"."tag_id" AS
bigint))) WHERE ("item_tags"."item_id" IN (1, 2, 3));

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE "orders"."id" = 1;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1);

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "items" WHERE "items"."order_id" = 1;
-- => allow
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."order_id" = 1);

-- A relation when it is asked for.
-- principal: alice policy=orms
SELECT COUNT(*) AS "__count" FROM "items" WHERE "items"."order_id" = 1;
-- => allow
SELECT "pg_catalog"."count"(*) AS "__count" FROM (SELECT "items"."id", "items"."order_id", "items"."product",
"items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS
"items" WHERE ("items"."order_id" = 1);

-- Conditions on relations.
-- principal: alice policy=orms
SELECT DISTINCT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" INNER JOIN "items" ON ("orders"."id" = CAST("items"."order_id" AS bigint)) INNER JOIN "item_tags" ON ("items"."id" = CAST("item_tags"."item_id" AS bigint)) INNER JOIN "tags" ON ("item_tags"."tag_id" = CAST("tags"."id" AS bigint)) WHERE ("items"."price" > 1 AND "tags"."name" = 'gift');
-- => allow
SELECT DISTINCT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM ((((SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" JOIN (SELECT "items"."id", "items"."order_id", "items"."product", "items"."price",
"items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" ON
("orders"."id" = CAST("items"."order_id" AS bigint))) JOIN (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM
"public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."items" AS "cordon 2" WHERE ("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM
"public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" ON
("items"."id" = CAST("item_tags"."item_id" AS bigint))) JOIN (SELECT "tags"."id", "tags"."user_id", "tags"."name"
FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" ON ("item_tags"."tag_id" =
CAST("tags"."id" AS bigint))) WHERE (("items"."price" > 1) AND ("tags"."name" = 'gift'));

-- A condition that excludes by a relation.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE NOT (EXISTS(SELECT 1 AS "a" FROM "items" U1 WHERE (U1."product" = 'x' AND U1."order_id" = ("orders"."id")) LIMIT 1));
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE (NOT EXISTS (SELECT 1 AS "a" FROM (SELECT "u1"."id", "u1"."order_id", "u1"."product",
"u1"."price", "u1"."quantity" FROM "public"."items" AS "u1" WHERE ("u1"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "u1"
WHERE (("u1"."product" = 'x') AND ("u1"."order_id" = "orders"."id")) LIMIT 1));

-- Sums by group.
-- principal: alice policy=orms
SELECT "items"."order_id" AS "order_id", COUNT("items"."id") AS "n", SUM(("items"."price" * "items"."quantity")) AS "sum" FROM "items" GROUP BY 1 HAVING COUNT("items"."id") > 0 ORDER BY 2 DESC;
-- => allow
SELECT "items"."order_id" AS "order_id", "pg_catalog"."count"("items"."id") AS "n", "pg_catalog"."sum"(CASE WHEN
("items"."cordon 2" IS NOT FALSE) THEN ("items"."price" * "items"."quantity") END) AS "sum" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity", ((("items"."order_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8"))))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "public"."items" AS "items" WHERE
("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" GROUP BY 1 HAVING ("pg_catalog"."count"("items"."id") >
0) ORDER BY 2 DESC;

-- A count beside each row.
-- principal: alice policy=orms
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash", COUNT("orders"."id") FILTER (WHERE "orders"."status" = 'open') AS "n" FROM "users" LEFT OUTER JOIN "orders" ON ("users"."id" = CAST("orders"."user_id" AS bigint)) GROUP BY "users"."id", "users"."email", "users"."name", "users"."password_hash";
-- => allow
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash", "pg_catalog"."count"("orders"."id")
FILTER (WHERE ("orders"."status" = 'open')) AS "n" FROM ((SELECT "users"."id", "users"."email", "users"."name", CASE
WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE ("users"."id"
= CAST('1' AS "int8"))) AS "users" LEFT JOIN (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" ON ("users"."id" = CAST("orders"."user_id" AS bigint)))
GROUP BY "users"."id", "users"."email", "users"."name", "users"."password_hash";

-- Counts, means, the largest.
-- principal: alice policy=orms
SELECT COUNT("orders"."id") AS "id__count", AVG("orders"."total") AS "total__avg", MAX("orders"."created_at") AS "created_at__max" FROM "orders";
-- => allow
SELECT "pg_catalog"."count"("orders"."id") AS "id__count", "pg_catalog"."avg"("orders"."total") AS "total__avg",
"pg_catalog"."max"("orders"."created_at") AS "created_at__max" FROM (SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders";

-- How many.
-- principal: alice policy=orms
SELECT COUNT(*) AS "__count" FROM "orders" WHERE "orders"."status" = 'open';
-- => allow
SELECT "pg_catalog"."count"(*) AS "__count" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE ("orders"."status" = 'open');

-- Whether one stands.
-- principal: alice policy=orms
SELECT 1 AS "a" FROM "orders" WHERE "orders"."id" = 1 LIMIT 1;
-- => allow
SELECT 1 AS "a" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1) LIMIT 1;

-- EXISTS, and a query as a column.
-- principal: alice policy=orms
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash", EXISTS(SELECT 1 AS "a" FROM "orders" U0 WHERE U0."user_id" = ("users"."id") LIMIT 1) AS "has", (SELECT U0."id" AS "id" FROM "orders" U0 WHERE U0."user_id" = ("users"."id") ORDER BY U0."created_at" DESC LIMIT 1) AS "last" FROM "users";
-- => allow
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash", EXISTS (SELECT 1 AS "a" FROM (SELECT
"u0"."id", "u0"."user_id", "u0"."status", "u0"."total", "u0"."note", "u0"."created_at" FROM "public"."orders" AS
"u0" WHERE ("u0"."user_id" = CAST('1' AS "int8"))) AS "u0" WHERE ("u0"."user_id" = "users"."id") LIMIT 1) AS "has",
CASE WHEN ("users"."cordon 1" IS NOT FALSE) THEN (SELECT "u0"."id" AS "id" FROM (SELECT "u0"."id", "u0"."user_id",
"u0"."status", "u0"."total", "u0"."note", "u0"."created_at" FROM "public"."orders" AS "u0" WHERE ("u0"."user_id" =
CAST('1' AS "int8"))) AS "u0" WHERE ("u0"."user_id" = "users"."id") ORDER BY "u0"."created_at" DESC LIMIT 1) END AS
"last" FROM (SELECT "users"."id", "users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END
AS "password_hash", ((("users"."id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1"
FROM "public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users";

-- A sub-query in a condition.
-- principal: alice policy=orms
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "items" WHERE "items"."order_id" IN (SELECT U0."id" FROM "orders" U0 WHERE U0."status" = 'paid');
-- => allow
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."order_id" IN (SELECT "u0"."id" FROM
(SELECT "u0"."id", "u0"."user_id", "u0"."status", "u0"."total", "u0"."note", "u0"."created_at" FROM
"public"."orders" AS "u0" WHERE ("u0"."user_id" = CAST('1' AS "int8"))) AS "u0" WHERE ("u0"."status" = 'paid')));

-- A union.
-- principal: alice policy=orms
(SELECT "orders"."id" AS "id" FROM "orders") UNION (SELECT "items"."order_id" AS "order_id" FROM "items") ORDER BY 1 ASC LIMIT 3;
-- => allow
(SELECT "orders"."id" AS "id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders") UNION (SELECT "items"."order_id" AS "order_id" FROM (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "items") ORDER BY 1 ASC LIMIT 3;

-- A window.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at", ROW_NUMBER() OVER (PARTITION BY "orders"."user_id" ORDER BY "orders"."created_at" DESC) AS "place" FROM "orders";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", "pg_catalog"."row_number"() OVER (PARTITION BY "orders"."user_id" ORDER BY
"orders"."created_at" DESC) AS "place" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders";

-- CASE, COALESCE, casts, texts, moments.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at", CASE WHEN "orders"."status" = 'open' THEN 1 ELSE 0 END AS "a", COALESCE("orders"."total", 0) AS "b", CAST("orders"."id" AS text) AS "c", CONCAT(LOWER("orders"."status"), '!') AS "d", EXTRACT(YEAR FROM "orders"."created_at" AT TIME ZONE 'UTC') AS "e", DATE_TRUNC('month', "orders"."created_at" AT TIME ZONE 'UTC') AS "f" FROM "orders";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", CASE WHEN ("orders"."status" = 'open') THEN 1 ELSE 0 END AS "a", COALESCE("orders"."total",
0) AS "b", CAST("orders"."id" AS "text") AS "c", CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN
"pg_catalog"."concat"("pg_catalog"."lower"("orders"."status"), '!') END AS "d", CASE WHEN ("orders"."cordon 1" IS
NOT FALSE) THEN EXTRACT('year' FROM ("orders"."created_at" AT TIME ZONE 'UTC')) END AS "e", CASE WHEN
("orders"."cordon 1" IS NOT FALSE) THEN "pg_catalog"."date_trunc"('month', ("orders"."created_at" AT TIME ZONE
'UTC')) END AS "f" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders";

-- Rows without doubles.
-- principal: alice policy=orms
SELECT DISTINCT ON ("orders"."user_id") "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" ORDER BY "orders"."user_id" ASC;
-- => allow
SELECT DISTINCT ON ("orders"."user_id") "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" ORDER BY "orders"."user_id" ASC;

-- Moments without doubles.
-- principal: alice policy=orms
SELECT DISTINCT DATE_TRUNC('month', "orders"."created_at" AT TIME ZONE 'UTC') AS "datetimefield" FROM "orders" WHERE "orders"."created_at" IS NOT NULL ORDER BY 1 ASC;
-- => allow
SELECT DISTINCT CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN "pg_catalog"."date_trunc"('month',
("orders"."created_at" AT TIME ZONE 'UTC')) END AS "datetimefield" FROM (SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS
"int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE ("orders"."created_at" IS NOT NULL) ORDER BY 1 ASC;

-- One row is inserted.
-- principal: alice policy=orms
INSERT INTO "orders" ("user_id", "status", "total", "note", "created_at") VALUES (1, 'open', 5, '{"gift": true}'::jsonb, '2026-01-01 00:00:00+00:00'::timestamptz) RETURNING "orders"."id";
-- => allow
INSERT INTO "public"."orders" AS "orders" ("user_id", "status", "total", "note", "created_at") VALUES (1, 'open', 5,
CAST('{"gift": true}' AS "jsonb"), CAST('2026-01-01 00:00:00+00:00' AS "timestamptz")) RETURNING CASE WHEN CAST(CASE
WHEN ("orders"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "orders"."id"
END AS "id";

-- Many rows are inserted.
-- principal: alice policy=orms
BEGIN;
-- => allow, effect begin
BEGIN;

-- Many rows are inserted.
-- principal: alice policy=orms
INSERT INTO "tags" ("user_id", "name") SELECT * FROM UNNEST(('{1,1}'::int2[])::bigint[], ('{a,b}')::text[]) RETURNING "tags"."id";
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") SELECT * FROM "unnest"(CAST(CAST('{1,1}' AS "int2"[]) AS
bigint[]), CAST('{a,b}' AS "text"[])) RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8"))
THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id";

-- Many rows are inserted.
-- principal: alice policy=orms
COMMIT;
-- => allow, effect end
COMMIT;

-- Many rows are inserted, conflicts are ignored.
-- principal: alice policy=orms
INSERT INTO "tags" ("user_id", "name") VALUES (1, 'a') ON CONFLICT DO NOTHING;
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'a') ON CONFLICT
("user_id", "name") DO UPDATE SET "user_id" = "tags"."user_id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id"
= CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("tags"."user_id" =
CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Many rows are inserted, conflicts overwrite.
-- principal: alice policy=orms
INSERT INTO "tags" ("id", "user_id", "name") VALUES (1, 1, 'gift') ON CONFLICT("id") DO UPDATE SET "name" = EXCLUDED."name" RETURNING "tags"."id";
-- => allow
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES (1, CASE WHEN CAST(CASE CAST(1 AS "int8")
WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'gift') ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" =
CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN
("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE ELSE FALSE END
ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."user_id" =
CAST('1' AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id";

-- Find or make.
-- principal: alice policy=orms
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "tags" WHERE ("tags"."name" = 'new' AND "tags"."user_id" = 1) LIMIT 21;
-- => allow
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM
"public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" WHERE (("tags"."name" = 'new')
AND ("tags"."user_id" = 1)) LIMIT 21;

-- Find or make.
-- principal: alice policy=orms
INSERT INTO "tags" ("user_id", "name") VALUES (1, 'new') RETURNING "tags"."id";
-- => allow
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 'new') RETURNING
CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool")
THEN "tags"."id" END AS "id";

-- Change or make.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE "orders"."id" = 1 LIMIT 21 FOR UPDATE;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1) LIMIT 21 FOR UPDATE;

-- Change or make.
-- principal: alice policy=orms
UPDATE "orders" SET "status" = 'paid', "created_at" = '2026-01-01 00:00:00+00:00'::timestamptz WHERE "orders"."id" = 1;
-- => allow
UPDATE "public"."orders" AS "orders" SET "status" = 'paid', "created_at" = CAST('2026-01-01 00:00:00+00:00' AS
"timestamptz") WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND ("orders"."id" = 1));

-- A row is changed.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE "orders"."id" = 1 LIMIT 21;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1) LIMIT 21;

-- A row is changed.
-- principal: alice policy=orms
UPDATE "orders" SET "status" = 'open' WHERE "orders"."id" = 1;
-- => allow
UPDATE "public"."orders" AS "orders" SET "status" = 'open' WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND
("orders"."id" = 1));

-- A row is changed.
-- principal: alice policy=orms
UPDATE "orders" SET "user_id" = 1, "status" = 'open', "total" = 10.00, "note" = NULL, "created_at" = '2026-01-01 00:00:00+00:00'::timestamptz WHERE "orders"."id" = 1;
-- => allow, rows dropped
UPDATE "public"."orders" AS "orders" SET "user_id" = 1, "status" = 'open', "total" = 10.00, "note" = NULL,
"created_at" = CAST('2026-01-01 00:00:00+00:00' AS "timestamptz") WHERE (("orders"."user_id" = CAST('1' AS "int8"))
AND ("orders"."id" = 1)) RETURNING CASE WHEN CAST(CASE WHEN ("orders"."user_id" = CAST('1' AS "int8")) THEN 'true'
ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Rows are changed.
-- principal: alice policy=orms
UPDATE "orders" SET "status" = 'paid', "total" = ("orders"."total" + 1) WHERE "orders"."user_id" = 1;
-- => allow
UPDATE "public"."orders" AS "orders" SET "status" = 'paid', "total" = CASE WHEN ("orders"."user_id" = CAST('1' AS
"int8")) THEN ("orders"."total" + 1) END WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND ("orders"."user_id" =
1));

-- Rows are changed, found by a relation.
-- principal: alice policy=orms
UPDATE "items" SET "quantity" = ("items"."quantity" + 1) WHERE "items"."id" IN (SELECT U0."id" FROM "items" U0 INNER JOIN "orders" U1 ON (U0."order_id" = CAST(U1."id" AS bigint)) WHERE U1."status" = 'paid');
-- => allow
UPDATE "public"."items" AS "items" SET "quantity" = CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8"))))) THEN
("items"."quantity" + 1) END WHERE (("items"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM "public"."orders"
AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST('1' AS "int8"))))) AND ("items"."id" IN (SELECT "u0"."id" FROM
((SELECT "u0"."id", "u0"."order_id", "u0"."product", "u0"."price", "u0"."quantity" FROM "public"."items" AS "u0"
WHERE ("u0"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST('1' AS "int8")))))) AS "u0" JOIN (SELECT "u1"."id", "u1"."user_id", "u1"."status",
"u1"."total", "u1"."note", "u1"."created_at" FROM "public"."orders" AS "u1" WHERE ("u1"."user_id" = CAST('1' AS
"int8"))) AS "u1" ON ("u0"."order_id" = CAST("u1"."id" AS bigint))) WHERE ("u1"."status" = 'paid'))));

-- Many rows are changed by one call.
-- principal: alice policy=orms
UPDATE "orders" SET "status" = CAST(CASE WHEN ("orders"."id" = 1) THEN 'open' WHEN ("orders"."id" = 2) THEN 'paid' ELSE NULL END AS text) WHERE "orders"."id" IN (1, 2);
-- => allow
UPDATE "public"."orders" AS "orders" SET "status" = CAST(CASE WHEN ("orders"."id" = 1) THEN 'open' WHEN
("orders"."id" = 2) THEN 'paid' ELSE NULL END AS "text") WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND
("orders"."id" IN (1, 2)));

-- Rows of a relation.
-- principal: alice policy=orms
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "items" WHERE "items"."id" = 1 LIMIT 21;
-- => allow
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."id" = 1) LIMIT 21;

-- Rows of a relation.
-- principal: alice policy=orms
SELECT "tags"."id" AS "id" FROM "tags" INNER JOIN "item_tags" ON ("tags"."id" = CAST("item_tags"."tag_id" AS bigint)) WHERE "item_tags"."item_id" = 1;
-- => allow
SELECT "tags"."id" AS "id" FROM ((SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags"
WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" JOIN (SELECT "item_tags"."item_id", "item_tags"."tag_id"
FROM "public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."items" AS "cordon 1" WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" ON
("tags"."id" = CAST("item_tags"."tag_id" AS bigint))) WHERE ("item_tags"."item_id" = 1);

-- Rows of a relation.
-- principal: alice policy=orms
SELECT "item_tags"."tag_id" AS "tag" FROM "item_tags" WHERE ("item_tags"."item_id" = 1 AND "item_tags"."tag_id" IN (1));
-- => allow
SELECT "item_tags"."tag_id" AS "tag" FROM (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM
"public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."items" AS "cordon 1" WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('1' AS "int8"))))))))) AS "item_tags" WHERE
(("item_tags"."item_id" = 1) AND ("item_tags"."tag_id" IN (1)));

-- Rows are deleted.
-- principal: alice policy=orms
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "tags" WHERE "tags"."name" = 'new';
-- => allow
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM
"public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" WHERE ("tags"."name" = 'new');

-- Rows are deleted.
-- principal: alice policy=orms
DELETE FROM "item_tags" WHERE "item_tags"."tag_id" IN (104);
-- => allow
DELETE FROM "public"."item_tags" AS "item_tags" WHERE (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 3"."id"
FROM "public"."items" AS "cordon 3" WHERE ("cordon 3"."order_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM
"public"."orders" AS "cordon 4" WHERE ("cordon 4"."user_id" = CAST('1' AS "int8")))))))) AND ("item_tags"."tag_id"
IN (104)));

-- Rows are deleted.
-- principal: alice policy=orms
DELETE FROM "tags" WHERE "tags"."id" IN (104);
-- => allow
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."id" IN (104)));

-- A row is deleted, and what refers to it.
-- principal: alice policy=orms
INSERT INTO "orders" ("user_id", "status", "total", "note", "created_at") VALUES (1, 'open', 0, NULL, '2026-01-01 00:00:00+00:00'::timestamptz) RETURNING "orders"."id";
-- => allow
INSERT INTO "public"."orders" AS "orders" ("user_id", "status", "total", "note", "created_at") VALUES (1, 'open', 0,
NULL, CAST('2026-01-01 00:00:00+00:00' AS "timestamptz")) RETURNING CASE WHEN CAST(CASE WHEN ("orders"."user_id" =
CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "orders"."id" END AS "id";

-- A row is deleted, and what refers to it.
-- principal: alice policy=orms
SELECT "items"."id" FROM "items" WHERE "items"."order_id" IN (102);
-- => allow
SELECT "items"."id" FROM (SELECT "items"."id", "items"."order_id", "items"."product", "items"."price",
"items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE
("items"."order_id" IN (102));

-- A row is deleted, and what refers to it.
-- principal: alice policy=orms
DELETE FROM "orders" WHERE "orders"."id" IN (102);
-- => allow
DELETE FROM "public"."orders" AS "orders" WHERE (("orders"."user_id" = CAST('1' AS "int8")) AND ("orders"."id" IN
(102)));

-- A transaction with a lock and a savepoint.
-- principal: alice policy=orms
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE "orders"."id" = 1 LIMIT 21 FOR UPDATE OF "orders" SKIP LOCKED;
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."id" = 1) LIMIT 21 FOR UPDATE OF "orders" SKIP LOCKED;

-- A transaction with a lock and a savepoint.
-- principal: alice policy=orms
SAVEPOINT "s140024643386240_x1";
-- => allow, effect savepoint
SAVEPOINT "s140024643386240_x1";

-- A transaction with a lock and a savepoint.
-- principal: alice policy=orms
RELEASE SAVEPOINT "s140024643386240_x1";
-- => allow, effect savepoint
RELEASE SAVEPOINT "s140024643386240_x1";

-- A transaction that fails.
-- principal: alice policy=orms
ROLLBACK;
-- => allow, effect end
ROLLBACK;

-- Rows one after the other.
-- principal: alice policy=orms
SELECT "orders"."id" AS "id" FROM "orders";
-- => allow
SELECT "orders"."id" AS "id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";

-- A plan.
-- principal: alice policy=orms
EXPLAIN SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "orders" WHERE "orders"."id" = 1;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `explain` is not one that callers may run

-- SQL of the program itself.
-- principal: alice policy=orms
SELECT id, status FROM orders WHERE status = 'open';
-- => allow
SELECT "orders"."id", "orders"."status" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE ("orders"."status" = 'open');

-- SQL by a cursor.
-- principal: alice policy=orms
SELECT count(*) FROM orders WHERE user_id = 1;
-- => allow
SELECT "pg_catalog"."count"(*) FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" WHERE ("orders"."user_id" = 1);
