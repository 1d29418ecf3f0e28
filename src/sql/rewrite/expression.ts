/** Expressions: every node kind is named here, and one that is not is refused. */
import { CordonError, safeName } from '../../errors/index.ts';
import { equalTrees } from '../nodes.ts';
import type { Entry, Scope, ScopeColumn } from '../resolve/scope.ts';
import { judgeOperation } from '../resolve/total.ts';
import { BOOL, INT4, INT8, NUMERIC, RECORD, TEXT, UNKNOWN } from '../resolve/types.ts';
import type { A_Const, CaseExpr, Node, ParamRef } from '../tree.ts';
import { rewriteCall } from './call.ts';
import { rewriteCast } from './cast.ts';
import { isStar, rewriteColumn, rewriteIndirection, rewriteStar } from './column.ts';
import type { StatementContext } from './context.ts';
import { allowedOperator, EQUALS, rewriteOperation } from './operation.ts';
import { byRow, guardRow } from './placement.ts';
import { rewriteSubLink } from './sub-link.ts';

/** A rewritten expression, and what placement has to know of it. */
export interface Expr {
  readonly node: Node;
  /** OID; `UNKNOWN` for an untyped literal or parameter; undefined where it could not be told. */
  readonly type: number | undefined;
  /** Cannot fail, whatever values it meets. */
  readonly total: boolean;
  /** FROM items it refers to, those of outer levels included. */
  readonly refs: readonly Entry[];
  readonly hasQuery: boolean;
  /** The column, where the expression is a plain reference to one. */
  readonly column: ScopeColumn | undefined;
  /** Made of columns of system relations alone. */
  readonly system: boolean;
  /** Holds a column with a collation of its own. */
  readonly collated?: boolean;
  /** Holds an aggregate of its own query level. */
  readonly aggregate?: boolean;
  /** All of it that can fail is computed from aggregates, and so for groups of rows that passed their filters. */
  readonly late?: boolean;
  /** Holds a call that gives several rows, which stands in no CASE. */
  readonly rows?: boolean;
  /** Types of the fields of a row constructor. */
  readonly fields?: readonly (number | undefined)[];
}

export function refuse(construct: string): never {
  throw new CordonError('CORDON_UNSUPPORTED', { construct: safeName(construct) });
}

const NO_REFS: readonly Entry[] = [];

export function leaf(node: Node, type: number | undefined, total = true): Expr {
  return { node, type, total, refs: NO_REFS, hasQuery: false, column: undefined, system: false };
}

/** An expression made of parts: total if they are (and `total` says so), referring to what they refer to. */
export function merge(node: Node, type: number | undefined, parts: readonly Expr[], total = true): Expr {
  const refs = parts.every((part) => part.refs.length === 0)
    ? NO_REFS
    : [...new Set(parts.flatMap((part) => part.refs))];
  const disagree = mayDisagree(parts);
  const late =
    !disagree &&
    parts.every((part) => part.total || part.late === true) &&
    (total || parts.some((part) => part.aggregate === true));
  return {
    node,
    type,
    total: total && parts.every((part) => part.total) && !disagree,
    ...(late ? { late } : {}),
    ...(parts.some((part) => part.rows === true) ? { rows: true } : {}),
    refs,
    hasQuery: parts.some((part) => part.hasQuery),
    column: undefined,
    system: parts.length > 0 && parts.every((part) => part.system),
    ...(parts.some((part) => part.aggregate === true) ? { aggregate: true } : {}),
    ...(parts.some((part) => part.collated === true) ? { collated: true } : {}),
  };
}

/** Two collations meet: the database raises an error as soon as there is a row (PostgreSQL manual 24.2). */
function mayDisagree(parts: readonly Expr[]): boolean {
  if (!parts.some((part) => part.collated === true)) return false;
  return parts.filter((part) => part.refs.length > 0 || part.hasQuery).length > 1;
}

export function tagOf(node: Node): string {
  return Object.keys(node)[0] ?? 'nothing';
}

export function rewriteExpression(context: StatementContext, scope: Scope, node: Node): Expr {
  context.work.spend('expression', 1 + scope.groupKeys.length);
  const part = rewriteKind(context, scope, node);
  const isKey = scope.grouped && scope.groupKeys.some((key) => equalTrees(key, part.node));
  return isKey ? byRow(scope, () => guardRow(context, scope, part)) : part;
}

function rewriteKind(context: StatementContext, scope: Scope, node: Node): Expr {
  if ('ColumnRef' in node) return rewriteColumn(context, scope, node.ColumnRef);
  if ('A_Const' in node) return constant(context, node.A_Const);
  if ('ParamRef' in node) return parameter(context, node.ParamRef);
  if ('A_Expr' in node) return rewriteOperation(context, scope, node.A_Expr);
  if ('FuncCall' in node) return rewriteCall(context, scope, node.FuncCall);
  if ('TypeCast' in node) return rewriteCast(context, scope, node.TypeCast);
  if ('SubLink' in node) return rewriteSubLink(context, scope, node.SubLink);
  if ('A_Indirection' in node) return rewriteIndirection(context, scope, node.A_Indirection);
  return rewriteSimple(context, scope, node);
}

/** Kinds that are what their parts are. */
function rewriteSimple(context: StatementContext, scope: Scope, node: Node): Expr {
  const all = (nodes: readonly Node[] | undefined) => rewriteAll(context, scope, nodes);
  const one = (part: Node | undefined) => rewriteExpression(context, scope, required(part, node));
  if ('BoolExpr' in node) {
    const args = all(node.BoolExpr.args);
    return merge({ BoolExpr: { ...node.BoolExpr, args: nodesOf(args) } }, BOOL, args);
  }
  if ('NullTest' in node) {
    const arg = one(node.NullTest.arg);
    return merge({ NullTest: { ...node.NullTest, arg: arg.node } }, BOOL, [arg]);
  }
  if ('BooleanTest' in node) {
    const arg = one(node.BooleanTest.arg);
    return merge({ BooleanTest: { ...node.BooleanTest, arg: arg.node } }, BOOL, [arg]);
  }
  if ('CaseExpr' in node) return rewriteCase(context, scope, node.CaseExpr);
  if ('CoalesceExpr' in node) {
    const args = all(node.CoalesceExpr.args);
    return merge({ CoalesceExpr: { ...node.CoalesceExpr, args: nodesOf(args) } }, commonType(args), args);
  }
  if ('MinMaxExpr' in node) {
    const args = all(node.MinMaxExpr.args);
    const type = commonType(args);
    const total = judgeOperation(context.catalog, '<', type, type).total;
    return merge({ MinMaxExpr: { ...node.MinMaxExpr, args: nodesOf(args) } }, type, args, total);
  }
  if ('A_ArrayExpr' in node) return rewriteArray(context, all(node.A_ArrayExpr.elements), node);
  if ('RowExpr' in node) {
    const args = (node.RowExpr.args ?? []).flatMap((arg) => rowFields(context, scope, arg));
    const row = merge({ RowExpr: { ...node.RowExpr, args: nodesOf(args) } }, RECORD, args);
    return { ...row, fields: args.map((arg) => arg.type) };
  }
  if ('CollateClause' in node) {
    const arg = one(node.CollateClause.arg);
    const collated = merge(
      { CollateClause: { ...node.CollateClause, arg: arg.node } },
      arg.type,
      [arg],
      false,
    );
    return { ...collated, collated: true };
  }
  if ('GroupingFunc' in node) {
    const args = all(node.GroupingFunc.args);
    return merge({ GroupingFunc: { ...node.GroupingFunc, args: nodesOf(args) } }, INT4, args);
  }
  if ('NamedArgExpr' in node) {
    const arg = one(node.NamedArgExpr.arg);
    return merge({ NamedArgExpr: { ...node.NamedArgExpr, arg: arg.node } }, arg.type, [arg], false);
  }
  if ('SQLValueFunction' in node) return leaf(node, valueType(node.SQLValueFunction.op));
  return refuse(tagOf(node));
}

/** `ROW (t.*)` has the columns of `t` for fields. */
function rowFields(context: StatementContext, scope: Scope, arg: Node): readonly Expr[] {
  return 'ColumnRef' in arg && isStar(arg.ColumnRef)
    ? rewriteStar(context, scope, arg.ColumnRef)
    : [rewriteExpression(context, scope, arg)];
}

export function required(part: Node | undefined, parent: Node): Node {
  return part ?? refuse(tagOf(parent));
}

export function rewriteAll(
  context: StatementContext,
  scope: Scope,
  nodes: readonly Node[] | undefined,
): Expr[] {
  return (nodes ?? []).map((node) => rewriteExpression(context, scope, node));
}

export function nodesOf(parts: readonly Expr[]): Node[] {
  return parts.map((part) => part.node);
}

function constant(context: StatementContext, value: A_Const): Expr {
  // Whether a number beyond int4 is an int8 or a numeric is told by its value.
  if (value.fval !== undefined && /^-?\d+$/.test(value.fval.fval ?? '')) context.pin(value);
  return leaf({ A_Const: value }, constantType(value));
}

const INT8_MAX = 2n ** 63n - 1n;

function constantType(value: A_Const): number | undefined {
  if (value.isnull === true || value.sval !== undefined) return UNKNOWN;
  if (value.ival !== undefined) return INT4;
  if (value.boolval !== undefined) return BOOL;
  const digits = value.fval?.fval;
  if (digits === undefined) return undefined;
  if (!/^-?\d+$/.test(digits)) return NUMERIC;
  const magnitude = BigInt(digits);
  return magnitude <= INT8_MAX && magnitude >= -INT8_MAX ? INT8 : NUMERIC;
}

function parameter(context: StatementContext, param: ParamRef): Expr {
  const number = param.number ?? 0;
  if (number < 1) return refuse('parameter number');
  return leaf({ ParamRef: param }, context.parameterType(number) ?? UNKNOWN);
}

function rewriteCase(context: StatementContext, scope: Scope, body: CaseExpr): Expr {
  const arg = body.arg === undefined ? undefined : rewriteExpression(context, scope, body.arg);
  const conditions: Expr[] = [];
  const results: Expr[] = [];
  const args = (body.args ?? []).map((when): Node => {
    if (!('CaseWhen' in when)) return refuse(tagOf(when));
    const condition = rewriteExpression(context, scope, required(when.CaseWhen.expr, when));
    const result = rewriteExpression(context, scope, required(when.CaseWhen.result, when));
    conditions.push(condition);
    results.push(result);
    return { CaseWhen: { ...when.CaseWhen, expr: condition.node, result: result.node } };
  });
  const otherwise =
    body.defresult === undefined ? undefined : rewriteExpression(context, scope, body.defresult);
  if (arg !== undefined) allowedOperator(context, EQUALS);
  const compared =
    arg === undefined ||
    conditions.every((condition) => judgeOperation(context.catalog, '=', arg.type, condition.type).total);
  const parts = [
    ...(arg === undefined ? [] : [arg]),
    ...conditions,
    ...results,
    ...(otherwise ? [otherwise] : []),
  ];
  const node: Node = {
    CaseExpr: {
      ...body,
      args,
      ...(arg === undefined ? {} : { arg: arg.node }),
      ...(otherwise === undefined ? {} : { defresult: otherwise.node }),
    },
  };
  return merge(
    node,
    commonType(otherwise === undefined ? results : [...results, otherwise]),
    parts,
    compared,
  );
}

/** One type for all, untyped literals aside; undefined where they differ. */
export function commonType(parts: readonly Expr[]): number | undefined {
  const types = new Set(parts.map((part) => part.type));
  types.delete(UNKNOWN);
  if (types.size === 0) return parts.length === 0 ? undefined : TEXT;
  const [only] = types;
  return types.size === 1 ? only : undefined;
}

function rewriteArray(context: StatementContext, elements: readonly Expr[], node: Node): Expr {
  if (!('A_ArrayExpr' in node)) return refuse(tagOf(node));
  const element = commonType(elements);
  const type = element === undefined ? undefined : context.catalog.types.get(element)?.array;
  return merge(
    { A_ArrayExpr: { ...node.A_ArrayExpr, elements: nodesOf(elements) } },
    type,
    elements,
    type !== undefined,
  );
}

const SQL_VALUE_TYPES: Readonly<Record<string, number>> = {
  SVFOP_CURRENT_DATE: 1082,
  SVFOP_CURRENT_TIME: 1266,
  SVFOP_CURRENT_TIME_N: 1266,
  SVFOP_CURRENT_TIMESTAMP: 1184,
  SVFOP_CURRENT_TIMESTAMP_N: 1184,
  SVFOP_LOCALTIME: 1083,
  SVFOP_LOCALTIME_N: 1083,
  SVFOP_LOCALTIMESTAMP: 1114,
  SVFOP_LOCALTIMESTAMP_N: 1114,
  SVFOP_CURRENT_ROLE: 19,
  SVFOP_CURRENT_USER: 19,
  SVFOP_USER: 19,
  SVFOP_SESSION_USER: 19,
  SVFOP_CURRENT_CATALOG: 19,
  SVFOP_CURRENT_SCHEMA: 19,
};

function valueType(op: string | undefined): number | undefined {
  const type = SQL_VALUE_TYPES[op ?? ''];
  return type ?? refuse('SQLValueFunction');
}
