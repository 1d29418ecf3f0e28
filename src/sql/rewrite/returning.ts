/** RETURNING: masked as a read would be, and the place of the new-row check. */
import { NEW_ROW_MARKER } from '../../errors/index.ts';
import { caseWhen, cast, columnRef, integer, target, text, typeName } from '../build.ts';
import { outputName } from '../resolve/names.ts';
import { type Entry, type Scope, type ScopeColumn, shownColumns } from '../resolve/scope.ts';
import type { Node, ReturningClause } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse, rewriteExpression, tagOf } from './expression.ts';
import { starOf } from './select.ts';

export interface Returning {
  readonly clause: { readonly returningClause?: ReturningClause };
  readonly columns: readonly ScopeColumn[];
  /** The rows are there for the check alone. */
  readonly discardRows: boolean;
}

/** `check` is a condition over the new row; undefined: nothing to check. */
export function rewriteReturning(
  context: StatementContext,
  scope: Scope,
  clause: ReturningClause | undefined,
  check: Node | undefined,
): Returning {
  const exprs = clause?.exprs ?? [];
  if (clause?.options !== undefined) return refuse('RETURNING WITH (OLD, NEW)');
  if (exprs.length === 0) return checkAlone(check);
  const columns: ScopeColumn[] = [];
  const nodes = exprs.flatMap((node) => returnedTargets(context, scope, node, columns));
  const [first, ...rest] = nodes;
  const guarded = check === undefined || first === undefined ? nodes : [guardedTarget(first, check), ...rest];
  return { clause: { returningClause: { exprs: guarded } }, columns, discardRows: false };
}

function checkAlone(check: Node | undefined): Returning {
  if (check === undefined) return { clause: {}, columns: [], discardRows: false };
  const only = target(caseWhen(assertion(check), integer(1)));
  return { clause: { returningClause: { exprs: [only] } }, columns: [], discardRows: true };
}

/** True, or an error: the text that cannot be read as a boolean is the marker by which the answer is recognised. */
export function assertion(check: Node, marker: string = NEW_ROW_MARKER): Node {
  return cast(caseWhen(check, text('true'), text(marker)), typeName('bool'));
}

function guardedTarget(node: Node, check: Node): Node {
  if (!('ResTarget' in node) || node.ResTarget.val === undefined) return refuse(tagOf(node));
  const value = node.ResTarget.val;
  const name = node.ResTarget.name ?? outputName(value);
  return target(caseWhen(assertion(check), value), name);
}

function returnedTargets(
  context: StatementContext,
  scope: Scope,
  node: Node,
  columns: ScopeColumn[],
): Node[] {
  if (!('ResTarget' in node) || node.ResTarget.val === undefined) return refuse(tagOf(node));
  const star = starOf(node.ResTarget);
  if (star !== undefined) return starTargets(context, scope, star, columns);
  const original = node.ResTarget.val;
  const part = rewriteExpression(context, scope, original);
  const name = node.ResTarget.name ?? outputName(original);
  columns.push(returned(name, part.type));
  return [target(part.node, name)];
}

function returned(name: string, type: number | undefined): ScopeColumn {
  return { name, type, total: false, origin: undefined, replacement: undefined, refused: false };
}

function starTargets(
  context: StatementContext,
  scope: Scope,
  star: readonly string[],
  columns: ScopeColumn[],
): Node[] {
  const alias = star.at(-1);
  const items = scope.items.filter((item) =>
    alias === undefined ? item.byColumn : item.byAlias && item.entry.alias === alias,
  );
  if (items.length === 0) return refuse('* of an unknown relation');
  for (const { entry } of items) context.work.spend('spelled', entry.columns.length);
  return items.flatMap(({ entry }) =>
    shownColumns(entry.columns).map((column) => {
      columns.push({ ...returned(column.name, column.type), refused: column.refused });
      return target(column.replacement ?? plain(column.via ?? entry, column.name), column.name);
    }),
  );
}

function plain(entry: Entry, column: string): Node {
  return entry.alias === undefined ? columnRef(column) : columnRef(entry.alias, column);
}
