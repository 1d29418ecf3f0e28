import type { Codec } from '../codec.ts';
import { GSSENC_REQUEST_CODE } from './codes.ts';

/** Asks for GSSAPI encryption; the answer is the single byte `N`, since Cordon has none. */
export interface GSSENCRequest {
  readonly kind: 'GSSENCRequest';
}

export const gssencRequest: Codec<GSSENCRequest> = {
  kind: 'GSSENCRequest',
  type: undefined,
  read: () => ({ kind: 'GSSENCRequest' }),
  write: (writer) => writer.int32(GSSENC_REQUEST_CODE),
};
