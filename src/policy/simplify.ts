/**
 * Boolean algebra over predicates. Only laws that hold in three-valued logic are used (constants, flattening,
 * duplicates, absorption, double negation): `x or not x` is not `true` where x is unknown.
 */
import type { Membership, Predicate } from './policy.ts';

export const TRUE: Predicate = { kind: 'true' };
export const FALSE: Predicate = { kind: 'false' };

export function allOf(items: readonly Predicate[]): Predicate {
  return combine('and', items);
}

export function anyOf(items: readonly Predicate[]): Predicate {
  return combine('or', items);
}

export function negate(item: Predicate): Predicate {
  if (item.kind === 'true') return FALSE;
  if (item.kind === 'false') return TRUE;
  return item.kind === 'not' ? item.item : { kind: 'not', item };
}

/** The same predicate with fewer parts; the `where` of a membership too. */
export function simplify(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return combine(predicate.kind, predicate.items.map(simplify));
    case 'not':
      return negate(simplify(predicate.item));
    case 'in-list':
      return singleItem(predicate);
    case 'in-relation':
      return narrowed(predicate);
    default:
      return predicate;
  }
}

/** Whether two predicates are written alike. */
export function samePredicate(a: Predicate, b: Predicate): boolean {
  return predicateKey(a) === predicateKey(b);
}

function combine(kind: 'and' | 'or', items: readonly Predicate[]): Predicate {
  const [neutral, absorbing] = kind === 'and' ? [TRUE, FALSE] : [FALSE, TRUE];
  const flat = items.flatMap((item) => (item.kind === kind ? item.items : [item]));
  if (flat.some((item) => item.kind === absorbing.kind)) return absorbing;
  const rest = absorb(kind, unique(flat.filter((item) => item.kind !== neutral.kind)));
  const [first] = rest;
  if (first === undefined) return neutral;
  return rest.length === 1 ? first : { kind, items: rest };
}

/** `a or (a and b)` is `a`, and `a and (a or b)` is `a`. */
function absorb(kind: 'and' | 'or', items: readonly Predicate[]): readonly Predicate[] {
  const other = kind === 'and' ? 'or' : 'and';
  const parts = items.map((item) => new Set((item.kind === other ? item.items : [item]).map(predicateKey)));
  return items.filter((_, index) => !parts.some((part, at) => at !== index && within(part, parts[index])));
}

function within(part: ReadonlySet<string>, whole: ReadonlySet<string> | undefined): boolean {
  if (whole === undefined || part.size >= whole.size) return false;
  for (const key of part) if (!whole.has(key)) return false;
  return true;
}

function unique(items: readonly Predicate[]): readonly Predicate[] {
  const found = new Map<string, Predicate>();
  for (const item of items) if (!found.has(predicateKey(item))) found.set(predicateKey(item), item);
  return [...found.values()];
}

function singleItem(predicate: Extract<Predicate, { kind: 'in-list' }>): Predicate {
  const [only] = predicate.items;
  if (only === undefined) return FALSE;
  if (predicate.items.length > 1) return predicate;
  return { kind: 'compare', op: '=', left: predicate.operand, right: only };
}

function narrowed({ where: given, ...rest }: Membership): Predicate {
  const where = simplify(given ?? TRUE);
  return where.kind === 'true' ? rest : { ...rest, where };
}

/** Keys of nodes are compared as text; the order in an `and` or `or` does not matter. */
function predicateKey(predicate: Predicate): string {
  if (predicate.kind === 'not') return `not(${predicateKey(predicate.item)})`;
  if (predicate.kind === 'and' || predicate.kind === 'or')
    return `${predicate.kind}(${predicate.items.map(predicateKey).sort().join(',')})`;
  if (predicate.kind !== 'in-relation') return JSON.stringify(predicate);
  const { column, relation, target, where } = predicate;
  return `in${JSON.stringify([column, relation, target])}(${where === undefined ? '' : predicateKey(where)})`;
}
