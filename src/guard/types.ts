/** What the guard answers to its faces. */
import type { CordonError } from '../errors/index.ts';
import type { Decision, Principal } from '../policy/index.ts';
import type { CopyTarget, Effect, StatementKind } from '../sql/index.ts';

export type { CopyTarget, Effect, StatementKind };

/** One statement that may be sent, with the caller left open. */
export interface GuardedStatement {
  readonly kind: StatementKind;
  readonly effect: Effect;
  readonly decision: Decision;
  /**
   * Rows come only from the guard's own check (RETURNING was added): a face drops them, answers Describe with NoData,
   * and lets the command tag pass.
   */
  readonly discardRows: boolean;
  /** How many parameters the client's own text has. */
  readonly parameterCount: number;
  /** Names of claims that follow the client's parameters in `preparedText`, in order. */
  readonly claims: readonly string[];
  /** For the extended protocol: claims are `$parameterCount + 1`, … in text format, type left to the database (OID 0). */
  readonly preparedText: string;
  /** For the simple protocol, and for utility statements: claims are checked literals. Throws CORDON_CLAIM_INVALID. */
  textFor(principal: Principal): string;
  /** Values of `claims` for the caller, in order, text format. Throws CORDON_CLAIM_INVALID. */
  claimValues(principal: Principal): readonly string[];
  /**
   * Utility statements (EXECUTE, SET, COPY …) take no parameters in the protocol: in the extended protocol send
   * `textFor(principal)` at Parse and refuse a Bind by another caller.
   */
  readonly textOnly: boolean;
  /** Parameters whose value names a type (`$1::regtype`): the value must be one of `names`, else 42704 is answered. */
  readonly typeNameParameters: readonly number[];
  /**
   * The same statement with parameters in place of literals, for a database that keeps it prepared; undefined: it is to be sent as
   * text. Asked once for each text that is sent, since it learns which literals differ.
   */
  withParameters(): ParameterForm | undefined;
}

/** A statement with literals, as one with parameters that means the same. */
export interface ParameterForm {
  /** Its `claims` follow `values`. */
  readonly statement: GuardedStatement;
  /** Its `preparedText`. */
  readonly text: string;
  readonly parameterTypes: readonly number[];
  /** In text format. */
  readonly values: readonly string[];
}

export type Judged =
  | { readonly kind: 'allowed'; readonly statements: readonly GuardedStatement[] }
  | { readonly kind: 'denied'; readonly error: CordonError; readonly decision: Decision | undefined };
