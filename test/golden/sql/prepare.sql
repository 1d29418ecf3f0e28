-- A prepared statement is rewritten when it is prepared, and asked again who runs it.

-- PREPARE.
-- principal: alice
prepare q (int) as select amount from orders where id = $1;
-- => allow, effect prepare, claims tenant region user
PREPARE "q"(integer) AS SELECT "orders"."amount" FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST($2 AS "int4")) AND ("orders"."crdb_region" = CAST($3 AS "text")) AND
("orders"."user_id" = CAST($4 AS "uuid")))) AS "orders" WHERE ("orders"."id" = $1);

-- PREPARE of a write.
-- principal: alice
prepare d as delete from orders;
-- => allow, effect prepare
PREPARE "d" AS DELETE FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST($1 AS "int4")) AND
("orders"."crdb_region" = CAST($2 AS "text")) AND ("orders"."user_id" = CAST($3 AS "uuid")));

-- EXECUTE.
-- principal: alice after=prepare_q_(int)_as_select_amount_from_orders_where_id_
execute q (25);
-- => allow, effect execute
EXECUTE "q"(25, CAST('1' AS "int4"), CAST('eu-west-1' AS "text"), CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"));

-- DEALLOCATE.
-- principal: alice
deallocate q;
-- => allow, effect deallocate
DEALLOCATE "q";

-- What callers may not run, they may not prepare.
-- principal: alice
prepare t as select pg_sleep(1);
-- => deny 42501 CORDON_FUNCTION_DENIED
-- function `pg_sleep` is not on the list of functions that may be called
