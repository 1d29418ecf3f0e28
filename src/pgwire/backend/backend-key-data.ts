import { checkCancelKey } from '../cancel-key.ts';
import { type Codec, typeByte } from '../codec.ts';

/** The key that a CancelRequest has to present. */
export interface BackendKeyData {
  readonly kind: 'BackendKeyData';
  readonly processId: number;
  /** 4 bytes in protocol 3.0, up to 256 in 3.2. */
  readonly secretKey: Buffer;
}

export const backendKeyData: Codec<BackendKeyData> = {
  kind: 'BackendKeyData',
  type: typeByte('K'),
  read: (reader) => ({
    kind: 'BackendKeyData',
    processId: reader.uint32(),
    secretKey: checkCancelKey('BackendKeyData', reader.rest()),
  }),
  write(writer, message) {
    writer.uint32(message.processId);
    writer.bytes(checkCancelKey('BackendKeyData', message.secretKey));
  },
};
