/**
 * What the posture is read from. Plain reads of catalogs that CockroachDB has too (from the documentation, not run); who is a
 * member of whom is worked out in the program.
 */
import type { Dialect } from '../catalog/index.ts';

export const SESSION = `
SELECT session_user AS login, current_user AS acting, pg_catalog.version() AS version,
       pg_catalog.current_setting('is_superuser', true) AS superuser,
       pg_catalog.current_setting('allow_unsafe_internals', true) AS internals`;

export const ROLES = `
SELECT r.oid, r.rolname AS name, r.rolsuper AS superuser, r.rolcreaterole AS makes_roles, r.rolreplication AS replicates,
       r.rolbypassrls AS bypasses_rls
FROM pg_catalog.pg_roles r`;

export const MEMBERS = 'SELECT m.roleid AS role, m.member FROM pg_catalog.pg_auth_members m';

export const OWNERS = `
SELECT c.oid AS relation, r.rolname AS owner
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles r ON r.oid = c.relowner
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')`;

/** Columns are named as the standard names them; both databases list what was granted to the role, to its roles and to PUBLIC. */
export const GRANTS = `
SELECT g.grantee, g.table_schema AS schema, g.table_name AS relation, g.privilege_type AS privilege
FROM information_schema.table_privileges g
WHERE g.privilege_type IN ('TRUNCATE', 'TRIGGER', 'DROP', 'CHANGEFEED', 'BACKUP', 'ALL')
ORDER BY g.table_schema, g.table_name`;

/** CockroachDB's `aclexplode` answers nothing, so its schemas are asked for by the standard's view. */
export const SCHEMAS: Readonly<Record<Dialect, string>> = {
  postgres: `
SELECT n.nspname AS schema, CASE WHEN a.grantee = 0 THEN 'public' ELSE r.rolname END AS grantee
FROM pg_catalog.pg_namespace n
CROSS JOIN LATERAL pg_catalog.aclexplode(COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) AS a
LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
WHERE a.privilege_type = 'CREATE'
ORDER BY n.nspname`,
  cockroachdb: `
SELECT s.table_schema AS schema, s.grantee FROM information_schema.schema_privileges s
WHERE s.privilege_type IN ('CREATE', 'ALL')
ORDER BY s.table_schema`,
};

/** CockroachDB alone. */
export function systemGrantsOf(role: string): string {
  return `SELECT g.privilege_type AS privilege FROM [SHOW SYSTEM GRANTS FOR "${role.replaceAll('"', '""')}"] AS g`;
}

export const INDEXES = `
SELECT i.indrelid AS relation, c.relname AS name, i.indisunique AS is_unique, i.indisvalid AS is_valid,
       i.indpred IS NOT NULL AS partial, i.indnkeyatts AS key_columns, CAST(i.indkey AS text) AS columns
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
ORDER BY i.indexrelid`;

/** Columns whose default counts up; the text of a default may hold literals and is not carried further. */
export const COUNTERS = `
SELECT d.adrelid AS relation, d.adnum AS position
FROM pg_catalog.pg_attrdef d
WHERE pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%'
   OR (pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE '%unique_rowid(%'
       AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) NOT LIKE '%unordered_unique_rowid(%')`;

export const INERT_RLS = `
SELECT c.oid AS relation FROM pg_catalog.pg_class c
WHERE NOT c.relrowsecurity
  AND (c.relforcerowsecurity OR EXISTS (SELECT 1 FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid))`;
