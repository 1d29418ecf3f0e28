/** What the database is to answer, in order: the gateway knows for each answer which message it belongs to. */
import type { CordonError } from '../errors/index.ts';
import type { TransactionStatus } from '../pgwire/index.ts';

export type ExpectedKind =
  | 'parse'
  | 'bind'
  | 'describe-statement'
  | 'describe-portal'
  | 'execute'
  | 'close'
  | 'sync'
  | 'query';

/** How many columns a row must have; undefined as long as nothing has described it. */
export interface RowShape {
  columns: number | undefined;
}

/** One statement that runs: of a Query, or the portal of an Execute. */
export interface ExpectedRun {
  /** Rows are the guard's own and do not reach the client. */
  readonly discardRows: boolean;
  readonly copyOut: boolean;
  /** The database has completed it. */
  readonly done?: (() => void) | undefined;
}

/**
 * The answers to one message. What is not so may be left out or undefined: one is made for each message, and to put it together from what
 * is there would cost more than the rest.
 */
export interface Expected {
  readonly kind: ExpectedKind;
  /** The client did not send it: its answers stay here. */
  readonly hidden?: boolean;
  /** Stands in place of a message that was refused: the database's error is replaced by this one. */
  readonly refusal?: CordonError;
  /** Of a Query: one for each statement. Of an Execute: one. */
  readonly runs?: readonly ExpectedRun[];
  readonly shape?: RowShape | undefined;
  /** Of a Describe: no rows will reach the client. */
  readonly discardRows?: boolean;
  /** Of a Describe of a statement: how many parameters are the client's. */
  readonly parameterCount?: number;
  /**
   * Of a Query that runs as a prepared statement: which of the messages that a Query does not have is answered first. Their
   * answers stay here.
   */
  readonly prologue?: 'parse' | 'bind' | undefined;
  /** Of such a Query: a Query describes its rows only when they follow, since they are all made before the first is sent. */
  readonly describesLate?: boolean;
  /** Of such a Query: the database does not have the statement, or no longer as it was prepared. */
  readonly unprepared?: (() => void) | undefined;
  /**
   * Of such a Query, outside of a transaction: runs it once more where the statement was stale. Nothing has run then, and the
   * client has no answer yet.
   */
  readonly again?: (() => void) | undefined;
  /** What the client receives in place of the database's message: it is answered with something else than it asked for. */
  readonly shown?: Buffer | undefined;
  /** The database has done it. */
  readonly done?: (() => void) | undefined;
  /** It failed, or was skipped after an error. */
  readonly undone?: (() => void) | undefined;
  /** Of a hidden Query: how it went. */
  readonly answered?: (answer: HiddenAnswer) => void;
}

/** How a Query of the gateway's own went. */
export interface HiddenAnswer {
  readonly status: TransactionStatus;
  readonly tag: string;
  /** The error of the database, made safe and encoded. */
  readonly error: Buffer | undefined;
}

/** More room than this is given back when nothing is awaited any more. */
const ROOM_MAX = 64;

/** The queue of what is awaited. */
export class ExpectedQueue {
  #items: Expected[] = [];
  /** Taken items are left in place until all are taken, so that a long batch costs no shifting; then their room is used again. */
  #taken = 0;
  #end = 0;

  get head(): Expected | undefined {
    return this.#taken === this.#end ? undefined : this.#items[this.#taken];
  }

  get length(): number {
    return this.#end - this.#taken;
  }

  push(item: Expected): void {
    this.#items[this.#end] = item;
    this.#end += 1;
  }

  take(): Expected | undefined {
    const item = this.head;
    if (item === undefined) return undefined;
    this.#taken += 1;
    if (this.#taken === this.#end) this.#startAnew();
    return item;
  }

  #startAnew(): void {
    if (this.#end > ROOM_MAX) this.#items = [];
    this.#taken = 0;
    this.#end = 0;
  }

  /** After an error the database skips everything up to Sync; answers whether that Sync was sent already. */
  skipToSync(): boolean {
    const skipped: Expected[] = [];
    while (this.head !== undefined && this.head.kind !== 'sync') skipped.push(this.take() as Expected);
    for (const item of skipped.reverse()) item.undone?.();
    return this.head !== undefined;
  }
}
