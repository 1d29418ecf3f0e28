-- Orders of a shop, owned by people; tickets of teams, which people are members of; bills, of which some columns are hidden.
-- Indexes as an application would have them.
CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, city text NOT NULL);
CREATE TABLE products (id int PRIMARY KEY, name text NOT NULL, price int NOT NULL);
CREATE TABLE orders (
  id int PRIMARY KEY, owner int NOT NULL, status text NOT NULL, amount int NOT NULL,
  note text NOT NULL, card text NOT NULL, placed timestamptz NOT NULL, details jsonb NOT NULL
);
CREATE TABLE items (
  id int PRIMARY KEY, order_id int NOT NULL, owner int NOT NULL, product int NOT NULL, quantity int NOT NULL
);
CREATE TABLE members (person int NOT NULL, team int NOT NULL, PRIMARY KEY (person, team));
CREATE TABLE tickets (
  id int PRIMARY KEY, team int NOT NULL, author int NOT NULL, status text NOT NULL, amount int NOT NULL,
  note text NOT NULL, placed timestamptz NOT NULL, details jsonb NOT NULL
);
CREATE TABLE comments (id int PRIMARY KEY, ticket int NOT NULL, author int NOT NULL, body text NOT NULL);

INSERT INTO people SELECT n, 'person ' || n, 'city ' || n % 50 FROM generate_series(1, 1000) n;
INSERT INTO products SELECT n, 'product ' || n, 1 + n % 977 FROM generate_series(1, 10000) n;
INSERT INTO orders SELECT n, 1 + n * 7919 % 1000, (ARRAY['open', 'paid', 'sent', 'done'])[1 + n / 1000 % 4], 1 + n * 31 % 9973,
  'note ' || n % 10007, 'card ' || n, timestamptz '2026-01-01' + n * interval '20 seconds',
  jsonb_build_object('tag', n % 5003, 'gift', n % 9 = 0)
  FROM generate_series(1::bigint, $ROWS) n;
CREATE TABLE bills AS SELECT * FROM orders;
ALTER TABLE bills ADD PRIMARY KEY (id), ALTER owner SET NOT NULL, ALTER status SET NOT NULL;
INSERT INTO items SELECT n, n, 1 + n * 7919 % 1000, 1 + n % 10000, 1 + n % 7 FROM generate_series(1::bigint, $ROWS) n;
INSERT INTO members SELECT person, 1 + (person * 37 + k * 101) % 1000 FROM generate_series(1, 1000) person, generate_series(1, 10) k;
INSERT INTO tickets SELECT n, 1 + n * 7919 % 1000, 1 + n % 1000, (ARRAY['open', 'paid', 'sent', 'done'])[1 + n / 1000 % 4], 1 + n * 31 % 9973,
  'note ' || n % 10007, timestamptz '2026-01-01' + n * interval '20 seconds',
  jsonb_build_object('tag', n % 5003, 'gift', n % 9 = 0)
  FROM generate_series(1::bigint, $ROWS) n;
INSERT INTO comments SELECT n, 1 + n * 13 % $ROWS, 1 + n % 1000, 'body ' || n FROM generate_series(1::bigint, $ROWS) n;

CREATE INDEX orders_owner ON orders (owner, placed DESC);
CREATE INDEX orders_placed ON orders (placed DESC);
CREATE INDEX orders_details ON orders USING gin (details jsonb_path_ops);
CREATE INDEX bills_owner ON bills (owner, placed DESC);
CREATE INDEX bills_placed ON bills (placed DESC);
CREATE INDEX bills_details ON bills USING gin (details jsonb_path_ops);
CREATE INDEX items_order ON items (order_id);
CREATE INDEX items_owner ON items (owner);
CREATE INDEX members_team ON members (team);
CREATE INDEX tickets_team ON tickets (team, placed DESC);
CREATE INDEX tickets_placed ON tickets (placed DESC);
CREATE INDEX tickets_details ON tickets USING gin (details jsonb_path_ops);
CREATE INDEX comments_ticket ON comments (ticket);
VACUUM ANALYZE;
