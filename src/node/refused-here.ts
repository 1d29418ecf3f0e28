/** What the guard allows and this face cannot do. */
import { CordonError, type Safe, safeText } from '../errors/index.ts';
import type { GuardedStatement } from '../guard/types.ts';

/** Drivers hand statements through here, and no bytes beside them. */
export function assertNoCopy(statements: readonly GuardedStatement[]): void {
  if (statements.some(({ effect }) => effect.kind === 'copy-in' || effect.kind === 'copy-out'))
    throw unsupported(safeText('COPY in process'));
}

/** What a text does behind RESET ALL would run without what is pinned. */
export function assertResetAlone(statements: readonly GuardedStatement[]): void {
  if (statements.length > 1 && statements.some(({ effect }) => effect.kind === 'discard'))
    throw unsupported(safeText('RESET ALL or DISCARD beside other statements'));
}

function unsupported(construct: Safe): CordonError {
  return new CordonError('CORDON_UNSUPPORTED', { construct });
}
