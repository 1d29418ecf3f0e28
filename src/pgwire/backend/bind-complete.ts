import { emptyCodec, typeByte } from '../codec.ts';

/** A portal was made. */
export interface BindComplete {
  readonly kind: 'BindComplete';
}

export const bindComplete = emptyCodec('BindComplete', typeByte('2'));
