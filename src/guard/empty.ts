import type { Decision, Role } from '../policy/index.ts';
import type { GuardedStatement } from './types.ts';

/** A text without a statement: drivers send one to see whether the connection lives. */
export function emptyStatement(role: Role): GuardedStatement {
  const decision: Decision = { outcome: 'allow', role, reasons: [] };
  return {
    kind: 'empty',
    effect: { kind: 'none' },
    decision,
    discardRows: false,
    parameterCount: 0,
    claims: [],
    preparedText: '',
    textFor: () => '',
    claimValues: () => [],
    textOnly: false,
    typeNameParameters: [],
    withParameters: () => undefined,
  };
}
