-- Kysely 0.29.9, its Postgres dialect, as its programs in test/orms-cockroachdb send it.

-- The tables and their columns.
-- principal: alice policy=orms
select "a"."attname" as "column", "a"."attnotnull" as "not_null", "a"."atthasdef" as "has_default", "c"."relname" as "table", "c"."relkind" as "table_type", "ns"."nspname" as "schema", "typ"."typname" as "type", "dtns"."nspname" as "type_schema", col_description(a.attrelid, a.attnum) as "column_description", pg_get_serial_sequence(quote_ident(ns.nspname) || '.' || quote_ident(c.relname), a.attname) as "auto_incrementing" from "pg_catalog"."pg_attribute" as "a" inner join "pg_catalog"."pg_class" as "c" on "a"."attrelid" = "c"."oid" inner join "pg_catalog"."pg_namespace" as "ns" on "c"."relnamespace" = "ns"."oid" inner join "pg_catalog"."pg_type" as "typ" on "a"."atttypid" = "typ"."oid" inner join "pg_catalog"."pg_namespace" as "dtns" on "typ"."typnamespace" = "dtns"."oid" where "c"."relkind" in ($1, $2, $3, $4) and "ns"."nspname" !~ $5 and "ns"."nspname" != $6 and "ns"."nspname" != $7 and has_schema_privilege(ns.nspname, 'USAGE') and "a"."attnum" >= $8 and "a"."attisdropped" != $9 and "c"."relname" != $10 and "c"."relname" != $11 order by "ns"."nspname", "c"."relname", "a"."attnum";
-- => deny 42501 CORDON_FUNCTION_DENIED
-- function `pg_get_serial_sequence` is not on the list of functions that may be called

-- A table is made.
-- principal: migrator policy=orms
create table "carts" ("id" uuid default gen_random_uuid() primary key, "user_id" bigint not null references "users" ("id") on delete cascade, "name" varchar(80));
-- => allow
create table "carts" ("id" uuid default gen_random_uuid() primary key, "user_id" bigint not null references "users"
("id") on delete cascade, "name" varchar(80));

-- An index is made.
-- principal: migrator policy=orms
create index "carts_by_user" on "carts" ("user_id");
-- => allow
create index "carts_by_user" on "carts" ("user_id");

-- A table is dropped.
-- principal: migrator policy=orms
drop table "carts";
-- => allow
drop table "carts";

-- All columns.
-- principal: alice policy=orms
select * from "orders";
-- => allow
SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS
"int8"))) AS "orders";

-- Some columns, by conditions, in order, a page.
-- principal: alice policy=orms
select "id", "total" as "sum" from "orders" where "user_id" = $1 and ("status" in ($2, $3) or "note" is null) order by "created_at" desc limit $4 offset $5;
-- => allow, claims user
SELECT "orders"."id", "orders"."total" AS "sum" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($6 AS "int8"))) AS "orders" WHERE (("orders"."user_id" = $1) AND (("orders"."status" IN
($2, $3)) OR ("orders"."note" IS NULL))) ORDER BY "orders"."created_at" DESC OFFSET $5 LIMIT $4;

-- One row by its key.
-- principal: alice policy=orms
select "users".* from "users" where "id" = $1;
-- => allow, claims user
SELECT "users"."id", "users"."email", "users"."name", "users"."password_hash" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST($2 AS "int8"))) AS "users" WHERE ("users"."id" = $1);

-- Joins.
-- principal: alice policy=orms
select "o"."id", "i"."product", "u"."name" as "buyer" from "orders" as "o" inner join "items" as "i" on "i"."order_id" = "o"."id" left join "users" as "u" on "u"."id" = "o"."user_id" and "u"."name" like $1;
-- => allow, claims user
SELECT "o"."id", "i"."product", "u"."name" AS "buyer" FROM (((SELECT "o"."id", "o"."user_id", "o"."status",
"o"."total", "o"."note", "o"."created_at" FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST($2 AS "int8")))
AS "o" JOIN (SELECT "i"."id", "i"."order_id", "i"."product", "i"."price", "i"."quantity" FROM "public"."items" AS
"i" WHERE ("i"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "i" ON ("i"."order_id" = "o"."id")) LEFT JOIN (SELECT "u"."id",
"u"."email", "u"."name", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash", ((("u"."id" = CAST($2 AS
"int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "public"."users" AS "u" WHERE ("u"."id" =
CAST($2 AS "int8"))) AS "u" ON (("u"."id" = "o"."user_id") AND CASE WHEN ("u"."cordon 2" IS NOT FALSE) THEN
("u"."name" LIKE $1) ELSE FALSE END));

-- A lateral join.
-- principal: alice policy=orms
select "orders"."id", "first"."product" from "orders" inner join lateral (select "product" from "items" where "items"."order_id" = "orders"."id" limit $1) as "first" on true;
-- => allow, claims user
SELECT "orders"."id", "first"."product" FROM ((SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($2 AS "int8"))) AS "orders" JOIN LATERAL (SELECT "items"."product" FROM (SELECT
"items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS
"items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($2 AS "int8")))))) AS "items" WHERE ("items"."order_id" = "orders"."id") LIMIT $1) AS
"first" ON TRUE);

-- Relations as JSON.
-- principal: alice policy=orms
select "orders"."id", (select coalesce(json_agg(agg), '[]') from (select "items"."id", "items"."product" from "items" where "items"."order_id" = "orders"."id") as agg) as "items", (select to_json(obj) from (select "users"."name" from "users" where "users"."id" = "orders"."user_id") as obj) as "user" from "orders";
-- => allow
SELECT "orders"."id", CASE WHEN ("orders"."cordon 2" IS NOT FALSE) THEN (SELECT
COALESCE("pg_catalog"."json_agg"(CASE WHEN ("agg"."id" IS NOT NULL) THEN (SELECT "agg" FROM (SELECT "agg"."id" AS
"id", "agg"."product" AS "product") AS "agg") ELSE NULL END), '[]') FROM (SELECT "items"."id", "items"."product"
FROM (SELECT "items"."id", "items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM
"public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST('1' AS "int8")))))) AS "items" WHERE ("items"."order_id" =
"orders"."id")) AS "agg") END AS "items", CASE WHEN ("orders"."cordon 2" IS NOT FALSE) THEN (SELECT CASE WHEN
(("obj"."cordon 3" IS NOT FALSE) AND ("orders"."cordon 2" IS NOT FALSE)) THEN "pg_catalog"."to_json"(CASE WHEN
("obj"."cordon 3" IS NOT NULL) THEN (SELECT "obj" FROM (SELECT "obj"."name" AS "name") AS "obj") ELSE NULL END) END
AS "to_json" FROM (SELECT "users"."name", ("users"."cordon 4" IS NOT FALSE) AS "cordon 3" FROM (SELECT "users"."id",
"users"."email", "users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash",
((("users"."id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 4" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('1' AS "int8"))) AS "users" WHERE ("users"."id" =
"orders"."user_id")) AS "obj") END AS "user" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at", ((("orders"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 2" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1'
AS "int8"))) AS "orders";

-- Sums by group.
-- principal: alice policy=orms
select "order_id", count(*) as "n", sum("price") as "sum", avg("price") filter(where "quantity" > $1) as "avg" from "items" group by "order_id" having count("id") > $2;
-- => allow, claims user
SELECT "items"."order_id", "pg_catalog"."count"(*) AS "n", "pg_catalog"."sum"("items"."price") AS "sum",
"pg_catalog"."avg"("items"."price") FILTER (WHERE ("items"."quantity" > $1)) AS "avg" FROM (SELECT "items"."id",
"items"."order_id", "items"."product", "items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE
("items"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST($3 AS "int8")))))) AS "items" GROUP BY "items"."order_id" HAVING
("pg_catalog"."count"("items"."id") > $2);

-- A row of each, by DISTINCT ON.
-- principal: alice policy=orms
select distinct on ("user_id") "user_id", "id" from "orders" order by "user_id";
-- => allow
SELECT DISTINCT ON ("user_id") "orders"."user_id", "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id",
"orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" ORDER BY "user_id";

-- A sub-query, and EXISTS.
-- principal: alice policy=orms
select "id", (select max("total") as "m" from "orders" where "orders"."user_id" = "users"."id") as "most" from "users" where exists (select "id" from "orders" where "orders"."user_id" = "users"."id");
-- => allow
SELECT "users"."id", CASE WHEN ("users"."cordon 1" IS NOT FALSE) THEN (SELECT "pg_catalog"."max"("orders"."total")
AS "m" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders" WHERE ("orders"."user_id" = "users"."id")) END AS "most" FROM (SELECT "users"."id", "users"."email",
"users"."name", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash", ((("users"."id" = CAST('1' AS
"int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."users" AS "users" WHERE
("users"."id" = CAST('1' AS "int8"))) AS "users" WHERE EXISTS (SELECT "orders"."id" FROM (SELECT "orders"."id",
"orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS "orders" WHERE
("orders"."user_id" = "users"."id"));

-- A common table, and a union.
-- principal: alice policy=orms
with "paid" as (select "id" from "orders" where "status" = $1) select "id" from "paid" union all select "id" from "orders" where "status" = $2;
-- => allow, claims user
WITH "paid" AS (SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($3 AS "int8"))) AS "orders" WHERE ("orders"."status" = $1)) (SELECT "paid"."id" FROM
"paid") UNION ALL (SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status",
"orders"."total", "orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE
("orders"."user_id" = CAST($3 AS "int8"))) AS "orders" WHERE ("orders"."status" = $2));

-- CASE, COALESCE, a concatenation, a field of JSON.
-- principal: alice policy=orms
select case when "status" = $1 then 1 else 0 end as "is_open", coalesce("note", '{}'::jsonb) as "note", "status" || $2 as "loud", "note"->>'gift' as "gift" from "orders";
-- => allow, claims user
SELECT CASE WHEN ("orders"."status" = $1) THEN 1 ELSE 0 END AS "is_open", COALESCE("orders"."note", CAST('{}' AS
"jsonb")) AS "note", CASE WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."status" || $2) END AS "loud", CASE
WHEN ("orders"."cordon 1" IS NOT FALSE) THEN ("orders"."note" ->> 'gift') END AS "gift" FROM (SELECT "orders"."id",
"orders"."user_id", "orders"."status", "orders"."total", "orders"."note", "orders"."created_at",
((("orders"."user_id" = CAST($3 AS "int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM
"public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS "int8"))) AS "orders";

-- A window.
-- principal: alice policy=orms
select row_number() over(partition by "user_id" order by "created_at") as "place" from "orders";
-- => allow
SELECT "pg_catalog"."row_number"() OVER (PARTITION BY "orders"."user_id" ORDER BY "orders"."created_at") AS "place"
FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders";

-- One row is inserted.
-- principal: alice policy=orms
insert into "orders" ("user_id", "total") values ($1, $2) returning "id";
-- => allow, claims user
INSERT INTO "public"."orders" AS "orders" ("user_id", "total") VALUES ($1, $2) RETURNING CASE WHEN CAST(CASE WHEN
("orders"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "orders"."id" END AS
"id";

-- Many rows are inserted.
-- principal: alice policy=orms
insert into "tags" ("user_id", "name") values ($1, $2), ($3, $4) returning *;
-- => allow, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5 AS "int8") END, $2), (CASE WHEN
CAST(CASE CAST($3 AS "int8") WHEN CAST($5 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($5
AS "int8") END, $4) RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($5 AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN "tags"."id" END AS "id", "tags"."user_id" AS "user_id", "tags"."name" AS
"name";

-- Rows of a query are inserted.
-- principal: alice policy=orms
insert into "tags" ("user_id", "name") select distinct "user_id", "status" from "orders";
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") SELECT DISTINCT "orders"."user_id", "orders"."status" FROM
(SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total", "orders"."note",
"orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST('1' AS "int8"))) AS
"orders" RETURNING CASE WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN 1 END;

-- A conflict is ignored.
-- principal: alice policy=orms
insert into "tags" ("user_id", "name") values ($1, $2) on conflict ("user_id", "name") do nothing;
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END, $2) ON CONFLICT
("user_id", "name") DO UPDATE SET "user_id" = "tags"."user_id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id"
= CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("tags"."user_id" =
CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- A conflict overwrites.
-- principal: alice policy=orms
insert into "tags" ("id", "user_id", "name") values ($1, $2, $3) on conflict ("id") do update set "name" = "excluded"."name";
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES ($1, CASE WHEN CAST(CASE CAST($2 AS "int8")
WHEN CAST($4 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($4 AS "int8") END, $3) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" =
CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN ("tags"."user_id"
= CAST($4 AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE ELSE FALSE END ELSE FALSE END
RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST($4 AS "int8")) AND ("tags"."user_id" = CAST($4 AS
"int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Rows are changed.
-- principal: alice policy=orms
update "orders" set "status" = $1 where "id" = $2 returning "id", "status";
-- => allow, claims user
UPDATE "public"."orders" AS "orders" SET "status" = $1 WHERE (("orders"."user_id" = CAST($3 AS "int8")) AND
("orders"."id" = $2)) RETURNING "orders"."id" AS "id", "orders"."status" AS "status";

-- Rows are changed by another table.
-- principal: alice policy=orms
update "items" set "quantity" = "items"."quantity" + $1 from "orders" where "orders"."id" = "items"."order_id" and "orders"."id" = $2;
-- => allow, claims user
UPDATE "public"."items" AS "items" SET "quantity" = CASE WHEN ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST($3 AS "int8"))))) THEN
("items"."quantity" + $1) END FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS
"int8"))) AS "orders" WHERE (("items"."order_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."orders" AS
"cordon 2" WHERE ("cordon 2"."user_id" = CAST($3 AS "int8"))))) AND ("orders"."id" = "items"."order_id") AND
("orders"."id" = $2));

-- Rows are deleted.
-- principal: alice policy=orms
delete from "tags" where "name" = $1;
-- => allow, claims user
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST($2 AS "int8")) AND ("tags"."name" = $1));

-- Rows are deleted by another table.
-- principal: alice policy=orms
delete from "item_tags" using "items" where "items"."id" = "item_tags"."item_id" and "items"."product" = $1;
-- => allow, claims user
DELETE FROM "public"."item_tags" AS "item_tags" USING (SELECT "items"."id", "items"."order_id", "items"."product",
"items"."price", "items"."quantity" FROM "public"."items" AS "items" WHERE ("items"."order_id" = ANY (ARRAY(SELECT
"cordon 3"."id" FROM "public"."orders" AS "cordon 3" WHERE ("cordon 3"."user_id" = CAST($2 AS "int8")))))) AS
"items" WHERE (("item_tags"."item_id" = ANY (ARRAY(SELECT "cordon 4"."id" FROM "public"."items" AS "cordon 4" WHERE
("cordon 4"."order_id" = ANY (ARRAY(SELECT "cordon 5"."id" FROM "public"."orders" AS "cordon 5" WHERE
("cordon 5"."user_id" = CAST($2 AS "int8")))))))) AND ("items"."id" = "item_tags"."item_id") AND ("items"."product"
= $1));

-- A transaction of a level, with a lock.
-- principal: alice policy=orms
start transaction isolation level serializable;
-- => allow, effect begin
START TRANSACTION ISOLATION LEVEL SERIALIZABLE;

-- A transaction of a level, with a lock.
-- principal: alice policy=orms
select "id" from "orders" where "id" = $1 for update skip locked;
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($2 AS
"int8"))) AS "orders" WHERE ("orders"."id" = $1) FOR UPDATE SKIP LOCKED;

-- A transaction of a level, with a lock.
-- principal: alice policy=orms
commit;
-- => allow, effect end
COMMIT;

-- A transaction with a savepoint.
-- principal: alice policy=orms
begin;
-- => allow, effect begin
BEGIN;

-- A transaction with a savepoint.
-- principal: alice policy=orms
savepoint "inner";
-- => allow, effect savepoint
SAVEPOINT "inner";

-- A transaction with a savepoint.
-- principal: alice policy=orms
insert into "tags" ("user_id", "name") values ($1, $2);
-- => allow, rows dropped, claims user
INSERT INTO "public"."tags" AS "tags" ("user_id", "name") VALUES (CASE WHEN CAST(CASE CAST($1 AS "int8") WHEN
CAST($3 AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST($3 AS "int8") END, $2) RETURNING CASE
WHEN CAST(CASE WHEN ("tags"."user_id" = CAST($3 AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- A transaction with a savepoint.
-- principal: alice policy=orms
rollback to "inner";
-- => allow, effect savepoint
ROLLBACK TO SAVEPOINT "inner";

-- A transaction with a savepoint.
-- principal: alice policy=orms
release "inner";
-- => allow, effect savepoint
RELEASE SAVEPOINT "inner";

-- SQL of the program itself.
-- principal: alice policy=orms
select id from orders where user_id = $1 and status = any($2);
-- => allow, claims user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."user_id", "orders"."status", "orders"."total",
"orders"."note", "orders"."created_at" FROM "public"."orders" AS "orders" WHERE ("orders"."user_id" = CAST($3 AS
"int8"))) AS "orders" WHERE (("orders"."user_id" = $1) AND ("orders"."status" = ANY ($2)));
