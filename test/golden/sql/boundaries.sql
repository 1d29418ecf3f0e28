-- A boundary is and-ed to every rule of every relation that has its column.

-- Tenant and region stand beside the owner.
-- principal: alice
select id from orders;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- A rule for all rows does not reach over them.
-- principal: alice policy=all-orders
select id from orders;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")))) AS "orders";

-- Nor does a write.
-- principal: alice policy=all-orders
update orders set amount = 1;
-- => allow
UPDATE "public"."orders" AS "orders" SET "amount" = 1 WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ((("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) OR (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")))));

-- A relation without the column is not touched by them.
-- principal: alice
select id from profiles;
-- => allow
SELECT "profiles"."id" FROM (SELECT "profiles"."id", "profiles"."user_id", "profiles"."display_name",
"profiles"."email" FROM "public"."profiles" AS "profiles" WHERE ("profiles"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "profiles";
