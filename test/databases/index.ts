export { type Authority, type Certificate, createAuthority } from './certificate.ts';
export {
  type Cordon,
  type CordonOptions,
  cordonRequirement,
  signToken,
  startCordon,
  TOKEN_SECRET,
} from './cordon.ts';
export type { TestDatabase, TextRow } from './database.ts';
export {
  describeDatabases,
  describeWith,
  postgresRequirement,
  type Requirement,
  requirement,
} from './describe.ts';
export { endPool } from './end-pool.ts';
export { type PgliteDatabase, startPglite } from './pglite.ts';
export {
  availablePostgres,
  freePort,
  type PostgresDatabase,
  type PostgresOptions,
  startPostgres,
} from './postgres.ts';
export { demoFile, loadShop } from './shop.ts';
