/** Column references: each is resolved here, and what was resolved is what is printed. */
import { CordonError, safeName } from '../../errors/index.ts';
import { caseWhen, columnRef, isNull, nullConstant, rangeSubselect, select, target } from '../build.ts';
import {
  type Entry,
  isShadowed,
  type Resolved,
  resolveAlias,
  resolveBare,
  resolveQualified,
  type Scope,
  shownColumns,
} from '../resolve/scope.ts';
import { RECORD } from '../resolve/types.ts';
import type { A_Indirection, ColumnRef, Node } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { type Expr, merge, refuse, rewriteExpression, tagOf } from './expression.ts';
import { sourceOf } from './row-flag.ts';

/** Present in every table of Postgres (PostgreSQL manual 5.5), `rowid` and the timestamp in CockroachDB's. */
const SYSTEM_COLUMNS: ReadonlySet<string> = new Set([
  'ctid',
  'xmin',
  'xmax',
  'cmin',
  'cmax',
  'tableoid',
  'oid',
  'rowid',
  'crdb_internal_mvcc_timestamp',
  'crdb_internal_origin_id',
  'crdb_internal_origin_timestamp',
]);

/** The names of a reference; undefined stands for `*`. */
export function fieldsOf(ref: ColumnRef): readonly (string | undefined)[] {
  return (ref.fields ?? []).map((field) => {
    if ('A_Star' in field) return undefined;
    return 'String' in field ? (field.String.sval ?? '') : refuse(tagOf(field));
  });
}

export function rewriteColumn(context: StatementContext, scope: Scope, ref: ColumnRef): Expr {
  const fields = fieldsOf(ref);
  const last = fields.at(-1);
  if (last === undefined) return starAsRow(context, scope, fields);
  const resolved = resolve(context, scope, fields);
  switch (resolved.kind) {
    case 'column':
      return reference(scope, resolved, ref);
    case 'row':
      return wholeRow(context, scope, resolved.entry, resolved.level);
    case 'ambiguous':
      throw new CordonError('CORDON_AMBIGUOUS_COLUMN', { column: safeName(last) });
    case 'no-alias':
      throw new CordonError('CORDON_ALIAS_UNKNOWN', { alias: safeName(fields.at(-2) ?? '') });
    case 'no-column':
      throw unknownColumn(scope, resolved.entry, last);
    default:
      return resolved satisfies never;
  }
}

function resolve(context: StatementContext, scope: Scope, fields: readonly (string | undefined)[]): Resolved {
  const names = fields.map((field) => field ?? '');
  const column = names.at(-1) ?? '';
  context.work.spend('look', scope.width);
  const alias = names.at(-2);
  if (alias === undefined) return resolveBare(scope, column);
  if (names.length > 4 || (names.length === 4 && names[0] !== context.catalog.database))
    return { kind: 'no-alias' };
  return resolveQualified(scope, names.at(-3), alias, column);
}

function reference(scope: Scope, found: Extract<Resolved, { kind: 'column' }>, ref: ColumnRef): Expr {
  const { entry, column, level } = found;
  entry.used.add(column.name);
  if (column.refused) throw hiddenColumn(column.origin?.access.relation.name ?? '', column.name);
  return {
    node: column.replacement ?? plainReference(scope, entry, column.name, level, ref),
    type: column.type,
    total: column.total,
    refs: [entry],
    hasQuery: false,
    column,
    system: column.origin?.access.relation.kind === 'system',
    ...(column.collated === true ? { collated: true } : {}),
  };
}

/** Printed with its alias, unless a nearer FROM item has the same one. */
function plainReference(scope: Scope, entry: Entry, column: string, level: number, ref: ColumnRef): Node {
  if (entry.alias === undefined || isShadowed(scope, entry.alias, level)) {
    const fields = fieldsOf(ref);
    return fields.length > 2 ? columnRef(fields.at(-2) ?? '', column) : { ColumnRef: ref };
  }
  return columnRef(entry.alias, column);
}

function unknownColumn(scope: Scope, entry: Entry | undefined, column: string): CordonError {
  const refusing = refusingRelation(scope, entry);
  if (refusing !== undefined) return hiddenColumn(refusing, column);
  if (SYSTEM_COLUMNS.has(column))
    return new CordonError('CORDON_SYSTEM_COLUMN_DENIED', { column: safeName(column) });
  return new CordonError('CORDON_COLUMN_UNKNOWN', { column: safeName(column) });
}

function hiddenColumn(relation: string, column: string): CordonError {
  return new CordonError('CORDON_COLUMN_HIDDEN', { relation: safeName(relation), column: safeName(column) });
}

/** Where a relation refuses its hidden columns, a column that does not exist is refused in the same words. */
function refusingRelation(scope: Scope, entry: Entry | undefined): string | undefined {
  const entries = entry === undefined ? scope.items.map((item) => item.entry) : [entry];
  for (const candidate of entries) {
    const access = candidate.columns.find((column) => column.origin?.access.hidden === 'refuse')?.origin
      ?.access;
    if (access !== undefined) return access.relation.name;
  }
  return undefined;
}

export function isStar(ref: ColumnRef): boolean {
  return fieldsOf(ref).at(-1) === undefined;
}

/** `t.*` where it stands for the columns one by one. */
export function rewriteStar(context: StatementContext, scope: Scope, ref: ColumnRef): readonly Expr[] {
  const fields = fieldsOf(ref);
  const alias = fields.at(-2);
  if (alias === undefined) return refuse('* inside a row');
  const found = resolveAlias(scope, fields.at(-3), alias);
  if (found === undefined) throw new CordonError('CORDON_ALIAS_UNKNOWN', { alias: safeName(alias) });
  if (found.entry.open) return refuse('the columns of a function inside a row');
  context.work.spend('spelled', found.entry.columns.length);
  return shownColumns(found.entry.columns).map((column) =>
    rewriteColumn(context, scope, {
      fields: [{ String: { sval: alias } }, { String: { sval: column.name } }],
    }),
  );
}

function starAsRow(context: StatementContext, scope: Scope, fields: readonly (string | undefined)[]): Expr {
  const alias = fields.at(-2);
  if (alias === undefined) return refuse('* outside of a select list');
  const resolved = resolveQualified(scope, fields.at(-3), alias, '');
  if (resolved.kind !== 'no-column' || resolved.entry === undefined) {
    throw new CordonError('CORDON_ALIAS_UNKNOWN', { alias: safeName(alias) });
  }
  return wholeRow(context, scope, resolved.entry, 0);
}

/** A whole row: of a masked sub-select it shows the mask; of the target of a write it would show the row itself. */
function wholeRow(context: StatementContext, scope: Scope, entry: Entry, level: number): Expr {
  if (entry.alias === undefined) return refuse('a whole row of this item');
  if (isShadowed(scope, entry.alias, level)) return refuse('a whole row whose alias is used again');
  entry.direct?.showWholeRow();
  for (const column of entry.columns) entry.used.add(column.name);
  const node = isSpelledOut(context, entry)
    ? rowOfColumns(context, entry, entry.alias)
    : columnRef(entry.alias);
  return {
    node,
    type: RECORD,
    total: entry.columns.every((column) => column.total),
    refs: [entry],
    hasQuery: false,
    column: undefined,
    system: false,
  };
}

/** The row itself would show a flag of placement, a hidden column of a written relation, or one that was added since. */
function isSpelledOut(context: StatementContext, entry: Entry): boolean {
  const mayGetFlag = context.carriesFlags && sourceOf(entry) !== undefined;
  return entry.target || entry.bare === true || entry.direct?.flagged === true || mayGetFlag;
}

/** The row under its own column names, made of what each column shows; NULL where an outer join made it up. */
function rowOfColumns(context: StatementContext, entry: Entry, alias: string): Node {
  context.work.spend('spelled', entry.columns.length);
  const inner = select({
    targetList: shownColumns(entry.columns).map((column) =>
      target(column.replacement ?? columnRef(alias, column.name), column.name),
    ),
  });
  const outer = select({
    targetList: [target(columnRef(alias))],
    fromClause: [rangeSubselect(inner, { aliasname: alias })],
  });
  const row: Node = { SubLink: { subLinkType: 'EXPR_SUBLINK', subselect: { SelectStmt: outer } } };
  const present = entry.target
    ? undefined
    : (entry.direct?.flagReference() ?? keyReference(entry, alias) ?? carriedReference(context, entry));
  return present === undefined ? row : caseWhen(isNull(present, true), row, nullConstant());
}

/** Where flags are carried, one is never NULL in a row that is there. */
function carriedReference(context: StatementContext, entry: Entry): Node | undefined {
  return context.carriesFlags ? sourceOf(entry)?.present(context) : undefined;
}

function keyReference(entry: Entry, alias: string): Node | undefined {
  const [key] = entry.lockable[0]?.relation.primaryKey ?? [];
  return key === undefined || !entry.columns.some((column) => column.name === key)
    ? undefined
    : columnRef(alias, key);
}

/** `(row).column`, `array[i]`, `array[i:j]`, and fields of function results. */
export function rewriteIndirection(context: StatementContext, scope: Scope, body: A_Indirection): Expr {
  const [first, ...rest] = body.indirection ?? [];
  const arg = body.arg;
  if (arg === undefined || first === undefined) return refuse('A_Indirection');
  const field = 'String' in first ? rowField(context, scope, arg, first.String.sval ?? '') : undefined;
  if (field !== undefined) return rest.length === 0 ? field : subscripts(context, scope, field, rest);
  return subscripts(context, scope, rewriteExpression(context, scope, arg), [first, ...rest]);
}

/** `(t).column` means `t.column`. */
function rowField(context: StatementContext, scope: Scope, arg: Node, field: string): Expr | undefined {
  if (!('ColumnRef' in arg)) return undefined;
  const fields = fieldsOf(arg.ColumnRef);
  const [alias] = fields;
  if (fields.length !== 1 || alias === undefined) return undefined;
  if (resolveBare(scope, alias).kind !== 'row') return undefined;
  return rewriteColumn(context, scope, {
    fields: [{ String: { sval: alias } }, { String: { sval: field } }],
  });
}

function subscripts(context: StatementContext, scope: Scope, base: Expr, indirection: readonly Node[]): Expr {
  const parts: Expr[] = [base];
  const rewritten = indirection.map((step): Node => {
    if ('String' in step) return step;
    if (!('A_Indices' in step)) return refuse(`${tagOf(step)} in a subscript`);
    const lower = step.A_Indices.lidx && rewriteExpression(context, scope, step.A_Indices.lidx);
    const upper = step.A_Indices.uidx && rewriteExpression(context, scope, step.A_Indices.uidx);
    for (const bound of [lower, upper]) if (bound !== undefined) parts.push(bound);
    return {
      A_Indices: {
        ...step.A_Indices,
        ...(lower === undefined ? {} : { lidx: lower.node }),
        ...(upper === undefined ? {} : { uidx: upper.node }),
      },
    };
  });
  return merge({ A_Indirection: { arg: base.node, indirection: rewritten } }, undefined, parts, false);
}

/** `column(t)`: a call whose one argument is a whole row, and whose name is a column of it, means `t.column`. */
export function functionalNotation(
  context: StatementContext,
  scope: Scope,
  column: string,
  arg: Node,
): Expr | undefined {
  if (!('ColumnRef' in arg)) return undefined;
  const fields = fieldsOf(arg.ColumnRef);
  const alias = fields.at(-1) ?? fields.at(-2);
  if (alias === undefined || fields.length > 2) return undefined;
  const resolved = resolveBare(scope, alias);
  if (resolved.kind !== 'row' || !resolved.entry.columns.some((candidate) => candidate.name === column))
    return undefined;
  return rewriteColumn(context, scope, {
    fields: [{ String: { sval: alias } }, { String: { sval: column } }],
  });
}
