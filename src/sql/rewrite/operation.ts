/** Operators: allowed by catalog identity, judged by the types they meet. */
import { CordonError, safeName } from '../../errors/index.ts';
import { isSafeLikePattern, judgeOperator } from '../allow/index.ts';
import type { Scope } from '../resolve/scope.ts';
import { type Judged, judgeOperation, judgePrefix } from '../resolve/total.ts';
import { BOOL, TEXT, UNKNOWN } from '../resolve/types.ts';
import type { A_Expr, Node } from '../tree.ts';
import type { Ground, StatementContext } from './context.ts';
import {
  commonType,
  type Expr,
  merge,
  nodesOf,
  refuse,
  required,
  rewriteAll,
  rewriteExpression,
  tagOf,
} from './expression.ts';

/** The name of an operator, refused unless it is on the list. */
export function allowedOperator(context: StatementContext, names: readonly Node[] | undefined): string {
  const parts = (names ?? []).map((node) =>
    'String' in node ? (node.String.sval ?? '') : refuse(tagOf(node)),
  );
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.at(-2) : undefined;
  if (!isAllowed(context.ground, schema, name))
    throw new CordonError('CORDON_OPERATOR_DENIED', { operator: safeName(name) });
  return name;
}

/** The operator that USING, IN, CASE and the like imply. */
export const EQUALS: readonly Node[] = [{ String: { sval: '=' } }];

const judgements = new WeakMap<Ground, Map<string, boolean>>();

/** Judged once for a policy and a catalog: a name can have dozens of namesakes. */
function isAllowed(ground: Ground, schema: string | undefined, name: string): boolean {
  const known = judgements.get(ground) ?? new Map<string, boolean>();
  judgements.set(ground, known);
  const key = `${schema ?? ''}\u0000${name}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const { allowed } = judgeOperator(ground.catalog, ground.policy.allow, schema, name);
  known.set(key, allowed);
  return allowed;
}

export function rewriteOperation(context: StatementContext, scope: Scope, body: A_Expr): Expr {
  const node: Node = { A_Expr: body };
  switch (body.kind) {
    case 'AEXPR_OP':
    case 'AEXPR_NULLIF':
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT':
      return binary(context, scope, body, allowedOperator(context, body.name));
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return overArray(context, scope, body, allowedOperator(context, body.name));
    case 'AEXPR_IN':
      return inItems(context, scope, body, allowedOperator(context, body.name));
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
    case 'AEXPR_SIMILAR':
      allowedOperator(context, body.name);
      return pattern(context, scope, body);
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
    case 'AEXPR_NOT_BETWEEN_SYM':
      return between(context, scope, body);
    default:
      return refuse(tagOf(node));
  }
}

function binary(context: StatementContext, scope: Scope, body: A_Expr, name: string): Expr {
  const right = rewriteExpression(context, scope, required(body.rexpr, { A_Expr: body }));
  if (body.lexpr === undefined) {
    const judged = judgePrefix(context.catalog, name, right.type);
    return merge({ A_Expr: { ...body, rexpr: right.node } }, judged.type, [right], judged.total);
  }
  const left = rewriteExpression(context, scope, body.lexpr);
  const judged = judgePair(context, name, left, right);
  const type = body.kind === 'AEXPR_NULLIF' ? left.type : body.kind === 'AEXPR_OP' ? judged.type : BOOL;
  return merge(
    { A_Expr: { ...body, lexpr: left.node, rexpr: right.node } },
    type,
    [left, right],
    judged.total,
  );
}

/** Rows are compared field by field. */
function judgePair(context: StatementContext, name: string, left: Expr, right: Expr): Judged {
  const pairs = fieldPairs(left, right);
  if (pairs === undefined) return judgeOperation(context.catalog, name, left.type, right.type);
  return { type: BOOL, total: pairs.every(([l, r]) => judgeOperation(context.catalog, name, l, r).total) };
}

function fieldPairs(
  left: Expr,
  right: Expr,
): readonly (readonly [number | undefined, number | undefined])[] | undefined {
  if (left.fields === undefined || left.fields.length !== right.fields?.length) return undefined;
  return left.fields.map((type, index) => [type, right.fields?.[index]]);
}

function overArray(context: StatementContext, scope: Scope, body: A_Expr, name: string): Expr {
  const left = rewriteExpression(context, scope, required(body.lexpr, { A_Expr: body }));
  const right = rewriteExpression(context, scope, required(body.rexpr, { A_Expr: body }));
  const element = right.type === UNKNOWN ? UNKNOWN : elementOf(context, right.type);
  const { total } = judgeOperation(context.catalog, name, left.type, element);
  return merge({ A_Expr: { ...body, lexpr: left.node, rexpr: right.node } }, BOOL, [left, right], total);
}

function elementOf(context: StatementContext, array: number | undefined): number | undefined {
  const entry = array === undefined ? undefined : context.catalog.types.get(array);
  return entry?.kind === 'array' ? entry.element : undefined;
}

function inItems(context: StatementContext, scope: Scope, body: A_Expr, name: string): Expr {
  const left = rewriteExpression(context, scope, required(body.lexpr, { A_Expr: body }));
  const list = body.rexpr !== undefined && 'List' in body.rexpr ? body.rexpr.List.items : undefined;
  if (list === undefined) return refuse('IN without a list');
  const items = rewriteAll(context, scope, list);
  // The database looks for one type for all items, so a mixed list is not judged.
  const { total } = judgeOperation(context.catalog, name, left.type, unlessMixed(items));
  const rexpr: Node = { List: { items: nodesOf(items) } };
  return merge({ A_Expr: { ...body, lexpr: left.node, rexpr } }, BOOL, [left, ...items], total);
}

function unlessMixed(items: readonly Expr[]): number | undefined {
  return items.every((item) => item.type === UNKNOWN) ? UNKNOWN : commonType(items);
}

/**
 * LIKE fails on a pattern that ends in its escape character, and only where the text gets that far:
 * a constant pattern is looked at, any other counts as one that can fail.
 */
function pattern(context: StatementContext, scope: Scope, body: A_Expr): Expr {
  const left = rewriteExpression(context, scope, required(body.lexpr, { A_Expr: body }));
  const right = rewriteExpression(context, scope, required(body.rexpr, { A_Expr: body }));
  const textual = left.type === TEXT || left.type === 1043 || left.type === 1042;
  const safe = body.kind !== 'AEXPR_SIMILAR' && textual && isSafePattern(context, right.node);
  const node: Node = { A_Expr: { ...body, lexpr: left.node, rexpr: right.node } };
  return merge(node, BOOL, [left, right], safe);
}

function isSafePattern(context: StatementContext, node: Node): boolean {
  if (!('A_Const' in node) || node.A_Const.sval === undefined) return false;
  const value = node.A_Const.sval.sval ?? '';
  // INVARIANT: the key of a template tells literals with a backslash from those without one (see shape), so that
  // only the former have to be part of the key with their value.
  if (value.includes('\\')) context.pin(node.A_Const);
  return isSafeLikePattern(value);
}

function between(context: StatementContext, scope: Scope, body: A_Expr): Expr {
  const left = rewriteExpression(context, scope, required(body.lexpr, { A_Expr: body }));
  const list = body.rexpr !== undefined && 'List' in body.rexpr ? body.rexpr.List.items : undefined;
  if (list?.length !== 2) return refuse('BETWEEN without two bounds');
  const bounds = rewriteAll(context, scope, list);
  const total = bounds.every(
    (bound) =>
      judgeOperation(context.catalog, '>=', left.type, bound.type).total &&
      judgeOperation(context.catalog, '<=', left.type, bound.type).total,
  );
  const rexpr: Node = { List: { items: nodesOf(bounds) } };
  return merge({ A_Expr: { ...body, lexpr: left.node, rexpr } }, BOOL, [left, ...bounds], total);
}
