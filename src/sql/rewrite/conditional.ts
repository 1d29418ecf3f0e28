/** IF, IFNULL, ISERROR and IFERROR, which are keywords of CockroachDB's grammar and stand in the tree as calls. */
import { CordonError, safeName } from '../../errors/index.ts';
import { caseWhen, cast, isNull, typeName } from '../build.ts';
import type { Scope } from '../resolve/scope.ts';
import { BOOL } from '../resolve/types.ts';
import type { FuncCall, Node } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { commonType, type Expr, merge, refuse, rewriteAll } from './expression.ts';

/** The conditional that a call is, in words that every database knows where there are any. */
export function rewriteConditional(
  context: StatementContext,
  scope: Scope,
  call: FuncCall,
  called: string,
): Expr | undefined {
  const count = call.args?.length ?? 0;
  const parts = (): Expr[] => rewriteAll(context, scope, call.args);
  if (called === 'if' && count === 3) return ifThen(parts());
  if (called === 'ifnull' && count === 2) return coalesce(parts());
  if ((called === 'iserror' || called === 'iferror') && count >= 1 && count <= 3)
    return errorTest(context, call, called, parts());
  return undefined;
}

function ifThen(parts: readonly Expr[]): Expr {
  const [condition, then, otherwise] = parts;
  if (condition === undefined || then === undefined || otherwise === undefined) return refuse('IF');
  return merge(caseWhen(condition.node, then.node, otherwise.node), commonType([then, otherwise]), parts);
}

function coalesce(parts: readonly Expr[]): Expr {
  const args = parts.map((part) => part.node);
  return merge({ CoalesceExpr: { args } }, commonType(parts), parts);
}

/** They answer whether an expression fails, so it is kept from rows of others like one whose error is shown. */
function errorTest(context: StatementContext, call: FuncCall, called: string, parts: readonly Expr[]): Expr {
  if (!context.carriesFlags) return refuse(called.toUpperCase());
  const node: Node = { FuncCall: { ...call, args: parts.map((part) => part.node) } };
  const type = called === 'iferror' ? commonType(parts.slice(0, 2)) : BOOL;
  return merge(node, type, parts);
}

/**
 * `crdb_internal.increment_feature_counter (…)`: dialects of ORM libraries call it once, some without handling an error. Elsewhere it
 * counts nothing and answers what it answers there.
 */
export function rewriteFeatureCounter(context: StatementContext, scope: Scope, call: FuncCall): Expr {
  const [arg, ...others] = rewriteAll(context, scope, call.args);
  if (
    context.ground.dialect !== 'cockroachdb' ||
    arg === undefined ||
    others.length > 0 ||
    arg.refs.length > 0
  )
    throw new CordonError('CORDON_FUNCTION_DENIED', { function: safeName('increment_feature_counter') });
  const node: Node = context.carriesFlags
    ? { FuncCall: { ...call, args: [arg.node] } }
    : isNull(cast(arg.node, typeName('text')), true);
  return merge(node, BOOL, [arg], false);
}
