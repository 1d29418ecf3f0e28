/**
 * Extensions whose objects were reviewed: pure functions and operators of values, without SQL text, files or settings.
 * Ownership is read from `pg_depend`, so a namesake in the same schema does not count.
 */

export interface ReviewedExtension {
  readonly reason: string;
  /** Functions that may be called; undefined: all but those in `refused`. */
  readonly refused: readonly string[];
}

const EXTENSIONS: ReadonlyMap<string, ReviewedExtension> = new Map([
  ['citext', { reason: 'case-insensitive text: comparisons and pattern matching', refused: [] }],
  ['hstore', { reason: 'key and value pairs as one value', refused: ['populate_record'] }],
  ['pg_trgm', { reason: 'similarity of texts', refused: ['set_limit', 'show_limit'] }],
  ['pgcrypto', { reason: 'digests, password hashes and ciphers of the values they are given', refused: [] }],
  [
    'unaccent',
    { reason: 'text without accents, by a dictionary', refused: ['unaccent_init', 'unaccent_lexize'] },
  ],
  ['uuid-ossp', { reason: 'new UUIDs', refused: [] }],
  ['btree_gin', { reason: 'index support; no function of its own is called', refused: [] }],
  ['btree_gist', { reason: 'index support and distances', refused: [] }],
  ['fuzzystrmatch', { reason: 'distances of texts', refused: [] }],
  ['intarray', { reason: 'arrays of integers', refused: [] }],
  ['ltree', { reason: 'labels of a tree', refused: [] }],
  ['cube', { reason: 'points and boxes in many dimensions', refused: [] }],
  ['earthdistance', { reason: 'distances on the globe', refused: [] }],
  ['isn', { reason: 'product numbers', refused: ['isn_weak'] }],
  ['vector', { reason: 'vectors and their distances', refused: [] }],
]);

export function isReviewedExtension(name: string): boolean {
  return EXTENSIONS.has(name);
}

/** Whether a function that the extension owns may be called. */
export function isReviewedExtensionFunction(extension: string, name: string): boolean {
  const reviewed = EXTENSIONS.get(extension);
  return reviewed !== undefined && !reviewed.refused.includes(name);
}

/** Every reviewed extension, for the reference. */
export function reviewedExtensions(): ReadonlyMap<string, ReviewedExtension> {
  return EXTENSIONS;
}
