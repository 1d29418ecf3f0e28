/** WITH: each CTE is a statement of its own, and its name hides a relation's from there on. */
import { type Entry, type Scope, type ScopeColumn, Withs, type WithTable } from '../resolve/scope.ts';
import type { CommonTableExpr, Node, SelectStmt, WithClause } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { rewriteDelete } from './delete.ts';
import { refuse, tagOf } from './expression.ts';
import { readsBelow } from './from.ts';
import { rewriteInsert } from './insert.ts';
import { type Query, rewriteQuery } from './query.ts';
import { renamed } from './read.ts';
import { ListedFlag, RecursiveFlag } from './row-flag.ts';
import { refuseUnsafe } from './unsafe.ts';
import { rewriteUpdate } from './update.ts';

export interface RewrittenWith {
  readonly node: WithClause;
  readonly total: boolean;
  readonly refs: readonly Entry[];
}

/** Defines the CTEs of a clause in `withs`, in order. */
export function rewriteWith(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs,
  clause: WithClause,
): RewrittenWith {
  let total = true;
  const refs = new Set<Entry>();
  const ctes = (clause.ctes ?? []).map((node): Node => {
    if (!('CommonTableExpr' in node)) return refuse(tagOf(node));
    const rewritten = rewriteTable(context, outside, withs, node.CommonTableExpr, clause.recursive === true);
    total &&= rewritten.total;
    for (const entry of rewritten.refs) refs.add(entry);
    withs.define(node.CommonTableExpr.ctename ?? '', rewritten.table);
    // Not copied: a flag that is asked for by what stands above still joins the list.
    const names = rewritten.names === undefined ? {} : { aliascolnames: rewritten.names };
    return { CommonTableExpr: { ...node.CommonTableExpr, ctequery: rewritten.query, ...names } };
  });
  return { node: { ...clause, ctes }, total, refs: [...refs] };
}

interface RewrittenTable {
  readonly query: Node;
  /** Names of its columns, where the rewriting has to give them. */
  readonly names?: Node[] | undefined;
  readonly table: WithTable;
  readonly total: boolean;
  readonly refs: readonly Entry[];
}

function rewriteTable(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs,
  cte: CommonTableExpr,
  recursive: boolean,
): RewrittenTable {
  if (cte.search_clause !== undefined || cte.cycle_clause !== undefined) return refuse('SEARCH or CYCLE');
  const query = cte.ctequery ?? refuse('CommonTableExpr');
  if (!('SelectStmt' in query)) return dataModifying(context, withs, cte, query);
  const inner = recursive ? withRecursion(context, outside, withs, cte, query.SelectStmt) : withs;
  const body = rewriteQuery(context, outside, inner, query.SelectStmt);
  const columns = renamedBy(cte, body.columns).map((column) =>
    inner === withs ? column : { ...column, total: false },
  );
  const recursion = inner === withs ? undefined : inner.find(cte.ctename ?? '')?.rows;
  const lists = context.carriesFlags && recursion === undefined && cte.aliascolnames !== undefined;
  const listed = lists ? namesOf(columns) : undefined;
  return {
    query: { SelectStmt: body.node },
    names: recursion instanceof RecursiveFlag ? settled(context, recursion, columns, body) : listed,
    table: {
      columns,
      nested: readsBelow(body),
      total: body.total,
      rows: recursion ?? (listed === undefined ? body.rows : new ListedFlag(body, listed)),
      madeFrom: body.refs,
    },
    total: body.total,
    refs: body.refs,
  };
}

/** References inside a recursive CTE were given a flag already, so its query gets the column, by that name. */
function settled(
  context: StatementContext,
  recursion: RecursiveFlag,
  columns: readonly ScopeColumn[],
  body: Query,
): Node[] | undefined {
  if (!context.carriesFlags || !recursion.filtered) return undefined;
  if (body.unlisted === true) return refuseUnsafe('a recursive query with a star over a function');
  const chosen = recursion.settle(context, body.rows);
  return [...namesOf(columns), { String: { sval: chosen } }];
}

function namesOf(columns: readonly ScopeColumn[]): Node[] {
  return columns.map(({ name }) => ({ String: { sval: name } }));
}

function renamedBy(cte: CommonTableExpr, columns: readonly ScopeColumn[]): readonly ScopeColumn[] {
  return renamed(columns, cte.aliascolnames === undefined ? undefined : { colnames: cte.aliascolnames });
}

/**
 * In a recursive clause every CTE sees its own name; the columns are those of the part that does not recur.
 * That part is rewritten once to learn them and thrown away; the claims and reasons it noted are those of the whole anyway.
 */
function withRecursion(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs,
  cte: CommonTableExpr,
  query: SelectStmt,
): Withs {
  const inner = new Withs(withs);
  if (
    (query.op ?? 'SETOP_NONE') === 'SETOP_NONE' ||
    query.larg === undefined ||
    !mentions(query.rarg, cte.ctename ?? '')
  )
    return withs;
  const seed = rewriteQuery(context, outside, withs, query.larg);
  const columns = renamedBy(cte, seed.columns).map((column) => ({ ...column, total: false }));
  const rows = new RecursiveFlag(seed.rows.filtered || readsOther(query.rarg, cte.ctename ?? ''));
  inner.define(cte.ctename ?? '', {
    columns,
    nested: readsBelow(seed),
    total: false,
    rows,
    madeFrom: seed.refs,
  });
  return inner;
}

/** Whether a tree reads anything but the CTE itself. */
function readsOther(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return value.some((item) => readsOther(item, name));
  if (typeof value !== 'object' || value === null) return false;
  if ('relname' in value && value.relname !== name) return true;
  return Object.values(value).some((item) => readsOther(item, name));
}

function mentions(value: unknown, relname: string): boolean {
  if (Array.isArray(value)) return value.some((item) => mentions(item, relname));
  if (typeof value !== 'object' || value === null) return false;
  if ('relname' in value && value.relname === relname) return true;
  return Object.values(value).some((item) => mentions(item, relname));
}

/** INSERT, UPDATE or DELETE as a CTE: what it returns is what its RETURNING lets out. */
function dataModifying(
  context: StatementContext,
  withs: Withs,
  cte: CommonTableExpr,
  query: Node,
): RewrittenTable {
  const write =
    'InsertStmt' in query
      ? rewriteInsert(context, withs, query.InsertStmt)
      : 'UpdateStmt' in query
        ? rewriteUpdate(context, withs, query.UpdateStmt)
        : 'DeleteStmt' in query
          ? rewriteDelete(context, withs, query.DeleteStmt)
          : refuse(`${tagOf(query)} in WITH`);
  const columns = renamedBy(cte, write.columns).map((column) => ({ ...column, total: false }));
  return { query: write.node, table: { columns, nested: [], total: false }, total: false, refs: [] };
}
