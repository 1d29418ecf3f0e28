-- A star keeps every column in its place.

-- Hidden columns are NULL of their type.
-- principal: alice
select * from users;
-- => allow
SELECT * FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN
"users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users";

-- The star of one of two relations.
-- principal: alice
select p.id, u.* from profiles p join users u on u.id = p.user_id;
-- => allow
SELECT "p"."id", "u".* FROM ((SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM
"public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p"
JOIN (SELECT "u"."id", "u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash", CASE WHEN FALSE
THEN "u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END AS "reset_token" FROM
"public"."users" AS "u" WHERE ("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "u" ON
("u"."id" = "p"."user_id"));

-- The star of a qualified name.
-- principal: alice
select public.users.* from public.users;
-- => allow
SELECT "users".* FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN
"users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users";

-- Columns renamed by position.
-- principal: alice
select c from users as u(a, b, c, d, e);
-- => allow
SELECT "u"."c" FROM (SELECT "u"."id", "u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS "password_hash",
CASE WHEN FALSE THEN "u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END AS "reset_token"
FROM "public"."users" AS "u" WHERE ("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "u"("a",
"b", "c", "d", "e");
