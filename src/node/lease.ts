/** A connection while one client has it. Statements run one after the other, each judged when its turn has come. */
import { CordonError } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import type { GuardSession } from '../guard/guard.ts';
import { SqlPrepared } from '../guard/sql-prepared.ts';
import type { GuardedStatement } from '../guard/types.ts';
import { bindValues } from './bind-values.ts';
import type { Border } from './border.ts';
import type { Plan } from './plan.ts';
import type { GiveBack, Submittable, Wire } from './raw-driver.ts';
import { safeError } from './safe-error.ts';
import type { Holder, Upstream } from './upstream.ts';

/** What stands in the queue of a lease. */
export interface Work extends Submittable {
  readonly principal: Principal;
  /** It keeps the connection until its own code lets go of it. */
  readonly isOpenEnded: boolean;
  /** It does not come to run. */
  fail(error: Error): void;
}

/** What a client is told of its connection. */
export interface LeaseEvents {
  readonly onNotice: (code: string) => void;
  readonly onLost: (error: Error) => void;
  /** Nothing runs, and no transaction is open: for clients that do not keep the connection then. */
  readonly onIdle?: () => void;
}

/** As the gateway has it (`limits.ts`). */
const SQL_PREPARED_MAX = 256;

export class Lease implements Holder {
  readonly upstream: Upstream;
  readonly border: Border;
  #sqlPrepared: SqlPrepared | undefined;
  readonly #giveBack: GiveBack;
  readonly #events: LeaseEvents;
  readonly #waiting: Work[] = [];
  #active: Work | undefined;
  /** The last statement failed: what the database says of the transaction comes behind its error. */
  #isUnsettled = false;
  #session: GuardSession | undefined;
  #sessionVersion = -1;
  /** Whose transaction is open, or whose settings are in force. */
  #bound: Principal | undefined;
  #isDirty = false;
  /** Settings of the client's own, made before anything else: they stay when callers change. */
  readonly #base: string[] = [];
  #isSettingUp: boolean;
  #isReleased = false;
  /** A statement changed the schema, in a transaction that may still be open. */
  #hasChangedSchema = false;
  /** The catalog is being read over this connection. */
  #following: Promise<void> | undefined;
  #whenIdle: (() => void)[] = [];

  constructor(
    border: Border,
    upstream: Upstream,
    giveBack: GiveBack,
    events: LeaseEvents,
    isSettingUp = false,
  ) {
    this.border = border;
    this.upstream = upstream;
    this.#giveBack = giveBack;
    this.#events = events;
    this.#isSettingUp = isSettingUp;
    upstream.holder = this;
  }

  /** What SQL has prepared; most clients never do. */
  get sqlPrepared(): SqlPrepared {
    this.#sqlPrepared ??= new SqlPrepared(SQL_PREPARED_MAX);
    return this.#sqlPrepared;
  }

  get isBusy(): boolean {
    return this.#active !== undefined || this.#waiting.length > 0;
  }

  /** Its session holds something that the client has set or prepared. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** Nothing runs, and no transaction is open. */
  get isAtRest(): boolean {
    const isSettled = !this.#isUnsettled && this.#following === undefined;
    return !this.isBusy && isSettled && this.upstream.status === 'I';
  }

  enqueue(work: Work): void {
    if (this.#isReleased) work.fail(new CordonError('CORDON_CLIENT_RELEASED'));
    else if (this.upstream.isBroken) work.fail(new CordonError('CORDON_UPSTREAM_FAILED'));
    else if (this.isBusy) this.#waiting.push(work);
    else this.#start(work);
  }

  #start(work: Work): void {
    this.#active = work;
    const before = this.#beforehand(work.principal);
    if (before === undefined) this.upstream.send(work);
    else
      before.then(
        () => this.upstream.send(work),
        (error: unknown) => work.fail(safeError(error)),
      );
  }

  /** What has to be done before a caller's statement runs here. */
  #beforehand(principal: Principal): Promise<void> | undefined {
    const isForeign = this.#isDirty && this.#bound?.fingerprint !== principal.fingerprint;
    if (this.upstream.isPinned && !isForeign && this.border.reading === undefined) return undefined;
    return this.#prepare(isForeign);
  }

  async #prepare(isForeign: boolean): Promise<void> {
    await this.border.reading;
    // In an open transaction another caller is refused when the statement is judged.
    if (isForeign && (await this.upstream.settled()) === 'I') await this.#cleanse();
    if (!this.upstream.isPinned) await this.upstream.pin();
  }

  async #cleanse(): Promise<void> {
    await this.upstream.cleanse();
    this.#isDirty = false;
    this.#session = undefined;
    this.#sqlPrepared = undefined;
    for (const text of this.#base) await this.upstream.ask(text);
  }

  /** A statement has run, or failed, or was never sent. */
  finished(work: Work, failed: boolean): void {
    if (this.#active !== work) return;
    this.#active = undefined;
    this.#isUnsettled = failed;
    this.#sqlPrepared?.unitEnded();
    this.#follow();
    const next = this.#waiting.shift();
    if (next !== undefined) this.#start(next);
    else this.#rest();
  }

  /** A statement of a service has changed the schema. */
  schemaChanged(): void {
    this.#hasChangedSchema = true;
  }

  /** Once the change is committed, the next statement waits for a guard that knows it: here, and everywhere else. */
  #follow(): void {
    if (!this.#hasChangedSchema || this.upstream.status !== 'I' || this.upstream.isBroken) return;
    this.#hasChangedSchema = false;
    this.#following = this.border
      .schemaChanged((sql) => this.upstream.rows(sql))
      .finally(() => {
        this.#following = undefined;
        if (!this.isBusy) this.#rest();
      });
  }

  #rest(): void {
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const wake of waiting) wake();
    if (this.#events.onIdle === undefined) return;
    if (this.isAtRest) this.#events.onIdle();
    else if (this.#isUnsettled && !this.upstream.isBroken) void this.#settle(this.#events.onIdle);
  }

  async #settle(onIdle: () => void): Promise<void> {
    const status = await this.upstream.settled().catch(() => undefined);
    if (status !== 'I' || this.isBusy || this.#isReleased) return;
    this.#isUnsettled = false;
    onIdle();
  }

  /** Judges a text whose turn has come. Throws CordonError. */
  judge(text: string, parameterTypes: readonly number[], principal: Principal): Plan {
    const plan = this.border.plan(text, parameterTypes, principal, this.#currentSession);
    this.#bind(plan, principal);
    if (plan.leavesState) this.#isDirty = true;
    this.#noteSetUp(plan, principal);
    return plan;
  }

  bindValues(statement: GuardedStatement, own: readonly Wire[], principal: Principal): readonly Wire[] {
    return bindValues(statement, own, principal, (name) => this.border.guard.isTypeName(name));
  }

  readonly #currentSession = (): GuardSession => {
    const { version } = this.border;
    if (this.#session === undefined || this.#sessionVersion !== version) {
      this.#session = this.border.guard.session();
      this.#sessionVersion = version;
    }
    return this.#session;
  };

  /** A transaction has one caller; from nobody to somebody is the one change it allows, and anyone may end it. */
  #bind({ statements }: Plan, principal: Principal): void {
    const isOpen = this.upstream.status !== 'I' && this.#bound !== undefined;
    if (!isOpen || this.#bound?.fingerprint === principal.fingerprint) {
      this.#bound = principal;
      return;
    }
    if (statements.every(({ effect }) => effect.kind === 'end')) return;
    if (this.#bound?.role !== ANONYMOUS) throw new CordonError('CORDON_CALLER_CHANGED');
    this.#bound = principal;
  }

  #noteSetUp({ statements }: Plan, principal: Principal): void {
    if (!this.#isSettingUp) return;
    this.#isSettingUp = statements.every(({ kind }) => SETS_UP.has(kind));
    if (!this.#isSettingUp) return;
    for (const statement of statements)
      if (statement.kind === 'set' && statement.effect.kind === 'none')
        this.#base.push(statement.textFor(principal));
  }

  notice(code: string): void {
    if (this.#active !== undefined) this.#events.onNotice(code);
  }

  lost(error: unknown): void {
    this.#events.onLost(safeError(error));
  }

  /** Gives the connection back when what was asked for has run: without a transaction, and without what its session was left with. */
  async release(isBroken: boolean): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    if (this.#active?.isOpenEnded === true) return this.#drop();
    if (this.isBusy) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    await this.#following;
    const isClean = !isBroken && (await this.#clean());
    this.upstream.holder = undefined;
    if (!isClean) this.upstream.break();
    this.#giveBack(!isClean);
  }

  /** A cursor that was not closed holds the connection for ever, so it ends with it. */
  #drop(): void {
    this.upstream.holder = undefined;
    this.upstream.break();
    const gone = new CordonError('CORDON_CLIENT_RELEASED');
    for (const work of this.#waiting.splice(0)) work.fail(gone);
    this.#giveBack(true);
  }

  /** Without waiting, where nothing has to be undone. */
  releaseAtOnce(): boolean {
    const isClean = this.isAtRest && !this.#isDirty && !this.upstream.isBroken;
    if (!isClean || this.#isReleased) return false;
    this.#isReleased = true;
    this.upstream.holder = undefined;
    this.#giveBack();
    return true;
  }

  async #clean(): Promise<boolean> {
    try {
      if (this.upstream.isBroken) return false;
      if (this.#isUnsettled) await this.upstream.settled();
      if (this.#isDirty) await this.upstream.cleanse();
      else if (this.upstream.status !== 'I') await this.upstream.ask('ROLLBACK');
      return !this.upstream.isBroken && this.upstream.status === 'I';
    } catch {
      return false;
    }
  }
}

const ANONYMOUS = 'anonymous';
const SETS_UP: ReadonlySet<string> = new Set(['set', 'show', 'empty']);
