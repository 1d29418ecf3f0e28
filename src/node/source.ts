/** Where clients get their connections: the wrapped pool, which nothing else can reach. */
import { CordonError } from '../errors/index.ts';
import type { Border } from './border.ts';
import { Lease, type LeaseEvents } from './lease.ts';
import type { GiveBack, RawClient, RawPool } from './raw-driver.ts';
import { safeError } from './safe-error.ts';
import { Upstream } from './upstream.ts';

export interface SourceOptions {
  readonly searchPath: readonly string[];
  /** The database has one session, so that a client has it for a transaction and no longer. */
  readonly isEmbedded: boolean;
}

export class Source {
  readonly isEmbedded: boolean;
  readonly #pool: RawPool;
  readonly #searchPath: readonly string[];
  readonly #upstreams = new WeakMap<RawClient, Upstream>();
  #border: Border | undefined;

  constructor(pool: RawPool, { searchPath, isEmbedded }: SourceOptions) {
    this.#pool = pool;
    this.#searchPath = searchPath;
    this.isEmbedded = isEmbedded;
  }

  get border(): Border {
    if (this.#border === undefined) throw new CordonError('CORDON_CATALOG_STALE');
    return this.#border;
  }

  set border(border: Border) {
    this.#border = border;
  }

  get counts(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
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

  end(): Promise<void> {
    return this.#pool.end();
  }

  #connect(taken: (upstream: Upstream, giveBack: GiveBack) => void, failed: (error: Error) => void): void {
    this.#pool.connect((error, client, giveBack) => {
      if (client === undefined || giveBack === undefined) failed(safeError(error));
      else taken(this.#upstreamOf(client), giveBack);
    });
  }

  #upstreamOf(client: RawClient): Upstream {
    const known = this.#upstreams.get(client);
    if (known !== undefined) return known;
    const upstream = new Upstream(client, this.#searchPath);
    this.#upstreams.set(client, upstream);
    return upstream;
  }
}
