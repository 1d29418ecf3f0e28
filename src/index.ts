/**
 * What programs import from `cordon`: the policy as a typed value, and the guard that judges statements by it.
 *
 * The gateway is started by the command line; wrappers of drivers have entry points of their own.
 */
export { type Catalog, type CatalogQuery, loadCatalog } from './catalog/index.ts';
export { CordonError, ERRORS, type ErrorCode, InvariantError } from './errors/index.ts';
export { createGuard, type Guard, type GuardOptions, type GuardSession } from './guard/guard.ts';
export type { GuardedStatement, Judged, StatementKind } from './guard/types.ts';
export {
  buildAccess,
  checkPolicy,
  coverage,
  type Decision,
  definePolicy,
  type LoadedPolicy,
  loadPolicy,
  type Mistake,
  type PolicyDocument,
  type Principal,
  principalOf,
  type Reason,
} from './policy/index.ts';
export { createParser, type Parser } from './sql/parse/index.ts';
