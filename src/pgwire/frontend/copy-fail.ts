import { type Codec, typeByte } from '../codec.ts';

/** The client gives a COPY FROM up. Its reason may quote data, so it goes no further. */
export interface CopyFail {
  readonly kind: 'CopyFail';
  readonly reason: string;
}

export const copyFail: Codec<CopyFail> = {
  kind: 'CopyFail',
  type: typeByte('f'),
  read: (reader) => ({ kind: 'CopyFail', reason: reader.cstringLossy() }),
  write: (writer, message) => writer.cstring(message.reason),
};
