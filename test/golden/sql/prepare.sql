-- A prepared statement is rewritten when it is prepared, and asked again who runs it.

-- PREPARE.
-- principal: alice
prepare q (int) as select amount from orders where id = $1;
-- =>

-- PREPARE of a write.
-- principal: alice
prepare d as delete from orders;
-- =>

-- EXECUTE.
-- principal: alice
execute q (25);
-- =>

-- DEALLOCATE.
-- principal: alice
deallocate q;
-- =>

-- What callers may not run, they may not prepare.
-- principal: alice
prepare t as select pg_sleep(1);
-- =>
