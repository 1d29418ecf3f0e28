export * from './catalog.ts';
export { catalogFingerprintSql } from './fingerprint.ts';
export { type CatalogQuery, type LoadOptions, loadCatalog } from './load.ts';
export { openSchemas } from './search-path.ts';
