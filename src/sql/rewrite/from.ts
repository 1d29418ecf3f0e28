/** FROM items: relations become filtered reads, joins and sub-selects are followed, all else is refused. */
import { CordonError, safeName } from '../../errors/index.ts';
import { bool, cast, columnRef, rangeSubselect, select, target, typeName } from '../build.ts';
import {
  type Entry,
  type NamespaceItem,
  Scope,
  type ScopeColumn,
  shownColumns,
  unknownColumn,
} from '../resolve/scope.ts';
import { judgeOperation } from '../resolve/total.ts';
import type { JoinExpr, Node, RangeFunction, RangeSubselect, RangeVar } from '../tree.ts';
import { allowedType } from './cast.ts';
import type { StatementContext } from './context.ts';
import { type Expr, leaf, refuse, rewriteExpression, tagOf } from './expression.ts';
import { allowedOperator, EQUALS } from './operation.ts';
import { fenceOrRefuse, placeCondition, readsOf } from './placement.ts';
import { type Query, rewriteQuery } from './query.ts';
import { type Read, readRelation, renamed } from './read.ts';
import { Carried, type RowFlag, SelectFlag, sourceOf } from './row-flag.ts';
import { refuseUnsafe } from './unsafe.ts';

export interface FromItem {
  readonly node: Node;
  readonly items: readonly NamespaceItem[];
  /** Whether an outer join may have made up rows of it. */
  readonly outer: boolean;
  /** Computing its rows cannot fail. */
  readonly total: boolean;
  /** FROM items that its rows are computed from, beside those inside. */
  readonly refs: readonly Entry[];
}

/** Rewrites a FROM list into `scope`, item by item, so that LATERAL sees what stands before it. */
export function rewriteFrom(
  context: StatementContext,
  scope: Scope,
  from: readonly Node[],
): { nodes: Node[]; outer: boolean; total: boolean; refs: readonly Entry[] } {
  let outer = false;
  let total = true;
  const refs: Entry[] = [];
  const taken = aliasesOf(scope.items);
  const nodes = from.map((node) => {
    const item = rewriteFromItem(context, scope, node);
    takeAliases(taken, item.items);
    scope.items.push(...item.items);
    outer ||= item.outer;
    total &&= item.total;
    refs.push(...item.refs);
    return item.node;
  });
  return { nodes, outer, total, refs };
}

function rewriteFromItem(context: StatementContext, scope: Scope, node: Node): FromItem {
  if ('RangeVar' in node) return rangeItem(context, scope, node.RangeVar);
  if ('JoinExpr' in node) return rewriteJoin(context, scope, node.JoinExpr);
  if ('RangeSubselect' in node) return derivedTable(context, scope, node.RangeSubselect);
  if ('RangeFunction' in node) return rangeFunction(context, scope, node.RangeFunction);
  return refuse(`${tagOf(node)} in FROM`);
}

function single(node: Node, entry: Entry, total = true, refs: readonly Entry[] = []): FromItem {
  return { node, items: [{ entry, byAlias: true, byColumn: true }], outer: false, total, refs };
}

/** The name of a CTE hides that of a relation, where it is not written with a schema. */
function rangeItem(context: StatementContext, scope: Scope, range: RangeVar): FromItem {
  const name = range.relname ?? '';
  const table =
    range.schemaname === undefined && range.catalogname === undefined ? scope.withs?.find(name) : undefined;
  if (table === undefined) {
    const { node, entry } = readRelation(context, range);
    return single(node, entry);
  }
  context.work.spend('look', table.nested.length);
  const entry: Entry = {
    ...plainEntry(range.alias?.aliasname ?? name, renamed(table.columns, range.alias)),
    nested: table.nested,
    ...carriedBy(context, range.alias?.aliasname ?? name, table.rows, table.madeFrom),
  };
  return single({ RangeVar: range }, entry, table.total);
}

/** What a FROM item over a query tells of the filters below it. */
function carriedBy(
  context: StatementContext,
  alias: string,
  rows: RowFlag | undefined,
  madeFrom: readonly Entry[] = [],
): Pick<Entry, 'carried' | 'madeFrom'> {
  if (!context.carriesFlags || rows === undefined) return {};
  return { carried: new Carried(alias, rows), madeFrom };
}

function plainEntry(alias: string | undefined, columns: readonly ScopeColumn[]): Entry {
  const none = { schema: undefined, direct: undefined, nested: [], target: false, open: false, lockable: [] };
  return { alias, columns, ...none, used: new Set() };
}

function derivedTable(context: StatementContext, scope: Scope, range: RangeSubselect): FromItem {
  if (range.subquery === undefined || !('SelectStmt' in range.subquery)) return refuse('RangeSubselect');
  const outside = range.lateral === true ? scope : scope.parent;
  const query = rewriteQuery(context, outside, scope.withs, range.subquery.SelectStmt);
  context.work.spend('look', query.reads.length);
  const alias = { ...range.alias, aliasname: range.alias?.aliasname ?? context.freshName() };
  const entry: Entry = {
    ...plainEntry(alias.aliasname, renamed(query.columns, range.alias)),
    nested: readsBelow(query),
    lockable: query.lockable,
    ...carriedBy(context, alias.aliasname, query.rows, query.refs),
  };
  const node: Node = { RangeSubselect: { ...range, subquery: { SelectStmt: query.node }, alias } };
  return single(node, entry, query.total, query.refs);
}

/**
 * The reads that a condition on the rows of a query may meet: those inside, and those of the items that it refers to, since
 * Postgres replaces a column of a LATERAL item by its expression and moves the condition to where that can be computed.
 */
export function readsBelow(query: Query): readonly Read[] {
  return [...new Set([...query.reads, ...query.refs.flatMap(readsOf)])];
}

/** `generate_series(…) AS n`: the alias of a scalar function names its column too. */
function rangeFunction(context: StatementContext, scope: Scope, range: RangeFunction): FromItem {
  const names: string[] = [];
  const types: (number | undefined)[] = [];
  let numbered = false;
  let total = true;
  const refs: Entry[] = [];
  const functions = (range.functions ?? []).map((item): Node => {
    const [call, definitions] = 'List' in item ? (item.List.items ?? []) : [];
    if (call === undefined) return refuse('RangeFunction');
    assertDefinitions(context, definitions);
    if ('FuncCall' in call) context.tableFunctions.add(call.FuncCall);
    const written = rewriteExpression(context, scope, call);
    const rewritten = { ...written, node: withoutNumber(written.node) };
    numbered ||= rewritten.node !== written.node;
    total &&= written.total;
    refs.push(...written.refs);
    if (isExpandedUnnest(call) && 'FuncCall' in rewritten.node)
      rewritten.node.FuncCall.funcname = [{ String: { sval: 'unnest' } }];
    if (!('FuncCall' in rewritten.node) && !('SQLValueFunction' in rewritten.node))
      return refuse('this function in FROM');
    names.push(calledName(call));
    types.push(rewritten.type);
    return { List: { items: definitions === undefined ? [rewritten.node] : [rewritten.node, definitions] } };
  });
  for (const definition of range.coldeflist ?? []) assertDefinition(context, definition);
  const alias = range.alias?.aliasname ?? names[0] ?? context.freshName();
  if (numbered) return { ...numberedFunction(context, { ...range, functions }, alias), total, refs };
  const entry: Entry = {
    ...plainEntry(alias, functionColumns(range, alias)),
    open: !isOneValue(context, range, types),
    madeFrom: refs,
  };
  return single({ RangeFunction: { ...range, functions } }, entry, total, refs);
}

/** A call whose result names objects is wrapped in a cast to their numbers (see cast), which cannot stand in FROM. */
function withoutNumber(node: Node): Node {
  const arg = 'TypeCast' in node ? node.TypeCast.arg : undefined;
  return arg !== undefined && 'FuncCall' in arg ? arg : node;
}

/** `pg_partition_ancestors(…) AS a(relid)`: its column is cast in a sub-select instead. */
function numberedFunction(context: StatementContext, range: RangeFunction, alias: string): FromItem {
  const names = functionColumns(range, '').map((column) => column.name);
  const [first, ...others] = names;
  if (!first || (range.functions ?? []).length !== 1 || others.length !== (range.ordinality === true ? 1 : 0))
    return refuse('this function in FROM');
  const inner = context.freshName();
  const number = target(cast(columnRef(inner, first), typeName('oid')), first);
  const query = select({
    targetList: [number, ...others.map((other) => target(columnRef(inner, other), other))],
    fromClause: [{ RangeFunction: { ...range, alias: { ...range.alias, aliasname: inner } } }],
  });
  return single(
    rangeSubselect(query, { aliasname: alias }, true),
    plainEntry(alias, names.map(unknownColumn)),
  );
}

/** A function whose rows are single values has the one column that carries its alias. */
function isOneValue(
  context: StatementContext,
  range: RangeFunction,
  types: readonly (number | undefined)[],
): boolean {
  const [only, ...others] = types;
  if (only === undefined || others.length > 0 || range.ordinality === true) return false;
  const kind = context.catalog.types.get(only)?.kind;
  return kind !== undefined && kind !== 'composite' && kind !== 'pseudo' && kind !== 'domain';
}

/**
 * `unnest (a, b)` is expanded by the parser where it stands without a schema, to calls of pg_catalog's own
 * (PostgreSQL source, parse_clause.c: transformRangeFunction).
 */
function isExpandedUnnest(call: Node): boolean {
  return 'FuncCall' in call && calledName(call) === 'unnest' && (call.FuncCall.args?.length ?? 0) > 1;
}

function calledName(call: Node): string {
  const last = 'FuncCall' in call ? call.FuncCall.funcname?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? (last.String.sval ?? '') : '';
}

function functionColumns(range: RangeFunction, alias: string): readonly ScopeColumn[] {
  const defined = (range.coldeflist ?? []).map((node) =>
    'ColumnDef' in node ? (node.ColumnDef.colname ?? '') : '',
  );
  const listed = (range.alias?.colnames ?? []).map((node) =>
    'String' in node ? (node.String.sval ?? '') : '',
  );
  const names = defined.length > 0 ? defined : listed.length > 0 ? listed : [alias];
  return names.map(unknownColumn);
}

function assertDefinitions(context: StatementContext, definitions: Node | undefined): void {
  if (definitions === undefined || !('List' in definitions)) return;
  for (const definition of definitions.List.items ?? []) assertDefinition(context, definition);
}

function assertDefinition(context: StatementContext, definition: Node): void {
  const type = 'ColumnDef' in definition ? definition.ColumnDef.typeName : undefined;
  const special = allowedType(context, type ?? refuse('a column definition'));
  if (special !== undefined) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
}

function aliasesOf(items: readonly NamespaceItem[]): Set<string | undefined> {
  return new Set(items.filter((item) => item.byAlias).map((item) => item.entry.alias));
}

/** An alias names one FROM item. */
function takeAliases(taken: Set<string | undefined>, items: readonly NamespaceItem[]): void {
  for (const item of items) {
    if (!item.byAlias || item.entry.alias === undefined) continue;
    if (taken.has(item.entry.alias))
      throw new CordonError('CORDON_ALIAS_TWICE', { alias: safeName(item.entry.alias) });
    taken.add(item.entry.alias);
  }
}

function rewriteJoin(context: StatementContext, scope: Scope, join: JoinExpr): FromItem {
  if (join.alias !== undefined) context.insideAliasedJoin += 1;
  const item = joinOf(context, scope, join);
  if (join.alias !== undefined) context.insideAliasedJoin -= 1;
  return item;
}

function joinOf(context: StatementContext, scope: Scope, join: JoinExpr): FromItem {
  if (join.larg === undefined || join.rarg === undefined) return refuse('JoinExpr');
  const left = rewriteFromItem(context, scope, join.larg);
  context.work.spend('look', scope.items.length);
  const beside = new Scope(scope.parent, [...scope.items, ...left.items], scope.withs);
  const right = rewriteFromItem(context, beside, join.rarg);
  takeAliases(aliasesOf(left.items), right.items);
  const merged = mergedNames(join, left, right);
  // Each side's columns are listed for every merged name, and then once for the join.
  context.work.spend('joined', (widthOf(left) + widthOf(right)) * (1 + merged.length));
  const mergedTotal = isMergedTotal(context, merged, left, right);
  const on = joinCondition(context, scope, join, left, right);
  const node: Node = {
    JoinExpr: {
      ...spelledOut(join, merged),
      larg: left.node,
      rarg: right.node,
      ...(on === undefined ? {} : { quals: on.node }),
    },
  };
  const outer = left.outer || right.outer || join.jointype !== 'JOIN_INNER';
  const total = left.total && right.total && mergedTotal && (on?.total ?? true);
  const refs = [...left.refs, ...right.refs, ...(on?.refs ?? [])];
  const item = { node, items: joinItems(join, left, right, merged), outer, total, refs };
  const hasFlags = [...left.items, ...right.items].some(({ entry }) => sourceOf(entry) !== undefined);
  return context.carriesFlags && join.alias !== undefined && hasFlags
    ? selectedJoin(item, { join: node.JoinExpr, left, right, merged })
    : item;
}

interface RewrittenJoin {
  readonly join: JoinExpr;
  readonly left: FromItem;
  readonly right: FromItem;
  readonly merged: readonly string[];
}

/** `(a JOIN b …) AS j` as `(SELECT … FROM a JOIN b …) AS j`: flags of `a` and `b` would show as columns of the join. */
function selectedJoin(item: FromItem, { join, left, right, merged }: RewrittenJoin): FromItem {
  const { alias, ...bare } = join;
  const leaves = [...left.items, ...right.items];
  if (alias?.aliasname === undefined || leaves.some(({ entry }) => entry.open))
    return refuseUnsafe('a join with an alias over this function');
  const query = select({
    targetList: shownColumns(joinColumns(left, right, merged)).map((column) => {
      const from = column.via?.alias;
      return target(from === undefined ? columnRef(column.name) : columnRef(from, column.name), column.name);
    }),
    fromClause: [{ JoinExpr: bare }],
  });
  const [own] = item.items;
  if (own === undefined) return item;
  const rows = new SelectFlag(query, new Set(leaves.map(({ entry }) => entry)), false);
  const entry: Entry = { ...own.entry, carried: new Carried(alias.aliasname, rows), madeFrom: item.refs };
  return { ...item, node: rangeSubselect(query, alias, item.refs.length > 0), items: [{ ...own, entry }] };
}

/** NATURAL would join on whatever columns the relations have by now; the names that were resolved are written down. */
function spelledOut(join: JoinExpr, merged: readonly string[]): JoinExpr {
  if (join.isNatural !== true) return join;
  const { isNatural: _, ...rest } = join;
  if (merged.length === 0) return { ...rest, quals: bool(true) };
  return { ...rest, usingClause: merged.map((sval): Node => ({ String: { sval } })) };
}

function joinCondition(
  context: StatementContext,
  scope: Scope,
  join: JoinExpr,
  left: FromItem,
  right: FromItem,
): Expr | undefined {
  if (join.quals === undefined) return undefined;
  const both = [...left.items, ...right.items];
  const inside = new Scope(scope.parent, both, scope.withs);
  if (join.jointype !== 'JOIN_FULL') return placeCondition(context, inside, both, join.quals, false);
  // Postgres knows a full join by its equality alone, so that stays as it is, above fenced reads.
  const condition = rewriteExpression(context, inside, join.quals);
  if (!condition.total) fenceOrRefuse(context, both, [condition], 'a FULL JOIN on a condition that can fail');
  return condition;
}

/** The columns that USING or NATURAL make one of. */
function mergedNames(join: JoinExpr, left: FromItem, right: FromItem): readonly string[] {
  if (join.isNatural === true) {
    if ([...left.items, ...right.items].some((item) => item.byColumn && item.entry.open)) {
      return refuse('NATURAL JOIN with a function');
    }
    const rightNames = new Set(shownColumns(columnsOf(right)).map((column) => column.name));
    return shownColumns(columnsOf(left))
      .map((column) => column.name)
      .filter((name) => rightNames.has(name));
  }
  return (join.usingClause ?? []).map((node) =>
    'String' in node ? (node.String.sval ?? '') : refuse(tagOf(node)),
  );
}

function widthOf({ items }: FromItem): number {
  return items.reduce((width, { entry }) => width + entry.columns.length + entry.nested.length, 0);
}

function columnsOf(item: FromItem): readonly ScopeColumn[] {
  return item.items
    .filter(({ byColumn }) => byColumn)
    .flatMap(({ entry }) => [...entry.columns].map((column) => ({ ...column, via: column.via ?? entry })));
}

/** USING compares with `=` where no guard can stand: unless that cannot fail, the reads on both sides are fenced. */
function isMergedTotal(
  context: StatementContext,
  merged: readonly string[],
  left: FromItem,
  right: FromItem,
): boolean {
  const find = (item: FromItem, name: string): ScopeColumn => {
    const column = columnsOf(item).find((candidate) => candidate.name === name);
    if (column === undefined) throw new CordonError('CORDON_COLUMN_UNKNOWN', { column: safeName(name) });
    if (column.refused) {
      const relation = safeName(column.origin?.access.relation.name ?? '');
      throw new CordonError('CORDON_COLUMN_HIDDEN', { relation, column: safeName(name) });
    }
    return column;
  };
  if (merged.length > 0) allowedOperator(context, EQUALS);
  const total = merged.every((name) => {
    const [l, r] = [find(left, name), find(right, name)];
    return judgeOperation(context.catalog, '=', l.type, r.type).total && l.total && r.total;
  });
  if (!total) {
    const nothing = [leaf({ String: {} }, undefined)];
    fenceOrRefuse(context, [...left.items, ...right.items], nothing, 'a join by USING that can fail');
  }
  return total || context.carriesFlags;
}

function joinItems(
  join: JoinExpr,
  left: FromItem,
  right: FromItem,
  merged: readonly string[],
): readonly NamespaceItem[] {
  const both = [...left.items, ...right.items];
  const columns = joinColumns(left, right, merged);
  const reads = both.flatMap((item) => readsOf(item.entry));
  const lockable = both.flatMap((item) => item.entry.lockable);
  const alias = join.alias?.aliasname;
  if (alias !== undefined) {
    const own = renamed(
      columns.map(({ via: _, ...column }) => column),
      join.alias,
    );
    return [
      {
        entry: { ...plainEntry(alias, own), nested: [...new Set(reads)], lockable, ...bareOf(both) },
        byAlias: true,
        byColumn: true,
      },
    ];
  }
  const open = both.find((item) => item.byColumn && item.entry.open);
  const named: NamespaceItem[] = both
    .filter((item) => item.entry.alias !== undefined)
    .map((item) => ({ ...item, byColumn: item === open && item.byColumn }));
  const madeFrom = both.map((item) => item.entry);
  const whole = {
    ...plainEntry(undefined, open === undefined ? columns : withoutOf(columns, open.entry)),
    nested: reads,
    madeFrom,
  };
  const using = join.join_using_alias?.aliasname;
  const usingItems: NamespaceItem[] =
    using === undefined
      ? []
      : [
          {
            entry: {
              ...plainEntry(
                using,
                columns.slice(0, merged.length).map(({ via: _, ...c }) => c),
              ),
              madeFrom,
            },
            byAlias: true,
            byColumn: false,
          },
        ];
  return [...named, ...usingItems, { entry: whole, byAlias: false, byColumn: true }];
}

/** A join of relations that are read as they stand has whatever columns they have by now. */
function bareOf(items: readonly NamespaceItem[]): { readonly bare?: true } {
  return items.some((item) => item.entry.bare === true) ? { bare: true } : {};
}

/** The open item stays visible itself, so that names nobody lists find it. */
function withoutOf(columns: readonly ScopeColumn[], entry: Entry): readonly ScopeColumn[] {
  return columns.filter((column) => column.via !== entry);
}

/** Merged columns first, then the rest of both sides (SQL standard; PostgreSQL manual 7.2.1.1). */
function joinColumns(left: FromItem, right: FromItem, merged: readonly string[]): readonly ScopeColumn[] {
  const names = new Set(merged);
  const leftColumns = columnsOf(left);
  const rightColumns = columnsOf(right);
  const shared = merged.flatMap((name) => {
    const column = leftColumns.find((candidate) => candidate.name === name);
    const { via: _, ...own } = column ?? unknownColumn(name);
    return [own];
  });
  const rest = [...leftColumns, ...rightColumns].filter((column) => !names.has(column.name));
  return [...shared, ...rest];
}
