import { InvariantError } from '../../errors/index.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { isCanceled, type PooledConnection } from './pooled-connection.ts';
import type { PreparedUpstream } from './prepared-upstream.ts';
import {
  groundOf,
  harsh,
  NO_SETTINGS,
  readSettings,
  resets,
  SET_IN_SESSION,
  type Switching,
  switched,
} from './session-settings.ts';
import type { LeftBehind, LinkEnd, LinkEvents, SessionSettings, UpstreamLink } from './upstream.ts';

const DISCARD_SEQUENCES = 'DISCARD SEQUENCES';

export interface PooledStart {
  readonly parameters: ReadonlyMap<string, string>;
  /** Of the startup message: what RESET ALL brings back. */
  readonly settings: SessionSettings;
  readonly switching: Switching;
}

/** A client's way to the database over whichever connection is free. */
export class PooledLink implements UpstreamLink {
  readonly isShared = true;
  /** Counts the times that the client got a connection: nothing that it had alone is taken for granted on it. */
  generation = 0;
  readonly #pool: ConnectionPool;
  readonly #start: PooledStart;
  readonly #events: LinkEvents;
  #settings: SessionSettings = NO_SETTINGS;
  /** Of these settings: how texts are read under them, and whether they could end what the pool itself asks. */
  #ground = '';
  #isHarsh = false;
  #connection: PooledConnection | undefined;
  /** The connection was lent since the last errand. */
  #isFresh = false;
  /** The client stayed on its connection when a transaction had ended, or has changed its settings since it got it. */
  #isKept = false;
  #hasSet = false;
  /** Its settings are being read. */
  #settling: Promise<void> | undefined;
  #isPaused = false;
  #isSlow = false;
  #isClosed = false;

  constructor(pool: ConnectionPool, start: PooledStart, events: LinkEvents) {
    this.#pool = pool;
    this.#start = start;
    this.#events = events;
    this.#setTo(start.settings);
  }

  get parameters(): ReadonlyMap<string, string> {
    return this.#start.parameters;
  }

  get prepared(): PreparedUpstream {
    if (this.#connection === undefined)
      throw new InvariantError('a statement for a connection that is not held');
    return this.#connection.prepared;
  }

  #setTo(settings: SessionSettings): void {
    this.#settings = settings;
    this.#ground = groundOf(settings);
    this.#isHarsh = harsh(settings).size > 0;
  }

  hold(): Promise<void> | undefined {
    if (this.#connection !== undefined) return undefined;
    return this.#settling === undefined ? this.#take() : this.#settling.then(() => this.#take());
  }

  #take(): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    const taken = this.#pool.take(this);
    if (taken instanceof Promise) return taken.then((connection) => this.#attach(connection));
    this.#attach(taken);
    return undefined;
  }

  #attach(connection: PooledConnection): void {
    if (this.#isClosed) {
      this.#pool.giveBack(connection);
      return;
    }
    this.#connection = connection;
    this.#isFresh = true;
    this.generation += 1;
    connection.prepared.ground = this.#ground;
    connection.lend({
      onBytes: this.#events.onBytes,
      onDrain: () => this.#drained(),
      onClose: () => this.#lost(),
    });
    if (this.#isPaused) connection.pause();
  }

  takeErrand(): readonly string[] | undefined {
    const connection = this.#connection;
    if (!this.#isFresh || connection === undefined) return undefined;
    this.#isFresh = false;
    const statements = switched(connection.settings, this.#settings);
    connection.settings = this.#settings;
    const forgets = this.#start.switching.forgetsSequences && connection.lastUser !== this;
    connection.lastUser = this;
    if (forgets) return [...statements, DISCARD_SEQUENCES];
    return statements.length === 0 ? undefined : statements;
  }

  release({ settings, session }: LeftBehind): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#hasSet ||= settings;
    // CockroachDB does not tell which settings are the session's own.
    if (session || (this.#hasSet && connection.isCockroachdb)) {
      this.#isKept = true;
      return;
    }
    this.#isKept = false;
    this.#letGo(connection);
    if (this.#hasSet || this.#isHarsh) this.#settle(connection);
    else this.#pool.giveBack(connection);
  }

  #letGo(connection: PooledConnection): void {
    this.#connection = undefined;
    this.#drained();
    connection.takeBack();
  }

  #settle(connection: PooledConnection): void {
    const settling = this.#readSettings(connection)
      .then(() => this.#pool.giveBack(connection))
      .catch(() => {
        // Nobody knows what the client had set, so it is not served as if it had set nothing.
        connection.break();
        if (!this.#isClosed) this.#events.onClose();
      })
      .finally(() => {
        if (this.#settling === settling) this.#settling = undefined;
      });
    this.#settling = settling;
  }

  async #readSettings(connection: PooledConnection): Promise<void> {
    if (this.#hasSet) {
      const set = await setIn(connection);
      // What the startup message had set comes back with RESET.
      this.#setTo(new Map([...this.#start.settings, ...set]));
      connection.settings = set;
      this.#hasSet = false;
    }
    const limits = harsh(connection.settings);
    if (limits.size === 0) return;
    await connection.askAgain(resets(limits).join(';\n'));
    connection.settings = new Map([...connection.settings].filter(([name]) => !limits.has(name)));
  }

  send(bytes: Buffer): boolean {
    if (this.#connection === undefined || this.#connection.send(bytes)) return true;
    this.#isSlow = true;
    return false;
  }

  flush(): void {}

  pause(): void {
    this.#isPaused = true;
    this.#connection?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#connection?.resume();
  }

  cancel(): void {
    this.#connection?.cancel();
  }

  close(end: LinkEnd): void {
    this.#isClosed = true;
    this.#pool.withdraw(this);
    const connection = this.#connection;
    if (connection === undefined) return;
    const isMarked = this.#isKept || this.#hasSet || end.settings || end.session;
    this.#letGo(connection);
    // In the middle of something nobody can tell where it ends; CockroachDB’s DISCARD ALL does not promise all that PostgreSQL’s does.
    if (!end.isQuiet || (isMarked && connection.isCockroachdb)) connection.end();
    else void this.#clean(connection, isMarked || harsh(connection.settings).size > 0);
  }

  async #clean(connection: PooledConnection, isMarked: boolean): Promise<void> {
    try {
      await connection.ask('ROLLBACK');
      if (isMarked) await discard(connection);
      this.#pool.giveBack(connection);
    } catch {
      connection.break();
    }
  }

  #drained(): void {
    if (!this.#isSlow) return;
    this.#isSlow = false;
    this.#events.onDrain();
  }

  #lost(): void {
    this.#connection = undefined;
    this.#events.onClose();
  }
}

/** The client may have set a limit on statements that is shorter than it takes to look: it is lifted for that long. */
async function setIn(connection: PooledConnection): Promise<SessionSettings> {
  try {
    return readSettings((await connection.ask(SET_IN_SESSION)).rows);
  } catch (error) {
    if (!isCanceled(error)) throw error;
  }
  const [[limit] = []] = (await connection.askAgain('SHOW statement_timeout')).rows;
  await connection.askAgain('SET statement_timeout TO 0');
  const { rows } = await connection.ask(SET_IN_SESSION);
  return new Map([...readSettings(rows), ['statement_timeout', limit ?? '0']]);
}

async function discard(connection: PooledConnection): Promise<void> {
  await connection.ask('DISCARD ALL');
  connection.prepared.forgetting()();
  connection.settings = NO_SETTINGS;
}
