-- What an aggregate counts has passed the rule.

-- A count.
-- principal: alice
select count(*), max(amount) from orders;
-- => allow
SELECT "pg_catalog"."count"(*), "pg_catalog"."max"("orders"."amount") FROM (SELECT "orders"."id",
"orders"."tenant_id", "orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS
"orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS
"text")) AND ("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- FILTER, ORDER BY and DISTINCT inside.
-- principal: alice
select count(*) filter (where amount > 1), array_agg(distinct id order by id) from orders;
-- => allow
SELECT "pg_catalog"."count"(*) FILTER (WHERE ("orders"."amount" > 1)), "pg_catalog"."array_agg"(DISTINCT
"orders"."id" ORDER BY "orders"."id") FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id",
"orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1'
AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- A hidden column inside reads NULL.
-- principal: alice
select max(password_hash), count(password_hash) from users;
-- => allow
SELECT "pg_catalog"."max"("users"."password_hash"), "pg_catalog"."count"("users"."password_hash") FROM (SELECT
"users"."id", "users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash", CASE WHEN FALSE
THEN "users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "users"."reset_token" END AS "reset_token" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS
"users";

-- An argument that can fail is guarded inside of the aggregate, which is computed before the output list.
-- principal: alice
select sum(1/(length(line1) - 14)) from addresses;
-- => allow
SELECT "pg_catalog"."sum"((1 / ("pg_catalog"."length"("addresses"."line1") - 14))) FROM (SELECT "addresses"."id",
"addresses"."profile_id", "addresses"."line1", "addresses"."city" FROM "public"."addresses" AS "addresses" WHERE
("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses";

-- An ordered-set aggregate.
-- principal: alice
select percentile_cont(0.5) within group (order by amount) from orders;
-- => allow
SELECT "pg_catalog"."percentile_cont"(0.5) WITHIN GROUP (ORDER BY "orders"."amount") FROM (SELECT "orders"."id",
"orders"."tenant_id", "orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS
"orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS
"text")) AND ("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- HAVING that can fail.
-- principal: alice
select profile_id from addresses group by profile_id having max(1/(length(line1) - 14)) > 0;
-- => allow
SELECT "addresses"."profile_id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses" GROUP BY "addresses"."profile_id" HAVING
("pg_catalog"."max"((1 / ("pg_catalog"."length"("addresses"."line1") - 14))) > 0);
