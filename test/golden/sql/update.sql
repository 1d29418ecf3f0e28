-- A row that the caller may not write is not there; the row that it becomes must satisfy the rule too.

-- The row filter is and-ed.
-- principal: alice
update orders set amount = 1 where id = 25 or true;
-- =>

-- A column that is not in the list of the rule.
-- principal: alice
update orders set tenant_id = 2 where id = 15;
-- =>

-- A hidden column of the target reads NULL in WHERE and SET.
-- principal: alice
update users set email = coalesce(password_hash, 'x') where reset_token is null;
-- =>

-- A filter that can fail must not see a foreign row.
-- principal: alice
update addresses set city = city where 1/(length(line1) - 14) >= 0;
-- =>

-- A rule with other rows to read than to write: the shared resource stays as it is.
-- principal: alice
update resources set data = 'x' where id = 26;
-- =>

-- An update without a rule for it.
-- principal: alice
update products set price = 1;
-- =>

-- A system column of the target.
-- principal: alice
update orders set amount = 1 where ctid = '(0,1)';
-- =>
