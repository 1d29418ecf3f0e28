-- What CockroachDB has and Postgres lacks, for its dialects on a Postgres server: columns of information_schema that
-- reflection reads, some functions, and the generator of its serial keys (here small enough for int4, which is what `integer` means here).

DO $$
DECLARE
  columns text := rtrim(pg_get_viewdef('information_schema.columns'::regclass), ';');
BEGIN
  EXECUTE 'CREATE OR REPLACE VIEW information_schema.columns AS SELECT c.*,
    CAST(''NO'' AS varchar) AS is_hidden,
    CAST(upper(c.udt_name) || CASE c.data_type WHEN ''ARRAY'' THEN ''[]'' ELSE '''' END AS varchar) AS crdb_sql_type,
    CAST(NULL AS varchar) AS column_comment
    FROM (' || columns || ') AS c';
END $$;

CREATE SEQUENCE row_ids AS int4;
CREATE FUNCTION unique_rowid() RETURNS int4 LANGUAGE sql AS $$ SELECT nextval('row_ids')::int4 $$;

-- Libraries count themselves there.
CREATE SCHEMA crdb_internal;
CREATE FUNCTION crdb_internal.increment_feature_counter(text) RETURNS bool LANGUAGE sql AS $$ SELECT true $$;

-- Its integers have 64 bits, and so have the arguments of its functions.
CREATE FUNCTION pg_catalog.generate_subscripts(anyarray, int8) RETURNS SETOF int4 LANGUAGE sql IMMUTABLE
  AS $$ SELECT generate_subscripts($1, $2::int4) $$;

CREATE TABLE accounts (id int4 PRIMARY KEY DEFAULT unique_rowid(), owner text NOT NULL UNIQUE, balance int4 NOT NULL);
CREATE TABLE transfers (
  id int4 PRIMARY KEY DEFAULT unique_rowid(),
  account_id int4 NOT NULL REFERENCES accounts (id),
  amount int4 NOT NULL
);
CREATE INDEX transfers_account_id_idx ON transfers (account_id);

-- Refuses every second UPDATE with 40001: unlike a conflict of Postgres itself, what is run again behind the savepoint succeeds.
CREATE TABLE contended (id int4 PRIMARY KEY, n int4 NOT NULL);
INSERT INTO contended VALUES (1, 0);
CREATE SEQUENCE attempts;
CREATE FUNCTION refuse_every_second() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('attempts') % 2 = 1 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contention BEFORE UPDATE ON contended FOR EACH ROW EXECUTE FUNCTION refuse_every_second();
