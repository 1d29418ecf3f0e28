-- A lateral item sees what stands before it; both are narrowed.

-- A lateral sub-select.
-- principal: alice
select p.id, x.amount from products p, lateral (select amount from orders o where o.id > p.id) x;
-- => allow
SELECT "p"."id", "x"."amount" FROM "public"."products" AS "p", LATERAL (SELECT "o"."amount" FROM (SELECT "o"."id",
"o"."tenant_id", "o"."user_id", "o"."amount", "o"."crdb_region" FROM "public"."orders" AS "o" WHERE
(("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" = CAST('eu-west-1' AS "text")) AND ("o"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "o" WHERE ("o"."id" > "p"."id")) AS "x";

-- A left join with a lateral sub-select.
-- principal: alice
select p.id, x.id from profiles p left join lateral (select a.id from addresses a where a.profile_id = p.id limit 1) x on true;
-- => allow
SELECT "p"."id", "x"."id" FROM ((SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM
"public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p"
LEFT JOIN LATERAL (SELECT "a"."id" FROM (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM
"public"."addresses" AS "a" WHERE CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("a"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")))) THEN TRUE ELSE FALSE END) AS "a" WHERE ("a"."profile_id" = "p"."id") LIMIT 1) AS "x" ON TRUE);

-- A function of rows is lateral by itself.
-- principal: alice
select u.id, x.x from users u, unnest(string_to_array(u.password_hash, '-')) x;
-- => allow
SELECT "u"."id", "x"."x" FROM (SELECT "u"."id", "u"."email", CASE WHEN FALSE THEN "u"."password_hash" END AS
"password_hash", CASE WHEN FALSE THEN "u"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "u"."reset_token" END
AS "reset_token" FROM "public"."users" AS "u" WHERE ("u"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"))) AS "u", "pg_catalog"."unnest"("pg_catalog"."string_to_array"("u"."password_hash", '-')) AS "x";
