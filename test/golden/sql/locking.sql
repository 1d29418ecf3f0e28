-- A lock reaches the rows that the caller sees and no other.

-- FOR UPDATE locks the narrowed relation.
-- principal: alice
select id from orders where id = 25 for update nowait;
-- =>

-- OF names an alias.
-- principal: alice
select o.id from orders o, products p for share of o skip locked;
-- =>

-- A lock through a membership rule.
-- principal: alice
select id from addresses for update;
-- =>

-- A caller locks what it may only read, too.
-- principal: alice
select id from products for no key update;
-- =>
