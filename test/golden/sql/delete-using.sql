-- USING is read like FROM.

-- The other relation is narrowed.
-- principal: alice
delete from addresses a using orders o where o.id = 25;
-- =>

-- The target again.
-- principal: alice
delete from addresses using addresses b where b.id = addresses.id;
-- =>
