-- World C: rows that are not alice's, and the hidden columns of all rows, replaced by others: other keys, other values
-- under known keys, more rows.
SET session_replication_role = replica;
INSERT INTO users VALUES ('{carol}', 'carol@shop.test', 'hC-77aa', false, 'rt-carol-1'),
                         ('{alice}', 'alice@shop.test', '42', true, 'rt-alice-9999'),
                         ('{dave}',  'dave@shop.test',  'hA-5zzzz', true, '7');
INSERT INTO profiles VALUES (31, '{carol}', 'Carol', '17'), (21, '{dave}', 'Dave', 'dave@shop.test'), (11, '{alice}', 'Alice', 'alice@shop.test');
INSERT INTO addresses VALUES (32, 31, '3 Visible Street West', 'Rome'), (22, 31, 'x', 'Paris'), (33, 21, 'y', NULL), (12, 11, '1 Elm', 'Bergen');
INSERT INTO payment_methods VALUES (33, 31, 'amex', '9', '1'), (13, 11, 'visa', '1111', '77'), (34, 21, 'visa', '0', NULL);
INSERT INTO resources VALUES (34, '{carol}', '{}'), (35, '{dave}', 'plain'), (14, '{alice}', '{"k":"v"}'), (26, '{bob}', '{"k":"shared"}');
INSERT INTO permissions VALUES (34, '{dave}', 'a'), (26, '{alice}', 'zz-other');
INSERT INTO orders VALUES (35, 3, '{carol}', 1, 'ap-south-1'), (25, 2, '{dave}', 17, 'us-east-1'), (15, 1, '{alice}', 1200, 'eu-west-1'),
                          (37, 1, NULL, 4998, 'eu-west-1'), (38, 1, '{dave}', 2001, 'eu-west-1');
INSERT INTO products VALUES (1, 'tea', 3), (2, 'mug', 9);
INSERT INTO invoices_2019 VALUES (7, '{dave}', 1), (8, '{dave}', 2);
INSERT INTO "Orders" VALUES (35, '{carol}', 1), (36, '{carol}', 2);
INSERT INTO pg_orders VALUES (35, '{carol}', 1);
INSERT INTO orders_by_year VALUES (15, 1, '{alice}', 1200, 'eu-west-1', 2025), (35, 3, '{carol}', 1, 'ap-south-1', 2025);
SELECT setval('orders_id_seq', 99);
REFRESH MATERIALIZED VIEW order_totals_mv;
SET session_replication_role = origin;
