import { type Catalog, type CatalogQuery, loadCatalog, openSchemas } from '../catalog/index.ts';
import type { Database } from './database.ts';

/** Reads the catalog of a database, as it is at one moment. */
export function readCatalog(database: Database, schemas: readonly string[]): Promise<Catalog> {
  return database.atOnce(() => loadCatalog(catalogQuery(database), { searchPath: schemas }));
}

/** Schemas of the policy in which anyone may create objects. */
export function findOpenSchemas(database: Database, schemas: readonly string[]): Promise<readonly string[]> {
  return openSchemas(catalogQuery(database), schemas);
}

function catalogQuery(database: Database): CatalogQuery {
  return async (text) => {
    const { columns, rows } = await database.ask(text);
    return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
  };
}
