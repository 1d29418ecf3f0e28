/** A pool in the shape of `pg`'s, for whoever asks at the moment of each query. */
import { EventEmitter } from 'node:events';
import { CordonError } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import type { Speaker } from './border.ts';
import { answer, GuardedClient, isSubmittable, plain } from './guarded-client.ts';
import type { Lease, LeaseEvents } from './lease.ts';
import { outOfReach } from './out-of-reach.ts';
import type { Submittable } from './raw-driver.ts';
import { NamedTexts, type Request, readRequest } from './request.ts';
import { safeError } from './safe-error.ts';
import { Source } from './source.ts';
import { StatementRun } from './statement-run.ts';

type Connected = (
  error: Error | undefined,
  client?: GuardedClient,
  release?: (broken?: Error | boolean) => void,
) => void;

export class GuardedPool extends EventEmitter {
  readonly #source: Source;
  readonly #speaker: Speaker;
  #isEnded = false;

  constructor(source: Source, speaker: Speaker) {
    if (!(source instanceof Source)) throw outOfReach('constructor');
    super();
    this.#source = source;
    this.#speaker = speaker;
  }

  get totalCount(): number {
    return this.#source.counts.total;
  }

  get idleCount(): number {
    return this.#source.counts.idle;
  }

  get waitingCount(): number {
    return this.#source.counts.waiting;
  }

  get ended(): boolean {
    return this.#isEnded;
  }

  get ending(): boolean {
    return this.#isEnded;
  }

  get options(): Readonly<Record<string, unknown>> {
    return {};
  }

  query(given: unknown, values?: unknown, callback?: unknown): unknown {
    if (isSubmittable(given)) return this.#submit(given, values, callback);
    const called = typeof values === 'function' ? values : callback;
    const own = typeof values === 'function' ? undefined : values;
    try {
      const request = readRequest(given, own, new NamedTexts(), undefined);
      return answer(this.#asked(request), called);
    } catch (error) {
      return answer(Promise.reject(error), called);
    }
  }

  #asked(request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isEnded) throw new CordonError('CORDON_CLIENT_RELEASED');
      const principal = this.#speaker();
      if (!(principal instanceof Promise)) this.#run(request, principal, resolve, reject);
      else
        principal
          .then((verified) => this.#run(request, verified, resolve, reject))
          .catch((error: unknown) => reject(safeError(error)));
    });
  }

  #run(
    request: Request,
    principal: Principal,
    resolve: (result: unknown) => void,
    reject: (error: Error) => void,
  ): void {
    const taken = (lease: Lease) => {
      const run = new StatementRun(
        lease,
        request,
        principal,
        (results) => {
          if (!lease.releaseAtOnce()) void lease.release(false);
          resolve(plain(results));
        },
        (error) => {
          void lease.release(false);
          reject(error);
        },
      );
      lease.enqueue(run);
    };
    this.#source.take(QUIET, taken, reject);
  }

  /** A cursor has a client to itself until it ends. */
  #submit(given: Submittable, values: unknown, callback: unknown): unknown {
    const client = new GuardedClient(this.#source, this.#speaker, { isOwn: false });
    const done = () => void client.end();
    const events = given as unknown as EventEmitter;
    if (typeof events.once === 'function')
      for (const event of ['end', 'error', 'close']) events.once(event, done);
    return client.query(given, values, callback);
  }

  connect(callback?: Connected): Promise<GuardedClient> | undefined {
    const connected = this.#connect();
    if (callback === undefined) return connected;
    connected.then(
      (client) =>
        process.nextTick(callback, undefined, client, (broken?: Error | boolean) => client.release(broken)),
      (error: Error) => process.nextTick(callback, error, undefined, () => undefined),
    );
    return undefined;
  }

  async #connect(): Promise<GuardedClient> {
    if (this.#isEnded) throw new CordonError('CORDON_CLIENT_RELEASED');
    // A token that does not hold is told here, as a password that is wrong would be.
    await Promise.resolve(this.#speaker()).catch((error: unknown) => {
      throw safeError(error);
    });
    const client = new GuardedClient(this.#source, this.#speaker, { isOwn: false });
    await client.connect();
    return client;
  }

  /** Ends this view of the pool; the wrapped pool belongs to whoever made it, and ends with `close()` of the wrapper. */
  end(callback?: () => void): Promise<void> | undefined {
    this.#isEnded = true;
    if (callback === undefined) return Promise.resolve();
    process.nextTick(callback);
    return undefined;
  }
}

const QUIET: LeaseEvents = { onNotice: () => undefined, onLost: () => undefined };
