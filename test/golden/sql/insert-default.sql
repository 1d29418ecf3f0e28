-- A default is checked as the row that is stored.

-- DEFAULT in the place of a value.
-- principal: alice
insert into addresses (id, profile_id, line1) values (901, 11, default);
-- => allow, rows dropped
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id") VALUES (901, 11) RETURNING CASE WHEN CAST(CASE
WHEN CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" =
"cordon 1"."id") AND ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE
ELSE FALSE END THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- DEFAULT VALUES gives the pinned columns the claims of the caller.
-- principal: alice
insert into orders default values;
-- => allow
INSERT INTO "public"."orders" AS "orders" ("tenant_id", "crdb_region", "user_id") VALUES (CAST('1' AS "int4"),
CAST('eu-west-1' AS "text"), CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"));

-- DEFAULT for an owner column.
-- principal: alice
insert into orders (id, user_id, amount) values (901, default, 5);
-- => allow
INSERT INTO "public"."orders" AS "orders" ("id", "amount", "tenant_id", "crdb_region", "user_id") VALUES (901, 5,
CAST('1' AS "int4"), CAST('eu-west-1' AS "text"), CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"));
