-- A boundary is and-ed to every rule of every relation that has its column.

-- Tenant and region stand beside the owner.
-- principal: alice
select id from orders;
-- =>

-- A rule for all rows does not reach over them.
-- principal: alice policy=all-orders
select id from orders;
-- =>

-- Nor does a write.
-- principal: alice policy=all-orders
update orders set amount = 1;
-- =>

-- A relation without the column is not touched by them.
-- principal: alice
select id from profiles;
-- =>
