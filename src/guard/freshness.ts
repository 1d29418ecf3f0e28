import { CordonError } from '../errors/index.ts';
import type { Principal } from '../policy/index.ts';

/** Refuses a caller whose token has run out; what was verified is good for no longer than it says. */
export function assertFresh({ expiresAtMs }: Principal, nowMs: number): void {
  if (expiresAtMs !== undefined && expiresAtMs <= nowMs) throw new CordonError('CORDON_TOKEN_EXPIRED');
}
