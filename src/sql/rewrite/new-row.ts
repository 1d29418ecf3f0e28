/**
 * What a written row must satisfy: the check of the rules, boundaries included, and that it refers only to rows the caller sees.
 * Evaluated in RETURNING, on the row as it was stored, after defaults and triggers.
 */
import type { ForeignKey } from '../../catalog/index.ts';
import type { Predicate, RelationAccess } from '../../policy/index.ts';
import { and, columnRef, exists, integer, isNull, operator, or, rangeVar, select, target } from '../build.ts';
import type { Node } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { compilePredicate, visibleRows } from './predicate.ts';
import { denied } from './write-target.ts';

/** Columns that the predicate looks at. */
export function columnsIn(predicate: Predicate): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (item: Predicate): void => {
    switch (item.kind) {
      case 'compare':
        for (const side of [item.left, item.right]) if (side.kind === 'column') found.add(side.name);
        return;
      case 'in-list':
        for (const side of [item.operand, ...item.items]) if (side.kind === 'column') found.add(side.name);
        return;
      case 'is-null':
        if (item.operand.kind === 'column') found.add(item.operand.name);
        return;
      case 'in-relation':
        found.add(item.column);
        return;
      case 'and':
      case 'or':
        for (const part of item.items) visit(part);
        return;
      case 'not':
        visit(item.item);
        return;
      case 'true':
      case 'false':
        return;
      default:
        item satisfies never;
    }
  };
  visit(predicate);
  return found;
}

/** The parts of a conjunction. */
export function partsOf(predicate: Predicate): readonly Predicate[] {
  return predicate.kind === 'and'
    ? predicate.items.flatMap(partsOf)
    : predicate.kind === 'true'
      ? []
      : [predicate];
}

export function conjunction(items: readonly Predicate[]): Predicate {
  const [first] = items;
  if (first === undefined) return { kind: 'true' };
  return items.length === 1 ? first : { kind: 'and', items };
}

export function disjunction(items: readonly Predicate[]): Predicate {
  if (items.some((item) => item.kind === 'true')) return { kind: 'true' };
  const distinct = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  const [first] = distinct;
  if (first === undefined) return { kind: 'false' };
  return distinct.length === 1 ? first : { kind: 'or', items: distinct };
}

/** Foreign keys among the written columns whose referenced row must be one that the caller sees. */
export function referenceChecks(
  context: StatementContext,
  access: RelationAccess,
  alias: string,
  written: ReadonlySet<string>,
  implied: ReadonlySet<string>,
): readonly Node[] {
  return access.relation.foreignKeys
    .filter((key) => key.columns.some((column) => written.has(column)))
    .filter((key) => !key.columns.every((column) => implied.has(column)))
    .flatMap((key) => referenceCheck(context, access, alias, key));
}

/** The relation that a key points at, and which of its rows may be referred to; denied where there is none. */
function referredRows(
  context: StatementContext,
  access: RelationAccess,
  key: ForeignKey,
): { readonly referenced: RelationAccess; readonly visible: Predicate } {
  const referenced = context.accessOf(key.to);
  if (referenced?.read === undefined) throw denied(referenced ?? access, 'refer to');
  const rows = key.toColumns.map((column) => visibleRows(referenced, column));
  return { referenced, visible: conjunction(rows.flatMap(partsOf)) };
}

/** Whether a key of this column alone may refer to some rows only. */
export function refersToSome(context: StatementContext, access: RelationAccess, column: string): boolean {
  return access.relation.foreignKeys.some(
    (key) =>
      key.columns.every((own) => own === column) &&
      referredRows(context, access, key).visible.kind !== 'true',
  );
}

/** The same for keys that are made of these columns alone. */
export function referencesOf(
  context: StatementContext,
  access: RelationAccess,
  alias: string,
  columns: readonly string[],
): readonly Node[] {
  return access.relation.foreignKeys
    .filter((key) => key.columns.every((column) => columns.includes(column)))
    .flatMap((key) => referenceCheck(context, access, alias, key));
}

function referenceCheck(
  context: StatementContext,
  access: RelationAccess,
  alias: string,
  key: ForeignKey,
): readonly Node[] {
  const { referenced, visible } = referredRows(context, access, key);
  if (visible.kind === 'true') return [];
  // The target's alias is the client's choice: under the same name it would mean the referenced row itself.
  const inner = context.freshName(alias);
  const matches = key.columns.map((column, index) =>
    operator('=', columnRef(inner, key.toColumns[index] ?? ''), columnRef(alias, column)),
  );
  const query = select({
    targetList: [target(integer(1))],
    fromClause: [rangeVar(referenced.relation.schema, referenced.relation.name, { aliasname: inner })],
    whereClause: and([...matches, compilePredicate(context, visible, inner)]),
  });
  return [or([...key.columns.map((column) => isNull(columnRef(alias, column))), exists(query)])];
}

/** Foreign-key columns whose value a check already ties to the caller: a claim, or the key of a visible parent. */
export function impliedColumns(access: RelationAccess, check: Predicate): ReadonlySet<string> {
  const implied = new Set<string>();
  for (const part of partsOf(check)) {
    if (part.kind === 'compare' && part.op === '=') {
      if (part.left.kind === 'column' && part.right.kind === 'claim') implied.add(part.left.name);
      if (part.right.kind === 'column' && part.left.kind === 'claim') implied.add(part.right.name);
    }
    if (part.kind === 'in-relation' && refersTo(access, part.column, part.relation, part.target))
      implied.add(part.column);
  }
  return implied;
}

function refersTo(access: RelationAccess, column: string, relation: string, toColumn: string): boolean {
  return access.relation.foreignKeys.some(
    (key) =>
      key.to === relation &&
      key.columns.length === 1 &&
      key.columns[0] === column &&
      key.toColumns[0] === toColumn,
  );
}
