-- Transaction commands pass, printed anew.

-- BEGIN with its modes.
-- principal: alice
begin isolation level serializable read only;
-- => allow, effect begin
BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY;

-- COMMIT and CHAIN.
-- principal: alice
commit and chain;
-- => allow, effect end
COMMIT AND CHAIN;

-- ROLLBACK.
-- principal: alice
rollback;
-- => allow, effect end
ROLLBACK;

-- A savepoint whose name ends the statement when its quotes are lost.
-- principal: alice
savepoint "a; truncate orders; --";
-- => allow, effect savepoint
SAVEPOINT "a; truncate orders; --";

-- Back to it.
-- principal: alice
rollback to savepoint "a; truncate orders; --";
-- => allow, effect savepoint
ROLLBACK TO SAVEPOINT "a; truncate orders; --";

-- Its release.
-- principal: alice
release a;
-- => allow, effect savepoint
RELEASE SAVEPOINT "a";

-- Two-phase commit leaves a transaction behind.
-- principal: alice
prepare transaction 'x';
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `two phase commit` is not one that callers may run

-- Modes of a transaction.
-- principal: alice
set transaction isolation level repeatable read;
-- => allow
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
