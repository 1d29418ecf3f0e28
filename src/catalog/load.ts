import { createHash } from 'node:crypto';
import type { Catalog, Dialect } from './catalog.ts';
import * as queries from './queries.ts';
import { RelationReader } from './read-relations.ts';
import { readFunction, readMembers, readOperator, readTypes } from './read-types.ts';
import { type CatalogRow, textOf } from './row.ts';

/** Runs one statement past every guard, as a role that may read the catalog. */
export type CatalogQuery = (sql: string) => Promise<readonly CatalogRow[]>;

export interface LoadOptions {
  /** Told from `version()` unless given. */
  readonly dialect?: Dialect;
  /** The schemas that the connections of callers search, in order. */
  readonly searchPath?: readonly string[];
}

/**
 * Reads the catalog of a database, once. The statements are run one after the other: give a query of one transaction that repeats
 * reads, where the schema may change meanwhile.
 */
export async function loadCatalog(query: CatalogQuery, options: LoadOptions = {}): Promise<Catalog> {
  const [server = {}] = await query(queries.SERVER);
  // A dialect that was asked for changes how statements are rewritten; the catalog is the one that is there.
  const kind = dialectOf(textOf(server, 'version'));
  const members = readMembers(await query(queries.EXTENSION_MEMBERS));
  const types = readTypes(await query(queries.TYPES), await query(queries.RANGES), members);
  const functions = (await query(queries.FUNCTIONS)).map((row) => readFunction(row, members));
  const functionsByOid = new Map(functions.map((entry) => [entry.oid, entry]));
  const rows = {
    relations: await query(queries.RELATIONS),
    columns: await query(kind === 'cockroachdb' ? queries.COLUMNS_COCKROACHDB : queries.COLUMNS),
    indexes: await query(queries.INDEXES),
    constraints: await query(queries.CONSTRAINTS),
    inheritance: await query(queries.INHERITANCE),
  };
  const content = {
    dialect: options.dialect ?? kind,
    serverVersion: Number(textOf(server, 'number')),
    database: textOf(server, 'database'),
    searchPath: options.searchPath ?? ['public'],
    relations: new RelationReader(rows, types).read(),
    types,
    functions,
    operators: (await query(queries.OPERATORS)).map((row) => readOperator(row, functionsByOid, members)),
  };
  return { version: versionOf(content), ...content };
}

function dialectOf(version: string): Dialect {
  return version.startsWith('CockroachDB') ? 'cockroachdb' : 'postgres';
}

function versionOf(content: Omit<Catalog, 'version'>): string {
  const written = JSON.stringify(content, (_key, value) => (value instanceof Map ? [...value] : value));
  return createHash('sha256').update(written).digest('hex').slice(0, 32);
}
