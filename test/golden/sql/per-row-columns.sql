-- What a row shows is the union of the rules that it matches.

-- Two rules: the street shows in own rows only.
-- principal: alice policy=cities
select id, city, line1 from addresses;
-- => allow
SELECT "addresses"."id", "addresses"."city", "addresses"."line1" FROM (SELECT "addresses"."id", CASE WHEN
("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) THEN "addresses"."profile_id" END
AS "profile_id", CASE WHEN ("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS
"cordon 2" WHERE ("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) THEN
"addresses"."line1" END AS "line1", "addresses"."city" FROM "public"."addresses" AS "addresses" WHERE TRUE) AS
"addresses";

-- A filter sees the mask of the row.
-- principal: alice policy=cities
select id from addresses where line1 like '22%';
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", CASE WHEN ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) THEN "addresses"."profile_id" END AS "profile_id", CASE
WHEN ("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) THEN "addresses"."line1" END AS
"line1", "addresses"."city" FROM "public"."addresses" AS "addresses" WHERE TRUE) AS "addresses" WHERE
("addresses"."line1" LIKE '22%');

-- A column that each rule shows is not masked.
-- principal: alice policy=everybody
select id from users;
-- => allow
SELECT "users"."id" FROM (SELECT "users"."id", CASE WHEN ("users"."id" = CAST('a11ce000-0000-4000-8000-000000000001'
AS "uuid")) THEN "users"."email" END AS "email", CASE WHEN FALSE THEN "users"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN
"users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE TRUE) AS "users";

-- A write is bound to the rule that lets write.
-- principal: alice policy=cities
update addresses set line1 = 'x' returning id, line1;
-- => allow
UPDATE "public"."addresses" AS "addresses" SET "line1" = 'x' WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 4"."id" FROM "public"."profiles" AS "cordon 4" WHERE ("cordon 4"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) RETURNING "addresses"."id" AS "id", CASE WHEN
("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 2"."id" FROM "public"."profiles" AS "cordon 2" WHERE
("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) THEN "addresses"."line1" END AS
"line1";
