-- The laboratory of the noninterference proof. Every table has bait: columns whose visible values are harmless, while hidden rows hold
-- a zero, a negative number, a pattern that does not compile, a text that is no number.
CREATE TYPE state AS ENUM ('open', 'held', 'done', 'void');
CREATE TABLE people (
  id int PRIMARY KEY, tenant_id int, email text UNIQUE, nick text, n int, raw text, pat text, boss int);
CREATE TABLE docs (
  id int PRIMARY KEY, tenant_id int, owner int REFERENCES people, title text, n int, raw text, pat text, num numeric,
  big bigint, len int, made date, tags int[], info jsonb, state state, code uuid, key text);
CREATE TABLE shares (
  doc int REFERENCES docs, person int REFERENCES people, level int, n int, raw text, PRIMARY KEY (doc, person));
CREATE TABLE lines (
  id int PRIMARY KEY, doc int REFERENCES docs, n int, raw text, pat text, num numeric, len int, cost int);
CREATE TABLE marks (
  id int PRIMARY KEY, line int REFERENCES lines, n int, raw text, made date, secret text);
CREATE TABLE notes (
  id int PRIMARY KEY, owner int, public bool, n int, raw text, pat text, len int, big bigint, num numeric);
CREATE TABLE goods (id int PRIMARY KEY, name text, price int, n int, raw text);
CREATE TABLE events (id int PRIMARY KEY, kind state, n int, raw text, made date, num numeric, inner_note text);
CREATE TABLE accounts (id int PRIMARY KEY, email text UNIQUE, hash text, n int);
CREATE TABLE vault (id int PRIMARY KEY, n int, raw text);
CREATE INDEX docs_owner ON docs (owner);
CREATE INDEX docs_n ON docs (n);
CREATE INDEX docs_raw ON docs (raw);
CREATE INDEX lines_doc ON lines (doc);
CREATE INDEX lines_n ON lines (n);
CREATE INDEX notes_n ON notes (n);
CREATE INDEX notes_raw ON notes (raw);
