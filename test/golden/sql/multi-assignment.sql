-- Several columns at once, each of them checked.

-- A list of values.
-- principal: alice
update profiles set (display_name, email) = ('a', 'b');
-- =>

-- A sub-select.
-- principal: alice
update addresses set (line1, city) = (select max(a.line1), max(a.city) from addresses a);
-- =>

-- One of the columns may not be written.
-- principal: alice
update orders set (amount, user_id) = row(1, 'b0b00000-0000-4000-8000-000000000002'::uuid);
-- =>
