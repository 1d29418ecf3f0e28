-- COPY is a read or a write.

-- A relation is copied as the query that reads it.
-- principal: alice
copy orders to stdout;
-- =>

-- Columns.
-- principal: alice
copy users (id, password_hash) to stdout with (format csv, header);
-- =>

-- A query.
-- principal: alice
copy (select id from orders) to stdout;
-- =>

-- A file of the server.
-- principal: alice
copy orders to '/tmp/x';
-- =>

-- A program on the server.
-- principal: alice
copy (select 1) to program 'cat';
-- =>

-- COPY in goes through INSERT, row by row checked.
-- principal: alice
copy addresses (id, profile_id, line1) from stdin;
-- =>

-- A column that may not be given.
-- principal: alice
copy users (id, is_admin) from stdin;
-- =>
