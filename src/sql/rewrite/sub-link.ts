/** Sub-queries in expressions. */

import { caseWhen, columnRef, rangeSubselect, select, target } from '../build.ts';
import type { Scope } from '../resolve/scope.ts';
import { judgeOperation } from '../resolve/total.ts';
import { BOOL } from '../resolve/types.ts';
import type { Node, SelectStmt, SubLink } from '../tree.ts';
import { NAME_PREFIX, type StatementContext } from './context.ts';
import { type Expr, refuse, rewriteExpression } from './expression.ts';
import { allowedOperator, EQUALS } from './operation.ts';
import { type Query, rewriteQuery } from './query.ts';
import { Carried } from './row-flag.ts';

export function rewriteSubLink(context: StatementContext, scope: Scope, link: SubLink): Expr {
  if (link.subselect === undefined || !('SelectStmt' in link.subselect)) return refuse('SubLink');
  const test = link.testexpr === undefined ? undefined : rewriteExpression(context, scope, link.testexpr);
  const query = rewriteQuery(context, scope, scope.withs, link.subselect.SelectStmt);
  const judged = judgeLink(context, link, query, test);
  const compares = link.subLinkType === 'ANY_SUBLINK' || link.subLinkType === 'ALL_SUBLINK';
  const guards = context.carriesFlags && compares && !judged.total && query.rows.filtered;
  const node: Node = {
    SubLink: {
      ...link,
      subselect: { SelectStmt: guards ? guardedColumns(context, query) : query.node },
      ...(test === undefined ? {} : { testexpr: test.node }),
    },
  };
  const refs = [...new Set([...query.refs, ...(test?.refs ?? [])])];
  const collated = query.columns[0]?.collated === true && compares === false ? { collated: true } : {};
  const total = judged.total && query.total && (test?.total ?? true);
  // `IN (SELECT …)` becomes a join, whose condition may be tested in a scan inside before the filter of that scan.
  if (link.subLinkType === 'ANY_SUBLINK' && !total) for (const read of query.reads) read.fence();
  return {
    node: repeated(scope, node),
    type: judged.type,
    total,
    refs,
    hasQuery: true,
    column: undefined,
    system: false,
    ...collated,
  };
}

/**
 * A sub-query that GROUP BY has too is the very same tree: the server knows the one in the other by every name in it, and names that
 * the rewriting makes up differ from copy to copy.
 */
function repeated(scope: Scope, node: Node): Node {
  if (!scope.grouping && scope.groupQueries.size === 0) return node;
  const text = saying(node);
  const before = scope.groupQueries.get(text);
  if (before === undefined && scope.grouping) scope.groupQueries.set(text, node);
  return before ?? node;
}

const PLACES = /(location|list_start|list_end)$/;
const MADE_UP = new RegExp(`("(?:aliasname|name)":|"String":\\{"sval":)"(${NAME_PREFIX}\\d+)"`, 'g');

/** A tree as text, without places, and with the names that were made up in order of their appearance. */
function saying(node: Node): string {
  const numbers = new Map<string, number>();
  const text = JSON.stringify(node, (key, value: unknown) => (PLACES.test(key) ? undefined : value));
  return text.replace(MADE_UP, (_, before: string, name: string) => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return `${before}${numbers.get(name)}`;
  });
}

/** The columns of a query, NULL in rows that did not pass their filters: what is compared with them cannot tell of others. */
function guardedColumns(context: StatementContext, query: Query): SelectStmt {
  const alias = context.freshName();
  const names = query.columns.map(() => context.freshName());
  const flag = new Carried(alias, query.rows).flag(context);
  return select({
    targetList: names.map((column) => target(caseWhen(flag, columnRef(alias, column)))),
    fromClause: [
      rangeSubselect(query.node, {
        aliasname: alias,
        colnames: names.map((sval): Node => ({ String: { sval } })),
      }),
    ],
  });
}

function judgeLink(
  context: StatementContext,
  link: SubLink,
  query: Query,
  test: Expr | undefined,
): { type: number | undefined; total: boolean } {
  const [first] = query.columns;
  switch (link.subLinkType) {
    case 'EXISTS_SUBLINK':
      return { type: BOOL, total: true };
    case 'ANY_SUBLINK':
    case 'ALL_SUBLINK': {
      const name = allowedOperator(context, link.operName ?? EQUALS);
      return { type: BOOL, total: judgeOperation(context.catalog, name, test?.type, first?.type).total };
    }
    case 'EXPR_SUBLINK':
      // More than one row is an error, so only a query that cannot give more is total.
      return { type: first?.type, total: givesOneRow(query.node) };
    case 'ARRAY_SUBLINK':
      return {
        type: first?.type === undefined ? undefined : context.catalog.types.get(first.type)?.array,
        total: true,
      };
    default:
      return refuse('this kind of sub-query');
  }
}

function givesOneRow(query: SelectStmt): boolean {
  const [target] = query.targetList ?? [];
  if (query.fromClause === undefined && query.valuesLists === undefined && query.op === 'SETOP_NONE')
    return true;
  const value = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined;
  const counts =
    value !== undefined &&
    'FuncCall' in value &&
    value.FuncCall.agg_star === true &&
    value.FuncCall.over === undefined;
  return counts && query.groupClause === undefined && query.targetList?.length === 1;
}
