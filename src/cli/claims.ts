import { CordonError, type Safe, safeText } from '../errors/index.ts';
import { type Claims, findPerson } from './demo-shop.ts';

/** Reads a JSON object of claims, the name of somebody in the demo, or `anonymous`, which has no claims. */
export async function readClaims(text: string): Promise<Claims | undefined> {
  if (text === 'anonymous') return undefined;
  return text.trimStart().startsWith('{') ? parseClaims(text) : findPerson(text);
}

/** Reads a JSON object of claims. */
export function parseClaims(text: string): Claims {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The cause quotes the text.
    throw malformed(safeText('they are not JSON'));
  }
  if (!isClaims(value)) throw malformed(safeText('they are not a JSON object'));
  return value;
}

/** Whether a value can be the payload of a token. */
export function isClaims(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(reason: Safe): CordonError {
  return new CordonError('CORDON_CLAIMS_MALFORMED', { reason });
}
