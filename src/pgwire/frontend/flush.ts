import { emptyCodec, typeByte } from '../codec.ts';

/** Asks for the answers so far, without ending the batch. */
export interface Flush {
  readonly kind: 'Flush';
}

export const flush = emptyCodec('Flush', typeByte('H'));
