import type { Bind, Format } from '../pgwire/index.ts';

const TEXT: Format = 0;

/**
 * Adds the values of claims behind the client's own, in text. Format codes say zero (all text), one (all alike) or one per
 * value, so what the client wrote has to be spelled out where its values are binary.
 */
export function withClaims(bind: Bind, claims: readonly string[]): Pick<Bind, 'parameterFormats' | 'values'> {
  const { parameterFormats, values } = bind;
  if (claims.length === 0) return bind;
  return {
    parameterFormats: spellOut(parameterFormats, values.length, claims.length),
    values: [...values, ...claims.map((claim) => Buffer.from(claim, 'utf8'))],
  };
}

function spellOut(formats: readonly Format[], own: number, added: number): readonly Format[] {
  if (formats.every((format) => format === TEXT)) return [];
  const [first = TEXT] = formats;
  const ofOwn = formats.length === 1 ? Array<Format>(own).fill(first) : formats;
  return [...ofOwn, ...Array<Format>(added).fill(TEXT)];
}
