-- A filter of the caller that can fail meets only rows that the rule has let through.

-- An equality that cannot fail is left to the planner.
-- principal: alice
select id from addresses where id = 12;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" WHERE
("addresses"."id" = 12);

-- A division is guarded or fenced.
-- principal: alice
select id from addresses where 1/(length(line1) - 14) >= 0;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city", (("addresses"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) IS TRUE) AS
"cordon 2" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses" WHERE CASE WHEN ("addresses"."cordon 2"
IS NOT FALSE) THEN ((1 / ("pg_catalog"."length"("addresses"."line1") - 14)) >= 0) ELSE FALSE END;

-- A constant owner.
-- principal: alice
select id from orders where 1/(amount - 4999) >= 0;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region", ((("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) IS
TRUE) AS "cordon 1" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders" WHERE CASE WHEN ("orders"."cordon 1" IS NOT
FALSE) THEN ((1 / ("orders"."amount" - 4999)) >= 0) ELSE FALSE END;

-- A sort key.
-- principal: alice
select id from addresses order by 1/(length(line1) - 14);
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses" ORDER BY (1 /
("pg_catalog"."length"("addresses"."line1") - 14));

-- An expression of the select list above a limit.
-- principal: alice
select line1::int from addresses limit 1;
-- => allow
SELECT CAST("addresses"."line1" AS integer) FROM (SELECT "addresses"."id", "addresses"."profile_id",
"addresses"."line1", "addresses"."city" FROM "public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1
FROM "public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id"
= CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" LIMIT 1;

-- One that cannot fail beside one that can.
-- principal: alice
select id from addresses where id = 12 and line1 like '%x' and line1::int > 0;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city", (CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END IS TRUE) AS "cordon 2" FROM
"public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" WHERE
(("addresses"."id" = 12) AND ("addresses"."line1" LIKE '%x') AND CASE WHEN ("addresses"."cordon 2" IS NOT FALSE)
THEN (CAST("addresses"."line1" AS integer) > 0) ELSE FALSE END);

-- Through a sub-select of the caller.
-- principal: alice
select x.id from (select * from addresses) x where x.line1::int > 0;
-- => allow
SELECT "x"."id" FROM (SELECT * FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) OFFSET 0) AS "addresses") AS "x" WHERE (CAST("x"."line1"
AS integer) > 0);
