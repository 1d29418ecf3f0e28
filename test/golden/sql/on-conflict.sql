-- A row that is in the way and not the caller's is neither changed nor skipped in silence.

-- DO UPDATE reaches the caller's rows only.
-- principal: alice
insert into addresses (id, profile_id, line1) values (12, 11, 'x') on conflict (id) do update set line1 = excluded.line1;
-- =>

-- DO NOTHING would tell by its count that a hidden row is in the way.
-- principal: alice
insert into addresses (id, profile_id, line1) values (22, 11, 'x') on conflict (id) do nothing;
-- =>

-- The same without a target.
-- principal: alice
insert into addresses (id, profile_id, line1) values (22, 11, 'x') on conflict do nothing;
-- =>

-- A constraint by its name.
-- principal: alice
insert into orders (id, amount) values (25, 1) on conflict on constraint orders_pkey do update set amount = 1;
-- =>

-- A filter of the caller on the row that is in the way.
-- principal: alice
insert into orders (id, amount) values (15, 1) on conflict (id) do update set amount = excluded.amount where orders.amount > 0;
-- =>

-- A column that may not be written.
-- principal: alice
insert into orders (id, amount) values (15, 1) on conflict (id) do update set user_id = excluded.user_id;
-- =>

-- A hidden column of the row that is in the way.
-- principal: alice
insert into payment_methods (id, profile_id, brand) values (13, 11, 'x') on conflict (id) do update set brand = payment_methods.card_token;
-- =>
