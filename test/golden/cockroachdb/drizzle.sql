-- Drizzle 0.45.4, its Postgres dialect, as its programs in test/orms-cockroachdb send it.

-- The connection is made.
-- principal: alice policy=orms
select 1;
-- => allow
SELECT 1;

-- All rows.
-- principal: alice policy=orms
select "id", "user_id", "status", "total", "note", "created_at" from "orders";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";

-- Some columns, by conditions, in order, a page.
-- principal: alice policy=orms
select "id", "total" from "orders" where ("orders"."user_id" = $1 and ("orders"."status" in ($2, $3) or "orders"."note" is null) and not "orders"."status" = $4) order by "orders"."created_at" desc, "orders"."id" limit $5 offset $6;
-- => allow, claims user
SELECT "orders"."id", "orders"."total" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($7 AS "int8"))) AS "orders" WHERE (("orders"."user_id" = $1) AND (("orders"."status" IN
($2, $3)) OR ("orders"."note" IS NULL)) AND (NOT ("orders"."status" = $4))) ORDER BY "orders"."created_at" DESC,
"orders"."id" OFFSET $6 LIMIT $5;

-- Patterns and ranges.
-- principal: alice policy=orms
select "id", "user_id", "status", "total", "note", "created_at" from "orders" where ("orders"."status" like $1 and "orders"."status" ilike $2 and "orders"."total" between $3 and $4 and "orders"."status" <> $5);
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST($6 AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($6
AS "int8"))) AS "orders" WHERE (CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status" LIKE $1) ELSE
FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status" ILIKE $2) ELSE FALSE END AND
("orders"."total" BETWEEN $3 AND $4) AND ("orders"."status" <> $5));

-- Joins.
-- principal: alice policy=orms
select "orders"."id", "items"."product", "users"."name" from "orders" inner join "items" on "items"."order_id" = "orders"."id" left join "users" on "users"."id" = "orders"."user_id";
-- => allow
SELECT "orders"."id", "items"."product", "users"."name" FROM (((SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" JOIN (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "items" ON ("items"."order_id" = "orders"."id")) LEFT JOIN (SELECT "users"."id", "users"."email",
"users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users"
WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users" ON ("users"."id" = "orders"."user_id"));

-- A table joined with itself.
-- principal: alice policy=orms
select "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at", "other"."id", "other"."user_id", "other"."status", "other"."total", "other"."note", "other"."created_at" from "orders" left join "orders" "other" on "other"."user_id" = "orders"."user_id";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", "other"."id", "other"."user_id", "other"."status", "other"."total", "other"."note",
"other"."created_at" FROM ((SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders" LEFT JOIN (SELECT "other"."id", "other"."user_id", "other"."status", "other"."total",
"other"."note", "other"."created_at" FROM "public"."orders" AS "other" WHERE ("other"."user_id" = CAST('1' AS
"int8"))) AS "other" ON ("other"."user_id" = "orders"."user_id"));

-- Relations.
-- principal: alice policy=orms
select "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at", "orders_user"."data" as "user", "orders_items"."data" as "items" from "orders" "orders" left join lateral (select json_build_array("orders_user"."id", "orders_user"."email", "orders_user"."name") as "data" from (select * from "users" "orders_user" where "orders_user"."id" = "orders"."user_id" limit $1) "orders_user") "orders_user" on true left join lateral (select coalesce(json_agg(json_build_array("orders_items"."id", "orders_items"."order_id", "orders_items"."product", "orders_items"."price", "orders_items"."quantity", "orders_items_tags"."data")), '[]'::json) as "data" from "items" "orders_items" left join lateral (select coalesce(json_agg(json_build_array("orders_items_tags"."item_id", "orders_items_tags"."tag_id", "orders_items_tags_tag"."data")), '[]'::json) as "data" from "item_tags" "orders_items_tags" left join lateral (select json_build_array("orders_items_tags_tag"."id", "orders_items_tags_tag"."user_id", "orders_items_tags_tag"."name") as "data" from (select * from "tags" "orders_items_tags_tag" where "orders_items_tags_tag"."id" = "orders_items_tags"."tag_id" limit $2) "orders_items_tags_tag") "orders_items_tags_tag" on true where "orders_items_tags"."item_id" = "orders_items"."id") "orders_items_tags" on true where "orders_items"."order_id" = "orders"."id") "orders_items" on true;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", "orders_user"."data" AS "user", "orders_items"."data" AS "items" FROM (((SELECT
"orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at",
((("orders"."user_id" = CAST($3 AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS "int8"))) AS "orders" LEFT JOIN LATERAL (SELECT
CASE WHEN (("orders_user"."cordon 1" IS NOT FALSE) AND ("orders"."cordon 3" IS NOT FALSE)) THEN
"pg_catalog"."json_build_array"("orders_user"."id", "orders_user"."email", "orders_user"."name") END AS "data" FROM
(SELECT "orders_user"."id", "orders_user"."email", "orders_user"."name", "orders_user"."password_hash",
("orders_user"."cordon 2" IS NOT FALSE) AS "cordon 1" FROM (SELECT "orders_user"."id", "orders_user"."email",
"orders_user"."name", CASE WHEN FALSE THEN "orders_user"."password_hash" END AS "password_hash",
((("orders_user"."id" = CAST($3 AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM
"public"."users" AS "orders_user" WHERE ("orders_user"."id" = CAST($3 AS "int8"))) AS "orders_user" WHERE
("orders_user"."id" = "orders"."user_id") LIMIT $1) AS "orders_user") AS "orders_user" ON TRUE) LEFT JOIN LATERAL
(SELECT COALESCE("pg_catalog"."json_agg"(CASE WHEN (("orders_items_tags"."cordon 11" IS NOT FALSE) AND
("orders_items"."cordon 12" IS NOT FALSE)) THEN "pg_catalog"."json_build_array"("orders_items"."id",
"orders_items"."order_id", "orders_items"."product", "orders_items"."price", "orders_items"."quantity",
"orders_items_tags"."data") END), CAST('[]' AS "jsonb")) AS "data" FROM ((SELECT "orders_items"."id",
"orders_items"."order_id", "orders_items"."product", "orders_items"."price", "orders_items"."quantity",
((("orders_items"."order_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM "public"."orders" AS "cordon 4" WHERE
("cordon 4"."user_id" = CAST($3 AS "int8"))))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 12" FROM
"public"."items" AS "orders_items" WHERE ("orders_items"."order_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM
"public"."orders" AS "cordon 4" WHERE ("cordon 4"."user_id" = CAST($3 AS "int8")))))) AS "orders_items" LEFT JOIN
LATERAL (SELECT COALESCE("pg_catalog"."json_agg"(CASE WHEN (("orders_items_tags_tag"."cordon 10" IS NOT FALSE) AND
("orders_items_tags"."cordon 9" IS NOT FALSE)) THEN "pg_catalog"."json_build_array"("orders_items_tags"."item_id",
"orders_items_tags"."tag_id", "orders_items_tags_tag"."data") END), CAST('[]' AS "jsonb")) AS "data",
"pg_catalog"."bool_and"((("orders_items_tags"."cordon 9" IS NOT FALSE) AND ("orders_items_tags_tag"."cordon 10" IS
NOT FALSE))) AS "cordon 11" FROM ((SELECT "orders_items_tags"."item_id", "orders_items_tags"."tag_id",
((("orders_items_tags"."item_id" = ANY (ARRAY(SELECT "cordon 5"."id" FROM "public"."items" AS "cordon 5" WHERE
("cordon 5"."order_id" = ANY (ARRAY(SELECT "cordon 6"."id" FROM "public"."orders" AS "cordon 6" WHERE
("cordon 6"."user_id" = CAST($3 AS "int8")))))))) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 9" FROM
"public"."item_tags" AS "orders_items_tags" WHERE ("orders_items_tags"."item_id" = ANY (ARRAY(SELECT "cordon 5"."id"
FROM "public"."items" AS "cordon 5" WHERE ("cordon 5"."order_id" = ANY (ARRAY(SELECT "cordon 6"."id" FROM
"public"."orders" AS "cordon 6" WHERE ("cordon 6"."user_id" = CAST($3 AS "int8"))))))))) AS "orders_items_tags" LEFT
JOIN LATERAL (SELECT CASE WHEN (("orders_items_tags_tag"."cordon 7" IS NOT FALSE) AND
("orders_items_tags"."cordon 9" IS NOT FALSE)) THEN "pg_catalog"."json_build_array"("orders_items_tags_tag"."id",
"orders_items_tags_tag"."user_id", "orders_items_tags_tag"."name") END AS "data",
("orders_items_tags_tag"."cordon 7" IS NOT FALSE) AS "cordon 10" FROM (SELECT "orders_items_tags_tag"."id",
"orders_items_tags_tag"."user_id", "orders_items_tags_tag"."name", ("orders_items_tags_tag"."cordon 8" IS NOT FALSE)
AS "cordon 7" FROM (SELECT "orders_items_tags_tag"."id", "orders_items_tags_tag"."user_id",
"orders_items_tags_tag"."name", ((("orders_items_tags_tag"."user_id" = CAST($3 AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 8" FROM "public"."tags" AS "orders_items_tags_tag" WHERE
("orders_items_tags_tag"."user_id" = CAST($3 AS "int8"))) AS "orders_items_tags_tag" WHERE
("orders_items_tags_tag"."id" = "orders_items_tags"."tag_id") LIMIT $2) AS "orders_items_tags_tag") AS
"orders_items_tags_tag" ON TRUE) WHERE ("orders_items_tags"."item_id" = "orders_items"."id")) AS "orders_items_tags"
ON TRUE) WHERE ("orders_items"."order_id" = "orders"."id")) AS "orders_items" ON TRUE);

-- Relations of a page.
-- principal: alice policy=orms
select "users"."id", "users"."name", "users_orders"."data" as "orders" from "users" "users" left join lateral (select coalesce(json_agg(json_build_array("users_orders"."id", "users_orders"."user_id", "users_orders"."status", "users_orders"."total", "users_orders"."note", "users_orders"."created_at") order by "users_orders"."id" desc), '[]'::json) as "data" from (select * from "orders" "users_orders" where ("users_orders"."user_id" = "users"."id" and "users_orders"."total" > $1) order by "users_orders"."id" desc limit $2) "users_orders") "users_orders" on true where "users"."id" = $3 limit $4;
-- => allow, claims user
SELECT "users"."id", "users"."name", "users_orders"."data" AS "orders" FROM ((SELECT "users"."id", "users"."email",
"users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash", ((("users"."id" = CAST($5 AS
"int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 3" FROM "public"."users" AS "users" WHERE
("users"."id" = CAST($5 AS "int8"))) AS "users" LEFT JOIN LATERAL (SELECT COALESCE("pg_catalog"."json_agg"(CASE WHEN
(("users_orders"."cordon 1" IS NOT FALSE) AND ("users"."cordon 3" IS NOT FALSE)) THEN
"pg_catalog"."json_build_array"("users_orders"."id", "users_orders"."user_id", "users_orders"."status",
"users_orders"."total", "users_orders"."note", "users_orders"."created_at") END ORDER BY "users_orders"."id" DESC),
CAST('[]' AS "jsonb")) AS "data" FROM (SELECT "users_orders"."id", "users_orders"."user_id",
"users_orders"."status", "users_orders"."total", "users_orders"."note", "users_orders"."created_at",
("users_orders"."cordon 2" IS NOT FALSE) AS "cordon 1" FROM (SELECT "users_orders"."id", "users_orders"."user_id",
"users_orders"."status", "users_orders"."total", "users_orders"."note", "users_orders"."created_at",
((("users_orders"."user_id" = CAST($5 AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM
"public"."orders" AS "users_orders" WHERE ("users_orders"."user_id" = CAST($5 AS "int8"))) AS "users_orders" WHERE
(("users_orders"."user_id" = "users"."id") AND ("users_orders"."total" > $1)) ORDER BY "users_orders"."id" DESC
LIMIT $2) AS "users_orders") AS "users_orders" ON TRUE) WHERE ("users"."id" = $3) LIMIT $4;

-- A relation with a computed column.
-- principal: alice policy=orms
select "id", "user_id", "status", "total", "note", "created_at", upper("status") as "loud" from "orders" "orders";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at", "pg_catalog"."upper"("orders"."status") AS "loud" FROM (SELECT "orders"."id",
"orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders";

-- How many.
-- principal: alice policy=orms
select count(*) as count from "orders" where "orders"."status" = $1;
-- => allow, claims user
SELECT "pg_catalog"."count"(*) AS "count" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($2 AS "int8"))) AS "orders" WHERE ("orders"."status" = $1);

-- Sums by group.
-- principal: alice policy=orms
select "order_id", count(*), sum("price"), avg("price") from "items" group by "items"."order_id" having count(*) > $1;
-- => allow, claims user
SELECT "items"."order_id", "pg_catalog"."count"(*), "pg_catalog"."sum"("items"."price"),
"pg_catalog"."avg"("items"."price") FROM (SELECT "items"."id", "items"."order_id", "items"."product",
"items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS
"items" GROUP BY "items"."order_id" HAVING ("pg_catalog"."count"(*) > $1);

-- Rows without doubles.
-- principal: alice policy=orms
select distinct on ("orders"."user_id") "user_id", "id" from "orders" order by "orders"."user_id";
-- => allow
SELECT DISTINCT ON ("orders"."user_id") "orders"."user_id", "orders"."id" FROM (SELECT "orders"."id",
"orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" ORDER BY
"orders"."user_id";

-- A sub-query, a common table, EXISTS.
-- principal: alice policy=orms
with "paid" as (select "id" from "orders" where "orders"."status" = $1) select "paid"."id", "large"."order_id", "n" from "paid" left join (select "order_id", count(*) as "n" from "items" group by "items"."order_id") "large" on "large"."order_id" = "paid"."id" where exists (select 1 from "tags" where "tags"."user_id" = $2);
-- => allow, claims user
WITH "paid" AS (SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($3 AS "int8"))) AS "orders" WHERE ("orders"."status" = $1)) SELECT "paid"."id",
"large"."order_id", "large"."n" FROM ("paid" LEFT JOIN (SELECT "items"."order_id", "pg_catalog"."count"(*) AS "n"
FROM (SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM
"public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST($3 AS "int8")))))) AS "items" GROUP BY "items"."order_id") AS "large"
ON ("large"."order_id" = "paid"."id")) WHERE EXISTS (SELECT 1 FROM (SELECT "tags"."id", "tags"."user_id",
"tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST($3 AS "int8"))) AS "tags" WHERE
("tags"."user_id" = $2));

-- A union.
-- principal: alice policy=orms
(select "id" from "orders") union (select "order_id" from "items");
-- => allow
(SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders") UNION (SELECT "items"."order_id" FROM (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS
"int8")))))) AS "items");

-- One row is inserted.
-- principal: alice policy=orms
insert into "orders" ("id", "user_id", "status", "total", "note", "created_at") values ($1, $2, default, $3, $4, default) returning "id";
-- => allow, claims user
INSERT INTO "public"."orders" AS "orders" ("id", "user_id", "total", "note") VALUES ($1, $2, $3, $4) RETURNING CASE
WHEN CAST(CASE WHEN ("orders"."user_id" = CAST($5 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
"orders"."id" END AS "id";

-- Many rows are inserted.
-- principal: alice policy=orms
insert into "tags" ("id", "user_id", "name") values ($1, $2, $3), ($4, $5, $6) returning "id", "user_id", "name";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8")
WHEN CAST($7 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($7 AS "int8") END, $3), ($4, CASE
WHEN CAST(CASE CAST($5 AS "int8") WHEN CAST($7 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN
CAST($7 AS "int8") END, $6) RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($7 AS "int8")) THEN 'true'
ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS
"name";

-- A row with defaults.
-- principal: alice policy=orms
insert into "tags" ("id", "user_id", "name") values (default, $1, $2);
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END, $2) RETURNING CASE
WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- Rows of a query are inserted.
-- principal: alice policy=orms
insert into "item_tags" ("item_id", "tag_id") select "id", 1 as "tag_id" from "items" where "items"."id" = $1;
-- => allow, rows dropped, claims user
INSERT INTO "public"."item_tags" AS "item_tags" ("item_id", "tag_id") SELECT "items"."id", 1 AS "tag_id" FROM
(SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM
"public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "items" WHERE ("items"."id" = $1) RETURNING CASE
WHEN CAST(CASE WHEN (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."items" AS "cordon 2"
WHERE ("cordon 2"."order_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE
("cordon 3"."user_id" = CAST($2 AS "int8")))))))) AND (("item_tags"."tag_id" IS NULL) OR EXISTS (SELECT 1 FROM
"public"."tags" AS "cordon 4" WHERE (("cordon 4"."id" = "item_tags"."tag_id") AND ("cordon 4"."user_id" = CAST($2 AS
"int8")))))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- A conflict is ignored.
-- principal: alice policy=orms
insert into "tags" ("id", "user_id", "name") values ($1, $2, $3) on conflict do nothing;
-- => deny 0A000 CORDON_UNSUPPORTED
-- ON CONFLICT without a target on a relation with several keys cannot be checked, so the statement is refused

-- A conflict overwrites.
-- principal: alice policy=orms
insert into "tags" ("id", "user_id", "name") values ($1, $2, $3) on conflict ("id") do update set "name" = excluded.name where "tags"."user_id" = $4;
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8")
WHEN CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5 AS "int8") END, $3) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" =
CAST($5 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN ("tags"."user_id"
= CAST($5 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN ("tags"."user_id" = $4) ELSE FALSE END
ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($5 AS "int8")) AND ("tags"."user_id" =
CAST($5 AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Rows are changed.
-- principal: alice policy=orms
update "orders" set "status" = $1, "total" = "orders"."total" + 1 where "orders"."id" = $2 returning "id", "user_id", "status", "total", "note", "created_at";
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1, "total" = CASE WHEN ("orders"."user_id" = CAST($3 AS
"int8")) THEN ("orders"."total" + 1) END WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND ("orders"."id" = $2))
RETURNING "orders"."id" AS "id", "orders"."user_id" AS "user_id", "orders"."status" AS "status", "orders"."total" AS
"total", "orders"."note" AS "note", "orders"."created_at" AS "created_at";

-- Rows are changed by another table.
-- principal: alice policy=orms
update "items" set "quantity" = $1 from "orders" where ("orders"."id" = "items"."order_id" and "orders"."id" = $2);
-- => allow, claims user
UPDATE "public"."items" AS "items" SET "quantity" = $1 FROM (SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($3 AS "int8"))) AS "orders" WHERE (("items"."order_id" = ANY (ARRAY(SELECT
"cordon 2"."id" FROM "public"."orders" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST($3 AS "int8"))))) AND
("orders"."id" = "items"."order_id") AND ("orders"."id" = $2));

-- Rows are deleted.
-- principal: alice policy=orms
delete from "tags" where "tags"."name" = $1 returning "id";
-- => allow, claims user
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST($2 AS "int8")) AND ("tags"."name" = $1))
RETURNING "tags"."id" AS "id";

-- A transaction with a lock, and one inside.
-- principal: alice policy=orms
begin;
-- => allow, effect begin
BEGIN;

-- A transaction with a lock, and one inside.
-- principal: alice policy=orms
select "id", "user_id", "status", "total", "note", "created_at" from "orders" where "orders"."id" = $1 for update skip locked;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."id" = $1) FOR UPDATE SKIP LOCKED;

-- A transaction with a lock, and one inside.
-- principal: alice policy=orms
savepoint sp1;
-- => allow, effect savepoint
SAVEPOINT "sp1";

-- A transaction with a lock, and one inside.
-- principal: alice policy=orms
update "orders" set "status" = $1 where "orders"."id" = $2;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."id" = $2));

-- A transaction with a lock, and one inside.
-- principal: alice policy=orms
release savepoint sp1;
-- => allow, effect savepoint
RELEASE SAVEPOINT "sp1";

-- A transaction with a lock, and one inside.
-- principal: alice policy=orms
commit;
-- => allow, effect end
COMMIT;

-- A transaction of a level.
-- principal: alice policy=orms
begin isolation level serializable read only deferrable;
-- => allow, effect begin
BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE;

-- A transaction of a level.
-- principal: alice policy=orms
select "id", "user_id", "name" from "tags";
-- => allow
SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM
"public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags";

-- A transaction that fails.
-- principal: alice policy=orms
rollback;
-- => allow, effect end
ROLLBACK;

-- A statement that is prepared by name.
-- principal: alice policy=orms
select "id", "user_id", "status", "total", "note", "created_at" from "orders" where "orders"."id" = $1;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."id" = $1);

-- SQL of the program itself.
-- principal: alice policy=orms
select id from "orders" where "orders"."status" = $1;
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."status" = $1);
