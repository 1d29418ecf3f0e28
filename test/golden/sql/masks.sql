-- A hidden column is NULL of its type wherever the relation is read.

-- In the select list.
-- principal: alice
select id, password_hash, is_admin from users;
-- => allow
SELECT "users"."id", "users"."password_hash", "users"."is_admin" FROM (SELECT "users"."id", "users"."email", CASE
WHEN FALSE THEN "users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS
"is_admin", CASE WHEN FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE
("users"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users";

-- In a filter.
-- principal: alice
select count(*) from users where password_hash like 'hA-5%';
-- => allow
SELECT "pg_catalog"."count"(*) FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN
FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users" WHERE ("users"."password_hash" LIKE 'hA-5%');

-- In an order, a group and a join.
-- principal: alice
select count(*) from users u join payment_methods p on p.card_token = u.password_hash group by u.is_admin order by u.is_admin;
-- => allow
SELECT "pg_catalog"."count"(*) FROM ((SELECT "u"."id", "u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END
AS "reset_token" FROM "public"."users" AS "u" WHERE ("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"))) AS "u" JOIN (SELECT "p"."id", "p"."profile_id", "p"."brand", "p"."last4", CASE WHEN FALSE THEN
"p"."card_token" END AS "card_token" FROM "public"."payment_methods" AS "p" WHERE CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("p"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "p" ON ("p"."card_token" =
"u"."password_hash")) GROUP BY "u"."is_admin" ORDER BY "u"."is_admin";

-- In a cast that would fail on the value.
-- principal: alice
select card_token::int from payment_methods;
-- => allow
SELECT CAST("payment_methods"."card_token" AS integer) FROM (SELECT "payment_methods"."id",
"payment_methods"."profile_id", "payment_methods"."brand", "payment_methods"."last4", CASE WHEN FALSE THEN
"payment_methods"."card_token" END AS "card_token" FROM "public"."payment_methods" AS "payment_methods" WHERE
("payment_methods"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "payment_methods";

-- A name in Unicode escapes.
-- principal: alice
select U&"pass\0077ord_hash" from users;
-- => allow
SELECT "users"."password_hash" FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN
FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users";

-- A column that does not exist is an error of its own.
-- principal: alice
select no_such_column from users;
-- => deny 42703 CORDON_COLUMN_UNKNOWN
-- column `no_such_column` does not exist
