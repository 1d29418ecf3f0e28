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
    return { kind: 'DataRow', values: Array.from({ length: count }, () => reader.value()) };
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
  let position = start + 5;
  if (end - position < 2 || buffer.readUInt16BE(position) !== fieldCount) return false;
  position += 2;
  for (let field = 0; field < fieldCount; field += 1) {
    if (end - position < 4) return false;
    const length = buffer.readInt32BE(position);
    if (length < -1) return false;
    position += length === -1 ? 4 : 4 + length;
  }
  return position === end;
}
