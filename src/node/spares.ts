import type { GiveBack, RawPool } from './raw-driver.ts';
import type { Upstream } from './upstream.ts';

/** A connection out of the pool, and the way back. */
export interface Lent {
  readonly upstream: Upstream;
  readonly giveBack: GiveBack;
  /** How often it was handed on since it left the pool. */
  readonly turns: number;
}

/** Then the pool has its say again: it closes connections whose time is over when they come back. */
const TURNS_MAX = 64;

/**
 * Connections that were given back a moment ago. Code that awaits one query after the other gets its connection here, without the pool's
 * next turn, timer and events; at the end of this turn of the event loop they go back to the pool. Nobody waits longer for it: while
 * somebody waits nothing is kept.
 */
export class Spares {
  readonly #pool: RawPool;
  readonly #isUseful: boolean;
  readonly #spares: Lent[] = [];
  #isReturning = false;
  #isEnded = false;

  constructor(pool: RawPool, isEmbedded: boolean) {
    this.#pool = pool;
    // With `maxUses` the pool counts how often a connection comes back.
    this.#isUseful = !isEmbedded && !Number.isFinite(pool.options?.maxUses ?? Number.POSITIVE_INFINITY);
  }

  get count(): number {
    return this.#spares.length;
  }

  take(): Lent | undefined {
    for (let spare = this.#spares.pop(); spare !== undefined; spare = this.#spares.pop()) {
      if (!spare.upstream.isBroken) return spare;
      spare.giveBack(true);
    }
    return undefined;
  }

  /** Takes a connection back, from whoever had it. */
  giveBack(lent: Lent, isBroken: boolean): void {
    const isKept = this.#isUseful && !this.#isEnded && lent.turns < TURNS_MAX;
    if (isBroken || !isKept || this.#pool.waitingCount > 0) lent.giveBack(isBroken);
    else this.#keep(lent);
  }

  #keep(lent: Lent): void {
    this.#spares.push(lent);
    if (this.#isReturning) return;
    this.#isReturning = true;
    setImmediate(() => {
      this.#isReturning = false;
      this.#return();
    });
  }

  #return(): void {
    for (const { upstream, giveBack } of this.#spares.splice(0)) giveBack(upstream.isBroken);
  }

  end(): void {
    this.#isEnded = true;
    this.#return();
  }
}
