-- A lock reaches the rows that the caller sees and no other.

-- FOR UPDATE locks the narrowed relation.
-- principal: alice
select id from orders where id = 25 for update nowait;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders" WHERE ("orders"."id" = 25) FOR UPDATE NOWAIT;

-- OF names an alias.
-- principal: alice
select o.id from orders o, products p for share of o skip locked;
-- => allow
SELECT "o"."id" FROM (SELECT "o"."id", "o"."tenant_id", "o"."user_id", "o"."amount", "o"."crdb_region" FROM
"public"."orders" AS "o" WHERE (("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" = CAST('eu-west-1' AS
"text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "o", "public"."products"
AS "p" FOR SHARE OF "o" SKIP LOCKED;

-- A lock through a membership rule.
-- principal: alice
select id from addresses for update;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses" FOR UPDATE;

-- A caller locks what it may only read, too.
-- principal: alice
select id from products for no key update;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller lock `products`
