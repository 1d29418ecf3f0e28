-- The short forms are queries.

-- TABLE is a star.
-- principal: alice
table orders;
-- => allow
SELECT * FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- VALUES with a sub-select.
-- principal: alice
values ((select max(amount) from orders)), (1);
-- => allow
VALUES ((SELECT "pg_catalog"."max"("orders"."amount") FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders")), (1);

-- VALUES in FROM.
-- principal: alice
select v.n from (values (1, 'a'), (2, 'b')) as v(n, t);
-- => allow
SELECT "v"."n" FROM (VALUES (1, 'a'), (2, 'b')) AS "v"("n", "t");
