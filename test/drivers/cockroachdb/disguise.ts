/**
 * A real Postgres that says on the wire that it is CockroachDB: clients of CockroachDB look at `crdb_version` and
 * `version()` and take the ways that they have for it. Everything else is Postgres' own.
 */
import type { BackendMessage } from '../../../src/pgwire/index.ts';
import type { PostgresDatabase } from '../../databases/index.ts';
import { startTampering, type TamperingServer } from '../../gateway/attacks/tampering-server.ts';
import { CRDB_VERSION } from '../../gateway/support/cockroachdb-peer.ts';

const VERSION = Buffer.from(CRDB_VERSION);

export async function startDisguised(database: PostgresDatabase): Promise<TamperingServer> {
  const server = await startTampering(database);
  server.tamper = disguised;
  return server;
}

function disguised(message: BackendMessage): readonly BackendMessage[] {
  if (message.kind === 'ParameterStatus' && message.name === 'standard_conforming_strings')
    return [message, { kind: 'ParameterStatus', name: 'crdb_version', value: CRDB_VERSION }];
  if (message.kind !== 'DataRow') return [message];
  const values = message.values.map((value) => (isVersion(value) ? VERSION : value));
  return [{ ...message, values }];
}

function isVersion(value: Buffer | null): boolean {
  return value?.subarray(0, 11).toString() === 'PostgreSQL ';
}
