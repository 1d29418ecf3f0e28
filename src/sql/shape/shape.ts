/**
 * The shape of a text: the text with each literal replaced by a mark of its kind. Texts of one shape differ in the
 * values of literals alone, so what was decided for one is decided for all, save for literals that the caller pins.
 *
 * The lexer must delimit each literal exactly as PostgreSQL's scanner does. Whatever is rare and easy to get wrong
 * (dollar quotes, escapes, continued strings, other number notations, nested comments) is not attempted: the text is
 * then `slow`, has no slots, and is its own key.
 */
import {
  blockCommentEnd,
  CLASS,
  continuesName,
  DIGIT,
  DOLLAR,
  DOT,
  DOUBLE_QUOTE,
  isDigit,
  LETTER,
  lineCommentEnd,
  MINUS,
  PLAIN,
  QUOTE,
  quotedEnd,
  SEMICOLON,
  SLASH,
  SPACE,
} from './lexis.ts';

/**
 * What the scanner makes of a literal. `big-integer`: digits that do not fit int4; the grammar reads them as it reads
 * floats, and they get another type.
 */
export type SlotKind = 'string' | 'integer' | 'big-integer' | 'float';

/** A literal of a text; the offsets count UTF-16 units and include quotes and the E of an escape string. */
export interface Slot {
  readonly kind: SlotKind;
  readonly start: number;
  readonly end: number;
}

export interface Shape {
  /** Equal for texts that differ in the values of their slots alone. */
  readonly key: string;
  /** The literals, in order; empty if the text is slow. */
  readonly slots: readonly Slot[];
  /** Where semicolons stand; empty if the text is slow. */
  readonly semicolons: readonly number[];
  /** The text was not fully read, and its key is the text itself. */
  readonly slow: boolean;
}

/** Control characters begin no token, so a mark cannot be mistaken for a piece of a text that was read. */
const MARKS: Readonly<Record<SlotKind, string>> = {
  string: '\u0001',
  integer: '\u0002',
  'big-integer': '\u0003',
  float: '\u0004',
};

const SLOW = -1;

/** The shape of a text; never throws. */
export function shape(text: string): Shape {
  // Such texts are refused before the parser; as a shape they must not be taken for one that was accepted.
  if (text.includes('\0') || !text.isWellFormed()) return slowShape(text);
  return new Lexer(text).run();
}

const slowShape = (text: string): Shape => ({ key: text, slots: [], semicolons: [], slow: true });

class Lexer {
  readonly #text: string;
  readonly #slots: Slot[] = [];
  readonly #semicolons: number[] = [];
  #key = '';
  /** Up to here the text is in the key. */
  #copied = 0;
  /** Only blanks and comments since a string: a quote now may continue it. */
  #afterString = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Shape {
    const text = this.#text;
    const length = text.length;
    let at = 0;
    while (at < length) {
      const unit = text.charCodeAt(at);
      if (BLANK[unit] === 1) {
        at += 1;
      } else {
        at = this.#token(at, unit);
        if (at < 0) return slowShape(text);
      }
    }
    const key = this.#key + text.slice(this.#copied);
    return { key, slots: this.#slots, semicolons: this.#semicolons, slow: false };
  }

  /** Reads the token that starts at `at`; the start of the next, or a negative number: slow. */
  #token(at: number, unit: number): number {
    const unitClass = unit < 128 ? CLASS[unit] : LETTER;
    if (unitClass === LETTER) return this.#word(at);
    if (unitClass === MINUS && this.#text.charCodeAt(at + 1) === unit) return lineCommentEnd(this.#text, at);
    if (unitClass === SLASH && this.#text.charCodeAt(at + 1) === ASTERISK)
      return blockCommentEnd(this.#text, at, 1);
    if (unitClass === QUOTE) return this.#afterString ? SLOW : this.#string(at, at);
    this.#afterString = false;
    switch (unitClass) {
      case DIGIT:
        return this.#number(at);
      case DOT:
        return this.#dot(at);
      case DOUBLE_QUOTE:
        return quotedEnd(this.#text, at, '"');
      case DOLLAR:
        return this.#parameter(at);
      case SEMICOLON:
        this.#semicolons.push(at);
        return at + 1;
      case PLAIN:
      case MINUS:
      case SLASH:
        return at + 1;
      default:
        return SLOW;
    }
  }

  #slot(kind: SlotKind, start: number, end: number): number {
    this.#slots.push({ kind, start, end });
    this.#key += this.#text.slice(this.#copied, start) + MARKS[kind];
    this.#copied = end;
    return end;
  }

  #string(start: number, quote: number): number {
    const end = quotedEnd(this.#text, quote, "'");
    if (end === -1) return SLOW;
    this.#afterString = true;
    return this.#slot('string', start, end);
  }

  #word(start: number): number {
    const text = this.#text;
    this.#afterString = false;
    const end = wordEnd(text, start);
    if (end !== start + 1) return end;
    const next = text.charCodeAt(end);
    if (next === SINGLE_QUOTE) return this.#prefixed(start);
    // U& before a quote begins a string or name with Unicode escapes.
    return next === AMPERSAND && isU(text.charCodeAt(start)) ? SLOW : end;
  }

  /** A letter right before a quote is part of the literal if it is one of B, E, N and X. */
  #prefixed(start: number): number {
    const letter = this.#text.charAt(start);
    if (letter === 'e' || letter === 'E') return this.#escapeString(start);
    return 'bBnNxX'.includes(letter) ? SLOW : start + 1;
  }

  #escapeString(start: number): number {
    const end = simpleEscapeStringEnd(this.#text, start + 1);
    if (end === SLOW) return SLOW;
    this.#afterString = true;
    return this.#slot('string', start, end);
  }

  #number(start: number): number {
    const text = this.#text;
    const digits = digitsEnd(text, start);
    const end = numberEnd(text, digits);
    if (end === SLOW) return SLOW;
    return this.#slot(end === digits ? integerKind(text, start, end) : 'float', start, end);
  }

  #dot(at: number): number {
    const next = this.#text.charCodeAt(at + 1);
    if (next === PERIOD) return at + 2;
    if (!isDigit(next)) return at + 1;
    const end = numberEnd(this.#text, at);
    return end === SLOW ? SLOW : this.#slot('float', at, end);
  }

  #parameter(at: number): number {
    const end = digitsEnd(this.#text, at + 1);
    const junk = end < this.#text.length && continuesName(this.#text.charCodeAt(end));
    return end === at + 1 || junk ? SLOW : end;
  }
}

const AMPERSAND = 38;
const SINGLE_QUOTE = 39;
const ASTERISK = 42;
const PERIOD = 46;
const BACKSLASH = 92;

const isU = (unit: number): boolean => unit === 85 || unit === 117;

/** Units that look like blanks; to the scanner they are letters, which is surely not what their writer meant. */
const ODD_BLANK = /[\u0080-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/;

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit >= 128) {
      if (ODD_BLANK.test(text.charAt(at))) return SLOW;
    } else if (CONTINUES[unit] !== 1) break;
    at += 1;
  }
  return at;
}

const BLANK = Uint8Array.from({ length: 128 }, (_, unit) => (CLASS[unit] === SPACE ? 1 : 0));

const CONTINUES = Uint8Array.from({ length: 128 }, (_, unit) => (continuesName(unit) ? 1 : 0));

function digitsEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

/** The end of a number whose leading digits end at `digits`; two dots in a row are a token of their own. */
function numberEnd(text: string, digits: number): number {
  let end = digits;
  if (text.charCodeAt(end) === PERIOD && text.charCodeAt(end + 1) !== PERIOD) end = digitsEnd(text, end + 1);
  end = exponentEnd(text, end);
  // A letter right behind a number is an error or another notation.
  if (end < text.length && continuesName(text.charCodeAt(end))) return SLOW;
  return end;
}

function exponentEnd(text: string, start: number): number {
  const letter = text.charAt(start);
  if (letter !== 'e' && letter !== 'E') return start;
  const sign = text.charAt(start + 1);
  const digits = sign === '+' || sign === '-' ? start + 2 : start + 1;
  const end = digitsEnd(text, digits);
  return end === digits ? start : end;
}

const INT4_MAX = 2147483647;
/** So many digits always fit int4. */
const INT4_DIGITS = 9;
const INT8_MAX = 2n ** 63n - 1n;
/** So many digits always fit int8, and a number of JavaScript. */
const INT8_DIGITS = 15;

function integerKind(text: string, start: number, end: number): SlotKind {
  if (end - start <= INT4_DIGITS) return 'integer';
  if (end - start <= INT8_DIGITS)
    return Number(text.slice(start, end)) <= INT4_MAX ? 'integer' : 'big-integer';
  const value = BigInt(text.slice(start, end));
  if (value <= INT4_MAX) return 'integer';
  // What does not fit int8 is numeric, as a number with a point is.
  return value <= INT8_MAX ? 'big-integer' : 'float';
}

/** The end of an escape string in which a backslash escapes nothing but a backslash. */
function simpleEscapeStringEnd(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (unit === BACKSLASH) {
      if (next !== BACKSLASH) return SLOW;
      at += 2;
    } else if (unit !== SINGLE_QUOTE) {
      at += 1;
    } else if (next === SINGLE_QUOTE) {
      at += 2;
    } else {
      return at + 1;
    }
  }
  return SLOW;
}

/** The value of a literal: a string without its quotes and escapes, the digits of a number. */
export function slotValue(text: string, slot: Slot): string {
  const literal = text.slice(slot.start, slot.end);
  if (slot.kind !== 'string') return literal;
  if (literal.startsWith("'")) return literal.slice(1, -1).replaceAll("''", "'");
  return literal.slice(2, -1).replaceAll("''", "'").replaceAll('\\\\', '\\');
}
