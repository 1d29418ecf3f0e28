-- A CTE is a name for its own query; what it reads is narrowed inside.

-- The relation inside the CTE is narrowed, the CTE is not.
-- principal: alice
with mine as (select * from orders) select id from mine;
-- =>

-- A CTE with the name of a relation hides it from the statement below, not from itself.
-- principal: alice
with orders as (select id, user_id from orders) select * from orders;
-- =>

-- With a schema the name means the relation again.
-- principal: alice
with orders as (select 99 as id) select id from public.orders;
-- =>

-- A CTE inside a CTE.
-- principal: alice
with a as (with b as (select * from orders) select * from b) select count(*) from a;
-- =>

-- A CTE with the name of the relation that a rule follows does not get into the rule.
-- principal: alice
with profiles as (select 21 as id) select id from addresses;
-- =>

-- A writing CTE is a write.
-- principal: alice
with d as (delete from addresses returning *) select count(*) from d;
-- =>

-- A materialized CTE stays one.
-- principal: alice
with a as materialized (select id from orders), b as not materialized (select * from a) select * from b;
-- =>

-- A name that ends the statement when its quotes are lost.
-- principal: alice
with "a) select 1; truncate orders; --" as (select 7 as n) select n from "a) select 1; truncate orders; --";
-- =>
