-- A lookup shows one row to a statement of exactly one form.

-- Equality on the key and nothing around it.
-- principal: nobody policy=login
select id, password_hash from users where email = 'alice@shop.test';
-- => allow
SELECT "users"."id", "users"."password_hash" FROM (SELECT CASE WHEN ("users"."email" = 'alice@shop.test') THEN
"users"."id" END AS "id", CASE WHEN ("users"."email" = 'alice@shop.test') THEN "users"."email" END AS "email", CASE
WHEN ("users"."email" = 'alice@shop.test') THEN "users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN
"users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "users"."reset_token" END AS "reset_token" FROM
"public"."users" AS "users" WHERE ("users"."email" = 'alice@shop.test')) AS "users" WHERE ("users"."email" =
'alice@shop.test');

-- A further filter may stand beside it.
-- principal: nobody policy=login
select users.id, users.email, users.password_hash from users where users.email = 'alice@shop.test' and users.is_admin is null limit 1;
-- => allow
SELECT "users"."id", "users"."email", "users"."password_hash" FROM (SELECT CASE WHEN ("users"."email" =
'alice@shop.test') THEN "users"."id" END AS "id", CASE WHEN ("users"."email" = 'alice@shop.test') THEN
"users"."email" END AS "email", CASE WHEN ("users"."email" = 'alice@shop.test') THEN "users"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN
"users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."email" =
'alice@shop.test')) AS "users" WHERE (("users"."email" = 'alice@shop.test') AND ("users"."is_admin" IS NULL)) LIMIT
1;

-- The question whether a name is taken.
-- principal: nobody policy=login
select exists (select 1 from users where users.email = 'alice@shop.test') as anon_1;
-- => allow
SELECT EXISTS (SELECT 1 FROM (SELECT CASE WHEN ("users"."email" = 'alice@shop.test') THEN "users"."id" END AS "id",
CASE WHEN ("users"."email" = 'alice@shop.test') THEN "users"."email" END AS "email", CASE WHEN ("users"."email" =
'alice@shop.test') THEN "users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END
AS "is_admin", CASE WHEN FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users"
WHERE ("users"."email" = 'alice@shop.test')) AS "users" WHERE ("users"."email" = 'alice@shop.test')) AS "anon_1";

-- An OR widens it.
-- principal: nobody policy=login
select id from users where email = 'alice@shop.test' or is_admin;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller select `users`

-- No key at all.
-- principal: nobody policy=login
select id from users;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller select `users`

-- A list of keys.
-- principal: nobody policy=login
select id from users where email in ('a', 'b');
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller select `users`

-- A union beside it.
-- principal: nobody policy=login
select id from users where email = 'a' union select id from users;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller select `users`

-- A join beside it.
-- principal: nobody policy=login
select a.id from users a, users b where a.email = 'a';
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller select `users`

-- Another column as the value.
-- principal: nobody policy=login
select id from users where email = email;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller select `users`

-- A parameter is a value.
-- principal: nobody policy=login
select id, password_hash from users where email = $1;
-- => allow
SELECT "users"."id", "users"."password_hash" FROM (SELECT CASE WHEN ("users"."email" = $1) THEN "users"."id" END AS
"id", CASE WHEN ("users"."email" = $1) THEN "users"."email" END AS "email", CASE WHEN ("users"."email" = $1) THEN
"users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN
FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."email" = $1))
AS "users" WHERE ("users"."email" = $1);
