import { CordonError } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import { assertFresh } from '../guard/freshness.ts';

/** What held before a SET presented somebody. */
interface Presented {
  readonly transaction: number;
  readonly before: Principal | undefined;
  readonly connection: Principal | undefined;
}

/**
 * Who asks on a connection.
 *
 * An identity presented in a transaction ends with it; one of the connection itself stays. A transaction has one caller:
 * from nobody to somebody is the one change it allows. Messages of a unit are judged before the database has answered any
 * of them, so the ends of transactions are foreseen here and confirmed by `transactionEnded`; what was foreseen and did
 * not happen is taken back when the unit ends.
 */
export class Caller {
  readonly #nobody: Principal;
  #connection: Principal | undefined;
  /** The caller of the transaction open at the start of the unit, then of each that the unit begins behind it. */
  readonly #transactions: (Principal | undefined)[] = [undefined];
  #ended = 0;
  /** Callers that a SET presented, as long as the database has not run it. */
  #unconfirmed: Presented[] = [];

  constructor(nobody: Principal, connection: Principal | undefined) {
    this.#nobody = nobody;
    this.#connection = connection;
  }

  /** Whom the next statement is judged for. */
  get current(): Principal {
    return this.#transactions.at(-1) ?? this.base;
  }

  /** Whom a statement is judged for when nobody is presented. */
  get base(): Principal {
    return this.#connection ?? this.#nobody;
  }

  get isOfConnection(): boolean {
    return this.#connection !== undefined;
  }

  /** Presents a caller for the present transaction. */
  present(principal: Principal): void {
    const present = this.#transactions.at(-1) ?? this.#connection;
    if (present !== undefined && present.fingerprint !== principal.fingerprint) {
      throw new CordonError('CORDON_CALLER_CHANGED');
    }
    this.#transactions[this.#transactions.length - 1] = principal;
  }

  /**
   * Presents the caller of a SET, or a fresh token of the caller that the connection was opened for; what is answered
   * confirms that the database has run it. Without that it is taken back when the unit ends.
   */
  renew(principal: Principal): () => void {
    const transaction = this.#transactions.length - 1;
    const presented = { transaction, before: this.#transactions[transaction], connection: this.#connection };
    this.present(principal);
    if (this.#connection !== undefined) this.#connection = principal;
    this.#unconfirmed.push(presented);
    return () => {
      this.#unconfirmed = this.#unconfirmed.filter((other) => other !== presented);
    };
  }

  /** Refuses a caller whose token has run out. */
  assertFresh(nowMs: number): void {
    assertFresh(this.current, nowMs);
  }

  /** A COMMIT or ROLLBACK was sent: what follows it belongs to another transaction. */
  foreseeEnd(): void {
    this.#transactions.push(undefined);
  }

  /** The database has answered a COMMIT or ROLLBACK. */
  transactionEnded(): void {
    this.#ended += 1;
  }

  /** The database is ready for another unit, inside a transaction or not. */
  unitEnded(inTransaction: boolean): void {
    if (this.#unconfirmed.length > 0) this.#takeBack();
    const open = inTransaction ? this.#transactions[this.#ended] : undefined;
    if (this.#transactions.length > 1) this.#transactions.length = 1;
    this.#transactions[0] = open;
    this.#ended = 0;
  }

  #takeBack(): void {
    for (const { transaction, before, connection } of this.#unconfirmed.reverse()) {
      this.#transactions[transaction] = before;
      this.#connection = connection;
    }
    this.#unconfirmed = [];
  }
}
