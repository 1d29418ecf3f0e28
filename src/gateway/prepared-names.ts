import type { Portal } from './portal.ts';
import type { PreparedStatement } from './prepared-statement.ts';

/**
 * What a client has named: statements and portals. Upstream they have names of the gateway's own with a random part, so
 * that no text of a client can reach them there.
 */
export class PreparedNames {
  readonly statements = new Map<string, PreparedStatement>();
  readonly portals = new Map<string, Portal>();
  /** Statements that a DEALLOCATE of this unit takes away: their names may be given again behind it. */
  readonly going = new Set<PreparedStatement>();
  readonly #prefix: string;
  #count = 0;

  constructor(random: string) {
    this.#prefix = `cordon_${random}_`;
  }

  next(): string {
    this.#count += 1;
    return `${this.#prefix}${this.#count}`;
  }

  isTaken(name: string): boolean {
    const statement = this.statements.get(name);
    return statement !== undefined && !this.going.has(statement);
  }

  /** A name that nothing upstream has: the database answers as for any unknown name. */
  get unknown(): string {
    return `${this.#prefix}unknown`;
  }
}
