-- Group 2: keys, locks and time are shared by all callers. What cannot be closed is made equal for every cause.

-- A016 any
-- A unique index answers whether an address is taken.
UPDATE users SET email = 'bob@shop.test' WHERE id = '{alice}';
-- => error 23505 or same or refused

-- A016.1 any
-- The same by an insert of a card token that is taken.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (901, 11, 'visa', '1', 'ct-bob-5501');
-- => error 23505 or refused or same

-- A016.2 any
-- The same by a primary key that is taken.
INSERT INTO addresses (id, profile_id, line1, city) VALUES (22, 11, 'x', 'y');
-- => error 23505 or refused or same

-- A017 any
-- A foreign key answers whether a profile exists: one of these fails, the other does not.
INSERT INTO addresses (id, profile_id, line1, city) VALUES (901, 21, 'x', 'y');
-- => refused
INSERT INTO addresses (id, profile_id, line1, city) VALUES (902, 999999, 'x', 'y');
-- => refused

-- A017.1 any
-- The same with the parent out of a sub-select.
INSERT INTO addresses (id, profile_id, line1, city) SELECT 901, 21 + p.id - 1, 'x', 'y' FROM products p WHERE p.id = 1;
-- => refused

-- A017.2 any
-- One good row and one under a foreign parent: neither is written.
INSERT INTO addresses (id, profile_id, line1, city) VALUES (901, 11, 'x', 'y'), (902, 21, 'x', 'y');
-- => refused

-- A017.3 any
-- A parent of NULL is the caller's no more than another's.
INSERT INTO addresses (id, profile_id, line1, city) VALUES (901, NULL, 'x', 'y');
-- => refused

-- A017.4 any
-- The bulk form of SQLAlchemy 2.
INSERT INTO addresses (id, profile_id, line1, city)
  SELECT p0::INTEGER, p1::INTEGER, p2::VARCHAR, p3::VARCHAR
  FROM (VALUES (901, 11, 'x', 'y', 0), (902, 21, 'x', 'y', 1)) AS imp_sen(p0, p1, p2, p3, sen_counter)
  ORDER BY sen_counter RETURNING addresses.id, addresses.id AS id__1;
-- => refused

-- A018 any
-- The caller grants herself access to a resource that is not hers.
INSERT INTO permissions (resource_id, user_id, token) VALUES (24, '{alice}', 't');
-- => refused
SELECT id FROM resources;
-- => same; rows 14 / 26

-- A018.1 any
-- The same by a select from values.
INSERT INTO permissions (resource_id, user_id, token) SELECT n, '{alice}', 't' FROM generate_series(14, 30) n;
-- => refused or error

-- A018.2 any
-- The same by moving the key of an own permission.
UPDATE permissions SET resource_id = 24 WHERE user_id = '{alice}';
-- => refused

-- A019 any
-- An own row is hung under another owner's parent.
UPDATE addresses SET profile_id = 21 WHERE id = 12;
-- => refused

-- A019.1 any
-- The same by an insert that meets its own row and updates it.
INSERT INTO addresses (id, profile_id, line1, city) VALUES (12, 11, 'x', 'y')
  ON CONFLICT (id) DO UPDATE SET profile_id = 21;
-- => refused

-- A019.2 any
-- The same with the default of the column.
UPDATE addresses SET profile_id = DEFAULT WHERE id = 12;
-- => refused

-- A020 any
-- DO NOTHING tells by its count that a hidden row is in the way.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token)
  VALUES (23, 11, 'visa', '1', 'ct-new') ON CONFLICT DO NOTHING;
-- => error or refused

-- A020.1 any
-- The same with the key named.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token)
  VALUES (23, 11, 'visa', '1', 'ct-new') ON CONFLICT (id) DO NOTHING;
-- => error or refused

-- A020.2 any
-- DO NOTHING on a hidden column's key.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token)
  VALUES (901, 11, 'visa', '1', 'ct-bob-5501') ON CONFLICT (card_token) DO NOTHING;
-- => error or refused

-- A020.3 any
-- DO UPDATE on another owner's row takes it over, or tells by its count that it is there.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (25, 1, '{alice}', 1, 'eu-west-1')
  ON CONFLICT (id) DO UPDATE SET amount = 1;
-- => error or refused

-- A020.4 any
-- DO UPDATE on a row that is there and the caller's own.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (15, 1, '{alice}', 1, 'eu-west-1')
  ON CONFLICT (id) DO UPDATE SET amount = excluded.amount;
-- => same or refused
-- bare: it touches an own row alone

-- A020.5 any
-- The constraint is named instead of its columns.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (25, 1, '{alice}', 1, 'eu-west-1')
  ON CONFLICT ON CONSTRAINT orders_pkey DO UPDATE SET amount = 1;
-- => error or refused

-- A020.6 any
-- RETURNING of the row that was in the way.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (23, 11, 'visa', '1', 'ct-new')
  ON CONFLICT (id) DO UPDATE SET brand = payment_methods.brand RETURNING *;
-- => error or refused

-- A020.7 any
-- The conflict is inside a CTE, and the count is read above it.
WITH i AS (INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (25, 1, '{alice}', 1, 'eu-west-1')
  ON CONFLICT DO NOTHING RETURNING id) SELECT count(*) FROM i;
-- => error or refused

-- A021 any
-- A check constraint prints the whole row, hidden and generated columns included.
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, '{alice}', -5, 'eu-west-1');
-- => error 23514

-- A021.1 any
-- The same by an update.
UPDATE orders SET amount = -5;
-- => error 23514

-- A021.2 any
-- A missing value prints the row as well.
INSERT INTO orders (tenant_id, user_id, amount, crdb_region) VALUES (1, '{alice}', 5, 'eu-west-1');
-- => error 23502

-- A022 pg
-- Bob holds a lock on order 25; a lock that does not wait tells so.
-- holds: SELECT id FROM orders WHERE id = 25 FOR UPDATE
SELECT id FROM orders WHERE id = 25 FOR UPDATE NOWAIT;
-- => same; rows

-- A022.1 pg
-- A lock without a filter must not reach bob's row.
-- holds: SELECT id FROM orders WHERE id = 25 FOR UPDATE
SELECT id FROM orders FOR UPDATE NOWAIT;
-- => same; rows 15

-- A022.2 pg
-- The same through a membership rule.
-- holds: SELECT id FROM addresses WHERE id = 22 FOR UPDATE
SELECT id FROM addresses FOR UPDATE NOWAIT;
-- => same; rows 12

-- A022.3 pg
-- FOR SHARE through a join, with OF.
-- holds: SELECT id FROM orders WHERE id = 25 FOR UPDATE
SELECT o.id FROM orders o, products p WHERE p.id = 1 FOR SHARE OF o NOWAIT;
-- => same; rows 15

-- A023 any
-- Deleting an own parent deletes children that belong to others.
DELETE FROM resources WHERE id = 14;
-- => refused

-- A023.1 any
-- Whether or not such a row exists.
DELETE FROM resources WHERE id = 999;
-- => refused
-- bare: nothing is there to delete; the entry asks that the answer does not depend on it

-- A023.2 any
-- The same in a writing CTE.
WITH d AS (DELETE FROM resources WHERE id = 14 RETURNING id) SELECT * FROM d;
-- => refused

-- A024 any
-- A missing relation and an existing, uncovered one are told apart by text or code.
-- equal: invoices_2019 invoices_1999
SELECT * FROM invoices_2019;
-- => refused
SELECT * FROM invoices_1999;
-- => refused

-- A024.1 any
-- The same for a write.
-- equal: invoices_2019 invoices_1999
DELETE FROM invoices_2019;
-- => refused
DELETE FROM invoices_1999;
-- => refused

-- A024.2 any
-- The same with a schema.
-- equal: invoices_2019 invoices_1999
SELECT 1 FROM public.invoices_2019 x;
-- => refused
SELECT 1 FROM public.invoices_1999 x;
-- => refused

-- A024.3 any
-- A column of an uncovered relation is not checked before the relation is refused.
-- equal: invoices_2019 invoices_1999
SELECT no_such_column FROM invoices_2019;
-- => refused
SELECT no_such_column FROM invoices_1999;
-- => refused
-- bare: the database checks the relation first; the entry asks that the guard does too

-- A024.4 any
-- A missing schema and an existing one.
-- equal: evil nice
SELECT * FROM evil.thing;
-- => refused
SELECT * FROM nice.thing;
-- => refused
-- bare: neither relation exists

-- A025 any
-- The command tag is the answer.
UPDATE orders SET amount = 1 WHERE id = 25;
-- => same; tag UPDATE 0

-- A025.1 any
-- The tag of a delete.
DELETE FROM addresses WHERE id = 22;
-- => same; tag DELETE 0

-- A025.2 any
-- The tag of a cursor's MOVE.
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM orders;
MOVE ALL IN c;
-- => same; tag MOVE 1

-- A026 pg
-- Bob holds a lock on order 25; skipped rows are missing from a count.
-- holds: SELECT id FROM orders WHERE id = 25 FOR UPDATE
SELECT count(*) FROM (SELECT 1 FROM orders FOR UPDATE SKIP LOCKED) x;
-- => same; rows 1

-- A026.1 pg
-- A write waits for a foreign lock only if it reaches the foreign row.
-- holds: SELECT id FROM orders WHERE id = 25 FOR UPDATE
UPDATE orders SET amount = 5;
-- => same; tag UPDATE 1
-- bare-skip: it waits for the lock

-- A023.3 pg
-- The key points at a partition, and the row is deleted through its parent.
-- policy: by-year
-- owner: ALTER TABLE orders_2025 ADD PRIMARY KEY (id); CREATE TABLE refunds (id int, order_id int REFERENCES orders_2025 ON DELETE CASCADE ON UPDATE CASCADE)
DELETE FROM orders_by_year;
-- => refused
UPDATE orders_by_year SET id = 99;
-- => refused

-- A023.4 pg
-- A key that others refer to is changed by the clause of a conflict.
-- policy: by-year
-- owner: ALTER TABLE orders_by_year ADD PRIMARY KEY (id, year); CREATE TABLE refunds (id int, order_id int, year int, FOREIGN KEY (order_id, year) REFERENCES orders_by_year ON UPDATE CASCADE)
INSERT INTO orders_by_year (id, amount, year) VALUES (15, 5, 2025) ON CONFLICT (id, year) DO UPDATE SET id = 99;
-- => refused
-- bare: no refund refers to the row; the entry asks that the answer does not depend on it
