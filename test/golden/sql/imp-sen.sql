-- The bulk form of SQLAlchemy 2: rows come from VALUES through a select with an order.

-- Every row is checked.
-- principal: alice
INSERT INTO addresses (id, profile_id, line1, city) SELECT p0::INTEGER, p1::INTEGER, p2::VARCHAR, p3::VARCHAR FROM (VALUES (901, 11, 'x', 'y', 0), (902, 11, 'z', 'w', 1)) AS imp_sen(p0, p1, p2, p3, sen_counter) ORDER BY sen_counter RETURNING addresses.id, addresses.id AS id__1;
-- =>

-- The owner inside it.
-- principal: alice
INSERT INTO orders (id, user_id, amount) SELECT p0::INTEGER, p1::UUID, p2::INTEGER FROM (VALUES (901, 'b0b00000-0000-4000-8000-000000000002', 5, 0)) AS imp_sen(p0, p1, p2, sen_counter) ORDER BY sen_counter RETURNING orders.id;
-- =>
