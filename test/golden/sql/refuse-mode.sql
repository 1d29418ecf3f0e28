-- A relation may ask for refusal instead of masking; then a hidden column and one that does not exist are alike.

-- A hidden column.
-- principal: alice hidden=refuse
select password_hash from users;
-- =>

-- A column that does not exist.
-- principal: alice hidden=refuse
select no_such_column from users;
-- =>

-- A hidden column in a filter.
-- principal: alice hidden=refuse
select id from users u where u.reset_token is null;
-- =>

-- The star does not name it.
-- principal: alice hidden=refuse
select * from users;
-- =>

-- USING names it.
-- principal: alice hidden=refuse
select 1 from users join (values ('x')) v(password_hash) using (password_hash);
-- =>

-- A rename by position.
-- principal: alice hidden=refuse
select c from users as u(a, b, c, d, e);
-- =>

-- RETURNING names it.
-- principal: alice hidden=refuse
update users set email = email returning password_hash;
-- =>

-- The notation of a function names it.
-- principal: alice hidden=refuse
select password_hash(u) from users u;
-- =>
