/**
 * The parse tree of libpg-query, as read from its JSON: one tagged object a node, fields of a fixed type untagged,
 * zero, false and empty left out, locations in bytes.
 */
import type { A_Const, Node, ParamRef, RawStmt, TypeName } from '@pgsql/types';

export type * from '@pgsql/types';

/**
 * A claim stands in a rewritten tree as a ParamRef with a negative number: claim 0 is -1, claim 1 is -2.
 * Client texts cannot contain one: the grammar has no negative parameter.
 */
export function claimRef(index: number): Node {
  return { ParamRef: { number: -1 - index } };
}

/** The index of the claim that a ParamRef stands for, or undefined for a parameter of the client. */
export function claimIndex(param: ParamRef): number | undefined {
  const number = param.number ?? 0;
  return number < 0 ? -1 - number : undefined;
}

/** A piece of printed SQL: text, a literal of the client spliced at bind, or a claim. */
export type Segment =
  | string
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'claim'; readonly claim: number };

/** Finds the literal slot of the client's text that a constant came from; undefined: print its value. */
export type SlotOf = (constant: A_Const) => number | undefined;

export type { A_Const, Node, ParamRef, RawStmt, TypeName };

/** How a join is to be made: INNER HASH JOIN. */
export type JoinHint = 'hash' | 'merge' | 'lookup' | 'inverted' | 'straight';

declare module '@pgsql/types' {
  /** What CockroachDB's grammar adds; read and printed for that dialect alone. */
  interface RangeVar {
    /** `t@idx`, `t@{FORCE_INDEX=idx,NO_FULL_SCAN}`: each a DefElem, with the name of an index or none. */
    indexHint?: Node[];
  }
  interface SelectStmt {
    /** AS OF SYSTEM TIME. */
    asOf?: Node;
  }
  interface InsertStmt {
    upsert?: boolean;
  }
  interface UpdateStmt {
    sortClause?: Node[];
    limitCount?: Node;
  }
  interface DeleteStmt {
    sortClause?: Node[];
    limitCount?: Node;
  }
  interface ReturningClause {
    /** RETURNING NOTHING. */
    nothing?: boolean;
  }
  interface JoinExpr {
    /** INNER HASH JOIN and its kind. */
    joinHint?: JoinHint;
  }
  /** A statement that only CockroachDB's grammar reads, known by its first words, such as `CREATE TABLE`. */
  interface DataDefinitionStmt {
    verb: string;
  }
}
