-- A row that the caller may not write is not there; the row that it becomes must satisfy the rule too.

-- The row filter is and-ed.
-- principal: alice
update orders set amount = 1 where id = 25 or true;
-- => allow
UPDATE "public"."orders" AS "orders" SET "amount" = 1 WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) AND (("orders"."id" = 25) OR TRUE));

-- A column that is not in the list of the rule.
-- principal: alice
update orders set tenant_id = 2 where id = 15;
-- => deny 42501 CORDON_COLUMN_DENIED
-- no rule lets the caller update column `tenant_id` of `orders`

-- A hidden column of the target reads NULL in WHERE and SET.
-- principal: alice
update users set email = coalesce(password_hash, 'x') where reset_token is null;
-- => allow
UPDATE "public"."users" AS "users" SET "email" = COALESCE(CASE WHEN FALSE THEN "users"."password_hash" END, 'x')
WHERE (("users"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) AND (CASE WHEN FALSE THEN
"users"."reset_token" END IS NULL));

-- A filter that can fail must not see a foreign row.
-- principal: alice
update addresses set city = city where 1/(length(line1) - 14) >= 0;
-- => allow
UPDATE "public"."addresses" AS "addresses" SET "city" = "addresses"."city" WHERE (("addresses"."profile_id" = ANY
(ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) AND CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN ((1 /
("pg_catalog"."length"("addresses"."line1") - 14)) >= 0) ELSE FALSE END);

-- A rule with other rows to read than to write: the shared resource stays as it is.
-- principal: alice
update resources set data = 'x' where id = 26;
-- => allow
UPDATE "public"."resources" AS "resources" SET "data" = 'x' WHERE ((("resources"."owner_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) OR ("resources"."id" = ANY (ARRAY(SELECT
"cordon 2"."resource_id" FROM "public"."permissions" AS "cordon 2" WHERE ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AND ("resources"."owner_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) AND ("resources"."id" = 26));

-- An update without a rule for it.
-- principal: alice
update products set price = 1;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller update `products`

-- A system column of the target.
-- principal: alice
update orders set amount = 1 where ctid = '(0,1)';
-- => deny 42501 CORDON_SYSTEM_COLUMN_DENIED
-- system column `ctid` is not shown
