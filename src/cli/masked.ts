/**
 * A statement as `explain` shows it: every literal is `_`, every claim its name. The text comes from our own printer, so what
 * its literals look like is known; what looks like none of its tokens ends the reading, and nothing after it is shown.
 */
import { InvariantError } from '../errors/index.ts';

const TOKEN =
  /(?<name>"(?:[^"]|"")*")|(?<string>[EeBbXxNn]?'(?:[^'\\]|'')*'|[Ee]'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*')|\$(?<parameter>\d+)|(?<word>[A-Za-z_][\w$]*)|(?<number>\d+(?:\.\d*)?(?:[Ee][+-]?\d+)?|\.\d+(?:[Ee][+-]?\d+)?)|(?<rest>[\s()[\],;:.*+\-/<>=~!@#%^&|?`])/y;

/** Replaces the literals of a printed statement, and numbered claims from `claimsFrom` on by their names. */
export function maskLiterals(printed: string, claimsFrom: number, claims: readonly string[]): string {
  let masked = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < printed.length) {
    const match = TOKEN.exec(printed);
    if (match === null) throw new InvariantError('printed text has a token that the printer does not print');
    masked += maskToken(match, claimsFrom, claims);
  }
  return masked;
}

function maskToken(match: RegExpExecArray, claimsFrom: number, claims: readonly string[]): string {
  const { string, number, parameter } = match.groups ?? {};
  if (string !== undefined || number !== undefined) return '_';
  const claim = parameter === undefined ? undefined : claims[Number(parameter) - 1 - claimsFrom];
  return claim === undefined ? match[0] : `:${claim}`;
}
