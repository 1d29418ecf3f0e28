/** Names of what Cordon makes in a database: the same for the same thing every time, and never the same for two. */
import { createHash } from 'node:crypto';

const NAME_BYTES_MAX = 63;

/** Letters, digits and `_`, as names of settings may have them. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_]/g, '_');
}

/** A plain name of its own for each name: one that had to be changed says so by a hash. */
export function ownName(name: string): string {
  const plain = plainName(name);
  return plain === name ? plain : `${plain}_${shortHash(name)}`;
}

/** `wanted`, or with a hash where another thing has it; `taken` says which thing has which name. */
export function uniqueName(wanted: string, identity: string, taken: Map<string, string>): string {
  const holder = taken.get(wanted);
  const name = holder === undefined || holder === identity ? wanted : `${wanted}_${shortHash(identity)}`;
  taken.set(name, identity);
  return name;
}

/** Within what an identifier may be long, `suffix` kept. */
export function cutName(stem: string, suffix: string): string {
  const name = stem + suffix;
  if (Buffer.byteLength(name) <= NAME_BYTES_MAX) return name;
  const rest = `_${shortHash(stem)}${suffix}`;
  return [...stem].slice(0, NAME_BYTES_MAX - rest.length).join('') + rest;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
