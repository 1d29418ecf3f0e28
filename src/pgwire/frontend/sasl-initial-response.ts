import { type Codec, typeByte } from '../codec.ts';

/** Chooses a SASL mechanism and opens it. */
export interface SASLInitialResponse {
  readonly kind: 'SASLInitialResponse';
  readonly mechanism: string;
  /** null: the mechanism opens without data. */
  readonly data: Buffer | null;
}

export const saslInitialResponse: Codec<SASLInitialResponse> = {
  kind: 'SASLInitialResponse',
  type: typeByte('p'),
  read: (reader) => ({ kind: 'SASLInitialResponse', mechanism: reader.cstring(), data: reader.value() }),
  write(writer, message) {
    writer.cstring(message.mechanism);
    writer.value(message.data);
  },
};
