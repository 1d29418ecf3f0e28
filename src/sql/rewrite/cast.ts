/** Casts: the type must be on the list; a cast that names a catalog object takes a literal that is looked up here. */
import { CordonError, safeName } from '../../errors/index.ts';
import {
  holdsNumbersOf,
  isNamingType,
  isTotalCast,
  isTotalCastThere,
  judgeObjectLiteral,
  judgeType,
  relationNames,
} from '../allow/index.ts';
import { caseWhen, cast, inList, text, typeName } from '../build.ts';
import { isTypedByCasts } from '../resolve/parameter-types.ts';
import type { Scope } from '../resolve/scope.ts';
import { namesAllowedType } from '../resolve/type-text.ts';
import { findType, OID, TEXT, typeParts, UNKNOWN } from '../resolve/types.ts';
import type { Node, TypeCast, TypeName } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { type Expr, leaf, merge, refuse, required, rewriteExpression } from './expression.ts';
import { mayBeNumber, shownNumber } from './shown-number.ts';

export function rewriteCast(context: StatementContext, scope: Scope, body: TypeCast): Expr {
  const type = body.typeName;
  if (type === undefined) return refuse('TypeCast');
  const special = allowedType(context, type);
  const arg = required(body.arg, { TypeCast: body });
  if (special !== undefined) return settled(named(context, scope, arg, type, special));
  const value = underCast(context, scope, arg);
  const to = findType(context.catalog, type)?.oid;
  return merge({ TypeCast: { ...body, arg: value.node } }, to, [value], isTotal(context, value, to, type));
}

/** The name of an object directly under another cast: its type ends there. */
function underCast(context: StatementContext, scope: Scope, arg: Node): Expr {
  const inner = 'TypeCast' in arg ? arg.TypeCast : undefined;
  if (inner?.typeName === undefined || inner.arg === undefined) return rewriteExpression(context, scope, arg);
  const special = allowedType(context, inner.typeName);
  if (special === undefined) return rewriteExpression(context, scope, arg);
  return named(context, scope, inner.arg, inner.typeName, special);
}

function named(context: StatementContext, scope: Scope, arg: Node, type: TypeName, special: string): Expr {
  return special === 'regtype'
    ? typeByName(context, scope, arg, type)
    : objectByName(context, scope, arg, type);
}

/**
 * A literal beside an expression of such a type would take that type, be looked up, and tell whether an object of that name exists:
 * `COALESCE('payroll', 'orders'::regclass)`. So what is compared becomes a number, what is shown becomes text.
 */
function settled(value: Expr): Expr {
  if (!isNamingType(value.type)) return value;
  const arg = 'TypeCast' in value.node ? value.node.TypeCast.arg : undefined;
  const isGiven = arg !== undefined && ('A_Const' in arg || 'ParamRef' in arg);
  return isGiven ? asNumber(value) : { ...value, node: cast(value.node, typeName('text')), type: TEXT };
}

/** An object as its number, which takes no name for a value. */
export function asNumber(value: Expr): Expr {
  return { ...value, node: cast(value.node, typeName('oid')), type: OID, column: undefined };
}

/** A bare literal is read when the statement is parsed, before any row; a modifier may cut or fail. */
function isTotal(context: StatementContext, value: Expr, to: number | undefined, type: TypeName): boolean {
  if (value.type === UNKNOWN && 'A_Const' in value.node) return true;
  if (value.type === undefined || to === undefined || type.typmods !== undefined) return false;
  if (value.type === UNKNOWN && 'ParamRef' in value.node && context.statement !== undefined) {
    const checks = context.catalog.types.get(to)?.kind === 'domain';
    return !checks && isTypedByCasts(context.statement, value.node.ParamRef.number ?? 0, type);
  }
  if (value.type === to) return true;
  const { dialect } = context.catalog;
  return isTotalCast(value.type, to) && (dialect === 'postgres' || isTotalCastThere(value.type, to));
}

/** Refuses a type that is not on the list; the class of one that names catalog objects. */
export function allowedType(context: StatementContext, type: TypeName): string | undefined {
  if (type.setof === true || type.pct_type === true) return refuse('SETOF or %TYPE');
  const { schema, name } = typeParts(type);
  const judged = judgeType(context.catalog, context.ground.policy.allow, schema, name);
  if (!judged.allowed) throw new CordonError('CORDON_TYPE_DENIED', { type: safeName(name) });
  return judged.special;
}

/** `'orders'::regclass`: a literal that is looked up here, or a column that holds numbers of relations which are shown. */
function objectByName(context: StatementContext, scope: Scope, arg: Node, type: TypeName): Expr {
  const { name } = typeParts(type);
  if (type.arrayBounds !== undefined) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  const oid = findType(context.catalog, type)?.oid;
  if ('A_Const' in arg && arg.A_Const.sval !== undefined) {
    const written = context.pin(arg.A_Const).sval?.sval ?? '';
    const judged = judgeObjectLiteral(
      context.catalog,
      context.ground.access.covered(context.role),
      name,
      written,
    );
    if (!judged.allowed) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
    return leaf(cast(text(judged.text), type), oid);
  }
  const value = rewriteExpression(context, scope, arg);
  if (name === 'regclass' && 'ParamRef' in value.node)
    return asNumber(merge(relationByParameter(context, value.node, type), oid, [value], false));
  if (namesShown(value, name)) return merge({ TypeCast: { arg: value.node, typeName: type } }, oid, [value]);
  if (name !== 'regclass' || !mayBeNumber(value)) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  const shown = shownNumber(context, scope, arg, { relation: 'pg_class', column: 'oid' });
  return merge({ TypeCast: { arg: shown.node, typeName: type } }, oid, [shown], false);
}

/** `$1::regclass`: looked up if it is the name of a relation that the role may know, NULL otherwise. */
function relationByParameter(context: StatementContext, parameter: Node, type: TypeName): Node {
  const written = cast(parameter, typeName('text'));
  const names = relationNames(context.catalog, context.ground.access.covered(context.role));
  return caseWhen(inList(written, names.map(text)), cast(written, type));
}

/** A column with numbers of objects that are shown, or the sequence that the catalog itself found behind a shown column. */
function namesShown(value: Expr, type: string): boolean {
  const origin = value.column?.origin;
  if (origin?.access.relation.kind === 'system') {
    return holdsNumbersOf(type, origin.access.relation.name, origin.column);
  }
  const [, called] = 'FuncCall' in value.node ? (value.node.FuncCall.funcname ?? []) : [];
  const serial =
    called !== undefined && 'String' in called && called.String.sval === 'pg_get_serial_sequence';
  return type === 'regclass' && value.system && serial;
}

/** `'int4'::regtype`, `$1::regtype` (drivers look types up so), and the type columns of the catalog. */
function typeByName(context: StatementContext, scope: Scope, arg: Node, type: TypeName): Expr {
  if ('A_Const' in arg && arg.A_Const.sval !== undefined) {
    if (!mayNameType(context, context.pin(arg.A_Const).sval?.sval ?? '')) throw undefinedType();
    return leaf({ TypeCast: { arg, typeName: type } }, 2206);
  }
  const value = rewriteExpression(context, scope, arg);
  if ('ParamRef' in value.node) {
    context.typeNameParameters.add(value.node.ParamRef.number ?? 0);
    return merge({ TypeCast: { arg: value.node, typeName: type } }, 2206, [value], false);
  }
  if (value.column?.origin?.access.relation.kind === 'system')
    return merge({ TypeCast: { arg: value.node, typeName: type } }, 2206, [value]);
  if (!mayBeNumber(value)) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  const shown = shownNumber(context, scope, arg, { relation: 'pg_type', column: 'oid' });
  return merge({ TypeCast: { arg: shown.node, typeName: type } }, 2206, [shown], false);
}

/** Whether a text names a type that callers may know of. */
export function mayNameType(context: StatementContext, written: string): boolean {
  return namesAllowedType(context.catalog, context.ground.policy.allow, written);
}

/** What the database answers for a type that does not exist: drivers look for this code. */
export function undefinedType(): CordonError {
  return new CordonError('CORDON_TYPE_UNKNOWN');
}
