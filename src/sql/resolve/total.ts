/**
 * Which operator or function an expression means, and whether it can fail.
 *
 * Only an expression that cannot fail for any value of its types ("total") may meet a row before the row filter has let it through:
 * the planner orders conditions by cost, not by text (PostgreSQL manual, "Rules and Privileges").
 */
import type { Catalog, Dialect, FunctionEntry, OperatorEntry } from '../../catalog/index.ts';
import {
  isTotalFunction,
  isTotalFunctionThere,
  isTotalOperator,
  isTotalOperatorThere,
} from '../allow/index.ts';
import { comparable, INT2, INT4, INT8, indexOf, NUMERIC, UNKNOWN } from './types.ts';

export interface Judged {
  readonly type: number | undefined;
  readonly total: boolean;
}

const UNJUDGED: Judged = { type: undefined, total: false };

/** `left op right` over known types; a literal of unknown type takes the type of the other side, as the database does. */
export function judgeOperation(
  catalog: Catalog,
  name: string,
  left: number | undefined,
  right: number | undefined,
): Judged {
  const [l, r] = settleUnknown(comparable(left), comparable(right));
  if (l === undefined || r === undefined) return resultOnly(catalog, name);
  const entry = findOperator(catalog, name, l, r);
  if (entry === undefined) return resultOnly(catalog, name);
  const total = isTotalOperator(entry, [l, r]) || comparesEnums(catalog, entry, l);
  return {
    type: entry.result,
    total: total && (catalog.dialect === 'postgres' || isTotalOperatorThere(entry)),
  };
}

export function judgePrefix(catalog: Catalog, name: string, right: number | undefined): Judged {
  const entries = indexOf(catalog).operators.get(name) ?? [];
  const entry = entries.find((candidate) => candidate.left === undefined && candidate.right === right);
  if (entry === undefined) return UNJUDGED;
  return { type: entry.result, total: catalog.dialect === 'postgres' && isTotalOperator(entry) };
}

function settleUnknown(
  left: number | undefined,
  right: number | undefined,
): [number | undefined, number | undefined] {
  if (left === UNKNOWN && right !== UNKNOWN) return [right, right];
  if (right === UNKNOWN) return [left, left];
  return [left, right];
}

function findOperator(
  catalog: Catalog,
  name: string,
  left: number,
  right: number,
): OperatorEntry | undefined {
  const entries = (indexOf(catalog).operators.get(name) ?? []).filter(
    (entry) => entry.schema === 'pg_catalog',
  );
  const exact = entries.find((entry) => entry.left === left && entry.right === right);
  if (exact !== undefined) return exact;
  const generic = entries.find(
    (entry) => left === right && entry.left === polymorphic(catalog, left) && entry.right === entry.left,
  );
  if (generic !== undefined) return generic;
  // Integers widen to numeric without loss, so a comparison of the two is one of numerics.
  if (!isExactNumber(left) || !isExactNumber(right)) return undefined;
  return entries.find((entry) => entry.left === NUMERIC && entry.right === NUMERIC);
}

const ANYENUM = 3500;
const ANYARRAY = 2277;
const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** The pseudo-type that an operator for all enums or arrays is declared with. */
function polymorphic(catalog: Catalog, type: number): number | undefined {
  const kind = catalog.types.get(type)?.kind;
  return kind === 'enum' ? ANYENUM : kind === 'array' ? ANYARRAY : undefined;
}

/** Labels of an enum are compared by their numbers. */
function comparesEnums(catalog: Catalog, entry: OperatorEntry, type: number): boolean {
  return entry.left === ANYENUM && COMPARISONS.has(entry.name) && catalog.types.get(type)?.kind === 'enum';
}

function isExactNumber(type: number): boolean {
  return type === INT2 || type === INT4 || type === INT8 || type === NUMERIC;
}

/** Where the operands are not known, the result may still be: all comparisons give bool. */
function resultOnly(catalog: Catalog, name: string): Judged {
  const results = new Set((indexOf(catalog).operators.get(name) ?? []).map((entry) => entry.result));
  const [only] = results;
  return { type: results.size === 1 ? only : undefined, total: false };
}

/** A call over known argument types. */
export function judgeCall(
  dialect: Dialect,
  overloads: readonly FunctionEntry[],
  args: readonly (number | undefined)[],
): Judged {
  const types = args.map(comparable);
  const fitting = overloads.filter((entry) => fits(entry, types));
  const exact = fitting.filter((entry) => entry.args.every((arg, index) => types[index] === arg));
  const [entry] = exact.length > 0 ? exact : fitting;
  if (entry === undefined || (exact.length !== 1 && fitting.length !== 1)) {
    const results = new Set(overloads.map((overload) => overload.result));
    const [only] = results;
    return { type: results.size === 1 ? only : undefined, total: false };
  }
  const total = !entry.returnsSet && isTotalFunction(entry);
  return { type: entry.result, total: total && (dialect === 'postgres' || isTotalFunctionThere(entry)) };
}

function fits(entry: FunctionEntry, types: readonly (number | undefined)[]): boolean {
  if (types.length !== entry.args.length) return false;
  return entry.args.every((arg, index) => types[index] === arg || types[index] === UNKNOWN);
}
