-- Group 9, as far as it is SQL: what the protocol carries is judged by the guard in the same way.

-- A147 any
-- Several statements in one text.
SELECT id FROM products; TRUNCATE orders;
-- => refused

-- A147.1 any
-- The refused statement stands first, and a good one after it.
TRUNCATE orders; SELECT id FROM orders;
-- => refused

-- A147.2 any
-- All good: each has its own answer.
SELECT id FROM orders; SELECT count(*) FROM addresses;
-- => same

-- A147.3 any
-- An empty statement between, and comments.
;; SELECT id FROM orders; /* x */ ;
-- => same; rows 15

-- A157 pg
-- A notice from a trigger prints a row.
-- owner: CREATE FUNCTION evil.tell() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE NOTICE 'audit: % changed', (SELECT max(email) FROM users WHERE is_admin); RETURN NEW; END $f$; CREATE TRIGGER tell BEFORE UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION evil.tell()
UPDATE profiles SET display_name = 'x';
-- => same; tag UPDATE 1

-- A157.1 pg
-- An error that a trigger raises prints a row.
-- owner: CREATE FUNCTION evil.tell() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION 'audit: % changed', coalesce((SELECT max(password_hash) FROM users WHERE is_admin), 'x') USING ERRCODE = 'P0001', HINT = coalesce((SELECT max(email) FROM users WHERE id <> '{alice}'), 'x'); END $f$; CREATE TRIGGER tell BEFORE UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION evil.tell()
UPDATE profiles SET display_name = 'x';
-- => error P0001

-- A157.2 pg
-- A trigger changes the new row after it was checked.
-- owner: CREATE FUNCTION evil.give() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.user_id := '{bob}'; NEW.tenant_id := 2; RETURN NEW; END $f$; CREATE TRIGGER give BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION evil.give()
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, '{alice}', 5, 'eu-west-1');
-- => refused or error
UPDATE orders SET amount = 1 WHERE id = 15;
-- => refused or error

-- A161 any
-- A name that is taken, a name that is unknown.
PREPARE s AS SELECT id FROM products;
PREPARE s AS SELECT id FROM orders;
-- => error 42P05 or refused
EXECUTE nope;
-- => error 26000 or refused
FETCH 1 FROM nope;
-- => error 34000 or refused
CLOSE nope;
-- => error 34000 or refused
DEALLOCATE nope;
-- => error 26000 or refused
-- bare: the codes are the database's own

-- A157.3 pg
-- A trigger that changes a row whose owner was stamped.
-- owner: CREATE FUNCTION evil.give() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.user_id := '{bob}'; RETURN NEW; END $f$; CREATE TRIGGER give BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION evil.give()
INSERT INTO orders (id, amount) VALUES (901, 5);
-- => refused or error
INSERT INTO orders (id, amount) SELECT 901, 5 RETURNING id;
-- => refused or error

-- A157.4 pg
-- A trigger of a partition, which the parent does not have.
-- policy: by-year
-- owner: CREATE FUNCTION evil.give() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.user_id := '{bob}'; RETURN NEW; END $f$; CREATE TRIGGER give BEFORE INSERT OR UPDATE ON orders_2025 FOR EACH ROW EXECUTE FUNCTION evil.give()
UPDATE orders_by_year SET amount = 1;
-- => refused or error
INSERT INTO orders_by_year (id, amount, year) VALUES (901, 5, 2025);
-- => refused or error
