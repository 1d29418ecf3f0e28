/**
 * Which calls cannot raise an error whatever their arguments: only those may meet a row before its filter has let it through.
 *
 * The lists are our own. A catalog's `leakproof` flag is no proof: on CockroachDB anyone may set it, and PostgreSQL sets it on
 * functions that overflow. Text comparisons and case functions are total under the default collation only: with a collation
 * that cannot be told, the database raises an error as soon as it has a row.
 */
import type { FunctionEntry, OperatorEntry, TypeEntry } from '../../catalog/index.ts';
import { findBuiltinElement, findBuiltinName, findBuiltinOid, signatureOf } from './builtin-types.ts';
import { findReviewed } from './functions/index.ts';
import { findReviewedOperator, type Totality } from './operators.ts';

/** Whether a function of `pg_catalog` cannot fail, for any arguments of its types. */
export function isTotalFunction(entry: FunctionEntry): boolean {
  if (entry.schema !== 'pg_catalog' || entry.kind !== 'function' || entry.returnsSet) return false;
  const signature = signatureOf(entry.args);
  return signature !== undefined && (findReviewed(entry.name)?.get(signature)?.total ?? false);
}

function totalityOf(entry: OperatorEntry): Totality {
  if (entry.schema !== 'pg_catalog') return 'partial';
  const right = findBuiltinName(entry.right);
  const left = entry.left === undefined ? '' : findBuiltinName(entry.left);
  if (left === undefined || right === undefined) return 'partial';
  return findReviewedOperator(entry.name)?.get(`${left},${right}`) ?? 'partial';
}

/** Whether an operator of `pg_catalog` cannot fail; a polymorphic one only if its real operand types are given. */
export function isTotalOperator(entry: OperatorEntry, operands: readonly number[] = []): boolean {
  const totality = totalityOf(entry);
  if (totality === 'total') return true;
  return totality === 'built-in-operands' && operands.length > 0 && operands.every(comparesTotally);
}

/** LIKE and its kin: total where the pattern is a constant that `isSafeLikePattern` accepts. */
export function isLikeOperator(entry: OperatorEntry): boolean {
  return totalityOf(entry) === 'safe-pattern';
}

// Wildcards make the matcher recurse once each (PostgreSQL source, like_match.c); a thousand are far from the stack limit.
const WILDCARDS_MAX = 1000;

/** Whether a LIKE pattern can be matched with any text: it must not end in an escape character that escapes nothing. */
export function isSafeLikePattern(pattern: string): boolean {
  const escapes = /\\*$/.exec(pattern)?.[0].length ?? 0;
  return escapes % 2 === 0 && (pattern.match(/%/g)?.length ?? 0) <= WILDCARDS_MAX;
}

const SCALARS = `bool char bytea int2 int4 int8 oid float4 float8 numeric money text bpchar varchar name uuid date time timetz timestamp
  timestamptz interval bit varbit inet cidr macaddr macaddr8 jsonb int4range int8range numrange tsrange tstzrange daterange int4multirange
  int8multirange nummultirange tsmultirange tstzmultirange datemultirange`;

const comparable = new Set<number>();
for (const name of SCALARS.split(/\s+/)) {
  for (const spelling of [name, `_${name}`]) {
    const oid = findBuiltinOid(spelling);
    if (oid !== undefined) comparable.add(oid);
  }
}

/** Whether values of a built-in type, or of an array of it, are compared without any error. */
export function comparesTotally(type: number): boolean {
  return comparable.has(type);
}

/** `from to to …`: conversions that succeed for every value, without a length or precision. */
const TOTAL_CASTS = `
bool int4 text varchar
int2 int4 int8 float4 float8 numeric text varchar
int4 int8 float4 float8 numeric oid bool text varchar
int8 float4 float8 numeric text varchar
float4 float8 numeric text varchar
float8 numeric text varchar
numeric text varchar
oid int8 text varchar
text varchar bpchar name
varchar text bpchar name
bpchar text varchar name
name text varchar bpchar
char text varchar
uuid text varchar
bytea text varchar
date text varchar
time interval text varchar
timetz time text varchar
timestamp date time text varchar
timestamptz text varchar
interval text varchar
json text varchar
jsonb text varchar
inet text varchar
cidr inet text varchar
macaddr macaddr8 text varchar
macaddr8 text varchar
bit varbit text varchar
varbit bit text varchar
money text varchar
`;

const casts = new Map<number, ReadonlySet<number>>();
for (const line of TOTAL_CASTS.trim().split('\n')) {
  const [from, ...to] = line.split(' ').map((name) => findBuiltinOid(name) ?? 0);
  casts.set(from ?? 0, new Set(to));
}

/**
 * Whether a cast without length or precision succeeds for every value.
 * Arrays convert item by item; an enum becomes text where `types` tell that it is one.
 */
export function isTotalCast(from: number, to: number, types?: ReadonlyMap<number, TypeEntry>): boolean {
  if (from === to) return types?.get(to)?.kind !== 'domain';
  if (casts.get(from)?.has(to) === true) return true;
  const [fromElement, toElement] = [findBuiltinElement(from), findBuiltinElement(to)];
  if (fromElement !== undefined && toElement !== undefined) return isTotalCast(fromElement, toElement);
  return types?.get(from)?.kind === 'enum' && (to === TEXT || to === VARCHAR);
}

const TEXT = findBuiltinOid('text');
const VARCHAR = findBuiltinOid('varchar');
