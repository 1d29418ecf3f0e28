import { emptyCodec, typeByte } from '../codec.ts';

/** Execute reached its row limit; the portal can be executed further. */
export interface PortalSuspended {
  readonly kind: 'PortalSuspended';
}

export const portalSuspended = emptyCodec('PortalSuspended', typeByte('s'));
