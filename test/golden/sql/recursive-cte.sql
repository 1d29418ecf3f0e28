-- The recursive arm reads relations like any other query.

-- The relation in the recursive arm is narrowed; the CTE is not a relation.
-- principal: alice
with recursive r(n) as (select 14 union select o.id from r join orders o on o.id > r.n) select n from r;
-- =>

-- A recursive CTE with the name of a relation is itself in both arms.
-- principal: alice
with recursive orders(id) as (select 1 union all select id + 1 from orders where id < 3) select id from orders;
-- =>

-- RECURSIVE lets earlier CTEs see later ones.
-- principal: alice
with recursive a as (select id from orders), orders as (select 99 as id) select id from a;
-- =>
