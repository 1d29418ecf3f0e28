-- A default is checked as the row that is stored.

-- DEFAULT in the place of a value.
-- principal: alice
insert into addresses (id, profile_id, line1) values (901, 11, default);
-- =>

-- DEFAULT VALUES gives the pinned columns the claims of the caller.
-- principal: alice
insert into orders default values;
-- =>

-- DEFAULT for an owner column.
-- principal: alice
insert into orders (id, user_id, amount) values (901, default, 5);
-- =>
