import { CordonError, safeText } from '../errors/index.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Reads `90s`, `15m`, `8h` or `30d` as seconds. */
export function readDuration(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  const unit = SECONDS[match?.[2] ?? ''];
  if (match === null || unit === undefined) throw malformed();
  return Number(match[1]) * unit;
}

function malformed(): CordonError {
  return new CordonError('CORDON_USAGE', {
    reason: safeText('a duration is a number and a unit, such as `15m` or `8h`'),
  });
}
