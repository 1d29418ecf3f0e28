/** A rewritten statement before it is printed. */
import type { Node } from '../tree.ts';

/** What a face has to do beside sending the statement. */
export type Effect =
  | { readonly kind: 'none' }
  /** BEGIN / START TRANSACTION. */
  | { readonly kind: 'begin' }
  /** COMMIT / ROLLBACK. */
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
  /** DISCARD and RESET ALL, as far as they are harmless. */
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

export interface Rewritten {
  readonly kind: StatementKind;
  readonly node: Node;
  readonly effect: Effect;
  readonly discardRows: boolean;
  /** Takes no parameters in the extended protocol. */
  readonly textOnly: boolean;
  /** Literals are part of what was decided, so that the template holds for this text only. */
  readonly literal: boolean;
}

export function statementOf(kind: StatementKind, node: Node, more: Partial<Rewritten> = {}): Rewritten {
  return {
    kind,
    node,
    effect: { kind: 'none' },
    discardRows: false,
    textOnly: false,
    literal: false,
    ...more,
  };
}
