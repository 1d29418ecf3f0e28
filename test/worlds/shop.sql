-- The attack shop: the schema of every attack case. Rows are in rows-a.sql, rows-b.sql and rows-c.sql.
CREATE TABLE users (
  id uuid PRIMARY KEY, email text UNIQUE, password_hash text, is_admin bool DEFAULT false, reset_token text);
CREATE TABLE profiles (
  id int PRIMARY KEY, user_id uuid REFERENCES users, display_name text, email text);
CREATE TABLE addresses (
  id int PRIMARY KEY, profile_id int REFERENCES profiles, line1 text, city text);
CREATE TABLE payment_methods (
  id int PRIMARY KEY, profile_id int REFERENCES profiles, brand text, last4 text, card_token text UNIQUE);
CREATE TABLE resources (
  id int PRIMARY KEY, owner_id uuid REFERENCES users, data text);
CREATE TABLE permissions (
  resource_id int REFERENCES resources ON DELETE CASCADE, user_id uuid REFERENCES users, token text,
  PRIMARY KEY (resource_id, user_id));
CREATE TABLE orders (
  id int PRIMARY KEY, tenant_id int, user_id uuid REFERENCES users, amount int CHECK (amount >= 0), crdb_region text);
CREATE TABLE products (
  id int PRIMARY KEY, name text, price int);

-- What follows is not covered by the policy. Each object stands for a way around it.

-- Exists and is not in the policy (A024).
CREATE TABLE invoices_2019 (id int PRIMARY KEY, user_id uuid, total int);
-- Names that look like another relation or like the catalog (A119, A129).
CREATE TABLE "Orders" (id int, user_id uuid, amount int);
CREATE TABLE pg_orders (id int, user_id uuid, amount int);
-- A partition under its own name (A116).
CREATE TABLE orders_by_year (id int, tenant_id int, user_id uuid, amount int, crdb_region text, year int)
  PARTITION BY LIST (year);
CREATE TABLE orders_2025 PARTITION OF orders_by_year FOR VALUES IN (2025);
-- A sequence that tells how much business was done (A091).
CREATE SEQUENCE orders_id_seq;
-- Views of the owner (A106, A116).
CREATE VIEW order_totals AS SELECT user_id, sum(amount) AS total FROM orders GROUP BY user_id;
CREATE MATERIALIZED VIEW order_totals_mv AS SELECT user_id, sum(amount) AS total FROM orders GROUP BY user_id;
-- A function that runs with its owner's rights (A105).
CREATE FUNCTION all_orders() RETURNS SETOF orders LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM orders';

-- Namesakes of harmless things; each prints what it is given (A087 to A090, A096).
CREATE SCHEMA evil;
CREATE FUNCTION evil.print(value text) RETURNS bool LANGUAGE plpgsql COST 0.0000001
  AS $f$ BEGIN RAISE NOTICE 'evil saw %', value; RETURN true; END $f$;
CREATE FUNCTION evil.count(value int) RETURNS int LANGUAGE plpgsql COST 0.0000001
  AS $f$ BEGIN RAISE NOTICE 'evil saw %', value; RETURN value; END $f$;
CREATE FUNCTION evil.same(a int, b int) RETURNS bool LANGUAGE plpgsql COST 0.0000001
  AS $f$ BEGIN RAISE NOTICE 'evil saw %', a; RETURN true; END $f$;
CREATE FUNCTION evil.same_text(a text, b text) RETURNS bool LANGUAGE plpgsql COST 0.0000001
  AS $f$ BEGIN RAISE NOTICE 'evil saw %', a; RETURN true; END $f$;
CREATE FUNCTION evil.same_uuid(a uuid, b uuid) RETURNS bool LANGUAGE plpgsql COST 0.0000001
  AS $f$ BEGIN RAISE NOTICE 'evil saw %', a; RETURN true; END $f$;
CREATE FUNCTION evil.lower(value text) RETURNS text LANGUAGE plpgsql COST 0.0000001
  AS $f$ BEGIN RAISE NOTICE 'evil saw %', value; RETURN 'alice@shop.test'; END $f$;
CREATE OPERATOR evil.= (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.same);
CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same_text);
CREATE OPERATOR evil.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = evil.same_uuid);
CREATE DOMAIN evil.spy AS int CHECK (evil.print(VALUE::text));
CREATE TYPE evil.int4 AS (x int);
