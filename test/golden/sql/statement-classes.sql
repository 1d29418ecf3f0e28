-- All that is not listed is refused.

-- A view of the caller.
-- principal: alice
create view v as select * from users;
-- =>

-- A copy of a relation.
-- principal: alice
create table mine as select * from orders;
-- =>

-- SELECT INTO.
-- principal: alice
select * into mine from orders;
-- =>

-- TRUNCATE.
-- principal: alice
truncate orders;
-- =>

-- A block of code.
-- principal: alice
do $$ begin delete from orders; end $$;
-- =>

-- A lock on the relation.
-- principal: alice
lock table orders;
-- =>

-- A plan.
-- principal: alice
explain select * from orders;
-- =>

-- MERGE.
-- principal: alice
merge into addresses a using profiles p on a.id = p.id when matched then do nothing;
-- =>

-- LISTEN and NOTIFY.
-- principal: alice
notify shop, 'x';
-- =>

-- Several statements, one of them refused: none is run.
-- principal: alice
select 1; truncate orders;
-- =>
