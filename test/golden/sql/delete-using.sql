-- USING is read like FROM.

-- The other relation is narrowed.
-- principal: alice
delete from addresses a using orders o where o.id = 25;
-- => allow
DELETE FROM "public"."addresses" AS "a" USING (SELECT "o"."id", "o"."tenant_id", "o"."user_id", "o"."amount",
"o"."crdb_region" FROM "public"."orders" AS "o" WHERE (("o"."tenant_id" = CAST('1' AS "int4")) AND
("o"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001'
AS "uuid")))) AS "o" WHERE (("a"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS
"cordon 2" WHERE ("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) AND ("o"."id" =
25));

-- The target again.
-- principal: alice
delete from addresses using addresses b where b.id = addresses.id;
-- => allow
DELETE FROM "public"."addresses" AS "addresses" USING (SELECT "b"."id", "b"."profile_id", "b"."line1", "b"."city"
FROM "public"."addresses" AS "b" WHERE ("b"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM
"public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")))))) AS "b" WHERE (CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 3" WHERE
(("addresses"."profile_id" = "cordon 3"."id") AND ("cordon 3"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END AND ("b"."id" =
"addresses"."id"));
