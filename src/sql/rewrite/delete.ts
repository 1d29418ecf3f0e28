/** DELETE: rows the rules let the caller delete, and nothing that a cascade would take with them unseen. */
import { type ForeignKey, referencesTo } from '../../catalog/index.ts';
import type { Predicate, RelationAccess } from '../../policy/index.ts';
import { Scope, Withs } from '../resolve/scope.ts';
import type { DeleteStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { rewriteFrom } from './from.ts';
import { conjunction, partsOf } from './new-row.ts';
import { rewriteReturning } from './returning.ts';
import { rewriteChoice, rewriteTargetWhere } from './target-where.ts';
import { cascadeDenied, type Write } from './update.ts';
import { rewriteWith } from './with.ts';
import { denied, readVisibility, targetEntry, writeTarget } from './write-target.ts';

export function rewriteDelete(
  context: StatementContext,
  outer: Withs | undefined,
  statement: DeleteStmt,
): Write {
  const withs = new Withs(outer);
  const clause = statement.withClause && rewriteWith(context, undefined, withs, statement.withClause);
  const written = writeTarget(context, statement.relation, true);
  const { access } = written;
  const filter = deleteFilter(context, access);
  const entry = targetEntry(context, written, filter, (column) => readVisibility(access, column));
  const scope = new Scope(undefined, [{ entry, byAlias: true, byColumn: true }], withs);
  const using = rewriteFrom(context, scope, statement.usingClause ?? []);
  const where = rewriteTargetWhere(context, scope, written, filter, statement.whereClause);
  const returning = rewriteReturning(context, scope, statement.returningClause, undefined);
  const body: DeleteStmt = {
    relation: written.range,
    ...(using.nodes.length === 0 ? {} : { usingClause: using.nodes }),
    ...(where === undefined ? {} : { whereClause: where }),
    ...rewriteChoice(context, scope, statement),
    ...returning.clause,
    ...(clause === undefined ? {} : { withClause: clause.node }),
  };
  return { node: { DeleteStmt: body }, columns: returning.columns, discardRows: false };
}

/** A row that is deleted must also be one that is seen. */
function deleteFilter(context: StatementContext, access: RelationAccess): Predicate {
  if (access.delete === undefined) throw denied(access, 'delete');
  assertCascades(context, access, new Set());
  context.note({
    relation: `${access.relation.schema}.${access.relation.name}`,
    command: 'delete',
    outcome: 'allow',
    rules: access.delete.rules,
    boundaries: access.boundaries,
    hiddenColumns: [],
  });
  const seen = access.read === undefined ? [] : partsOf(access.read.filter);
  const parts = new Map(
    [...seen, ...partsOf(access.delete.filter)].map((part) => [JSON.stringify(part), part]),
  );
  return conjunction([...parts.values()]);
}

/**
 * Judged from the catalog, never from the rows that happen to exist: each relation that a cascade reaches must be one
 * where the caller may do to all children of an own row what the cascade does.
 */
function assertCascades(context: StatementContext, access: RelationAccess, visited: Set<string>): void {
  visited.add(access.key);
  for (const key of referencesTo(context.catalog, access.relation)) {
    if (key.onDelete === 'no-action' || key.onDelete === 'restrict') continue;
    const reached = context.accessOf(key.from);
    if (reached === undefined || !coversChildren(key, reached)) throw cascadeDenied(access, key.from);
    if (key.onDelete === 'cascade' && !visited.has(reached.key)) assertCascades(context, reached, visited);
  }
}

function coversChildren(key: ForeignKey, reached: RelationAccess): boolean {
  if (key.onDelete === 'cascade')
    return reached.delete !== undefined && coversAll(key, reached.delete.filter);
  const naming = reached.update?.alternatives ?? [];
  return naming.some(
    (alternative) =>
      key.columns.every((column) => alternative.columns.has(column)) && coversAll(key, alternative.filter),
  );
}

/** `column in parent`, or all rows: then every child of a visible parent is covered. */
function coversAll(key: ForeignKey, filter: Predicate): boolean {
  const [column] = key.columns;
  const [toColumn] = key.toColumns;
  switch (filter.kind) {
    case 'true':
      return true;
    case 'in-relation':
      return (
        key.columns.length === 1 &&
        filter.column === column &&
        filter.relation === key.to &&
        filter.target === toColumn &&
        filter.where === undefined
      );
    case 'or':
      return filter.items.some((item) => coversAll(key, item));
    default:
      return false;
  }
}
