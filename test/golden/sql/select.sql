-- A row filter stands where the relation is read, so nothing above it can widen it.

-- The filter is part of the relation, whatever the statement filters by.
-- principal: alice
select id from orders where amount > 10;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders" WHERE ("orders"."amount" > 10);

-- An OR of the caller stands outside of the rule.
-- principal: alice
select id from orders where id = 25 or true;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders" WHERE (("orders"."id" = 25) OR TRUE);

-- An alias of the caller names the narrowed relation; columns keep their positions.
-- principal: alice
select o.id as "Order", o.amount from orders as o(id, t, u, amount) order by o.amount desc limit 5 offset 1;
-- => allow
SELECT "o"."id" AS "Order", "o"."amount" FROM (SELECT "o"."id", "o"."tenant_id", "o"."user_id", "o"."amount",
"o"."crdb_region" FROM "public"."orders" AS "o" WHERE (("o"."tenant_id" = CAST('1' AS "int4")) AND
("o"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001'
AS "uuid")))) AS "o"("id", "t", "u", "amount") ORDER BY "o"."amount" DESC OFFSET 1 LIMIT 5;

-- A relation that the role reads in full is left as it is.
-- principal: alice
select name from products where price > 1;
-- => allow
SELECT "products"."name" FROM "public"."products" WHERE ("products"."price" > 1);

-- Unqualified names are printed with the schema that the pinned search path gives them.
-- principal: alice
select 1 from public.orders, products;
-- => allow
SELECT 1 FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders", "public"."products";

-- A relation that no rule opens and one that does not exist get the same refusal.
-- principal: alice
select * from invoices_2019;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `invoices_2019` does not exist or no rule opens it to the caller

-- See the case before.
-- principal: alice
select * from invoices_1999;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `invoices_1999` does not exist or no rule opens it to the caller

-- A view of the owner is a relation of its own and closed until a rule opens it.
-- principal: alice
select * from order_totals;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `order_totals` does not exist or no rule opens it to the caller

-- A caller without a token reads nothing that is not opened to anonymous.
-- principal: nobody
select id from orders;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `orders` does not exist or no rule opens it to the caller

-- A sub-select in an expression is narrowed as well.
-- principal: alice
select (select max(amount) from orders), exists (select 1 from orders where id = 25), 25 in (select id from orders);
-- => allow
SELECT (SELECT "pg_catalog"."max"("orders"."amount") FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders"), EXISTS (SELECT 1 FROM
(SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM
"public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS
"orders" WHERE ("orders"."id" = 25)), (25 IN (SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders"));

-- A system column tells place and age of a row.
-- principal: alice
select ctid from orders;
-- => deny 42501 CORDON_SYSTEM_COLUMN_DENIED
-- system column `ctid` is not shown
