import type { GuardedStatement } from '../guard/types.ts';

/** A text without a statement, which the protocol allows to prepare and run. */
export function emptyStatement(role: string): GuardedStatement {
  return {
    kind: 'empty',
    effect: { kind: 'none' },
    decision: { outcome: 'allow', role, reasons: [] },
    discardRows: false,
    parameterCount: 0,
    claims: [],
    preparedText: '',
    textFor: () => '',
    claimValues: () => [],
    textOnly: false,
    typeNameParameters: [],
  };
}
