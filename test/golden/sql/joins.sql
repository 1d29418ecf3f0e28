-- Each side of a join is narrowed by itself, so an outer join cannot bring a foreign row back.

-- Both sides of an inner join.
-- principal: alice
select p.id, a.city from profiles p join addresses a on a.profile_id = p.id;
-- => allow
SELECT "p"."id", "a"."city" FROM ((SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM
"public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p"
JOIN (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM "public"."addresses" AS "a") AS "a" ON
("a"."profile_id" = "p"."id"));

-- The optional side of an outer join: the condition of the caller stays in ON.
-- principal: alice
select p.id, o.id from products p left join orders o on o.id = p.id + 24;
-- => allow
SELECT "p"."id", "o"."id" FROM ("public"."products" AS "p" LEFT JOIN (SELECT "o"."id", "o"."tenant_id",
"o"."user_id", "o"."amount", "o"."crdb_region", ((("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) IS TRUE)
AS "cordon 1" FROM "public"."orders" AS "o" WHERE (("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "o"
ON CASE WHEN ("o"."cordon 1" IS NOT FALSE) THEN ("o"."id" = ("p"."id" + 24)) ELSE FALSE END);

-- A full join.
-- principal: alice
select p.id, o.id from orders o full join products p on o.id = p.id;
-- => allow
SELECT "p"."id", "o"."id" FROM ((SELECT "o"."id", "o"."tenant_id", "o"."user_id", "o"."amount", "o"."crdb_region"
FROM "public"."orders" AS "o" WHERE (("o"."tenant_id" = CAST('1' AS "int4")) AND ("o"."crdb_region" =
CAST('eu-west-1' AS "text")) AND ("o"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) AS "o"
FULL JOIN "public"."products" AS "p" ON ("o"."id" = "p"."id"));

-- A join in parentheses with an alias of its own.
-- principal: alice
select j.id from (profiles cross join products) as j(id, owner);
-- => deny 42702 CORDON_AMBIGUOUS_COLUMN
-- column reference `id` is ambiguous

-- A join condition that can fail must not see a foreign row.
-- principal: alice
select p.id from products p join addresses a on 1/(length(a.line1) - 14) >= p.id;
-- => allow
SELECT "p"."id" FROM ("public"."products" AS "p" JOIN (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city",
(("a"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) IS TRUE) AS "cordon 2" FROM
"public"."addresses" AS "a" WHERE ("a"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS
"cordon 1" WHERE ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "a" ON CASE
WHEN ("a"."cordon 2" IS NOT FALSE) THEN ((1 / ("pg_catalog"."length"("a"."line1") - 14)) >= "p"."id") ELSE FALSE
END);
