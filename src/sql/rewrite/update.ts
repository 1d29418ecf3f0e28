/** UPDATE: rows the rules let the caller change, columns they name, new rows they accept. */
import { findColumn, referencesTo } from '../../catalog/index.ts';
import { CordonError, safeName } from '../../errors/index.ts';
import { follows, type Predicate, type RelationAccess, type UpdateAccess } from '../../policy/index.ts';
import { and } from '../build.ts';
import { Scope, type ScopeColumn, Withs } from '../resolve/scope.ts';
import type { Node, ResTarget, UpdateStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse, rewriteExpression, tagOf } from './expression.ts';
import { rewriteFrom } from './from.ts';
import { compileCheck } from './membership.ts';
import { columnsIn, conjunction, disjunction, impliedColumns, partsOf, referenceChecks } from './new-row.ts';
import { guardRow } from './placement.ts';
import { ProposedValues } from './proposed.ts';
import { rewriteReturning } from './returning.ts';
import { rewriteChoice, rewriteTargetWhere } from './target-where.ts';
import { rewriteWith } from './with.ts';
import { denied, readVisibility, targetEntry, writeTarget } from './write-target.ts';

/** A rewritten INSERT, UPDATE or DELETE. */
export interface Write {
  readonly node: Node;
  /** What RETURNING gives. */
  readonly columns: readonly ScopeColumn[];
  readonly discardRows: boolean;
}

export function rewriteUpdate(
  context: StatementContext,
  outer: Withs | undefined,
  statement: UpdateStmt,
): Write {
  const withs = new Withs(outer);
  const clause = statement.withClause && rewriteWith(context, undefined, withs, statement.withClause);
  const written = writeTarget(context, statement.relation, true);
  const { access, alias } = written;
  const changed = assignedColumns(statement.targetList ?? []);
  const allowed = updateOf(context, access, changed);
  assertNoCascade(context, access, changed);
  const entry = targetEntry(context, written, allowed.filter, (column) => readVisibility(access, column));
  const scope = new Scope(undefined, [{ entry, byAlias: true, byColumn: true }], withs);
  const from = rewriteFrom(context, scope, statement.fromClause ?? []);
  const where = rewriteTargetWhere(context, scope, written, allowed.filter, statement.whereClause);
  // No optimizer but that of PostgreSQL is known to compute a new value for chosen rows alone.
  const judged = context.carriesFlags ? [] : changed;
  const proposed = new ProposedValues(context, access, partsOf(allowed.check), judged);
  const targets = rewriteAssignments(context, scope, statement.targetList ?? [], proposed);
  const check = newRowCheck(context, access, alias, changed, allowed);
  const returning = rewriteReturning(context, scope, statement.returningClause, check);
  const body: UpdateStmt = {
    relation: written.range,
    targetList: targets,
    ...(from.nodes.length === 0 ? {} : { fromClause: from.nodes }),
    ...(where === undefined ? {} : { whereClause: where }),
    ...rewriteChoice(context, scope, statement),
    ...returning.clause,
    ...(clause === undefined ? {} : { withClause: clause.node }),
  };
  return { node: { UpdateStmt: body }, columns: returning.columns, discardRows: returning.discardRows };
}

function assignedColumns(targets: readonly Node[]): ReadonlySet<string> {
  return new Set(targets.map(nameOf));
}

export interface AllowedUpdate {
  readonly filter: Predicate;
  readonly check: Predicate;
  readonly rules: readonly string[];
}

/** Rows in which every one of the columns may be changed: for each column some rule, and the row must be one that is seen. */
export function updateOf(
  context: StatementContext,
  access: RelationAccess,
  columns: ReadonlySet<string>,
): AllowedUpdate {
  const update = access.update;
  if (update === undefined) throw denied(access, 'update');
  const groups = new Map<string, UpdateAccess['alternatives']>();
  for (const column of columns) {
    const naming = update.alternatives.filter((alternative) => alternative.columns.has(column));
    if (naming.length === 0) throw notUpdatable(access, column);
    groups.set(naming.map((alternative) => alternative.id).join(), naming);
  }
  const naming = [...groups.values()];
  const seen = access.read?.filter ?? { kind: 'true' };
  const filters = naming.map((group) => disjunction(group.map((alternative) => alternative.filter)));
  const rules = [...new Set(naming.flat().map((alternative) => alternative.id))];
  context.note({
    relation: `${access.relation.schema}.${access.relation.name}`,
    command: 'update',
    outcome: 'allow',
    rules,
    boundaries: access.boundaries,
    hiddenColumns: [],
  });
  return {
    filter: conjunction(distinct([seen, ...filters].flatMap(partsOf))),
    check: conjunction(
      distinct(
        naming
          .map((group) => disjunction(group.map((alternative) => newRow(alternative, seen))))
          .flatMap(partsOf),
      ),
    ),
    rules,
  };
}

/**
 * What a row may become: what the rule says by a `check` of its own; else it stays one of the rule's rows, and one that the caller
 * sees, so that no statement puts it out of reach.
 */
function newRow({ filter, check }: UpdateAccess['alternatives'][number], seen: Predicate): Predicate {
  if (JSON.stringify(check) !== JSON.stringify(filter)) return check;
  const parts = partsOf(check);
  return conjunction([...parts, ...partsOf(seen).filter((part) => !follows(part, parts))]);
}

function notUpdatable(access: RelationAccess, column: string): CordonError {
  const exists = findColumn(access.relation, column) !== undefined;
  if (exists || access.hidden === 'refuse') return columnDenied(access, column, 'update');
  return new CordonError('CORDON_COLUMN_UNKNOWN', { column: safeName(column) });
}

function distinct(items: readonly Predicate[]): readonly Predicate[] {
  const seen = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}

export function columnDenied(
  access: RelationAccess,
  column: string,
  command: 'insert' | 'update',
): CordonError {
  return new CordonError('CORDON_COLUMN_DENIED', {
    relation: safeName(access.relation.name),
    column: safeName(column),
    command: safeName(command),
  });
}

export function rewriteAssignments(
  context: StatementContext,
  scope: Scope,
  targets: readonly Node[],
  proposed: ProposedValues,
): Node[] {
  let source: Node | undefined;
  return targets.map((node, index): Node => {
    if (!('ResTarget' in node) || node.ResTarget.val === undefined) return refuse(tagOf(node));
    const indirection = node.ResTarget.indirection?.map((step) => subscript(context, scope, step));
    const value = node.ResTarget.val;
    if ('MultiAssignRef' in value && (value.MultiAssignRef.colno ?? 1) === 1) {
      const names = targets.slice(index, index + (value.MultiAssignRef.ncolumns ?? 1)).map(nameOf);
      source =
        value.MultiAssignRef.source &&
        rewriteMulti(context, scope, value.MultiAssignRef.source, names, proposed);
    }
    const judged = (one: Node): Node => (indirection === undefined ? proposed.value(nameOf(node), one) : one);
    const val = assigned(context, scope, value, source, judged);
    return { ResTarget: assignment(node.ResTarget, val, indirection) };
  });
}

function assignment(body: ResTarget, val: Node, indirection: Node[] | undefined): ResTarget {
  return { ...body, val, ...(indirection === undefined ? {} : { indirection }) };
}

function nameOf(node: Node): string {
  return 'ResTarget' in node ? (node.ResTarget.name ?? '') : refuse(tagOf(node));
}

function assigned(
  context: StatementContext,
  scope: Scope,
  value: Node,
  source: Node | undefined,
  judged: (value: Node) => Node,
): Node {
  if ('SetToDefault' in value) return value;
  if (!('MultiAssignRef' in value)) return judged(assignedValue(context, scope, value));
  if (source === undefined) return refuse('MultiAssignRef');
  return { MultiAssignRef: { ...value.MultiAssignRef, source } };
}

/** `(a, b) = ROW (1, DEFAULT)` or `= (SELECT …)`. */
function rewriteMulti(
  context: StatementContext,
  scope: Scope,
  source: Node,
  names: readonly string[],
  proposed: ProposedValues,
): Node {
  if (!('RowExpr' in source)) {
    if (names.some((name) => proposed.has(name)))
      return refuse('columns of a key from a sub-select of several');
    return rewriteExpression(context, scope, source).node;
  }
  const args = (source.RowExpr.args ?? []).map((arg, index) =>
    'SetToDefault' in arg ? arg : proposed.value(names[index] ?? '', assignedValue(context, scope, arg)),
  );
  return { RowExpr: { ...source.RowExpr, args } };
}

/** A value is computed for the rows that WHERE chose. */
function assignedValue(context: StatementContext, scope: Scope, value: Node): Node {
  return guardRow(context, scope, rewriteExpression(context, scope, value)).node;
}

function subscript(context: StatementContext, scope: Scope, step: Node): Node {
  if (!('A_Indices' in step)) return refuse('an assignment to a field');
  const { lidx, uidx } = step.A_Indices;
  return {
    A_Indices: {
      ...step.A_Indices,
      ...(lidx === undefined ? {} : { lidx: rewriteExpression(context, scope, lidx).node }),
      ...(uidx === undefined ? {} : { uidx: rewriteExpression(context, scope, uidx).node }),
    },
  };
}

/** Nothing to check where no column changes that the check looks at. */
function newRowCheck(
  context: StatementContext,
  access: RelationAccess,
  alias: string,
  changed: ReadonlySet<string>,
  allowed: AllowedUpdate,
): Node | undefined {
  const references = referenceChecks(context, access, alias, changed, impliedColumns(access, allowed.check));
  const touched = new Set([...changed, ...generatedColumns(access)]);
  const known = new Set(partsOf(allowed.filter).map((part) => JSON.stringify(part)));
  const open = partsOf(allowed.check).filter((part) => {
    const unchanged =
      !access.relation.changedByTriggers && ![...columnsIn(part)].some((column) => touched.has(column));
    return !(unchanged && known.has(JSON.stringify(part)));
  });
  const nodes = [...open.map((part) => compileCheck(context, part, alias)), ...references];
  return nodes.length === 0 ? undefined : and(nodes);
}

function generatedColumns(access: RelationAccess): readonly string[] {
  return access.relation.columns
    .filter((column) => column.generated === 'stored')
    .map((column) => column.name);
}

/** A change of a key that others refer to with ON UPDATE CASCADE would change their rows. */
export function assertNoCascade(
  context: StatementContext,
  access: RelationAccess,
  changed: ReadonlySet<string>,
): void {
  for (const key of referencesTo(context.catalog, access.relation)) {
    if (key.onUpdate === 'no-action' || key.onUpdate === 'restrict') continue;
    if (!key.toColumns.some((column) => changed.has(column))) continue;
    throw cascadeDenied(access, key.from);
  }
}

export function cascadeDenied(access: RelationAccess, reached: string): CordonError {
  return new CordonError('CORDON_CASCADE_DENIED', {
    relation: safeName(access.relation.name),
    reached: safeName(reached.split('\u0000').at(-1) ?? ''),
  });
}
