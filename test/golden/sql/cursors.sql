-- A cursor is its query.

-- DECLARE is rewritten like the query.
-- principal: alice
declare c cursor for select * from orders;
-- => allow, effect declare
DECLARE "c" CURSOR FOR SELECT * FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id",
"orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1'
AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- A scrolling cursor.
-- principal: alice
declare "c; --" scroll cursor for select id from orders;
-- => allow, effect declare
DECLARE "c; --" SCROLL CURSOR FOR SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id",
"orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- A cursor that outlives its transaction outlives its caller.
-- principal: alice
declare c cursor with hold for select * from orders;
-- => deny 0A000 CORDON_UNSUPPORTED
-- a cursor WITH HOLD cannot be checked, so the statement is refused

-- FETCH, MOVE and CLOSE.
-- principal: alice
fetch all from "c; --";
-- => allow, effect fetch
FETCH FORWARD ALL FROM "c; --";

-- See the case before.
-- principal: alice
move backward 2 in c;
-- => allow, effect fetch
MOVE BACKWARD 2 FROM "c";

-- See the case before.
-- principal: alice
close c;
-- => allow, effect close
CLOSE "c";

-- A write at the position of a cursor.
-- principal: alice
delete from orders where current of c;
-- => deny 0A000 CORDON_UNSUPPORTED
-- CurrentOfExpr cannot be checked, so the statement is refused
