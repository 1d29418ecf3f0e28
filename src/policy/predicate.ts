/** Questions about predicates, and their text. */
import { assertNever } from '../errors/index.ts';
import type { Membership, Operand, Predicate } from './policy.ts';

/** Visits a predicate and everything below it; `negated` tells whether an odd number of `not` stands above. */
export function visitPredicate(
  predicate: Predicate,
  visit: (node: Predicate, negated: boolean) => void,
  negated = false,
): void {
  visit(predicate, negated);
  if (predicate.kind === 'not') visitPredicate(predicate.item, visit, !negated);
  if (predicate.kind === 'and' || predicate.kind === 'or')
    for (const item of predicate.items) visitPredicate(item, visit, negated);
}

/** Operands of the relation itself; those inside the `where` of a membership belong to the other one. */
export function operandsOf(predicate: Predicate): readonly Operand[] {
  const operands: Operand[] = [];
  visitPredicate(predicate, (node) => {
    if (node.kind === 'compare') operands.push(node.left, node.right);
    if (node.kind === 'in-list') operands.push(node.operand, ...node.items);
    if (node.kind === 'is-null') operands.push(node.operand);
  });
  return operands;
}

/** Columns of the relation itself that decide, those looked for in another relation included. */
export function columnsOf(predicate: Predicate): ReadonlySet<string> {
  const columns = new Set<string>();
  for (const operand of operandsOf(predicate)) if (operand.kind === 'column') columns.add(operand.name);
  for (const membership of membershipsOf(predicate)) columns.add(membership.column);
  return columns;
}

/** Claims that decide, those inside `where` included. */
export function claimsOf(predicate: Predicate): ReadonlySet<string> {
  const claims = new Set<string>();
  for (const operand of operandsOf(predicate)) if (operand.kind === 'claim') claims.add(operand.name);
  for (const { where } of membershipsOf(predicate))
    if (where !== undefined) for (const claim of claimsOf(where)) claims.add(claim);
  return claims;
}

/** Memberships of the relation itself, without those inside the `where` of another. */
export function membershipsOf(predicate: Predicate): readonly Membership[] {
  const memberships: Membership[] = [];
  visitPredicate(predicate, (node) => {
    if (node.kind === 'in-relation') memberships.push(node);
  });
  return memberships;
}

/** The conditions that must all hold: the items of a top-level `and`, or the predicate itself. */
export function conjunctsOf(predicate: Predicate): readonly Predicate[] {
  return predicate.kind === 'and' ? predicate.items.flatMap(conjunctsOf) : [predicate];
}

/** Whether a condition, or one alternative of it wholly, is among those that hold. */
export function follows(condition: Predicate, holding: readonly Predicate[]): boolean {
  const texts = new Set(holding.map((item) => JSON.stringify(item)));
  const alternatives = condition.kind === 'or' ? condition.items : [condition];
  return alternatives.some((item) =>
    conjunctsOf(item).every((part) => part.kind === 'true' || texts.has(JSON.stringify(part))),
  );
}

/** Columns that the predicate pins to a claim by a top-level `column = :claim`, with that claim. */
export function pinnedColumns(predicate: Predicate): ReadonlyMap<string, string> {
  const pinned = new Map<string, string>();
  for (const item of conjunctsOf(predicate)) {
    if (item.kind !== 'compare' || item.op !== '=') continue;
    const sides = [item.left, item.right];
    const column = sides.find((side) => side.kind === 'column');
    const claim = sides.find((side) => side.kind === 'claim');
    if (column !== undefined && claim !== undefined && !pinned.has(column.name))
      pinned.set(column.name, claim.name);
  }
  return pinned;
}

/** The predicate as text of the policy language, with `_` for each literal: for reasons and reports. */
export function predicateText(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'true':
      return 'all';
    case 'false':
      return 'none';
    case 'compare':
      return `${operandText(predicate.left)} ${predicate.op} ${operandText(predicate.right)}`;
    case 'in-list':
      return `${operandText(predicate.operand)} in (${predicate.items.map(operandText).join(', ')})`;
    case 'is-null':
      return `${operandText(predicate.operand)} is ${predicate.negated ? 'not ' : ''}null`;
    case 'in-relation':
      return membershipText(predicate);
    case 'and':
    case 'or':
      return predicate.items.map((item) => grouped(item)).join(` ${predicate.kind} `);
    case 'not':
      return `not ${grouped(predicate.item)}`;
    default:
      return assertNever(predicate, 'predicate');
  }
}

function grouped(predicate: Predicate): string {
  const text = predicateText(predicate);
  return predicate.kind === 'and' || predicate.kind === 'or' || predicate.kind === 'not' ? `(${text})` : text;
}

function membershipText({ column, relation, target, where }: Membership): string {
  const [schema = '', name = ''] = relation.split('\u0000');
  const path = [...(schema === 'public' ? [] : [schema]), name, ...(target === '' ? [] : [target])];
  const narrowed = where === undefined ? '' : ` where (${predicateText(where)})`;
  return `${nameText(column)} in ${path.map(nameText).join('.')}${narrowed}`;
}

function operandText(operand: Operand): string {
  if (operand.kind === 'literal') return '_';
  return operand.kind === 'claim' ? `:${operand.name}` : nameText(operand.name);
}

const PLAIN_NAME = /^(?!(?:and|or|not|in|is|null|true|false|all|none|where)$)[\p{L}_][\p{L}\p{N}_$]*$/iu;

function nameText(name: string): string {
  return PLAIN_NAME.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
