import { emptyCodec, typeByte } from '../codec.ts';

/** A statement was prepared. */
export interface ParseComplete {
  readonly kind: 'ParseComplete';
}

export const parseComplete = emptyCodec('ParseComplete', typeByte('1'));
