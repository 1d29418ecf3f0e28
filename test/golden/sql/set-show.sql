-- A short list of settings, each with the values that are harmless.

-- A setting of drivers.
-- principal: alice
set application_name = 'shop';
-- =>

-- A limit in time.
-- principal: alice
set local statement_timeout = 500;
-- =>

-- The search path is pinned.
-- principal: alice
set search_path = evil, public;
-- =>

-- Row security.
-- principal: alice
set row_security = off;
-- =>

-- The rules of strings.
-- principal: alice
set standard_conforming_strings = off;
-- =>

-- The encoding.
-- principal: alice
set client_encoding = 'SJIS';
-- =>

-- Another role.
-- principal: alice
set role shop_owner;
-- =>

-- A setting of the application, which a policy of the database may trust.
-- principal: alice
set app.user_id = 'x';
-- =>

-- A setting by function.
-- principal: alice
select set_config('search_path', 'evil', false);
-- =>

-- SHOW of what drivers ask.
-- principal: alice
show transaction isolation level;
-- =>

-- SHOW of a file's place.
-- principal: alice
show data_directory;
-- =>

-- RESET and DISCARD.
-- principal: alice
reset all;
-- =>

-- See the case before.
-- principal: alice
discard all;
-- =>
