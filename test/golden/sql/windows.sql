-- A window sees the rows that the relation shows.

-- An inline window.
-- principal: alice
select id, row_number() over (partition by crdb_region order by amount desc) from orders;
-- => allow
SELECT "orders"."id", "pg_catalog"."row_number"() OVER (PARTITION BY "orders"."crdb_region" ORDER BY
"orders"."amount" DESC) FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- A named window, and a frame.
-- principal: alice
select sum(amount) over w from orders window w as (order by id rows between 1 preceding and current row);
-- => allow
SELECT "pg_catalog"."sum"("orders"."amount") OVER "w" FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders" WINDOW "w" AS (ORDER BY
"orders"."id" ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);

-- A window over a hidden column.
-- principal: alice
select max(password_hash) over (order by reset_token) from users;
-- => allow
SELECT "pg_catalog"."max"("users"."password_hash") OVER (ORDER BY "users"."reset_token") FROM (SELECT "users"."id",
"users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN
"users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "users"."reset_token" END AS "reset_token" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS
"users";
