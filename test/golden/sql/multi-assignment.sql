-- Several columns at once, each of them checked.

-- A list of values.
-- principal: alice
update profiles set (display_name, email) = ('a', 'b');
-- => allow
UPDATE "public"."profiles" AS "profiles" SET ("display_name", "email") = ('a', 'b') WHERE ("profiles"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"));

-- A sub-select.
-- principal: alice
update addresses set (line1, city) = (select max(a.line1), max(a.city) from addresses a);
-- => allow
UPDATE "public"."addresses" AS "addresses" SET ("line1", "city") = (SELECT "pg_catalog"."max"("a"."line1"),
"pg_catalog"."max"("a"."city") FROM (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM
"public"."addresses" AS "a" WHERE ("a"."profile_id" = ANY (ARRAY(SELECT "cordon 3"."id" FROM "public"."profiles" AS
"cordon 3" WHERE ("cordon 3"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "a") WHERE
("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))));

-- One of the columns may not be written.
-- principal: alice
update orders set (amount, user_id) = row(1, 'b0b00000-0000-4000-8000-000000000002'::uuid);
-- => deny 42501 CORDON_COLUMN_DENIED
-- no rule lets the caller update column `user_id` of `orders`
