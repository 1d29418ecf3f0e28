import { Counter, Gauge, Registry } from 'prom-client';
import { DurationHistogram } from './duration-histogram.ts';
import type { PoolStatistics } from './upstream/upstream.ts';

/** Counters of the guard, if it keeps any. */
export interface GuardStatistics {
  readonly cacheHits: number;
  readonly cacheMisses: number;
}

const SECONDS_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the gateway counts, for `/metrics`. Labels are codes and outcomes: no name of a user, relation or statement. */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly connections = new Gauge({
    name: 'cordon_connections',
    help: 'Clients that are connected',
    registers: [this.registry],
  });
  readonly connectionsTotal = new Counter({
    name: 'cordon_connections_total',
    help: 'Connections, by how they began',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  /** Counted here for each statement, and added up when somebody asks: labels cost more than the rest of a decision. */
  readonly #uncounted = { allowed: 0 };
  readonly decisions = decisionCounter(this.registry, this.#uncounted);
  readonly databaseErrors = new Counter({
    name: 'cordon_database_errors_total',
    help: 'Errors of the database, by SQLSTATE class',
    labelNames: ['class'] as const,
    registers: [this.registry],
  });
  readonly unitSeconds = new DurationHistogram({
    name: 'cordon_unit_seconds',
    help: 'From the first message of a unit to ReadyForQuery',
    buckets: SECONDS_BUCKETS,
  }).registered((metric) => this.registry.registerMetric(metric));

  /** A message with statements was let through. */
  countAllowed(): void {
    this.#uncounted.allowed += 1;
  }

  /** Adds the counters of the guard; they are read when somebody asks. */
  observeGuard(read: () => GuardStatistics): void {
    this.#gauge(
      'cordon_template_cache_hits',
      'Statements found in the template cache',
      () => read().cacheHits,
    );
    this.#gauge(
      'cordon_template_cache_misses',
      'Statements that were rewritten anew',
      () => read().cacheMisses,
    );
  }

  /** Adds how shared connections to the database are used. */
  observePool(read: () => PoolStatistics): void {
    this.#gauge('cordon_pool_in_use', 'Connections to the database that a client has', () => read().inUse);
    this.#gauge('cordon_pool_idle', 'Connections to the database that nobody has', () => read().idle);
    this.#gauge('cordon_pool_waiting', 'Clients that wait for a connection', () => read().waiting);
  }

  #gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(value());
      },
    });
  }
}

function decisionCounter(registry: Registry, uncounted: { allowed: number }): Counter<'outcome' | 'code'> {
  return new Counter({
    name: 'cordon_decisions_total',
    help: 'Messages with statements, by decision and code',
    labelNames: ['outcome', 'code'] as const,
    registers: [registry],
    collect() {
      if (uncounted.allowed > 0) this.inc({ outcome: 'allow', code: '' }, uncounted.allowed);
      uncounted.allowed = 0;
    },
  });
}
