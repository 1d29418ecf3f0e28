import { CordonError, safeText } from '../errors/index.ts';
import type { Dialect } from '../guard/answers.ts';

/** CockroachDB reports its version under a name of its own; nobody else does. */
export function reportedDialect(parameters: ReadonlyMap<string, string>): Dialect {
  return parameters.has('crdb_version') ? 'cockroachdb' : 'postgres';
}

/**
 * Refuses a database of another kind than statements are written for, such as the one behind a name that now leads
 * elsewhere: what keeps rules in force on the one need not on the other.
 */
export function assertDialect(parameters: ReadonlyMap<string, string>, expected: Dialect | undefined): void {
  if (expected === undefined || reportedDialect(parameters) === expected) return;
  const reason = safeText('it is another kind of database than the one whose catalog was read');
  throw new CordonError('CORDON_UPSTREAM_UNUSABLE', { reason });
}
