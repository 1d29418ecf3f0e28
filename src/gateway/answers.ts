/**
 * The way back: reads what the database sends, matches it to what is awaited, and passes on what the client may see.
 *
 * Runs of messages that pass unchanged leave as one slice. Errors, notices and status messages are built anew from a
 * short list of fields; a message that is not awaited ends the connection to the database, since nothing after it can be
 * attributed to a statement.
 */
import type { CordonError } from '../errors/index.ts';
import { scrubDatabaseError, scrubNotice } from '../guard/answers.ts';
import {
  type BackendMessage,
  backendFrameLimits,
  decodeBackendFrame,
  type ErrorFields,
  encodeBackend,
  FrameRun,
  FrameScanner,
  type TransactionStatus,
  typeByte,
} from '../pgwire/index.ts';
import { errorAnswer, noticeAnswer, safeErrorAnswer } from './error-answer.ts';
import { type Expected, type ExpectedKind, ExpectedQueue, type ExpectedRun } from './expected.ts';
import { unawaited } from './unawaited.ts';

/** What the answers tell their session. */
export interface AnswerEvents {
  /** A unit of the client's is over. */
  readonly onReady: (status: TransactionStatus) => void;
  /** The database refused something. `skipping`: a batch is under way whose Sync was not sent yet. */
  readonly onError: (sqlstate: string, refusal: CordonError | undefined, skipping: boolean) => void;
  /** The database ends the connection with this error, which was passed on. */
  readonly onFatal: () => void;
  /** A setting was reported; answers what to tell the client, if anything. */
  readonly onParameter: (name: string, value: string) => string | undefined;
}

const T = {
  bindComplete: typeByte('2'),
  closeComplete: typeByte('3'),
  commandComplete: typeByte('C'),
  copyData: typeByte('d'),
  copyDone: typeByte('c'),
  copyOut: typeByte('H'),
  dataRow: typeByte('D'),
  emptyQuery: typeByte('I'),
  error: typeByte('E'),
  noData: typeByte('n'),
  notice: typeByte('N'),
  notification: typeByte('A'),
  parameterDescription: typeByte('t'),
  parameterStatus: typeByte('S'),
  parseComplete: typeByte('1'),
  portalSuspended: typeByte('s'),
  ready: typeByte('Z'),
  rowDescription: typeByte('T'),
} as const;

/** The database has lost a prepared statement, or its rows have become others since. */
const STALE: ReadonlySet<string> = new Set(['26000', '0A000']);

const NO_DATA = encodeBackend({ kind: 'NoData' });
const HEADER_BYTES = 5;

export class Answers {
  readonly expected = new ExpectedQueue();
  readonly #events: AnswerEvents;
  readonly #scanner: FrameScanner;
  readonly #run = new FrameRun();
  /** What leaves for the client at the end of this turn. */
  #out: Buffer[] = [];
  /** Which run of the Query at the head is under way. */
  #runIndex = 0;
  /** Of the Query at the head. */
  #columns: number | undefined;
  #tag = '';
  #error: Buffer | undefined;
  /** Of the prologue of the Query at the head. */
  #isParsed = false;
  #isBound = false;
  #again: (() => void) | undefined;
  /** A description that is told when rows follow, or the end of the statement. */
  #held: Buffer | undefined;
  readonly #acceptsRow = (buffer: Buffer, start: number): boolean =>
    this.#columns === undefined || buffer.readUInt16BE(start + HEADER_BYTES) === this.#columns;

  constructor(events: AnswerEvents, messageBytesMax: number) {
    this.#events = events;
    this.#scanner = new FrameScanner(backendFrameLimits(messageBytesMax));
  }

  get isInsideMessage(): boolean {
    return this.#scanner.isInsideMessage;
  }

  /** Reads what the database sent; answers what the client is to receive, in order. Throws when it is not understood. */
  read(chunk: Buffer): readonly Buffer[] {
    this.#scanner.push(chunk);
    for (let step = this.#scanner.next(); step !== 'none'; step = this.#scanner.next()) {
      if (step === 'part') this.#readPart();
      else this.#readMessage();
    }
    this.#flushRun();
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #readMessage(): void {
    switch (this.#scanner.type) {
      case T.dataRow:
        this.#readRows();
        return;
      case T.copyData:
      case T.copyDone:
        this.#passIf(this.#present().copyOut);
        return;
      case T.copyOut:
        if (!this.#present().copyOut) throw unawaited(T.copyOut);
        this.#pass();
        return;
      case T.parseComplete:
        if (!this.#isPrologue('parse')) this.#complete('parse');
        return;
      case T.bindComplete:
        if (!this.#isPrologue('bind')) this.#complete('bind');
        return;
      case T.closeComplete:
        this.#complete('close');
        return;
      case T.portalSuspended:
        this.#complete('execute');
        return;
      case T.commandComplete:
      case T.emptyQuery:
        this.#readCompletion();
        return;
      case T.rowDescription:
        this.#readRowDescription();
        return;
      case T.noData:
        this.#readNoData();
        return;
      case T.parameterDescription:
        this.#readParameters();
        return;
      case T.ready:
        this.#readReady();
        return;
      case T.error:
        this.#readError();
        return;
      case T.notice:
        this.#readNotice();
        return;
      case T.parameterStatus:
        this.#readParameterStatus();
        return;
      case T.notification:
        return;
      default:
        throw unawaited(this.#scanner.type);
    }
  }

  // A long row or piece of COPY data passes as it comes; its field count stands in the first part.
  #readPart(): void {
    const run = this.#present();
    if (this.#scanner.type === T.copyData) {
      this.#passIf(run.copyOut);
      return;
    }
    if (this.#scanner.first) this.#judgeRow();
    if (!this.#isDropped(run)) this.#pass();
  }

  #readRows(): void {
    const run = this.#present();
    this.#judgeRow();
    this.#scanner.extend(this.#acceptsRow);
    if (!this.#isDropped(run)) this.#pass();
  }

  // A row of another width than was described holds a column that nobody judged; in a Query each statement describes its rows.
  #judgeRow(): void {
    const head = this.expected.head;
    if (head?.kind === 'execute') this.#columns = head.shape?.columns;
    else if (this.#columns === undefined) throw unawaited(T.dataRow);
    if (!this.#acceptsRow(this.#scanner.buffer, this.#scanner.start)) throw unawaited(T.dataRow);
  }

  #isDropped(run: ExpectedRun): boolean {
    return run.discardRows || this.expected.head?.hidden === true;
  }

  /** What runs now; rows and copy data can belong to nothing else. */
  #present(): ExpectedRun {
    const run = this.expected.head?.runs?.[this.#runIndex];
    if (run === undefined) throw unawaited(this.#scanner.type);
    this.#assertBound();
    return run;
  }

  /** Whether this completes a message of the prologue of a Query that runs as a prepared statement. */
  #isPrologue(kind: 'parse' | 'bind'): boolean {
    const prologue = this.expected.head?.prologue;
    if (prologue === undefined || this.#isBound) return false;
    if (kind === 'bind') {
      this.#isBound = this.#isParsed || prologue === 'bind';
      return this.#isBound;
    }
    if (prologue === 'bind' || this.#isParsed) return false;
    this.#isParsed = true;
    return true;
  }

  /** Before the prologue is over nothing of the statement itself can come. */
  #assertBound(): void {
    if (this.expected.head?.prologue !== undefined && !this.#isBound) throw unawaited(this.#scanner.type);
  }

  #complete(kind: ExpectedKind): void {
    const item = this.#takeHead(kind);
    if (item.shown !== undefined) this.#show(item.shown);
    else if (item.hidden !== true) this.#pass();
    item.done?.();
  }

  /** In place of the present message; of the same length it can be written over, and the run goes on. */
  #show(message: Buffer): void {
    const { buffer, start, end } = this.#scanner;
    if (message.length !== end - start) {
      this.#add(message);
      return;
    }
    message.copy(buffer, start);
    this.#pass();
  }

  #takeHead(kind: ExpectedKind): Expected {
    if (this.expected.head?.kind !== kind) throw unawaited(this.#scanner.type);
    return this.expected.take() as Expected;
  }

  #readCompletion(): void {
    const head = this.expected.head;
    const run = this.#present();
    if (head?.hidden !== true) this.#pass();
    else this.#tag = this.#scanner.type === T.commandComplete ? this.#decode('CommandComplete').tag : '';
    run.done?.();
    if (head?.kind === 'execute') this.expected.take();
    else {
      this.#runIndex += 1;
      this.#columns = undefined;
    }
  }

  #readRowDescription(): void {
    const head = this.expected.head;
    const columns = this.#scanner.buffer.readUInt16BE(this.#scanner.start + HEADER_BYTES);
    if (head?.kind === 'query') {
      this.#columns = columns;
      if (this.#isDropped(this.#present())) return;
      if (head.describesLate === true) this.#held = Buffer.from(this.#scanner.whole());
      else this.#pass();
      return;
    }
    const item = this.#takeDescribe();
    if (item.shape !== undefined) item.shape.columns = columns;
    if (item.discardRows === true) this.#add(NO_DATA);
    else this.#pass();
  }

  #readNoData(): void {
    // A Query says nothing of a statement without rows.
    if (this.expected.head?.prologue !== undefined) {
      this.#present();
      return;
    }
    this.#takeDescribe();
    this.#pass();
  }

  #takeDescribe(): Expected {
    return this.#takeHead(
      this.expected.head?.kind === 'describe-portal' ? 'describe-portal' : 'describe-statement',
    );
  }

  #readParameters(): void {
    const head = this.expected.head;
    if (head?.kind !== 'describe-statement') throw unawaited(this.#scanner.type);
    const { types } = this.#decode('ParameterDescription');
    const own = types.slice(0, head.parameterCount ?? 0);
    if (own.length === types.length) this.#pass();
    else this.#add(encodeBackend({ kind: 'ParameterDescription', types: own }));
  }

  #readReady(): void {
    const { status } = this.#decode('ReadyForQuery');
    const kind = this.expected.head?.kind;
    if (kind !== 'sync' && kind !== 'query') throw unawaited(this.#scanner.type);
    const item = this.expected.take() as Expected;
    const answer = { status, tag: this.#tag, error: this.#error };
    this.#runIndex = 0;
    this.#columns = undefined;
    this.#tag = '';
    this.#error = undefined;
    this.#isParsed = false;
    this.#isBound = false;
    const again = this.#again;
    this.#again = undefined;
    if (again !== undefined) {
      again();
      return;
    }
    if (item.hidden === true) {
      item.answered?.(answer);
      return;
    }
    this.#pass();
    this.#flushRun();
    this.#events.onReady(status);
  }

  #readError(): void {
    const { fields } = this.#decode('ErrorResponse');
    const head = this.expected.head;
    if (fields.severity === 'FATAL' || fields.severity === 'PANIC' || head === undefined) {
      this.#readFatal(fields);
      return;
    }
    if (this.#isRunAgain(head, fields.code)) return;
    this.#held = undefined;
    const answer =
      head.refusal === undefined
        ? safeErrorAnswer(scrubDatabaseError(fields))
        : errorAnswer(head.refusal, 'ERROR');
    if (head.hidden === true && head.kind === 'query') this.#error = answer;
    else this.#add(answer);
    this.#skip(head, fields.code);
  }

  /** Looks after a prepared statement that failed before it ran; whether the Query is to be run again. */
  #isRunAgain(head: Expected, sqlstate: string): boolean {
    if (head.prologue === undefined || this.#isBound) return false;
    const isStale = STALE.has(sqlstate);
    if (isStale || (head.prologue === 'parse' && !this.#isParsed)) head.unprepared?.();
    if (!isStale || head.again === undefined) return false;
    this.#again = head.again;
    return true;
  }

  #skip(head: Expected, sqlstate: string): void {
    const inBatch = head.kind !== 'query' && head.kind !== 'sync';
    if (head.kind === 'query') head.undone?.();
    const skipping = inBatch && !this.expected.skipToSync();
    if (head.hidden !== true) this.#events.onError(sqlstate, head.refusal, skipping);
    else if (skipping) this.#events.onError(sqlstate, undefined, true);
  }

  #readFatal(fields: ErrorFields): void {
    this.#add(safeErrorAnswer(scrubDatabaseError({ ...fields, severity: 'FATAL' })));
    this.#events.onFatal();
  }

  #readNotice(): void {
    const notice = scrubNotice(this.#decode('NoticeResponse').fields.code);
    if (notice !== undefined && this.expected.head?.hidden !== true) this.#add(noticeAnswer(notice));
  }

  #readParameterStatus(): void {
    const { name, value } = this.#decode('ParameterStatus');
    const shown = this.#events.onParameter(name, value);
    if (shown !== undefined) this.#add(encodeBackend({ kind: 'ParameterStatus', name, value: shown }));
  }

  #decode<K extends BackendMessage['kind']>(kind: K): Extract<BackendMessage, { kind: K }> {
    const { type, buffer, payloadStart, end } = this.#scanner;
    const message = decodeBackendFrame(type, buffer, payloadStart, end);
    if (message.kind !== kind) throw unawaited(this.#scanner.type);
    return message as Extract<BackendMessage, { kind: K }>;
  }

  #passIf(awaited: boolean): void {
    if (!awaited) throw unawaited(this.#scanner.type);
    this.#pass();
  }

  #pass(): void {
    if (this.#held !== undefined) {
      const held = this.#held;
      this.#held = undefined;
      this.#add(held);
    }
    const before = this.#run.add(this.#scanner);
    if (before !== undefined) this.#out.push(before);
  }

  #add(message: Buffer): void {
    this.#flushRun();
    this.#out.push(message);
  }

  #flushRun(): void {
    const run = this.#run.take();
    if (run !== undefined) this.#out.push(run);
  }
}
