/**
 * The gateway: listens for clients and lets each talk to the database through the guard.
 *
 * It keeps no state of its own between connections, so any number of gateways can stand beside each other.
 */
import { randomBytes } from 'node:crypto';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { CordonError, safeNumber, safeText } from '../errors/index.ts';
import type { Dialect } from '../guard/answers.ts';
import { CancelKeys } from './cancel-keys.ts';
import { type CatalogWatch, CatalogWatcher } from './catalog-watcher.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import { ClientConnection, type ConnectionContext } from './client-connection.ts';
import type { Guard, GuardInForce, Verifier } from './context.ts';
import { endGently } from './end-gently.ts';
import { errorAnswer } from './error-answer.ts';
import { defaultLimits, type GatewayLimits } from './limits.ts';
import { type Log, silentLog } from './log.ts';
import { GatewayMetrics } from './metrics.ts';
import { MonitorServer } from './monitor-server.ts';
import { assertDialect } from './server-dialect.ts';
import type { PoolStatistics, Upstream } from './upstream/upstream.ts';

/** Where clients are awaited. */
export type ListenAddress =
  | { readonly host: string; readonly port: number }
  /** A unix socket, by its path. */
  | { readonly path: string };

/** The certificate shown to clients. */
export interface ServerCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** TLS is asked of clients that are not on this machine; the default. */
  readonly required?: boolean;
}

export interface GatewayOptions {
  readonly guard: Guard;
  /** undefined: the policy declares no tokens. */
  readonly verifier: Verifier | undefined;
  readonly upstream: Upstream;
  readonly listen: ListenAddress;
  readonly authentication: ClientAuthentication;
  /** undefined: clients on the same machine alone are let in. */
  readonly tls?: ServerCertificate;
  /** The one database that is served; undefined: clients may write any name. */
  readonly database?: string;
  /** What the guard takes the database for; a connection to another kind of database is not used. undefined: any is. */
  readonly serverDialect?: Dialect;
  /** As pinned upstream; default `public`. */
  readonly searchPath?: readonly string[];
  readonly limits?: Partial<GatewayLimits>;
  readonly log?: Log;
  /** `/metrics` and `/healthz`, on the loopback address. */
  readonly monitor?: { readonly port: number };
  /** Reads the catalog again when the database has changed. */
  readonly watch?: CatalogWatch;
}

/**
 * A database that does not answer must not hold up everybody for the sake of one change; and an embedded one cannot answer
 * while a client holds it that waits for this.
 */
const FOLLOW_MS = 5_000;

export class Gateway {
  readonly metrics = new GatewayMetrics();
  readonly #options: GatewayOptions;
  readonly #limits: GatewayLimits;
  readonly #log: Log;
  readonly #server: Server;
  readonly #connections = new Set<ClientConnection>();
  readonly #context: ConnectionContext;
  readonly #monitor: MonitorServer | undefined;
  readonly #watcher: CatalogWatcher | undefined;
  #inForce: GuardInForce;
  /** A look at the catalog after a client's own change of it. */
  #following: Promise<void> | undefined;
  #count = 0;
  #closing: Promise<void> | undefined;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#log = options.log ?? silentLog;
    this.#inForce = { guard: options.guard, version: 1, isStale: false };
    this.#context = this.#newContext();
    if (options.upstream.statistics !== undefined)
      this.metrics.observePool(() => statisticsOf(options.upstream));
    this.#server = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (socket) =>
      this.#accept(socket),
    );
    this.#monitor =
      options.monitor === undefined
        ? undefined
        : new MonitorServer(this.metrics.registry, () => this.isHealthy);
    this.#watcher =
      options.watch === undefined ? undefined : new CatalogWatcher(options.watch, this, this.#log);
  }

  /** Clients can connect and statements are judged. */
  get isHealthy(): boolean {
    return this.#server.listening && !this.#inForce.isStale;
  }

  /** How many clients are connected. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Where clients are awaited; the port is known once `listen` has resolved. */
  get address(): AddressInfo | string | null {
    return this.#server.address();
  }

  get monitorAddress(): AddressInfo | undefined {
    return this.#monitor?.address;
  }

  /** Checks that the database can be reached, then awaits clients. */
  async listen(): Promise<void> {
    assertDialect(await this.#options.upstream.parameters(), this.#options.serverDialect);
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.listen, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    if (this.#options.monitor !== undefined) await this.#monitor?.listen(this.#options.monitor.port);
    this.#watcher?.start();
  }

  /** Puts another guard in force: each connection uses it from its next unit on. */
  replaceGuard(guard: Guard): void {
    this.#inForce = { guard, version: this.#inForce.version + 1, isStale: false };
  }

  /** The guard no longer knows the database: nothing is judged until it is replaced. */
  suspend(): void {
    this.#inForce = { ...this.#inForce, isStale: true };
  }

  /** Reads the catalog again if the database has changed. */
  async reload(): Promise<void> {
    await this.#watcher?.check();
  }

  /** Stops: no new clients, transactions may end within the time allowed, the others are told to go. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#watcher?.stop();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of [...this.#connections]) connection.shutDown();
    const timer = setTimeout(() => this.#abort(), this.#limits.shutdownMs);
    await closed;
    clearTimeout(timer);
    await this.#monitor?.close();
    await this.#options.upstream.close();
  }

  #abort(): void {
    for (const connection of [...this.#connections]) connection.abort();
  }

  #accept(socket: Socket): void {
    if (this.#connections.size >= this.#limits.connectionsMax) {
      this.#refuse(socket);
      return;
    }
    this.#count += 1;
    const id = this.#count;
    const connection = new ClientConnection(this.#context, socket, id, {
      onAccepted: () => this.metrics.connectionsTotal.inc({ outcome: 'accepted' }),
      onEnded: () => this.#forget(connection, id),
    });
    this.#connections.add(connection);
    this.metrics.connections.set(this.#connections.size);
    this.#log.debug({ connection: id }, safeText('client connected'));
  }

  #forget(connection: ClientConnection, id: number): void {
    this.#connections.delete(connection);
    this.metrics.connections.set(this.#connections.size);
    this.#log.debug({ connection: id }, safeText('client gone'));
  }

  #readAgain(): Promise<void> | undefined {
    return this.#watcher === undefined ? undefined : atMost(FOLLOW_MS, this.#watcher.check());
  }

  /** What comes behind a change that a client has made is judged by a guard that knows it. */
  #follow(): void {
    if (this.#watcher === undefined) return;
    const following = atMost(FOLLOW_MS, this.#watcher.checkAfter()).finally(() => {
      if (this.#following === following) this.#following = undefined;
    });
    this.#following = following;
  }

  #refuse(socket: Socket): void {
    this.metrics.connectionsTotal.inc({ outcome: 'refused' });
    const facts = { maximum: safeNumber(this.#limits.connectionsMax) };
    socket.on('error', () => socket.destroy());
    endGently(socket, errorAnswer(new CordonError('CORDON_LIMIT_CONNECTIONS', facts), 'FATAL'));
  }

  #newContext(): ConnectionContext {
    const {
      upstream,
      verifier,
      authentication,
      tls,
      database,
      searchPath = ['public'],
      serverDialect,
      listen,
    } = this.#options;
    return {
      limits: this.#limits,
      upstream,
      verifier,
      metrics: this.metrics,
      log: this.#log,
      now: clock(),
      guardInForce: () => this.#inForce,
      catalogRead: () => (this.#inForce.isStale ? this.#readAgain() : this.#following),
      schemaChanged: () => this.#follow(),
      cancelKeys: new CancelKeys(randomBytes),
      authentication,
      secureContext: tls === undefined ? undefined : secureContext(tls),
      tlsRequired: tls?.required ?? true,
      database,
      searchPath,
      serverDialect,
      listensLocally: 'path' in listen,
      secret: randomBytes(32),
      random: (bytes) => randomBytes(bytes),
    };
  }
}

/** Milliseconds since 1970 that no change of the machine's clock sets back. */
function clock(): () => number {
  const { timeOrigin } = performance;
  return () => timeOrigin + performance.now();
}

function secureContext({ cert, key }: ServerCertificate): SecureContext {
  return createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
}

const NO_STATISTICS: PoolStatistics = { inUse: 0, idle: 0, waiting: 0 };

function statisticsOf({ statistics = NO_STATISTICS }: Upstream): PoolStatistics {
  return statistics;
}

function atMost(ms: number, work: Promise<void>): Promise<void> {
  return Promise.race([work, delay(ms, undefined, { ref: false })]);
}
