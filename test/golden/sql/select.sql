-- A row filter stands where the relation is read, so nothing above it can widen it.

-- The filter is part of the relation, whatever the statement filters by.
-- principal: alice
select id from orders where amount > 10;
-- =>

-- An OR of the caller stands outside of the rule.
-- principal: alice
select id from orders where id = 25 or true;
-- =>

-- An alias of the caller names the narrowed relation; columns keep their positions.
-- principal: alice
select o.id as "Order", o.amount from orders as o(id, t, u, amount) order by o.amount desc limit 5 offset 1;
-- =>

-- A relation that the role reads in full is left as it is.
-- principal: alice
select name from products where price > 1;
-- =>

-- Unqualified names are printed with the schema that the pinned search path gives them.
-- principal: alice
select 1 from public.orders, products;
-- =>

-- A relation that no rule opens and one that does not exist get the same refusal.
-- principal: alice
select * from invoices_2019;
-- =>

-- See the case before.
-- principal: alice
select * from invoices_1999;
-- =>

-- A view of the owner is a relation of its own and closed until a rule opens it.
-- principal: alice
select * from order_totals;
-- =>

-- A caller without a token reads nothing that is not opened to anonymous.
-- principal: nobody
select id from orders;
-- =>

-- A sub-select in an expression is narrowed as well.
-- principal: alice
select (select max(amount) from orders), exists (select 1 from orders where id = 25), 25 in (select id from orders);
-- =>

-- A system column tells place and age of a row.
-- principal: alice
select ctid from orders;
-- =>
