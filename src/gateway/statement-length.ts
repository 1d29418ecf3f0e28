import { CordonError, safeNumber, safeText } from '../errors/index.ts';
import type { UnitContext } from './unit.ts';

/** Refuses a text over the limit before anything reads it. */
export function checkLength({ gateway }: UnitContext, text: string): void {
  const maximum = gateway.limits.statementBytesMax;
  if (text.length <= maximum && Buffer.byteLength(text) <= maximum) return;
  throw new CordonError('CORDON_LIMIT_STATEMENT', {
    limit: safeText('bytes of text'),
    maximum: safeNumber(maximum),
  });
}
