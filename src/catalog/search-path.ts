import type { CatalogQuery } from './load.ts';
import { textOf } from './row.ts';

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Schemas of the search path in which anyone may create: a function or operator made there can be taken for another one by
 * statements that do not pass the guard. PostgreSQL before 15 gives that right on `public` to everyone.
 */
export async function openSchemas(
  query: CatalogQuery,
  searchPath: readonly string[],
): Promise<readonly string[]> {
  if (searchPath.length === 0) return [];
  const rows = await query(`
SELECT n.nspname AS schema
FROM pg_catalog.pg_namespace n,
     pg_catalog.aclexplode(COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) AS a
WHERE n.nspname IN (${searchPath.map(literal).join(', ')}) AND a.grantee = 0 AND a.privilege_type = 'CREATE'
ORDER BY n.nspname`);
  return rows.map((row) => textOf(row, 'schema'));
}
