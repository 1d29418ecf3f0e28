/**
 * A database server whose connections are shared: a client has one from the first message of a unit to the end of its transaction.
 * Settings of its session go with it, and so do its prepared statements; what cannot be made again elsewhere keeps the client on its
 * connection, which is cleaned or closed when the client ends (docs/decisions/0011-pooled-connections.md).
 */
import { settingsText } from '../../guard/pins.ts';
import { defaultLimits } from '../limits.ts';
import { ControlRefusal } from './asked.ts';
import { ConnectionPool } from './connection-pool.ts';
import { DatabaseServer } from './database-server.ts';
import { PooledLink } from './pooled-link.ts';
import type { ServerOptions } from './server-options.ts';
import { LABEL, NO_SETTINGS, resets, type Switching } from './session-settings.ts';
import { isOfSettings, settingRefused } from './setting-refused.ts';
import type { LinkEvents, PoolStatistics, SessionSettings, Upstream, UpstreamLink } from './upstream.ts';

export interface PoolOptions extends Partial<Switching> {
  /** How many connections to the database there may be; `poolConnectionsMax` if left out. */
  readonly connectionsMax?: number;
  readonly waitMs?: number;
  readonly idleMs?: number;
  readonly lifetimeMs?: number;
}

/** Startup messages whose settings are kept, and what the database made of them; there are few different ones. */
const JUDGED_MAX = 100;

export class PooledUpstream implements Upstream {
  readonly #server: DatabaseServer;
  readonly #pool: ConnectionPool;
  readonly #switching: Switching;
  readonly #known = new Map<string, SessionSettings>();
  readonly #judged = new Map<string, ReadonlyMap<string, string>>();

  constructor(options: ServerOptions, connectMs: number, pool: PoolOptions = {}) {
    this.#server = new DatabaseServer(options, connectMs);
    this.#switching = { forgetsSequences: pool.forgetsSequences ?? true };
    this.#pool = new ConnectionPool(this.#server, {
      connectionsMax: pool.connectionsMax ?? defaultLimits.poolConnectionsMax,
      waitMs: pool.waitMs ?? defaultLimits.poolWaitMs,
      idleMs: pool.idleMs ?? defaultLimits.poolIdleMs,
      lifetimeMs: pool.lifetimeMs ?? defaultLimits.poolLifetimeMs,
      closeMs: connectMs,
    });
  }

  get statistics(): PoolStatistics {
    return this.#pool.statistics;
  }

  parameters(): Promise<ReadonlyMap<string, string>> {
    return this.#server.parameters();
  }

  async open(settings: SessionSettings, events: LinkEvents): Promise<UpstreamLink> {
    const parameters = new Map([...(await this.parameters()), ...(await this.#report(settings))]);
    const start = { parameters, settings: this.#shared(settings), switching: this.#switching };
    return new PooledLink(this.#pool, start, events);
  }

  /** The same settings are the same object, so that it is seen at once that there is nothing to switch. */
  #shared(settings: SessionSettings): SessionSettings {
    const key = JSON.stringify([...settings]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= JUDGED_MAX) this.#known.clear();
    this.#known.set(key, settings);
    return settings;
  }

  async close(): Promise<void> {
    this.#pool.close();
  }

  /** What the database makes of settings: it refuses those that it does not take. */
  async #report(settings: SessionSettings): Promise<ReadonlyMap<string, string>> {
    const judged = new Map([...settings].filter(([name]) => name !== LABEL));
    if (judged.size === 0) return judged;
    const key = JSON.stringify([...judged]);
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const reported = await this.#ask(judged);
    if (this.#judged.size >= JUDGED_MAX) this.#judged.clear();
    this.#judged.set(key, reported);
    return reported;
  }

  async #ask(settings: SessionSettings): Promise<ReadonlyMap<string, string>> {
    const connection = await this.#pool.take(settings);
    try {
      await connection.ask([...resets(connection.settings), settingsText(settings)].join(';\n'));
      connection.settings = settings;
      const { parameters } = connection;
      // Before anybody has it: a limit may be among them.
      await connection.askAgain(resets(settings).join(';\n'));
      connection.settings = NO_SETTINGS;
      return parameters;
    } catch (error) {
      if (error instanceof ControlRefusal && isOfSettings(error.code)) throw settingRefused(error.code);
      connection.break();
      throw error;
    } finally {
      this.#pool.giveBack(connection);
    }
  }
}
