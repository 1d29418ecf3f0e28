-- Rows that the caller may not delete are not there.

-- The filter of the rule.
-- principal: alice
delete from payment_methods;
-- => allow
DELETE FROM "public"."payment_methods" AS "payment_methods" WHERE ("payment_methods"."profile_id" = ANY
(ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))));

-- A relation whose key cascades to one where the caller may not delete.
-- principal: alice
delete from resources where id = 14;
-- => deny 42501 CORDON_CASCADE_DENIED
-- a change of `resources` cascades to `permissions`, where the caller may not make it

-- No rule for DELETE.
-- principal: alice
delete from users;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller delete `users`

-- A filter that can fail.
-- principal: alice
delete from addresses where 1/(length(line1) - 14) >= 0;
-- => allow
DELETE FROM "public"."addresses" AS "addresses" WHERE (("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id"
FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"))))) AND CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN ((1 /
("pg_catalog"."length"("addresses"."line1") - 14)) >= 0) ELSE FALSE END);

-- A target that is called as the relation of its own rule.
-- principal: alice
delete from addresses as profiles where profiles.id > 0;
-- => allow
DELETE FROM "public"."addresses" AS "profiles" WHERE (("profiles"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id"
FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"))))) AND ("profiles"."id" > 0));
