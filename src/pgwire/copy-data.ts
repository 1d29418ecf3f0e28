import type { Codec } from './codec.ts';
import { typeByte } from './codec.ts';

/** A piece of COPY data, in either direction; its borders need not be those of rows. */
export interface CopyData {
  readonly kind: 'CopyData';
  readonly data: Buffer;
}

export const copyData: Codec<CopyData> = {
  kind: 'CopyData',
  type: typeByte('d'),
  read: (reader) => ({ kind: 'CopyData', data: reader.rest() }),
  write: (writer, message) => writer.bytes(message.data),
};
