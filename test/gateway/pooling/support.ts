/** A gateway whose clients share few connections to a real server, and clients that have nothing in common but those. */
import pg from 'pg';
import { PooledUpstream, type PoolOptions } from '../../../src/gateway/index.ts';
import { encodeStartup, makeVerifier } from '../../../src/pgwire/index.ts';
import type { PostgresDatabase } from '../../databases/index.ts';
import { POLICY } from '../support/shop.ts';
import { type RunningGateway, serverOf, startGateway } from '../support/start-gateway.ts';
import { WireClient } from '../support/wire-client.ts';

const EVERYTHING = { rows: 'all', read: 'all', write: 'all', insert: 'all', delete: true };

const DOCUMENT = {
  ...POLICY,
  services: { migrator: { ddl: true } },
  allow: { sequences: ['public.numbers'] },
  relations: { ...POLICY.relations, '*': { rules: [{ for: 'migrator', ...EVERYTHING }] } },
};

export interface SharedGateway extends RunningGateway {
  readonly upstream: PooledUpstream;
  /** A client of the application. */
  client(parameters?: Readonly<Record<string, string>>): Promise<WireClient>;
  /** A program that owns the schema. */
  migrator(): Promise<pg.Client>;
}

export async function startShared(
  database: PostgresDatabase,
  pool: PoolOptions = {},
): Promise<SharedGateway> {
  const upstream = new PooledUpstream(serverOf(database), 10_000, { connectionsMax: 1, ...pool });
  const services = new Map([['migrator', makeVerifier('moves tables', Buffer.alloc(16, 1))]]);
  const running = await startGateway(database, {
    policy: DOCUMENT,
    upstream,
    monitor: { port: 0 },
    follows: true,
    authentication: { users: new Map([['app', { kind: 'trust' }]]), others: undefined, services },
  });
  return {
    ...running,
    upstream,
    client: (parameters = {}) => WireClient.login(running.port, { parameters }),
    migrator: () => connectMigrator(running.port),
  };
}

async function connectMigrator(port: number): Promise<pg.Client> {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, database: 'shop' },
    ...{ user: 'migrator', password: 'moves tables' },
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** How many sessions of clients the server has. */
export async function backends(database: PostgresDatabase): Promise<number> {
  const text =
    "SELECT count(*) AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name NOT IN ('cordon', 'test')";
  return Number((await database.query(text))[0]?.n);
}

/** Logs in and keeps the key for cancel requests. */
export async function clientWithKey(
  port: number,
): Promise<{ readonly client: WireClient; readonly cancel: () => Promise<unknown> }> {
  const client = WireClient.open(port).startUp();
  const key = (await client.untilReady()).find((message) => message.kind === 'BackendKeyData');
  if (key?.kind !== 'BackendKeyData') throw new Error('no key');
  const { processId } = key;
  const secretKey = Buffer.from(key.secretKey);
  const request = encodeStartup({ kind: 'CancelRequest', processId, secretKey });
  return { client, cancel: () => WireClient.open(port).raw(request).untilClosed() };
}

/** Only the answers, without what acknowledges. */
export function rows(seen: readonly string[]): readonly string[] {
  return seen.filter((word) => /^(row|ERROR|FATAL)/.test(word));
}
