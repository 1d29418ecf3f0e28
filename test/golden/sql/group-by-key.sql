-- A grouped primary key stands for the whole row, which a sub-select has not; so the other columns are grouped too.

-- The columns that the select list names are added.
-- principal: alice
select p.id, p.display_name, count(a.id) from profiles p left join addresses a on a.profile_id = p.id group by p.id;
-- => allow
SELECT "p"."id", "p"."display_name", "pg_catalog"."count"("a"."id") FROM ((SELECT "p"."id", "p"."user_id",
"p"."display_name", "p"."email" FROM "public"."profiles" AS "p" WHERE ("p"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" LEFT JOIN (SELECT "a"."id", "a"."profile_id",
"a"."line1", "a"."city" FROM "public"."addresses" AS "a") AS "a" ON ("a"."profile_id" = "p"."id")) GROUP BY
"p"."id", "p"."display_name";

-- A key of two columns.
-- principal: alice
select resource_id, user_id, token from permissions group by resource_id, user_id;
-- => allow
SELECT "permissions"."resource_id", "permissions"."user_id", "permissions"."token" FROM (SELECT
"permissions"."resource_id", "permissions"."user_id", CASE WHEN FALSE THEN "permissions"."token" END AS "token" FROM
"public"."permissions" AS "permissions" WHERE ("permissions"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001'
AS "uuid"))) AS "permissions" GROUP BY "permissions"."resource_id", "permissions"."user_id", "permissions"."token";

-- Nothing is added where nothing is missing.
-- principal: alice
select crdb_region, count(*) from orders group by crdb_region;
-- => allow
SELECT "orders"."crdb_region", "pg_catalog"."count"(*) FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders" GROUP BY
"orders"."crdb_region";
