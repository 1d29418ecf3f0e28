import type { Shape, SlotKind } from '../../../src/sql/shape/index.ts';
import type { ScannedLiteral } from './scan-oracle.ts';

const TOKENS: Readonly<Record<SlotKind, ScannedLiteral['token']>> = {
  string: 'SCONST',
  integer: 'ICONST',
  'big-integer': 'FCONST',
  float: 'FCONST',
};

/** How the literals of a shape differ from those of PostgreSQL's scanner, or undefined. */
export function differenceOf(
  text: string,
  shaped: Shape,
  scanned: readonly ScannedLiteral[] | undefined,
): string | undefined {
  const bytes = (unit: number): number => Buffer.byteLength(text.slice(0, unit));
  const ours = shaped.slots.map(({ kind, start, end }) => `${TOKENS[kind]} ${bytes(start)}-${bytes(end)}`);
  const theirs = (scanned ?? []).map(({ token, start, end }) => `${token} ${start}-${end}`);
  return ours.join() === theirs.join() ? undefined : `${ours.join()} instead of ${theirs.join()}`;
}
