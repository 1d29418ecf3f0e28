import { type Codec, typeByte } from '../codec.ts';

/** A further message of the SASL exchange. */
export interface SASLResponse {
  readonly kind: 'SASLResponse';
  readonly data: Buffer;
}

export const saslResponse: Codec<SASLResponse> = {
  kind: 'SASLResponse',
  type: typeByte('p'),
  read: (reader) => ({ kind: 'SASLResponse', data: reader.rest() }),
  write: (writer, message) => writer.bytes(message.data),
};
