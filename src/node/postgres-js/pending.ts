import type { Composed, Part } from './fragment.ts';
import type { Rows, Shape } from './rows.ts';

/** What runs a query for a caller. */
export interface Runner {
  compose(part: Part): Composed;
  run(composed: Composed, shape: Shape): Promise<Rows | readonly Rows[]>;
}

/** A query that is sent when somebody waits for it, or a part of another one. */
export class PendingQuery implements PromiseLike<unknown> {
  readonly #runner: Runner;
  readonly #part: Part;
  #shape: Shape = 'objects';
  #running: Promise<Rows | readonly Rows[]> | undefined;

  constructor(runner: Runner, part: Part) {
    this.#runner = runner;
    this.#part = part;
  }

  static partOf(value: unknown): Part | undefined {
    return typeof value === 'object' && value !== null && #part in value ? value.#part : undefined;
  }

  values(): this {
    this.#shape = 'values';
    return this;
  }

  raw(): this {
    this.#shape = 'raw';
    return this;
  }

  /** All texts are judged before they run, whichever protocol carries them. */
  simple(): this {
    return this;
  }

  execute(): this {
    void this.#run().catch(() => undefined);
    return this;
  }

  cancel(): void {}

  // biome-ignore lint/suspicious/noThenProperty: it is awaited like a query of `postgres.js`.
  then<A = unknown, B = never>(
    done?: ((rows: unknown) => A | PromiseLike<A>) | null,
    failed?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#run().then(done, failed);
  }

  catch<B = never>(failed?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<unknown> {
    return this.#run().catch(failed);
  }

  finally(done?: (() => void) | null): Promise<unknown> {
    return this.#run().finally(done);
  }

  async forEach(take: (row: unknown, rows: unknown) => void): Promise<unknown> {
    const rows = (await this.#run()) as Rows;
    for (const row of rows) take(row, rows);
    return { count: rows.count, command: rows.command, columns: rows.columns };
  }

  /** Rows in parts: the answer is held whole, and handed out piece by piece. */
  cursor(size?: number | ((rows: unknown[]) => unknown), take?: (rows: unknown[]) => unknown): unknown {
    const piece = typeof size === 'number' ? size : 1;
    const taking = typeof size === 'function' ? size : take;
    return taking === undefined ? this.#pieces(piece) : this.#handOut(piece, taking);
  }

  async *#pieces(size: number): AsyncGenerator<unknown[]> {
    const rows = (await this.#run()) as Rows;
    for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
  }

  async #handOut(size: number, take: (rows: unknown[]) => unknown): Promise<void> {
    for await (const piece of this.#pieces(size)) if ((await take(piece)) === CLOSE) return;
  }

  #run(): Promise<Rows | readonly Rows[]> {
    this.#running ??= this.#start();
    return this.#running;
  }

  async #start(): Promise<Rows | readonly Rows[]> {
    return this.#runner.run(this.#runner.compose(this.#part), this.#shape);
  }
}

/** What a reader of a cursor answers to end it. */
export const CLOSE = Object.freeze({});
