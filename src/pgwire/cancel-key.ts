import { cancelKeyBytesMax, cancelKeyBytesMin } from './limits.ts';
import { malformed } from './protocol-error.ts';

/** The secret half of a cancel key, if its length is one that the protocol knows. */
export function checkCancelKey(message: 'CancelRequest' | 'BackendKeyData', key: Buffer): Buffer {
  if (key.length < cancelKeyBytesMin || key.length > cancelKeyBytesMax) {
    throw malformed(message, 'a key is too short or too long');
  }
  return key;
}
