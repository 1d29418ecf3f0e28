/**
 * COPY FROM STDIN. The database never sees the COPY: rows are read here and inserted through the guard in statements of
 * some hundred rows, so that every rule, stamp and check holds for them. All of it is one transaction, as a COPY is.
 */
import { CordonError } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import type { CopyTarget } from '../guard/types.ts';
import {
  CopyDecoder,
  type CopyRow,
  encodeBackend,
  type Format,
  type TransactionStatus,
} from '../pgwire/index.ts';
import { insertText, rowBytes } from './copy-insert.ts';
import { errorAnswer } from './error-answer.ts';
import type { HiddenAnswer } from './expected.ts';
import { checkRefusal } from './refusal.ts';
import type { UnitContext } from './unit.ts';

/** How a COPY ended. */
export interface CopyOutcome {
  /** CommandComplete or ErrorResponse. */
  readonly answer: Buffer;
  readonly isFailed: boolean;
  readonly status: TransactionStatus;
}

/** Where rows go, and how the server would read them. */
export interface CopySource extends CopyTarget {
  /** `\.` ends CSV data: so it is before PostgreSQL 18, and on CockroachDB. */
  readonly hasCsvMarker: boolean;
}

const TEXT: Format = 0;

/** The database refused an INSERT; its error is made safe already. */
class CopyFailure extends Error {
  readonly answer: Buffer;
  constructor(answer: Buffer) {
    super('the database refused rows of a COPY');
    this.answer = answer;
  }
}

export class CopyIn {
  readonly #unit: UnitContext;
  readonly #target: CopySource;
  readonly #principal: Principal;
  readonly #decoder: CopyDecoder;
  /** Whether the transaction is the COPY's own. */
  readonly #ownsTransaction: boolean;
  #rows: CopyRow[] = [];
  #bytes = 0;
  #count = 0;
  #status: TransactionStatus;

  constructor(unit: UnitContext, target: CopySource, principal: Principal, status: TransactionStatus) {
    this.#unit = unit;
    this.#target = target;
    this.#principal = principal;
    this.#decoder = new CopyDecoder({ ...target, columns: target.columns.length });
    this.#ownsTransaction = status === 'I';
    this.#status = status;
  }

  /** What tells the client to send its data. */
  get invitation(): Buffer {
    const columnFormats = this.#target.columns.map(() => TEXT);
    return encodeBackend({ kind: 'CopyInResponse', format: TEXT, columnFormats });
  }

  async start(): Promise<void> {
    if (this.#ownsTransaction) await this.#ask('BEGIN');
  }

  /** Takes a piece of the data; answers how the COPY ended if it failed. */
  async data(bytes: Buffer): Promise<CopyOutcome | undefined> {
    try {
      await this.#insertAll(this.#decoder.push(bytes), false);
      return undefined;
    } catch (error) {
      return this.#abort(error);
    }
  }

  async done(): Promise<CopyOutcome> {
    try {
      await this.#insertAll(this.#decoder.end(), true);
      if (this.#ownsTransaction) await this.#ask('COMMIT');
    } catch (error) {
      return this.#abort(error);
    }
    const answer = encodeBackend({ kind: 'CommandComplete', tag: `COPY ${this.#count}` });
    return { answer, isFailed: false, status: this.#status };
  }

  /** The client gave up. */
  abandon(): Promise<CopyOutcome> {
    return this.#abort(new CordonError('CORDON_COPY_ABANDONED'));
  }

  async #insertAll(rows: readonly CopyRow[], atEnd: boolean): Promise<void> {
    const { copyRowsMax, copyBytesMax } = this.#unit.gateway.limits;
    for (const row of rows) {
      this.#rows.push(row);
      this.#bytes += rowBytes(row);
      if (this.#rows.length >= copyRowsMax || this.#bytes >= copyBytesMax) await this.#insert();
    }
    if (atEnd) await this.#insert();
  }

  async #insert(): Promise<void> {
    if (this.#rows.length === 0) return;
    const text = insertText(this.#target, this.#rows);
    this.#rows = [];
    this.#bytes = 0;
    const [statement] = checkRefusal(this.#unit, this.#unit.guard.judgeQuery(text, this.#principal));
    if (statement === undefined) return;
    const { tag } = await this.#ask(statement.textFor(this.#principal));
    this.#count += Number(tag.split(' ').at(-1));
  }

  async #ask(text: string): Promise<HiddenAnswer> {
    const answer = await this.#unit.exchange.ask(text);
    this.#status = answer.status;
    if (answer.error !== undefined) throw new CopyFailure(answer.error);
    return answer;
  }

  async #abort(error: unknown): Promise<CopyOutcome> {
    const answer = answerOf(error);
    const { exchange } = this.#unit;
    if (this.#ownsTransaction) this.#status = (await exchange.ask('ROLLBACK')).status;
    else if (this.#status === 'T') this.#status = await exchange.failTransaction();
    return { answer, isFailed: true, status: this.#status };
  }
}

function answerOf(error: unknown): Buffer {
  if (error instanceof CopyFailure) return error.answer;
  if (error instanceof CordonError) return errorAnswer(error);
  throw error;
}
