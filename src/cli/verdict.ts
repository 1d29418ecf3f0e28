import type { CordonError } from '../errors/index.ts';
import type { GuardedStatement, Judged } from '../guard/types.ts';
import type { Reason } from '../policy/index.ts';
import { maskLiterals } from './masked.ts';

/** A judgement as `explain` shows it. */
export interface Verdict {
  /** Why it is denied; undefined: it is allowed. */
  readonly error: CordonError | undefined;
  readonly reasons: readonly Reason[];
  readonly statements: readonly GuardedStatement[];
  /** The statements for a reader: `_` for each literal, claims by their names. */
  readonly shown: readonly string[];
  /** The statements for a program: `_` for each literal, claims as parameters behind those of the client. */
  readonly masked: readonly string[];
}

/** What `explain` shows of a judgement. */
export function verdictOf(judged: Judged): Verdict {
  if (judged.kind === 'denied') {
    const reasons = judged.decision?.reasons ?? [];
    return { error: judged.error, reasons, statements: [], shown: [], masked: [] };
  }
  const { statements } = judged;
  return {
    error: undefined,
    reasons: statements.flatMap(({ decision }) => decision.reasons),
    statements,
    shown: statements.map((statement) => show(statement, statement.claims)),
    masked: statements.map((statement) => show(statement, [])),
  };
}

/** DDL of a service role passes as it was written, so its text is the client's and is not shown. */
function show(statement: GuardedStatement, claims: readonly string[]): string {
  if (statement.kind === 'ddl') return '_';
  return maskLiterals(statement.preparedText, statement.parameterCount, claims);
}
