-- The recursive arm reads relations like any other query.

-- The relation in the recursive arm is narrowed; the CTE is not a relation.
-- principal: alice
with recursive r(n) as (select 14 union select o.id from r join orders o on o.id > r.n) select n from r;
-- => allow
WITH RECURSIVE "r"("n") AS ((SELECT 14) UNION (SELECT "o"."id" FROM ("r" JOIN (SELECT "o"."id", "o"."tenant_id",
"o"."user_id", "o"."amount", "o"."crdb_region", ((("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) IS TRUE)
AS "cordon 1" FROM "public"."orders" AS "o" WHERE (("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "o"
ON CASE WHEN ("o"."cordon 1" IS NOT FALSE) THEN ("o"."id" > "r"."n") ELSE FALSE END))) SELECT "r"."n" FROM "r";

-- A recursive CTE with the name of a relation is itself in both arms.
-- principal: alice
with recursive orders(id) as (select 1 union all select id + 1 from orders where id < 3) select id from orders;
-- => allow
WITH RECURSIVE "orders"("id") AS ((SELECT 1) UNION ALL (SELECT ("orders"."id" + 1) FROM "orders" WHERE
("orders"."id" < 3))) SELECT "orders"."id" FROM "orders";

-- RECURSIVE lets earlier CTEs see later ones.
-- principal: alice
with recursive a as (select id from orders), orders as (select 99 as id) select id from a;
-- => allow
WITH RECURSIVE "a" AS (SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id",
"orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1'
AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders"), "orders" AS (SELECT 99 AS "id") SELECT
"a"."id" FROM "a";
