INSERT INTO users (id, email, name) VALUES (1, 'alice@shop.test', 'Alice'), (2, 'bob@shop.test', 'Bob');
INSERT INTO orders (id, user_id, status, total, created_at) VALUES
  (1, 1, 'open', 10, '2026-01-01'), (2, 1, 'paid', 20, '2026-01-02'), (3, 2, 'open', 30, '2026-01-03');
INSERT INTO items (id, order_id, product, price) VALUES (1, 1, 'cup', 4), (2, 1, 'pot', 6), (3, 3, 'pan', 30);
INSERT INTO tags (id, user_id, name) VALUES (1, 1, 'gift'), (2, 2, 'rush');
INSERT INTO item_tags (item_id, tag_id) VALUES (1, 1);
SELECT setval(pg_get_serial_sequence(name, 'id'), 100) FROM unnest(ARRAY['users', 'orders', 'items', 'tags']) AS name;
