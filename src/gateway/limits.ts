/**
 * Every bound of the gateway that is not one of the codec's (`pgwire/limits.ts`) or the guard's, each with its source.
 * `docs/reference/limits-numbers.md` lists them; a test reaches each of them.
 */
export interface GatewayLimits {
  /** Clients at a time. Our choice: ten times what PostgreSQL allows by default (`max_connections` 100). */
  readonly connectionsMax: number;
  /** A Query, Parse or Bind. Our choice; PostgreSQL's is 1 GB (`PQ_LARGE_MESSAGE_LIMIT`), which one client could fill memory with. */
  readonly messageBytesMax: number;
  /** A statement's text. Our choice: bulk inserts of ORM libraries stay below, the parser's memory stays bounded. */
  readonly statementBytesMax: number;
  /** From the first byte to the end of authentication. PostgreSQL's `authentication_timeout` is 60 s. */
  readonly startupMs: number;
  /** A connection without a statement. Our choice: longer than the idle time of common pools (30 minutes). */
  readonly idleMs: number;
  /** A transaction without a statement: it holds locks, and on the embedded database everybody else. Our choice. */
  readonly transactionIdleMs: number;
  /** Passwords or tokens tried on one connection. PostgreSQL allows one. */
  readonly authenticationAttemptsMax: number;
  /** Prepared statements of a connection. Our choice: ten times the cache of asyncpg (100) and pgx (512). */
  readonly statementsMax: number;
  /** Portals of a transaction. Our choice: far above what drivers open side by side. */
  readonly portalsMax: number;
  /** Rows of COPY that are inserted by one statement. Our choice, measured: more does not make it faster. */
  readonly copyRowsMax: number;
  /** Text of such a statement, at most; one row may exceed it. Our choice: below `statementBytesMax`. */
  readonly copyBytesMax: number;
  /** How long shutdown waits for transactions. Our choice: below the 30 s that Kubernetes waits before it kills. */
  readonly shutdownMs: number;
  /** A connection to the database, login included. libpq has none; PostgreSQL itself gives up after 60 s. */
  readonly connectMs: number;
}

const MEBIBYTE = 1024 * 1024;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const defaultLimits: GatewayLimits = {
  connectionsMax: 1000,
  messageBytesMax: 64 * MEBIBYTE,
  statementBytesMax: 4 * MEBIBYTE,
  startupMs: MINUTE,
  idleMs: 60 * MINUTE,
  transactionIdleMs: 5 * MINUTE,
  authenticationAttemptsMax: 1,
  statementsMax: 5000,
  portalsMax: 1000,
  copyRowsMax: 200,
  copyBytesMax: 256 * 1024,
  shutdownMs: 20 * SECOND,
  connectMs: 10 * SECOND,
};
