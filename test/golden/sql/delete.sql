-- Rows that the caller may not delete are not there.

-- The filter of the rule.
-- principal: alice
delete from payment_methods;
-- =>

-- A relation whose key cascades to one where the caller may not delete.
-- principal: alice
delete from resources where id = 14;
-- =>

-- No rule for DELETE.
-- principal: alice
delete from users;
-- =>

-- A filter that can fail.
-- principal: alice
delete from addresses where 1/(length(line1) - 14) >= 0;
-- =>

-- A target that is called as the relation of its own rule.
-- principal: alice
delete from addresses as profiles where profiles.id > 0;
-- =>
