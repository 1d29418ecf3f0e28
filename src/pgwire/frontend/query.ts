import { type Codec, typeByte } from '../codec.ts';

/** The simple protocol: a text of any number of statements. */
export interface Query {
  readonly kind: 'Query';
  readonly text: string;
}

export const query: Codec<Query> = {
  kind: 'Query',
  type: typeByte('Q'),
  read: (reader) => ({ kind: 'Query', text: reader.cstring() }),
  write: (writer, message) => writer.cstring(message.text),
};
