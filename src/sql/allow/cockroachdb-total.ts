/**
 * Which of the calls that cannot fail on PostgreSQL cannot fail on CockroachDB either (its documentation and its source,
 * pkg/sql/sem; not run). What stands on no list counts as one that can, and is guarded.
 *
 * They differ: a shift by more than the width of an integer is an error there; a date and a timestamp are compared as timestamps,
 * and an infinite date is none; a float becomes a decimal, and an integer an oid, for some values only.
 */
import type { FunctionEntry, OperatorEntry } from '../../catalog/index.ts';
import { findBuiltinName } from './builtin-types.ts';

const FUNCTIONS = new Set(
  `abs array_length array_lower array_upper btrim cardinality ceil ceiling char_length character_length current_database current_schema
  current_user floor initcap json_typeof jsonb_typeof length lower ltrim md5 now octet_length pi reverse round rtrim session_user sign
  starts_with statement_timestamp strpos to_hex transaction_timestamp upper version`.split(/\s+/),
);

const COMPARISONS = new Set(['=', '<>', '<', '<=', '>', '>=']);
const OPERATORS = new Set([
  '&',
  '|',
  '#',
  '->',
  '->>',
  '#>',
  '#>>',
  '@>',
  '<@',
  '&&',
  '?',
  '?|',
  '?&',
  '~~',
  '~~*',
  '!~~',
  '!~~*',
]);

const COMPARED = new Set(
  `bool bytea int2 int4 int8 oid float4 float8 numeric text bpchar varchar name uuid date time timetz timestamp timestamptz interval inet
  jsonb anyenum anyarray`.split(/\s+/),
);
const MOMENTS = new Set(['date', 'timestamp', 'timestamptz']);

/** Whether a function that is total on PostgreSQL is total there. */
export function isTotalFunctionThere(entry: FunctionEntry): boolean {
  return FUNCTIONS.has(entry.name);
}

/** The same for an operator. */
export function isTotalOperatorThere(entry: OperatorEntry): boolean {
  if (entry.left === undefined) return false;
  if (!COMPARISONS.has(entry.name)) return OPERATORS.has(entry.name);
  const [left = '', right = ''] = [entry.left, entry.right].map(findBuiltinName);
  const mixesMoments = left !== right && (MOMENTS.has(left) || MOMENTS.has(right));
  return COMPARED.has(left) && COMPARED.has(right) && !mixesMoments;
}

/** `from to …`, as in the list for PostgreSQL. */
const CASTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  `bool int4 text varchar
int2 int4 int8 float8 numeric text varchar
int4 int8 float8 numeric bool text varchar
int8 float8 numeric text varchar
float4 float8 text varchar
float8 text varchar
numeric text varchar
oid int8 text varchar
text varchar name
varchar text name
bpchar text varchar
name text varchar
uuid text varchar
date text varchar
time interval text varchar
timetz text varchar
timestamp time text varchar
timestamptz text varchar
interval text varchar
jsonb text varchar
inet text varchar`
    .split('\n')
    .map((line) => {
      const [from = '', ...to] = line.split(' ');
      return [from, new Set(to)];
    }),
);

/** The same for a cast between two types of which neither is an enum. */
export function isTotalCastThere(from: number, to: number): boolean {
  return from === to || CASTS.get(findBuiltinName(from) ?? '')?.has(findBuiltinName(to) ?? '') === true;
}
