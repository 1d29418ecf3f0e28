-- A rule that follows another relation takes the form that plans best: an array of keys, a probe for the key of one row, or none.

-- Keys of rows that the caller owns may be many: where a few rows are wanted, each asks for its own.
-- principal: alice
select id from addresses where city = 'Oslo' order by id limit 5;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" WHERE
("addresses"."city" = 'Oslo') ORDER BY "id" LIMIT 5;

-- Also where a limit is a parameter.
-- principal: alice
select id from addresses order by id limit $1;
-- => allow, claims user
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 1" WHERE (("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST($2 AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" ORDER BY "id" LIMIT $1;

-- A join with the followed relation on its key lets through what the rule lets through.
-- principal: alice
select a.city, p.display_name from addresses a join profiles p on p.id = a.profile_id where a.id = 12;
-- => allow
SELECT "a"."city", "p"."display_name" FROM ((SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM
"public"."addresses" AS "a") AS "a" JOIN (SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM
"public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" ON
("p"."id" = "a"."profile_id")) WHERE ("a"."id" = 12);

-- The same, written as a list.
-- principal: alice
select a.city, p.display_name from addresses a, profiles p where a.profile_id = p.id;
-- => allow
SELECT "a"."city", "p"."display_name" FROM (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM
"public"."addresses" AS "a") AS "a", (SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM
"public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p"
WHERE ("a"."profile_id" = "p"."id");

-- On the optional side of an outer join, rows are there only where the condition holds.
-- principal: alice
select p.id, a.city from profiles p left join addresses a on a.profile_id = p.id;
-- => allow
SELECT "p"."id", "a"."city" FROM ((SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM
"public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p"
LEFT JOIN (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM "public"."addresses" AS "a") AS "a" ON
("a"."profile_id" = "p"."id"));

-- On the kept side they are there without it.
-- principal: alice
select p.id, a.city from addresses a left join profiles p on a.profile_id = p.id;
-- => allow
SELECT "p"."id", "a"."city" FROM ((SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM
"public"."addresses" AS "a" WHERE CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("a"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")))) THEN TRUE ELSE FALSE END) AS "a" LEFT JOIN (SELECT "p"."id", "p"."user_id", "p"."display_name",
"p"."email" FROM "public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid"))) AS "p" ON ("a"."profile_id" = "p"."id"));

-- An equality that only some rows have to fulfil says nothing.
-- principal: alice
select a.city from addresses a, profiles p where a.profile_id = p.id or a.id = 12;
-- => allow
SELECT "a"."city" FROM (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM "public"."addresses" AS "a"
WHERE ("a"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "a", (SELECT "p"."id",
"p"."user_id", "p"."display_name", "p"."email" FROM "public"."profiles" AS "p" WHERE ("p"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" WHERE (("a"."profile_id" = "p"."id") OR ("a"."id" =
12));

-- Nor does one with another column.
-- principal: alice
select a.city from addresses a join profiles p on a.profile_id = p.user_id;
-- => allow
SELECT "a"."city" FROM ((SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city", (("a"."profile_id" = ANY
(ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))))) IS TRUE) AS "cordon 2" FROM "public"."addresses" AS "a"
WHERE ("a"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "a" JOIN (SELECT "p"."id",
"p"."user_id", "p"."display_name", "p"."email", (("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")) IS TRUE) AS "cordon 3" FROM "public"."profiles" AS "p" WHERE ("p"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" ON CASE WHEN (("a"."cordon 2" IS NOT FALSE) AND
("p"."cordon 3" IS NOT FALSE)) THEN ("a"."profile_id" = "p"."user_id") ELSE FALSE END);

-- Two relations that follow the same one, which is not there: each tests for itself.
-- principal: alice
select a.city, m.brand from addresses a join payment_methods m on m.profile_id = a.profile_id;
-- => allow
SELECT "a"."city", "m"."brand" FROM ((SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM
"public"."addresses" AS "a" WHERE CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("a"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")))) THEN TRUE ELSE FALSE END) AS "a" JOIN (SELECT "m"."id", "m"."profile_id", "m"."brand", "m"."last4", CASE
WHEN FALSE THEN "m"."card_token" END AS "card_token" FROM "public"."payment_methods" AS "m" WHERE CASE WHEN EXISTS
(SELECT 1 FROM "public"."profiles" AS "cordon 2" WHERE (("m"."profile_id" = "cordon 2"."id") AND
("cordon 2"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "m"
ON ("m"."profile_id" = "a"."profile_id"));

-- Names of an alias list are those of the columns behind them.
-- principal: alice
select t.c from addresses as t (i, k, l, c) join profiles p on p.id = t.k;
-- => allow
SELECT "t"."c" FROM ((SELECT "t"."id", "t"."profile_id", "t"."line1", "t"."city" FROM "public"."addresses" AS "t")
AS "t"("i", "k", "l", "c") JOIN (SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM
"public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" ON
("p"."id" = "t"."k"));

-- In a sub-query the relation outside is no join.
-- principal: alice
select p.id from profiles p where exists (select 1 from addresses a where a.profile_id = p.id);
-- => allow
SELECT "p"."id" FROM (SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM "public"."profiles" AS
"p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" WHERE EXISTS (SELECT 1
FROM (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM "public"."addresses" AS "a" WHERE CASE WHEN
EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE (("a"."profile_id" = "cordon 1"."id") AND
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "a"
WHERE ("a"."profile_id" = "p"."id"));

-- Where anything can fail, a join says nothing: the test stays in the scan.
-- principal: alice
select 1 / length(a.city) from addresses a join profiles p on p.id = a.profile_id;
-- => allow
SELECT (1 / "pg_catalog"."length"("a"."city")) FROM ((SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city"
FROM "public"."addresses" AS "a" WHERE CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("a"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")))) THEN TRUE ELSE FALSE END) AS "a" JOIN (SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email"
FROM "public"."profiles" AS "p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS
"p" ON ("p"."id" = "a"."profile_id"));

-- A value that is computed below an outer join.
-- principal: alice
select v.n from profiles p left join (select a.profile_id, 1 / length(a.city) as n from addresses a) as v on v.profile_id = p.id;
-- => allow
SELECT "v"."n" FROM ((SELECT "p"."id", "p"."user_id", "p"."display_name", "p"."email" FROM "public"."profiles" AS
"p" WHERE ("p"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS "p" LEFT JOIN (SELECT
"a"."profile_id", (1 / "pg_catalog"."length"("a"."city")) AS "n" FROM (SELECT "a"."id", "a"."profile_id",
"a"."line1", "a"."city" FROM "public"."addresses" AS "a" WHERE ("a"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id"
FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS
"uuid")))))) AS "a") AS "v" ON ("v"."profile_id" = "p"."id"));

-- A sort key that can fail.
-- principal: alice
select id from addresses order by city::int;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" = ANY (ARRAY(SELECT
"cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses" ORDER BY CAST("addresses"."city" AS
integer);

-- Whole rows may hold what cannot be compared.
-- principal: alice
select id from addresses a order by a;
-- => allow
SELECT "a"."id" FROM (SELECT "a"."id", "a"."profile_id", "a"."line1", "a"."city" FROM "public"."addresses" AS "a"
WHERE ("a"."profile_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE
("cordon 1"."user_id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "a" ORDER BY "a";

-- All rows are wanted: the keys are collected once.
-- principal: alice
select city, count(*) from addresses group by city;
-- => allow
SELECT "addresses"."city", "pg_catalog"."count"(*) FROM (SELECT "addresses"."id", "addresses"."profile_id",
"addresses"."line1", "addresses"."city" FROM "public"."addresses" AS "addresses" WHERE ("addresses"."profile_id" =
ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."profiles" AS "cordon 1" WHERE ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))))) AS "addresses" GROUP BY "addresses"."city";

-- The target of a write that is named by its key.
-- principal: alice
update addresses set city = 'x' where id = 12;
-- => allow
UPDATE "public"."addresses" AS "addresses" SET "city" = 'x' WHERE (CASE WHEN EXISTS (SELECT 1 FROM
"public"."profiles" AS "cordon 2" WHERE (("addresses"."profile_id" = "cordon 2"."id") AND ("cordon 2"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END AND ("addresses"."id" = 12));

-- A flag has the form of the filter.
-- principal: alice
select id from addresses where id = 12 and 1 / length(city) > 0;
-- => allow
SELECT "addresses"."id" FROM (SELECT "addresses"."id", "addresses"."profile_id", "addresses"."line1",
"addresses"."city", (CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END IS TRUE) AS "cordon 2" FROM
"public"."addresses" AS "addresses" WHERE CASE WHEN EXISTS (SELECT 1 FROM "public"."profiles" AS "cordon 1" WHERE
(("addresses"."profile_id" = "cordon 1"."id") AND ("cordon 1"."user_id" =
CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid")))) THEN TRUE ELSE FALSE END) AS "addresses" WHERE
(("addresses"."id" = 12) AND CASE WHEN ("addresses"."cordon 2" IS NOT FALSE) THEN ((1 /
"pg_catalog"."length"("addresses"."city")) > 0) ELSE FALSE END);
