import type { Principal } from '../guard/answers.ts';
import type { GuardedStatement } from '../guard/types.ts';
import type { RowShape } from './expected.ts';

/** A statement with its values, ready to run. */
export interface Portal {
  /** The name upstream. */
  readonly name: string;
  readonly guarded: GuardedStatement;
  /** As sent, and for whom. */
  readonly text: string;
  readonly principal: Principal;
  readonly shape: RowShape;
}
