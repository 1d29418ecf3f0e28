-- Knex 3.3.0, client 'cockroachdb', as its programs in test/orms-cockroachdb send it.

-- The connection is made and the version read.
-- principal: alice policy=orms
select version();
-- => allow
SELECT "pg_catalog"."version"();

-- The connection is made and the version read.
-- principal: alice policy=orms
SELECT 1;
-- => allow
SELECT 1;

-- Whether a table stands.
-- principal: alice policy=orms
select * from information_schema.tables where table_name = $1 and table_schema = current_schema();
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
("tables"."table_name" = $1) ELSE FALSE END AND CASE WHEN ("tables"."cordon 1" IS NOT FALSE) THEN
("tables"."table_schema" = "pg_catalog"."current_schema"()) ELSE FALSE END);

-- Whether a column stands.
-- principal: alice policy=orms
select * from information_schema.columns where table_name = $1 and column_name = $2 and table_schema = current_schema();
-- => allow
SELECT "columns"."table_catalog", "columns"."table_schema", "columns"."table_name", "columns"."column_name",
"columns"."ordinal_position", "columns"."column_default", "columns"."is_nullable", "columns"."data_type",
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
"columns"."generation_expression", "columns"."is_updatable", "columns"."is_hidden", "columns"."crdb_sql_type",
"columns"."column_comment" FROM (SELECT "columns"."table_catalog", "columns"."table_schema", "columns"."table_name",
"columns"."column_name", "columns"."ordinal_position", CASE WHEN FALSE THEN "columns"."column_default" END AS
"column_default", "columns"."is_nullable", "columns"."data_type", "columns"."character_maximum_length",
"columns"."character_octet_length", "columns"."numeric_precision", "columns"."numeric_precision_radix",
"columns"."numeric_scale", "columns"."datetime_precision", "columns"."interval_type",
"columns"."interval_precision", "columns"."character_set_catalog", "columns"."character_set_schema",
"columns"."character_set_name", "columns"."collation_catalog", "columns"."collation_schema",
"columns"."collation_name", "columns"."domain_catalog", "columns"."domain_schema", "columns"."domain_name",
"columns"."udt_catalog", "columns"."udt_schema", "columns"."udt_name", "columns"."scope_catalog",
"columns"."scope_schema", "columns"."scope_name", "columns"."maximum_cardinality", "columns"."dtd_identifier",
"columns"."is_self_referencing", "columns"."is_identity", "columns"."identity_generation",
"columns"."identity_start", "columns"."identity_increment", "columns"."identity_maximum",
"columns"."identity_minimum", "columns"."identity_cycle", "columns"."is_generated", CASE WHEN FALSE THEN
"columns"."generation_expression" END AS "generation_expression", "columns"."is_updatable", "columns"."is_hidden",
"columns"."crdb_sql_type", CASE WHEN FALSE THEN "columns"."column_comment" END AS "column_comment",
(((("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("columns"."table_schema" = 'public') AND
("columns"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags')))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "information_schema"."columns" AS "columns" WHERE
(("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("columns"."table_schema" = 'public') AND
("columns"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags'))))) AS "columns" WHERE (CASE WHEN
("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."table_name" = $1) ELSE FALSE END AND CASE WHEN
("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."column_name" = $2) ELSE FALSE END AND CASE WHEN
("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."table_schema" = "pg_catalog"."current_schema"()) ELSE FALSE
END);

-- The columns of a table.
-- principal: alice policy=orms
select * from information_schema.columns where table_name = $1 and table_catalog = current_database() and table_schema = current_schema();
-- => allow
SELECT "columns"."table_catalog", "columns"."table_schema", "columns"."table_name", "columns"."column_name",
"columns"."ordinal_position", "columns"."column_default", "columns"."is_nullable", "columns"."data_type",
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
"columns"."generation_expression", "columns"."is_updatable", "columns"."is_hidden", "columns"."crdb_sql_type",
"columns"."column_comment" FROM (SELECT "columns"."table_catalog", "columns"."table_schema", "columns"."table_name",
"columns"."column_name", "columns"."ordinal_position", CASE WHEN FALSE THEN "columns"."column_default" END AS
"column_default", "columns"."is_nullable", "columns"."data_type", "columns"."character_maximum_length",
"columns"."character_octet_length", "columns"."numeric_precision", "columns"."numeric_precision_radix",
"columns"."numeric_scale", "columns"."datetime_precision", "columns"."interval_type",
"columns"."interval_precision", "columns"."character_set_catalog", "columns"."character_set_schema",
"columns"."character_set_name", "columns"."collation_catalog", "columns"."collation_schema",
"columns"."collation_name", "columns"."domain_catalog", "columns"."domain_schema", "columns"."domain_name",
"columns"."udt_catalog", "columns"."udt_schema", "columns"."udt_name", "columns"."scope_catalog",
"columns"."scope_schema", "columns"."scope_name", "columns"."maximum_cardinality", "columns"."dtd_identifier",
"columns"."is_self_referencing", "columns"."is_identity", "columns"."identity_generation",
"columns"."identity_start", "columns"."identity_increment", "columns"."identity_maximum",
"columns"."identity_minimum", "columns"."identity_cycle", "columns"."is_generated", CASE WHEN FALSE THEN
"columns"."generation_expression" END AS "generation_expression", "columns"."is_updatable", "columns"."is_hidden",
"columns"."crdb_sql_type", CASE WHEN FALSE THEN "columns"."column_comment" END AS "column_comment",
(((("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("columns"."table_schema" = 'public') AND
("columns"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags')))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "information_schema"."columns" AS "columns" WHERE
(("columns"."table_schema" IN ('pg_catalog', 'information_schema')) OR (("columns"."table_schema" = 'public') AND
("columns"."table_name" IN ('users', 'orders', 'items', 'tags', 'item_tags'))))) AS "columns" WHERE (CASE WHEN
("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."table_name" = $1) ELSE FALSE END AND CASE WHEN
("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."table_catalog" = "pg_catalog"."current_database"()) ELSE FALSE
END AND CASE WHEN ("columns"."cordon 1" IS NOT FALSE) THEN ("columns"."table_schema" =
"pg_catalog"."current_schema"()) ELSE FALSE END);

-- A table is made.
-- principal: migrator policy=orms
create table "carts" ("id" serial primary key, "user_id" bigint not null, "name" varchar(80) default 'new', "content" jsonb, "created_at" timestamptz not null default CURRENT_TIMESTAMP, "updated_at" timestamptz not null default CURRENT_TIMESTAMP);
-- => allow
create table "carts" ("id" serial primary key, "user_id" bigint not null, "name" varchar(80) default 'new',
"content" jsonb, "created_at" timestamptz not null default CURRENT_TIMESTAMP, "updated_at" timestamptz not null
default CURRENT_TIMESTAMP);

-- A table is made.
-- principal: migrator policy=orms
alter table "carts" add constraint "carts_user_id_foreign" foreign key ("user_id") references "users" ("id");
-- => allow
alter table "carts" add constraint "carts_user_id_foreign" foreign key ("user_id") references "users" ("id");

-- A table is made.
-- principal: migrator policy=orms
create index "carts_user_id_name_index" on "carts" ("user_id", "name");
-- => allow
create index "carts_user_id_name_index" on "carts" ("user_id", "name");

-- A table is changed.
-- principal: migrator policy=orms
alter table "carts" add column "comment" text;
-- => allow
alter table "carts" add column "comment" text;

-- A table is changed.
-- principal: migrator policy=orms
alter table "carts" drop column "content";
-- => allow
alter table "carts" drop column "content";

-- A table is dropped.
-- principal: migrator policy=orms
drop table if exists "carts";
-- => allow
drop table if exists "carts";

-- All columns of all rows.
-- principal: alice policy=orms
select * from "orders";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";

-- Some columns, by a condition, in order, a page of them.
-- principal: alice policy=orms
select "id", "total" as "sum" from "orders" where "user_id" = $1 and "status" = $2 order by "created_at" desc limit $3 offset $4;
-- => allow, claims user
SELECT "orders"."id", "orders"."total" AS "sum" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($5 AS "int8"))) AS "orders" WHERE (("orders"."user_id" = $1) AND ("orders"."status" =
$2)) ORDER BY "orders"."created_at" DESC OFFSET $4 LIMIT $3;

-- Conditions of all kinds.
-- principal: alice policy=orms
select * from "orders" where "total" > $1 and ("note" is null or "status" not in ($2, $3)) and "created_at" between $4 and $5 and "status" like $6 and "status" ilike $7;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST($8 AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($8
AS "int8"))) AS "orders" WHERE (("orders"."total" > $1) AND (("orders"."note" IS NULL) OR ("orders"."status" NOT IN
($2, $3))) AND ("orders"."created_at" BETWEEN $4 AND $5) AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN
("orders"."status" LIKE $6) ELSE FALSE END AND CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status"
ILIKE $7) ELSE FALSE END);

-- The first row.
-- principal: alice policy=orms
select "id", "email" from "users" where "id" = $1 limit $2;
-- => allow, claims user
SELECT "users"."id", "users"."email" FROM (SELECT "users"."id", "users"."email", "users"."name", CASE WHEN FALSE
THEN "users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE ("users"."id" = CAST($3
AS "int8"))) AS "users" WHERE ("users"."id" = $1) LIMIT $2;

-- A list of one column.
-- principal: alice policy=orms
select "email" from "users";
-- => allow
SELECT "users"."email" FROM (SELECT "users"."id", "users"."email", "users"."name", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash" FROM "public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS
"int8"))) AS "users";

-- A field of JSON.
-- principal: alice policy=orms
select json_extract_path("note", $1) as "gift", "id" from "orders" where json_extract_path("note", $2) #>> '{}' = $3;
-- => allow, claims user
SELECT CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN "pg_catalog"."json_extract_path"("orders"."note", $1) END
AS "gift", "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST($4 AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($4
AS "int8"))) AS "orders" WHERE CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN
(("pg_catalog"."json_extract_path"("orders"."note", $2) #>> '{}') = $3) ELSE FALSE END;

-- A part of JSON that is contained.
-- principal: alice policy=orms
select * from "orders" where "note" = $1 and "note" @> $2;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS
"int8"))) AS "orders" WHERE (("orders"."note" = $1) AND ("orders"."note" @> $2));

-- A join, and another one.
-- principal: alice policy=orms
select "o"."id", "i"."product", "u"."name" from "orders" as "o" inner join "items" as "i" on "i"."order_id" = "o"."id" left join "users" as "u" on "u"."id" = "o"."user_id";
-- => allow
SELECT "o"."id", "i"."product", "u"."name" FROM (((SELECT "o"."id", "o"."user_id", "o"."status", "o"."total",
"o"."note", "o"."created_at" FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST('1' AS "int8"))) AS "o" JOIN
(SELECT "i"."id", "i"."order_id", "i"."product", "i"."price", "i"."quantity" FROM "public"."items" AS "i" WHERE
("i"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id"
= CAST('1' AS "int8")))))) AS "i" ON ("i"."order_id" = "o"."id")) LEFT JOIN (SELECT "u"."id", "u"."email",
"u"."name", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash" FROM "public"."users" AS "u" WHERE
("u"."id" = CAST('1' AS "int8"))) AS "u" ON ("u"."id" = "o"."user_id"));

-- Sums by group.
-- principal: alice policy=orms
select "order_id", sum(price * quantity) as "total", count(*) as "n" from "items" group by "order_id" having count(*) > $1;
-- => allow, claims user
SELECT "items"."order_id", "pg_catalog"."sum"(CASE WHEN ("items"."cordon 2" IS NOT FALSE) THEN ("items"."price" *
"items"."quantity") END) AS "total", "pg_catalog"."count"(*) AS "n" FROM (SELECT "items"."id", "items"."order_id",
"items"."product", "items"."price", "items"."quantity", ((("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS "int8"))))) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY
(ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($2 AS
"int8")))))) AS "items" GROUP BY "items"."order_id" HAVING ("pg_catalog"."count"(*) > $1);

-- How many, how many different, the largest.
-- principal: alice policy=orms
select count(distinct "status") as "a", max("total") as "b", avg("total") as "c" from "orders";
-- => allow
SELECT "pg_catalog"."count"(DISTINCT "orders"."status") AS "a", "pg_catalog"."max"("orders"."total") AS "b",
"pg_catalog"."avg"("orders"."total") AS "c" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders";

-- A sub-query in a condition.
-- principal: alice policy=orms
select * from "orders" where "id" in (select "order_id" from "items" where "price" > $1) and exists (select 1 from "tags" where tags.user_id = orders.user_id);
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE (("orders"."id" IN (SELECT "items"."order_id" FROM (SELECT "items"."id",
"items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE
("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "items" WHERE ("items"."price" > $1))) AND EXISTS (SELECT 1 FROM
(SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" =
CAST($2 AS "int8"))) AS "tags" WHERE ("tags"."user_id" = "orders"."user_id")));

-- A union, and a common table.
-- principal: alice policy=orms
with "paid" as (select * from "orders" where "status" = $1) select "id" from "paid" union select "id" from "orders" where "status" = $2;
-- => allow, claims user
WITH "paid" AS (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS
"int8"))) AS "orders" WHERE ("orders"."status" = $1)) (SELECT "paid"."id" FROM "paid") UNION (SELECT "orders"."id"
FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS "int8"))) AS
"orders" WHERE ("orders"."status" = $2));

-- A window.
-- principal: alice policy=orms
select "id", row_number() over (partition by "user_id" order by "created_at") as "place", rank() over (order by "total") as "best" from "orders";
-- => allow
SELECT "orders"."id", "pg_catalog"."row_number"() OVER (PARTITION BY "orders"."user_id" ORDER BY
"orders"."created_at") AS "place", "pg_catalog"."rank"() OVER (ORDER BY "orders"."total") AS "best" FROM (SELECT
"orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders";

-- One row is inserted.
-- principal: alice policy=orms
insert into "orders" ("total", "user_id") values ($1, $2) returning "id";
-- => allow, claims user
INSERT INTO "public"."orders" AS "orders" ("total", "user_id") VALUES ($1, $2) RETURNING CASE WHEN CAST(CASE WHEN
("orders"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "orders"."id" END AS
"id";

-- Many rows are inserted.
-- principal: alice policy=orms
insert into "tags" ("name", "user_id") values ($1, $2), ($3, $4) returning "id", "name";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("name", "user_id") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8") WHEN
CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5 AS "int8") END), ($3, CASE WHEN
CAST(CASE CAST($4 AS "int8") WHEN CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5
AS "int8") END) RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($5 AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."name" AS "name";

-- Rows of different columns are inserted.
-- principal: alice policy=orms
insert into "orders" ("status", "user_id") values (DEFAULT, $1), ($2, $3);
-- => allow, rows dropped, claims user
INSERT INTO "public"."orders" AS "orders" ("status", "user_id") VALUES (DEFAULT, $1), ($2, $3) RETURNING CASE WHEN
CAST(CASE WHEN ("orders"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- Many rows in batches.
-- principal: alice policy=orms
BEGIN;
-- => allow, effect begin
BEGIN;

-- Many rows in batches.
-- principal: alice policy=orms
insert into "tags" ("name", "user_id") values ($1, $2);
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("name", "user_id") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END) RETURNING CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Many rows in batches.
-- principal: alice policy=orms
COMMIT;
-- => allow, effect end
COMMIT;

-- A conflict is ignored.
-- principal: alice policy=orms
insert into "tags" ("name", "user_id") values ($1, $2) on conflict ("user_id", "name") do nothing;
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("name", "user_id") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END) ON CONFLICT
("user_id", "name") DO UPDATE SET "user_id" = "tags"."user_id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id"
= CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("tags"."user_id" =
CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- A conflict overwrites.
-- principal: alice policy=orms
insert into "tags" ("id", "name", "user_id") values ($1, $2, $3) on conflict ("id") do update set "id" = excluded."id", "name" = excluded."name", "user_id" = excluded."user_id";
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES ($1, $2, CASE WHEN CAST(CASE CAST($3 AS
"int8") WHEN CAST($4 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($4 AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "user_id" = "excluded"."user_id" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($4 AS "int8")) AND
("tags"."user_id" = CAST($4 AS "int8")) AND (("tags"."user_id" IS NULL) OR EXISTS (SELECT 1 FROM "public"."users" AS
"cordon 1" WHERE (("cordon 1"."id" = "tags"."user_id") AND ("cordon 1"."id" = CAST($4 AS "int8")))))) THEN 'true'
ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- A conflict overwrites one column, by a condition.
-- principal: alice policy=orms
insert into "tags" ("id", "name", "user_id") values ($1, $2, $3) on conflict ("id") do update set "name" = excluded."name" where "tags"."user_id" = $4;
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES ($1, $2, CASE WHEN CAST(CASE CAST($3 AS
"int8") WHEN CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5 AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" =
CAST($5 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN ("tags"."user_id"
= CAST($5 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN ("tags"."user_id" = $4) ELSE FALSE END
ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($5 AS "int8")) AND ("tags"."user_id" =
CAST($5 AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Insert or overwrite, CockroachDB.
-- principal: alice policy=orms
upsert into "tags" ("id", "name", "user_id") values ($1, $2, $3);
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES ($1, $2, CASE WHEN CAST(CASE CAST($3 AS
"int8") WHEN CAST($4 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($4 AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "user_id" = "excluded"."user_id" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($4 AS "int8")) AND
("tags"."user_id" = CAST($4 AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Insert or overwrite, with what was written.
-- principal: alice policy=orms
upsert into "tags" ("id", "name", "user_id") values ($1, $2, $3) returning "id";
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES ($1, $2, CASE WHEN CAST(CASE CAST($3 AS
"int8") WHEN CAST($4 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($4 AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "user_id" = "excluded"."user_id" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($4 AS "int8")) AND
("tags"."user_id" = CAST($4 AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "tags"."id" END AS
"id";

-- Rows are changed.
-- principal: alice policy=orms
update "orders" set "status" = $1, "note" = $2 where "id" = $3 returning "id", "status";
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1, "note" = $2 WHERE (("orders"."user_id" = CAST($4 AS "int8"))
AND ("orders"."id" = $3)) RETURNING "orders"."id" AS "id", "orders"."status" AS "status";

-- A number is raised.
-- principal: alice policy=orms
update "items" set "quantity" = "quantity" + $1 where "id" = $2;
-- => allow, claims user
UPDATE "public"."items" AS "items" SET "quantity" = CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($3 AS "int8"))))) THEN
("items"."quantity" + $1) END WHERE (("items"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders"
AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST($3 AS "int8"))))) AND ("items"."id" = $2));

-- A field of JSON is set.
-- principal: alice policy=orms
update "orders" set "note" = (jsonb_set("note", $1, $2)) where "id" = $3;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "note" = CASE WHEN ("orders"."user_id" = CAST($4 AS "int8")) THEN
"pg_catalog"."jsonb_set"("orders"."note", $1, $2) END WHERE (("orders"."user_id" = CAST($4 AS "int8")) AND
("orders"."id" = $3));

-- Rows are deleted.
-- principal: alice policy=orms
delete from "tags" where "name" = $1;
-- => allow, claims user
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST($2 AS "int8")) AND ("tags"."name" = $1));

-- A transaction, with a savepoint inside.
-- principal: alice policy=orms
select * from "orders" where "id" = $1 limit $2 for update;
-- => allow, claims user
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS
"int8"))) AS "orders" WHERE ("orders"."id" = $1) LIMIT $2 FOR UPDATE;

-- A transaction, with a savepoint inside.
-- principal: alice policy=orms
SAVEPOINT trx4;
-- => allow, effect savepoint
SAVEPOINT "trx4";

-- A transaction, with a savepoint inside.
-- principal: alice policy=orms
update "orders" set "status" = $1 where "id" = $2;
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."id" = $2));

-- A transaction, with a savepoint inside.
-- principal: alice policy=orms
RELEASE SAVEPOINT trx4;
-- => allow, effect savepoint
RELEASE SAVEPOINT "trx4";

-- A transaction that fails.
-- principal: alice policy=orms
select "id" from "orders" where "id" = $1 for share nowait;
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."id" = $1) FOR SHARE NOWAIT;

-- A transaction that fails.
-- principal: alice policy=orms
ROLLBACK;
-- => allow, effect end
ROLLBACK;

-- A transaction of a level.
-- principal: alice policy=orms
BEGIN TRANSACTION ISOLATION LEVEL serializable;
-- => allow, effect begin
BEGIN ISOLATION LEVEL SERIALIZABLE;

-- A transaction of a level.
-- principal: alice policy=orms
select 1;
-- => allow
SELECT 1;

-- A transaction that reads.
-- principal: alice policy=orms
BEGIN TRANSACTION READ ONLY;
-- => allow, effect begin
BEGIN READ ONLY;

-- SQL of the program itself.
-- principal: alice policy=orms
select id from orders where user_id = $1 and status = $2;
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS
"int8"))) AS "orders" WHERE (("orders"."user_id" = $1) AND ("orders"."status" = $2));

-- A row number and a raw column.
-- principal: alice policy=orms
select count(*) filter (where status = $1) as open from "orders";
-- => allow, claims user
SELECT "pg_catalog"."count"(*) FILTER (WHERE ("orders"."status" = $1)) AS "open" FROM (SELECT "orders"."id",
"orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS "int8"))) AS "orders";

-- Rows one after the other.
-- principal: alice policy=orms
select "id" from "orders";
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";
