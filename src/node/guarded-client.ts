/** A client in the shape of `pg`'s, for whoever asks at the moment of each query. */
import { EventEmitter } from 'node:events';
import { CordonError } from '../errors/index.ts';
import { type Principal, scrubNotice } from '../guard/answers.ts';
import type { Speaker } from './border.ts';
import type { Lease } from './lease.ts';
import { outOfReach } from './out-of-reach.ts';
import { ParserOverrides } from './parser-overrides.ts';
import type { Submittable } from './raw-driver.ts';
import { type Callback, NamedTexts, type Request, readRequest } from './request.ts';
import type { Result } from './result.ts';
import { safeError } from './safe-error.ts';
import { Source } from './source.ts';
import { StatementRun } from './statement-run.ts';
import { Submission } from './submission.ts';

export interface ClientOptions {
  /** A client of its own, as `new pg.Client()`: settings that it makes before its first statement are its own and stay. */
  readonly isOwn: boolean;
}

export class GuardedClient extends EventEmitter {
  readonly #source: Source;
  readonly #speaker: Speaker;
  readonly #isOwn: boolean;
  readonly #names = new NamedTexts();
  readonly #parsers = new ParserOverrides();
  #lease: Lease | undefined;
  #isTaking = false;
  /** No more queries are taken; `#isEnded`: those that were have a connection. */
  #isReleased = false;
  #isEnded = false;
  /** What waits for a connection. */
  #waiting: { readonly work: (lease: Lease) => void; readonly fail: (error: Error) => void }[] = [];
  /** Whose turn it is to be submitted: tokens are verified in the order of the queries. */
  #order: Promise<void> | undefined;

  constructor(source: Source, speaker: Speaker, options: ClientOptions) {
    if (!(source instanceof Source)) throw outOfReach('constructor');
    super();
    this.#source = source;
    this.#speaker = speaker;
    this.#isOwn = options.isOwn;
  }

  /** `pg` shows the number of the database's process; here nobody may cancel by it. */
  readonly processID = null;

  connect(callback?: (error?: Error, client?: GuardedClient) => void): Promise<GuardedClient> | undefined {
    const connected = new Promise<GuardedClient>((resolve, reject) => {
      this.#withLease(() => resolve(this), reject);
    });
    if (callback === undefined) return connected;
    connected.then(
      () => process.nextTick(callback, undefined, this),
      (error: Error) => process.nextTick(callback, error),
    );
    return undefined;
  }

  query(given: unknown, values?: unknown, callback?: unknown): unknown {
    if (isSubmittable(given)) return this.#submit(given, values, callback);
    const called = typeof values === 'function' ? values : (callback ?? callbackOf(given));
    const request = readRequest(
      given,
      typeof values === 'function' ? undefined : values,
      this.#names,
      this.#parsers.types,
    );
    return answer(this.#run(request), called);
  }

  #run(request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const work = (principal: Principal) => (lease: Lease) =>
        lease.enqueue(
          new StatementRun(lease, request, principal, (results) => resolve(plain(results)), reject),
        );
      this.#asCaller(work, reject);
    });
  }

  #submit(given: Submittable, values: unknown, callback: unknown): Submittable {
    const submittable = given as Submittable & { callback?: unknown; _result?: { _types?: unknown } };
    const called = typeof values === 'function' ? values : callback;
    if (submittable.callback === undefined && called !== undefined) submittable.callback = called;
    const result = submittable._result;
    if (result !== undefined && result !== null && !result._types) result._types = this.#parsers.forResults;
    const fail = (error: Error) => submittable.handleError(error, undefined as never);
    const work = (principal: Principal) => (lease: Lease) =>
      lease.enqueue(new Submission(lease, submittable, principal));
    this.#asCaller(work, fail);
    return given;
  }

  #asCaller(work: (principal: Principal) => (lease: Lease) => void, fail: (error: Error) => void): void {
    try {
      if (this.#isReleased) throw new CordonError('CORDON_CLIENT_RELEASED');
      const principal = this.#speaker();
      if (principal instanceof Promise || this.#order !== undefined) this.#inOrder(principal, work, fail);
      else this.#withLease(work(principal), fail);
    } catch (error) {
      fail(safeError(error));
    }
  }

  #inOrder(
    principal: Principal | Promise<Principal>,
    work: (principal: Principal) => (lease: Lease) => void,
    fail: (error: Error) => void,
  ): void {
    const before = this.#order;
    const turn = (async () => {
      const verified = await Promise.allSettled([principal, before]).then(([outcome]) => outcome);
      if (verified.status === 'fulfilled') this.#withLease(work(verified.value), fail);
      else fail(safeError(verified.reason));
    })();
    this.#order = turn;
    void turn.finally(() => {
      if (this.#order === turn) this.#order = undefined;
    });
  }

  #withLease(work: (lease: Lease) => void, fail: (error: Error) => void): void {
    if (this.#isEnded) fail(new CordonError('CORDON_CLIENT_RELEASED'));
    else if (this.#lease !== undefined) work(this.#lease);
    else {
      this.#waiting.push({ work, fail });
      if (!this.#isTaking) this.#take();
    }
  }

  #take(): void {
    this.#isTaking = true;
    const events = {
      onNotice: (code: string) => this.#notice(code),
      onLost: (error: Error) => this.#lost(error),
      ...(this.#source.isEmbedded ? { onIdle: () => this.#idle() } : {}),
    };
    this.#source.take(
      events,
      (lease) => this.#taken(lease),
      (error) => {
        this.#isTaking = false;
        for (const { fail } of this.#waiting.splice(0)) fail(error);
      },
      this.#isOwn && !this.#source.isEmbedded,
    );
  }

  #taken(lease: Lease): void {
    this.#isTaking = false;
    for (const { work } of this.#waiting.splice(0)) work(lease);
    if (this.#isEnded) {
      void lease.release(false);
      return;
    }
    this.#lease = lease;
    // The embedded database may have answered already.
    this.#idle();
  }

  /** The embedded database has one session: between transactions it is for others. */
  #idle(): void {
    const lease = this.#lease;
    if (!this.#source.isEmbedded || this.#isEnded || lease?.isAtRest !== true) return;
    // What a client has set or prepared is its own until it is given back; one that is never given back would keep others out.
    if (lease.isDirty && !this.#isOwn) return;
    this.#lease = undefined;
    if (!lease.releaseAtOnce()) void lease.release(false);
  }

  #notice(code: string): void {
    const notice = scrubNotice(code);
    if (notice !== undefined) this.emit('notice', { name: 'notice', ...notice });
  }

  #lost(error: Error): void {
    if (this.listenerCount('error') > 0) this.emit('error', error);
  }

  /** Gives the connection back; with an error or `true` it is closed. */
  release(broken?: Error | boolean): void {
    if (this.#isReleased)
      throw new Error('Release called on client which has already been released to the pool.');
    void this.#end(broken !== undefined && broken !== false);
  }

  end(callback?: () => void): Promise<void> | undefined {
    const ended = this.#isReleased ? Promise.resolve() : this.#end(false);
    if (callback === undefined) return ended;
    void ended.then(() => process.nextTick(callback));
    return undefined;
  }

  async #end(isBroken: boolean): Promise<void> {
    this.#isReleased = true;
    await this.#order;
    this.#isEnded = true;
    const lease = this.#lease;
    this.#lease = undefined;
    if (lease !== undefined && (isBroken || !lease.releaseAtOnce())) await lease.release(isBroken);
    this.emit('end');
  }

  /** `I`, `T` or `E` as the database said last; null without a connection. */
  getTransactionStatus(): string | null {
    return this.#lease?.upstream.status ?? null;
  }

  setTypeParser(type: number, format: unknown, parser?: unknown): void {
    this.#parsers.set(type, format, parser);
  }

  getTypeParser(type: number, format?: string): (value: string) => unknown {
    return this.#parsers.forResults.getTypeParser(type, format);
  }

  escapeIdentifier(text: string): string {
    return `"${text.replaceAll('"', '""')}"`;
  }

  escapeLiteral(text: string): string {
    const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
    return text.includes('\\') ? ` E${quoted}` : quoted;
  }

  ref(): void {}
  unref(): void {}
}

export function isSubmittable(given: unknown): given is Submittable {
  return typeof (given as { submit?: unknown } | null | undefined)?.submit === 'function';
}

function callbackOf(given: unknown): unknown {
  return (given as { callback?: unknown } | null | undefined)?.callback;
}

/** One result, or a list of them where the text had several statements. */
export function plain(results: readonly Result[]): Result | readonly Result[] | undefined {
  return results.length === 1 ? results[0] : results;
}

/**
 * A promise, or nothing where a callback is given. A callback runs in the context of its caller and never inside of the
 * driver's own events.
 */
export function answer(promise: Promise<unknown>, callback: unknown): Promise<unknown> | undefined {
  if (callback === undefined || callback === null) return promise;
  if (typeof callback !== 'function') throw new TypeError('callback is not a function');
  const called = callback as Callback;
  promise.then(
    (result) => process.nextTick(called, null, result),
    (error: Error) => process.nextTick(called, error),
  );
  return undefined;
}
