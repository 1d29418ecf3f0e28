/**
 * The connections to one database as one role, lent to clients for a transaction each. Whoever waits longest is served first; a
 * connection that broke, or of which nobody knows in what state it is, never comes back.
 */
import { CordonError, safeNumber } from '../../errors/index.ts';
import type { DatabaseServer } from './database-server.ts';
import { LoginRefusal } from './login.ts';
import { PooledConnection } from './pooled-connection.ts';
import type { PoolStatistics } from './upstream.ts';

export interface PoolBounds {
  readonly connectionsMax: number;
  /** How long a client may wait for a connection. */
  readonly waitMs: number;
  /** How long a connection may be unused. */
  readonly idleMs: number;
  /** How long it may be used at all, so that a renewed password and a moved server are followed. */
  readonly lifetimeMs: number;
  /** For the goodbye of a connection, and for statements of the pool's own. */
  readonly closeMs: number;
}

interface Waiting {
  readonly resolve: (connection: PooledConnection) => void;
  readonly reject: (error: unknown) => void;
  readonly untilMs: number;
}

const TOO_MANY_CONNECTIONS = '53300';
const LOOKS_PER_IDLE_TIME = 4;

export class ConnectionPool {
  readonly #server: DatabaseServer;
  readonly #bounds: PoolBounds;
  readonly #all = new Set<PooledConnection>();
  /** The one used last comes last, and is used first, so that the others can be closed. */
  readonly #idle: PooledConnection[] = [];
  /** By who waits; who waits longest comes first. */
  readonly #waiting = new Map<object, Waiting>();
  readonly #tidying: NodeJS.Timeout;
  /** One for all who wait: who waits longest is refused first. */
  #refusing: NodeJS.Timeout | undefined;
  #opening = 0;
  #isClosed = false;

  constructor(server: DatabaseServer, bounds: PoolBounds) {
    this.#server = server;
    this.#bounds = bounds;
    this.#tidying = setInterval(() => this.#tidy(), bounds.idleMs / LOOKS_PER_IDLE_TIME).unref();
  }

  get statistics(): PoolStatistics {
    const idle = this.#idle.length;
    return { inUse: this.#all.size - idle, idle, waiting: this.#waiting.size };
  }

  /** A connection: at once if one is idle. `taker` is who waits for it otherwise. */
  take(taker: object): PooledConnection | Promise<PooledConnection> {
    if (this.#isClosed) throw new CordonError('CORDON_SHUTDOWN');
    return this.#idle.pop() ?? this.#queue(taker);
  }

  /** Who waited is gone. */
  withdraw(taker: object): void {
    this.#refuse(taker, new CordonError('CORDON_SHUTDOWN'));
  }

  /** It can serve anybody. Without waiting, unless a cancel request is still on its way. */
  giveBack(connection: PooledConnection): void {
    connection.prepared.changesHands();
    const settled = connection.settleCancels();
    if (settled === undefined) this.#offer(connection);
    else void settled.then(() => this.#offer(connection));
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#tidying);
    clearTimeout(this.#refusing);
    for (const taker of [...this.#waiting.keys()]) this.withdraw(taker);
    for (const connection of this.#idle.splice(0)) connection.end();
  }

  #queue(taker: object): Promise<PooledConnection> {
    return new Promise((resolve, reject) => {
      const { waitMs } = this.#bounds;
      this.#waiting.set(taker, { resolve, reject, untilMs: performance.now() + waitMs });
      this.#refusing ??= setTimeout(() => this.#refuseLate(), waitMs);
      this.#openMore();
    });
  }

  #refuseLate(): void {
    this.#refusing = undefined;
    const { waitMs, connectionsMax } = this.#bounds;
    const facts = { maximum: safeNumber(connectionsMax), milliseconds: safeNumber(waitMs) };
    for (const [taker, { untilMs }] of [...this.#waiting]) {
      const restMs = untilMs - performance.now();
      if (restMs > 0) {
        this.#refusing = setTimeout(() => this.#refuseLate(), Math.ceil(restMs));
        return;
      }
      this.#refuse(taker, new CordonError('CORDON_POOL_BUSY', facts));
    }
  }

  #refuse(taker: object, error: unknown): void {
    this.#leaveQueue(taker)?.reject(error);
  }

  #leaveQueue(taker: object | undefined): Waiting | undefined {
    if (taker === undefined) return undefined;
    const waiting = this.#waiting.get(taker);
    this.#waiting.delete(taker);
    return waiting;
  }

  #openMore(): void {
    while (
      !this.#isClosed &&
      this.#opening < this.#waiting.size &&
      this.#all.size + this.#opening < this.#bounds.connectionsMax
    )
      void this.#open();
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    try {
      const connected = await this.#server.connect(new Map());
      const times = { nowMs: performance.now(), closeMs: this.#bounds.closeMs };
      const connection = new PooledConnection(this.#server, connected, times, () => this.#lost(connection));
      this.#all.add(connection);
      this.#opening -= 1;
      this.#offer(connection);
    } catch (error) {
      this.#opening -= 1;
      this.#notOpened(error);
    }
  }

  /** A server that is full has connections of this pool too, which come back; anything else is told to who waits longest. */
  #notOpened(error: unknown): void {
    const isFull = error instanceof LoginRefusal && error.refusedWith === TOO_MANY_CONNECTIONS;
    if (isFull && this.#all.size > 0) return;
    const [first] = this.#waiting.keys();
    this.#leaveQueue(first)?.reject(error);
    this.#openMore();
  }

  #lost(connection: PooledConnection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at !== -1) this.#idle.splice(at, 1);
    this.#openMore();
  }

  #offer(connection: PooledConnection): void {
    if (connection.isBroken) return;
    if (this.#isClosed || this.#isOld(connection)) {
      connection.end();
      return;
    }
    const [taker] = this.#waiting.keys();
    const first = this.#leaveQueue(taker);
    if (first !== undefined) {
      first.resolve(connection);
      return;
    }
    connection.idleSinceMs = performance.now();
    this.#idle.push(connection);
  }

  #isOld({ openedMs }: PooledConnection): boolean {
    return performance.now() - openedMs > this.#bounds.lifetimeMs;
  }

  #tidy(): void {
    const before = performance.now() - this.#bounds.idleMs;
    for (const connection of [...this.#idle]) {
      if (connection.idleSinceMs > before && !this.#isOld(connection)) continue;
      this.#idle.splice(this.#idle.indexOf(connection), 1);
      connection.end();
    }
  }
}
