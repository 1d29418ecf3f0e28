import { emptyCodec, typeByte } from '../codec.ts';

/** Stands for CommandComplete where the text held no statement. */
export interface EmptyQueryResponse {
  readonly kind: 'EmptyQueryResponse';
}

export const emptyQueryResponse = emptyCodec('EmptyQueryResponse', typeByte('I'));
