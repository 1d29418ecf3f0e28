import { type Codec, typeByte } from '../codec.ts';

/** The types of a statement's parameters. */
export interface ParameterDescription {
  readonly kind: 'ParameterDescription';
  readonly types: readonly number[];
}

export const parameterDescription: Codec<ParameterDescription> = {
  kind: 'ParameterDescription',
  type: typeByte('t'),
  read(reader) {
    const count = reader.count(4);
    return { kind: 'ParameterDescription', types: reader.list(count, () => reader.uint32()) };
  },
  write(writer, message) {
    writer.count(message.types.length);
    for (const type of message.types) writer.uint32(type);
  },
};
