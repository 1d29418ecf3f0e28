import { type Catalog, type CatalogQuery, type Dialect, loadCatalog } from '../catalog/index.ts';
import type { Database } from './database.ts';

/** Reads the catalog of a database, as it is at one moment; `dialect` is in the place of what the database says it is. */
export function readCatalog(
  database: Database,
  schemas: readonly string[],
  dialect?: Dialect,
): Promise<Catalog> {
  const options = { searchPath: schemas, ...(dialect === undefined ? {} : { dialect }) };
  return database.atOnce(() => loadCatalog(catalogQuery(database), options));
}

/** The database as the readers of catalogs ask it: rows by the names of their columns. */
export function catalogQuery(database: Database): CatalogQuery {
  return async (text) => {
    const { columns, rows } = await database.ask(text);
    return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
  };
}
