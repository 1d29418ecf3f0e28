-- A lateral item sees what stands before it; both are narrowed.

-- A lateral sub-select.
-- principal: alice
select p.id, x.amount from products p, lateral (select amount from orders o where o.id > p.id) x;
-- =>

-- A left join with a lateral sub-select.
-- principal: alice
select p.id, x.id from profiles p left join lateral (select a.id from addresses a where a.profile_id = p.id limit 1) x on true;
-- =>

-- A function of rows is lateral by itself.
-- principal: alice
select u.id, x.x from users u, unnest(string_to_array(u.password_hash, '-')) x;
-- =>
