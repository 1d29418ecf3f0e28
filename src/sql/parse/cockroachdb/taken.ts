import type { JoinHint, Node } from '../../tree.ts';

/** An expression or clause that is parsed on its own: the bytes where it stands. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** What was taken out of a text, by the byte of the token in whose node it belongs. */
export class Taken {
  /** UPSERT, by the relation that is written. */
  readonly upserts = new Set<number>();
  /** Index hints, by the relation. */
  readonly indexHints = new Map<number, Node[]>();
  /** Join hints, by the first token of the relation that is joined. */
  readonly joinHints = new Map<number, JoinHint>();
  /** AS OF SYSTEM TIME behind FROM, by the relation put there in its place. */
  readonly asOf = new Map<number, Piece>();
  /** Transaction modes, by the mode put there in their place. */
  readonly modes = new Map<number, { readonly name: string; readonly value: Piece | string }>();
  /** ORDER BY and LIMIT of UPDATE and DELETE, by the relation that is written. */
  readonly tails = new Map<number, Piece>();
  /** Byte literals as hexadecimal digits, by the string put there in their place. */
  readonly literals = new Map<number, string>();
  /** RETURNING NOTHING, by its second word. */
  readonly nothing = new Set<number>();

  /** Whether all of it was put into the tree. */
  get isEmpty(): boolean {
    const all = [
      this.upserts,
      this.indexHints,
      this.joinHints,
      this.asOf,
      this.modes,
      this.tails,
      this.literals,
      this.nothing,
    ];
    return all.every((one) => one.size === 0);
  }
}
