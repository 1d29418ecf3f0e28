-- The bulk form of SQLAlchemy 2: rows come from VALUES through a select with an order.

-- Every row is checked.
-- principal: alice
INSERT INTO addresses (id, profile_id, line1, city) SELECT p0::INTEGER, p1::INTEGER, p2::VARCHAR, p3::VARCHAR FROM (VALUES (901, 11, 'x', 'y', 0), (902, 11, 'z', 'w', 1)) AS imp_sen(p0, p1, p2, p3, sen_counter) ORDER BY sen_counter RETURNING addresses.id, addresses.id AS id__1;
-- => allow
INSERT INTO "public"."addresses" AS "addresses" ("id", "profile_id", "line1", "city") SELECT CAST("imp_sen"."p0" AS
integer), CAST("imp_sen"."p1" AS integer), CAST("imp_sen"."p2" AS character varying), CAST("imp_sen"."p3" AS
character varying) FROM (VALUES (901, 11, 'x', 'y', 0), (902, 11, 'z', 'w', 1)) AS "imp_sen"("p0", "p1", "p2", "p3",
"sen_counter") ORDER BY "imp_sen"."sen_counter" RETURNING CASE WHEN CAST(CASE WHEN CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END THEN 'true' ELSE 'cordon:new-row'
END AS "bool") THEN "addresses"."id" END AS "id", "addresses"."id" AS "id__1";

-- The owner inside it.
-- principal: alice
INSERT INTO orders (id, user_id, amount) SELECT p0::INTEGER, p1::UUID, p2::INTEGER FROM (VALUES (901, 'b0b00000-0000-4000-8000-000000000002', 5, 0)) AS imp_sen(p0, p1, p2, sen_counter) ORDER BY sen_counter RETURNING orders.id;
-- => allow
INSERT INTO "public"."orders" AS "orders" ("id", "user_id", "amount", "tenant_id", "crdb_region") SELECT
CAST("imp_sen"."p0" AS integer), CAST("imp_sen"."p1" AS "uuid"), CAST("imp_sen"."p2" AS integer), CAST('1' AS
"int4"), CAST('eu-west-1' AS "text") FROM (VALUES (901, 'b0b00000-0000-4000-8000-000000000002', 5, 0)) AS
"imp_sen"("p0", "p1", "p2", "sen_counter") ORDER BY "imp_sen"."sen_counter" RETURNING CASE WHEN CAST(CASE WHEN
("orders"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")) THEN 'true' ELSE 'cordon:new-row' END
AS "bool") THEN "orders"."id" END AS "id";
