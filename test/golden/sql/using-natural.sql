-- USING and NATURAL join on columns by name; a hidden column keeps its name and reads NULL, so it joins nothing.

-- A visible column.
-- principal: alice
select id, city from addresses join profiles using (id);
-- =>

-- A hidden column as the key matches nothing.
-- principal: alice
select 1 from users join (values ('hA-5e884898')) v(password_hash) using (password_hash);
-- =>

-- A natural join on a hidden column.
-- principal: alice
select 1 from users natural join (values ('hA-5e884898')) v(password_hash);
-- =>

-- USING with an alias.
-- principal: alice
select j.id from addresses join profiles using (id) as j;
-- =>
