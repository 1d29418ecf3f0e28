import type { Guard } from '../guard/guard.ts';

/** How the database is asked about its catalog. */
export interface CatalogSource {
  /** A text that changes whenever the catalog does. */
  fingerprint(): Promise<string>;
  /** A guard for the catalog as it is now. */
  load(): Promise<Guard>;
}

/**
 * Follows the catalog. While it has changed and cannot be read again, there is no guard in force and nothing is judged: one
 * that knows other columns than the database has could let a column pass that nobody classified.
 */
export class CatalogWatch {
  readonly #source: CatalogSource;
  #guard: Guard | undefined;
  #version = 0;
  #fingerprint: string;
  #checking: Promise<void> | undefined;
  /** A change was seen, and the catalog is being read. */
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(source: CatalogSource, guard: Guard, fingerprint: string) {
    this.#source = source;
    this.#guard = guard;
    this.#fingerprint = fingerprint;
  }

  static async start(source: CatalogSource, everyMs: number): Promise<CatalogWatch> {
    // Asked first, so that a change while the catalog is read is noticed.
    const fingerprint = await source.fingerprint();
    const watch = new CatalogWatch(source, await source.load(), fingerprint);
    if (everyMs > 0) watch.#timer = setInterval(() => void watch.check(), everyMs).unref();
    return watch;
  }

  /** The guard in force; undefined while none is. */
  get guard(): Guard | undefined {
    return this.#guard;
  }

  /** Counts guards. */
  get version(): number {
    return this.#version;
  }

  /** To be waited for before a statement is judged. */
  get reading(): Promise<void> | undefined {
    return this.#reading;
  }

  /** Looks now; calls while one is under way share its outcome. It never throws: what fails is tried again later. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#guard = undefined;
  }

  async #check(): Promise<void> {
    const fingerprint = await this.#source.fingerprint().catch(() => undefined);
    if (fingerprint === undefined || (fingerprint === this.#fingerprint && this.#guard !== undefined)) return;
    this.#guard = undefined;
    this.#reading = this.#load(fingerprint).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #load(fingerprint: string): Promise<void> {
    const guard = await this.#source.load().catch(() => undefined);
    if (guard === undefined) return;
    this.#guard = guard;
    this.#version += 1;
    this.#fingerprint = fingerprint;
  }
}
