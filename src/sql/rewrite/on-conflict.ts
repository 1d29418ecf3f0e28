/**
 * ON CONFLICT: the row in the way may be one that the caller must not see, change or quietly skip.
 * Then the statement ends as any broken unique constraint does.
 */
import { CONFLICT_MARKER, NEW_ROW_MARKER } from '../../errors/index.ts';
import type { Predicate } from '../../policy/index.ts';
import { bool, caseWhen, columnRef, not } from '../build.ts';
import { type Entry, Scope, type Withs } from '../resolve/scope.ts';
import type { IndexElem, InferClause, InsertStmt, Node, OnConflictClause } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse, tagOf } from './expression.ts';
import { compileCheck } from './membership.ts';
import { partsOf, referenceChecks } from './new-row.ts';
import { placeCondition } from './placement.ts';
import { ProposedValues } from './proposed.ts';
import { assertion } from './returning.ts';
import { assertNoCascade, rewriteAssignments, updateOf } from './update.ts';
import { indexElem } from './upsert.ts';
import { readVisibility, targetEntry, type WriteTarget } from './write-target.ts';

export interface Arbitration {
  readonly clause: OnConflictClause | undefined;
  /** Rows that were there before may be returned; undefined: none. */
  readonly updates: Updates | undefined;
  /** Further conditions on the row as it is stored. */
  readonly checks: readonly Node[];
}

/** What is known of a row that was there before, when it has been changed. */
export interface Updates {
  /** It was one of these. */
  readonly filter: Predicate;
  readonly changed: ReadonlySet<string>;
}

export interface Proposal {
  /** What a new row has to fulfil, over the row called `excluded`. */
  proposed(): Node | undefined;
  /** Columns that UPSERT sets to what they must be already: the row in the way and the new one are checked for it. */
  readonly kept: ReadonlySet<string>;
}

export function rewriteConflict(
  context: StatementContext,
  withs: Withs,
  written: WriteTarget,
  statement: InsertStmt,
  given: ReadonlySet<string>,
  proposal: Proposal,
): Arbitration {
  const clause = statement.onConflictClause;
  if (clause === undefined || (clause.action ?? 'ONCONFLICT_NONE') === 'ONCONFLICT_NONE')
    return { clause: undefined, updates: undefined, checks: [] };
  const infer = clause.infer === undefined ? undefined : inference(written, clause.infer);
  if (clause.action === 'ONCONFLICT_NOTHING')
    return {
      clause: doNothing(context, written, clause, infer, given, proposal.proposed()),
      updates: undefined,
      checks: [],
    };
  if (clause.action !== 'ONCONFLICT_UPDATE') return refuse('this ON CONFLICT action');
  return doUpdate(context, withs, written, clause, infer, proposal);
}

/** What names the index: plain columns that the caller may name; no row is looked at to find it. */
function inference(written: WriteTarget, infer: InferClause): InferClause {
  if (infer.whereClause !== undefined) return refuse('ON CONFLICT with a predicate');
  for (const node of infer.indexElems ?? []) {
    const elem: IndexElem = 'IndexElem' in node ? node.IndexElem : refuse(tagOf(node));
    if (elem.expr !== undefined || elem.collation !== undefined || elem.opclass !== undefined)
      return refuse('ON CONFLICT with an expression');
    if (!written.access.relation.columns.some((column) => column.name === elem.name))
      return refuse('ON CONFLICT with an unknown column');
  }
  return infer;
}

/**
 * To do nothing over a hidden row would tell by the count that it is there. So the row in the way is looked at:
 * one that the caller sees is skipped, as asked; any other is an error.
 */
function doNothing(
  context: StatementContext,
  written: WriteTarget,
  clause: OnConflictClause,
  infer: InferClause | undefined,
  given: ReadonlySet<string>,
  proposed: Node | undefined,
): OnConflictClause {
  const filter = written.access.read?.filter ?? { kind: 'false' };
  if (filter.kind === 'true') return infer === undefined ? clause : { ...clause, infer };
  const arbiter = infer ?? { indexElems: soleKey(written, given).map((column): Node => indexElem(column)) };
  const [column] = arbiterColumns(written, arbiter, given);
  if (column === undefined) return refuse('ON CONFLICT DO NOTHING without a key');
  const visible = assertion(compileCheck(context, filter, written.alias), CONFLICT_MARKER);
  return {
    action: 'ONCONFLICT_UPDATE',
    infer: arbiter,
    targetList: [{ ResTarget: { name: column, val: columnRef(written.alias, column) } }],
    whereClause: afterProposed(proposed, not(visible)),
  };
}

/** The stricter of both databases: a row that may not be inserted is an error also where a row is in its way, as on Postgres. */
function afterProposed(proposed: Node | undefined, condition: Node): Node {
  return proposed === undefined
    ? condition
    : caseWhen(assertion(proposed, NEW_ROW_MARKER), condition, bool(false));
}

/** The one key that the given columns can run into; with several, Postgres offers no way to look at the row in the way. */
function soleKey(written: WriteTarget, given: ReadonlySet<string>): readonly string[] {
  const keys = written.access.relation.uniqueKeys.filter((key) => key.some((column) => given.has(column)));
  const [only] = keys;
  if (keys.length !== 1 || only === undefined)
    return refuse('ON CONFLICT without a target on a relation with several keys');
  return only;
}

/** Some column of the key, to be set to itself. */
function arbiterColumns(
  written: WriteTarget,
  infer: InferClause,
  given: ReadonlySet<string>,
): readonly string[] {
  const named = (infer.indexElems ?? []).flatMap((node) =>
    'IndexElem' in node && node.IndexElem.name !== undefined ? [node.IndexElem.name] : [],
  );
  if (named.length > 0) return named;
  return written.access.relation.columns.map((column) => column.name).filter((column) => given.has(column));
}

function doUpdate(
  context: StatementContext,
  withs: Withs,
  written: WriteTarget,
  clause: OnConflictClause,
  infer: InferClause | undefined,
  proposal: Proposal,
): Arbitration {
  const { access, alias } = written;
  const { kept } = proposal;
  const targets = withoutKey(clause.targetList ?? [], infer);
  const changed = new Set(
    targets
      .map((node) => ('ResTarget' in node ? (node.ResTarget.name ?? '') : refuse(tagOf(node))))
      .filter((column) => !kept.has(column)),
  );
  const allowed = updateOf(context, access, changed);
  assertNoCascade(context, access, changed);
  const scope = conflictScope(context, withs, written, allowed.filter);
  const user =
    clause.whereClause === undefined
      ? bool(true)
      : placeCondition(context, scope, scope.items.slice(0, 1), clause.whereClause, false).node;
  const own = conflictWhere(context, alias, allowed.filter, user);
  const proposed = proposal.proposed();
  const whereClause = proposed === undefined ? own : afterProposed(proposed, own ?? bool(true));
  const judged = new ProposedValues(
    context,
    access,
    partsOf(allowed.check),
    context.carriesFlags ? [] : changed,
  );
  const checks = [
    ...partsOf(allowed.check).map((part) => compileCheck(context, part, alias)),
    ...referenceChecks(context, access, alias, changed, new Set()),
  ];
  return {
    clause: {
      action: 'ONCONFLICT_UPDATE',
      ...(infer === undefined ? {} : { infer }),
      targetList: rewriteAssignments(context, scope, targets, judged),
      ...(whereClause === undefined ? {} : { whereClause }),
    },
    updates: { filter: allowed.filter, changed },
    checks,
  };
}

/**
 * Libraries set the columns of the conflict target to those of the new row too. The row in the way agrees on them, so these
 * assignments are left out: no rule has to let the caller change a key. One assignment has to stay.
 */
function withoutKey(targets: readonly Node[], infer: InferClause | undefined): readonly Node[] {
  const key = new Set(
    (infer?.indexElems ?? []).flatMap((node) => ('IndexElem' in node ? [node.IndexElem.name] : [])),
  );
  const others = targets.filter((node) => !isFromNewRow(node, key));
  return others.length === 0 ? targets : others;
}

function isFromNewRow(node: Node, key: ReadonlySet<string | undefined>): boolean {
  if (!('ResTarget' in node) || !key.has(node.ResTarget.name)) return false;
  const { name = '', val, indirection } = node.ResTarget;
  return indirection === undefined && isExcluded(val, name);
}

function isExcluded(value: Node | undefined, name: string): boolean {
  if (value === undefined || !('ColumnRef' in value)) return false;
  const [row, column, ...others] = (value.ColumnRef.fields ?? []).map((field) =>
    'String' in field ? field.String.sval : undefined,
  );
  return row === 'excluded' && column === name && others.length === 0;
}

function conflictWhere(
  context: StatementContext,
  alias: string,
  filter: Predicate,
  user: Node,
): Node | undefined {
  if (filter.kind === 'true') return 'A_Const' in user ? undefined : user;
  const reachable = assertion(compileCheck(context, filter, alias), CONFLICT_MARKER);
  return caseWhen(reachable, user, bool(false));
}

/** The row in the way under the relation's alias, the proposed row under `excluded`. */
function conflictScope(
  context: StatementContext,
  withs: Withs,
  written: WriteTarget,
  filter: Predicate,
): Scope {
  const { access } = written;
  const row = targetEntry(context, written, filter, (column) => readVisibility(access, column));
  const columns = access.relation.columns.map((column) => ({
    name: column.name,
    type: column.type,
    total: true,
    origin: undefined,
    replacement: undefined,
    refused: false,
  }));
  const excluded: Entry = {
    alias: 'excluded',
    schema: undefined,
    columns,
    direct: undefined,
    nested: [],
    target: true,
    open: false,
    lockable: [],
    used: new Set(),
  };
  return new Scope(
    undefined,
    [
      { entry: row, byAlias: true, byColumn: true },
      { entry: excluded, byAlias: true, byColumn: false },
    ],
    withs,
  );
}
