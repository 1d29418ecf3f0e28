-- World B: the shop without every row that the policy does not give to alice. Resource 26 stays, its owner goes.
SET session_replication_role = replica;
INSERT INTO users VALUES ('{alice}', 'alice@shop.test', 'hA-5e884898', false, NULL);
INSERT INTO profiles VALUES (11, '{alice}', 'Alice', 'alice@shop.test');
INSERT INTO addresses VALUES (12, 11, '1 Elm', 'Bergen');
INSERT INTO payment_methods VALUES (13, 11, 'visa', '1111', 'ct-alice-1001');
INSERT INTO resources VALUES (14, '{alice}', '{"k":"v"}'), (26, '{bob}', '{"k":"shared"}');
INSERT INTO permissions VALUES (26, '{alice}', 'pt-26');
INSERT INTO orders VALUES (15, 1, '{alice}', 1200, 'eu-west-1');
INSERT INTO products VALUES (1, 'tea', 3), (2, 'mug', 9);
INSERT INTO orders_by_year VALUES (15, 1, '{alice}', 1200, 'eu-west-1', 2025);
REFRESH MATERIALIZED VIEW order_totals_mv;
SET session_replication_role = origin;
