-- What stands in FROM is read; what is written is not a sub-select.

-- The FROM list is narrowed.
-- principal: alice
update profiles set display_name = o.amount::text from orders o where o.id = 25;
-- =>

-- The target again under another alias.
-- principal: alice
update orders set amount = x.amount from orders x where x.id = 25;
-- =>

-- A join tree.
-- principal: alice
update profiles p set display_name = a.city from addresses a left join products d on true where a.profile_id = p.id;
-- =>
