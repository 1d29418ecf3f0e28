import { PooledUpstream, ServerUpstream } from '../../../src/gateway/index.ts';
import type { PostgresDatabase } from '../../databases/index.ts';
import { type RunningGateway, serverOf, startGateway } from '../../gateway/support/start-gateway.ts';
import { FaultyRelay } from './faulty-relay.ts';

/** How clients come to connections of the database. */
export const WAYS = ['own connections', 'shared connections'] as const;

export interface Relayed {
  readonly relay: FaultyRelay;
  readonly running: RunningGateway;
  readonly stop: () => Promise<void>;
}

/** A gateway that reaches its database through a relay which can fail. */
export async function startRelayed(
  database: PostgresDatabase,
  way: (typeof WAYS)[number],
  connectMs: number,
  shared: { readonly connectionsMax: number; readonly waitMs: number },
): Promise<Relayed> {
  const relay = await FaultyRelay.start(database);
  const server = { ...serverOf(database), port: relay.port };
  const upstream =
    way === 'own connections'
      ? new ServerUpstream(server, connectMs)
      : new PooledUpstream(server, connectMs, shared);
  const running = await startGateway(database, { upstream, limits: { shutdownMs: 200 } });
  const stop = async (): Promise<void> => {
    await running.stop();
    await relay.stop();
  };
  return { relay, running, stop };
}
