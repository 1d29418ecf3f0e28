import { AGGREGATES } from './aggregate.ts';
import { ARRAY_FUNCTIONS } from './array.ts';
import { BINARY_FUNCTIONS } from './binary.ts';
import { CONVERSION_FUNCTIONS } from './conversion.ts';
import type { Family, Reviewed } from './family.ts';
import { GEOMETRY_FUNCTIONS } from './geometry.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { NETWORK_FUNCTIONS } from './network.ts';
import { NUMBER_FUNCTIONS } from './number.ts';
import { RANGE_FUNCTIONS } from './range.ts';
import { SEARCH_FUNCTIONS } from './search.ts';
import { SESSION_FUNCTIONS } from './session.ts';
import { TEXT_FUNCTIONS } from './text.ts';
import { TIME_FUNCTIONS } from './time.ts';
import { UUID_FUNCTIONS } from './uuid.ts';
import { WINDOW_FUNCTIONS } from './window.ts';

export type { Family, Reviewed } from './family.ts';

/** The reviewed functions of `pg_catalog`, from the live catalogs of PostgreSQL 15 and 18. */
export const FAMILIES: readonly Family[] = [
  TEXT_FUNCTIONS,
  NUMBER_FUNCTIONS,
  TIME_FUNCTIONS,
  UUID_FUNCTIONS,
  JSON_FUNCTIONS,
  ARRAY_FUNCTIONS,
  AGGREGATES,
  WINDOW_FUNCTIONS,
  RANGE_FUNCTIONS,
  BINARY_FUNCTIONS,
  CONVERSION_FUNCTIONS,
  SEARCH_FUNCTIONS,
  NETWORK_FUNCTIONS,
  GEOMETRY_FUNCTIONS,
  SESSION_FUNCTIONS,
];

const reviewed = new Map<string, ReadonlyMap<string, Reviewed>>();
for (const { functions } of FAMILIES) {
  for (const [name, signatures] of functions) {
    reviewed.set(name, new Map([...(reviewed.get(name) ?? []), ...signatures]));
  }
}

/** Signatures of a name in `pg_catalog` that were reviewed, or undefined. */
export function findReviewed(name: string): ReadonlyMap<string, Reviewed> | undefined {
  return reviewed.get(name);
}
