/** Byte and escape literals of CockroachDB. */
import { CordonError } from '../../../errors/index.ts';
import { ambiguous } from './token.ts';

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

/** The end of the literal `b'..'` or `x'..'` that starts at `at`. */
export function bytesLiteralEnd(text: string, at: number): number {
  const hexadecimal = text[at] !== 'b';
  const end = hexadecimal ? text.indexOf("'", at + 2) + 1 : escapedEnd(text, at + 1);
  if (end <= 0 || (hexadecimal && !HEX.test(text.slice(at + 2, end - 1))))
    throw new CordonError('CORDON_SYNTAX');
  return end;
}

/** The end of a string whose quote stands at `quote`, in which a backslash escapes; 0: it does not end. */
function escapedEnd(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length) {
    const unit = text[at];
    if (unit === '\\') at += 2;
    else if (unit !== "'") at += 1;
    else if (text[at + 1] === "'") at += 2;
    else return at + 1;
  }
  return 0;
}

/** The bytes of a literal `b'..'` or `x'..'`, as hexadecimal digits. */
export function bytesOf(literal: string): string {
  if (!literal.startsWith('b')) return literal.slice(2, -1).toLowerCase();
  const body = literal.slice(2, -1);
  let hex = '';
  let at = 0;
  while (at < body.length) {
    const [bytes, next] = body[at] === '\\' ? escapeAt(body, at + 1) : plainAt(body, at);
    hex += bytes;
    at = next;
  }
  return hex;
}

type Piece = readonly [hex: string, next: number];

const hexOf = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function plainAt(body: string, at: number): Piece {
  const character = String.fromCodePoint(body.codePointAt(at) ?? 0);
  return [hexOf(character), at + (character === "'" ? 2 : character.length)];
}

/** strconv.UnquoteChar of Go, whose escapes CockroachDB takes. */
const CONTROLS: Readonly<Record<string, string>> = {
  a: '07',
  b: '08',
  f: '0c',
  n: '0a',
  r: '0d',
  t: '09',
  v: '0b',
  '\\': '5c',
};

function escapeAt(body: string, at: number): Piece {
  const letter = body.charAt(at);
  const control = Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter] : undefined;
  if (control !== undefined) return [control, at + 1];
  if (letter === 'x' || letter === 'X') return digits(body, at + 1, 2, 16);
  if (/[0-7]/.test(letter)) return digits(body, at, 3, 8);
  if (letter === 'u' || letter === 'U') return codePoint(body, at);
  if (letter === '') throw new CordonError('CORDON_SYNTAX');
  // Any other character stands for itself, a quote too.
  const character = String.fromCodePoint(body.codePointAt(at) ?? 0);
  return [hexOf(character), at + character.length];
}

function numberAt(body: string, at: number, length: number, base: 8 | 16): number {
  const text = body.slice(at, at + length);
  const known = base === 8 ? /^[0-7]+$/ : /^[0-9a-fA-F]+$/;
  if (text.length !== length || !known.test(text)) throw new CordonError('CORDON_SYNTAX');
  return Number.parseInt(text, base);
}

function digits(body: string, at: number, length: number, base: 8 | 16): Piece {
  const value = numberAt(body, at, length, base);
  if (value > 0xff) throw new CordonError('CORDON_SYNTAX');
  return [value.toString(16).padStart(2, '0'), at + length];
}

function codePoint(body: string, at: number): Piece {
  const length = body[at] === 'u' ? 4 : 8;
  const value = numberAt(body, at + 1, length, 16);
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) throw new CordonError('CORDON_SYNTAX');
  return [hexOf(String.fromCodePoint(value)), at + 1 + length];
}

/**
 * The end of an escape string whose quote stands at `quote`; 0: it does not end. Refuses escapes that only one of the two
 * servers has (`\a`, `\v`, `\X..`) or that may have another length there.
 */
export function checkEscapes(text: string, quote: number): number {
  const end = escapedEnd(text, quote);
  if (end === 0) return -1;
  for (let at = text.indexOf('\\', quote); at !== -1 && at < end; at = text.indexOf('\\', at + 2)) {
    if (!SAME_ESCAPE.test(text.slice(at + 1, at + 10))) throw ambiguous('an escape of a string');
  }
  return end;
}

/** A control character, the character itself, a byte below 0x80 in full length, or a code point. */
const SAME_ESCAPE =
  /^(?:[bfnrt\\]|[^a-zA-Z0-9]|[cdeg-mo-qswyzA-TVWYZ]|0[0-7]{2}|1[0-7]{2}|x[0-7][0-9a-fA-F]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/;
