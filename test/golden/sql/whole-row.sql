-- The row as a value is the row that the caller sees, NULL in each hidden column.

-- The alias as a value.
-- principal: alice
select u from users u;
-- => allow
SELECT "u" FROM (SELECT "u"."id", "u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash", CASE
WHEN FALSE THEN "u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END AS "reset_token" FROM
"public"."users" AS "u" WHERE ("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "u";

-- The row as text and as JSON.
-- principal: alice
select u::text, to_jsonb(u), row_to_json(u) from users u;
-- => allow
SELECT CAST("u" AS "text"), "pg_catalog"."to_jsonb"("u"), "pg_catalog"."row_to_json"("u") FROM (SELECT "u"."id",
"u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "u"."is_admin"
END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END AS "reset_token" FROM "public"."users" AS "u" WHERE
("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "u";

-- The relation's own name.
-- principal: alice
select jsonb_agg(users) from users;
-- => allow
SELECT "pg_catalog"."jsonb_agg"("users") FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN
FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users";

-- A field of the row.
-- principal: alice
select (u).password_hash from users u;
-- => allow
SELECT "u"."password_hash" FROM (SELECT "u"."id", "u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END
AS "reset_token" FROM "public"."users" AS "u" WHERE ("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"))) AS "u";

-- A column in the notation of a function.
-- principal: alice
select password_hash(u) from users u;
-- => allow
SELECT "u"."password_hash" FROM (SELECT "u"."id", "u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END
AS "reset_token" FROM "public"."users" AS "u" WHERE ("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"))) AS "u";

-- The row of a write's target has no sub-select around it.
-- principal: alice
update users u set email = email returning u::text;
-- => allow
UPDATE "public"."users" AS "u" SET "email" = "u"."email" WHERE ("u"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) RETURNING CAST((SELECT "u" FROM (SELECT "u"."id" AS "id",
"u"."email" AS "email", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN
"u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END AS "reset_token") AS "u") AS "text") AS
"u";
