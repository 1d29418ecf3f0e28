/** Function calls: allowed by catalog identity, printed with their schema. */
import { findColumn } from '../../catalog/index.ts';
import { assertNever, CordonError, safeName } from '../../errors/index.ts';
import {
  type FunctionJudgement,
  type FunctionSpecial,
  findObjectArgument,
  fitsCatalogForm,
  type GivenArgument,
  isKnownRelation,
  isNamingType,
  judgeAdvisoryLock,
  judgeFunction,
  judgeSetting,
  shownSettings,
  takesArguments,
} from '../allow/index.ts';
import { bool, caseWhen, cast, inList, name, nullConstant, text, typeName } from '../build.ts';
import type { Scope } from '../resolve/scope.ts';
import { judgeCall } from '../resolve/total.ts';
import { BOOL, INT2, INT4, OID, TEXT, UNKNOWN } from '../resolve/types.ts';
import type { A_Const, FuncCall, Node, WindowDef } from '../tree.ts';
import { asNumber, mayNameType, undefinedType } from './cast.ts';
import { functionalNotation } from './column.ts';
import { rewriteConditional, rewriteFeatureCounter } from './conditional.ts';
import type { StatementContext } from './context.ts';
import {
  type Expr,
  merge,
  nodesOf,
  refuse,
  required,
  rewriteAll,
  rewriteExpression,
  tagOf,
} from './expression.ts';
import { allowedOperator } from './operation.ts';
import { byRow, guardHere, guardRow } from './placement.ts';
import { mayBeNumber, shownNumber } from './shown-number.ts';

export function rewriteCall(context: StatementContext, scope: Scope, call: FuncCall): Expr {
  const { schema, called } = functionName(call);
  if (schema === undefined && context.ground.dialect === 'cockroachdb') {
    const conditional = rewriteConditional(context, scope, call, called);
    if (conditional !== undefined) return conditional;
  }
  if (schema === 'crdb_internal' && called === 'increment_feature_counter')
    return rewriteFeatureCounter(context, scope, call);
  const known = judge(context, schema, called);
  if (!known.allowed && known.reason !== 'unreviewed-overload')
    return columnOrDenied(context, scope, call, called);
  const overRows = known.allowed && known.kind === 'aggregate' && call.over === undefined;
  const given = overRows
    ? byRow(scope, () => rewriteAll(context, scope, call.args))
    : rewriteAll(context, scope, call.args);
  const types = given.map((arg) => arg.type);
  const judged = known.allowed ? known : judge(context, schema, called, types);
  if (!judged.allowed) throw new CordonError('CORDON_FUNCTION_DENIED', { function: safeName(called) });
  checkSpecial(context, judged.special, called, given);
  const allArgs = narrowed(context, scope, call, { called, special: judged.special, args: given });
  const aggregate = judged.kind === 'aggregate' || judged.kind === 'window' || call.over !== undefined;
  const returnsRows = judged.overloads.some((entry) => entry.returnsSet);
  const fed = aggregate || returnsRows || context.tableFunctions.has(call);
  const place = aggregate ? (overRows ? 'rows' : 'here') : context.tableFunctions.has(call) ? 'from' : 'list';
  const args = fed ? guardedArguments(context, scope, allArgs, place) : allArgs;
  const { rest, parts } = rewriteModifiers(context, scope, call, overRows);
  const verdict = judgeCall(context.catalog.dialect, judged.overloads, types);
  const plain = call.func_variadic !== true && parts.length === 0;
  const funcname =
    call.funcformat === 'COERCE_SQL_SYNTAX' ? call.funcname : [name(judged.schema), name(called)];
  const node: Node = {
    FuncCall: { ...call, ...rest, ...(funcname === undefined ? {} : { funcname }), ...argsOf(args) },
  };
  // Where flags are carried, what comes out of guarded arguments comes from rows that passed their filters, errors too.
  const settled = context.carriesFlags && fed;
  const cannotFail = aggregate ? isTotalAggregate(called) && plain : verdict.total && plain;
  const merged = merge(node, verdict.type, [...args, ...parts], settled || cannotFail);
  const whole = returnsRows ? { ...merged, rows: true } : merged;
  if (isNamingType(judged.overloads[0]?.result)) return asNumber(whole);
  return aggregate && call.over === undefined ? { ...whole, aggregate: true } : whole;
}

function judge(
  context: StatementContext,
  schema: string | undefined,
  called: string,
  types?: readonly (number | undefined)[],
): FunctionJudgement {
  const lock = context.ownsSchema() ? judgeAdvisoryLock(context.catalog, schema, called) : undefined;
  return lock ?? judgeFunction(context.catalog, context.ground.policy.allow, schema, called, types);
}

/** Where a call stands that no CASE can stand around. */
type CallPlace = 'rows' | 'here' | 'from' | 'list';

/**
 * Arguments of a call that cannot stand in a CASE itself: an aggregate, a window function, a function in FROM or one that gives rows.
 * In a select list the last without any argument of the row gets a guard all the same, so that it is not computed for rows of others.
 */
function guardedArguments(
  context: StatementContext,
  scope: Scope,
  args: readonly Expr[],
  place: CallPlace,
): readonly Expr[] {
  if (!context.carriesFlags) return args;
  const guarded = args.map((arg) =>
    place === 'rows' ? byRow(scope, () => guardRow(context, scope, arg)) : guardHere(context, scope, arg),
  );
  if (place === 'rows' || place === 'here') return guarded;
  const always = (arg: Expr): Expr => guardHere(context, scope, { ...arg, total: false });
  if (place === 'from' || guarded.some((arg) => arg.refs.length > 0))
    return guarded.map((arg) => (arg.refs.length > 0 ? always(arg) : arg));
  // A literal without a type would get another one inside a CASE.
  const first = guarded.findIndex((arg) => arg.type !== UNKNOWN);
  return guarded.map((arg, index) => (index === first ? always(arg) : arg));
}

/** Counting cannot fail; sums overflow and `percentile_cont` checks its argument. */
function isTotalAggregate(called: string): boolean {
  return called === 'count' || called === 'bool_and' || called === 'bool_or' || called === 'every';
}

function argsOf(args: readonly Expr[]): { args?: Node[] } {
  return args.length === 0 ? {} : { args: nodesOf(args) };
}

function functionName(call: FuncCall): { schema: string | undefined; called: string } {
  const parts = (call.funcname ?? []).map((node) =>
    'String' in node ? (node.String.sval ?? '') : refuse(tagOf(node)),
  );
  if (parts.length > 2) return refuse('a function of another database');
  return { schema: parts.length === 2 ? parts[0] : undefined, called: parts.at(-1) ?? '' };
}

function columnOrDenied(context: StatementContext, scope: Scope, call: FuncCall, called: string): Expr {
  const [only] = call.args ?? [];
  const bare = call.funcname?.length === 1 && call.args?.length === 1 && call.over === undefined;
  const column = bare && only !== undefined ? functionalNotation(context, scope, called, only) : undefined;
  if (column !== undefined) return column;
  throw new CordonError('CORDON_FUNCTION_DENIED', { function: safeName(called) });
}

/** FILTER, ORDER BY and OVER. */
function rewriteModifiers(
  context: StatementContext,
  scope: Scope,
  call: FuncCall,
  overRows: boolean,
): { rest: Partial<FuncCall>; parts: Expr[] } {
  const parts: Expr[] = [];
  const rest: Partial<FuncCall> = {};
  const guard = overRows ? guardRow : guardHere;
  const inside = <T>(make: () => T): T => (overRows ? byRow(scope, make) : make());
  if (call.agg_filter !== undefined) {
    const condition = call.agg_filter;
    const filter = inside(() =>
      guard(context, scope, rewriteExpression(context, scope, condition), bool(false)),
    );
    parts.push(filter);
    rest.agg_filter = filter.node;
  }
  const order = call.agg_order;
  if (order !== undefined)
    rest.agg_order = inside(() => order.map((item) => sortKey(context, scope, item, parts, guard)));
  if (call.over !== undefined) rest.over = rewriteWindow(context, scope, call.over, parts);
  return { rest, parts };
}

/** An ORDER BY item whose key is an expression. */
export function sortKey(
  context: StatementContext,
  scope: Scope,
  item: Node,
  parts: Expr[],
  guard: typeof guardHere = guardHere,
): Node {
  if (!('SortBy' in item)) return refuse(tagOf(item));
  if (item.SortBy.useOp !== undefined) allowedOperator(context, item.SortBy.useOp);
  const key = guard(context, scope, rewriteExpression(context, scope, required(item.SortBy.node, item)));
  parts.push(key);
  return { SortBy: { ...item.SortBy, node: key.node } };
}

export function rewriteWindow(
  context: StatementContext,
  scope: Scope,
  window: WindowDef,
  parts: Expr[],
): WindowDef {
  const one = (node: Node | undefined): Node | undefined => {
    if (node === undefined) return undefined;
    const expression = guardHere(context, scope, rewriteExpression(context, scope, node));
    parts.push(expression);
    return expression.node;
  };
  const partition = window.partitionClause?.map((node) => one(node) ?? node);
  const order = window.orderClause?.map((item) => sortKey(context, scope, item, parts));
  const start = one(window.startOffset);
  const end = one(window.endOffset);
  return {
    ...window,
    ...(partition === undefined ? {} : { partitionClause: partition }),
    ...(order === undefined ? {} : { orderClause: order }),
    ...(start === undefined ? {} : { startOffset: start }),
    ...(end === undefined ? {} : { endOffset: end }),
  };
}

/** Functions that are allowed for some arguments only. */
function checkSpecial(
  context: StatementContext,
  special: FunctionSpecial | undefined,
  called: string,
  args: readonly Expr[],
): void {
  switch (special) {
    case undefined:
    case 'catalog-only':
      break;
    case 'type-name':
      assertTypeName(context, args);
      break;
    case 'sequence':
      assertSequence(context, nameIn(context, args[0]), called);
      break;
    case 'setting':
      if (!isParameter(args[0])) assertSetting(context, nameIn(context, args[0]), undefined);
      break;
    case 'set-setting':
      assertSetConfig(context, args);
      break;
    default:
      assertNever(special, 'function');
  }
}

interface NarrowCall {
  readonly called: string;
  readonly special: FunctionSpecial | undefined;
  readonly args: readonly Expr[];
}

/** Arguments whose value is known at run time alone, narrowed to what the caller may know. */
function narrowed(
  context: StatementContext,
  scope: Scope,
  call: FuncCall,
  { called, special, args }: NarrowCall,
): readonly Expr[] {
  const [first, ...rest] = args;
  if (special === 'catalog-only') {
    const looked = catalogArguments(context, scope, call, called, args);
    return called === 'col_description' ? withoutColumn(looked) : looked;
  }
  if (special !== 'setting' || first === undefined || !isParameter(first)) return args;
  // Any other name becomes NULL, for which there is no setting.
  const written = cast(first.node, typeName('text'));
  const known = inList(written, shownSettings().map(text));
  return [{ ...first, node: caseWhen(known, written), type: TEXT, total: false }, ...rest];
}

/** The comment on no column is NULL: those on hidden columns are nobody's to read, and the call need not be refused for it. */
function withoutColumn([relation, column]: readonly Expr[]): readonly Expr[] {
  if (relation === undefined || column === undefined) return [];
  return [relation, { ...column, node: cast(nullConstant(), typeName('int4')), refs: [], total: true }];
}

/** `$1` or `$1::varchar`. */
function isParameter(arg: Expr | undefined): arg is Expr {
  const inner = arg !== undefined && 'TypeCast' in arg.node ? arg.node.TypeCast.arg : arg?.node;
  return inner !== undefined && 'ParamRef' in inner;
}

/** Arguments of a function of the catalog; a number of an object that was computed is looked up among those that are shown. */
function catalogArguments(
  context: StatementContext,
  scope: Scope,
  call: FuncCall,
  called: string,
  args: readonly Expr[],
): readonly Expr[] {
  // Who owns the schema is shown all of the catalog, so there is no object whose name or number may not be asked about.
  if (context.ownsSchema() && takesArguments(called, args.length)) return args;
  const given = args.map((arg) => givenArgument(context, arg));
  if (fitsCatalogForm(called, given)) return args;
  const key = findObjectArgument(called, args.length);
  const [arg, written] = key === undefined ? [] : [args[key.at], call.args?.[key.at]];
  const looked = key === undefined ? given : given.with(key.at, { kind: 'system-column', type: OID });
  if (
    key === undefined ||
    arg === undefined ||
    written === undefined ||
    !mayBeNumber(arg) ||
    !fitsCatalogForm(called, looked)
  )
    throw new CordonError('CORDON_FUNCTION_DENIED', { function: safeName(called) });
  return args.with(key.at, shownNumber(context, scope, written, key));
}

function givenArgument(context: StatementContext, arg: Expr): GivenArgument {
  const origin = arg.column?.origin;
  if (origin?.access.relation.kind === 'system') {
    return { kind: 'system-column', type: findColumn(origin.access.relation, origin.column)?.type };
  }
  if (arg.system && isCastColumn(arg.node)) return { kind: 'system-expression' };
  if (isKnownNumber(context, arg)) return { kind: 'known-relation' };
  if (arg.type === INT2 || arg.type === INT4 || arg.type === BOOL) return { kind: 'plain' };
  const constant =
    'A_Const' in arg.node || ('TypeCast' in arg.node && arg.refs.length === 0 && !arg.hasQuery);
  return { kind: constant ? 'constant' : 'other' };
}

/** A column under casts: any other expression of columns could spell any name. */
function isCastColumn(node: Node | undefined): boolean {
  if (node !== undefined && 'TypeCast' in node) return isCastColumn(node.TypeCast.arg);
  return node !== undefined && 'ColumnRef' in node;
}

/** `16430`, the number of a relation that an earlier read of the catalog gave out. */
function isKnownNumber(context: StatementContext, arg: Expr): boolean {
  const inner = 'TypeCast' in arg.node ? arg.node.TypeCast.arg : arg.node;
  if (inner === undefined || !('A_Const' in inner)) return false;
  const { ival, sval } = inner.A_Const;
  const written = ival === undefined ? (sval?.sval ?? '') : String(ival.ival ?? 0);
  if (!/^\d{1,10}$/.test(written)) return false;
  context.pin(inner.A_Const);
  return isKnownRelation(context.catalog, context.ground.access.covered(context.role), Number(written));
}

/** The text of an argument that must be a literal, since it names something. */
function nameIn(context: StatementContext, arg: Expr | undefined): string {
  const constant = arg === undefined ? undefined : textConstant(arg.node);
  if (constant === undefined) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  return context.pin(constant).sval?.sval ?? '';
}

/** A string literal, also one that is cast. */
function textConstant(node: Node): A_Const | undefined {
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return textConstant(node.TypeCast.arg);
  return 'A_Const' in node && node.A_Const.sval !== undefined ? node.A_Const : undefined;
}

/** `to_regtype('int4')`, `to_regtype($1)`. */
function assertTypeName(context: StatementContext, [arg]: readonly Expr[]): void {
  const inner = arg !== undefined && 'TypeCast' in arg.node ? arg.node.TypeCast.arg : arg?.node;
  if (inner !== undefined && 'ParamRef' in inner) {
    context.typeNameParameters.add(inner.ParamRef.number ?? 0);
    return;
  }
  if (!mayNameType(context, nameIn(context, arg))) throw undefinedType();
}

function assertSequence(context: StatementContext, value: string, called: string): void {
  const wanted = value.replaceAll('"', '');
  const listed = context.ground.policy.allow.sequences;
  const [schema] = context.catalog.searchPath;
  const known = listed.includes(wanted) || (!wanted.includes('.') && listed.includes(`${schema}.${wanted}`));
  if (!known) throw new CordonError('CORDON_FUNCTION_DENIED', { function: safeName(called) });
}

/** `set_config('jit', $1, false)`: a parameter is fine where any value is. */
function assertSetConfig(context: StatementContext, [setting, value]: readonly Expr[]): void {
  const called = nameIn(context, setting);
  const judged = judgeSetting(called, 'set', '', context.catalog);
  if (judged.allowed && judged.anyValue && isParameter(value)) return;
  assertSetting(context, called, nameIn(context, value));
}

function assertSetting(context: StatementContext, setting: string, value: string | undefined): void {
  const judged = judgeSetting(setting, value === undefined ? 'show' : 'set', value, context.catalog);
  if (!judged.allowed) throw new CordonError('CORDON_SETTING_DENIED', { setting: safeName(setting) });
}
