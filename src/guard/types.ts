/** What the guard answers to its faces. */
import type { CordonError } from '../errors/index.ts';
import type { Decision, Principal } from '../policy/index.ts';

/** What a face has to do beside sending the statement. */
export type Effect =
  | { readonly kind: 'none' }
  /** BEGIN / START TRANSACTION. */
  | { readonly kind: 'begin' }
  /** COMMIT / ROLLBACK (also PREPARE TRANSACTION is refused before). */
  | { readonly kind: 'end'; readonly chain: boolean }
  /** SAVEPOINT, RELEASE, ROLLBACK TO. */
  | { readonly kind: 'savepoint' }
  /** SET [LOCAL] cordon.token: the text sent to the database is a harmless SET with the same tag. */
  | { readonly kind: 'set-token'; readonly token: string | undefined; readonly local: boolean }
  | { readonly kind: 'prepare'; readonly name: string }
  | { readonly kind: 'execute'; readonly name: string }
  /** undefined: ALL. */
  | { readonly kind: 'deallocate'; readonly name: string | undefined }
  | { readonly kind: 'declare' }
  | { readonly kind: 'fetch' }
  | { readonly kind: 'close' }
  | { readonly kind: 'copy-out' }
  /** COPY FROM STDIN: the face reads the rows and inserts them through the guard (see `CopyTarget`). */
  | { readonly kind: 'copy-in'; readonly target: CopyTarget }
  /** DISCARD ALL and RESET ALL as far as they are harmless. */
  | { readonly kind: 'discard' };

export interface CopyTarget {
  /** Printed and quoted: `"public"."orders"`. */
  readonly relation: string;
  /** Printed and quoted, in the order of the fields of a row. */
  readonly columns: readonly string[];
  readonly format: 'text' | 'csv';
  readonly delimiter: string;
  readonly nullText: string;
  readonly quote: string;
  readonly escape: string;
  readonly header: boolean;
}

export type StatementKind =
  | 'select'
  | 'insert'
  | 'update'
  | 'delete'
  | 'transaction'
  | 'set'
  | 'show'
  | 'prepare'
  | 'execute'
  | 'deallocate'
  | 'cursor'
  | 'copy'
  | 'explain'
  | 'discard'
  | 'ddl'
  | 'empty';

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
}

export type Judged =
  | { readonly kind: 'allowed'; readonly statements: readonly GuardedStatement[] }
  | { readonly kind: 'denied'; readonly error: CordonError; readonly decision: Decision | undefined };
