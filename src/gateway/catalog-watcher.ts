import { type Safe, safeText } from '../errors/index.ts';
import { bugText } from './bug-text.ts';
import type { Guard } from './context.ts';
import type { Log } from './log.ts';

/** How a change of the database is noticed and followed. */
export interface CatalogWatch {
  readonly everyMs: number;
  /** A text that changes whenever the catalog does; asked on a connection of its own. */
  fingerprint(): Promise<string>;
  /** A guard for the catalog as it is now. */
  load(): Promise<Guard>;
}

/** Where a guard comes into force. */
interface GuardHolder {
  replaceGuard(guard: Guard): void;
  suspend(): void;
}

/**
 * Follows the catalog. While it has changed and cannot be read again, nothing is judged: a guard that knows other columns
 * than the database has could let one pass that nobody classified.
 */
export class CatalogWatcher {
  readonly #watch: CatalogWatch;
  readonly #holder: GuardHolder;
  readonly #log: Log;
  #known: string | undefined;
  #checking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(watch: CatalogWatch, holder: GuardHolder, log: Log) {
    this.#watch = watch;
    this.#holder = holder;
    this.#log = log;
  }

  start(): void {
    void this.check();
    this.#timer = setInterval(() => void this.check(), this.#watch.everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks now; calls while one is under way share its outcome. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  /** Looks after all that has happened up to now, also where a look is under way that may have missed it. */
  async checkAfter(): Promise<void> {
    await this.#checking;
    await this.check();
  }

  async #check(): Promise<void> {
    const fingerprint = await this.#watch
      .fingerprint()
      .catch((error: unknown) => this.#complain(error, ASKING));
    if (fingerprint === undefined || fingerprint === this.#known) return;
    const isFirst = this.#known === undefined;
    if (isFirst) {
      this.#known = fingerprint;
      return;
    }
    this.#holder.suspend();
    const guard = await this.#watch.load().catch((error: unknown) => this.#complain(error, READING));
    if (guard === undefined) return;
    this.#known = fingerprint;
    this.#holder.replaceGuard(guard);
    this.#log.info({}, safeText('the catalog was read again'));
  }

  #complain(error: unknown, message: Safe): undefined {
    this.#log.error({ bug: bugText(error) }, message);
    return undefined;
  }
}

const ASKING = safeText('the catalog could not be asked for changes');
const READING = safeText('the catalog has changed and could not be read again; statements are refused');
