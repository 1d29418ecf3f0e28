-- A star keeps every column in its place.

-- Hidden columns are NULL of their type.
-- principal: alice
select * from users;
-- =>

-- The star of one of two relations.
-- principal: alice
select p.id, u.* from profiles p join users u on u.id = p.user_id;
-- =>

-- The star of a qualified name.
-- principal: alice
select public.users.* from public.users;
-- =>

-- Columns renamed by position.
-- principal: alice
select c from users as u(a, b, c, d, e);
-- =>
