-- The row as a value is the row that the caller sees, NULL in each hidden column.

-- The alias as a value.
-- principal: alice
select u from users u;
-- =>

-- The row as text and as JSON.
-- principal: alice
select u::text, to_jsonb(u), row_to_json(u) from users u;
-- =>

-- The relation's own name.
-- principal: alice
select jsonb_agg(users) from users;
-- =>

-- A field of the row.
-- principal: alice
select (u).password_hash from users u;
-- =>

-- A column in the notation of a function.
-- principal: alice
select password_hash(u) from users u;
-- =>

-- The row of a write's target has no sub-select around it.
-- principal: alice
update users u set email = email returning u::text;
-- =>
