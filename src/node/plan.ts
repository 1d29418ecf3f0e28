import type { GuardedStatement } from '../guard/types.ts';

/** A text as it was judged for a role, with what a face has to know of it at hand. */
export interface Plan {
  readonly statements: readonly GuardedStatement[];
  /** The one statement, where it can be prepared: what the fast way needs, read out once. */
  readonly prepared: PreparedPlan | undefined;
  /** Something of it stays with the session of the database when its transaction has ended. */
  readonly leavesState: boolean;
  /** How often the text was asked for. */
  uses: number;
}

export interface PreparedPlan {
  readonly statement: GuardedStatement;
  readonly text: string;
  readonly discardRows: boolean;
}

export function planOf(statements: readonly GuardedStatement[]): Plan {
  const [first] = statements;
  return {
    statements,
    prepared: statements.length === 1 && first !== undefined ? preparable(first) : undefined,
    leavesState: statements.some(leavesState),
    uses: 0,
  };
}

function preparable(statement: GuardedStatement): PreparedPlan | undefined {
  if (statement.textOnly || statement.kind === 'empty' || statement.effect.kind !== 'none') return undefined;
  const { preparedText, discardRows } = statement;
  return { statement, text: preparedText, discardRows };
}

/** Statements that leave nothing behind a transaction; a setting can also be changed by a function. */
const PASSING: ReadonlySet<GuardedStatement['kind']> = new Set<GuardedStatement['kind']>([
  'select',
  'insert',
  'update',
  'delete',
  'transaction',
  'show',
  'explain',
  'empty',
]);

function leavesState(statement: GuardedStatement): boolean {
  const { kind, effect } = statement;
  if (PASSING.has(kind)) return /set_config|advisory/.test(statement.preparedText);
  if (kind === 'set') return !/^SET (?:LOCAL|TRANSACTION) /.test(statement.preparedText);
  return effect.kind !== 'fetch' && effect.kind !== 'close';
}

/** Plans that hold for every connection of a role: what they do depends on nothing that a session knows. */
export function isShared({ statements }: Plan): boolean {
  return statements.every(
    ({ kind, effect }) =>
      (effect.kind === 'none' || effect.kind === 'begin' || effect.kind === 'end') && kind !== 'ddl',
  );
}
