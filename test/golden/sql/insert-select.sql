-- Rows that a query gives are narrowed by it and checked like any other.

-- The query is narrowed, the new rows are checked.
-- principal: alice
insert into addresses (id, profile_id, line1) select id + 900, 11, data from resources;
-- =>

-- A hidden column cannot be laundered through a write.
-- principal: alice
insert into payment_methods (id, profile_id, brand) select 901, profile_id, card_token from payment_methods;
-- =>

-- The owner is stamped for each row.
-- principal: alice
insert into orders (id, amount) select 900 + id, price from products;
-- =>

-- A CTE before INSERT.
-- principal: alice
with x as (select max(amount) as m from orders) insert into addresses (id, profile_id, line1) select 901, 11, m::text from x;
-- =>
