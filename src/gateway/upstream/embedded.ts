/**
 * An embedded database as an upstream. It has one session and many clients, so it is lent by transaction: a client holds
 * it from its first message to the end of its transaction. Before another client gets it, everything that belongs to a
 * session (prepared statements, cursors, settings, temporary relations, sequence values) is thrown away, and what the
 * next client had set is set again.
 *
 * Answers are computed in one go and cannot be held back, so a client that reads slowly costs memory here; large results
 * are for a server.
 */
import { InvariantError } from '../../errors/index.ts';
import { pinnedSettings, settingsText } from '../../guard/pins.ts';
import { encodeFrontend } from '../../pgwire/index.ts';
import { EmbeddedRefusal, readAnswer } from './embedded-answer.ts';
import { PreparedUpstream } from './prepared-upstream.ts';
import { settingRefused } from './setting-refused.ts';
import type { LeftBehind, LinkEvents, SessionSettings, Upstream, UpstreamLink } from './upstream.ts';

/** What is needed of PGlite. */
export interface EmbeddedDatabase {
  execProtocolRaw(message: Uint8Array, options?: { syncToFs?: boolean }): Promise<Uint8Array>;
  execProtocolRawStream(
    message: Uint8Array,
    options: { syncToFs?: boolean; onRawData: (bytes: Uint8Array) => void },
  ): Promise<void>;
  /** Keeps the database's own users out of a client's transaction. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  syncToFs(): Promise<void>;
}

/** Settings that a server reports at login; PGlite has no login, so they are asked for. */
const REPORTED = [
  'server_version',
  'server_encoding',
  'client_encoding',
  'application_name',
  'DateStyle',
  'IntervalStyle',
  'TimeZone',
  'integer_datetimes',
  'standard_conforming_strings',
] as const;

const ROLLBACK = encodeFrontend({ kind: 'Query', text: 'ROLLBACK' });
const ABANDON = Buffer.concat([ROLLBACK, encodeFrontend({ kind: 'Sync' }), ROLLBACK]);

export class EmbeddedUpstream implements Upstream {
  readonly #database: EmbeddedDatabase;
  readonly #pins: ReadonlyMap<string, string>;
  /** Whose session it is, even between transactions. */
  #owner: EmbeddedLink | undefined;
  #queue: Promise<void> = Promise.resolve();
  #parameters: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(database: EmbeddedDatabase, searchPath: readonly string[]) {
    this.#database = database;
    this.#pins = pinnedSettings(searchPath);
  }

  parameters(): Promise<ReadonlyMap<string, string>> {
    this.#parameters ??= this.#report();
    return this.#parameters;
  }

  async #report(): Promise<ReadonlyMap<string, string>> {
    const release = await this.lend();
    try {
      const columns = REPORTED.map((name) => `current_setting('${name}')`).join(', ');
      const [row = []] = await this.ask(`SELECT ${columns}`);
      return new Map(REPORTED.map((name, index) => [name, row[index] ?? '']));
    } finally {
      release();
    }
  }

  async open(settings: SessionSettings, events: LinkEvents): Promise<UpstreamLink> {
    const shown = new Map([...(await this.parameters()), ...inReportedCase(settings)]);
    return new EmbeddedLink(this, shown, settings, events);
  }

  async close(): Promise<void> {
    await this.#queue;
  }

  /** Waits for the database; the function that is answered gives it back. */
  lend(): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const turn = () =>
        this.#database.runExclusive(() => new Promise<void>((giveBack) => resolve(giveBack)));
      this.#queue = this.#queue.then(turn).catch(reject);
    });
  }

  /** Makes the session the link's. Answers whether it had to be cleaned, so that nothing prepared is left. */
  async handOver(link: EmbeddedLink, settings: ReadonlyMap<string, string>): Promise<boolean> {
    if (this.#owner === link) return false;
    this.#owner = link;
    await this.ask('DISCARD ALL');
    await this.set([...settings, ...this.#pins]).catch(blameClient);
    return true;
  }

  /** A client's RESET ALL takes the pinned settings away, since an embedded session has no startup message. */
  async pin(): Promise<void> {
    await this.set([...this.#pins]);
  }

  async set(settings: readonly (readonly [string, string])[]): Promise<void> {
    await this.ask(settingsText(settings));
  }

  forget(link: EmbeddedLink): void {
    if (this.#owner === link) this.#owner = undefined;
  }

  /** A statement of the gateway's own; the caller holds the database. */
  async ask(text: string): Promise<readonly (readonly (string | null)[])[]> {
    const query = encodeFrontend({ kind: 'Query', text });
    return readAnswer(Buffer.from(await this.#database.execProtocolRaw(query, { syncToFs: false })));
  }

  async run(messages: Buffer, onBytes: (bytes: Buffer) => void): Promise<void> {
    // The chunk is a view into the memory of the database, which the next message overwrites.
    const onRawData = (bytes: Uint8Array) => onBytes(Buffer.from(bytes));
    await this.#database.execProtocolRawStream(messages, { syncToFs: false, onRawData });
  }

  /**
   * Undoes what a client has left open. After an error in a batch the database skips everything up to Sync, the first
   * ROLLBACK too; without an error that one takes back what a Sync would have committed.
   */
  async abandon(): Promise<void> {
    await this.#database.execProtocolRaw(ABANDON, { syncToFs: false });
  }

  sync(): Promise<void> {
    return this.#database.syncToFs();
  }
}

class EmbeddedLink implements UpstreamLink {
  generation = 0;
  // What it has prepared is gone whenever somebody else has had it.
  readonly isShared = false;
  prepared = PreparedUpstream.ofConnection();
  readonly parameters: ReadonlyMap<string, string>;
  readonly #upstream: EmbeddedUpstream;
  readonly #events: LinkEvents;
  #settings: ReadonlyMap<string, string>;
  #giveBack: (() => void) | undefined;
  #unsent: Buffer[] = [];
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(
    upstream: EmbeddedUpstream,
    parameters: ReadonlyMap<string, string>,
    settings: SessionSettings,
    events: LinkEvents,
  ) {
    this.parameters = parameters;
    this.#upstream = upstream;
    this.#settings = settings;
    this.#events = events;
  }

  hold(): Promise<void> | undefined {
    return this.#giveBack === undefined ? this.#hold() : undefined;
  }

  async #hold(): Promise<void> {
    const giveBack = await this.#upstream.lend();
    if (this.#isClosed) return giveBack();
    this.#giveBack = giveBack;
    if (!(await this.#upstream.handOver(this, this.#settings))) return;
    this.generation += 1;
    this.prepared = PreparedUpstream.ofConnection();
  }

  takeErrand(): undefined {
    return undefined;
  }

  release(leftBehind: LeftBehind): void {
    const giveBack = this.#giveBack;
    if (giveBack === undefined) return;
    this.#giveBack = undefined;
    this.#running = this.#running
      .then(() => (leftBehind.settings ? this.#rememberSettings() : undefined))
      .then(() => this.#upstream.sync())
      .then(giveBack, giveBack);
  }

  send(bytes: Buffer): boolean {
    this.#unsent.push(bytes);
    return true;
  }

  flush(): void {
    const messages = Buffer.concat(this.#unsent);
    this.#unsent = [];
    if (this.#giveBack === undefined) throw new InvariantError('messages for a database that is not held');
    this.#running = this.#running
      .then(() => this.#upstream.run(messages, this.#events.onBytes))
      .catch(() => this.#fail());
  }

  // A statement that runs inside this process cannot be held back or interrupted.
  pause(): void {}
  resume(): void {}
  cancel(): void {}

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const giveBack = this.#giveBack;
    this.#giveBack = undefined;
    if (giveBack === undefined) {
      this.#upstream.forget(this);
      return;
    }
    this.#running = this.#running
      .then(() => this.#upstream.abandon())
      .then(() => this.#upstream.forget(this))
      .then(giveBack, giveBack);
  }

  async #rememberSettings(): Promise<void> {
    const rows = await this.#upstream.ask(
      "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'",
    );
    this.#settings = new Map(rows.map(([name, setting]) => [name ?? '', setting ?? '']));
    await this.#upstream.pin();
  }

  #fail(): void {
    this.close();
    this.#events.onClose();
  }
}

/** Cordon's own settings are always taken, so one that is refused is the client's. */
function blameClient(error: unknown): never {
  throw error instanceof EmbeddedRefusal ? settingRefused(error.sqlstate) : error;
}

/** Settings under the names that the database reports them by. */
function inReportedCase(settings: SessionSettings): readonly (readonly [string, string])[] {
  return REPORTED.flatMap((name) => {
    const value = settings.get(name.toLowerCase());
    return value === undefined ? [] : [[name, value] as const];
  });
}
