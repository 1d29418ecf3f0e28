-- What may be called is a list; the names are printed with their schema.

-- A listed function.
-- principal: alice
select lower(email), length(email) from users;
-- =>

-- SQL text in an argument.
-- principal: alice
select query_to_xml('select * from users', true, false, '');
-- =>

-- A namesake in another schema.
-- principal: alice
select evil.count(id) from orders;
-- =>

-- An operator of another schema.
-- principal: alice
select id from orders where amount operator(evil.=) 1;
-- =>

-- A type of another schema.
-- principal: alice
select amount::evil.spy from orders;
-- =>

-- A name turned into an object.
-- principal: alice
select 'pg_authid'::regclass;
-- =>

-- The field of EXTRACT.
-- principal: alice
select extract(year from now());
-- =>

-- A field that ends the statement when it is printed bare.
-- principal: alice
select extract('year from now()); truncate orders; --' from now());
-- =>
