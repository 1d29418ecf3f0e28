/**
 * Every bound of the gateway that is not one of the codec's (`pgwire/limits.ts`) or the parser's (`sql/parse/limits.ts`),
 * each with its source. `docs/reference/limits-numbers.md` is made of this table; a test reaches each of them.
 */
interface Limit {
  readonly value: number;
  readonly bounds: string;
  readonly source: string;
}

const MEBIBYTE = 1024 * 1024;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const LIMITS = {
  connectionsMax: {
    value: 1000,
    bounds: 'clients at a time',
    source:
      'ours: ten times what PostgreSQL allows (`max_connections`), since idle clients cost the database nothing',
  },
  messageBytesMax: {
    value: 64 * MEBIBYTE,
    bounds: 'bytes of a Query, Parse or Bind message',
    source:
      'ours; PostgreSQL’s is 1 GB (`PQ_LARGE_MESSAGE_LIMIT`), with which one client could fill the memory',
  },
  statementBytesMax: {
    value: 3_000_000,
    bounds: 'bytes of the text of a Query or Parse',
    source: 'the parser’s million UTF-16 units take no more in UTF-8; a longer text is not handed to it',
  },
  startupMs: {
    value: MINUTE,
    bounds: 'milliseconds from the first byte to the end of the login',
    source: 'PostgreSQL, `authentication_timeout`',
  },
  idleMs: {
    value: 60 * MINUTE,
    bounds: 'milliseconds without a statement',
    source: 'ours: longer than common pools keep idle connections (30 minutes)',
  },
  transactionIdleMs: {
    value: 5 * MINUTE,
    bounds: 'milliseconds without a statement inside a transaction',
    source: 'ours: its locks hold up others, and on the embedded database it holds up everybody',
  },
  statementsMax: {
    value: 5000,
    bounds: 'prepared statements of a connection',
    source: 'ours: ten times what drivers keep (asyncpg 100, pgx 512)',
  },
  upstreamStatementsMax: {
    value: 256,
    bounds: 'statements that are kept prepared on a connection to the database for whoever has it',
    source:
      'ours: some tens of kilobytes of the server’s memory each; PgBouncer keeps 200 (`max_prepared_statements`)',
  },
  upstreamStatementBytesMax: {
    value: 4 * MEBIBYTE,
    bounds: 'bytes of the texts of those statements; a text of more than a quarter of it is not kept',
    source: 'ours: 20 connections take 80 MiB at most',
  },
  portalsMax: {
    value: 1000,
    bounds: 'portals of a transaction',
    source: 'ours: far more than drivers open side by side',
  },
  copyRowsMax: {
    value: 200,
    bounds: 'rows of COPY FROM STDIN that one INSERT takes',
    source: 'measured: of 20 to 1000 the fastest, 30,000 rows in 0.9 s (COPY itself: 0.4 s)',
  },
  copyBytesMax: {
    value: 256 * 1024,
    bounds: 'bytes of such an INSERT; a single row may take as much as a statement',
    source: 'ours: well below `statementBytesMax`',
  },
  poolConnectionsMax: {
    value: 20,
    bounds: 'connections to the database that clients share (`--pool-size`)',
    source: 'PgBouncer, `default_pool_size`; a fifth of what PostgreSQL allows (`max_connections`)',
  },
  poolWaitMs: {
    value: 20 * SECOND,
    bounds: 'milliseconds that a client waits for one of them',
    source: 'ours: below the time-outs of common clients (30 s); PgBouncer’s `query_wait_timeout` is 120 s',
  },
  poolIdleMs: {
    value: 10 * MINUTE,
    bounds: 'milliseconds that one of them is kept unused',
    source: 'PgBouncer, `server_idle_timeout`',
  },
  poolLifetimeMs: {
    value: 60 * MINUTE,
    bounds: 'milliseconds that one of them is used at all',
    source: 'PgBouncer, `server_lifetime`; renewed passwords and moved servers are followed within it',
  },
  shutdownMs: {
    value: 20 * SECOND,
    bounds: 'milliseconds that shutdown waits for open transactions',
    source: 'ours: below the 30 s after which Kubernetes kills',
  },
  connectMs: {
    value: 10 * SECOND,
    bounds: 'milliseconds for a connection to the database, login included',
    source: 'ours: below the time-outs of common pools (30 s)',
  },
} as const satisfies Record<string, Limit>;

export type GatewayLimits = { readonly [K in keyof typeof LIMITS]: number };

export const defaultLimits: GatewayLimits = Object.fromEntries(
  Object.entries(LIMITS).map(([name, { value }]) => [name, value]),
) as Record<keyof typeof LIMITS, number>;
