import { emptyCodec, typeByte } from '../codec.ts';

/** A statement or portal was given up, or did not exist. */
export interface CloseComplete {
  readonly kind: 'CloseComplete';
}

export const closeComplete = emptyCodec('CloseComplete', typeByte('3'));
