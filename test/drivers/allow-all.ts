/** A database twice, bare and behind a gateway whose policy opens everything, so that the two can be compared. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Gateway } from '../../src/gateway/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import { loadPolicy } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { catalogOf } from '../attacks/guarded.ts';
import { type PostgresDatabase, startPostgres } from '../databases/index.ts';
import { serverConnection } from '../worlds/connection.ts';
import { WireClient } from './wire-client.ts';

const textOf = (name: string): string => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');

/** A server with the schema of these tests, and what `more` adds to it, in each of the databases. */
export async function startCopies(databases: readonly string[], more = ''): Promise<PostgresDatabase> {
  // No statement of a script takes long; one that does must not hold up the rest.
  const server = await startPostgres({ settings: { statement_timeout: '5s' } });
  const model = await WireClient.connect(await server.createDatabase('model'));
  await model.simple(textOf('schema.sql') + more, '');
  model.close();
  for (const name of databases) await server.copyDatabase('model', name);
  return server;
}

/** A guard for one of the databases, which refuses nothing that it can read. */
export async function allowAll(server: PostgresDatabase, database: string): Promise<Guard> {
  const { policy, mistakes } = loadPolicy(textOf('allow-all.yaml'));
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  const connection = await serverConnection(server.address(database));
  const catalog = await catalogOf(connection);
  await connection.close();
  return createGuard({ policy, catalog, parser: await createParser() });
}

/** A client that goes around the gateway. */
export function connectStraight({ url }: PostgresDatabase, database: string): Promise<WireClient> {
  return WireClient.connect(url.replace(/[^/]*$/, database));
}

export function connectThrough({ address }: Gateway): Promise<WireClient> {
  const { port } = address as { port: number };
  return WireClient.connect(`postgres://app@127.0.0.1:${port}/guarded`);
}
