-- COPY is a read or a write.

-- A relation is copied as the query that reads it.
-- principal: alice
copy orders to stdout;
-- => allow, effect copy-out
COPY (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM
(SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount", "orders"."crdb_region" FROM
"public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS
"orders") TO STDOUT;

-- Columns.
-- principal: alice
copy users (id, password_hash) to stdout with (format csv, header);
-- => allow, effect copy-out
COPY (SELECT "users"."id", "users"."password_hash" FROM (SELECT "users"."id", "users"."email", CASE WHEN FALSE THEN
"users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN "users"."is_admin" END AS "is_admin", CASE WHEN
FALSE THEN "users"."reset_token" END AS "reset_token" FROM "public"."users" AS "users" WHERE ("users"."id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "users") TO STDOUT ("format" 'csv', "header");

-- A query.
-- principal: alice
copy (select id from orders) to stdout;
-- => allow, effect copy-out
COPY (SELECT "orders"."id" FROM (SELECT "orders"."id", "orders"."tenant_id", "orders"."user_id", "orders"."amount",
"orders"."crdb_region" FROM "public"."orders" AS "orders" WHERE (("orders"."tenant_id" = CAST('1' AS "int4")) AND
("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "orders") TO STDOUT;

-- A file of the server.
-- principal: alice
copy orders to '/tmp/x';
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `copy to server` is not one that callers may run

-- A program on the server.
-- principal: alice
copy (select 1) to program 'cat';
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `copy to server` is not one that callers may run

-- COPY in goes through INSERT, row by row checked.
-- principal: alice
copy addresses (id, profile_id, line1) from stdin;
-- => allow, effect copy-in
SELECT;

-- A column that may not be given.
-- principal: alice
copy users (id, is_admin) from stdin;
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller insert `users`
