-- A rule may follow another relation: what the caller sees there opens what points at it.

-- Addresses follow profiles.
-- principal: alice
select id from addresses;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses";

-- Two rules, one of them a membership, are or-ed.
-- principal: alice
select id from resources;
-- => allow
SELECT "resources"."id" FROM (SELECT "resources"."id", "resources"."owner_id", "resources"."data" FROM
"public"."resources" AS "resources" WHERE (("resources"."owner_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")) OR ("resources"."id" = ANY (ARRAY(SELECT "cordon 1"."resource_id" FROM "public"."permissions" AS "cordon 1"
WHERE ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))))) AS "resources";

-- A membership in a write.
-- principal: alice
update addresses set city = 'x';
-- => allow
UPDATE "public"."addresses" AS "addresses" SET "city" = 'x' WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))));

-- Rows are tested, never joined, so that they are not multiplied.
-- principal: alice
select count(*) from resources r join permissions p on p.resource_id = r.id;
-- => allow
SELECT "pg_catalog"."count"(*) FROM ((SELECT "r"."id", "r"."owner_id", "r"."data" FROM "public"."resources" AS "r"
WHERE (("r"."owner_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) OR ("r"."id" = ANY (ARRAY(SELECT
"cordon 1"."resource_id" FROM "public"."permissions" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))))) AS "r" JOIN (SELECT "p"."resource_id", "p"."user_id",
CASE WHEN FALSE THEN "p"."token" END AS "token" FROM "public"."permissions" AS "p" WHERE ("p"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" ON ("p"."resource_id" = "r"."id"));

-- A filter that can fail, on rows that a membership opens.
-- principal: alice
select id from addresses where line1::int = 1;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city", (("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) IS TRUE) AS
"cordon 2" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses" WHERE CASE WHEN ("addresses"."cordon 2"
IS NOT FALSE) THEN (CAST("addresses"."line1" AS integer) = 1) ELSE FALSE END;
