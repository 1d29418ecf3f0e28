-- A lookup shows one row to a statement of exactly one form.

-- Equality on the key and nothing around it.
-- principal: nobody policy=login
select id, password_hash from users where email = 'alice@shop.test';
-- =>

-- A further filter may stand beside it.
-- principal: nobody policy=login
select users.id, users.email, users.password_hash from users where users.email = 'alice@shop.test' and users.is_admin is null limit 1;
-- =>

-- The question whether a name is taken.
-- principal: nobody policy=login
select exists (select 1 from users where users.email = 'alice@shop.test') as anon_1;
-- =>

-- An OR widens it.
-- principal: nobody policy=login
select id from users where email = 'alice@shop.test' or is_admin;
-- =>

-- No key at all.
-- principal: nobody policy=login
select id from users;
-- =>

-- A list of keys.
-- principal: nobody policy=login
select id from users where email in ('a', 'b');
-- =>

-- A union beside it.
-- principal: nobody policy=login
select id from users where email = 'a' union select id from users;
-- =>

-- A join beside it.
-- principal: nobody policy=login
select a.id from users a, users b where a.email = 'a';
-- =>

-- Another column as the value.
-- principal: nobody policy=login
select id from users where email = email;
-- =>

-- A parameter is a value.
-- principal: nobody policy=login
select id, password_hash from users where email = $1;
-- =>
