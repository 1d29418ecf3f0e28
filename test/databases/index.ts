export { type Authority, type Certificate, createAuthority } from './certificate.ts';
export type { TestDatabase, TextRow } from './database.ts';
export {
  describeDatabases,
  describeWith,
  postgresRequirement,
  type Requirement,
  requirement,
} from './describe.ts';
export { type PgliteDatabase, startPglite } from './pglite.ts';
export { availablePostgres, type PostgresDatabase, type PostgresOptions, startPostgres } from './postgres.ts';
