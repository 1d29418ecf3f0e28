-- What a write returns is masked as what a read returns.

-- A hidden column.
-- principal: alice
update users set email = email returning password_hash;
-- =>

-- The star.
-- principal: alice
delete from payment_methods returning *;
-- =>

-- An expression over a hidden column, and a sub-select.
-- principal: alice
delete from payment_methods returning length(card_token), (select count(*) from orders);
-- =>

-- A row that a delete returns.
-- principal: alice
delete from profiles returning to_jsonb(profiles);
-- =>
