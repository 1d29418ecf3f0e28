-- A cursor is its query.

-- DECLARE is rewritten like the query.
-- principal: alice
declare c cursor for select * from orders;
-- =>

-- A scrolling cursor.
-- principal: alice
declare "c; --" scroll cursor for select id from orders;
-- =>

-- A cursor that outlives its transaction outlives its caller.
-- principal: alice
declare c cursor with hold for select * from orders;
-- =>

-- FETCH, MOVE and CLOSE.
-- principal: alice
fetch all from "c; --";
-- =>

-- See the case before.
-- principal: alice
move backward 2 in c;
-- =>

-- See the case before.
-- principal: alice
close c;
-- =>

-- A write at the position of a cursor.
-- principal: alice
delete from orders where current of c;
-- =>
