/**
 * One client after its login. Messages are handled unit by unit: a Query, or a batch up to its Sync. The next unit waits
 * for ReadyForQuery, so that each unit begins with the transaction state, the caller and the guard that hold then.
 */
import { CordonError, InvariantError, type Safe, safeName, safeText } from '../errors/index.ts';
import { nobody, type Principal } from '../guard/answers.ts';
import { SqlPrepared } from '../guard/sql-prepared.ts';
import {
  advance,
  decodeFrontendFrame,
  encodeBackend,
  encodeFrontend,
  type FrameScanner,
  type FrontendKind,
  type FrontendMessage,
  type FrontendState,
  frontendFrameLimits,
  frontendKind,
  observe,
  ProtocolError,
  type TransactionStatus,
} from '../pgwire/index.ts';
import { Batch, type BatchMessage } from './batch.ts';
import { bugText } from './bug-text.ts';
import { Caller } from './caller.ts';
import type { ClientChannel } from './client-channel.ts';
import type { GatewayContext } from './context.ts';
import { CopyIn, type CopyOutcome } from './copy-in.ts';
import { errorAnswer } from './error-answer.ts';
import { Exchange } from './exchange.ts';
import type { Expected } from './expected.ts';
import { IdleTimer } from './idle-timer.ts';
import { PreparedNames } from './prepared-names.ts';
import { SessionGuard } from './session-guard.ts';
import { SessionLink } from './session-link.ts';
import { type QueryOutcome, runQuery } from './simple-query.ts';
import { ToldParameters } from './told-parameters.ts';
import type { MessageOf, UnitContext } from './unit.ts';
import type { SessionSettings } from './upstream/upstream.ts';

export interface SessionStart {
  /** Counts connections, for the log. */
  readonly id: number;
  /** The caller whom the connection was opened for. */
  readonly connectionCaller: Principal | undefined;
  readonly settings: SessionSettings;
  /** Sixteen hexadecimal digits nobody can guess. */
  readonly random: string;
  readonly applicationName: string;
  /** May hold what the client sent right behind its login. */
  readonly scanner: FrameScanner;
  readonly onEnd: () => void;
  /** A setting that the database reports; answers what the client is told. */
  readonly onParameter: (name: string, value: string) => string | undefined;
}

/** How long a client that has closed its side may wait for its answers: a program that was ended closes its side too. */
const HALF_CLOSED_MS = 2_000;

const SYNC = encodeFrontend({ kind: 'Sync' });
const SYNCED: Expected = { kind: 'sync' };
const FLUSH = encodeFrontend({ kind: 'Flush' });

export class Session {
  readonly #gateway: GatewayContext;
  readonly #client: ClientChannel;
  readonly #start: SessionStart;
  readonly #scanner: FrameScanner;
  readonly #exchange: Exchange;
  readonly #caller: Caller;
  readonly #names: PreparedNames;
  readonly #sqlPrepared: SqlPrepared;
  readonly #timer: IdleTimer;
  readonly #batch: Batch;
  readonly #unit: UnitContext;
  readonly #link: SessionLink;
  #state: FrontendState = { phase: 'ready', copyDraining: false };
  #status: TransactionStatus = 'I';
  readonly #guard: SessionGuard;
  /** How many pieces of work are under way; what the client sends meanwhile waits in `#waiting`. */
  #works = 0;
  /** A Query or Sync was sent, and ReadyForQuery has not come. */
  #isAwaitingReady = false;
  /** It has come in this turn. */
  #isReadyDue = false;
  /** A transaction has ended, and its connection is to be let go of. */
  #isReleaseDue = false;
  /** What the database said last was not understood: nobody knows what it says next. */
  #isOutOfStep = false;
  #waiting: Buffer[] = [];
  #isInUnit = false;
  /** The message before this one was of a batch that has no Sync yet. */
  #isBehindBatch = false;
  /** The client’s last message was a Flush: it awaits the answers to all before. */
  #isFlushed = false;
  #unitStartedMs = 0;
  #copy: CopyIn | undefined;
  #schemaChanged = false;
  #isFatal = false;
  #isClientDone = false;
  #isEnding = false;
  #isEnded = false;
  readonly #told: ToldParameters;

  constructor(gateway: GatewayContext, client: ClientChannel, start: SessionStart) {
    this.#gateway = gateway;
    this.#client = client;
    this.#start = start;
    this.#scanner = start.scanner;
    this.#caller = new Caller(nobody, start.connectionCaller);
    this.#names = new PreparedNames(start.random);
    this.#sqlPrepared = new SqlPrepared(gateway.limits.statementsMax);
    this.#timer = new IdleTimer(gateway.limits, (error) => this.#idle(error));
    this.#exchange = new Exchange(
      client,
      {
        onReady: (status) => this.#unitEnded(status),
        onError: (sqlstate, refusal, skipping) => this.#noteError(sqlstate, refusal, skipping),
        onFatal: () => {
          this.#isFatal = true;
        },
        onParameter: (name, value) => this.#told.report(this.#link, name, value),
      },
      gateway.limits.messageBytesMax,
    );
    this.#guard = new SessionGuard(gateway);
    this.#told = new ToldParameters(start.applicationName, start.onParameter);
    this.#unit = this.#unitContext();
    this.#link = this.#newLink();
    this.#batch = new Batch(this.#unit, this.#names, () => this.#link.generation);
    this.#timer.start(this.#status);
  }

  #newLink(): SessionLink {
    const { settings, applicationName } = this.#start;
    const all =
      applicationName === '' ? settings : new Map([...settings, ['application_name', applicationName]]);
    return new SessionLink(this.#gateway, this.#exchange, this.#sqlPrepared, all, {
      onBytes: (bytes) => this.#receiveAnswer(bytes),
      onDrain: () => this.#exchange.linkDrained(),
      onClose: () => this.#linkClosed(),
    });
  }

  /** Opens the way to the database now instead of at the first statement; answers what it reports. */
  async open(): Promise<ReadonlyMap<string, string>> {
    await this.#link.open();
    return this.#link.parameters;
  }

  /** The client was told that it may send statements. */
  begin(): void {
    this.#scanner.limits = frontendFrameLimits(this.#gateway.limits.messageBytesMax);
    this.#pump();
  }

  receive(chunk: Buffer): void {
    if (this.#isEnded) return;
    if (this.#isBusy) {
      if (this.#waiting.length === 0) this.#client.pause();
      this.#waiting.push(chunk);
      return;
    }
    if (this.#isInUnit) this.#timer.stop();
    this.#scanner.push(chunk);
    this.#pump();
  }

  clientDrained(): void {
    this.#exchange.clientDrained();
  }

  /**
   * The client sends no more, and may still read: what it has sent is answered. Whether it is gone cannot be told from
   * that, so it is taken for gone when the answers take long.
   */
  clientEnded(): void {
    this.#isClientDone = true;
    setTimeout(() => this.#isEnded || this.clientClosed(), HALF_CLOSED_MS).unref();
    this.#pump();
  }

  /** The client is gone: what it runs is canceled. */
  clientClosed(): void {
    this.#exchange.cancel();
    // One that has only closed its side would stay open for ever, counted by nobody.
    this.#client.destroy();
    this.#finish();
  }

  /** A cancel request with this session's key came in. */
  cancel(): void {
    if (this.#isInUnit) this.#exchange.cancel();
  }

  /** The gateway shuts down: ends now, or when the transaction does. */
  shutDown(): void {
    this.#isEnding = true;
    if (!this.#isInUnit && this.#status === 'I') this.#end(new CordonError('CORDON_SHUTDOWN'));
  }

  /** Ends the session now. */
  abort(error: CordonError): void {
    this.#exchange.cancel();
    this.#end(error);
  }

  // The unit's view of the session: read where it is used, so that it is never out of date.
  #unitContext(): UnitContext {
    const session = this;
    return {
      gateway: this.#gateway,
      exchange: this.#exchange,
      caller: this.#caller,
      sqlPrepared: this.#sqlPrepared,
      get guard() {
        return session.#guard.current;
      },
      get guardVersion() {
        return session.#guard.version;
      },
      get prepared() {
        return session.#link.prepared;
      },
      get shared() {
        return session.#link.isShared ? session.#link.prepared : undefined;
      },
      get isFailed() {
        return session.#status === 'E';
      },
      get isOutside() {
        return session.#status === 'I';
      },
      isTypeName: (text) => this.#gateway.guardInForce().guard.isTypeName(text),
      note: (trace) => this.#link.note(trace),
      discarded: () => this.#link.discarded(),
      noteSchema: () => {
        this.#schemaChanged = true;
      },
      forgetting: (name) => this.#forgetting(name),
      forgettingPortals: () => this.#names.forgettingPortals(),
      preparedName: (name) => this.#batch.upstreamName(name),
    };
  }

  get #isBusy(): boolean {
    return this.#isAwaitingReady || this.#works > 0;
  }

  /** Handles what has come in until something has to be waited for. */
  #pump(): void {
    try {
      this.#readMessages();
      this.#exchange.endTurn();
    } catch (error) {
      this.#fail(error);
    }
  }

  #readMessages(): void {
    while (!this.#isBusy && !this.#isEnded) {
      const step = this.#scanner.next();
      if (step === 'none') {
        this.#readAll();
        return;
      }
      const kind = frontendKind(this.#scanner.type);
      if (kind === undefined) throw new InvariantError('a message was scanned that clients cannot send');
      if (step === 'part' && !this.#scanner.first) this.#wait(this.#copyPart(this.#laterPart()));
      else this.#accept(kind);
    }
  }

  /** Nothing more has come in. */
  #readAll(): void {
    if (this.#isClientDone) this.#end(undefined);
    // A unit that the client leaves unfinished holds a transaction like any other that is idle.
    if (this.#isInUnit) this.#timer.start('T');
  }

  #laterPart(): Buffer {
    return this.#scanner.buffer.subarray(this.#scanner.start, this.#scanner.end);
  }

  #accept(kind: FrontendKind): void {
    const step = advance(this.#state, kind);
    switch (step.kind) {
      case 'skipped':
        this.#state = step.state;
        return;
      case 'refused':
        if (step.error.fatal) throw step.error;
        this.#state = step.state;
        this.#wait(this.#inUnit(() => this.#refuseQuery(step.error)));
        return;
      case 'accepted':
        this.#handle(kind, step.state);
        return;
    }
  }

  #handle(kind: FrontendKind, next: FrontendState): void {
    if (kind === 'Terminate') {
      this.#end(undefined);
      return;
    }
    this.#isBehindBatch = this.#state.phase === 'extended';
    this.#state = next;
    this.#isFlushed = kind === 'Flush';
    if (kind === 'CopyData') {
      this.#wait(this.#copyPart(this.#scanner.payload()));
      return;
    }
    if (kind === 'CopyDone' || kind === 'CopyFail') {
      this.#wait(this.#endCopy(kind));
      return;
    }
    if (this.#isInUnit) this.#wait(this.#run(kind));
    else this.#wait(this.#inUnit(() => this.#run(kind)));
  }

  /** Stops reading until the work is done; what it throws is the session's failure. */
  #wait(work: Promise<void> | undefined): void {
    if (work === undefined) return;
    this.#works += 1;
    work.then(
      () => {
        this.#works -= 1;
        this.#proceed();
      },
      (error: unknown) => this.#fail(error),
    );
  }

  /** Goes on with what came in meanwhile, unless a unit is still to be answered. */
  #proceed(): void {
    // What was sent meanwhile leaves, also where its answer is awaited before more is read.
    this.#exchange.endTurn();
    if (this.#isBusy || this.#isEnded) return;
    const waiting = this.#waiting;
    if (waiting.length > 0) {
      this.#waiting = [];
      for (const chunk of waiting) this.#scanner.push(chunk);
      this.#client.resume();
    }
    this.#pump();
  }

  /** Does the work inside a unit, which is begun if none is open. */
  #inUnit(work: () => Promise<void> | undefined): Promise<void> | undefined {
    if (this.#isInUnit) return work();
    this.#isInUnit = true;
    this.#isReleaseDue = false;
    this.#unitStartedMs = this.#gateway.now();
    this.#timer.stop();
    const prepared = this.#beginUnit();
    if (prepared === undefined) return work();
    return prepared.then(() => (this.#isEnded ? undefined : work()));
  }

  /** A unit that comes while the catalog is read again waits for it. */
  #beginUnit(): Promise<void> | undefined {
    const reading = this.#gateway.catalogRead();
    return reading === undefined ? this.#openUnit() : reading.then(() => this.#openUnit());
  }

  #openUnit(): Promise<void> | undefined {
    this.#guard.refresh();
    return this.#link.hold(this.#status);
  }

  #run(kind: FrontendKind): Promise<void> | undefined {
    try {
      const { type, buffer, payloadStart, end } = this.#scanner;
      const message = decodeFrontendFrame(type, buffer, payloadStart, end);
      if (message.kind === 'Sync') return this.#sync();
      if (message.kind === 'Flush') return this.#flush();
      const work = this.#runMessage(message);
      return work?.catch((error: unknown) => this.#refuse(kind, error));
    } catch (error) {
      return this.#refuse(kind, error);
    }
  }

  #runMessage(message: FrontendMessage): Promise<void> | undefined {
    if (message.kind === 'Query') return this.#query(message);
    return this.#batch.handle(message as BatchMessage);
  }

  #query(message: MessageOf<'Query'>): Promise<void> | undefined {
    // PostgreSQL: a Query takes the unnamed statement and portal away.
    this.#names.statements.delete('');
    this.#names.portals.delete('');
    // Before anything is sent: an embedded database may have answered before this turn is over.
    this.#isAwaitingReady = true;
    const outcome = runQuery(this.#unit, message);
    if (outcome instanceof Promise) return outcome.then((awaited) => this.#afterQuery(awaited));
    return this.#afterQuery(outcome);
  }

  #afterQuery(outcome: QueryOutcome): Promise<void> | undefined {
    return outcome.kind === 'copy-in' ? this.#startCopy(outcome) : undefined;
  }

  #sync(): undefined {
    this.#isAwaitingReady = true;
    this.#exchange.sendBytes(SYNCED, SYNC);
    this.#exchange.flush();
    return undefined;
  }

  #flush(): undefined {
    this.#exchange.sendBytes(undefined, FLUSH);
    this.#exchange.flush();
    return undefined;
  }

  /** Answers a refused message where it stands. What is no refusal is a failure of the session. */
  #refuse(kind: FrontendKind, error: unknown): undefined {
    if (!(error instanceof CordonError) || (error instanceof ProtocolError && error.fatal)) throw error;
    if (kind === 'Sync' || kind === 'Flush') throw error;
    if (kind === 'Query') return this.#refuseQuery(error);
    this.#countRefusal(error);
    this.#exchange.refuseInBatch(error);
    this.#state = observe(this.#state, { kind: 'error' });
    return undefined;
  }

  #refuseQuery(error: CordonError): undefined {
    this.#countRefusal(error);
    this.#isAwaitingReady = true;
    this.#exchange.refuseQuery(error);
    return undefined;
  }

  #countRefusal({ code }: CordonError): void {
    this.#gateway.metrics.decisions.inc({ outcome: 'deny', code });
    this.#gateway.log.debug(
      { connection: this.#start.id, role: safeName(this.#caller.current.role), code: safeName(code) },
      safeText('statement refused'),
    );
  }

  #noteError(sqlstate: string, refusal: CordonError | undefined, skipping: boolean): void {
    if (refusal === undefined) this.#gateway.metrics.databaseErrors.inc({ class: sqlstate.slice(0, 2) });
    if (!skipping) return;
    this.#state = { phase: 'skipping' };
    // A Query behind a failed batch is skipped by the database as well: the client's Sync has to be read.
    if (!this.#isAwaitingReady) return;
    this.#isAwaitingReady = false;
    this.#isReadyDue = true;
  }

  /** Whether the bytes may be overwritten. */
  #receiveAnswer(bytes: Buffer): boolean {
    try {
      const areSent = this.#exchange.receive(bytes);
      if (this.#isReleaseDue) this.#release();
      if (this.#isReadyDue) this.#proceedAfterUnit();
      return areSent;
    } catch (error) {
      this.#isOutOfStep = true;
      this.#fail(error);
      return false;
    }
  }

  /** Not before all that has come was read: what stands behind an answer is of no other client's. */
  #release(): void {
    if (this.#exchange.isInsideMessage) return;
    this.#isReleaseDue = false;
    this.#link.release();
  }

  #unitEnded(status: TransactionStatus): void {
    this.#endUnit(status);
    // The answers of this turn are written before the next unit begins.
    this.#isReadyDue = true;
  }

  #proceedAfterUnit(): void {
    this.#isReadyDue = false;
    if (this.#isEnding && this.#status === 'I') {
      this.#end(new CordonError('CORDON_SHUTDOWN'));
      return;
    }
    this.#proceed();
  }

  #endUnit(status: TransactionStatus): void {
    this.#status = status;
    this.#isInUnit = false;
    this.#isAwaitingReady = false;
    this.#caller.unitEnded(status !== 'I');
    this.#sqlPrepared.unitEnded();
    this.#names.unitEnded();
    this.#gateway.metrics.unitSeconds.observe((this.#gateway.now() - this.#unitStartedMs) / 1000);
    this.#timer.start(status);
    if (status !== 'I') return;
    this.#names.portals.clear();
    this.#link.rest();
    this.#isReleaseDue = true;
    if (this.#schemaChanged) this.#gateway.schemaChanged();
    this.#schemaChanged = false;
  }

  #forgetting(name: string | undefined): () => void {
    const forgetNames = this.#names.forgetting(name);
    if (name === undefined) {
      const forgetTexts = this.#link.forgetting();
      return () => {
        forgetTexts?.();
        forgetNames();
      };
    }
    return () => {
      // The database has closed the one that it was told of; the others are the gateway's to close.
      for (const statement of forgetNames())
        this.#link.leave(statement.variants(this.#link.generation).slice(1));
    };
  }

  async #startCopy({ target, principal }: Extract<QueryOutcome, { kind: 'copy-in' }>): Promise<void> {
    if (this.#status === 'E') throw new CordonError('CORDON_TRANSACTION_ABORTED');
    // If the batch fails, the database skips all that the COPY would ask, and no Sync of the client's would ever be read.
    if (this.#isBehindBatch && !this.#exchange.isIdle)
      throw new CordonError('CORDON_UNSUPPORTED', {
        construct: safeText('COPY FROM STDIN behind an open batch'),
      });
    const hasCsvMarker = !isFrom18(this.#link.parameters.get('server_version'));
    const copy = new CopyIn(this.#unit, { ...target, hasCsvMarker }, principal, this.#status);
    await copy.start();
    this.#isAwaitingReady = false;
    this.#copy = copy;
    this.#state = observe(this.#state, { kind: 'copy-in-started' });
    this.#client.write([copy.invitation]);
  }

  #copyPart(bytes: Buffer): Promise<void> | undefined {
    return this.#copy?.data(bytes).then((outcome) => {
      if (outcome === undefined) return;
      this.#state = observe(this.#state, { kind: 'error' });
      this.#copyEnded(outcome);
    });
  }

  async #endCopy(kind: 'CopyDone' | 'CopyFail'): Promise<void> {
    const copy = this.#copy;
    if (copy === undefined) throw new InvariantError('the end of a COPY that is not under way');
    this.#copyEnded(await (kind === 'CopyDone' ? copy.done() : copy.abandon()));
  }

  #copyEnded({ answer, status }: CopyOutcome): void {
    this.#copy = undefined;
    this.#client.write([answer, encodeBackend({ kind: 'ReadyForQuery', status })]);
    this.#endUnit(status);
    if (this.#isReleaseDue) this.#release();
    if (this.#isEnding && status === 'I') this.#end(new CordonError('CORDON_SHUTDOWN'));
  }

  #linkClosed(): void {
    this.#link.lost();
    if (this.#isEnded) return;
    // An idle connection whose way to the database was lost is told so, as the database itself would have.
    if (this.#isFatal) {
      this.#end(undefined);
      return;
    }
    this.#log(safeText('connection to the database lost'));
    this.#end(new CordonError('CORDON_UPSTREAM_FAILED'));
  }

  #idle(error: CordonError): void {
    // The client waits for the database, not the database for the client.
    if (this.#isFlushed && !this.#exchange.isIdle) this.#timer.start('T');
    else this.#end(error);
  }

  /** Ends the session on an error that no single message can be blamed for. */
  #fail(error: unknown): void {
    if (error instanceof CordonError) {
      if (this.#isEnded) return;
      this.#log(safeText('connection ended'), error.code);
      this.#end(error);
      return;
    }
    this.#gateway.log.error(
      { connection: this.#start.id, bug: bugText(error) },
      safeText('a bug ended the connection'),
    );
    this.#end(new CordonError('CORDON_INTERNAL'));
  }

  #log(message: Safe, code?: string): void {
    this.#gateway.log.warn(
      { connection: this.#start.id, code: code === undefined ? undefined : safeName(code) },
      message,
    );
  }

  #end(error: CordonError | undefined): void {
    if (this.#isEnded) return;
    this.#client.end(error === undefined ? [] : [errorAnswer(error, 'FATAL')]);
    this.#finish();
  }

  #finish(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#timer.end();
    this.#exchange.endTurn();
    this.#link.close(!this.#isInUnit && !this.#isOutOfStep);
    this.#start.onEnd();
  }
}

function isFrom18(serverVersion = ''): boolean {
  return Number.parseInt(serverVersion, 10) >= 18;
}
