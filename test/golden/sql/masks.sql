-- A hidden column is NULL of its type wherever the relation is read.

-- In the select list.
-- principal: alice
select id, password_hash, is_admin from users;
-- =>

-- In a filter.
-- principal: alice
select count(*) from users where password_hash like 'hA-5%';
-- =>

-- In an order, a group and a join.
-- principal: alice
select count(*) from users u join payment_methods p on p.card_token = u.password_hash group by u.is_admin order by u.is_admin;
-- =>

-- In a cast that would fail on the value.
-- principal: alice
select card_token::int from payment_methods;
-- =>

-- A name in Unicode escapes.
-- principal: alice
select U&"pass\0077ord_hash" from users;
-- =>

-- A column that does not exist is an error of its own.
-- principal: alice
select no_such_column from users;
-- =>
