-- Every arm is a query of its own.

-- Both arms.
-- principal: alice
select id, price from products union all select id, amount from orders;
-- =>

-- Nested arms keep their brackets, order and limit.
-- principal: alice
(select id from products order by id limit 1) except (select id from orders union select 1);
-- =>

-- Hidden columns have their type in a set operation.
-- principal: alice
select null::uuid, null::text, null::text, null::bool, null::text union all table users;
-- =>
