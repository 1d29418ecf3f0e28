-- A new row must satisfy the rule as it is stored; owner and boundary columns are stamped.

-- A row with every column: the check stands in RETURNING, its rows are dropped.
-- principal: alice
insert into addresses (id, profile_id, line1, city) values (901, 11, 'x', 'y');
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1", "city") VALUES (901, 11, 'x', 'y')
RETURNING CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;

-- Owner, tenant and region are stamped where they are left out.
-- principal: alice
insert into orders (id, amount) values (901, 5);
-- => allow
INSERT INTO "public"."orders" AS "orders" ("id", "amount", "tenant_id", "crdb_region", "user_id") VALUES (901, 5,
CAST('1' AS "int4"), CAST('eu-west-1' AS "text"), CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"));

-- An owner that is given must be the caller.
-- principal: alice
insert into orders (id, tenant_id, user_id, amount, crdb_region) values (901, 1, 'a11ce000-0000-4000-8000-000000000001', 5, 'eu-west-1');
-- => allow, rows dropped
INSERT INTO "public"."orders" AS "orders" ("id", "tenant_id", "user_id", "amount", "crdb_region") VALUES (901, 1,
'a11ce000-0000-4000-8000-000000000001', 5, 'eu-west-1') RETURNING CASE WHEN CAST(CASE WHEN (("orders"."tenant_id" =
CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- A foreign owner is refused before the database is asked, or by the check.
-- principal: alice
insert into orders (id, tenant_id, user_id, amount, crdb_region) values (901, 2, 'b0b00000-0000-4000-8000-000000000002', 5, 'us-east-1');
-- => allow, rows dropped
INSERT INTO "public"."orders" AS "orders" ("id", "tenant_id", "user_id", "amount", "crdb_region") VALUES (901, 2,
'b0b00000-0000-4000-8000-000000000002', 5, 'us-east-1') RETURNING CASE WHEN CAST(CASE WHEN (("orders"."tenant_id" =
CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- Without a column list the columns are those of the relation.
-- principal: alice
insert into addresses values (901, 11, 'x');
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1") VALUES (901, 11, 'x') RETURNING CASE
WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;

-- A column that no rule lets the caller give.
-- principal: alice
insert into users (id, email, is_admin) values ('a11ce000-0000-4000-8000-000000000001', 'x', true);
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller insert `users`

-- A reference must point at a row that the caller sees.
-- principal: alice
insert into permissions (resource_id, user_id, token) values (14, 'a11ce000-0000-4000-8000-000000000001', 't');
-- => allow, rows dropped
INSERT INTO "public"."permissions" AS "permissions" ("resource_id", "user_id", "token") VALUES ((SELECT CASE WHEN
CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."resources" AS "cordon 2" WHERE (("cordon 1"."resource_id" =
"cordon 2"."id") AND ("cordon 2"."owner_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE
ELSE FALSE END THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "cordon 1"."resource_id" END FROM (SELECT
CAST(14 AS "int4") AS "resource_id") AS "cordon 1"), (SELECT CASE WHEN CAST(CASE WHEN (("cordon 3"."user_id" IS
NULL) OR EXISTS (SELECT 1 FROM "public"."users" AS "cordon 4" WHERE (("cordon 4"."id" = "cordon 3"."user_id") AND
("cordon 4"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) THEN 'true' ELSE 'cordon:new-row' END
AS "bool") THEN "cordon 3"."user_id" END FROM (SELECT CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid") AS
"user_id") AS "cordon 3"), 't') RETURNING CASE WHEN CAST(CASE WHEN (CASE WHEN EXISTS (SELECT 1 FROM
"public"."resources" AS "cordon 5" WHERE (("permissions"."resource_id" = "cordon 5"."id") AND ("cordon 5"."owner_id"
= CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END AND (("permissions"."user_id"
IS NULL) OR EXISTS (SELECT 1 FROM "public"."users" AS "cordon 6" WHERE (("cordon 6"."id" = "permissions"."user_id")
AND ("cordon 6"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;

-- A relation without a rule for INSERT.
-- principal: alice
insert into products values (3, 'x', 1);
-- => deny 42501 CORDON_COMMAND_DENIED
-- no rule lets the caller insert `products`

-- RETURNING of the caller stays, and the check is beside it.
-- principal: alice
insert into addresses (id, profile_id) values (901, 11) returning id, city as c;
-- => allow
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id") VALUES (901, 11) RETURNING CASE WHEN CAST(CASE
WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" =
"cordon 1"."id") AND ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE
ELSE FALSE END THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN "addresses"."id" END AS "id",
"addresses"."city" AS "c";
