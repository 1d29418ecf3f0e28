import { emptyCodec, typeByte } from '../codec.ts';

/** Ends a batch of the extended protocol; after an error, the first message that is read again. */
export interface Sync {
  readonly kind: 'Sync';
}

export const sync = emptyCodec('Sync', typeByte('S'));
