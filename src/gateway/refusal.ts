import { CordonError } from '../errors/index.ts';
import type { GuardedStatement, Judged } from '../guard/types.ts';
import { traceOf } from './trace.ts';
import type { UnitContext } from './unit.ts';

/** The statements of a judgement, or its error thrown. */
export function checkRefusal(unit: UnitContext, judged: Judged): readonly GuardedStatement[] {
  if (judged.kind === 'denied') throw refusalOf(unit, judged.error);
  if (judged.statements.some(needsFreshToken)) {
    unit.caller.assertFresh(unit.gateway.now());
  }
  // Also when it is prepared, for it may run without being asked about again.
  for (const statement of judged.statements) unit.note(traceOf(statement));
  unit.gateway.metrics.countAllowed();
  return judged.statements;
}

/** A caller whose token ran out may still end the transaction, and present a fresh one. */
export function needsFreshToken({ effect }: GuardedStatement): boolean {
  return effect.kind !== 'end' && !(effect.kind === 'set-token' && effect.token !== undefined);
}

// In a failed transaction the database looks at the syntax of a statement and at nothing else.
function refusalOf({ isFailed }: UnitContext, error: CordonError): CordonError {
  return isFailed && error.code !== 'CORDON_SYNTAX' ? new CordonError('CORDON_TRANSACTION_ABORTED') : error;
}
