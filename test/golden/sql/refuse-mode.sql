-- A relation may ask for refusal instead of masking; then a hidden column and one that does not exist are alike.

-- A hidden column.
-- principal: alice hidden=refuse
select password_hash from users;
-- => deny 42501 CORDON_COLUMN_HIDDEN
-- column `password_hash` of `users` does not exist or is not shown to the caller

-- A column that does not exist.
-- principal: alice hidden=refuse
select no_such_column from users;
-- => deny 42501 CORDON_COLUMN_HIDDEN
-- column `no_such_column` of `users` does not exist or is not shown to the caller

-- A hidden column in a filter.
-- principal: alice hidden=refuse
select id from users u where u.reset_token is null;
-- => deny 42501 CORDON_COLUMN_HIDDEN
-- column `reset_token` of `users` does not exist or is not shown to the caller

-- The star does not name it.
-- principal: alice hidden=refuse
select * from users;
-- => allow
SELECT * FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN
"users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users";

-- USING names it.
-- principal: alice hidden=refuse
select 1 from users join (values ('x')) v(password_hash) using (password_hash);
-- => deny 42501 CORDON_COLUMN_HIDDEN
-- column `password_hash` of `users` does not exist or is not shown to the caller

-- A rename by position.
-- principal: alice hidden=refuse
select c from users as u(a, b, c, d, e);
-- => deny 42501 CORDON_COLUMN_HIDDEN
-- column `c` of `users` does not exist or is not shown to the caller

-- RETURNING names it.
-- principal: alice hidden=refuse
update users set email = email returning password_hash;
-- => deny 42501 CORDON_COLUMN_HIDDEN
-- column `password_hash` of `users` does not exist or is not shown to the caller

-- The notation of a function names it.
-- principal: alice hidden=refuse
select password_hash(u) from users u;
-- => deny 42501 CORDON_COLUMN_HIDDEN
-- column `password_hash` of `users` does not exist or is not shown to the caller
