import { CordonError, safeNumber, safeText } from '../errors/index.ts';
import type { TransactionStatus } from '../pgwire/index.ts';
import type { GatewayLimits } from './limits.ts';

type Place = 'outside' | 'inside';

/**
 * Ends a connection that sends nothing for too long; inside a transaction that is sooner.
 *
 * A timer that was set back with each statement would cost more than judging it. So one that has been made runs out, looks since when the
 * client is silent, and is made anew for what is left.
 */
export class IdleTimer {
  readonly #limits: GatewayLimits;
  readonly #onIdle: (error: CordonError) => void;
  readonly #timers: Record<Place, NodeJS.Timeout | undefined> = { outside: undefined, inside: undefined };
  /** Where the client is silent; undefined: it is not. */
  #place: Place | undefined;
  #sinceMs = 0;

  constructor(limits: GatewayLimits, onIdle: (error: CordonError) => void) {
    this.#limits = limits;
    this.#onIdle = onIdle;
  }

  start(status: TransactionStatus): void {
    const place = status === 'I' ? 'outside' : 'inside';
    this.#place = place;
    this.#sinceMs = performance.now();
    this.#timers[place] ??= this.#newTimer(place, this.#limitMs(place));
  }

  /** Until it is started again. */
  stop(): void {
    this.#place = undefined;
  }

  /** For good. */
  end(): void {
    this.stop();
    clearTimeout(this.#timers.outside);
    clearTimeout(this.#timers.inside);
  }

  #limitMs(place: Place): number {
    return place === 'outside' ? this.#limits.idleMs : this.#limits.transactionIdleMs;
  }

  #newTimer(place: Place, dueMs: number): NodeJS.Timeout {
    return setTimeout(() => this.#ranOut(place), dueMs).unref();
  }

  #ranOut(place: Place): void {
    this.#timers[place] = undefined;
    if (this.#place !== place) return;
    const limitMs = this.#limitMs(place);
    const leftMs = this.#sinceMs + limitMs - performance.now();
    if (leftMs > 0) this.#timers[place] = this.#newTimer(place, leftMs);
    else this.#onIdle(idleError(place, limitMs));
  }
}

function idleError(place: Place, dueMs: number): CordonError {
  const maximum = safeNumber(dueMs);
  return place === 'outside'
    ? new CordonError('CORDON_LIMIT_TIME', { limit: safeText('it was idle'), maximum })
    : new CordonError('CORDON_IDLE_IN_TRANSACTION', { maximum });
}
