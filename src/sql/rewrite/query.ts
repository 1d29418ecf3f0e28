/** A query: plain select, VALUES or set operation, with its CTEs. */

import type { RelationAccess } from '../../policy/index.ts';
import { type Entry, Scope, type ScopeColumn, unknownColumn, Withs } from '../resolve/scope.ts';
import { INT4, UNKNOWN } from '../resolve/types.ts';
import type { Node, SelectStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { type Expr, leaf, refuse, rewriteExpression, tagOf } from './expression.ts';
import { guardRow } from './placement.ts';
import type { Read } from './read.ts';
import { type RowFlag, SetOperationFlag, ValuesFlag } from './row-flag.ts';
import { rewriteSelect } from './select.ts';
import { rewriteWith } from './with.ts';

export interface Query {
  readonly node: SelectStmt;
  readonly columns: readonly ScopeColumn[];
  /** It may have more columns than are known: a star over a function whose columns the catalog does not tell. */
  readonly unlisted?: boolean;
  /** Running it cannot fail. */
  readonly total: boolean;
  /** No expression that meets rows can fail: what is left are limits without them. */
  readonly harmless: boolean;
  /** FROM items of outer levels that it refers to. */
  readonly refs: readonly Entry[];
  /** Filtered reads of its FROM items, at any depth. */
  readonly reads: readonly Read[];
  readonly lockable: readonly RelationAccess[];
  /** The flag that its rows can carry. */
  readonly rows: RowFlag;
}

/** `outside` holds the names that the query may refer to beside its own. */
export function rewriteQuery(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs | undefined,
  query: SelectStmt,
): Query {
  context.work.spend('query');
  if (query.intoClause !== undefined) return refuse('SELECT INTO');
  if (query.asOf !== undefined) return refuse('AS OF SYSTEM TIME inside a statement');
  const own = new Withs(withs);
  const clause =
    query.withClause === undefined ? undefined : rewriteWith(context, outside, own, query.withClause);
  const body = rewriteBody(context, outside, own, query);
  if (clause === undefined) return body;
  return {
    ...body,
    node: { ...body.node, withClause: clause.node },
    total: body.total && clause.total,
    harmless: body.harmless && clause.total,
    refs: [...new Set([...body.refs, ...clause.refs])],
  };
}

function rewriteBody(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs,
  query: SelectStmt,
): Query {
  if ((query.op ?? 'SETOP_NONE') !== 'SETOP_NONE') return setOperation(context, outside, withs, query);
  if (query.valuesLists !== undefined) return values(context, outside, withs, query);
  return rewriteSelect(context, outside, withs, query);
}

/** Both arms are queries of their own; what orders the result may name output columns only. */
function setOperation(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs,
  query: SelectStmt,
): Query {
  if (query.larg === undefined || query.rarg === undefined || query.lockingClause !== undefined)
    return refuse('this set operation');
  const left = rewriteQuery(context, outside, withs, query.larg);
  const right = rewriteQuery(context, outside, withs, query.rarg);
  const limits = rewriteLimits(context, outside, withs, query);
  const sort = outputSort(context, query.sortClause, left.columns);
  const columns = left.columns.map((column, index) => unite(column, right.columns[index]));
  // Different types are cast to one, and a cast may fail.
  const united = left.total && right.total && columns.every((column) => column.type !== undefined);
  return {
    node: { ...query, larg: left.node, rarg: right.node, ...sort, ...limits.clauses },
    columns,
    total: united && limits.total,
    harmless: united && limits.rowless,
    refs: [...new Set([...left.refs, ...right.refs, ...limits.refs])],
    reads: [...left.reads, ...right.reads],
    lockable: [...left.lockable, ...right.lockable],
    rows: new SetOperationFlag(left.rows, right.rows),
    unlisted: left.unlisted === true || right.unlisted === true,
  };
}

function unite(left: ScopeColumn, right: ScopeColumn | undefined): ScopeColumn {
  const type = left.type === right?.type ? left.type : undefined;
  const total = left.total && right?.total === true && type !== undefined;
  const refused = left.refused || right?.refused === true;
  const collated = left.collated === true || right?.collated === true ? { collated: true as const } : {};
  return { name: left.name, type, total, origin: undefined, replacement: undefined, refused, ...collated };
}

function outputSort(
  context: StatementContext,
  sort: readonly Node[] | undefined,
  columns: readonly ScopeColumn[],
): { sortClause?: Node[] } {
  if (sort === undefined) return {};
  const names = new Set(columns.map((column) => column.name));
  for (const item of sort) {
    const key = 'SortBy' in item && item.SortBy.useOp === undefined ? item.SortBy.node : undefined;
    if (key !== undefined && 'A_Const' in key && key.A_Const.ival !== undefined) context.pin(key.A_Const);
    else if (key === undefined || !isOutputName(key, names))
      return refuse('ORDER BY of an expression over a set operation');
  }
  return { sortClause: [...sort] };
}

export function isOutputName(node: Node, names: ReadonlySet<string>): boolean {
  if (!('ColumnRef' in node) || node.ColumnRef.fields?.length !== 1) return false;
  const [field] = node.ColumnRef.fields;
  return field !== undefined && 'String' in field && names.has(field.String.sval ?? '');
}

export interface Limits {
  readonly clauses: Pick<SelectStmt, 'limitCount' | 'limitOffset'>;
  readonly total: boolean;
  /** They are the same for all rows. */
  readonly rowless: boolean;
  readonly refs: readonly Entry[];
}

/** LIMIT and OFFSET see names of outer levels only; a negative one is an error. */
export function rewriteLimits(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs | undefined,
  query: SelectStmt,
): Limits {
  const scope = new Scope(outside, [], withs);
  const one = (node: Node): Expr => guardRow(context, scope, rewriteExpression(context, scope, node));
  const count = query.limitCount && one(query.limitCount);
  const offset = query.limitOffset && one(query.limitOffset);
  const parts = [count, offset].filter((part): part is Expr => part !== undefined);
  return {
    clauses: {
      ...(count === undefined ? {} : { limitCount: count.node }),
      ...(offset === undefined ? {} : { limitOffset: offset.node }),
    },
    total:
      context.carriesFlags ||
      parts.every(
        (part) => part.total && (part.type === INT4 || part.type === UNKNOWN) && isPlainCount(part.node),
      ),
    rowless: parts.every((part) => part.refs.length === 0 && !part.hasQuery),
    refs: parts.flatMap((part) => part.refs),
  };
}

function isPlainCount(node: Node): boolean {
  return 'A_Const' in node && (node.A_Const.isnull === true || (node.A_Const.ival?.ival ?? 0) >= 0);
}

function values(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs,
  query: SelectStmt,
): Query {
  const scope = new Scope(outside, [], withs);
  const rows = (query.valuesLists ?? []).map((list) => rewriteRow(context, scope, list));
  const limits = rewriteLimits(context, outside, withs, query);
  const columns = (rows[0] ?? []).map((_, index) => ({
    ...unknownColumn(`column${index + 1}`),
    type: settled(rows, index),
    total: settled(rows, index) !== undefined && rows.every((row) => row[index]?.total === true),
    ...(rows.some((row) => row[index]?.collated === true) ? { collated: true as const } : {}),
  }));
  const sort = outputSort(context, query.sortClause, columns);
  const cells = rows.flat();
  const lists = rows.map((row): Node => ({ List: { items: row.map((cell) => cell.node) } }));
  const computed = cells.every((cell) => cell.total) && columns.every((column) => column.total);
  return {
    node: {
      ...query,
      valuesLists: lists,
      ...sort,
      ...limits.clauses,
    },
    columns,
    total: computed && limits.total,
    harmless: computed && limits.rowless,
    refs: [...new Set([...cells.flatMap((cell) => cell.refs), ...limits.refs])],
    reads: [],
    lockable: [],
    rows: new ValuesFlag(lists),
  };
}

function settled(rows: readonly (readonly Expr[])[], index: number): number | undefined {
  const types = new Set(rows.map((row) => row[index]?.type));
  types.delete(UNKNOWN);
  const [only] = types;
  return types.size === 1 ? only : types.size === 0 ? 25 : undefined;
}

function rewriteRow(context: StatementContext, scope: Scope, list: Node): readonly Expr[] {
  if (!('List' in list)) return refuse(tagOf(list));
  return (list.List.items ?? []).map((item) =>
    'SetToDefault' in item
      ? leaf(item, undefined, false)
      : guardRow(context, scope, rewriteExpression(context, scope, item)),
  );
}
