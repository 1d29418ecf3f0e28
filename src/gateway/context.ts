import type { Dialect, Principal } from '../guard/answers.ts';
import type { Judged } from '../guard/types.ts';
import type { GatewayLimits } from './limits.ts';
import type { Log } from './log.ts';
import type { GatewayMetrics } from './metrics.ts';
import type { Upstream } from './upstream/upstream.ts';

/** The guard as one connection uses it. */
export interface GuardSession {
  /** All statements of a Query, the comment with a token taken off. */
  judgeQuery(text: string, principal: Principal): Judged;
  /** The one statement of a Parse, or none. */
  judgeStatement(text: string, principal: Principal, parameterTypes: readonly number[]): Judged;
}

/** The guard of one policy and one catalog. */
export interface Guard {
  session(): GuardSession;
  /** Whether a text may name a type, for parameters that are looked up as one. */
  isTypeName(text: string): boolean;
}

/** Turns tokens into callers; throws when a token is not accepted. */
export interface Verifier {
  /** One that was verified before, without waiting. */
  remembered(token: string): Principal | undefined;
  verify(token: string): Promise<Principal>;
}

/** The guard in force. */
export interface GuardInForce {
  readonly guard: Guard;
  /** Counts up with each guard. */
  readonly version: number;
  /** The database has changed and was not read again: nothing may be judged by this guard. */
  readonly isStale: boolean;
}

/** What sessions share. */
export interface GatewayContext {
  readonly limits: GatewayLimits;
  readonly upstream: Upstream;
  /** undefined: any. */
  readonly serverDialect: Dialect | undefined;
  /** undefined: the policy has no tokens. */
  readonly verifier: Verifier | undefined;
  readonly metrics: GatewayMetrics;
  readonly log: Log;
  readonly now: () => number;
  guardInForce(): GuardInForce;
  /** While the catalog is being read again, or looked at behind a client's change: resolves when that has ended, well or not. */
  catalogRead(): Promise<void> | undefined;
  /** A client has changed the schema: the catalog is read again now instead of with the next look. */
  schemaChanged(): void;
}
