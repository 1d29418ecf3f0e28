-- Rows that a query gives are narrowed by it and checked like any other.

-- The query is narrowed, the new rows are checked.
-- principal: alice
insert into addresses (id, profile_id, line1) select id + 900, 11, data from resources;
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1") SELECT ("resources"."id" + 900), 11,
"resources"."data" FROM (SELECT "resources"."id", "resources"."owner_id", "resources"."data" FROM
"public"."resources" AS "resources" WHERE (("resources"."owner_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")) OR ("resources"."id" = ANY (ARRAY(SELECT "cordon 1"."resource_id" FROM "public"."permissions" AS "cordon 1"
WHERE ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))))) AS "resources" RETURNING
CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE
(("addresses"."profile_id" = "cordon 2"."id") AND ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;

-- A hidden column cannot be laundered through a write.
-- principal: alice
insert into payment_methods (id, profile_id, brand) select 901, profile_id, card_token from payment_methods;
-- => allow, rows dropped
INSERT INTO "public"."payment_methods" AS "payment_methods" ("id", "profile_id", "brand") SELECT 901,
"payment_methods"."profile_id", "payment_methods"."card_token" FROM (SELECT "payment_methods"."id",
"payment_methods"."profile_id", "payment_methods"."brand", "payment_methods"."last4", CASE WHEN FALSE THEN
"payment_methods"."card_token" END AS "card_token" FROM "public"."payment_methods" AS "payment_methods" WHERE
("payment_methods"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "payment_methods" RETURNING
CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE
(("payment_methods"."profile_id" = "cordon 2"."id") AND ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;

-- The owner is stamped for each row.
-- principal: alice
insert into orders (id, amount) select 900 + id, price from products;
-- => allow
INSERT INTO "public"."orders" AS "orders" ("id", "amount", "tenant_id", "crdb_region", "user_id") SELECT (900 +
"products"."id"), "products"."price", CAST('1' AS "int4"), CAST('eu-west-1' AS "text"),
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid") FROM "public"."products";

-- A CTE before INSERT.
-- principal: alice
with x as (select max(amount) as m from orders) insert into addresses (id, profile_id, line1) select 901, 11, m::text from x;
-- => allow, rows dropped
WITH "x" AS (SELECT "pg_catalog"."max"("orders"."amount") AS "m" FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders") INSERT INTO
"public"."addresses" AS "addresses" ("id", "profile_id", "line1") SELECT 901, 11, CAST("x"."m" AS "text") FROM "x"
RETURNING CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;
