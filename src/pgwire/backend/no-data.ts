import { emptyCodec, typeByte } from '../codec.ts';

/** The statement or portal returns no rows. */
export interface NoData {
  readonly kind: 'NoData';
}

export const noData = emptyCodec('NoData', typeByte('n'));
