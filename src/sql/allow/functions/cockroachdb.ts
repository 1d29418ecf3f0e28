/**
 * Built-in functions of CockroachDB that PostgreSQL does not have (its documentation, "Functions and Operators"; not run).
 *
 * Not on the list: `cluster_logical_timestamp` and the write times of rows, which tell when others write; `ST_` functions; all of
 * `crdb_internal` but one.
 */
import type { FunctionEntry } from '../../../catalog/index.ts';
import { findBuiltinOid } from '../builtin-types.ts';

/** `name (arguments) result …`, by the names of `pg_type`. */
const LIST = `
concat_agg* (text)text (bytea)bytea
crc32c (text)int8 (bytea)int8
crc32ieee (text)int8 (bytea)int8
default_to_database_primary_region (text)text
experimental_strftime (timestamp,text)text (timestamptz,text)text (date,text)text
experimental_strptime (text,text)timestamptz
extract_duration (text,interval)int8
fnv32 (text)int8 (bytea)int8
fnv32a (text)int8 (bytea)int8
fnv64 (text)int8 (bytea)int8
fnv64a (text)int8 (bytea)int8
from_ip (bytea)text
from_uuid (bytea)text
gateway_region ()text
gen_random_ulid ()uuid
isnan (float8)bool (numeric)bool
json_remove_path (jsonb,_text)jsonb
levenshtein (text,text)int8 (text,text,int8,int8,int8)int8
parse_date (text)date (text,text)date
parse_interval (text)interval (text,text)interval
parse_time (text)time (text,text)time
parse_timestamp (text)timestamp (text,text)timestamp
parse_timetz (text)timetz (text,text)timetz
pow (int8,int8)int8 (float8,float8)float8 (numeric,numeric)numeric
regexp_extract (text,text)text
rehome_row ()text
sha1 (text)text (bytea)text
similarity (text,text)float8
soundex (text)text
strftime (timestamp,text)text (timestamptz,text)text (date,text)text
strptime (text,text)timestamptz
substring_index (text,text,int8)text
to_ip (text)bytea
to_uuid (text)bytea
ulid_to_uuid (text)uuid
unique_rowid ()int8
unordered_unique_rowid ()int8
uuid_to_ulid (uuid)text
uuid_v4 ()bytea
`;

const functions = new Map<string, readonly FunctionEntry[]>();
for (const line of LIST.trim().split('\n')) {
  const [written = '', ...signatures] = line.split(' ');
  const name = written.replace('*', '');
  const kind = written.endsWith('*') ? 'aggregate' : 'function';
  functions.set(
    name,
    signatures.map((signature) => entryOf(name, kind, signature)),
  );
}

function entryOf(name: string, kind: FunctionEntry['kind'], signature: string): FunctionEntry {
  const [, args = '', result = ''] = /^\((.*)\)(.*)$/.exec(signature) ?? [];
  return {
    oid: 0,
    schema: 'pg_catalog',
    name,
    kind,
    args: args === '' ? [] : args.split(',').map((type) => findBuiltinOid(type) ?? 0),
    variadic: undefined,
    defaults: 0,
    result: findBuiltinOid(result) ?? 0,
    returnsSet: false,
    strict: false,
    volatility: 'volatile',
    leakproof: false,
    securityDefiner: false,
    extension: undefined,
  };
}

/** What CockroachDB has under that name beside PostgreSQL's functions, as far as it was reviewed. */
export function findCockroachdbFunction(name: string): readonly FunctionEntry[] | undefined {
  return functions.get(name);
}

/** Names of all of them, for the reference. */
export function cockroachdbFunctionNames(): readonly string[] {
  return [...functions.keys()];
}
