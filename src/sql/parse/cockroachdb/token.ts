import { CordonError, safeName } from '../../../errors/index.ts';

/** What CockroachDB's scanner makes of a piece of text. */
export type TokenKind =
  /** An unquoted name or keyword. */
  | 'word'
  /** A quoted name. */
  | 'name'
  | 'string'
  /** `b'..'` or `x'..'`. */
  | 'bytes'
  | 'bits'
  | 'number'
  | 'parameter'
  | 'operator'
  /** Punctuation. */
  | 'mark';

export interface Token {
  readonly kind: TokenKind;
  /** Of a word the lower case, of a quoted name its value, of all others the text itself. */
  readonly text: string;
  /** Offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Offsets in bytes. */
  readonly byte: number;
  readonly byteEnd: number;
  /** How many brackets are open around it; brackets themselves stand outside. */
  readonly depth: number;
}

/** The same text means one thing to PostgreSQL and another to CockroachDB; `construct` is of this source code or a mere name. */
export function ambiguous(construct: string): CordonError {
  return new CordonError('CORDON_DIALECT_AMBIGUOUS', { construct: safeName(construct) });
}

/** A statement that no caller may run; words of this source code. */
export function deniedStatement(words: string): CordonError {
  return new CordonError('CORDON_STATEMENT_DENIED', { statement: safeName(words) });
}

/** The tokens of one statement, which begin at `first` and end before `end`. */
export class Tokens {
  readonly all: readonly Token[];
  readonly first: number;
  readonly end: number;

  constructor(all: readonly Token[], first: number, end: number) {
    this.all = all;
    this.first = first;
    this.end = end;
  }

  /** The token at an index of the whole text, if it belongs to this statement. */
  at(index: number): Token | undefined {
    return index >= this.first && index < this.end ? this.all[index] : undefined;
  }

  isWord(index: number, ...words: readonly string[]): boolean {
    const token = this.at(index);
    return token?.kind === 'word' && words.includes(token.text);
  }

  isMark(index: number, ...marks: readonly string[]): boolean {
    const token = this.at(index);
    return token?.kind === 'mark' && marks.includes(token.text);
  }

  isOperator(index: number, operator: string): boolean {
    const token = this.at(index);
    return token?.kind === 'operator' && token.text === operator;
  }

  /** Whether the words stand in a row from `index` on. */
  areWords(index: number, ...words: readonly string[]): boolean {
    return words.every((word, i) => this.isWord(index + i, word));
  }

  isName(index: number): boolean {
    const kind = this.at(index)?.kind;
    return kind === 'word' || kind === 'name';
  }

  /** The index of the bracket that closes the one at `index`, or the end. */
  closing(index: number): number {
    const depth = this.at(index)?.depth ?? 0;
    let at = index + 1;
    while (at < this.end && (this.all[at]?.depth ?? 0) > depth) at += 1;
    return at;
  }
}
