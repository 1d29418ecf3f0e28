/** One connection of the wrapped pool, for as long as it lives: what the database holds in its session. */
import { randomBytes } from 'node:crypto';
import { InvariantError } from '../errors/index.ts';
import { pinnedSettings, settingsText } from '../guard/pins.ts';
import { Errand } from './errand.ts';
import type { RawClient, Submittable } from './raw-driver.ts';
import type { RowShape } from './result.ts';

export type TransactionStatus = 'I' | 'T' | 'E';

/** A statement that the database keeps prepared. */
export interface Prepared {
  readonly name: string;
  /** Of its rows; undefined where it gives none. */
  shape: RowShape | undefined;
}

/** What a connection tells whoever has it now. */
export interface Holder {
  notice(code: string): void;
  lost(error: unknown): void;
}

/** Statements kept prepared on one connection; each takes some tens of kilobytes of the server's memory. */
const PREPARED_MAX = 256;

export class Upstream {
  readonly client: RawClient;
  readonly #pins: string;
  readonly #prefix = `cordon_${randomBytes(8).toString('hex')}_`;
  readonly #prepared = new Map<string, Prepared>();
  /** Names to be closed with the next statement. */
  #leaving: string[] = [];
  #count = 0;
  #status: TransactionStatus = 'I';
  #isPinned = false;
  #isBroken = false;
  holder: Holder | undefined;

  constructor(client: RawClient, searchPath: readonly string[]) {
    this.client = client;
    this.#pins = settingsText(pinnedSettings(searchPath));
    // Before the client's own listener, which begins the next statement.
    client.connection.prependListener('readyForQuery', ({ status }: { status: TransactionStatus }) => {
      this.#status = status;
    });
    client.on('notice', ({ code }: { code?: unknown }) => this.holder?.notice(String(code)));
    client.on('error', (error: unknown) => {
      this.#isBroken = true;
      this.holder?.lost(error);
    });
  }

  /** As the database said last; during a statement it is the one before. */
  get status(): TransactionStatus {
    return this.#status;
  }

  get isPinned(): boolean {
    return this.#isPinned;
  }

  /** It is not to be used again. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  break(): void {
    this.#isBroken = true;
  }

  send(submittable: Submittable): void {
    this.client.query(submittable);
  }

  /** A statement of the wrapper's own. */
  ask(text: string): Promise<void> {
    const errand = new Errand(text);
    this.send(errand);
    return errand.done;
  }

  /** Rows of a statement of the wrapper's own. */
  async rows(text: string): Promise<readonly Record<string, unknown>[]> {
    const errand = new Errand(text);
    this.send(errand);
    await errand.done;
    return errand.rows;
  }

  /** Waits until the database is ready, and tells whether a transaction is open. */
  async settled(): Promise<TransactionStatus> {
    await this.ask('');
    return this.#status;
  }

  /** Fixes what the guard relies on: how text is read, and where names are looked up. */
  async pin(): Promise<void> {
    await this.ask(this.#pins);
    this.#isPinned = true;
  }

  /** Settings went back to what the connection began with. */
  unpinned(): void {
    this.#isPinned = false;
  }

  /** Takes away everything that belongs to a session: settings, cursors, temporary relations, statements. */
  async cleanse(): Promise<void> {
    if ((await this.settled()) !== 'I') await this.ask('ROLLBACK');
    this.forgetPrepared();
    this.#isPinned = false;
    await this.ask('DISCARD ALL');
    await this.pin();
  }

  prepared(text: string): Prepared | undefined {
    return this.#prepared.get(text);
  }

  /** A name that nothing has, and that no text of a client can guess. */
  nextName(): string {
    this.#count += 1;
    return `${this.#prefix}${this.#count}`;
  }

  keepPrepared(text: string, prepared: Prepared): void {
    this.#prepared.set(text, prepared);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > PREPARED_MAX && oldest !== undefined) this.dropPrepared(oldest);
  }

  dropPrepared(text: string): void {
    const prepared = this.#prepared.get(text);
    if (prepared === undefined) return;
    this.#prepared.delete(text);
    this.#leaving.push(prepared.name);
  }

  /** A statement that nothing uses any more. */
  leave(name: string): void {
    this.#leaving.push(name);
  }

  /** The database has none of them any more. */
  forgetPrepared(): void {
    this.#prepared.clear();
    this.#leaving = [];
  }

  /** To be closed in front of the next statement. */
  takeLeaving(): readonly string[] {
    if (this.#leaving.length === 0) return NONE;
    const leaving = this.#leaving;
    this.#leaving = [];
    return leaving;
  }

  /** Nothing that comes can be attributed to a statement any more. */
  unawaited(): InvariantError {
    this.#isBroken = true;
    this.client.connection.stream.destroy?.();
    return new InvariantError('the database answered what was not asked');
  }
}

const NONE: readonly string[] = [];
