import type { CopyBytes } from './copy-format.ts';
import type { FieldsRead } from './fields.ts';

interface CsvField {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly end: number;
}

/** The fields of one line in CSV; a field that is quoted, even in part, is never NULL. */
export function csvFields(line: Buffer, bytes: CopyBytes, columns: number): FieldsRead {
  const fields: (string | null)[] = [];
  for (let start = 0; ; ) {
    if (fields.length === columns) return 'it has more fields than columns';
    const field = readField(line, start, bytes);
    if (field === undefined) return 'a quoted field is not closed';
    const isNull = !field.isQuoted && line.subarray(start, field.end).equals(bytes.nullText);
    fields.push(isNull ? null : field.text);
    if (field.end === line.length) return fields;
    start = field.end + 1;
  }
}

/** Reads up to a delimiter outside quotes; undefined if the quotes are not closed. */
function readField(
  line: Buffer,
  start: number,
  { delimiter, quote, escape: escapeByte }: CopyBytes,
): CsvField | undefined {
  const parts: Buffer[] = [];
  let isQuoted = false;
  let position = start;
  let plainFrom = start;
  while (position < line.length && line[position] !== delimiter) {
    if (line[position] === quote) {
      isQuoted = true;
      parts.push(line.subarray(plainFrom, position));
      const close = readQuoted(line, position + 1, quote, escapeByte, parts);
      if (close === undefined) return undefined;
      position = close;
      plainFrom = close + 1;
    }
    position += 1;
  }
  parts.push(line.subarray(plainFrom, position));
  const text =
    parts.length === 1 ? line.toString('utf8', start, position) : Buffer.concat(parts).toString('utf8');
  return { text, isQuoted, end: position };
}

/** Reads what is quoted into `parts` and tells where the closing quote stands. */
function readQuoted(
  line: Buffer,
  start: number,
  quote: number,
  escapeByte: number,
  parts: Buffer[],
): number | undefined {
  let plainFrom = start;
  for (let position = start; position < line.length; position += 1) {
    const byte = line[position];
    const next = line[position + 1];
    if (byte === escapeByte && next !== undefined && (next === escapeByte || next === quote)) {
      parts.push(line.subarray(plainFrom, position));
      position += 1;
      plainFrom = position;
    } else if (byte === quote) {
      parts.push(line.subarray(plainFrom, position));
      return position;
    }
  }
  return undefined;
}
