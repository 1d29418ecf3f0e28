/** Errors as code behind the guard may see them: our own, or the database's with SQLSTATE, our words and nothing else. */
import pg from 'pg';
import { CordonError, InvariantError } from '../errors/index.ts';
import { scrubDatabaseError } from '../redact/index.ts';

/** What `pg` and `postgres.js` report of an error of the database. */
interface Reported {
  readonly severity?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
}

/** Whether an error was sent by the database, and not made by the driver on the way to it. */
export function isReported(error: unknown): error is Reported {
  const { severity, code } = (error ?? {}) as Reported;
  return typeof severity === 'string' && typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}

/** The error of the database as a `DatabaseError` of `pg`, made safe. Its other fields stay undefined. */
export function safeDatabaseError(error: Reported): Error {
  const safe = scrubDatabaseError({
    severity: String(error.severity),
    code: String(error.code),
    message: String(error.message),
  });
  const shown = new pg.DatabaseError(safe.message, 0, 'error');
  shown.severity = safe.severity;
  shown.code = safe.code;
  shown.hint = safe.hint;
  return shown;
}

/** Any error on its way to code behind the guard. What the driver says of a lost connection names hosts, so it is replaced. */
export function safeError(error: unknown): Error {
  if (error instanceof CordonError || error instanceof InvariantError) return error;
  return isReported(error) ? safeDatabaseError(error) : new CordonError('CORDON_UPSTREAM_FAILED');
}
