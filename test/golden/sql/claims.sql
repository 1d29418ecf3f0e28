-- A claim is a value of its declared type, never text of the statement.

-- Claims stand where the rule names them.
-- principal: alice
select id from orders;
-- =>

-- The same for another caller: the text differs in the values alone.
-- principal: bob
select id from orders;
-- =>

-- Parameters of the client come first; claims follow them.
-- principal: alice
select id from orders where amount > $1 and id = $2;
-- =>

-- A text that looks like a claim is text.
-- principal: alice
select ':user', '$1', 'cordon:new-row';
-- =>
