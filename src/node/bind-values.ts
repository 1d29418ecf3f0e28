/** The values of a Bind: the caller's own, which have to fit the statement, and the claims that the guard adds behind them. */
import { CordonError, safeNumber } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import type { GuardedStatement } from '../guard/types.ts';
import type { Wire } from './raw-driver.ts';

export function bindValues(
  statement: GuardedStatement,
  own: readonly Wire[],
  principal: Principal,
  isTypeName: (name: string) => boolean,
): readonly Wire[] {
  assertCount(own.length, statement.parameterCount);
  for (const number of statement.typeNameParameters) {
    const value = own[number - 1] ?? null;
    const isName = value === null || (typeof value === 'string' && isTypeName(value));
    if (!isName) throw new CordonError('CORDON_TYPE_UNKNOWN');
  }
  return statement.claims.length === 0 ? own : [...own, ...statement.claimValues(principal)];
}

/** Throws CORDON_PARAMETER_COUNT. */
export function assertCount(given: number, needed: number): void {
  if (given === needed) return;
  throw new CordonError('CORDON_PARAMETER_COUNT', { given: safeNumber(given), needed: safeNumber(needed) });
}
