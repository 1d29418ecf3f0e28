import type { GuardedStatement } from '../guard/types.ts';

/**
 * What a statement leaves in the session of the database: nothing; settings until the transaction ends; settings that stay,
 * and can be made again elsewhere; what cannot be made again, such as a lock or a temporary table.
 */
export type Trace = 'none' | 'transaction' | 'settings' | 'session';

/** A decision belongs to the template of a statement, so that a text is read once for all statements of its shape. */
const traces = new WeakMap<GuardedStatement['decision'], Trace>();

const LOCK = /pg_(?:try_)?advisory_lock/;
const SETTING = /set_config/;
const PASSING_SET = /^SET (?:LOCAL|TRANSACTION|CONSTRAINTS) /;

/** What is left behind by a statement that was let through. */
export function traceOf(statement: GuardedStatement): Trace {
  const known = traces.get(statement.decision);
  if (known !== undefined) return known;
  const trace = read(statement);
  traces.set(statement.decision, trace);
  return trace;
}

function read({ kind, effect, preparedText }: GuardedStatement): Trace {
  switch (kind) {
    case 'ddl':
      // It passes as it was written: a temporary table, or a block that does anything.
      return 'session';
    case 'set':
      // A token is the gateway’s own; the database is sent a setting that nothing reads.
      if (effect.kind === 'set-token' || preparedText.startsWith('UNLISTEN')) return 'none';
      return PASSING_SET.test(preparedText) ? 'transaction' : 'settings';
    case 'discard':
      return effect.kind === 'discard' ? 'settings' : 'none';
    case 'prepare':
      // What it does is done by an EXECUTE, which does not show it.
      return LOCK.test(preparedText) || SETTING.test(preparedText) ? 'session' : 'none';
    case 'transaction':
    case 'show':
    case 'execute':
    case 'deallocate':
    case 'empty':
      return 'none';
    default:
      if (LOCK.test(preparedText)) return 'session';
      return SETTING.test(preparedText) ? 'settings' : 'none';
  }
}
