/** Casts: the type must be on the list; a cast that names a catalog object takes a literal that is looked up here. */
import { findRelation } from '../../catalog/index.ts';
import { CordonError, safeName } from '../../errors/index.ts';
import { isTotalCast, judgeType } from '../allow/index.ts';
import { cast, text } from '../build.ts';
import type { Scope } from '../resolve/scope.ts';
import { findType, typeParts, UNKNOWN } from '../resolve/types.ts';
import type { Node, TypeCast, TypeName } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { type Expr, leaf, merge, refuse, required, rewriteExpression } from './expression.ts';

export function rewriteCast(context: StatementContext, scope: Scope, body: TypeCast): Expr {
  const type = body.typeName;
  if (type === undefined) return refuse('TypeCast');
  const special = allowedType(context, type);
  const arg = required(body.arg, { TypeCast: body });
  if (special === 'regtype') return typeByName(context, scope, arg, type);
  if (special !== undefined) return objectByName(context, arg, type);
  const value = rewriteExpression(context, scope, arg);
  const to = findType(context.catalog, type)?.oid;
  return merge({ TypeCast: { ...body, arg: value.node } }, to, [value], isTotal(value, to, type));
}

/** A bare literal is read when the statement is parsed, before any row; a modifier may cut or fail. */
function isTotal(value: Expr, to: number | undefined, type: TypeName): boolean {
  if (value.type === UNKNOWN && 'A_Const' in value.node) return true;
  if (value.type === undefined || to === undefined || type.typmods !== undefined) return false;
  return value.type === to || isTotalCast(value.type, to);
}

/** Refuses a type that is not on the list; the class of one that names catalog objects. */
export function allowedType(context: StatementContext, type: TypeName): string | undefined {
  if (type.setof === true || type.pct_type === true) return refuse('SETOF or %TYPE');
  const { schema, name } = typeParts(type);
  const judged = judgeType(context.catalog, context.ground.policy.allow, schema, name);
  if (!judged.allowed) throw new CordonError('CORDON_TYPE_DENIED', { type: safeName(name) });
  return judged.special;
}

/** `'orders'::regclass`: only a literal, and only the name of a relation that the caller may know. */
function objectByName(context: StatementContext, arg: Node, type: TypeName): Expr {
  const { name } = typeParts(type);
  if (name !== 'regclass' || type.arrayBounds !== undefined)
    throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  if (!('A_Const' in arg) || arg.A_Const.sval === undefined)
    throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  const written = context.pin(arg.A_Const).sval?.sval ?? '';
  const parts = identifierParts(written);
  const relation =
    parts && findRelation(context.catalog, parts.length === 2 ? parts[0] : undefined, parts.at(-1) ?? '');
  const access = relation && context.accessOf(`${relation.schema}\u0000${relation.name}`);
  if (relation === undefined || access === undefined || relation.kind === 'system') {
    throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  }
  const quoted = [relation.schema, relation.name].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
  return leaf(cast(text(quoted), type), 2205);
}

/** The parts of a written name, folded to lower case where they are not quoted. */
export function identifierParts(written: string): string[] | undefined {
  const parts: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))\s*(\.|$)/uy;
  while (pattern.lastIndex < written.length) {
    const match = pattern.exec(written);
    if (match === null) return undefined;
    parts.push(match[1]?.replaceAll('""', '"') ?? (match[2] ?? '').toLowerCase());
    if (match[3] === '.' && pattern.lastIndex >= written.length) return undefined;
  }
  return parts.length === 1 || parts.length === 2 ? parts : undefined;
}

/** `'int4'::regtype`, `$1::regtype` (drivers look types up so), and the type columns of the catalog. */
function typeByName(context: StatementContext, scope: Scope, arg: Node, type: TypeName): Expr {
  if ('A_Const' in arg && arg.A_Const.sval !== undefined) {
    const parts = identifierParts(context.pin(arg.A_Const).sval?.sval ?? '');
    if (parts === undefined || !mayNameType(context, parts)) throw undefinedType();
    return leaf({ TypeCast: { arg, typeName: type } }, 2206);
  }
  const value = rewriteExpression(context, scope, arg);
  if ('ParamRef' in value.node) {
    context.typeNameParameters.add(value.node.ParamRef.number ?? 0);
    return merge({ TypeCast: { arg: value.node, typeName: type } }, 2206, [value], false);
  }
  if (value.column?.origin?.access.relation.kind !== 'system')
    throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  return merge({ TypeCast: { arg: value.node, typeName: type } }, 2206, [value]);
}

/** Whether a name is one of a type that callers may know of. */
export function mayNameType(context: StatementContext, parts: readonly string[]): boolean {
  const schema = parts.length === 2 ? parts[0] : undefined;
  const judged = judgeType(context.catalog, context.ground.policy.allow, schema, parts.at(-1) ?? '');
  return judged.allowed;
}

/** What the database answers for a type that does not exist: drivers look for this code. */
export function undefinedType(): CordonError {
  return new CordonError('CORDON_TYPE_UNKNOWN');
}
