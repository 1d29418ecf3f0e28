-- The shop: an ordinary schema that says nothing about whose a row is.
-- The text is accepted by PostgreSQL and by CockroachDB. In a multi-region CockroachDB database `orders` would be
-- REGIONAL BY ROW and `crdb_region` its region column; here it is a plain column of the same name.

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id int4 NOT NULL,
  region text NOT NULL,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text NOT NULL,
  is_admin bool NOT NULL DEFAULT false,
  reset_token text UNIQUE,
  last_seen_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_tenant_id_idx ON users (tenant_id);

CREATE TABLE profiles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  display_name text NOT NULL,
  email text NOT NULL,
  phone text
);
CREATE INDEX profiles_user_id_idx ON profiles (user_id);

CREATE TABLE addresses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  profile_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  line1 text NOT NULL,
  city text NOT NULL,
  country text NOT NULL
);
CREATE INDEX addresses_profile_id_idx ON addresses (profile_id);

CREATE TABLE payment_methods (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  profile_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  brand text NOT NULL,
  last4 text NOT NULL,
  card_token text NOT NULL UNIQUE
);
CREATE INDEX payment_methods_profile_id_idx ON payment_methods (profile_id);

CREATE TABLE resources (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  data text NOT NULL
);
CREATE INDEX resources_owner_id_idx ON resources (owner_id);

CREATE TABLE permissions (
  resource_id uuid NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  PRIMARY KEY (resource_id, user_id)
);
CREATE INDEX permissions_user_id_idx ON permissions (user_id);

CREATE TABLE orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id int4 NOT NULL,
  crdb_region text NOT NULL,
  user_id uuid NOT NULL REFERENCES users (id),
  address_id uuid NOT NULL REFERENCES addresses (id),
  amount int4 NOT NULL CHECK (amount >= 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE INDEX orders_tenant_id_idx ON orders (tenant_id, created_at);

CREATE TABLE products (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE,
  price int4 NOT NULL CHECK (price >= 0)
);
