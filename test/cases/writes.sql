-- Ordinary writes: each is run, its answer and every visible row afterwards are compared with a database that holds alice's
-- rows alone, and undone.

UPDATE orders SET amount = 10 WHERE id = 15;
UPDATE orders SET amount = amount + 1;
UPDATE orders SET amount = 10 WHERE id = 25;
UPDATE orders SET amount = DEFAULT WHERE id = 15;
UPDATE orders SET amount = 10 RETURNING id, amount;
UPDATE orders SET amount = 10 RETURNING *;
UPDATE orders AS o SET amount = 10 WHERE o.id = 15 RETURNING o.id AS "Id", o.amount + 1;
UPDATE profiles SET display_name = 'A', email = 'a@shop.test' WHERE user_id = '{alice}';
UPDATE profiles SET (display_name, email) = ('A', 'a@shop.test');
UPDATE profiles SET (display_name, email) = (SELECT name, name FROM products WHERE id = 1);
UPDATE profiles SET (display_name, email) = ROW('A', 'B') RETURNING *;
UPDATE profiles SET display_name = a.city FROM addresses a WHERE a.profile_id = profiles.id;
UPDATE profiles p SET display_name = x.name FROM (SELECT name FROM products ORDER BY id LIMIT 1) x RETURNING p.display_name, x.name;
UPDATE profiles SET display_name = upper(display_name) WHERE id IN (SELECT profile_id FROM addresses);
UPDATE profiles SET display_name = (SELECT max(city) FROM addresses a WHERE a.profile_id = profiles.id);
WITH x AS (SELECT id FROM products) UPDATE profiles SET display_name = 'x' WHERE EXISTS (SELECT 1 FROM x);
UPDATE addresses SET line1 = line1 || ' B', city = NULL;
UPDATE addresses SET city = 'Bergen' WHERE profile_id = 11 AND city = 'Bergen' RETURNING id;
UPDATE payment_methods SET brand = 'x', last4 = '0000' RETURNING *;
UPDATE payment_methods SET brand = 'x' WHERE card_token IS NULL RETURNING id;
UPDATE resources SET data = '{}' WHERE id = 14;
UPDATE users SET email = 'a2@shop.test' WHERE id = '{alice}' RETURNING id, email;
DELETE FROM orders WHERE id = 15;
DELETE FROM orders WHERE id = 25;
DELETE FROM orders;
DELETE FROM orders RETURNING *;
DELETE FROM addresses a USING profiles p WHERE p.id = a.profile_id RETURNING a.id, p.display_name;
DELETE FROM addresses WHERE id IN (SELECT id FROM addresses ORDER BY id LIMIT 1);
DELETE FROM payment_methods WHERE profile_id = 11 RETURNING id, card_token;
WITH d AS (DELETE FROM addresses RETURNING id) SELECT count(*) FROM d;
WITH d AS (DELETE FROM orders RETURNING id, amount), p AS (UPDATE profiles SET display_name = 'x' RETURNING id) SELECT d.id, p.id FROM d, p;
INSERT INTO addresses (id, profile_id, line1, city) VALUES (901, 11, 'x', 'y');
INSERT INTO addresses VALUES (901, 11, 'x', 'y');
INSERT INTO addresses (id, profile_id) VALUES (901, 11), (902, 11) RETURNING id;
INSERT INTO addresses (id, profile_id, line1) VALUES (901, 11, DEFAULT) RETURNING *;
INSERT INTO addresses (id, profile_id, line1, city) SELECT id + 900, profile_id, line1, city FROM addresses RETURNING id;
INSERT INTO addresses (id, profile_id, line1, city) SELECT id + 900, 11, name, 'x' FROM products ORDER BY id RETURNING id, line1;
INSERT INTO addresses AS a (id, profile_id) VALUES (901, 11) RETURNING a.id, a.city;
INSERT INTO addresses (id, profile_id, line1, city) SELECT p0::INTEGER, p1::INTEGER, p2::VARCHAR, p3::VARCHAR FROM (VALUES (901, 11, 'x', 'y', 0), (902, 11, 'z', 'w', 1)) AS imp_sen(p0, p1, p2, p3, sen_counter) ORDER BY sen_counter RETURNING addresses.id, addresses.id AS id__1;
WITH n AS (SELECT 901 AS id) INSERT INTO addresses (id, profile_id) SELECT id, 11 FROM n;
WITH i AS (INSERT INTO addresses (id, profile_id, line1) VALUES (901, 11, 'x') RETURNING id) SELECT id FROM i;
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, '{alice}', 5, 'eu-west-1');
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, '{alice}'::uuid, 5, 'eu-west-1') RETURNING *;
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) SELECT 901, tenant_id, user_id, amount, crdb_region FROM orders WHERE id = 15;
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (901, 11, 'visa', '1', 'ct-new');
INSERT INTO payment_methods (id, profile_id, brand, last4) VALUES (901, 11, 'visa', '1') RETURNING id, brand;
INSERT INTO resources (id, owner_id, data) VALUES (901, '{alice}', 'x') RETURNING id;
INSERT INTO permissions (resource_id, user_id, token) VALUES (14, '{alice}', 't');
INSERT INTO addresses (id, profile_id, line1) VALUES (12, 11, 'new') ON CONFLICT (id) DO UPDATE SET line1 = excluded.line1;
INSERT INTO addresses (id, profile_id, line1) VALUES (12, 11, 'new') ON CONFLICT (id) DO UPDATE SET line1 = excluded.line1 RETURNING id, line1;
INSERT INTO addresses (id, profile_id, line1) VALUES (901, 11, 'new') ON CONFLICT (id) DO UPDATE SET line1 = 'old' WHERE addresses.city = 'x';
INSERT INTO addresses (id, profile_id, line1) VALUES (901, 11, 'new') ON CONFLICT DO NOTHING;
INSERT INTO addresses (id, profile_id, line1) VALUES (12, 11, 'new') ON CONFLICT (id) DO NOTHING;
INSERT INTO addresses AS a (id, profile_id, line1, city) VALUES (12, 11, 'l', 'c') ON CONFLICT (id) DO UPDATE SET (line1, city) = (excluded.line1, a.city || '!') RETURNING *;
INSERT INTO orders (id, amount) VALUES (901, 5);
-- differs: owner, tenant and region are stamped
INSERT INTO orders (id, amount) VALUES (901, 5) RETURNING user_id, tenant_id, crdb_region;
-- differs: owner, tenant and region are stamped
INSERT INTO resources (id, data) VALUES (901, 'x') RETURNING owner_id;
-- differs: the owner is stamped
DELETE FROM profiles WHERE id = 999;

DELETE FROM resources WHERE id = 14;
-- refused: the cascade reaches permissions
