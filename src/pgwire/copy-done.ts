import { emptyCodec, typeByte } from './codec.ts';

/** The COPY data are complete, in either direction. */
export interface CopyDone {
  readonly kind: 'CopyDone';
}

export const copyDone = emptyCodec('CopyDone', typeByte('c'));
