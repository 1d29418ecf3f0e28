-- World A: the shop as it is. Ids that start with 1 are alice's, with 2 bob's; bob shares 26 with alice, 27 is nobody's.
INSERT INTO users VALUES ('{alice}', 'alice@shop.test', 'hA-5e884898', false, NULL),
                         ('{bob}',   'bob@shop.test',   'hB-9f86d081', true,  'rt-bob-7c21');
INSERT INTO profiles VALUES (11, '{alice}', 'Alice', 'alice@shop.test'), (21, '{bob}', 'Bob €', 'bob@shop.test');
INSERT INTO addresses VALUES (12, 11, '1 Elm', 'Bergen'), (22, 21, '22 Hidden Lane', 'Oslo');
INSERT INTO payment_methods VALUES (13, 11, 'visa', '1111', 'ct-alice-1001'), (23, 21, 'mastercard', '4242', 'ct-bob-5501');
INSERT INTO resources VALUES (14, '{alice}', '{"k":"v"}'), (24, '{bob}', 'bob-notes('), (26, '{bob}', '{"k":"shared"}');
INSERT INTO permissions VALUES (26, '{alice}', 'pt-26'), (14, '{bob}', 'pt-14');
INSERT INTO orders VALUES (15, 1, '{alice}', 1200, 'eu-west-1'), (25, 2, '{bob}', 4999, 'us-east-1'), (27, 1, NULL, 700, 'eu-west-1');
INSERT INTO products VALUES (1, 'tea', 3), (2, 'mug', 9);
INSERT INTO invoices_2019 VALUES (1, '{bob}', 88);
INSERT INTO "Orders" VALUES (25, '{bob}', 4999);
INSERT INTO pg_orders VALUES (25, '{bob}', 4999);
INSERT INTO orders_by_year VALUES (15, 1, '{alice}', 1200, 'eu-west-1', 2025), (25, 2, '{bob}', 4999, 'us-east-1', 2025);
SELECT setval('orders_id_seq', 27);
REFRESH MATERIALIZED VIEW order_totals_mv;
