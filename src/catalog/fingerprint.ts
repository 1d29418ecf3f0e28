import type { Dialect } from './catalog.ts';

const CATALOGS = [
  'namespace',
  'attribute',
  'constraint',
  'index',
  'inherits',
  'proc',
  'type',
  'enum',
  'operator',
  'depend',
  'policy',
  'trigger',
];

// The transaction that wrote a row stands in it; a row that is changed gets another one. Sums see deletions too, counts see rows that
// happen to add up.
const changes = (relation: string, condition = '') =>
  `SELECT count(*) AS rows, sum(CAST(CAST(xmin AS text) AS bigint)) AS writers FROM pg_catalog.pg_${relation}${condition}`;

/**
 * One cheap statement whose only row changes when relations, columns, keys, types or functions do: to be asked now and then.
 * It changes more often than the catalog's version, never less.
 */
export function catalogFingerprintSql(dialect: Dialect = 'postgres'): string {
  if (dialect === 'cockroachdb') return COCKROACHDB;
  const parts = CATALOGS.map((catalog) => changes(catalog));
  return `
SELECT pg_catalog.string_agg(rows || ':' || writers, ' ') AS fingerprint FROM (
${[...parts, changes('class', ` WHERE relpersistence <> 't'`)].join('\nUNION ALL ')}
) AS written`;
}

// System columns of the catalog do not exist there (from the documentation, not run).
const COCKROACHDB = `
SELECT pg_catalog.md5(pg_catalog.string_agg(entry, ' ' ORDER BY entry)) AS fingerprint FROM (
SELECT a.attrelid || ' ' || a.attnum || ' ' || a.attname || ' ' || a.atttypid AS entry FROM pg_catalog.pg_attribute a
UNION ALL SELECT o.oid || ' ' || o.conname FROM pg_catalog.pg_constraint o
UNION ALL SELECT c.oid || ' ' || c.relname FROM pg_catalog.pg_class c
) AS written`;
