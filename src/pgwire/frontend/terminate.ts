import { emptyCodec, typeByte } from '../codec.ts';

/** Ends the connection. */
export interface Terminate {
  readonly kind: 'Terminate';
}

export const terminate = emptyCodec('Terminate', typeByte('X'));
