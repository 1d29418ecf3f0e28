import { CordonError, safeName } from '../../errors/index.ts';

/** Refuses what could meet rows before their filter, and can be neither guarded nor fenced there. */
export function refuseUnsafe(construct: string): never {
  throw new CordonError('CORDON_PLACEMENT_UNSAFE', { construct: safeName(construct) });
}
