-- A new row must satisfy the rule as it is stored; owner and boundary columns are stamped.

-- A row with every column: the check stands in RETURNING, its rows are dropped.
-- principal: alice
insert into addresses (id, profile_id, line1, city) values (901, 11, 'x', 'y');
-- =>

-- Owner, tenant and region are stamped where they are left out.
-- principal: alice
insert into orders (id, amount) values (901, 5);
-- =>

-- An owner that is given must be the caller.
-- principal: alice
insert into orders (id, tenant_id, user_id, amount, crdb_region) values (901, 1, 'a11ce000-0000-4000-8000-000000000001', 5, 'eu-west-1');
-- =>

-- A foreign owner is refused before the database is asked, or by the check.
-- principal: alice
insert into orders (id, tenant_id, user_id, amount, crdb_region) values (901, 2, 'b0b00000-0000-4000-8000-000000000002', 5, 'us-east-1');
-- =>

-- Without a column list the columns are those of the relation.
-- principal: alice
insert into addresses values (901, 11, 'x');
-- =>

-- A column that no rule lets the caller give.
-- principal: alice
insert into users (id, email, is_admin) values ('a11ce000-0000-4000-8000-000000000001', 'x', true);
-- =>

-- A reference must point at a row that the caller sees.
-- principal: alice
insert into permissions (resource_id, user_id, token) values (14, 'a11ce000-0000-4000-8000-000000000001', 't');
-- =>

-- A relation without a rule for INSERT.
-- principal: alice
insert into products values (3, 'x', 1);
-- =>

-- RETURNING of the caller stays, and the check is beside it.
-- principal: alice
insert into addresses (id, profile_id) values (901, 11) returning id, city as c;
-- =>
