/** Where clients get their connections: the wrapped pool, which nothing else can reach. */
import { CordonError, InvariantError } from '../errors/index.ts';
import type { Border } from './border.ts';
import { Lease, type LeaseEvents } from './lease.ts';
import type { GiveBack, RawClient, RawPool } from './raw-driver.ts';
import { safeError } from './safe-error.ts';
import { type Lent, Spares } from './spares.ts';
import { Upstream } from './upstream.ts';

const CLOSING_MS = 2_000;

export interface SourceOptions {
  readonly searchPath: readonly string[];
  /** The database has one session, so that a client has it for a transaction and no longer. */
  readonly isEmbedded: boolean;
}

export class Source {
  readonly isEmbedded: boolean;
  readonly #pool: RawPool;
  readonly #searchPath: readonly string[];
  readonly #spares: Spares;
  /** Connections that are open, and when they are closed. */
  readonly #open = new Map<RawClient, Promise<void>>();
  readonly #upstreams = new WeakMap<RawClient, Upstream>();
  #border: Border | undefined;

  constructor(pool: RawPool, { searchPath, isEmbedded }: SourceOptions) {
    this.#pool = pool;
    this.#searchPath = searchPath;
    this.isEmbedded = isEmbedded;
    this.#spares = new Spares(pool, isEmbedded);
  }

  get border(): Border {
    if (this.#border === undefined) throw new CordonError('CORDON_CATALOG_STALE');
    return this.#border;
  }

  set border(border: Border) {
    this.#border = border;
  }

  get counts(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { total: totalCount, idle: idleCount + this.#spares.count, waiting: waitingCount };
  }

  /** Takes a connection; exactly one of the two functions is called. */
  take(
    events: LeaseEvents,
    taken: (lease: Lease) => void,
    failed: (error: Error) => void,
    isSettingUp = false,
  ): void {
    this.#connect((upstream, giveBack) => {
      taken(new Lease(this.border, upstream, giveBack, events, isSettingUp));
    }, failed);
  }

  /** Statements of the wrapper's own, about the catalog, one after the other on one connection. */
  async ask<T>(
    work: (query: (sql: string) => Promise<readonly Record<string, unknown>[]>) => Promise<T>,
  ): Promise<T> {
    const { upstream, giveBack } = await new Promise<{ upstream: Upstream; giveBack: GiveBack }>(
      (resolve, reject) => this.#connect((upstream, giveBack) => resolve({ upstream, giveBack }), reject),
    );
    let isBroken = true;
    try {
      const answer = await work((sql) => upstream.rows(sql));
      isBroken = upstream.isBroken || upstream.status !== 'I';
      return answer;
    } finally {
      if (isBroken) upstream.break();
      giveBack(isBroken);
    }
  }

  /** Ends the pool, and waits for its connections to be closed: what is done next may be to stop the server. */
  async end(): Promise<void> {
    this.#spares.end();
    await this.#pool.end();
    await within(CLOSING_MS, Promise.all(this.#open.values()));
  }

  #connect(taken: (upstream: Upstream, giveBack: GiveBack) => void, failed: (error: Error) => void): void {
    const spare = this.#spares.take();
    if (spare === undefined) this.#fetch(taken, failed);
    else taken(spare.upstream, this.#backOf({ ...spare, turns: spare.turns + 1 }));
  }

  #fetch(taken: (upstream: Upstream, giveBack: GiveBack) => void, failed: (error: Error) => void): void {
    this.#pool.connect((error, client, giveBack) => {
      if (client === undefined || giveBack === undefined) failed(safeError(error));
      else {
        const upstream = this.#upstreamOf(client);
        taken(upstream, this.#backOf({ upstream, giveBack, turns: 0 }));
      }
    });
  }

  #backOf(lent: Lent): GiveBack {
    let isBack = false;
    return (isBroken = false) => {
      if (isBack) throw new InvariantError('a connection was given back twice');
      isBack = true;
      this.#spares.giveBack(lent, isBroken);
    };
  }

  #upstreamOf(client: RawClient): Upstream {
    const known = this.#upstreams.get(client);
    if (known !== undefined) return known;
    const upstream = new Upstream(client, this.#searchPath);
    this.#upstreams.set(client, upstream);
    if (!this.isEmbedded) this.#noteOpen(client);
    return upstream;
  }

  #noteOpen(client: RawClient): void {
    const closed = new Promise<void>((resolve) => {
      client.on('end', () => {
        this.#open.delete(client);
        resolve();
      });
    });
    this.#open.set(client, closed);
  }
}

/** A server that does not answer any more does not keep `close()` waiting. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
