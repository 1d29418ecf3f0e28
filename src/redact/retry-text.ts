/**
 * What CockroachDB asks a client to run again, without the key of the row that was in the way. The words are those of its
 * transaction retry error reference and of the enumerations in `pkg/kv/kvpb/errors.proto`.
 */

/** The first words of its retry errors, which its clients look for. */
export const RETRY_WORDS = 'restart transaction';

const REASONS: ReadonlySet<string> = new Set([
  'TransactionRetryWithProtoRefreshError',
  'TransactionRetryError',
  'TransactionAbortedError',
  'WriteTooOldError',
  'ReadWithinUncertaintyIntervalError',
  'ExclusionViolationError',
  'RETRY_REASON_UNKNOWN',
  'RETRY_WRITE_TOO_OLD',
  'RETRY_SERIALIZABLE',
  'RETRY_ASYNC_WRITE_FAILURE',
  'RETRY_COMMIT_DEADLINE_EXCEEDED',
  'ABORT_REASON_UNKNOWN',
  'ABORT_REASON_ABORTED_RECORD_FOUND',
  'ABORT_REASON_CLIENT_REJECT',
  'ABORT_REASON_PUSHER_ABORTED',
  'ABORT_REASON_ABORT_SPAN',
  'ABORT_REASON_NEW_LEASE_PREVENTS_TXN',
  'ABORT_REASON_RECORD_ALREADY_WRITTEN_POSSIBLE_REPLAY',
  'ABORT_REASON_TIMESTAMP_CACHE_REJECTED',
]);

// What follows the first character of another kind may be a key, a name or a number.
const FIXED_PART = /^[A-Za-z_:() ]*/;

/** The text of a retry error: its first words, and the reasons of the list that stand before anything that varies. */
export function retryText(message: string): string {
  const words = FIXED_PART.exec(message)?.[0].split(/[^A-Za-z_]+/) ?? [];
  const reasons = words.filter((word) => REASONS.has(word));
  return [RETRY_WORDS, ...reasons, 'the transaction conflicts with another one'].join(': ');
}
