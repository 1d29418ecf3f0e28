import { Portals } from './portal.ts';
import type { PreparedStatement } from './prepared-statement.ts';

/**
 * What a client has named: statements and portals. Upstream they have names of the gateway's own with a random part, so
 * that no text of a client can reach them there.
 */
export class PreparedNames {
  readonly statements = new Map<string, PreparedStatement>();
  readonly portals = new Portals();
  /** Statements that a DEALLOCATE of this unit takes away: their names may be given again behind it. */
  readonly going = new Set<PreparedStatement>();
  readonly #prefix: string;
  #count = 0;

  constructor(random: string) {
    this.#prefix = `cordon_${random}_`;
  }

  unitEnded(): void {
    // To clear what is empty costs as much as to clear what is full.
    if (this.going.size > 0) this.going.clear();
  }

  next(): string {
    this.#count += 1;
    return `${this.#prefix}${this.#count}`;
  }

  isTaken(name: string): boolean {
    const statement = this.statements.get(name);
    return statement !== undefined && !this.going.has(statement);
  }

  /**
   * For a statement that takes away all prepared ones, or the one of this name: what to do when it has run, which answers those that went.
   * What is prepared behind it in the same batch stays.
   */
  forgetting(name: string | undefined): () => readonly PreparedStatement[] {
    const going = [...this.statements].filter(([own]) => name === undefined || own === name);
    for (const [, statement] of going) this.going.add(statement);
    return () => {
      for (const [own, statement] of going)
        if (this.statements.get(own) === statement) this.statements.delete(own);
      return going.map(([, statement]) => statement);
    };
  }

  /** The same for the end of a transaction, which takes the portals along. */
  forgettingPortals(): () => void {
    const going = this.portals.entries();
    return () => {
      for (const [name, portal] of going) if (this.portals.get(name) === portal) this.portals.delete(name);
    };
  }

  /** A name that nothing upstream has: the database answers as for any unknown name. */
  get unknown(): string {
    return `${this.#prefix}unknown`;
  }
}
