-- What stands in FROM is read; what is written is not a sub-select.

-- The FROM list is narrowed.
-- principal: alice
update profiles set display_name = o.amount::text from orders o where o.id = 25;
-- => allow
UPDATE "public"."profiles" AS "profiles" SET "display_name" = CAST("o"."amount" AS "text") FROM (SELECT "o"."id",
"o"."tenant_id", "o"."user_id", "o"."amount", "o"."crdb_region" FROM "public"."orders" AS "o" WHERE
(("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("o"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "o" WHERE (("profiles"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) AND ("o"."id" = 25));

-- The target again under another alias.
-- principal: alice
update orders set amount = x.amount from orders x where x.id = 25;
-- => allow
UPDATE "public"."orders" AS "orders" SET "amount" = "x"."amount" FROM (SELECT "x"."id", "x"."tenant_id",
"x"."user_id", "x"."amount", "x"."crdb_region" FROM "public"."orders" AS "x" WHERE (("x"."tenant_id" = CAST('1' AS
"int4")) AND ("x"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("x"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "x" WHERE (("orders"."tenant_id" = CAST('1' AS "int4"))
AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) AND ("x"."id" = 25));

-- A join tree.
-- principal: alice
update profiles p set display_name = a.city from addresses a left join products d on true where a.profile_id = p.id;
-- => allow
UPDATE "public"."profiles" AS "p" SET "display_name" = "a"."city" FROM ((SELECT "a"."id", "a"."profile_id",
"a"."line1", "a"."city" FROM "public"."addresses" AS "a" WHERE ("a"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")))))) AS "a" LEFT JOIN "public"."products" AS "d" ON TRUE) WHERE (("p"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) AND ("a"."profile_id" = "p"."id"));
