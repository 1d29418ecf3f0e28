-- A short list of settings, each with the values that are harmless.

-- A setting of drivers.
-- principal: alice
set application_name = 'shop';
-- => allow
SET "application_name" = 'shop';

-- A limit in time.
-- principal: alice
set local statement_timeout = 500;
-- => allow
SET LOCAL "statement_timeout" = 500;

-- The search path is pinned.
-- principal: alice
set search_path = evil, public;
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `search_path` may not be changed or shown

-- Row security.
-- principal: alice
set row_security = off;
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `row_security` may not be changed or shown

-- The rules of strings.
-- principal: alice
set standard_conforming_strings = off;
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `standard_conforming_strings` may not be changed or shown

-- The encoding.
-- principal: alice
set client_encoding = 'SJIS';
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `client_encoding` may not be changed or shown

-- Another role.
-- principal: alice
set role shop_owner;
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `role` may not be changed or shown

-- A setting of the application, which a policy of the database may trust.
-- principal: alice
set app.user_id = 'x';
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `app.user_id` may not be changed or shown

-- A setting by function.
-- principal: alice
select set_config('search_path', 'evil', false);
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `search_path` may not be changed or shown

-- SHOW of what drivers ask.
-- principal: alice
show transaction isolation level;
-- => allow
SHOW "transaction_isolation";

-- SHOW of a file's place.
-- principal: alice
show data_directory;
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `data_directory` may not be changed or shown

-- RESET and DISCARD.
-- principal: alice
reset all;
-- => allow, effect discard
RESET ALL;

-- See the case before.
-- principal: alice
discard all;
-- => allow, effect discard
DISCARD ALL;
