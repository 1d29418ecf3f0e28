import type { Catalog, FunctionEntry } from '../../catalog/index.ts';
import type { PolicyAllowance } from '../../policy/index.ts';
import { findBuiltinOid, signatureOf } from './builtin-types.ts';
import { functionsCalled } from './catalog-index.ts';
import { isReviewedExtensionFunction } from './extensions.ts';
import { forbiddenReason } from './forbidden.ts';
import { findCockroachdbFunction } from './functions/cockroachdb.ts';
import { findReviewed, type Reviewed } from './functions/index.ts';
import { listsName, type Refusal, schemasFor } from './judgement.ts';
import { type FunctionSpecial, findSpecial } from './special-functions.ts';

export type FunctionJudgement =
  | { readonly allowed: false; readonly reason: Refusal }
  | {
      readonly allowed: true;
      /** The schema to print. */
      readonly schema: string;
      readonly kind: FunctionEntry['kind'];
      /** What the call can mean, all of it reviewed or allowed by the policy. */
      readonly overloads: readonly FunctionEntry[];
      /** Set where the call must have a certain form. */
      readonly special?: FunctionSpecial;
    };

/** OIDs of argument types in order, undefined where one is not known. */
export type ArgumentTypes = readonly (number | undefined)[];

/**
 * Whether a function's name may be called, along the search path if it stands without a schema.
 *
 * A name whose live catalog holds an overload that nobody reviewed (`age(xid)`) is refused, unless `types` prove that a reviewed one
 * is meant: by their number, or because they are exactly its types.
 */
export function judgeFunction(
  catalog: Catalog,
  allow: PolicyAllowance,
  schema: string | undefined,
  name: string,
  types?: ArgumentTypes,
): FunctionJudgement {
  const named = functionsCalled(catalog, name);
  const own = catalog.dialect === 'cockroachdb' ? findCockroachdbFunction(name) : undefined;
  if (own !== undefined && (schema === undefined || schema === 'pg_catalog')) {
    const found = named.filter((entry) => entry.schema === 'pg_catalog');
    return allowed('pg_catalog', found.length === 0 ? own : found);
  }
  for (const candidate of schemasFor(catalog.searchPath, schema)) {
    const overloads = named.filter((entry) => entry.schema === candidate);
    if (overloads.length === 0) continue;
    return candidate === 'pg_catalog'
      ? judgeBuiltin(catalog, allow, name, overloads, types)
      : judgeOther(allow, candidate, overloads);
  }
  return { allowed: false, reason: 'not-listed' };
}

function judgeBuiltin(
  catalog: Catalog,
  allow: PolicyAllowance,
  name: string,
  overloads: readonly FunctionEntry[],
  types: ArgumentTypes | undefined,
): FunctionJudgement {
  const special = findSpecial(name);
  if (special !== undefined) return allowed('pg_catalog', overloads, special.special);
  const reviewed = findReviewed(name);
  if (reviewed === undefined) return judgeByPolicy(allow, 'pg_catalog', overloads);
  // CockroachDB has other overloads of the same names; there the name is what was reviewed (from the documentation, not run).
  if (catalog.dialect === 'cockroachdb') return allowed('pg_catalog', overloads);
  const isReviewed = (entry: FunctionEntry) => reviewed.has(signatureOf(entry.args) ?? '');
  const known = overloads.filter(isReviewed);
  if (known.length === overloads.length) return allowed('pg_catalog', known);
  const proved = types !== undefined && provesReviewed(reviewed, overloads, types);
  if (proved) return allowed('pg_catalog', known);
  return listsName(allow.functions, 'pg_catalog', name)
    ? allowed('pg_catalog', overloads)
    : { allowed: false, reason: 'unreviewed-overload' };
}

function provesReviewed(
  reviewed: ReadonlyMap<string, Reviewed>,
  overloads: readonly FunctionEntry[],
  types: ArgumentTypes,
): boolean {
  const known = types.filter((type) => type !== undefined);
  if (known.length === types.length && reviewed.has(signatureOf(known) ?? '')) return true;
  return overloads.every(
    (entry) => reviewed.has(signatureOf(entry.args) ?? '') || !takes(entry, types.length),
  );
}

function takes(entry: FunctionEntry, count: number): boolean {
  if (entry.variadic !== undefined) return count >= entry.args.length - entry.defaults - 1;
  return count <= entry.args.length && count >= entry.args.length - entry.defaults;
}

function judgeOther(
  allow: PolicyAllowance,
  schema: string,
  overloads: readonly FunctionEntry[],
): FunctionJudgement {
  const isReviewed = (entry: FunctionEntry) =>
    entry.extension !== undefined &&
    !entry.securityDefiner &&
    isReviewedExtensionFunction(entry.extension, entry.name) &&
    takesValues(entry);
  return overloads.every(isReviewed) ? allowed(schema, overloads) : judgeByPolicy(allow, schema, overloads);
}

function judgeByPolicy(
  allow: PolicyAllowance,
  schema: string,
  overloads: readonly FunctionEntry[],
): FunctionJudgement {
  const [first] = overloads;
  if (first === undefined) return { allowed: false, reason: 'not-listed' };
  if (forbiddenReason(first.name) !== undefined) return { allowed: false, reason: 'forbidden' };
  if (!listsName(allow.functions, schema, first.name)) return { allowed: false, reason: 'not-listed' };
  return overloads.every(takesValues) ? allowed(schema, overloads) : { allowed: false, reason: 'forbidden' };
}

const INTERNAL = findBuiltinOid('internal');
const CSTRING = findBuiltinOid('cstring');

/** Support functions take pointers: a list cannot make them safe. */
function takesValues(entry: FunctionEntry): boolean {
  return entry.kind !== 'procedure' && entry.args.every((arg) => arg !== INTERNAL && arg !== CSTRING);
}

function allowed(
  schema: string,
  overloads: readonly FunctionEntry[],
  special?: FunctionSpecial,
): FunctionJudgement {
  const kind = overloads[0]?.kind ?? 'function';
  return { allowed: true, schema, kind, overloads, ...(special === undefined ? {} : { special }) };
}
