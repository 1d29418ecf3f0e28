-- Every arm is a query of its own.

-- Both arms.
-- principal: alice
select id, price from products union all select id, amount from orders;
-- => allow
(SELECT "products"."id", "products"."price" FROM "public"."products") UNION ALL (SELECT "orders"."id",
"orders"."amount" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders");

-- Nested arms keep their brackets, order and limit.
-- principal: alice
(select id from products order by id limit 1) except (select id from orders union select 1);
-- => allow
(SELECT "products"."id" FROM "public"."products" ORDER BY "id" LIMIT 1) EXCEPT ((SELECT "orders"."id" FROM (SELECT
"orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM
"public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS
"orders") UNION (SELECT 1));

-- Hidden columns have their type in a set operation.
-- principal: alice
select null::uuid, null::text, null::text, null::bool, null::text union all table users;
-- => allow
(SELECT CAST(NULL AS "uuid"), CAST(NULL AS "text"), CAST(NULL AS "text"), CAST(NULL AS "bool"), CAST(NULL AS
"text")) UNION ALL (SELECT * FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN
FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users");
