import type { Codec } from '../codec.ts';
import { SSL_REQUEST_CODE } from './codes.ts';

/** Asks for TLS; the answer is the single byte `S` or `N`. */
export interface SSLRequest {
  readonly kind: 'SSLRequest';
}

export const sslRequest: Codec<SSLRequest> = {
  kind: 'SSLRequest',
  type: undefined,
  read: () => ({ kind: 'SSLRequest' }),
  write: (writer) => writer.int32(SSL_REQUEST_CODE),
};
