/**
 * A session's way to the database: opened with its first unit, held for each, and let go of at the end of its transaction. It keeps
 * account of what the client leaves in the session there.
 */
import { InvariantError } from '../errors/index.ts';
import type { SqlPrepared } from '../guard/sql-prepared.ts';
import { encodeFrontend, type TransactionStatus } from '../pgwire/index.ts';
import type { GatewayContext } from './context.ts';
import type { Exchange } from './exchange.ts';
import type { Variant } from './prepared-statement.ts';
import { assertDialect } from './server-dialect.ts';
import type { Trace } from './trace.ts';
import type { PreparedUpstream } from './upstream/prepared-upstream.ts';
import type { LinkEvents, SessionSettings, UpstreamLink } from './upstream/upstream.ts';

const SYNC = encodeFrontend({ kind: 'Sync' });
const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

export class SessionLink {
  readonly #gateway: GatewayContext;
  readonly #exchange: Exchange;
  readonly #sqlPrepared: SqlPrepared;
  readonly #settings: SessionSettings;
  readonly #events: LinkEvents;
  #link: UpstreamLink | undefined;
  #isClosed = false;
  /** Since the last transaction ended. */
  #hasSet = false;
  #hasNewGround = false;
  /** Until the session is discarded. */
  #hasState = false;
  /** Names upstream that the client can no longer reach, to be closed with the next unit. */
  #orphans: string[] = [];

  constructor(
    gateway: GatewayContext,
    exchange: Exchange,
    sqlPrepared: SqlPrepared,
    settings: SessionSettings,
    events: LinkEvents,
  ) {
    this.#gateway = gateway;
    this.#exchange = exchange;
    this.#sqlPrepared = sqlPrepared;
    this.#settings = settings;
    this.#events = events;
  }

  get generation(): number {
    return this.#link?.generation ?? 0;
  }

  /** What the database reported for this session. */
  get parameters(): ReadonlyMap<string, string> {
    return this.#link?.parameters ?? NO_PARAMETERS;
  }

  /** Others use the connection between two transactions. */
  get isShared(): boolean {
    return this.#link?.isShared === true;
  }

  get prepared(): PreparedUpstream {
    if (this.#link === undefined) throw new InvariantError('a statement for a database that is not held');
    return this.#link.prepared;
  }

  async open(): Promise<void> {
    const link = await this.#gateway.upstream.open(this.#settings, this.#events);
    if (this.#isClosed) return link.close({ isQuiet: true, settings: false, session: false });
    // Before it counts as the session's: it is closed with the session otherwise, and nothing was sent on it.
    this.#link = link;
    assertDialect(link.parameters, this.#gateway.serverDialect);
    this.#exchange.attach(link);
  }

  /** Waits until the database is the session's, and makes it what the session has left; undefined when it is at once. */
  hold(status: TransactionStatus): Promise<void> | undefined {
    const link = this.#link;
    if (link === undefined) return this.open().then(() => (this.#isClosed ? undefined : this.hold(status)));
    const before = link.generation;
    const held = link.hold();
    if (held !== undefined) return held.then(() => this.#afterHold(link, before, status));
    return this.#afterHold(link, before, status);
  }

  #afterHold(link: UpstreamLink, before: number, status: TransactionStatus): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    const isNew = link.generation !== before;
    if (isNew) this.#orphans = [];
    const errand = link.takeErrand();
    if (errand !== undefined) this.#exchange.errand(errand);
    this.#closeUnused(link, status);
    return isNew && !this.#sqlPrepared.isEmpty ? this.#restore() : undefined;
  }

  #closeUnused(link: UpstreamLink, status: TransactionStatus): void {
    if (status === 'E' || (this.#orphans.length === 0 && link.prepared.leaving === 0)) return;
    for (const name of [...this.#orphans, ...link.prepared.takeLeaving()]) {
      this.#exchange.send({ kind: 'close', hidden: true }, { kind: 'Close', target: 'statement', name });
    }
    this.#exchange.sendBytes({ kind: 'sync', hidden: true }, SYNC);
    this.#orphans = [];
  }

  /** Makes anew what the database has lost; statements prepared by protocol are when they are used. */
  async #restore(): Promise<void> {
    for (const text of this.#sqlPrepared.texts()) await this.#exchange.ask(text);
  }

  /** A statement is about to run that leaves something behind. */
  note(trace: Trace): void {
    if (trace === 'none') return;
    if (trace === 'settings') this.#hasSet = true;
    if (trace === 'session') this.#hasState = true;
    this.#link?.prepared.newGround();
    this.#hasNewGround = true;
  }

  /** Nothing of the client is left in the session. */
  discarded(): void {
    this.#hasState = false;
  }

  /** Statements of the client's that it can no longer reach. */
  leave(variants: readonly Variant[]): void {
    for (const { name } of variants) this.#orphans.push(name);
  }

  /** For a statement that takes all prepared ones away: what to do when it has run. */
  forgetting(): (() => void) | undefined {
    return this.#link?.prepared.forgetting();
  }

  /** No transaction is open. */
  rest(): void {
    // A ROLLBACK has taken settings back, or not: what is prepared from now on knows neither way.
    if (this.#hasNewGround) this.#link?.prepared.newGround();
    this.#hasNewGround = false;
  }

  /** No transaction is open, and nothing of an answer is still to be read. */
  release(): void {
    this.#link?.release(this.#leftBehind);
    this.#hasSet = false;
  }

  /** The database has closed it. */
  lost(): void {
    this.#link = undefined;
  }

  /** `isQuiet`: nothing is awaited and no batch is open. */
  close(isQuiet: boolean): void {
    this.#isClosed = true;
    this.#link?.close({ ...this.#leftBehind, isQuiet });
  }

  get #leftBehind() {
    return { settings: this.#hasSet, session: this.#hasState || !this.#sqlPrepared.isEmpty };
  }
}
