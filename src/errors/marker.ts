/**
 * Texts that a rewritten statement makes the database fail to read as a boolean (22P02), so that a failed check of the guard
 * can be told from any other error, in any language the server writes its messages in.
 */
export const NEW_ROW_MARKER = 'cordon:new-row';

/** A conflicting row exists that the caller may not see or change: answered like any other broken unique constraint. */
export const CONFLICT_MARKER = 'cordon:conflict';
