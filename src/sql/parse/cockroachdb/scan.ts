/**
 * CockroachDB's scanner, as far as PostgreSQL's agrees with it. Where the two would cut or read the same characters otherwise,
 * the text is refused, so that what this scanner delimits is delimited alike by both.
 *
 * Source: cockroachdb/cockroach, pkg/sql/scanner/scan.go; PostgreSQL, src/backend/parser/scan.l.
 */
import { CordonError, safeText } from '../../../errors/index.ts';
import {
  blockCommentEnd,
  classOf,
  DIGIT,
  dollarQuoteEnd,
  isDigit,
  LETTER,
  nameEnd,
  quotedEnd,
} from '../../shape/lexis.ts';
import { overLimit } from '../check-text.ts';
import { bytesLiteralEnd, checkEscapes } from './literal.ts';
import { cockroachOperatorAt, postgresOperatorAt } from './operators.ts';
import { ambiguous, type Token, type TokenKind } from './token.ts';

/** The longest name that PostgreSQL does not cut. */
const NAME_BYTES_MAX = 63;

export interface ScanLimits {
  readonly commentNestingMax: number;
  /** Brackets open at once. */
  readonly depthMax: number;
}

export function scan(text: string, limits: ScanLimits): Token[] {
  return new Scanner(text, limits).run();
}

class Scanner {
  readonly #text: string;
  readonly #limits: ScanLimits;
  readonly #byteOf: (unit: number) => number;
  readonly #tokens: Token[] = [];
  #depth = 0;

  constructor(text: string, limits: ScanLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#byteOf = byteOffsets(text);
  }

  run(): Token[] {
    let at = 0;
    while (at < this.#text.length) at = this.#step(at);
    return this.#tokens;
  }

  /** Reads a token, a blank or a comment; the start of the next. */
  #step(at: number): number {
    const text = this.#text;
    const unit = text.charAt(at);
    if (BLANKS.includes(unit)) return at + 1;
    if (text.startsWith('--', at)) return this.#lineComment(at);
    if (text.startsWith('/*', at)) return this.#blockComment(at);
    if (classOf(text.charCodeAt(at)) === LETTER) return this.#word(at);
    if (classOf(text.charCodeAt(at)) === DIGIT) return this.#number(at);
    if (unit === '.' && isDigit(text.charCodeAt(at + 1))) return this.#number(at);
    if (unit === "'") return this.#string(at, at, (quote) => quotedEnd(text, quote, "'"));
    if (unit === '"') return this.#quotedName(at);
    if (unit === '$') return this.#dollar(at);
    if (unit === ':') return this.#colon(at);
    if (text.startsWith('..', at)) return this.#push('mark', at, at + 2, '..');
    if (MARKS.includes(unit)) return this.#mark(at, unit);
    return this.#operator(at);
  }

  #push(kind: TokenKind, start: number, end: number, value: string): number {
    const byte = this.#byteOf(start);
    this.#tokens.push({
      kind,
      text: value,
      start,
      end,
      byte,
      byteEnd: this.#byteOf(end),
      depth: this.#depth,
    });
    return end;
  }

  /** To PostgreSQL a carriage return alone ends the comment, to CockroachDB only a line feed does. */
  #lineComment(at: number): number {
    const end = this.#text.indexOf('\n', at);
    const comment = this.#text.slice(at, end === -1 ? undefined : end);
    if (/\r./s.test(comment) || (end === -1 && comment.endsWith('\r')))
      throw ambiguous('a carriage return alone behind a comment');
    return at + comment.length;
  }

  #blockComment(at: number): number {
    const end = blockCommentEnd(this.#text, at, this.#limits.commentNestingMax);
    if (end === -2) throw overLimit(safeText('comment nesting'), this.#limits.commentNestingMax);
    if (end === -1) throw new CordonError('CORDON_SYNTAX');
    return end;
  }

  #word(at: number): number {
    const text = this.#text;
    const end = nameEnd(text, at);
    const word = text.slice(at, end);
    const next = text.charAt(end);
    if (next === "'" && word.length === 1 && 'bBeEnNxX'.includes(word)) return this.#prefixed(at, word);
    if (next === '&' && /^u$/i.test(word) && /['"]/.test(text.charAt(end + 1)))
      throw ambiguous('a literal or name with Unicode escapes');
    checkWord(word);
    return this.#push('word', at, end, lowered(word));
  }

  #prefixed(at: number, prefix: string): number {
    const text = this.#text;
    if (prefix === 'n' || prefix === 'N') throw ambiguous('a national string');
    if (prefix === 'e' || prefix === 'E')
      return this.#string(at, at + 1, (quote) => checkEscapes(text, quote));
    if (prefix !== 'B') return this.#unjoined('bytes', at, bytesLiteralEnd(text, at));
    const end = quotedEnd(text, at + 1, "'");
    if (end === -1 || !/^[01]*$/.test(text.slice(at + 2, end - 1))) throw new CordonError('CORDON_SYNTAX');
    return this.#unjoined('bits', at, end);
  }

  /** A literal that is continued on the next line would have to be joined before it is rewritten. */
  #unjoined(kind: TokenKind, at: number, end: number): number {
    if (this.#text[gapBehind(this.#text, end)] === "'") throw ambiguous('a literal in several pieces');
    return this.#push(kind, at, end, this.#text.slice(at, end));
  }

  /** Both join the pieces of a string where a line feed stands between them; PostgreSQL also over a comment or a carriage return. */
  #string(at: number, quote: number, endOf: (quote: number) => number): number {
    let end = endOf(quote);
    for (;;) {
      if (end === -1) throw new CordonError('CORDON_SYNTAX');
      const next = gapBehind(this.#text, end);
      if (this.#text[next] !== "'") return this.#push('string', at, end, this.#text.slice(at, end));
      if (!isJoining(this.#text.slice(end, next))) throw ambiguous('a literal in several pieces');
      end = endOf(next);
    }
  }

  #quotedName(at: number): number {
    const end = quotedEnd(this.#text, at, '"');
    if (end === -1) throw new CordonError('CORDON_SYNTAX');
    const name = this.#text.slice(at + 1, end - 1).replaceAll('""', '"');
    if (name.normalize('NFC') !== name) throw ambiguous('a name that is not in Unicode normal form C');
    checkLength(name);
    return this.#push('name', at, end, name);
  }

  #dollar(at: number): number {
    const text = this.#text;
    if (isDigit(text.charCodeAt(at + 1))) {
      const end = /\d+/y;
      end.lastIndex = at + 1;
      end.exec(text);
      return this.#push('parameter', at, end.lastIndex, text.slice(at, end.lastIndex));
    }
    const end = dollarQuoteEnd(text, at);
    if (end <= 0) throw new CordonError('CORDON_SYNTAX');
    return this.#push('string', at, end, text.slice(at, end));
  }

  #number(at: number): number {
    const end = numberEnd(this.#text, at);
    if (end < this.#text.length && classOf(this.#text.charCodeAt(end)) === LETTER)
      throw new CordonError('CORDON_SYNTAX');
    return this.#push('number', at, end, this.#text.slice(at, end));
  }

  #colon(at: number): number {
    const mark = [':::', '::', ':'].find((colons) => this.#text.startsWith(colons, at)) ?? ':';
    if (this.#text[at + mark.length] === '=') throw ambiguous('a named argument');
    return this.#push('mark', at, at + mark.length, mark);
  }

  #mark(at: number, mark: string): number {
    if (')]}'.includes(mark)) this.#depth = Math.max(0, this.#depth - 1);
    this.#push('mark', at, at + 1, mark);
    if ('([{'.includes(mark)) this.#depth += 1;
    if (this.#depth > this.#limits.depthMax) throw overLimit(safeText('nesting'), this.#limits.depthMax);
    return at + 1;
  }

  #operator(at: number): number {
    const ours = cockroachOperatorAt(this.#text, at);
    const theirs = postgresOperatorAt(this.#text, at);
    if (theirs === '') throw new CordonError('CORDON_SYNTAX');
    if (ours !== theirs) throw ambiguous(`the operator ${theirs}`);
    return this.#push('operator', at, at + ours.length, ours);
  }
}

/** CockroachDB takes no vertical tab for a blank. */
const BLANKS = ' \t\n\r\f';
/** Blanks, and no carriage return but before a line feed. */
const BLANK_GAP = /^(?:[ \t\f\n]|\r\n)*$/;

/** Whether blanks join two pieces of a string; asked in two steps, since one pattern for both would be quadratic. */
function isJoining(gap: string): boolean {
  return gap.includes('\n') && BLANK_GAP.test(gap);
}

const MARKS = ',;()[]{}.';

/** Where the next thing begins that is neither blank nor comment, as PostgreSQL skips them between pieces of a string. */
function gapBehind(text: string, end: number): number {
  let at = end;
  for (;;) {
    while (/[ \t\n\r\f\v]/.test(text.charAt(at))) at += 1;
    if (!text.startsWith('--', at)) return at;
    while (at < text.length && !/[\n\r]/.test(text.charAt(at))) at += 1;
  }
}

/** Decimal digits with a point and an exponent, or hexadecimal digits. */
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y;

function numberEnd(text: string, at: number): number {
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : at + 1;
}

const ASCII_UPPER = /[A-Z]/g;

function lowered(word: string): string {
  return word.replace(ASCII_UPPER, (letter) => letter.toLowerCase());
}

/** PostgreSQL lowers the ASCII letters of an unquoted name alone, CockroachDB all, and brings it into normal form. */
function checkWord(word: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is meant.
  if (/^[\x00-\x7f]*$/.test(word)) {
    checkLength(word);
    return;
  }
  for (const letter of word) {
    if (letter > '\u007f' && (letter.toLowerCase() !== letter || DOTLESS.includes(letter)))
      throw ambiguous('an unquoted name with capitals beyond ASCII');
  }
  if (word.normalize('NFC') !== word) throw ambiguous('a name that is not in Unicode normal form C');
  checkLength(word);
}

/** CockroachDB takes them for a plain i. */
const DOTLESS = '\u0130\u0131';

function checkLength(name: string): void {
  const bytes = name.length > NAME_BYTES_MAX / 3 ? new TextEncoder().encode(name).length : name.length;
  if (bytes > NAME_BYTES_MAX) throw ambiguous('a name of more than 63 bytes');
}

function byteOffsets(text: string): (unit: number) => number {
  const bytes = new Uint32Array(text.length + 1);
  let wide = false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const surrogate = unit >= 0xd800 && unit <= 0xdfff;
    const width = unit < 0x80 ? 1 : unit < 0x800 || surrogate ? 2 : 3;
    if (width > 1) wide = true;
    bytes[i + 1] = (bytes[i] ?? 0) + width;
  }
  return wide ? (unit) => bytes[unit] ?? 0 : (unit) => unit;
}
