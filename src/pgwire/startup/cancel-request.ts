import { checkCancelKey } from '../cancel-key.ts';
import type { Codec } from '../codec.ts';
import { CANCEL_REQUEST_CODE } from './codes.ts';

/** Asks, on a connection of its own and without an answer, to cancel what another connection runs. */
export interface CancelRequest {
  readonly kind: 'CancelRequest';
  readonly processId: number;
  /** 4 bytes in protocol 3.0, up to 256 in 3.2. CockroachDB's 8-byte key is the process id and 4 bytes. */
  readonly secretKey: Buffer;
}

export const cancelRequest: Codec<CancelRequest> = {
  kind: 'CancelRequest',
  type: undefined,
  read: (reader) => ({
    kind: 'CancelRequest',
    processId: reader.uint32(),
    secretKey: checkCancelKey('CancelRequest', reader.rest()),
  }),
  write(writer, message) {
    writer.int32(CANCEL_REQUEST_CODE);
    writer.uint32(message.processId);
    writer.bytes(checkCancelKey('CancelRequest', message.secretKey));
  },
};
