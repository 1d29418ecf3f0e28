import { type Codec, typeByte } from '../codec.ts';
import { type Format, readFormat, readFormats, writeFormats } from '../format.ts';

/** Calls a function by its OID, without SQL. Cordon reads it in order to refuse it. */
export interface FunctionCall {
  readonly kind: 'FunctionCall';
  readonly function: number;
  readonly argumentFormats: readonly Format[];
  readonly arguments: readonly (Buffer | null)[];
  readonly resultFormat: Format;
}

export const functionCall: Codec<FunctionCall> = {
  kind: 'FunctionCall',
  type: typeByte('F'),
  read(reader) {
    const oid = reader.uint32();
    const argumentFormats = readFormats(reader);
    const count = reader.count(4);
    const values = reader.list(count, () => reader.value());
    return {
      kind: 'FunctionCall',
      function: oid,
      argumentFormats,
      arguments: values,
      resultFormat: readFormat(reader),
    };
  },
  write(writer, message) {
    writer.uint32(message.function);
    writeFormats(writer, message.argumentFormats);
    writer.count(message.arguments.length);
    for (const value of message.arguments) writer.value(value);
    writer.int16(message.resultFormat);
  },
};
