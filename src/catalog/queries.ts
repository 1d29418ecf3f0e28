/**
 * What is read from the catalog of the database. Plain joins over columns that CockroachDB's pg_catalog has too (from the
 * documentation, not run): everything that needs more is worked out here, in the program.
 */

// Temporary relations belong to one session, toast tables to storage.
const USABLE_SCHEMAS = `n.nspname NOT LIKE 'pg\\_temp\\_%' AND n.nspname NOT LIKE 'pg\\_toast%'`;

export const SERVER = `
SELECT pg_catalog.version() AS version, pg_catalog.current_setting('server_version_num') AS number,
       pg_catalog.current_database() AS database`;

export const RELATIONS = `
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       EXISTS (SELECT 1 FROM pg_catalog.pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgtype % 4 = 3) AS triggers
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${USABLE_SCHEMAS}
ORDER BY c.oid`;

export const COLUMNS = columns('false');

/** `attishidden` is CockroachDB's own: NOT VISIBLE columns and `rowid` (its source, pkg/sql/vtable/pg_catalog.go). */
export const COLUMNS_COCKROACHDB = columns('a.attishidden');

function columns(hidden: string): string {
  return `
SELECT a.attrelid AS relation, a.attnum AS position, a.attname AS name, a.atttypid AS type, a.atttypmod AS modifier,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_text, a.attnotnull AS not_null, a.atthasdef AS has_default,
       a.attidentity AS identity, a.attgenerated AS generated, a.attcollation AS collation, t.typcollation AS type_collation,
       ${hidden} AS hidden
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${USABLE_SCHEMAS}
ORDER BY a.attrelid, a.attnum`;
}

export const INDEXES = `
SELECT i.indexrelid AS oid, i.indrelid AS relation, c.relname AS name, i.indisunique AS is_unique, i.indisprimary AS is_primary,
       i.indimmediate AS is_immediate, i.indisvalid AS is_valid, i.indpred IS NULL AND i.indexprs IS NULL AS plain,
       i.indnkeyatts AS key_columns, CAST(i.indkey AS text) AS columns
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE ${USABLE_SCHEMAS}
ORDER BY i.indexrelid`;

export const CONSTRAINTS = `
SELECT o.oid, o.conname AS name, o.contype AS kind, o.conrelid AS relation, o.confrelid AS target, o.conindid AS index,
       CAST(o.conkey AS text) AS columns, CAST(o.confkey AS text) AS target_columns, o.confdeltype AS on_delete,
       o.confupdtype AS on_update
FROM pg_catalog.pg_constraint o
WHERE o.conrelid <> 0
ORDER BY o.oid`;

export const INHERITANCE = `
SELECT h.inhrelid AS child, h.inhparent AS parent FROM pg_catalog.pg_inherits h ORDER BY h.inhrelid, h.inhseqno`;

export const TYPES = `
SELECT t.oid, n.nspname AS schema, t.typname AS name, t.typtype AS kind, t.typcategory AS category, t.typelem AS element,
       t.typarray AS array, t.typbasetype AS base, t.typlen AS length,
       (SELECT CAST(json_agg(e.enumlabel ORDER BY e.enumsortorder) AS text) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid) AS labels
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE ${USABLE_SCHEMAS}
ORDER BY t.oid`;

export const RANGES =
  'SELECT r.rngtypid AS range, r.rngsubtype AS subtype FROM pg_catalog.pg_range r ORDER BY r.rngtypid';

export const FUNCTIONS = `
SELECT p.oid, n.nspname AS schema, p.proname AS name, p.prokind AS kind, CAST(p.proargtypes AS text) AS args,
       p.provariadic AS variadic, p.pronargdefaults AS defaults, p.prorettype AS result, p.proretset AS returns_set,
       p.proisstrict AS strict, p.provolatile AS volatility, p.proleakproof AS leakproof, p.prosecdef AS security_definer
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE ${USABLE_SCHEMAS}
ORDER BY p.oid`;

export const OPERATORS = `
SELECT o.oid, n.nspname AS schema, o.oprname AS name, o.oprleft AS left, o.oprright AS right, o.oprresult AS result,
       CAST(o.oprcode AS oid) AS code
FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
WHERE o.oprright <> 0 AND ${USABLE_SCHEMAS}
ORDER BY o.oid`;

/** Types, functions and operators that belong to an extension. */
export const EXTENSION_MEMBERS = `
SELECT c.relname AS catalog, d.objid AS object, e.extname AS extension
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_class c ON c.oid = d.classid
JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
JOIN pg_catalog.pg_class r ON r.oid = d.refclassid
WHERE d.deptype = 'e' AND r.relname = 'pg_extension' AND c.relname IN ('pg_type', 'pg_proc', 'pg_operator')
ORDER BY d.objid`;
