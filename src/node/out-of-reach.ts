import { CordonError, safeName } from '../errors/index.ts';

/** What answers whoever asks a guarded object for the way past the guard. */
export function outOfReach(name: string): CordonError {
  return new CordonError('CORDON_OUT_OF_REACH', { name: safeName(name) });
}
