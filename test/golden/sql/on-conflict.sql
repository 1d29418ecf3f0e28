-- A row that is in the way and not the caller's is neither changed nor skipped in silence.

-- DO UPDATE reaches the caller's rows only.
-- principal: alice
insert into addresses (id, profile_id, line1) values (12, 11, 'x') on conflict (id) do update set line1 = excluded.line1;
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1") VALUES (12, 11, 'x') ON CONFLICT
("id") DO UPDATE SET "line1" = "excluded"."line1" WHERE CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 3" WHERE (("excluded"."profile_id" = "cordon 3"."id") AND ("cordon 3"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE
(("addresses"."profile_id" = "cordon 2"."id") AND ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE
'cordon:conflict' END AS "bool") THEN TRUE ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (CASE
WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 5" WHERE (("addresses"."profile_id" = "cordon 5"."id") AND
("cordon 5"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END AND CASE
WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 4" WHERE (("addresses"."profile_id" = "cordon 4"."id") AND
("cordon 4"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) THEN
'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- DO NOTHING would tell by its count that a hidden row is in the way.
-- principal: alice
insert into addresses (id, profile_id, line1) values (22, 11, 'x') on conflict (id) do nothing;
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1") VALUES (22, 11, 'x') ON CONFLICT
("id") DO UPDATE SET "id" = "addresses"."id" WHERE CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("excluded"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN (NOT CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE
(("addresses"."profile_id" = "cordon 2"."id") AND ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE
'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 3" WHERE (("addresses"."profile_id" = "cordon 3"."id") AND ("cordon 3"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;

-- The same without a target.
-- principal: alice
insert into addresses (id, profile_id, line1) values (22, 11, 'x') on conflict do nothing;
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1") VALUES (22, 11, 'x') ON CONFLICT
("id") DO UPDATE SET "id" = "addresses"."id" WHERE CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("excluded"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN (NOT CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE
(("addresses"."profile_id" = "cordon 2"."id") AND ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE
'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 3" WHERE (("addresses"."profile_id" = "cordon 3"."id") AND ("cordon 3"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN 1 END;

-- A constraint by its name.
-- principal: alice
insert into orders (id, amount) values (25, 1) on conflict on constraint orders_pkey do update set amount = 1;
-- => allow, rows dropped
INSERT INTO "public"."orders" AS "orders" ("id", "amount", "tenant_id", "crdb_region", "user_id") VALUES (25, 1,
CAST('1' AS "int4"), CAST('eu-west-1' AS "text"), CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) ON
CONFLICT ON CONSTRAINT "orders_pkey" DO UPDATE SET "amount" = 1 WHERE CASE WHEN CAST(CASE WHEN
(("orders"."tenant_id" = CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) THEN 'true' ELSE 'cordon:conflict'
END AS "bool") THEN TRUE ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("orders"."tenant_id" = CAST('1' AS
"int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- A filter of the caller on the row that is in the way.
-- principal: alice
insert into orders (id, amount) values (15, 1) on conflict (id) do update set amount = excluded.amount where orders.amount > 0;
-- => allow, rows dropped
INSERT INTO "public"."orders" AS "orders" ("id", "amount", "tenant_id", "crdb_region", "user_id") VALUES (15, 1,
CAST('1' AS "int4"), CAST('eu-west-1' AS "text"), CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) ON
CONFLICT ("id") DO UPDATE SET "amount" = "excluded"."amount" WHERE CASE WHEN CAST(CASE WHEN (("orders"."tenant_id" =
CAST('1' AS "int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN
("orders"."amount" > 0) ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("orders"."tenant_id" = CAST('1' AS
"int4")) AND ("orders"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("orders"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- A column that may not be written.
-- principal: alice
insert into orders (id, amount) values (15, 1) on conflict (id) do update set user_id = excluded.user_id;
-- => deny 42501 CORDON_COLUMN_DENIED
-- no rule lets the caller update column `user_id` of `orders`

-- A hidden column of the row that is in the way.
-- principal: alice
insert into payment_methods (id, profile_id, brand) values (13, 11, 'x') on conflict (id) do update set brand = payment_methods.card_token;
-- => allow, rows dropped
INSERT INTO "public"."payment_methods" AS "payment_methods" ("id", "profile_id", "brand") VALUES (13, 11, 'x') ON
CONFLICT ("id") DO UPDATE SET "brand" = CASE WHEN FALSE THEN "payment_methods"."card_token" END WHERE CASE WHEN
CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 3" WHERE (("excluded"."profile_id" =
"cordon 3"."id") AND ("cordon 3"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE
ELSE FALSE END THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS
(SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE (("payment_methods"."profile_id" = "cordon 2"."id") AND
("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN
'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE
WHEN (CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 5" WHERE (("payment_methods"."profile_id" =
"cordon 5"."id") AND ("cordon 5"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE
ELSE FALSE END AND CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 4" WHERE
(("payment_methods"."profile_id" = "cordon 4"."id") AND ("cordon 4"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) THEN 'true' ELSE
'cordon:new-row' END AS "bool") THEN 1 END;

-- Libraries set the columns of the conflict target too: the row in the way has them already, so nothing is lost.
-- principal: alice
insert into addresses (id, profile_id, line1) values (12, 11, 'x') on conflict (id) do update set id = excluded.id, line1 = excluded.line1;
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1") VALUES (12, 11, 'x') ON CONFLICT
("id") DO UPDATE SET "line1" = "excluded"."line1" WHERE CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 3" WHERE (("excluded"."profile_id" = "cordon 3"."id") AND ("cordon 3"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE
(("addresses"."profile_id" = "cordon 2"."id") AND ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE
'cordon:conflict' END AS "bool") THEN TRUE ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (CASE
WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 5" WHERE (("addresses"."profile_id" = "cordon 5"."id") AND
("cordon 5"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END AND CASE
WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 4" WHERE (("addresses"."profile_id" = "cordon 4"."id") AND
("cordon 4"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) THEN
'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- Alone it is a change of a key, which no rule lets her make.
-- principal: alice
insert into addresses (id, profile_id, line1) values (12, 11, 'x') on conflict (id) do update set id = excluded.id;
-- => deny 42501 CORDON_COLUMN_DENIED
-- no rule lets the caller update column `id` of `addresses`

-- Another value is a change of a key.
-- principal: alice
insert into addresses (id, profile_id, line1) values (12, 11, 'x') on conflict (id) do update set id = excluded.profile_id, line1 = 'y';
-- => deny 42501 CORDON_COLUMN_DENIED
-- no rule lets the caller update column `id` of `addresses`
