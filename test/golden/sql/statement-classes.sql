-- All that is not listed is refused.

-- A view of the caller.
-- principal: alice
create view v as select * from users;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `view` is not one that callers may run

-- A copy of a relation.
-- principal: alice
create table mine as select * from orders;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `create table as` is not one that callers may run

-- SELECT INTO.
-- principal: alice
select * into mine from orders;
-- => deny 0A000 CORDON_UNSUPPORTED
-- SELECT INTO cannot be checked, so the statement is refused

-- TRUNCATE.
-- principal: alice
truncate orders;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `truncate` is not one that callers may run

-- A block of code.
-- principal: alice
do $$ begin delete from orders; end $$;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `do` is not one that callers may run

-- A lock on the relation.
-- principal: alice
lock table orders;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `lock` is not one that callers may run

-- A plan.
-- principal: alice
explain select * from orders;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `explain` is not one that callers may run

-- MERGE.
-- principal: alice
merge into addresses a using profiles p on a.id = p.id when matched then do nothing;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `merge` is not one that callers may run

-- LISTEN and NOTIFY.
-- principal: alice
notify shop, 'x';
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `notify` is not one that callers may run

-- Several statements, one of them refused: none is run.
-- principal: alice
select 1; truncate orders;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `truncate` is not one that callers may run
