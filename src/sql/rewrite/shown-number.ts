/**
 * Numbers of catalog objects that a client computed. A cast or function that turns a number into a name would name any
 * object, so the number counts only as far as the catalog shows the caller an object of that number; otherwise it is NULL.
 */
import { columnRef, integer, operator, rangeSubselect, rangeVar, select, target } from '../build.ts';
import type { Scope } from '../resolve/scope.ts';
import { OID } from '../resolve/types.ts';
import type { Node } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { type Expr, rewriteExpression } from './expression.ts';

/** Whether an expression may be looked up as a number; a text is never looked up. */
export function mayBeNumber(value: Expr): boolean {
  return value.type === OID || (value.type === undefined && !('A_Const' in value.node));
}

/** `number`, if it is found in that column of a system relation; read once, for it may be volatile. */
export function shownNumber(
  context: StatementContext,
  scope: Scope,
  number: Node,
  shown: { readonly relation: string; readonly column: string },
): Expr {
  const asked = select({
    targetList: [target(number, 'n')],
    limitOffset: integer(0),
    limitOption: 'LIMIT_OPTION_COUNT',
  });
  const query = select({
    targetList: [target(columnRef('shown', shown.column))],
    fromClause: [
      rangeSubselect(asked, { aliasname: 'asked' }),
      rangeVar('pg_catalog', shown.relation, { aliasname: 'shown' }),
    ],
    whereClause: operator('=', columnRef('shown', shown.column), columnRef('asked', 'n')),
  });
  return rewriteExpression(context, scope, {
    SubLink: { subLinkType: 'EXPR_SUBLINK', subselect: { SelectStmt: query } },
  });
}
