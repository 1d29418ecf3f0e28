-- Each side of a join is narrowed by itself, so an outer join cannot bring a foreign row back.

-- Both sides of an inner join.
-- principal: alice
select p.id, a.city from profiles p join addresses a on a.profile_id = p.id;
-- =>

-- The optional side of an outer join: the condition of the caller stays in ON.
-- principal: alice
select p.id, o.id from products p left join orders o on o.id = p.id + 24;
-- =>

-- A full join.
-- principal: alice
select p.id, o.id from orders o full join products p on o.id = p.id;
-- =>

-- A join in parentheses with an alias of its own.
-- principal: alice
select j.id from (profiles cross join products) as j(id, owner);
-- =>

-- A join condition that can fail must not see a foreign row.
-- principal: alice
select p.id from products p join addresses a on 1/(length(a.line1) - 14) >= p.id;
-- =>
