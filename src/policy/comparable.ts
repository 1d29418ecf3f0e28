/**
 * Which values of the database a rule may compare. A comparison in a rule meets rows that the caller must not know of, so
 * it is a plain built-in one over built-in types: it runs no code of anyone's and raises no error. Domains and types of
 * extensions are not among them, since their operators and output functions may be anything.
 */
import type { Catalog, Column, TypeEntry } from '../catalog/index.ts';
import type { ClaimType } from './policy.ts';

/** Types that compare with each other; `same` types compare with columns of the very same type only. */
export type Family = 'integer' | 'decimal' | 'text' | 'uuid' | 'bool' | 'enum' | 'same';

/** OIDs of built-in types (`pg_type.dat`); CockroachDB uses the same ones. */
const FAMILIES: ReadonlyMap<number, Family> = new Map<number, Family>([
  [20, 'integer'], // int8
  [21, 'integer'], // int2
  [23, 'integer'], // int4
  [1700, 'decimal'], // numeric
  [700, 'decimal'], // float4
  [701, 'decimal'], // float8
  [25, 'text'],
  [1043, 'text'], // varchar
  [1042, 'text'], // char(n)
  [2950, 'uuid'],
  [16, 'bool'],
  [1082, 'same'], // date
  [1083, 'same'], // time
  [1114, 'same'], // timestamp
  [1184, 'same'], // timestamptz
  [17, 'same'], // bytea
]);

export interface ColumnType {
  readonly family: Family;
  readonly oid: number;
  readonly entry: TypeEntry | undefined;
}

/** undefined: rules do not compare columns of this type. */
export function columnType(catalog: Catalog, column: Column): ColumnType | undefined {
  const entry = catalog.types.get(column.type);
  const family = entry?.kind === 'enum' ? 'enum' : FAMILIES.get(column.type);
  return family === undefined ? undefined : { family, oid: column.type, entry };
}

export function columnsCompare(left: ColumnType, right: ColumnType): boolean {
  if (left.family === 'same' || left.family === 'enum') return left.oid === right.oid;
  return left.family === right.family || (isNumeric(left.family) && isNumeric(right.family));
}

/** Membership compares by array, where numbers of different kinds have no common operator. */
export function columnsMatch(left: ColumnType, right: ColumnType): boolean {
  return (
    columnsCompare(left, right) &&
    left.family === right.family &&
    (left.family !== 'decimal' || left.oid === right.oid)
  );
}

const CLAIM_FAMILIES: Readonly<Record<ClaimType, Family>> = {
  uuid: 'uuid',
  int: 'integer',
  bigint: 'integer',
  text: 'text',
  bool: 'bool',
};

export function claimCompares(claim: ClaimType, column: ColumnType): boolean {
  const family = CLAIM_FAMILIES[claim];
  return family === column.family || (family === 'text' && column.family === 'enum');
}

export function claimsCompare(left: ClaimType, right: ClaimType): boolean {
  return CLAIM_FAMILIES[left] === CLAIM_FAMILIES[right];
}

export type LiteralValue = string | number | boolean;

export function literalCompares(value: LiteralValue, column: ColumnType): boolean {
  if (column.family === 'enum')
    return typeof value === 'string' && (column.entry?.labels?.includes(value) ?? false);
  return literalFits(value, column.family);
}

export function literalComparesClaim(value: LiteralValue, claim: ClaimType): boolean {
  return literalFits(value, CLAIM_FAMILIES[claim]);
}

/** As Postgres prints a uuid: other spellings would compare in the database and nowhere else. */
export const CANONICAL_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function literalFits(value: LiteralValue, family: Family): boolean {
  if (family === 'integer') return typeof value === 'number' && Number.isInteger(value);
  if (family === 'decimal') return typeof value === 'number';
  if (family === 'bool') return typeof value === 'boolean';
  if (family === 'text') return typeof value === 'string';
  return family === 'uuid' && typeof value === 'string' && CANONICAL_UUID.test(value);
}

function isNumeric(family: Family): boolean {
  return family === 'integer' || family === 'decimal';
}
