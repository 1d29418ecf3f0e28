/** A plain SELECT, clause by clause. */

import type { Catalog } from '../../catalog/index.ts';
import { CordonError, safeName } from '../../errors/index.ts';
import { type Predicate, type RelationAccess, readsEverything } from '../../policy/index.ts';
import { and, bool, columnRef, conjuncts, target } from '../build.ts';
import { outputName } from '../resolve/names.ts';
import {
  type Entry,
  resolveAlias,
  resolveBare,
  Scope,
  type ScopeColumn,
  shownColumns,
  type Withs,
} from '../resolve/scope.ts';
import { indexOf, RECORD } from '../resolve/types.ts';
import type { FuncCall, LockingClause, Node, ResTarget, SelectStmt } from '../tree.ts';
import { rewriteWindow, sortKey } from './call.ts';
import { fieldsOf } from './column.ts';
import type { StatementContext } from './context.ts';
import { type Expr, merge, nodesOf, refuse, rewriteExpression, tagOf } from './expression.ts';
import { rewriteFrom } from './from.ts';
import { conjunction, disjunction, partsOf } from './new-row.ts';
import { byRow, fenceAll, guardHere, guardRow, placeCondition, readsOf } from './placement.ts';
import { compilePredicate } from './predicate.ts';
import { isOutputName, type Query, rewriteLimits } from './query.ts';
import type { Read } from './read.ts';
import { SelectFlag, sourceOf } from './row-flag.ts';

export function rewriteSelect(
  context: StatementContext,
  outside: Scope | undefined,
  withs: Withs,
  select: SelectStmt,
): Query {
  return new SelectRewriter(context, outside, withs, select).run();
}

class SelectRewriter {
  readonly #context: StatementContext;
  readonly #scope: Scope;
  readonly #outside: Scope | undefined;
  readonly #withs: Withs;
  readonly #select: SelectStmt;
  /** Every expression of the select, for what holds of the whole. */
  readonly #parts: Expr[] = [];
  #unlisted = false;

  constructor(context: StatementContext, outside: Scope | undefined, withs: Withs, select: SelectStmt) {
    this.#context = context;
    this.#outside = outside;
    this.#withs = withs;
    this.#select = select;
    this.#scope = new Scope(outside, [], withs);
  }

  run(): Query {
    const select = this.#select;
    const { nodes, outer, ...from } = rewriteFrom(this.#context, this.#scope, select.fromClause ?? []);
    const where = this.#where(!outer);
    const names = outputNames(select.targetList ?? []);
    const group = select.groupClause?.map((node) => this.#groupItem(node, names));
    const grouped = isGrouped(this.#context.catalog, select);
    this.#scope.grouped = this.#context.carriesFlags && grouped;
    for (const { entry } of this.#scope.items) entry.used.clear();
    const targets = this.#targets();
    const having = this.#having();
    const windows = select.windowClause?.map((node) => this.#window(node));
    const distinct = select.distinctClause?.map((node) =>
      isEmptyNode(node) ? node : this.#orderKey(node, names),
    );
    const sort = select.sortClause?.map((node) => this.#sortItem(node, names));
    const limits = rewriteLimits(this.#context, this.#outside, this.#withs, select);
    this.#lock();
    const { withClause: _, ...rest } = select;
    const node: SelectStmt = {
      ...rest,
      ...(targets.nodes.length === 0 ? {} : { targetList: targets.nodes.flatMap((expand) => expand()) }),
      ...(nodes.length === 0 ? {} : { fromClause: nodes }),
      ...(where === undefined ? {} : { whereClause: where.node }),
      ...(group === undefined ? {} : { groupClause: this.#completeGroup(group) }),
      ...(having === undefined ? {} : { havingClause: having.node }),
      ...(windows === undefined ? {} : { windowClause: windows }),
      ...(distinct === undefined ? {} : { distinctClause: distinct }),
      ...(sort === undefined ? {} : { sortClause: sort }),
      ...limits.clauses,
    };
    this.#scope.grouped = false;
    const entries = new Set(this.#scope.items.map((item) => item.entry));
    this.#context.levels.push({
      scope: this.#scope,
      from: nodes,
      where: where?.node,
      rows: this.#parts.some((part) => part.type === RECORD),
      limited: select.limitCount !== undefined && !isGrouped(this.#context.catalog, select),
    });
    const computed = from.total && this.#parts.every((part) => part.total);
    const refs = [...from.refs, ...this.#parts.flatMap((part) => part.refs), ...limits.refs];
    return {
      node,
      columns: targets.columns,
      total: computed && limits.total,
      harmless: computed && limits.rowless,
      refs: [...new Set(refs)].filter((entry) => !entries.has(entry) && !this.#isLocal(entry)),
      reads: [...new Set([...entries].flatMap(readsOf))],
      lockable: [...entries].flatMap((entry) => entry.lockable),
      rows: new SelectFlag(node, entries, grouped),
      unlisted: this.#unlisted,
    };
  }

  /** Items hidden behind an aliased join are of this level too. */
  #isLocal(entry: Entry): boolean {
    if (this.#outside === undefined) return true;
    for (let at: Scope | undefined = this.#outside; at !== undefined; at = at.parent) {
      if (
        at.items.some(
          (item) => item.entry === entry || item.entry.columns.some((column) => column.via === entry),
        )
      )
        return false;
    }
    return true;
  }

  #note(part: Expr): Expr {
    this.#parts.push(part);
    return part;
  }

  #expression(node: Node, otherwise?: Node): Expr {
    const part = rewriteExpression(this.#context, this.#scope, node);
    return this.#note(guardHere(this.#context, this.#scope, part, otherwise));
  }

  /** An expression of GROUP BY, or one that GROUP BY names by its position or alias. */
  #groupKey(node: Node): Expr {
    const part = this.#grouping(() =>
      byRow(this.#scope, () => rewriteExpression(this.#context, this.#scope, node)),
    );
    if (this.#context.carriesFlags && !part.total) this.#scope.groupKeys.push(part.node);
    return this.#note(byRow(this.#scope, () => guardRow(this.#context, this.#scope, part)));
  }

  #grouping<T>(make: () => T): T {
    this.#scope.grouping = true;
    const made = make();
    this.#scope.grouping = false;
    return made;
  }

  #where(mayCopy: boolean): Expr | undefined {
    const where = this.#select.whereClause;
    if (where === undefined) return undefined;
    return this.#note(placeCondition(this.#context, this.#scope, this.#scope.items, where, mayCopy));
  }

  /** Postgres moves conditions without aggregates from HAVING to WHERE, so one that can fail fences what it may meet. */
  #having(): Expr | undefined {
    const having = this.#select.havingClause;
    if (having === undefined) return undefined;
    const parts = conjuncts(having).map((part) => this.#expression(part, bool(false)));
    const moved = parts.filter((part) => !part.total && part.aggregate !== true);
    if (moved.length > 0) fenceAll(this.#scope.items, moved);
    return merge(and(nodesOf(parts)), undefined, parts);
  }

  #window(node: Node): Node {
    if (!('WindowDef' in node)) return refuse(tagOf(node));
    return { WindowDef: rewriteWindow(this.#context, this.#scope, node.WindowDef, this.#parts) };
  }

  #sortItem(item: Node, names: ReadonlySet<string>): Node {
    if (!('SortBy' in item) || item.SortBy.node === undefined) return refuse(tagOf(item));
    const key = item.SortBy.node;
    if (isOrdinal(key) || isOutputName(key, names))
      return { SortBy: { ...item.SortBy, node: this.#orderKey(key, names) } };
    return sortKey(this.#context, this.#scope, item, this.#parts);
  }

  /** A number is a position; a name is an output column first, then a column of FROM (PostgreSQL manual, SELECT). */
  #orderKey(node: Node, names: ReadonlySet<string>): Node {
    if (isOrdinal(node)) {
      this.#context.pin(node.A_Const);
      return node;
    }
    return isOutputName(node, names) ? node : this.#expression(node).node;
  }

  /** In GROUP BY, a name is a column of FROM first. */
  #groupItem(node: Node, names: ReadonlySet<string>): Node {
    if ('GroupingSet' in node) {
      const content = node.GroupingSet.content?.map((item) => this.#groupItem(item, names));
      return { GroupingSet: { ...node.GroupingSet, ...(content === undefined ? {} : { content }) } };
    }
    if (isOrdinal(node)) {
      this.#context.pin(node.A_Const);
      return node;
    }
    if (isOutputName(node, names) && !this.#isColumn(node)) return node;
    if ('RowExpr' in node) {
      const args = node.RowExpr.args?.map((item) => this.#groupItem(item, names));
      return { RowExpr: { ...node.RowExpr, ...(args === undefined ? {} : { args }) } };
    }
    return this.#groupKey(node).node;
  }

  #isColumn(node: Node): boolean {
    if (!('ColumnRef' in node)) return false;
    const [name] = fieldsOf(node.ColumnRef);
    return name !== undefined && resolveBare(this.#scope, name).kind !== 'no-column';
  }

  /**
   * Grouping by a primary key lets Postgres show the other columns of the row; a sub-select has no key,
   * so those that are used are added to the list, which changes no group.
   */
  #completeGroup(group: readonly Node[]): Node[] {
    const completed = [...group];
    if (group.some((node) => 'GroupingSet' in node)) return completed;
    for (const { entry } of this.#scope.items) {
      const key = entry.direct === undefined ? undefined : entry.lockable[0]?.relation.primaryKey;
      const alias = entry.alias;
      if (key === undefined || alias === undefined) continue;
      const grouped = new Set(group.flatMap((node) => groupedColumn(node, alias)));
      if (!key.every((column) => grouped.has(column))) continue;
      for (const column of entry.used) if (!grouped.has(column)) completed.push(columnRef(alias, column));
    }
    return completed;
  }

  /** Stars are spelled out last: any clause may have put a flag into a read. */
  #targets(): { nodes: (() => Node[])[]; columns: readonly ScopeColumn[] } {
    const nodes: (() => Node[])[] = [];
    const columns: ScopeColumn[] = [];
    const grouped = this.#groupedTargets();
    const keys = this.#context.carriesFlags ? grouped : new Set<number>();
    for (const [index, node] of (this.#select.targetList ?? []).entries()) {
      if (!('ResTarget' in node) || node.ResTarget.val === undefined) return refuse(tagOf(node));
      const star = starOf(node.ResTarget);
      if (star === undefined) {
        const { val } = node.ResTarget;
        const plainly = (): Expr => this.#expression(val);
        const part = keys.has(index)
          ? this.#groupKey(val)
          : grouped.has(index)
            ? this.#grouping(plainly)
            : plainly();
        const plain = this.#plainTarget(node.ResTarget, val, part, columns);
        nodes.push(() => [plain]);
      } else nodes.push(this.#starTarget(node, star, columns));
    }
    return { nodes, columns };
  }

  /** Positions in the select list that GROUP BY names by number or alias. */
  #groupedTargets(): ReadonlySet<number> {
    const found = new Set<number>();
    const names = outputNames(this.#select.targetList ?? []);
    for (const node of flatGroup(this.#select.groupClause ?? [])) {
      if (isOrdinal(node)) found.add((node.A_Const.ival?.ival ?? 0) - 1);
      else if (isOutputName(node, names) && !this.#isColumn(node)) {
        const [name] = 'ColumnRef' in node ? fieldsOf(node.ColumnRef) : [];
        for (const [index, item] of (this.#select.targetList ?? []).entries())
          if (isCalled(item, name)) found.add(index);
      }
    }
    return found;
  }

  #plainTarget(body: ResTarget, original: Node, part: Expr, columns: ScopeColumn[]): Node {
    const name = body.name ?? outputName(original);
    const same = body.name !== undefined || outputName(part.node) === name;
    const { origin, refused } = part.column ?? { origin: undefined, refused: false };
    columns.push({
      name,
      type: part.type,
      total: part.total,
      origin,
      replacement: undefined,
      refused,
      ...(part.collated === true ? { collated: true as const } : {}),
    });
    return { ResTarget: { ...body, val: part.node, ...(same ? {} : { name }) } };
  }

  #starTarget(node: Node, star: readonly string[], columns: ScopeColumn[]): () => Node[] {
    const entries = this.#starEntries(star);
    this.#unlisted ||= entries.some((entry) => entry.open);
    for (const entry of entries) this.#context.work.spend('spelled', entry.columns.length);
    const list = entries.flatMap((entry) =>
      shownColumns(entry.columns).map((column) => ({ entry: column.via ?? entry, column })),
    );
    for (const { entry, column } of list) {
      const { via: _, ...own } = column;
      columns.push(own);
      entry.used.add(column.name);
    }
    return () => {
      // Where flags are carried, one may still come when what stands above is rewritten.
      const spelledOut = this.#scope.items.some(
        ({ entry }) =>
          entry.bare === true ||
          entry.direct?.flagged === true ||
          (this.#context.carriesFlags && sourceOf(entry) !== undefined),
      );
      if (!spelledOut) return [withoutSchema(node, star)];
      return entries.flatMap((entry) =>
        entry.open
          ? [openStar(entry)]
          : shownColumns(entry.columns).map((column) => starColumn(entry, column)),
      );
    };
  }

  #starEntries(star: readonly string[]): readonly Entry[] {
    const alias = star.at(-1);
    if (alias === undefined) {
      if (this.#scope.items.length === 0) throw new CordonError('CORDON_SYNTAX');
      return this.#scope.items.filter((item) => item.byColumn).map((item) => item.entry);
    }
    const found = resolveAlias(this.#scope, star.at(-2), alias);
    if (found === undefined) throw new CordonError('CORDON_ALIAS_UNKNOWN', { alias: safeName(alias) });
    return [found.entry];
  }

  /** A row lock keeps others out, so it reaches the rows that the caller may write, and no other. */
  #lock(): void {
    for (const node of this.#select.lockingClause ?? []) {
      for (const entry of this.#locked('LockingClause' in node ? node.LockingClause : refuse(tagOf(node)))) {
        for (const access of entry.lockable) assertLockable(access);
        for (const read of readsOf(entry)) narrowToWritable(this.#context, read);
      }
    }
  }

  #locked(clause: LockingClause): readonly Entry[] {
    const entries = this.#scope.items.map((item) => item.entry);
    return clause.lockedRels === undefined
      ? entries
      : clause.lockedRels.map((node) => this.#lockedItem(node));
  }

  #lockedItem(node: Node): Entry {
    const range = 'RangeVar' in node && node.RangeVar.schemaname === undefined ? node.RangeVar : undefined;
    const found = this.#scope.items.find((item) => item.byAlias && item.entry.alias === range?.relname);
    if (found !== undefined) return found.entry;
    throw new CordonError('CORDON_ALIAS_UNKNOWN', { alias: safeName(range?.relname ?? '') });
  }
}

/** Rows that some rule lets the caller update or delete. */
function writableRows(access: RelationAccess): Predicate {
  const updated = (access.update?.alternatives ?? []).map((alternative) => alternative.filter);
  const deleted = access.delete === undefined ? [] : [access.delete.filter];
  return disjunction([...updated, ...deleted]);
}

function assertLockable(access: RelationAccess): void {
  const rows = writableRows(access);
  if (rows.kind === 'false') {
    const relation = safeName(access.relation.name);
    throw new CordonError('CORDON_COMMAND_DENIED', { relation, command: safeName('lock') });
  }
  if (rows.kind !== 'true' && readsEverything(access))
    refuse('a row lock where more rows may be read than written');
}

function narrowToWritable(context: StatementContext, read: Read): void {
  if (read.access === undefined) return;
  const seen = new Set(
    partsOf(read.access.read?.filter ?? { kind: 'true' }).map((part) => JSON.stringify(part)),
  );
  const open = partsOf(writableRows(read.access)).filter((part) => !seen.has(JSON.stringify(part)));
  if (open.length > 0) read.narrow(compilePredicate(context, conjunction(open), read.alias));
}

/** Whether a select computes aggregates: its select list is evaluated for groups of rows. */
function isGrouped(catalog: Catalog, select: SelectStmt): boolean {
  if (select.groupClause !== undefined || select.havingClause !== undefined) return true;
  return holdsAggregate(catalog, [select.targetList, select.sortClause, select.windowClause]);
}

function holdsAggregate(catalog: Catalog, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsAggregate(catalog, item));
  if (typeof value !== 'object' || value === null || 'SubLink' in value) return false;
  if ('FuncCall' in value && isAggregateCall(catalog, value.FuncCall as FuncCall)) return true;
  return Object.values(value).some((item) => holdsAggregate(catalog, item));
}

function isAggregateCall(catalog: Catalog, call: FuncCall): boolean {
  const last = call.funcname?.at(-1);
  if (call.over !== undefined || last === undefined || !('String' in last)) return false;
  const named = indexOf(catalog).functions.get(last.String.sval ?? '') ?? [];
  return named.some((entry) => entry.kind === 'aggregate');
}

/** The items of GROUP BY, those of grouping sets and rows among them. */
function flatGroup(group: readonly Node[]): readonly Node[] {
  return group.flatMap((node) => {
    if ('GroupingSet' in node) return flatGroup(node.GroupingSet.content ?? []);
    return 'RowExpr' in node ? flatGroup(node.RowExpr.args ?? []) : [node];
  });
}

function isCalled(item: Node, name: string | undefined): boolean {
  if (!('ResTarget' in item) || item.ResTarget.val === undefined || starOf(item.ResTarget) !== undefined)
    return false;
  return (item.ResTarget.name ?? outputName(item.ResTarget.val)) === name;
}

function isEmptyNode(node: Node): boolean {
  return Object.keys(node).length === 0;
}

function isOrdinal(node: Node): node is Extract<Node, { A_Const: unknown }> {
  return 'A_Const' in node && node.A_Const.ival !== undefined;
}

function groupedColumn(node: Node, alias: string): readonly string[] {
  if (!('ColumnRef' in node)) return [];
  const fields = fieldsOf(node.ColumnRef);
  const column = fields.at(-1);
  return column !== undefined && (fields.length === 1 || fields.at(-2) === alias) ? [column] : [];
}

/** The alias of a derived table has no schema. */
function withoutSchema(node: Node, star: readonly string[]): Node {
  const alias = star.at(-1);
  return star.length > 1 && alias !== undefined ? target(starRef(alias)) : node;
}

function openStar(entry: Entry): Node {
  return entry.alias === undefined
    ? refuse('* over a function without an alias')
    : target(starRef(entry.alias));
}

function starRef(alias: string): Node {
  return { ColumnRef: { fields: [{ String: { sval: alias } }, { A_Star: {} }] } };
}

function starColumn(entry: Entry, column: ScopeColumn): Node {
  const { alias } = column.via ?? entry;
  return target(columnRef(...(alias === undefined ? [] : [alias]), column.name));
}

/** The names before a star, or undefined where the target is no star. */
export function starOf(body: ResTarget): readonly string[] | undefined {
  if (body.val === undefined || !('ColumnRef' in body.val)) return undefined;
  const fields = fieldsOf(body.val.ColumnRef);
  if (fields.length === 0 || fields.at(-1) !== undefined) return undefined;
  return fields.slice(0, -1).map((field) => field ?? '');
}

/** Names that ORDER BY, GROUP BY and DISTINCT ON may use for output columns. */
function outputNames(targets: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of targets) {
    if (!('ResTarget' in node) || node.ResTarget.val === undefined || starOf(node.ResTarget) !== undefined)
      continue;
    names.add(node.ResTarget.name ?? outputName(node.ResTarget.val));
  }
  return names;
}
