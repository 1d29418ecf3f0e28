-- Transaction commands pass, printed anew.

-- BEGIN with its modes.
-- principal: alice
begin isolation level serializable read only;
-- =>

-- COMMIT and CHAIN.
-- principal: alice
commit and chain;
-- =>

-- ROLLBACK.
-- principal: alice
rollback;
-- =>

-- A savepoint whose name ends the statement when its quotes are lost.
-- principal: alice
savepoint "a; truncate orders; --";
-- =>

-- Back to it.
-- principal: alice
rollback to savepoint "a; truncate orders; --";
-- =>

-- Its release.
-- principal: alice
release a;
-- =>

-- Two-phase commit leaves a transaction behind.
-- principal: alice
prepare transaction 'x';
-- =>

-- Modes of a transaction.
-- principal: alice
set transaction isolation level repeatable read;
-- =>
