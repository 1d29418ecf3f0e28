import { type Codec, typeByte } from '../codec.ts';

/** Outside a transaction, inside one, or inside one that failed. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** The next Query or batch can begin. */
export interface ReadyForQuery {
  readonly kind: 'ReadyForQuery';
  readonly status: TransactionStatus;
}

export const readyForQuery: Codec<ReadyForQuery> = {
  kind: 'ReadyForQuery',
  type: typeByte('Z'),
  read(reader) {
    const status = String.fromCharCode(reader.uint8());
    if (status !== 'I' && status !== 'T' && status !== 'E') throw reader.refuse('a code is not known');
    return { kind: 'ReadyForQuery', status };
  },
  write: (writer, message) => writer.uint8(typeByte(message.status)),
};
