-- USING and NATURAL join on columns by name; a hidden column keeps its name and reads NULL, so it joins nothing.

-- A visible column.
-- principal: alice
select id, city from addresses join profiles using (id);
-- => allow
SELECT "id", "addresses"."city" FROM ((SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" JOIN (SELECT
"profiles"."id", "profiles"."user_id", "profiles"."display_name", "profiles"."email" FROM "public"."profiles" AS
"profiles" WHERE ("profiles"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "profiles"
USING ("id"));

-- A hidden column as the key matches nothing.
-- principal: alice
select 1 from users join (values ('hA-5e884898')) v(password_hash) using (password_hash);
-- => allow
SELECT 1 FROM ((SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN
"users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users" JOIN (VALUES ('hA-5e884898')) AS
"v"("password_hash") USING ("password_hash"));

-- A natural join on a hidden column.
-- principal: alice
select 1 from users natural join (values ('hA-5e884898')) v(password_hash);
-- => allow
SELECT 1 FROM ((SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN
"users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users" JOIN (VALUES ('hA-5e884898')) AS
"v"("password_hash") USING ("password_hash"));

-- USING with an alias.
-- principal: alice
select j.id from addresses join profiles using (id) as j;
-- => allow
SELECT "j"."id" FROM ((SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1", "addresses"."city"
FROM "public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1"
WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" JOIN (SELECT
"profiles"."id", "profiles"."user_id", "profiles"."display_name", "profiles"."email" FROM "public"."profiles" AS
"profiles" WHERE ("profiles"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "profiles"
USING ("id") AS "j");
