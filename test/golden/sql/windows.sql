-- A window sees the rows that the relation shows.

-- An inline window.
-- principal: alice
select id, row_number() over (partition by crdb_region order by amount desc) from orders;
-- =>

-- A named window, and a frame.
-- principal: alice
select sum(amount) over w from orders window w as (order by id rows between 1 preceding and current row);
-- =>

-- A window over a hidden column.
-- principal: alice
select max(password_hash) over (order by reset_token) from users;
-- =>
