-- Prisma 7.10.0, provider 'cockroachdb', as its programs in test/orms-cockroachdb send it.

-- All rows.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE 1=1 OFFSET $1;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE (1 = 1) OFFSET $1;

-- One row by its key.
-- principal: alice policy=orms
SELECT "public"."users"."id", "public"."users"."email", "public"."users"."name" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- => allow, claims user
SELECT "users"."id", "users"."email", "users"."name" FROM (SELECT "users"."id", "users"."email", "users"."name",
CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE
("users"."id" = CAST($4 AS "int8"))) AS "users" WHERE (("users"."id" = $1) AND (1 = 1)) OFFSET $3 LIMIT $2;

-- The first row of a condition.
-- principal: alice policy=orms
SELECT "public"."users"."id", "public"."users"."email", "public"."users"."name" FROM "public"."users" WHERE "public"."users"."email" = $1 LIMIT $2 OFFSET $3;
-- => allow, claims user
SELECT "users"."id", "users"."email", "users"."name" FROM (SELECT "users"."id", "users"."email", "users"."name",
CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE
("users"."id" = CAST($4 AS "int8"))) AS "users" WHERE ("users"."email" = $1) OFFSET $3 LIMIT $2;

-- Some columns, by conditions, in order, a page.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."total" FROM "public"."orders" WHERE ("public"."orders"."user_id" = $1 AND ("public"."orders"."status" IN ($2,$3) OR "public"."orders"."total" > $4) AND (NOT "public"."orders"."status" = $5)) ORDER BY "public"."orders"."created_at" DESC, "public"."orders"."id" ASC LIMIT $6 OFFSET $7;
-- => allow, claims user
SELECT "orders"."id", "orders"."total" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($8 AS "int8"))) AS "orders" WHERE (("orders"."user_id" = $1) AND (("orders"."status" IN
($2, $3)) OR ("orders"."total" > $4)) AND (NOT ("orders"."status" = $5))) ORDER BY "orders"."created_at" DESC,
"orders"."id" ASC OFFSET $7 LIMIT $6;

-- A page after a row.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE "public"."orders"."id" >= (SELECT "public"."orders"."id" FROM "public"."orders" WHERE ("public"."orders"."id") = ($1)) ORDER BY "public"."orders"."id" ASC LIMIT $2 OFFSET $3;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST($4 AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($4
AS "int8"))) AS "orders" WHERE CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."id" >= (SELECT
"orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($4 AS "int8"))) AS
"orders" WHERE ("orders"."id" = $1))) ELSE FALSE END ORDER BY "orders"."id" ASC OFFSET $3 LIMIT $2;

-- Patterns.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE ("public"."orders"."status" ILIKE ('%' || $1 || '%') AND "public"."orders"."status"::text LIKE ($2 || '%') AND "public"."orders"."status"::text NOT LIKE ('%' || $3)) OFFSET $4;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST($5 AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($5
AS "int8"))) AS "orders" WHERE (CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status" ILIKE (('%' ||
$1) || '%')) ELSE FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN (CAST("orders"."status" AS "text")
LIKE ($2 || '%')) ELSE FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN (CAST("orders"."status" AS
"text") NOT LIKE ('%' || $3)) ELSE FALSE END) OFFSET $4;

-- A field of JSON.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE ("public"."orders"."note"#>ARRAY[$1]::text[])::jsonb::jsonb = $2 OFFSET $3;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($4 AS
"int8"))) AS "orders" WHERE (CAST(CAST(("orders"."note" #> CAST(ARRAY[$1] AS "text"[])) AS "jsonb") AS "jsonb") =
$2) OFFSET $3;

-- A text in JSON.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE (("public"."orders"."note"#>>ARRAY[$1]::text[]) LIKE ('%' || $2 || '%') AND JSONB_TYPEOF(("public"."orders"."note"#>ARRAY[$3]::text[])::jsonb) = $4) OFFSET $5;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST($6 AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($6
AS "int8"))) AS "orders" WHERE (CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN (("orders"."note" #>>
CAST(ARRAY[$1] AS "text"[])) LIKE (('%' || $2) || '%')) ELSE FALSE END AND
("pg_catalog"."jsonb_typeof"(CAST(("orders"."note" #> CAST(ARRAY[$3] AS "text"[])) AS "jsonb")) = $4)) OFFSET $5;

-- JSON that is null.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE "public"."orders"."note" IS NULL OFFSET $1;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."note" IS NULL) OFFSET $1;

-- Relations.
-- principal: alice policy=orms
SELECT "public"."users"."id", "public"."users"."email", "public"."users"."name" FROM "public"."users" WHERE "public"."users"."id" IN ($1,$2,$3) OFFSET $4;
-- => allow, claims user
SELECT "users"."id", "users"."email", "users"."name" FROM (SELECT "users"."id", "users"."email", "users"."name",
CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE
("users"."id" = CAST($5 AS "int8"))) AS "users" WHERE ("users"."id" IN ($1, $2, $3)) OFFSET $4;

-- Relations.
-- principal: alice policy=orms
SELECT "public"."items"."id", "public"."items"."order_id", "public"."items"."product", "public"."items"."price", "public"."items"."quantity" FROM "public"."items" WHERE "public"."items"."order_id" IN ($1,$2,$3) OFFSET $4;
-- => allow, claims user
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($5 AS "int8")))))) AS "items" WHERE ("items"."order_id" IN ($1, $2, $3)) OFFSET $4;

-- Relations.
-- principal: alice policy=orms
SELECT "public"."item_tags"."item_id", "public"."item_tags"."tag_id" FROM "public"."item_tags" WHERE "public"."item_tags"."item_id" IN ($1,$2,$3) OFFSET $4;
-- => allow, claims user
SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM (SELECT "item_tags"."item_id", "item_tags"."tag_id" FROM
"public"."item_tags" AS "item_tags" WHERE ("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM
"public"."items" AS "cordon 1" WHERE ("cordon 1"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST($5 AS "int8"))))))))) AS "item_tags" WHERE
("item_tags"."item_id" IN ($1, $2, $3)) OFFSET $4;

-- Relations.
-- principal: alice policy=orms
SELECT "public"."tags"."id", "public"."tags"."user_id", "public"."tags"."name" FROM "public"."tags" WHERE "public"."tags"."id" IN ($1) OFFSET $2;
-- => allow, claims user
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM
"public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST($3 AS "int8"))) AS "tags" WHERE ("tags"."id" IN ($1))
OFFSET $2;

-- Relations of a page.
-- principal: alice policy=orms
SELECT "public"."users"."id", "public"."users"."email", "public"."users"."name", COALESCE("aggr_selection_0_Order"."_aggr_count_orders", 0) AS "_aggr_count_orders" FROM "public"."users" LEFT JOIN (SELECT "public"."orders"."user_id", COUNT(*) AS "_aggr_count_orders" FROM "public"."orders" WHERE 1=1 GROUP BY "public"."orders"."user_id") AS "aggr_selection_0_Order" ON ("public"."users"."id" = "aggr_selection_0_Order"."user_id") WHERE 1=1 OFFSET $1;
-- => allow, claims user
SELECT "users"."id", "users"."email", "users"."name", COALESCE("aggr_selection_0_Order"."_aggr_count_orders", 0) AS
"_aggr_count_orders" FROM ((SELECT "users"."id", "users"."email", "users"."name", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE ("users"."id" = CAST($2 AS
"int8"))) AS "users" LEFT JOIN (SELECT "orders"."user_id", "pg_catalog"."count"(*) AS "_aggr_count_orders" FROM
(SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS "int8"))) AS
"orders" WHERE (1 = 1) GROUP BY "orders"."user_id") AS "aggr_selection_0_Order" ON ("users"."id" =
"aggr_selection_0_Order"."user_id")) WHERE (1 = 1) OFFSET $1;

-- Relations of a page.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE ("public"."orders"."status" = $1 AND "public"."orders"."user_id" IN ($2,$3)) ORDER BY "public"."orders"."id" DESC OFFSET $4;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($5 AS
"int8"))) AS "orders" WHERE (("orders"."status" = $1) AND ("orders"."user_id" IN ($2, $3))) ORDER BY "orders"."id"
DESC OFFSET $4;

-- Conditions on relations.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" LEFT JOIN "public"."users" AS "j3" ON ("j3"."id") = ("public"."orders"."user_id") WHERE (EXISTS(SELECT "t0"."order_id" FROM "public"."items" AS "t0" WHERE ("t0"."price" > $1 AND ("public"."orders"."id") = ("t0"."order_id") AND "t0"."order_id" IS NOT NULL)) AND NOT EXISTS(SELECT "t1"."order_id" FROM "public"."items" AS "t1" WHERE ("t1"."product" = $2 AND ("public"."orders"."id") = ("t1"."order_id") AND "t1"."order_id" IS NOT NULL)) AND NOT EXISTS(SELECT "t2"."order_id" FROM "public"."items" AS "t2" WHERE ((NOT "t2"."quantity" >= $3) AND ("public"."orders"."id") = ("t2"."order_id") AND "t2"."order_id" IS NOT NULL)) AND ("j3"."name" = $4 AND ("j3"."id" IS NOT NULL))) OFFSET $5;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM ((SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($6 AS
"int8"))) AS "orders" LEFT JOIN (SELECT "j3"."id", "j3"."email", "j3"."name", CASE WHEN FALSE THEN
"j3"."password_hash" END AS "password_hash" FROM "public"."users" AS "j3" WHERE ("j3"."id" = CAST($6 AS "int8"))) AS
"j3" ON ("j3"."id" = "orders"."user_id")) WHERE (EXISTS (SELECT "t0"."order_id" FROM (SELECT "t0"."id",
"t0"."order_id", "t0"."product", "t0"."price", "t0"."quantity" FROM "public"."items" AS "t0" WHERE ("t0"."order_id"
= ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($6 AS
"int8")))))) AS "t0" WHERE (("t0"."price" > $1) AND ("orders"."id" = "t0"."order_id") AND ("t0"."order_id" IS NOT
NULL))) AND (NOT EXISTS (SELECT "t1"."order_id" FROM (SELECT "t1"."id", "t1"."order_id", "t1"."product",
"t1"."price", "t1"."quantity" FROM "public"."items" AS "t1" WHERE ("t1"."order_id" = ANY (ARRAY(SELECT
"cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST($6 AS "int8")))))) AS "t1"
WHERE (("t1"."product" = $2) AND ("orders"."id" = "t1"."order_id") AND ("t1"."order_id" IS NOT NULL)))) AND (NOT
EXISTS (SELECT "t2"."order_id" FROM (SELECT "t2"."id", "t2"."order_id", "t2"."product", "t2"."price",
"t2"."quantity" FROM "public"."items" AS "t2" WHERE ("t2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM
"public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST($6 AS "int8")))))) AS "t2" WHERE ((NOT
("t2"."quantity" >= $3)) AND ("orders"."id" = "t2"."order_id") AND ("t2"."order_id" IS NOT NULL)))) AND ("j3"."name"
= $4) AND ("j3"."id" IS NOT NULL)) OFFSET $5;

-- An order by a relation.
-- principal: alice policy=orms
SELECT "public"."items"."id", "public"."items"."order_id", "public"."items"."product", "public"."items"."price", "public"."items"."quantity" FROM "public"."items" LEFT JOIN "public"."orders" AS "orderby_1" ON ("orderby_1"."id") = ("public"."items"."order_id") WHERE 1=1 ORDER BY "orderby_1"."created_at" DESC OFFSET $1;
-- => allow, claims user
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM ((SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "items" LEFT JOIN (SELECT "orderby_1"."id",
"orderby_1"."user_id", "orderby_1"."status", "orderby_1"."total", "orderby_1"."note", "orderby_1"."created_at" FROM
"public"."orders" AS "orderby_1" WHERE ("orderby_1"."user_id" = CAST($2 AS "int8"))) AS "orderby_1" ON
("orderby_1"."id" = "items"."order_id")) WHERE (1 = 1) ORDER BY "orderby_1"."created_at" DESC OFFSET $1;

-- How many.
-- principal: alice policy=orms
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE "public"."orders"."status" = $1 OFFSET $2) AS "sub";
-- => allow, claims user
SELECT "pg_catalog"."count"(*) AS "_count$_all" FROM (SELECT "orders"."id" FROM (SELECT "orders"."id",
"orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS "int8"))) AS "orders" WHERE ("orders"."status"
= $1) OFFSET $2) AS "sub";

-- Sums.
-- principal: alice policy=orms
SELECT SUM("total") AS "_sum$total", AVG("total") AS "_avg$total", MAX("created_at") AS "_max$created_at", COUNT("note") AS "_count$note", COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."total", "public"."orders"."created_at", "public"."orders"."note" FROM "public"."orders" WHERE 1=1 OFFSET $1) AS "sub";
-- => allow, claims user
SELECT "pg_catalog"."sum"("sub"."total") AS "_sum$total", "pg_catalog"."avg"("sub"."total") AS "_avg$total",
"pg_catalog"."max"("sub"."created_at") AS "_max$created_at", "pg_catalog"."count"("sub"."note") AS "_count$note",
"pg_catalog"."count"(*) AS "_count$_all" FROM (SELECT "orders"."total", "orders"."created_at", "orders"."note" FROM
(SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS "int8"))) AS
"orders" WHERE (1 = 1) OFFSET $1) AS "sub";

-- Sums by group.
-- principal: alice policy=orms
SELECT SUM("public"."items"."price") AS "_sum$price", COUNT(*) AS "_count$_all", "public"."items"."order_id" FROM "public"."items" WHERE 1=1 GROUP BY "public"."items"."order_id" HAVING AVG("public"."items"."price") > $1 ORDER BY SUM("public"."items"."price") DESC OFFSET $2;
-- => allow, claims user
SELECT "pg_catalog"."sum"("items"."price") AS "_sum$price", "pg_catalog"."count"(*) AS "_count$_all",
"items"."order_id" FROM (SELECT "items"."id", "items"."order_id", "items"."product", "items"."price",
"items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($3 AS "int8")))))) AS "items" WHERE (1 = 1)
GROUP BY "items"."order_id" HAVING ("pg_catalog"."avg"("items"."price") > $1) ORDER BY
"pg_catalog"."sum"("items"."price") DESC OFFSET $2;

-- Rows without doubles.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."status" FROM "public"."orders" WHERE 1=1 OFFSET $1;
-- => allow, claims user
SELECT "orders"."id", "orders"."status" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($2 AS "int8"))) AS "orders" WHERE (1 = 1) OFFSET $1;

-- One row is inserted.
-- principal: alice policy=orms
INSERT INTO "public"."orders" ("user_id","status","total","note","created_at") VALUES ($1,$2,$3,$4,$5) RETURNING "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at";
-- => allow, claims user
INSERT INTO "public"."orders" AS "orders" ("user_id", "status", "total", "note", "created_at") VALUES ($1, $2, $3,
$4, $5) RETURNING CASE WHEN CAST(CASE WHEN ("orders"."user_id" = CAST($6 AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "orders"."id" END AS "id", "orders"."user_id" AS "user_id", "orders"."status"
AS "status", "orders"."total" AS "total", "orders"."note" AS "note", "orders"."created_at" AS "created_at";

-- A row and its related rows.
-- principal: alice policy=orms
BEGIN;
-- => allow, effect begin
BEGIN;

-- A row and its related rows.
-- principal: alice policy=orms
INSERT INTO "public"."orders" ("user_id","status","total","created_at") VALUES ($1,$2,$3,$4) RETURNING "public"."orders"."id";
-- => allow, claims user
INSERT INTO "public"."orders" AS "orders" ("user_id", "status", "total", "created_at") VALUES ($1, $2, $3, $4)
RETURNING CASE WHEN CAST(CASE WHEN ("orders"."user_id" = CAST($5 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END
AS "bool") THEN "orders"."id" END AS "id";

-- A row and its related rows.
-- principal: alice policy=orms
INSERT INTO "public"."items" ("order_id","product","price","quantity") VALUES ($1,$2,$3,$4) RETURNING "public"."items"."id";
-- => allow, claims user
INSERT INTO "public"."items" AS "items" ("order_id", "product", "price", "quantity") VALUES ($1, $2, $3, $4)
RETURNING CASE WHEN CAST(CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST($5 AS "int8"))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool")
THEN "items"."id" END AS "id";

-- A row and its related rows.
-- principal: alice policy=orms
INSERT INTO "public"."item_tags" ("item_id","tag_id") VALUES ($1,$2) RETURNING "public"."item_tags"."item_id", "public"."item_tags"."tag_id";
-- => allow, claims user
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
"int8")))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "item_tags"."item_id" END AS "item_id",
"item_tags"."tag_id" AS "tag_id";

-- A row and its related rows.
-- principal: alice policy=orms
SELECT "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at" FROM "public"."orders" WHERE "public"."orders"."id" = $1 LIMIT $2 OFFSET $3;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($4 AS
"int8"))) AS "orders" WHERE ("orders"."id" = $1) OFFSET $3 LIMIT $2;

-- A row and its related rows.
-- principal: alice policy=orms
SELECT "public"."items"."id", "public"."items"."order_id", "public"."items"."product", "public"."items"."price", "public"."items"."quantity" FROM "public"."items" WHERE "public"."items"."order_id" = $1 OFFSET $2;
-- => allow, claims user
SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($3 AS "int8")))))) AS "items" WHERE ("items"."order_id" = $1) OFFSET $2;

-- A row and its related rows.
-- principal: alice policy=orms
COMMIT;
-- => allow, effect end
COMMIT;

-- A row that joins another.
-- principal: alice policy=orms
SELECT "public"."users"."id" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- => allow, claims user
SELECT "users"."id" FROM (SELECT "users"."id", "users"."email", "users"."name", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE ("users"."id" = CAST($4 AS
"int8"))) AS "users" WHERE (("users"."id" = $1) AND (1 = 1)) OFFSET $3 LIMIT $2;

-- A row that joins another.
-- principal: alice policy=orms
INSERT INTO "public"."tags" ("user_id","name") VALUES ($1,$2) RETURNING "public"."tags"."id";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END, $2) RETURNING CASE
WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"tags"."id" END AS "id";

-- A row that joins another.
-- principal: alice policy=orms
SELECT "public"."tags"."id", "public"."tags"."user_id", "public"."tags"."name" FROM "public"."tags" WHERE "public"."tags"."id" = $1 LIMIT $2 OFFSET $3;
-- => allow, claims user
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM
"public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST($4 AS "int8"))) AS "tags" WHERE ("tags"."id" = $1) OFFSET
$3 LIMIT $2;

-- Many rows are inserted.
-- principal: alice policy=orms
INSERT INTO "public"."tags" ("user_id","name") VALUES ($1,$2), ($3,$4);
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5 AS "int8") END, $2), (CASE WHEN
CAST(CASE CAST($3 AS "int8") WHEN CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5
AS "int8") END, $4) RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($5 AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN 1 END;

-- Many rows are inserted, conflicts are ignored.
-- principal: alice policy=orms
INSERT INTO "public"."tags" ("user_id","name") VALUES ($1,$2) ON CONFLICT DO NOTHING;
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END, $2) ON CONFLICT
("user_id", "name") DO UPDATE SET "user_id" = "tags"."user_id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id"
= CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("tags"."user_id" =
CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Many rows are inserted and returned.
-- principal: alice policy=orms
INSERT INTO "public"."tags" ("user_id","name") VALUES ($1,$2) RETURNING "public"."tags"."id", "public"."tags"."user_id", "public"."tags"."name";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END, $2) RETURNING CASE
WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"tags"."id" END AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS "name";

-- A row is changed.
-- principal: alice policy=orms
UPDATE "public"."orders" SET "status" = $1, "total" = ("public"."orders"."total" + $2) WHERE ("public"."orders"."id" = $3 AND 1=1) RETURNING "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at";
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1, "total" = CASE WHEN ("orders"."user_id" = CAST($4 AS
"int8")) THEN ("orders"."total" + $2) END WHERE (("orders"."user_id" = CAST($4 AS "int8")) AND ("orders"."id" = $3)
AND (1 = 1)) RETURNING "orders"."id" AS "id", "orders"."user_id" AS "user_id", "orders"."status" AS "status",
"orders"."total" AS "total", "orders"."note" AS "note", "orders"."created_at" AS "created_at";

-- Rows are changed.
-- principal: alice policy=orms
UPDATE "public"."orders" SET "status" = $1 WHERE "public"."orders"."user_id" = $2;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."user_id" = $2));

-- Rows are changed and returned.
-- principal: alice policy=orms
UPDATE "public"."orders" SET "status" = $1 WHERE "public"."orders"."user_id" = $2 RETURNING "public"."orders"."id", "public"."orders"."user_id", "public"."orders"."status", "public"."orders"."total", "public"."orders"."note", "public"."orders"."created_at";
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."user_id" = $2)) RETURNING "orders"."id" AS "id", "orders"."user_id" AS "user_id", "orders"."status" AS
"status", "orders"."total" AS "total", "orders"."note" AS "note", "orders"."created_at" AS "created_at";

-- Insert or overwrite.
-- principal: alice policy=orms
INSERT INTO "public"."tags" ("user_id","name") VALUES ($1,$2) ON CONFLICT ("user_id","name") DO UPDATE SET "name" = $3 WHERE (("public"."tags"."user_id" = $4 AND "public"."tags"."name" = $5) AND 1=1) RETURNING "public"."tags"."id", "public"."tags"."user_id", "public"."tags"."name";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($6 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($6 AS "int8") END, $2) ON CONFLICT
("user_id", "name") DO UPDATE SET "name" = $3 WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" = CAST($6 AS
"int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($6
AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN (("tags"."user_id" = $4) AND ("tags"."name" = $5)
AND (1 = 1)) ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($6 AS
"int8")) AND ("tags"."user_id" = CAST($6 AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"tags"."id" END AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS "name";

-- Insert or overwrite, in one statement.
-- principal: alice policy=orms
INSERT INTO "public"."tags" ("id","user_id","name") VALUES ($1,$2,$3) ON CONFLICT ("id") DO UPDATE SET "name" = $4 WHERE ("public"."tags"."id" = $5 AND 1=1) RETURNING "public"."tags"."id", "public"."tags"."user_id", "public"."tags"."name";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8")
WHEN CAST($6 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($6 AS "int8") END, $3) ON
CONFLICT ("id") DO UPDATE SET "name" = $4 WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" = CAST($6 AS "int8"))
THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($6 AS
"int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN (("tags"."id" = $5) AND (1 = 1)) ELSE FALSE END ELSE
FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($6 AS "int8")) AND ("tags"."user_id" =
CAST($6 AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."user_id"
AS "user_id", "tags"."name" AS "name";

-- A row is deleted.
-- principal: alice policy=orms
DELETE FROM "public"."tags" WHERE (("public"."tags"."user_id" = $1 AND "public"."tags"."name" = $2) AND 1=1) RETURNING "public"."tags"."id", "public"."tags"."user_id", "public"."tags"."name";
-- => allow, claims user
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST($3 AS "int8")) AND ("tags"."user_id" = $1) AND
("tags"."name" = $2) AND (1 = 1)) RETURNING "tags"."id" AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS
"name";

-- Rows are deleted.
-- principal: alice policy=orms
DELETE FROM "public"."tags" WHERE "public"."tags"."name" = $1;
-- => allow, claims user
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST($2 AS "int8")) AND ("tags"."name" = $1));

-- A list of statements in a transaction.
-- principal: alice policy=orms
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE 1=1 OFFSET $1) AS "sub";
-- => allow, claims user
SELECT "pg_catalog"."count"(*) AS "_count$_all" FROM (SELECT "orders"."id" FROM (SELECT "orders"."id",
"orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS "int8"))) AS "orders" WHERE (1 = 1) OFFSET $1)
AS "sub";

-- A list of statements in a transaction.
-- principal: alice policy=orms
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."tags"."id" FROM "public"."tags" WHERE 1=1 OFFSET $1) AS "sub";
-- => allow, claims user
SELECT "pg_catalog"."count"(*) AS "_count$_all" FROM (SELECT "tags"."id" FROM (SELECT "tags"."id", "tags"."user_id",
"tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST($2 AS "int8"))) AS "tags" WHERE (1 = 1)
OFFSET $1) AS "sub";

-- A transaction of a level.
-- principal: alice policy=orms
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
-- => allow
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

-- A transaction that fails.
-- principal: alice policy=orms
ROLLBACK;
-- => allow, effect end
ROLLBACK;

-- SQL of the program itself.
-- principal: alice policy=orms
SELECT id FROM orders WHERE status = $1 AND user_id = $2;
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS
"int8"))) AS "orders" WHERE (("orders"."status" = $1) AND ("orders"."user_id" = $2));

-- SQL of the program itself.
-- principal: alice policy=orms
UPDATE orders SET status = $1 WHERE id = $2;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."id" = $2));
