-- What an aggregate counts has passed the rule.

-- A count.
-- principal: alice
select count(*), max(amount) from orders;
-- =>

-- FILTER, ORDER BY and DISTINCT inside.
-- principal: alice
select count(*) filter (where amount > 1), array_agg(distinct id order by id) from orders;
-- =>

-- A hidden column inside reads NULL.
-- principal: alice
select max(password_hash), count(password_hash) from users;
-- =>

-- An argument that can fail is guarded inside of the aggregate, which is computed before the output list.
-- principal: alice
select sum(1/(length(line1) - 14)) from addresses;
-- =>

-- An ordered-set aggregate.
-- principal: alice
select percentile_cont(0.5) within group (order by amount) from orders;
-- =>

-- HAVING that can fail.
-- principal: alice
select profile_id from addresses group by profile_id having max(1/(length(line1) - 14)) > 0;
-- =>
