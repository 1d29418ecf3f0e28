/**
 * The WHERE of UPDATE and DELETE. The target is no sub-select, so its filter stands in the same WHERE as the conditions of the user.
 */
import type { ClaimType, Operand, Predicate } from '../../policy/index.ts';
import {
  and,
  bool,
  caseWhen,
  cast,
  columnRef,
  conjuncts,
  inList,
  integer,
  operator,
  text,
  typeName,
} from '../build.ts';
import type { Scope } from '../resolve/scope.ts';
import type { Node, UpdateStmt } from '../tree.ts';
import { sortKey } from './call.ts';
import type { StatementContext } from './context.ts';
import { type Expr, refuse, rewriteExpression } from './expression.ts';
import { compileCheck, pickedBy } from './membership.ts';
import { columnsIn, partsOf } from './new-row.ts';
import { guardRow, placeCondition } from './placement.ts';
import { compilePredicate } from './predicate.ts';
import { rewriteLimits } from './query.ts';
import type { WriteTarget } from './write-target.ts';

/** The filter of the rules beside the condition of the user, which meets no other row. */
export function rewriteTargetWhere(
  context: StatementContext,
  scope: Scope,
  written: WriteTarget,
  filter: Predicate,
  where: Node | undefined,
): Node | undefined {
  if (context.carriesFlags && where !== undefined) return ordered(context, scope, written, filter, where);
  const user = where && placeCondition(context, scope, scope.items, where, false).node;
  if (filter.kind === 'true') return user;
  const picks = user !== undefined && conjuncts(user).some((part) => isPicked(scope, written, part));
  const own = (picks ? compileCheck : compilePredicate)(context, filter, written.alias);
  return user === undefined ? own : and([own, user]);
}

/** A condition names a key of the target, or joins it. */
function isPicked(scope: Scope, { alias }: WriteTarget, condition: Node): boolean {
  return pickedBy(scope, condition).some((read) => read.alias === alias);
}

/** ORDER BY and LIMIT of a write choose among the rows that its WHERE let through. */
export function rewriteChoice(
  context: StatementContext,
  scope: Scope,
  { sortClause, limitCount }: Pick<UpdateStmt, 'sortClause' | 'limitCount'>,
): Pick<UpdateStmt, 'sortClause' | 'limitCount'> {
  if (sortClause === undefined && limitCount === undefined) return {};
  if (!context.carriesFlags) return refuse('UPDATE or DELETE with ORDER BY or LIMIT');
  const sort = sortClause?.map((item) => sortKey(context, scope, item, []));
  const limits = rewriteLimits(context, undefined, scope.withs, {
    ...(limitCount === undefined ? {} : { limitCount }),
  });
  return {
    ...(sort === undefined ? {} : { sortClause: sort }),
    ...(limits.clauses.limitCount === undefined ? {} : { limitCount: limits.clauses.limitCount }),
  };
}

/**
 * Where no order of conditions is promised, the filter is the first arm of one CASE, and nothing beside that CASE may tell an optimizer
 * that the filter holds: conditions that look at a column of the rules move inside, and what stands beside it to find an index is
 * weaker than the filter.
 */
function ordered(
  context: StatementContext,
  scope: Scope,
  written: WriteTarget,
  filter: Predicate,
  where: Node,
): Node | undefined {
  const parts = conjuncts(where).map((part) => rewriteExpression(context, scope, part));
  const own = filter.kind === 'true' ? [] : [compilePredicate(context, filter, written.alias)];
  if (parts.every((part) => part.total)) return and([...own, ...parts.map((part) => part.node)]);
  const looked = columnsOfRules(written, filter);
  const isInside = (part: Expr): boolean => !part.total || looksAt(part.node, written.alias, looked);
  const inside = parts.filter(isInside).map((part) => guardRow(context, scope, part, bool(false)).node);
  const beside = parts.filter((part) => !isInside(part)).map((part) => part.node);
  const condition = own.length === 0 ? and(inside) : caseWhen(and(own), and(inside), bool(false));
  return and([...weaker(context, filter, written.alias), ...beside, condition]);
}

/** Columns of the target that decide about its rows or about what is shown of them. */
function columnsOfRules({ access }: WriteTarget, filter: Predicate): ReadonlySet<string> {
  const masks = [...(access.read?.columns.values() ?? [])].flatMap((visibility) =>
    visibility.kind === 'when' ? [...columnsIn(visibility.predicate)] : [],
  );
  return new Set([...columnsIn(filter), ...masks]);
}

/** Whether a tree refers to such a column, under any alias but that of another relation. */
function looksAt(value: unknown, alias: string, columns: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.some((item) => looksAt(item, alias, columns));
  if (typeof value !== 'object' || value === null) return false;
  if ('ColumnRef' in value) {
    const fields = (value.ColumnRef as { fields?: Node[] }).fields ?? [];
    const names = fields.map((field) => ('String' in field ? (field.String.sval ?? '') : ''));
    return names.length !== 2 || (names[0] === alias && columns.has(names[1] ?? ''));
  }
  return Object.values(value).some((item) => looksAt(item, alias, columns));
}

/**
 * Conditions that every row of the filter fulfils and other rows may fulfil too: `owner IN (7, 0)` for `owner = 7`. They find the
 * index of the owner; the filter follows from none of them.
 */
function weaker(context: StatementContext, filter: Predicate, alias: string): readonly Node[] {
  return partsOf(filter).flatMap((part) => {
    if (part.kind !== 'compare' || part.op !== '=') return [];
    const [column, other] = part.left.kind === 'column' ? [part.left, part.right] : [part.right, part.left];
    if (column.kind !== 'column' || column.asText === true || other.kind !== 'claim') return [];
    const claim = context.claim(other.name);
    return [inList(columnRef(alias, column.name), [claim, another(context, other)])];
  });
}

const UUID = typeName('uuid');

/** Two values of each type: one of them is not the claim. */
const OTHERS: Readonly<Record<ClaimType, readonly [Node, Node]>> = {
  uuid: [
    cast(text('00000000-0000-0000-0000-000000000000'), UUID),
    cast(text('00000000-0000-0000-0000-000000000001'), UUID),
  ],
  int: [integer(0), integer(1)],
  bigint: [integer(0), integer(1)],
  text: [text(''), text(' ')],
  bool: [bool(false), bool(true)],
};

/** A value of the claim's type that is not the claim. */
function another(context: StatementContext, { name }: Extract<Operand, { kind: 'claim' }>): Node {
  const [first, second] = OTHERS[context.ground.policy.identity.claims.get(name)?.type ?? 'text'];
  return caseWhen(operator('=', context.claim(name), first), second, first);
}
