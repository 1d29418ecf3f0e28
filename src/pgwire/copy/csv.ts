import type { CopyBytes } from './copy-format.ts';
import type { FieldsRead } from './fields.ts';

interface CsvField {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly end: number;
}

/** What is left of quoted bytes, and where their closing quote stands. */
interface Quoted {
  readonly length: number;
  readonly close: number;
}

/** The fields of one line in CSV; a field that is quoted, even in part, is never NULL. */
export function csvFields(line: Buffer, bytes: CopyBytes, columns: number): FieldsRead {
  const fields: (string | null)[] = [];
  // Quoted fields are put together here, since each can be as long as the line: one buffer, however many quotes there are.
  const scratch = line.includes(bytes.quote) ? Buffer.allocUnsafe(line.length) : line;
  for (let start = 0; ; ) {
    if (fields.length === columns) return 'it has more fields than columns';
    const field = readField(line, start, bytes, scratch);
    if (field === undefined) return 'a quoted field is not closed';
    const isNull = !field.isQuoted && line.subarray(start, field.end).equals(bytes.nullText);
    fields.push(isNull ? null : field.text);
    if (field.end === line.length) return fields;
    start = field.end + 1;
  }
}

/** Reads up to a delimiter outside quotes; undefined if the quotes are not closed. */
function readField(line: Buffer, start: number, bytes: CopyBytes, scratch: Buffer): CsvField | undefined {
  const plainEnd = findEnd(line, start, bytes);
  if (line[plainEnd] !== bytes.quote) {
    return { text: line.toString('utf8', start, plainEnd), isQuoted: false, end: plainEnd };
  }
  let length = line.copy(scratch, 0, start, plainEnd);
  let position = plainEnd;
  while (position < line.length && line[position] === bytes.quote) {
    const quoted = readQuoted(line, position + 1, bytes, scratch, length);
    if (quoted === undefined) return undefined;
    const next = findEnd(line, quoted.close + 1, bytes);
    length = quoted.length + line.copy(scratch, quoted.length, quoted.close + 1, next);
    position = next;
  }
  return { text: scratch.toString('utf8', 0, length), isQuoted: true, end: position };
}

/** Where the next delimiter or quote stands, or the line ends. */
function findEnd(line: Buffer, start: number, { delimiter, quote }: CopyBytes): number {
  let position = start;
  while (position < line.length && line[position] !== delimiter && line[position] !== quote) position += 1;
  return position;
}

/** Reads what is quoted into `scratch`, from `length` on. */
function readQuoted(
  line: Buffer,
  start: number,
  { quote, escape: escapeByte }: CopyBytes,
  scratch: Buffer,
  length: number,
): Quoted | undefined {
  let written = length;
  for (let position = start; position < line.length; position += 1) {
    const byte = line[position] ?? 0;
    const next = line[position + 1];
    if (byte === escapeByte && next !== undefined && (next === escapeByte || next === quote)) {
      scratch[written++] = next;
      position += 1;
    } else if (byte === quote) {
      return { length: written, close: position };
    } else {
      scratch[written++] = byte;
    }
  }
  return undefined;
}
