import { PGlite } from '@electric-sql/pglite';
import type { TestDatabase, TextRow } from './database.ts';

export interface PgliteDatabase extends TestDatabase {
  readonly kind: 'pglite';
  readonly pglite: PGlite;
}

/** An embedded database in memory: no port, no process, nothing to install. */
export async function startPglite(): Promise<PgliteDatabase> {
  const pglite = await PGlite.create();
  const parsers = asText(pglite.parsers);
  const query = async (sql: string, parameters: readonly unknown[] = []): Promise<readonly TextRow[]> =>
    (await pglite.query<TextRow>(sql, [...parameters], { parsers })).rows;
  const [version] = await query('SHOW server_version');
  return {
    kind: 'pglite',
    name: `pglite ${version?.server_version?.split(' ')[0]}`,
    url: 'pglite:',
    pglite,
    query,
    run: async (sql) => void (await pglite.exec(sql)),
    stop: () => pglite.close(),
  };
}

function asText(parsers: PGlite['parsers']): Record<number, (value: string) => string> {
  return Object.fromEntries(Object.keys(parsers).map((oid) => [oid, (value: string) => value]));
}
