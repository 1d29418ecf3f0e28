/**
 * Errors of the database, made safe: the SQLSTATE stays, since clients decide by it; the words are ours, since the
 * database's words quote keys, rows and literals. Nothing the database wrote is passed on, not even a name: the name of a
 * constraint or column may be one the caller is not shown. The log of the database holds the details.
 */
import { CONFLICT_MARKER, CordonError, NEW_ROW_MARKER } from '../errors/index.ts';
import { RETRY_WORDS, retryText } from './retry-text.ts';
import { textOfSqlstate } from './sqlstate-text.ts';

/** What is read of an error of the database. */
export interface DatabaseError {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

/** What a client may be told of it. */
export interface SafeError {
  readonly severity: 'ERROR' | 'FATAL' | 'PANIC';
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** Drivers prepare anew when they read these words (pgx and node drivers compare them; 0A000 alone has other causes). */
const STALE_PLAN_WORDS = 'cached plan must not change result type';

/** Makes an error of the database safe to send to a client. */
export function scrubDatabaseError(error: DatabaseError): SafeError {
  if (error.code === '22P02' && error.message.includes(NEW_ROW_MARKER)) return newRowDenied();
  // A hidden row in the way is answered like any other broken unique constraint.
  const code = error.code === '22P02' && error.message.includes(CONFLICT_MARKER) ? '23505' : error.code;
  return {
    severity: severityOf(error.severity),
    code,
    message: wordsOf({ ...error, code }),
    hint: hintOf(code),
  };
}

function newRowDenied(): SafeError {
  const denied = new CordonError('CORDON_NEW_ROW_DENIED');
  return { severity: 'ERROR', code: denied.sqlstate, message: denied.message, hint: denied.hint };
}

function severityOf(severity: string): SafeError['severity'] {
  return severity === 'FATAL' || severity === 'PANIC' ? severity : 'ERROR';
}

function wordsOf({ code, message }: DatabaseError): string {
  if (code === '40001' && message.startsWith(RETRY_WORDS)) return retryText(message);
  if (code === '0A000' && message.startsWith(STALE_PLAN_WORDS)) return STALE_PLAN_WORDS;
  return textOfSqlstate(code);
}

function hintOf(code: string): string | undefined {
  if (code === '40003') return 'look whether it was committed before you run it again';
  if (code.startsWith('40')) return 'run the transaction again';
  if (code.startsWith('23')) return 'the name of the constraint is in the log of the database';
  return undefined;
}
