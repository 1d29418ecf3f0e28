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
SELECT pg_catalog.concat_ws(' ', 'a', CAST(a.attrelid AS text), CAST(a.attnum AS text), a.attname, CAST(a.atttypid AS text),
  CAST(a.atttypmod AS text), CAST(a.attnotnull AS text), CAST(a.atthasdef AS text), CAST(a.attisdropped AS text)) AS entry
FROM pg_catalog.pg_attribute a
UNION ALL SELECT pg_catalog.concat_ws(' ', 'o', CAST(o.oid AS text), o.conname, o.contype, o.confdeltype, o.confupdtype)
FROM pg_catalog.pg_constraint o
UNION ALL SELECT pg_catalog.concat_ws(' ', 'c', CAST(c.oid AS text), c.relname, CAST(c.relnamespace AS text)) FROM pg_catalog.pg_class c
UNION ALL SELECT pg_catalog.concat_ws(' ', 'i', CAST(i.indexrelid AS text), CAST(i.indisunique AS text), CAST(i.indisvalid AS text))
FROM pg_catalog.pg_index i
UNION ALL SELECT pg_catalog.concat_ws(' ', 'e', CAST(e.enumtypid AS text), e.enumlabel) FROM pg_catalog.pg_enum e
UNION ALL SELECT pg_catalog.concat_ws(' ', 't', CAST(t.oid AS text), t.typname) FROM pg_catalog.pg_type t
UNION ALL SELECT pg_catalog.concat_ws(' ', 'g', CAST(g.tgrelid AS text), CAST(g.oid AS text)) FROM pg_catalog.pg_trigger g
UNION ALL SELECT pg_catalog.concat_ws(' ', 'p', CAST(p.oid AS text), p.proname) FROM pg_catalog.pg_proc p
) AS written`;
