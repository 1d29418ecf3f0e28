/**
 * Where an expression of the user may stand.
 *
 * The sub-select of a read is no barrier: the planner flattens it and orders conditions by cost. So a condition that cannot fail
 * stays as it is (and keeps its index); one that can is guarded by `CASE WHEN <rows passed their filter> THEN condition END`,
 * which the language evaluates in order (PostgreSQL manual 4.2.14); where the flag of a filter cannot be reached, because the read lies
 * inside a derived table, that read is fenced. See docs/decisions/0004-flatten-guard-fence.md.
 *
 * On CockroachDB nothing is fenced and every expression that can fail is guarded where it is written, by flags that the rows carry:
 * see docs/decisions/0009-placement-for-cockroachdb.md.
 */
import { and, bool, caseWhen, conjuncts } from '../build.ts';
import { type Entry, isShadowed, type NamespaceItem, resolveAlias, type Scope } from '../resolve/scope.ts';
import type { Node } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { type Expr, merge, rewriteExpression } from './expression.ts';
import type { Read } from './read.ts';
import { everyRow, sourceOf } from './row-flag.ts';
import { refuseUnsafe } from './unsafe.ts';

/** Rewrites a WHERE or ON condition; `items` are the FROM items whose rows it filters. */
export function placeCondition(
  context: StatementContext,
  scope: Scope,
  items: readonly NamespaceItem[],
  condition: Node,
  mayCopy: boolean,
): Expr {
  const parts = conjuncts(condition).map((conjunct) => rewriteExpression(context, scope, conjunct));
  if (context.carriesFlags) {
    const own = parts.map((part) => guardAmong(context, scope, items, part, bool(false)));
    return merge(and(own.map((part) => part.node)), undefined, own);
  }
  const placed = parts.map((part) => {
    if (!part.total) return guarded(context, scope, items, part);
    if (mayCopy) rememberCopy(items, part);
    return part.node;
  });
  return merge(and(placed), undefined, parts);
}

/**
 * A total condition over one read alone may also stand inside its fence, should it get one; not over a read of a level outside,
 * whose rows it does not filter.
 */
function rememberCopy(items: readonly NamespaceItem[], part: Expr): void {
  const [entry] = part.refs;
  if (part.refs.length !== 1 || entry?.direct === undefined || part.hasQuery) return;
  if (!items.some((item) => item.entry === entry)) return;
  entry.direct.offerCopy(part.node);
}

function guarded(context: StatementContext, scope: Scope, items: readonly NamespaceItem[], part: Expr): Node {
  const exposed = exposedTo(items, part);
  const flags: Node[] = [];
  for (const entry of exposed) {
    for (const read of entry.nested) read.fence();
    if (entry.direct === undefined) continue;
    if (reachable(scope, entry)) flags.push(entry.direct.flag(context));
    else entry.direct.fence();
  }
  return flags.length === 0 ? part.node : caseWhen(and(flags), part.node, bool(false));
}

/** An expression that is evaluated row by row, safe to evaluate on any row. */
export function guardRow(context: StatementContext, scope: Scope, part: Expr, otherwise?: Node): Expr {
  return context.carriesFlags ? guardAmong(context, scope, scope.items, part, otherwise) : part;
}

/** What is done here is evaluated row by row, also where the query groups. */
export function byRow<T>(scope: Scope, make: () => T): T {
  scope.rowDepth += 1;
  const made = make();
  scope.rowDepth -= 1;
  return made;
}

/**
 * An expression that is evaluated for rows, or for groups where the query groups. A guard for groups is an aggregate, so that the
 * expression has no value before there are groups; one that is computed from aggregates needs none.
 */
export function guardHere(context: StatementContext, scope: Scope, part: Expr, otherwise?: Node): Expr {
  if (!context.carriesFlags || part.total) return part;
  if (scope.grouped && part.late === true) return { ...part, total: true };
  return guardRow(context, scope, part, otherwise);
}

function guardAmong(
  context: StatementContext,
  scope: Scope,
  items: readonly NamespaceItem[],
  part: Expr,
  otherwise: Node | undefined,
): Expr {
  if (part.total) return part;
  const flags = flagsFor(context, scope, items, part);
  if (flags.length === 0) return { ...part, total: true };
  if (part.rows === true) return refuseUnsafe('a set-returning function inside an expression');
  return { ...part, node: caseWhen(and(flags), part.node, otherwise), total: true, column: undefined };
}

/** Flags of all rows that an expression may meet, its own and those that they are made from. */
function flagsFor(
  context: StatementContext,
  scope: Scope,
  items: readonly NamespaceItem[],
  part: Expr,
): readonly Node[] {
  const met = [...exposedTo(items, part)];
  const all = new Set<Entry>();
  for (let entry = met.pop(); entry !== undefined; entry = met.pop()) {
    if (all.has(entry)) continue;
    all.add(entry);
    met.push(...(entry.madeFrom ?? []));
  }
  return [...all].flatMap((entry) => flagOf(context, scope, entry));
}

function flagOf(context: StatementContext, scope: Scope, entry: Entry): readonly Node[] {
  const source = sourceOf(entry);
  if (source === undefined) return [];
  const level = levelOf(scope, entry);
  if (level === undefined) return refuseUnsafe('an expression over an alias that is used twice');
  const flag = source.flag(context);
  return [level.grouped && level.rowDepth === 0 ? everyRow(flag) : flag];
}

/** The level at which the alias of an item names it; undefined where a nearer item has the same alias. */
function levelOf(scope: Scope, entry: Entry): Scope | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.items.find(({ byAlias, entry: { alias } }) => byAlias && alias === entry.alias);
    if (found !== undefined) return found.entry === entry ? at : undefined;
  }
  return undefined;
}

/**
 * The items whose rows a condition may meet before their filter: those it refers to; and all of its level where it refers to
 * none of them, since then nothing ties the place where it is evaluated to rows that were let through.
 */
function exposedTo(items: readonly NamespaceItem[], part: Expr): ReadonlySet<Entry> {
  const level = items.map((item) => item.entry);
  const own = new Set<Entry>(
    level.flatMap((entry) => [entry, ...entry.columns.flatMap((column) => column.via ?? [])]),
  );
  return new Set(part.refs.some((entry) => own.has(entry)) ? part.refs : [...level, ...part.refs]);
}

function reachable(scope: Scope, entry: Entry): boolean {
  if (entry.alias === undefined) return false;
  const found = resolveAlias(scope, undefined, entry.alias);
  return found?.entry === entry && !isShadowed(scope, entry.alias, found.level);
}

/** The same where a fence can be relied on; elsewhere the construct is refused. */
export function fenceOrRefuse(
  context: StatementContext,
  items: readonly NamespaceItem[],
  parts: readonly Expr[],
  construct: string,
): void {
  if (!context.carriesFlags) fenceAll(items, parts);
  else if (items.some(({ entry }) => sourceOf(entry) !== undefined)) refuseUnsafe(construct);
}

/** Keeps a condition that cannot be guarded in place (HAVING, USING) away from rows: all reads below are fenced. */
export function fenceAll(items: Iterable<NamespaceItem>, parts: readonly Expr[]): void {
  const entries = new Set<Entry>([...parts.flatMap((part) => part.refs)]);
  for (const item of items) entries.add(item.entry);
  for (const entry of entries) for (const read of readsOf(entry)) read.fence();
}

/** All filtered reads of a FROM item. */
export function readsOf(entry: Entry): readonly Read[] {
  return entry.direct === undefined ? entry.nested : [entry.direct, ...entry.nested];
}
