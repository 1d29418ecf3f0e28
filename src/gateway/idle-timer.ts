import { CordonError, safeNumber, safeText } from '../errors/index.ts';
import type { TransactionStatus } from '../pgwire/index.ts';
import type { GatewayLimits } from './limits.ts';

/** Ends a connection that sends nothing for too long; inside a transaction that is sooner. */
export class IdleTimer {
  readonly #limits: GatewayLimits;
  readonly #onIdle: (error: CordonError) => void;
  #timer: NodeJS.Timeout | undefined;
  #dueMs = 0;

  constructor(limits: GatewayLimits, onIdle: (error: CordonError) => void) {
    this.#limits = limits;
    this.#onIdle = onIdle;
  }

  start(status: TransactionStatus): void {
    const { idleMs, transactionIdleMs } = this.#limits;
    const dueMs = status === 'I' ? idleMs : transactionIdleMs;
    // A running timer of the same length is set back, which costs less than a new one for each statement.
    if (this.#timer !== undefined && this.#dueMs === dueMs) {
      this.#timer.refresh();
      return;
    }
    this.stop();
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => this.#onIdle(idleError(status, dueMs)), dueMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function idleError(status: TransactionStatus, dueMs: number): CordonError {
  const maximum = safeNumber(dueMs);
  return status === 'I'
    ? new CordonError('CORDON_LIMIT_TIME', { limit: safeText('it was idle'), maximum })
    : new CordonError('CORDON_IDLE_IN_TRANSACTION', { maximum });
}
