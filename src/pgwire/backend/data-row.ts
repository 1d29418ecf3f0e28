import { type Codec, typeByte } from '../codec.ts';

/** One row. */
export interface DataRow {
  readonly kind: 'DataRow';
  /** Views into the message: copy what outlives it. */
  readonly values: readonly (Buffer | null)[];
}

export const dataRow: Codec<DataRow> = {
  kind: 'DataRow',
  type: typeByte('D'),
  read(reader) {
    const count = reader.count(4);
    return { kind: 'DataRow', values: reader.list(count, () => reader.value()) };
  },
  write(writer, message) {
    writer.count(message.values.length);
    for (const value of message.values) writer.value(value);
  },
};

/**
 * Whether the bytes between `start` and `end` (type byte and length included) are a DataRow of exactly `fieldCount`
 * values, without decoding them: a row with more than was described must not pass.
 */
export function isDataRowOf(fieldCount: number, buffer: Buffer, start: number, end: number): boolean {
  let position = start + COUNT_END;
  if (position > end || buffer.readUInt16BE(position - 2) !== fieldCount) return false;
  for (let field = 0; field < fieldCount; field += 1) {
    if (end - position < 4) return false;
    const length = int32(buffer, position);
    if (length < -1) return false;
    position += length === -1 ? 4 : 4 + length;
  }
  return position === end;
}

/** A type byte, a length and a count. */
const COUNT_END = 7;

/** Twice as fast as `readInt32BE`, and this is done for each field of each row. */
function int32(buffer: Buffer, at: number): number {
  return (
    ((buffer[at] ?? 0) << 24) |
    ((buffer[at + 1] ?? 0) << 16) |
    ((buffer[at + 2] ?? 0) << 8) |
    (buffer[at + 3] ?? 0)
  );
}
