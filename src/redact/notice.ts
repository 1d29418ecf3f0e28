import { textOfSqlstate } from './sqlstate-text.ts';

/** What a client may be told of a notice. */
export interface SafeNotice {
  readonly severity: 'WARNING';
  readonly code: string;
  readonly message: string;
}

/**
 * Notices about the client's own transaction commands, which carry no data. A notice of any other kind may be one that a
 * trigger or function printed a row with.
 */
const PASSING: ReadonlySet<string> = new Set(['25001', '25P01']);

/** Makes a notice safe, or undefined when it is not passed on. */
export function scrubNotice(code: string): SafeNotice | undefined {
  return PASSING.has(code) ? { severity: 'WARNING', code, message: textOfSqlstate(code) } : undefined;
}
