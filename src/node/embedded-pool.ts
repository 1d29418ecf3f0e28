/**
 * PGlite in the place of a pool: `pg`'s own client speaks to it through a stream that leads into this process. The database
 * has one session, which is lent to one client at a time, and meanwhile to nobody else who uses the same PGlite.
 */
import { Duplex } from 'node:stream';
import pg from 'pg';
import { encodeBackend, encodeFrontend } from '../pgwire/index.ts';
import type { GiveBack, RawClient, RawPool } from './raw-driver.ts';

/** What is needed of PGlite. */
export interface EmbeddedDatabase {
  execProtocolRawStream(
    message: Uint8Array,
    options: { syncToFs?: boolean; onRawData: (bytes: Uint8Array) => void },
  ): Promise<void>;
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  syncToFs(): Promise<void>;
  close(): Promise<void>;
}

export function isEmbedded(value: unknown): value is EmbeddedDatabase {
  return typeof (value as Partial<EmbeddedDatabase>).execProtocolRawStream === 'function';
}

type Taken = Parameters<RawPool['connect']>[0];

export class EmbeddedPool implements RawPool {
  readonly #database: EmbeddedDatabase;
  readonly #waiting: Taken[] = [];
  #client: Promise<RawClient> | undefined;
  #isLent = false;
  #isEnded = false;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  get totalCount(): number {
    return this.#client === undefined ? 0 : 1;
  }

  get idleCount(): number {
    return this.#client === undefined || this.#isLent ? 0 : 1;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  connect(callback: Taken): void {
    if (this.#isEnded) {
      process.nextTick(callback, new Error('the pool was ended'), undefined, undefined);
      return;
    }
    this.#waiting.push(callback);
    if (!this.#isLent) void this.#lend();
  }

  async #lend(): Promise<void> {
    this.#isLent = true;
    await this.#database
      .runExclusive(async () => {
        for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
          await this.#lendTo(next);
      })
      .catch((error: unknown) => {
        for (const callback of this.#waiting.splice(0)) callback(error, undefined, undefined);
      });
    this.#isLent = false;
    if (this.#waiting.length > 0) void this.#lend();
  }

  async #lendTo(callback: Taken): Promise<void> {
    let client: RawClient;
    try {
      this.#client ??= connected(this.#database);
      client = await this.#client;
    } catch (error) {
      this.#client = undefined;
      callback(error, undefined, undefined);
      return;
    }
    await new Promise<void>((resolve) => {
      const giveBack: GiveBack = (isBroken) => {
        if (isBroken === true) this.#abandon(client).then(resolve, resolve);
        else resolve();
      };
      callback(undefined, client, giveBack);
    });
    await this.#database.syncToFs();
  }

  /** Another client begins with a clean session: whatever was open is undone by messages that mean so in any state. */
  async #abandon(client: RawClient): Promise<void> {
    this.#client = undefined;
    (client as unknown as pg.Client).connection?.stream.destroy();
    const quiet = { syncToFs: false, onRawData: () => undefined };
    for (const message of ABANDON) await this.#database.execProtocolRawStream(message, quiet);
  }

  on(): this {
    return this;
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    (client as unknown as pg.Client | undefined)?.connection?.stream.destroy();
  }
}

async function connected(database: EmbeddedDatabase): Promise<RawClient> {
  const stream = new EmbeddedStream(database);
  const client = new pg.Client({
    user: 'postgres',
    database: 'postgres',
    password: '',
    stream: () => stream,
  } as pg.ClientConfig);
  await client.connect();
  return client as unknown as RawClient;
}

/** Undo what is open in any state: after an error the database skips everything up to Sync. */
const ABANDON = [
  encodeFrontend({ kind: 'Sync' }),
  encodeFrontend({ kind: 'Query', text: 'ROLLBACK' }),
  encodeFrontend({ kind: 'Query', text: 'DISCARD ALL' }),
];

const WELCOME = Buffer.concat([
  encodeBackend({ kind: 'AuthenticationOk' }),
  encodeBackend({ kind: 'ReadyForQuery', status: 'I' }),
]);
const TERMINATE = 0x58;

/** What `pg` takes for its socket. Messages that it writes together are run together. */
class EmbeddedStream extends Duplex {
  readonly #database: EmbeddedDatabase;
  #isStarted = false;

  constructor(database: EmbeddedDatabase) {
    super();
    this.#database = database;
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#run(chunk).then(() => done(), done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#run(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => done(), done);
  }

  async #run(messages: Buffer): Promise<void> {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.push(WELCOME);
      return;
    }
    if (messages[0] === TERMINATE) {
      this.push(null);
      return;
    }
    const answers: Buffer[] = [];
    // The chunk is a view into the memory of the database, which the next message overwrites.
    const onRawData = (bytes: Uint8Array) => void answers.push(Buffer.from(bytes));
    await this.#database.execProtocolRawStream(messages, { syncToFs: false, onRawData });
    // Behind the end of the work: nothing that is written to a socket is answered before the write returns.
    for (const answer of answers) this.push(answer);
  }
}
