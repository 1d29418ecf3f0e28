import { CordonError } from '../errors/index.ts';
import type { GuardSession } from './context.ts';

const refuse = () =>
  ({ kind: 'denied', error: new CordonError('CORDON_CATALOG_STALE'), decision: undefined }) as const;

/** Stands in for the guard while the catalog it knows is not the database's any more. */
export const staleGuard: GuardSession = { judgeQuery: refuse, judgeStatement: refuse };
