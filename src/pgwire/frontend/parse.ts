import { type Codec, typeByte } from '../codec.ts';

/** Makes a prepared statement of a text. */
export interface Parse {
  readonly kind: 'Parse';
  /** Empty: the unnamed statement. */
  readonly statement: string;
  readonly text: string;
  /** OIDs of the first parameters' types; 0 leaves the type to the database. */
  readonly parameterTypes: readonly number[];
}

export const parse: Codec<Parse> = {
  kind: 'Parse',
  type: typeByte('P'),
  read(reader) {
    const statement = reader.cstring();
    const text = reader.cstring();
    const count = reader.count(4);
    return {
      kind: 'Parse',
      statement,
      text,
      parameterTypes: reader.list(count, () => reader.uint32()),
    };
  },
  write(writer, message) {
    writer.cstring(message.statement);
    writer.cstring(message.text);
    writer.count(message.parameterTypes.length);
    for (const type of message.parameterTypes) writer.uint32(type);
  },
};
