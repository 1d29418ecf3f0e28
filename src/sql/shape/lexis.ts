/**
 * The parts of PostgreSQL's scanner (src/backend/parser/scan.l) that decide where literals, names and comments end.
 * Every unit above ASCII is a letter there, so texts can be read in UTF-16 as well as in bytes.
 */

/** What a unit may begin or continue. */
export const SPACE = 1;
export const LETTER = 2;
export const DIGIT = 3;
export const QUOTE = 4;
export const DOUBLE_QUOTE = 5;
export const DOLLAR = 6;
export const DOT = 7;
export const MINUS = 8;
export const SLASH = 9;
export const SEMICOLON = 10;
/** Punctuation and operator characters that need no look at what follows. */
export const PLAIN = 11;
/** A unit that no token begins with: the parser refuses it. */
export const ODD = 12;

/** The class of each ASCII unit. */
export const CLASS: Uint8Array = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(128).fill(ODD);
  const put = (units: string, unitClass: number): void => {
    for (let i = 0; i < units.length; i += 1) table[units.charCodeAt(i)] = unitClass;
  };
  put(' \t\n\r\f\v', SPACE);
  put('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', LETTER);
  put('0123456789', DIGIT);
  put(',()[]:+*%^<>=~!@#&|`?', PLAIN);
  put("'", QUOTE);
  put('"', DOUBLE_QUOTE);
  put('$', DOLLAR);
  put('.', DOT);
  put('-', MINUS);
  put('/', SLASH);
  put(';', SEMICOLON);
  return table;
}

/** The class of a unit. */
export function classOf(unit: number): number {
  return unit < 128 ? (CLASS[unit] ?? ODD) : LETTER;
}

/** Whether a unit may continue a name: a letter, a digit or `$`. */
export function continuesName(unit: number): boolean {
  if (unit >= 128) return true;
  const unitClass = CLASS[unit] ?? ODD;
  return unitClass === LETTER || unitClass === DIGIT || unitClass === DOLLAR;
}

export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** The end of the name that starts at `start`. */
export function nameEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && continuesName(text.charCodeAt(at))) at += 1;
  return at;
}

/** The end of a quoted run that starts at `start`, in which the quote is doubled; -1: it does not end. */
export function quotedEnd(text: string, start: number, quote: string): number {
  let at = start + 1;
  for (;;) {
    const close = text.indexOf(quote, at);
    if (close === -1) return -1;
    if (text[close + 1] !== quote) return close + 1;
    at = close + 2;
  }
}

const BACKSLASH = 92;
const SINGLE_QUOTE = 39;

/** The end of a string with backslash escapes whose quote stands at `start`; -1: it does not end. */
export function escapeStringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at += 2;
    else if (unit !== SINGLE_QUOTE) at += 1;
    else if (text.charCodeAt(at + 1) === SINGLE_QUOTE) at += 2;
    else return at + 1;
  }
  return -1;
}

/** The end of a comment that starts with `--`: before the line's end, which may be a carriage return alone. */
export function lineCommentEnd(text: string, start: number): number {
  let at = start + 2;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) break;
    at += 1;
  }
  return at;
}

/** The end of the block comment that starts at `start`; -1: it does not end; -2: it nests deeper than allowed. */
export function blockCommentEnd(text: string, start: number, nestingMax: number): number {
  let depth = 1;
  let at = start + 2;
  while (at < text.length) {
    const pair = text[at] === '/' || text[at] === '*' ? text.slice(at, at + 2) : '';
    if (pair === '/*') depth += 1;
    else if (pair === '*/') depth -= 1;
    if (depth === 0) return at + 2;
    if (depth > nestingMax) return -2;
    at += pair === '/*' || pair === '*/' ? 2 : 1;
  }
  return -1;
}

/** The end of the dollar-quoted string that starts at `start`; 0: none starts here; -1: it does not end. */
export function dollarQuoteEnd(text: string, start: number): number {
  let at = start + 1;
  if (isDigit(text.charCodeAt(at))) return 0;
  while (at < text.length && text[at] !== '$' && continuesName(text.charCodeAt(at))) at += 1;
  if (text[at] !== '$') return 0;
  const delimiter = text.slice(start, at + 1);
  const close = text.indexOf(delimiter, at + 1);
  return close === -1 ? -1 : close + delimiter.length;
}
