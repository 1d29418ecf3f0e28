-- Columns that CockroachDB's information_schema has beside those of Postgres.
SET allow_system_table_mods = on;
ALTER VIEW information_schema.columns RENAME TO columns_of_postgres;
CREATE VIEW information_schema.columns AS
  SELECT *, 'NO' AS is_hidden, upper(replace(data_type, 'text', 'string')) AS crdb_sql_type,
    NULL::text AS column_comment
  FROM information_schema.columns_of_postgres;
GRANT SELECT ON information_schema.columns TO PUBLIC;
