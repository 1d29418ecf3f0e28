import type { CopyBytes } from './copy-format.ts';
import { type FieldsRead, utf8Field } from './fields.ts';
import { BACKSLASH } from './line-scanner.ts';

/** What single letters stand for after a backslash. */
const ESCAPES: ReadonlyMap<number, number> = new Map(
  (
    [
      ['b', 0x08],
      ['f', 0x0c],
      ['n', 0x0a],
      ['r', 0x0d],
      ['t', 0x09],
      ['v', 0x0b],
    ] as const
  ).map(([letter, byte]) => [letter.charCodeAt(0), byte]),
);
const LETTER_X = 0x78;

/** The fields of one line in the text format: escapes undone, the null text told apart before. */
export function textFields(line: Buffer, bytes: CopyBytes, columns: number): FieldsRead {
  const fields: (string | null)[] = [];
  for (let start = 0; ; ) {
    const { end, contentEnd, isEscaped } = fieldEnd(line, start, bytes.delimiter);
    if (fields.length === columns) return 'it has more fields than columns';
    const raw = line.subarray(start, contentEnd);
    const field = raw.equals(bytes.nullText) ? null : readText(raw, isEscaped);
    if (field === undefined) return 'encoding';
    fields.push(field);
    if (end === line.length) return fields;
    start = end + 1;
  }
}

interface FieldEnd {
  readonly end: number;
  /** A backslash at the very end of the data is dropped, as PostgreSQL drops it. */
  readonly contentEnd: number;
  readonly isEscaped: boolean;
}

function fieldEnd(line: Buffer, start: number, delimiter: number): FieldEnd {
  let isEscaped = false;
  let position = start;
  while (position < line.length && line[position] !== delimiter) {
    if (line[position] === BACKSLASH) {
      isEscaped = true;
      position += 1;
    }
    position += 1;
  }
  const end = Math.min(position, line.length);
  return { end, contentEnd: position > end ? end - 1 : end, isEscaped };
}

function readText(raw: Buffer, isEscaped: boolean): string | undefined {
  return isEscaped ? utf8Field(withoutEscapes(raw)) : raw.toString('utf8');
}

function withoutEscapes(raw: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(raw.length);
  let length = 0;
  for (let position = 0; position < raw.length; ) {
    const byte = raw[position] ?? 0;
    const read = byte === BACKSLASH ? readEscape(raw, position + 1) : { byte, next: position + 1 };
    plain[length++] = read.byte;
    position = read.next;
  }
  return plain.subarray(0, length);
}

function readEscape(raw: Buffer, position: number): { byte: number; next: number } {
  const letter = raw[position] ?? 0;
  if (digit(letter, 8) !== -1) return readNumber(raw, position, 8, 3);
  if (letter === LETTER_X && digit(raw[position + 1], 16) !== -1) return readNumber(raw, position + 1, 16, 2);
  return { byte: ESCAPES.get(letter) ?? letter, next: position + 1 };
}

function readNumber(
  raw: Buffer,
  start: number,
  base: 8 | 16,
  digitsMax: number,
): { byte: number; next: number } {
  let value = 0;
  let position = start;
  while (position < start + digitsMax && digit(raw[position], base) !== -1) {
    value = value * base + digit(raw[position], base);
    position += 1;
  }
  return { byte: value & 0xff, next: position };
}

function digit(byte: number | undefined, base: 8 | 16): number {
  if (byte === undefined) return -1;
  const value = Number.parseInt(String.fromCharCode(byte), base);
  return Number.isNaN(value) ? -1 : value;
}
