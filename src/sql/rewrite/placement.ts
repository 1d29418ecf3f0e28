/**
 * Where a condition of the user may stand.
 *
 * The sub-select of a read is no barrier: the planner flattens it and orders conditions by cost. So a condition that cannot fail
 * stays as it is (and keeps its index); one that can is guarded by `CASE WHEN <rows passed their filter> THEN condition END`,
 * which the language evaluates in order (PostgreSQL manual 4.2.14); where the flag of a filter cannot be reached, because the read lies
 * inside a derived table, that read is fenced. See docs/decisions/0004-flatten-guard-fence.md.
 */
import { and, bool, caseWhen, conjuncts } from '../build.ts';
import { type Entry, isShadowed, type NamespaceItem, resolveAlias, type Scope } from '../resolve/scope.ts';
import type { Node } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { type Expr, merge, rewriteExpression } from './expression.ts';
import type { Read } from './read.ts';

/** Rewrites a WHERE or ON condition; `items` are the FROM items whose rows it filters. */
export function placeCondition(
  context: StatementContext,
  scope: Scope,
  items: readonly NamespaceItem[],
  condition: Node,
  mayCopy: boolean,
): Expr {
  const parts = conjuncts(condition).map((conjunct) => rewriteExpression(context, scope, conjunct));
  const placed = parts.map((part) => {
    if (!part.total) return guarded(context, scope, items, part);
    if (mayCopy) rememberCopy(part);
    return part.node;
  });
  return merge(and(placed), undefined, parts);
}

/** A total condition over one read alone may also stand inside its fence, should it get one. */
function rememberCopy(part: Expr): void {
  const [entry] = part.refs;
  if (part.refs.length !== 1 || entry?.direct === undefined || part.hasQuery) return;
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
