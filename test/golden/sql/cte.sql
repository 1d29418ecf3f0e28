-- A CTE is a name for its own query; what it reads is narrowed inside.

-- The relation inside the CTE is narrowed, the CTE is not.
-- principal: alice
with mine as (select * from orders) select id from mine;
-- => allow
WITH "mine" AS (SELECT * FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders") SELECT "mine"."id" FROM "mine";

-- A CTE with the name of a relation hides it from the statement below, not from itself.
-- principal: alice
with orders as (select id, user_id from orders) select * from orders;
-- => allow
WITH "orders" AS (SELECT "orders"."id", "orders"."user_id" FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders") SELECT * FROM "orders";

-- With a schema the name means the relation again.
-- principal: alice
with orders as (select 99 as id) select id from public.orders;
-- => allow
WITH "orders" AS (SELECT 99 AS "id") SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- A CTE inside a CTE.
-- principal: alice
with a as (with b as (select * from orders) select * from b) select count(*) from a;
-- => allow
WITH "a" AS (WITH "b" AS (SELECT * FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id",
"orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1'
AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders") SELECT * FROM "b") SELECT
"pg_catalog"."count"(*) FROM "a";

-- A CTE with the name of the relation that a rule follows does not get into the rule.
-- principal: alice
with profiles as (select 21 as id) select id from addresses;
-- => allow
WITH "profiles" AS (SELECT 21 AS "id") SELECT "addresses"."id" FROM (SELECT "addresses"."id",
"addresses"."profile_id", "addresses"."line1", "addresses"."city" FROM "public"."addresses" AS "addresses" WHERE
("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses";

-- A writing CTE is a write.
-- principal: alice
with d as (delete from addresses returning *) select count(*) from d;
-- => allow
WITH "d" AS (DELETE FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) RETURNING "addresses"."id" AS "id",
"addresses"."profile_id" AS "profile_id", "addresses"."line1" AS "line1", "addresses"."city" AS "city") SELECT
"pg_catalog"."count"(*) FROM "d";

-- A materialized CTE stays one.
-- principal: alice
with a as materialized (select id from orders), b as not materialized (select * from a) select * from b;
-- => allow
WITH "a" AS MATERIALIZED (SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id",
"orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1'
AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders"), "b" AS NOT MATERIALIZED (SELECT * FROM "a")
SELECT * FROM "b";

-- A name that ends the statement when its quotes are lost.
-- principal: alice
with "a) select 1; truncate orders; --" as (select 7 as n) select n from "a) select 1; truncate orders; --";
-- => allow
WITH "a) select 1; truncate orders; --" AS (SELECT 7 AS "n") SELECT "a) select 1; truncate orders; --"."n" FROM
"a) select 1; truncate orders; --";
