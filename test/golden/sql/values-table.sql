-- The short forms are queries.

-- TABLE is a star.
-- principal: alice
table orders;
-- =>

-- VALUES with a sub-select.
-- principal: alice
values ((select max(amount) from orders)), (1);
-- =>

-- VALUES in FROM.
-- principal: alice
select v.n from (values (1, 'a'), (2, 'b')) as v(n, t);
-- =>
