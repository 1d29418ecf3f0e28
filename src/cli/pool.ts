import { CordonError, type Safe, safeText } from '../errors/index.ts';
import {
  defaultLimits,
  PooledUpstream,
  type ServerAddress,
  ServerUpstream,
  type Upstream,
} from '../gateway/index.ts';
import type { LoadedPolicy } from '../policy/index.ts';

/** How connections to the database are used, as the command line says it. */
export type PoolChoice =
  | { readonly mode: 'session' }
  | { readonly mode: 'transaction'; readonly connectionsMax: number };

export function readPool({
  pool,
  poolSize,
}: {
  readonly pool: string;
  readonly poolSize?: string;
}): PoolChoice {
  if (pool === 'session') {
    if (poolSize === undefined) return { mode: 'session' };
    throw usage(safeText('`--pool-size` needs `--pool transaction`'));
  }
  if (pool !== 'transaction') throw usage(safeText('`--pool` is session or transaction'));
  return { mode: 'transaction', connectionsMax: readSize(poolSize) };
}

/** The database for clients. */
export function upstreamWith(choice: PoolChoice, address: ServerAddress, policy: LoadedPolicy): Upstream {
  const server = { ...address, searchPath: policy.schemas };
  const { connectMs } = defaultLimits;
  if (choice.mode === 'session') return new ServerUpstream(server, connectMs);
  const { connectionsMax } = choice;
  const forgetsSequences = policy.allow.sequences.length > 0;
  return new PooledUpstream(server, connectMs, { connectionsMax, forgetsSequences });
}

function readSize(text: string | undefined): number {
  if (text === undefined) return defaultLimits.poolConnectionsMax;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw usage(safeText('`--pool-size` is a number from 1 to 9999'));
  return Number(text);
}

function usage(reason: Safe): CordonError {
  return new CordonError('CORDON_USAGE', { reason });
}
