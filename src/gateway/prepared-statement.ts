import type { Principal } from '../guard/answers.ts';
import type { GuardedStatement, StatementKind } from '../guard/types.ts';
import type { RowShape } from './expected.ts';

/** A text as the database has prepared it. */
export interface Variant {
  /** The name upstream: the gateway's own, which no client can guess. */
  readonly name: string;
  readonly text: string;
  readonly shape: RowShape;
  /** Of the link that it was prepared on. */
  readonly generation: number;
  /** Of a statement that others use too: it could not be used, and is to be prepared anew. */
  readonly failed?: () => void;
}

/** Kinds whose rows are known from their text, whoever sends it. */
const PLAIN: ReadonlySet<StatementKind> = new Set<StatementKind>(['select', 'insert', 'update', 'delete']);

/** Whether a statement is known by its text alone, so that what holds for one holds for each that is worded alike. */
export function isPlain({ kind, textOnly }: GuardedStatement): boolean {
  return PLAIN.has(kind) && !textOnly;
}

/** A statement judged for a caller. */
interface Judgement {
  readonly role: string;
  readonly fingerprint: string;
  readonly guardVersion: number;
  readonly guarded: GuardedStatement;
}

/**
 * A statement that the client has prepared: its text, and what was prepared upstream for it. Callers of one role share one
 * text, with claims bound per execution; for another role the kept text is judged anew and prepared beside the first.
 */
export class PreparedStatement {
  readonly text: string;
  readonly parameterTypes: readonly number[];
  /** The caller that a token in front of the text presented: presented again whenever the statement is used. */
  readonly presented: Principal | undefined;
  readonly #variants = new Map<string, Variant>();
  #judgement: Judgement | undefined;
  #isRepeated = false;

  constructor(text: string, parameterTypes: readonly number[], presented: Principal | undefined) {
    this.text = text;
    this.parameterTypes = parameterTypes;
    this.presented = presented;
  }

  /** The client has sent it before, word by word. */
  get isRepeated(): boolean {
    return this.#isRepeated;
  }

  /** What the guard said of the same statement before is asked of it no second time. */
  repeat(before: PreparedStatement): void {
    this.#isRepeated = true;
    const judgement = before.#judgement;
    if (judgement !== undefined && isPlain(judgement.guarded)) this.#judgement = judgement;
  }

  /** What the guard last said, if it holds for this caller too. */
  judged(principal: Principal, guardVersion: number): GuardedStatement | undefined {
    const last = this.#judgement;
    if (last === undefined || last.guardVersion !== guardVersion || last.role !== principal.role)
      return undefined;
    // A text with the caller's claims inside belongs to that caller.
    return last.guarded.textOnly && last.fingerprint !== principal.fingerprint ? undefined : last.guarded;
  }

  remember(principal: Principal, guardVersion: number, guarded: GuardedStatement): void {
    const { role, fingerprint } = principal;
    this.#judgement = { role, fingerprint, guardVersion, guarded };
  }

  variant(text: string, generation: number): Variant | undefined {
    const variant = this.#variants.get(text);
    return variant?.generation === generation ? variant : undefined;
  }

  add(variant: Variant): void {
    this.#variants.set(variant.text, variant);
  }

  clear(): void {
    this.#variants.clear();
  }

  remove(variant: Variant): void {
    if (this.#variants.get(variant.text) === variant) this.#variants.delete(variant.text);
  }

  /** What the database holds for this statement. */
  variants(generation: number): readonly Variant[] {
    return [...this.#variants.values()].filter((variant) => variant.generation === generation);
  }

  /** How many parameters belong to the client: those of the text, and those it gave types for beyond. */
  parameterCount({ parameterCount, textOnly }: GuardedStatement): number {
    // A utility statement has none: those inside PREPARE get their values from EXECUTE.
    return Math.max(textOnly ? 0 : parameterCount, this.parameterTypes.length);
  }
}
