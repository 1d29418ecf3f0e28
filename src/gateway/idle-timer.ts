import { CordonError, safeNumber, safeText } from '../errors/index.ts';
import type { TransactionStatus } from '../pgwire/index.ts';
import type { GatewayLimits } from './limits.ts';

/** Ends a connection that sends nothing for too long; inside a transaction that is sooner. */
export class IdleTimer {
  readonly #limits: GatewayLimits;
  readonly #onIdle: (error: CordonError) => void;
  /** One that has been made is set back each time, which costs less than another for each statement. */
  #outside: NodeJS.Timeout | undefined;
  #inside: NodeJS.Timeout | undefined;
  /** The one that counts; the others run out without effect. */
  #running: NodeJS.Timeout | undefined;

  constructor(limits: GatewayLimits, onIdle: (error: CordonError) => void) {
    this.#limits = limits;
    this.#onIdle = onIdle;
  }

  start(status: TransactionStatus): void {
    if (status === 'I') {
      this.#outside = this.#outside?.refresh() ?? this.#newTimer(status, this.#limits.idleMs);
      this.#running = this.#outside;
    } else {
      this.#inside = this.#inside?.refresh() ?? this.#newTimer(status, this.#limits.transactionIdleMs);
      this.#running = this.#inside;
    }
  }

  /** Until it is started again. */
  stop(): void {
    this.#running = undefined;
  }

  /** For good. */
  end(): void {
    this.stop();
    clearTimeout(this.#outside);
    clearTimeout(this.#inside);
  }

  #newTimer(status: TransactionStatus, dueMs: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      if (this.#running === timer) this.#onIdle(idleError(status, dueMs));
    }, dueMs);
    return timer.unref();
  }
}

function idleError(status: TransactionStatus, dueMs: number): CordonError {
  const maximum = safeNumber(dueMs);
  return status === 'I'
    ? new CordonError('CORDON_LIMIT_TIME', { limit: safeText('it was idle'), maximum })
    : new CordonError('CORDON_IDLE_IN_TRANSACTION', { maximum });
}
