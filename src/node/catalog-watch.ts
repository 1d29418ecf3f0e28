import type { CatalogQuery } from '../catalog/index.ts';
import type { Guard } from '../guard/guard.ts';

/** The catalog, asked over one connection. */
export interface CatalogReader {
  /** A text that changes whenever the catalog does. */
  fingerprint(): Promise<string>;
  /** A guard for the catalog as it is now. */
  load(): Promise<Guard>;
}

/** Lends a connection to ask about the catalog. */
export interface CatalogSource {
  visit<T>(work: (catalog: CatalogReader) => Promise<T>): Promise<T>;
  /** The same, over a connection that is at hand. */
  over(query: CatalogQuery): CatalogReader;
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
    const watch = await source.visit(async (catalog) => {
      // Asked first, so that a change while the catalog is read is noticed.
      const fingerprint = await catalog.fingerprint();
      return new CatalogWatch(source, await catalog.load(), fingerprint);
    });
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

  /**
   * Looks over the connection on which the schema was changed a moment ago. From this call on statements wait for the outcome, so
   * that what follows a change of the schema is judged by what it made.
   */
  follow(query: CatalogQuery): Promise<void> {
    const following: Promise<void> = this.#look(this.#source.over(query))
      .catch(() => undefined)
      .finally(() => {
        if (this.#reading === following) this.#reading = undefined;
      });
    this.#reading = following;
    return following;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#guard = undefined;
  }

  async #check(): Promise<void> {
    await this.#source.visit((catalog) => this.#look(catalog)).catch(() => undefined);
  }

  /**
   * INVARIANT: the connection that saw the change also reads the catalog. Whoever has the others, all of them perhaps, waits for
   * the new guard, so a reading that waited for a connection would wait for ever.
   */
  async #look(catalog: CatalogReader): Promise<void> {
    const fingerprint = await catalog.fingerprint();
    if (fingerprint === this.#fingerprint && this.#guard !== undefined) return;
    this.#guard = undefined;
    this.#reading = this.#load(catalog, fingerprint).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #load(catalog: CatalogReader, fingerprint: string): Promise<void> {
    const guard = await catalog.load().catch(() => undefined);
    if (guard === undefined) return;
    this.#guard = guard;
    this.#version += 1;
    this.#fingerprint = fingerprint;
  }
}
