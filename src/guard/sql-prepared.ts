import { CordonError, safeNumber, safeText } from '../errors/index.ts';
import type { GuardedStatement } from './types.ts';

/** A statement made by SQL's PREPARE. */
interface Entry {
  readonly role: string;
  /** Claims that EXECUTE brings behind the client's own values. */
  readonly claims: readonly string[];
  readonly discardRows: boolean;
  /** As sent, to be sent again where the database has lost it. */
  readonly text: string;
}

/**
 * Statements made by SQL's PREPARE, as the database has them. The guard writes an EXECUTE for the PREPARE that it judged
 * last; whether the database ran that PREPARE is known here alone. So an EXECUTE passes only if it was written for what the
 * database holds: PREPARE and DEALLOCATE are foreseen when they are sent, and confirmed when they have run.
 */
export class SqlPrepared {
  readonly #entriesMax: number;
  readonly #confirmed = new Map<string, Entry>();
  #foreseen = new Map<string, Entry>();
  /** Something was foreseen in this unit. */
  #isOpen = false;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** Checks a statement that concerns prepared ones, and answers what to do when the database has run it. */
  foresee(statement: GuardedStatement, text: string, role: string): (() => void) | undefined {
    const { effect, kind, claims, discardRows } = statement;
    switch (effect.kind) {
      case 'prepare':
        return this.#prepare(effect.name, { role, claims, discardRows, text });
      case 'execute':
        this.#assertSame(this.#foreseen.get(effect.name), statement, role);
        return undefined;
      case 'deallocate':
        return this.#deallocate(effect.name);
      case 'discard':
        // RESET ALL is a `set`; it keeps what was prepared.
        return kind === 'set' ? undefined : this.#deallocate(undefined);
      default:
        return undefined;
    }
  }

  /** The database holds none. */
  get isEmpty(): boolean {
    return this.#confirmed.size === 0;
  }

  has(name: string): boolean {
    return this.#foreseen.has(name);
  }

  /** What was foreseen and not confirmed did not happen. */
  unitEnded(): void {
    if (this.#isOpen) this.#foreseen = new Map(this.#confirmed);
    this.#isOpen = false;
  }

  /** The texts to send where the database has lost what was prepared. */
  texts(): readonly string[] {
    return [...this.#confirmed.values()].map(({ text }) => text);
  }

  #prepare(name: string, entry: Entry): () => void {
    if (this.#foreseen.has(name)) throw new CordonError('CORDON_PREPARED_EXISTS');
    if (this.#foreseen.size >= this.#entriesMax) {
      const maximum = safeNumber(this.#entriesMax);
      throw new CordonError('CORDON_LIMIT_SESSION', { limit: safeText('prepared statements'), maximum });
    }
    this.#isOpen = true;
    this.#foreseen.set(name, entry);
    return () => this.#confirmed.set(name, entry);
  }

  #assertSame(entry: Entry | undefined, { claims, discardRows }: GuardedStatement, role: string): void {
    const isSame =
      entry?.role === role &&
      entry.discardRows === discardRows &&
      entry.claims.length === claims.length &&
      entry.claims.every((claim, index) => claim === claims[index]);
    if (!isSame) throw new CordonError('CORDON_PREPARED_UNKNOWN');
  }

  #deallocate(name: string | undefined): () => void {
    this.#isOpen = true;
    remove(this.#foreseen, name);
    return () => remove(this.#confirmed, name);
  }
}

function remove(entries: Map<string, Entry>, name: string | undefined): void {
  if (name === undefined) entries.clear();
  else entries.delete(name);
}
