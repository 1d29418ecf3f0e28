-- A claim is a value of its declared type, never text of the statement.

-- Claims stand where the rule names them.
-- principal: alice
select id from orders;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders";

-- The same for another caller: the text differs in the values alone.
-- principal: bob
select id from orders;
-- => allow
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('2' AS "int4")) AND
("orders"."crdb_region" = CAST('us-east-1' AS "text")) AND ("orders"."user_id" =
CAST('b0b00000-0000-4000-8000-000000000002' AS "uuid")))) AS "orders";

-- Parameters of the client come first; claims follow them.
-- principal: alice
select id from orders where amount > $1 and id = $2;
-- => allow, claims tenant region user
SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST($3 AS "int4")) AND
("orders"."crdb_region" = CAST($4 AS "text")) AND ("orders"."user_id" = CAST($5 AS "uuid")))) AS "orders" WHERE
(("orders"."amount" > $1) AND ("orders"."id" = $2));

-- A text that looks like a claim is text.
-- principal: alice
select ':user', '$1', 'cordon:new-row';
-- => allow
SELECT ':user', '$1', 'cordon:new-row';
