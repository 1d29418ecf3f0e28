-- Group 3: a hidden column is hidden in every clause and by every spelling, not only in the select list.

-- A027 any
-- The star.
SELECT * FROM users;
-- => same; rows {alice},alice@shop.test,∅,∅,∅
-- refuse => same or refused

-- A027.1 any
-- The star of an alias, beside another relation.
SELECT p.id, u.* FROM profiles p JOIN users u ON u.id = p.user_id;
-- => same; rows 11,{alice},alice@shop.test,∅,∅,∅
-- refuse => same or refused

-- A027.2 any
-- The star of the qualified name.
SELECT public.users.* FROM public.users;
-- => same
-- refuse => same or refused

-- A028 any
-- A hidden column and a missing one are told apart.
-- equal-refuse: password_hash no_such_column
SELECT password_hash FROM users;
-- => same; rows ∅
-- refuse => refused
SELECT no_such_column FROM users;
-- => error 42703
-- refuse => refused

-- A028.1 any
-- The same in a filter, qualified.
-- equal-refuse: reset_token no_such_column
SELECT id FROM users u WHERE u.reset_token IS NULL;
-- => same; rows {alice}
-- refuse => refused
SELECT id FROM users u WHERE u.no_such_column IS NULL;
-- => error 42703
-- refuse => refused

-- A029 any
-- Sorting by a hidden column.
SELECT id FROM users ORDER BY password_hash;
-- => same
-- refuse => refused
-- policy: everybody

-- A029.1 any
-- Sorting by the position of a hidden column.
SELECT id, password_hash FROM users ORDER BY 2, 1;
-- => same
-- refuse => refused
-- policy: everybody

-- A029.2 any
-- Sorting by the hidden column of a star in a sub-select.
SELECT x.id FROM (SELECT * FROM users) x ORDER BY x.is_admin, x.id;
-- => same
-- refuse => same or refused
-- policy: everybody

-- A030 any
-- Guessing a hidden column, one character a time.
SELECT count(*) FROM users WHERE password_hash LIKE 'hA-5%';
-- => same; rows 0
-- refuse => refused

-- A030.1 any
-- Guessing by a range.
SELECT count(*) FROM users WHERE password_hash BETWEEN 'hA-5e' AND 'hA-5f';
-- => same; rows 0
-- refuse => refused

-- A030.2 any
-- Guessing by a regular expression, in the operator's spelling with its schema.
SELECT count(*) FROM users WHERE password_hash OPERATOR(pg_catalog.~) '^hA-5e';
-- => same; rows 0
-- refuse => refused

-- A030.3 any
-- Guessing by IN and a row comparison.
SELECT count(*) FROM users WHERE (id, password_hash) IN (('{alice}', 'hA-5e884898'));
-- => same; rows 0
-- refuse => refused

-- A030.4 any
-- Guessing a boolean that is hidden.
SELECT count(*) FROM users WHERE is_admin;
-- => same; rows 0
-- refuse => refused

-- A031 any
-- Grouping by a hidden column.
SELECT count(*) FROM permissions GROUP BY token HAVING token > 'p';
-- => same; rows
-- refuse => refused

-- A031.1 any
-- DISTINCT over a hidden column.
SELECT DISTINCT token FROM permissions;
-- => same; rows ∅
-- refuse => refused

-- A032 any
-- A window over a hidden column.
SELECT max(password_hash) OVER () FROM users;
-- => same; rows ∅
-- refuse => refused

-- A032.1 any
-- A named window that is ordered by a hidden column.
SELECT id, rank() OVER w FROM users WINDOW w AS (ORDER BY password_hash);
-- => same
-- refuse => refused
-- policy: everybody

-- A033 pg
-- A column in the notation of a function.
SELECT password_hash(u) FROM users u;
-- => same or refused; rows ∅
-- refuse => refused

-- A033.1 pg
-- The same in a filter.
SELECT count(*) FROM users u WHERE password_hash(u) LIKE 'hA-5e%';
-- => same or refused
-- refuse => refused

-- A034 any
-- Columns renamed by position.
SELECT c FROM users AS u(a, b, c, d, e);
-- => same; rows ∅
-- refuse => refused

-- A034.1 any
-- Renamed by the column list of a CTE over the star.
WITH x(a, b, c) AS (SELECT * FROM users) SELECT c FROM x;
-- => same; rows ∅
-- refuse => same or refused

-- A034.2 any
-- Renamed by position within a join's alias.
SELECT j.c FROM (users CROSS JOIN products) AS j(a, b, c);
-- => same or refused
-- refuse => same or refused

-- A035 any
-- The whole row as text.
SELECT u::text FROM users u;
-- => same; rows ({alice},alice@shop.test,,,)
-- refuse => same or refused

-- A035.1 any
-- The whole row compared with another.
SELECT count(*) FROM users u WHERE u::text LIKE '%hA-5e%';
-- => same; rows 0
-- refuse => same or refused

-- A035.2 any
-- Two whole rows compared: equality is an answer about each hidden column.
SELECT count(*) FROM users u WHERE u = ROW('{alice}'::uuid, 'alice@shop.test'::text, 'hA-5e884898'::text, false, NULL::text);
-- => same or refused
-- refuse => same or refused

-- A035.3 any
-- A row made of a star.
SELECT ROW(u.*)::text FROM users u;
-- => same
-- refuse => same or refused

-- A035.4 any
-- The row sorted and grouped by.
SELECT count(*) FROM users u GROUP BY u ORDER BY u;
-- => same or refused
-- refuse => same or refused

-- A036 any
-- The whole row as JSON.
SELECT to_jsonb(u), row_to_json(u) FROM users u;
-- => same
-- refuse => same or refused

-- A036.1 any
-- The keys and values of the row.
SELECT e.key, e.value FROM users u, jsonb_each_text(to_jsonb(u)) e;
-- => same or refused
-- refuse => same or refused

-- A036.2 any
-- One field out of the JSON.
SELECT to_jsonb(u) ->> 'password_hash' FROM users u;
-- => same; rows ∅
-- refuse => same or refused

-- A037 any
-- The relation's own name is the whole row.
SELECT jsonb_agg(users) FROM users;
-- => same
-- refuse => same or refused

-- A037.1 any
-- The same counted and hashed.
SELECT count(DISTINCT users) FROM users;
-- => same
-- refuse => same or refused

-- A038 any
-- A field taken out of the whole row.
SELECT (u).password_hash FROM users u;
-- => same; rows ∅
-- refuse => refused

-- A038.1 any
-- A field of an array's element.
SELECT ((array_agg(u))[1]).password_hash FROM users u;
-- => same or refused
-- refuse => refused or same

-- A038.2 any
-- The whole row unfolded.
SELECT (u).* FROM users u;
-- => same or refused
-- refuse => same or refused

-- A038.3 any
-- A field of a row that a sub-select returns.
SELECT ((SELECT u FROM users u LIMIT 1)).password_hash;
-- => same or refused
-- refuse => refused or same

-- A039 any
-- Columns by position through a set operation.
SELECT NULL::uuid, NULL::text, NULL::text, NULL::bool, NULL::text UNION ALL TABLE users;
-- => same
-- refuse => refused or same

-- A039.1 any
-- INTERSECT finds equal values.
SELECT 'hA-5e884898' INTERSECT SELECT password_hash FROM users;
-- => same; rows
-- refuse => refused

-- A039.2 any
-- EXCEPT finds unequal ones.
SELECT 'hA-5e884898' EXCEPT SELECT password_hash FROM users;
-- => same; rows hA-5e884898
-- refuse => refused

-- A040 any
-- A join names the hidden column as its key.
SELECT 1 FROM users JOIN (VALUES ('hB-9f86d081')) v(password_hash) USING (password_hash);
-- => same; rows
-- refuse => refused

-- A040.1 any
-- A natural join does so without a name.
SELECT 1 FROM users NATURAL JOIN (VALUES ('hA-5e884898')) v(password_hash);
-- => same; rows
-- refuse => refused or same

-- A040.2 any
-- A full join shows by NULLs what did not match.
SELECT v.password_hash, u.id FROM users u FULL JOIN (VALUES ('hA-5e884898')) v(password_hash) USING (password_hash);
-- => same
-- refuse => refused

-- A041 pg
-- The name in Unicode escapes.
SELECT U&"pass\0077ord_hash" FROM users;
-- => same; rows ∅
-- refuse => refused

-- A041.1 pg
-- The name in upper case, which folds, and in quotes.
SELECT PASSWORD_HASH, "password_hash" FROM USERS;
-- => same; rows ∅,∅
-- refuse => refused

-- A042 any
-- A CTE takes the name of the relation it reads.
WITH users AS (SELECT password_hash FROM users) SELECT * FROM users;
-- => same; rows ∅
-- refuse => refused

-- A043 any
-- A write returns what a read may not.
UPDATE users SET email = email WHERE id = '{alice}' RETURNING password_hash;
-- => same; rows ∅
-- refuse => refused

-- A043.1 any
-- The star of a write.
UPDATE users SET email = email WHERE id = '{alice}' RETURNING *;
-- => same; rows {alice},alice@shop.test,∅,∅,∅
-- refuse => same or refused

-- A043.2 any
-- The whole row of a write.
UPDATE users u SET email = email WHERE id = '{alice}' RETURNING u::text;
-- => same or refused
-- refuse => same or refused

-- A043.3 any
-- A delete returns the hidden column.
DELETE FROM payment_methods WHERE id = 13 RETURNING card_token, length(card_token);
-- => same; rows ∅,∅
-- refuse => refused

-- A043.4 any
-- A sub-select of RETURNING reads another relation.
UPDATE profiles SET display_name = 'x' RETURNING (SELECT max(password_hash) FROM users), (SELECT count(*) FROM orders);
-- => same; rows ∅,1
-- refuse => refused

-- A043.5 any
-- The filter of a write guesses a hidden column of its target.
UPDATE users SET email = email WHERE password_hash LIKE 'hA-5%';
-- => same; tag UPDATE 0
-- refuse => refused

-- A043.6 any
-- The filter of a delete guesses a hidden column of its target.
DELETE FROM payment_methods WHERE card_token LIKE 'ct-a%';
-- => same; tag DELETE 0
-- refuse => refused

-- A044 any
-- A hidden value is copied into a visible column and read from there.
UPDATE profiles SET display_name = (SELECT reset_token FROM users WHERE users.id = profiles.user_id);
-- => same; tag UPDATE 1
-- refuse => refused
SELECT display_name FROM profiles;
-- => same

-- A044.1 any
-- A hidden column of the target is copied within its own row.
UPDATE users SET email = password_hash;
-- => same or refused
-- refuse => refused
SELECT email FROM users;
-- => same

-- A044.2 any
-- An insert copies it.
INSERT INTO payment_methods (id, profile_id, brand) SELECT 901, profile_id, card_token FROM payment_methods;
-- => same; tag INSERT 0 1
-- refuse => refused
SELECT brand FROM payment_methods ORDER BY id;
-- => same

-- A044.3 any
-- An update that takes a hidden column from the FROM list.
UPDATE profiles SET display_name = u.password_hash FROM users u WHERE u.id = profiles.user_id;
-- => same
-- refuse => refused
SELECT display_name FROM profiles;
-- => same

-- A044.4 any
-- A conflict copies the hidden column of the row that was in the way.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (13, 11, 'visa', '1', 'ct-new')
  ON CONFLICT (id) DO UPDATE SET brand = payment_methods.card_token;
-- => same or refused or error
-- refuse => refused or error
SELECT brand FROM payment_methods;
-- => same

-- A045 any
-- A hidden column is guessed by its real value.
SELECT id FROM payment_methods WHERE card_token LIKE 'ct-a%';
-- => same; rows
-- refuse => refused

-- A046 any
-- A hidden column is measured.
SELECT length(card_token), coalesce(card_token, '-'), max(card_token) FROM payment_methods GROUP BY card_token;
-- => same; rows ∅,-,∅
-- refuse => refused

-- A046.1 any
-- The size of the stored value.
SELECT pg_column_size(p), pg_column_size(card_token) FROM payment_methods p;
-- => refused or same
-- refuse => refused

-- A046.2 any
-- An ordered-set aggregate.
SELECT mode() WITHIN GROUP (ORDER BY card_token), percentile_disc(0.5) WITHIN GROUP (ORDER BY card_token) FROM payment_methods;
-- => same; rows ∅,∅
-- refuse => refused

-- A047 pg
-- System columns tell place, age and writer of a row.
SELECT ctid, xmin, tableoid FROM orders;
-- => refused

-- A047.1 pg
-- In a filter.
SELECT count(*) FROM orders WHERE ctid = '(0,1)';
-- => refused
SELECT count(*) FROM orders o WHERE o.xmin::text <> '0';
-- => refused

-- A047.2 pg
-- In a write's filter and in RETURNING.
DELETE FROM orders WHERE ctid = '(0,2)';
-- => refused
UPDATE orders SET amount = amount RETURNING xmax;
-- => refused

-- A047.3 pg
-- In the notation of a function, and inside the condition of ON CONFLICT.
SELECT tableoid(o) FROM orders o;
-- => refused or error

-- A047.4 pg
-- Of a catalog relation.
SELECT xmin FROM pg_class;
-- => refused or error

-- A048 any
-- A column that the caller may not write is written.
UPDATE users SET is_admin = true WHERE id = '{alice}';
-- => refused

-- A048.1 any
-- The same among others, by a list.
UPDATE users SET (email, is_admin) = ('a@shop.test', true) WHERE id = '{alice}';
-- => refused

-- A048.2 any
-- The same with a row of a sub-select.
UPDATE users SET (email, is_admin) = (SELECT 'a@shop.test', true) WHERE id = '{alice}';
-- => refused

-- A048.3 any
-- The same by DEFAULT.
UPDATE users SET is_admin = DEFAULT WHERE id = '{alice}';
-- => refused

-- A048.4 any
-- By the conflict clause of an insert.
INSERT INTO users (id, email) VALUES ('{alice}', 'x') ON CONFLICT (id) DO UPDATE SET is_admin = true;
-- => refused

-- A049 any
-- A hidden column inside FILTER.
SELECT count(*) FILTER (WHERE reset_token IS NOT NULL) FROM users;
-- => same; rows 0
-- refuse => refused

-- A050 any
-- A hidden column fails in a cast on the caller's own row.
SELECT card_token::int FROM payment_methods WHERE id = 13;
-- => same; rows ∅
-- refuse => refused

-- A050.1 any
-- A hidden column as LIMIT of a sub-select that is correlated.
SELECT (SELECT count(*) FROM (SELECT 1 FROM products LIMIT length(u.password_hash)) x) FROM users u;
-- => same or error
-- refuse => refused or error

-- A050.2 any
-- A hidden column in a lateral VALUES.
SELECT v.x FROM users u, LATERAL (VALUES (u.password_hash)) v(x);
-- => same; rows ∅
-- refuse => refused

-- A050.3 any
-- A hidden column as argument of a function of rows.
SELECT x FROM users u, regexp_split_to_table(u.password_hash, '-') x;
-- => same or refused
-- refuse => refused

-- A050.4 any
-- A hidden column in GROUPING SETS.
SELECT password_hash, count(*) FROM users GROUP BY ROLLUP (password_hash);
-- => same or refused
-- refuse => refused
