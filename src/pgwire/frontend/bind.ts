import { type Codec, typeByte } from '../codec.ts';
import { type Format, readFormats, writeFormats } from '../format.ts';

/** Makes a portal of a prepared statement and its parameters' values. */
export interface Bind {
  readonly kind: 'Bind';
  /** Empty: the unnamed portal. */
  readonly portal: string;
  readonly statement: string;
  /** None: all text; one: for all values; else one for each value. */
  readonly parameterFormats: readonly Format[];
  /** Views into the message: copy what outlives it. */
  readonly values: readonly (Buffer | null)[];
  /** None: all text; one: for all columns; else one for each column. */
  readonly resultFormats: readonly Format[];
}

export const bind: Codec<Bind> = {
  kind: 'Bind',
  type: typeByte('B'),
  read(reader) {
    const portal = reader.cstring();
    const statement = reader.cstring();
    const parameterFormats = readFormats(reader);
    const count = reader.count(4);
    if (parameterFormats.length > 1 && parameterFormats.length !== count) {
      throw reader.refuse('a count does not fit the message');
    }
    const values = reader.list(count, () => reader.value());
    return { kind: 'Bind', portal, statement, parameterFormats, values, resultFormats: readFormats(reader) };
  },
  write(writer, message) {
    writer.cstring(message.portal);
    writer.cstring(message.statement);
    writeFormats(writer, message.parameterFormats);
    writer.count(message.values.length);
    for (const value of message.values) writer.value(value);
    writeFormats(writer, message.resultFormats);
  },
};

/** The format of one value: what zero, one or many format codes say of it. */
export function formatAt(formats: readonly Format[], index: number): Format {
  return (formats.length === 1 ? formats[0] : formats[index]) ?? 0;
}
