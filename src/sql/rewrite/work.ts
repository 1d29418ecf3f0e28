/**
 * How much rewriting one statement may ask for. A text of a few kilobytes can name a query again and again, each time twice
 * (`SELECT a.*, b.* FROM c1 a, c1 b`), so neither the length of a text nor its depth bounds what it stands for.
 */
import { CordonError, safeNumber, safeText } from '../../errors/index.ts';

/** Units of one statement: a second or two of work, and a few megabytes of columns. */
export const WORK_MAX = 10_000_000;

/** What one of each takes, by time or, for columns that stay, by memory (measured: a unit is some 100 ns or 10 bytes). */
const UNITS = {
  /** An expression is rewritten: a text of a million characters holds half a million of them. */
  expression: 10,
  /** A query or an arm of one. */
  query: 200,
  /** A name is compared, or a FROM item looked at. */
  look: 1,
  /** A column of a join is listed. */
  joined: 50,
  /** A column is spelled out for a star or a whole row. */
  spelled: 500,
} as const;

export class Work {
  #left = WORK_MAX;

  /** Throws CORDON_LIMIT_STATEMENT when the statement asks for too much. */
  spend(kind: keyof typeof UNITS, times = 1): void {
    this.#left -= UNITS[kind] * times;
    if (this.#left >= 0) return;
    const facts = { limit: safeText('work of rewriting'), maximum: safeNumber(WORK_MAX) };
    throw new CordonError('CORDON_LIMIT_STATEMENT', facts);
  }
}
