-- What may be called is a list; the names are printed with their schema.

-- A listed function.
-- principal: alice
select lower(email), length(email) from users;
-- => allow
SELECT "pg_catalog"."lower"("users"."email"), "pg_catalog"."length"("users"."email") FROM (SELECT "users"."id",
"users"."email", CASE WHEN FALSE THEN "users"."password_hash" END AS "password_hash", CASE WHEN FALSE THEN
"users"."is_admin" END AS "is_admin", CASE WHEN FALSE THEN "users"."reset_token" END AS "reset_token" FROM
"public"."users" AS "users" WHERE ("users"."id" = CAST('a11ce000-0000-4000-8000-000000000001' AS "uuid"))) AS
"users";

-- SQL text in an argument.
-- principal: alice
select query_to_xml('select * from users', true, false, '');
-- => deny 42501 CORDON_FUNCTION_DENIED
-- function `query_to_xml` is not on the list of functions that may be called

-- A namesake in another schema.
-- principal: alice
select evil.count(id) from orders;
-- => deny 42501 CORDON_FUNCTION_DENIED
-- function `count` is not on the list of functions that may be called

-- An operator of another schema.
-- principal: alice
select id from orders where amount operator(evil.=) 1;
-- => deny 42501 CORDON_OPERATOR_DENIED
-- operator `=` is not on the list of operators that may be used

-- A type of another schema.
-- principal: alice
select amount::evil.spy from orders;
-- => deny 42501 CORDON_TYPE_DENIED
-- type `spy` is not on the list of types that may be named

-- A name turned into an object.
-- principal: alice
select 'pg_authid'::regclass;
-- => deny 42501 CORDON_NAME_LITERAL_DENIED
-- a literal or expression that names a catalog object may not be used here

-- The field of EXTRACT.
-- principal: alice
select extract(year from now());
-- => allow
SELECT EXTRACT('year' FROM "pg_catalog"."now"());

-- A field that ends the statement when it is printed bare.
-- principal: alice
select extract('year from now()); truncate orders; --' from now());
-- => allow
SELECT EXTRACT('year from now()); truncate orders; --' FROM "pg_catalog"."now"());
