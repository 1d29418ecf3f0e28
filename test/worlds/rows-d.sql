-- World D: the shop as it is, every value that is hidden from alice replaced under the same keys: hashes, tokens and flags
-- change places, so that every order by them turns round.
SET session_replication_role = replica;
INSERT INTO users VALUES ('{alice}', 'alice@shop.test', 'hZ-9f86d081', true, 'rt-alice-1'),
                         ('{bob}',   'robert@shop.test', 'hA-00000000', false, NULL);
INSERT INTO profiles VALUES (11, '{alice}', 'Alice', 'alice@shop.test'), (21, '{bob}', '2020-02-02', '1');
INSERT INTO addresses VALUES (12, 11, '1 Elm', 'Bergen'), (22, 21, '7', 'Oslo');
INSERT INTO payment_methods VALUES (13, 11, 'visa', '1111', '8'), (23, 21, 'amex', '1', 'ct-alice-1001');
INSERT INTO resources VALUES (14, '{alice}', '{"k":"v"}'), (24, '{bob}', '1'), (26, '{bob}', '{"k":"shared"}');
INSERT INTO permissions VALUES (26, '{alice}', 'a-26'), (14, '{bob}', 'z-14');
INSERT INTO orders VALUES (15, 1, '{alice}', 1200, 'eu-west-1'), (25, 2, '{bob}', 17, 'us-east-1'), (27, 1, NULL, 700, 'eu-west-1');
INSERT INTO products VALUES (1, 'tea', 3), (2, 'mug', 9);
INSERT INTO invoices_2019 VALUES (9, '{bob}', 1);
INSERT INTO "Orders" VALUES (9, '{bob}', 1);
INSERT INTO pg_orders VALUES (9, '{bob}', 1);
INSERT INTO orders_by_year VALUES (15, 1, '{alice}', 1200, 'eu-west-1', 2025), (25, 2, '{bob}', 17, 'us-east-1', 2025);
SELECT setval('orders_id_seq', 41);
REFRESH MATERIALIZED VIEW order_totals_mv;
SET session_replication_role = origin;
