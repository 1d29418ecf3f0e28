-- What a write returns is masked as what a read returns.

-- A hidden column.
-- principal: alice
update users set email = email returning password_hash;
-- => allow
UPDATE "public"."users" AS "users" SET "email" = "users"."email" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) RETURNING CASE WHEN FALSE THEN "users"."password_hash" END
AS "password_hash";

-- The star.
-- principal: alice
delete from payment_methods returning *;
-- => allow
DELETE FROM "public"."payment_methods" AS "payment_methods" WHERE ("payment_methods"."profile_id" = ANY
(ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) RETURNING "payment_methods"."id" AS "id",
"payment_methods"."profile_id" AS "profile_id", "payment_methods"."brand" AS "brand", "payment_methods"."last4" AS
"last4", CASE WHEN FALSE THEN "payment_methods"."card_token" END AS "card_token";

-- An expression over a hidden column, and a sub-select.
-- principal: alice
delete from payment_methods returning length(card_token), (select count(*) from orders);
-- => allow
DELETE FROM "public"."payment_methods" AS "payment_methods" WHERE ("payment_methods"."profile_id" = ANY
(ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) RETURNING "pg_catalog"."length"(CASE WHEN FALSE THEN
"payment_methods"."card_token" END) AS "length", (SELECT "pg_catalog"."count"(*) FROM (SELECT "orders"."id",
"orders"."tenant_id", "orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS
"orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS
"text")) AND ("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders") AS
"count";

-- A row that a delete returns.
-- principal: alice
delete from profiles returning to_jsonb(profiles);
-- => allow
DELETE FROM "public"."profiles" AS "profiles" WHERE ("profiles"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) RETURNING "pg_catalog"."to_jsonb"((SELECT "profiles" FROM
(SELECT "profiles"."id" AS "id", "profiles"."user_id" AS "user_id", "profiles"."display_name" AS "display_name",
"profiles"."email" AS "email") AS "profiles")) AS "to_jsonb";
