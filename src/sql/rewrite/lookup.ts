/**
 * A lookup rule opens one row to a statement that reads its relation alone, by equality on a unique key with one value.
 * The shape is narrow so that an injection cannot widen it: no set operation, join, CTE, further sub-select or OR around the key.
 */
import type { LookupAccess, RelationAccess } from '../../policy/index.ts';
import { and, columnRef, conjuncts, operator } from '../build.ts';
import { Scope } from '../resolve/scope.ts';
import type { Node, RangeVar, SelectStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { rewriteExpression } from './expression.ts';
import { compilePredicate } from './predicate.ts';

export interface Lookup {
  readonly range: RangeVar;
  readonly access: RelationAccess;
  readonly lookup: LookupAccess;
  /** The value given for each key column. */
  readonly values: ReadonlyMap<string, Node>;
}

/** The lookup that a statement is, if it has the shape and a rule opens it. */
export function findLookup(context: StatementContext, statement: SelectStmt): Lookup | undefined {
  const inner = innermost(statement);
  if (inner === undefined || countSelects(statement) !== inner.depth) return undefined;
  const range = onlyRange(inner.select);
  if (range === undefined || context.catalog === undefined) return undefined;
  const access = context.relation(range);
  for (const lookup of access.lookups) {
    const values = keyValues(inner.select, range.alias?.aliasname ?? range.relname ?? '', lookup.keyColumns);
    if (values !== undefined) return { range, access, lookup, values };
  }
  return undefined;
}

/** Follows `SELECT … FROM (SELECT …)` and `SELECT EXISTS (SELECT …)` down to the select that reads. */
function innermost(statement: SelectStmt): { select: SelectStmt; depth: number } | undefined {
  let select = statement;
  for (let depth = 1; ; depth += 1) {
    if (!isPlain(select)) return undefined;
    const next = derivedTable(select) ?? existsTarget(select);
    if (next === undefined) return { select, depth };
    select = next;
  }
}

function isPlain(select: SelectStmt): boolean {
  const single = (select.op ?? 'SETOP_NONE') === 'SETOP_NONE' && select.valuesLists === undefined;
  return single && select.withClause === undefined && select.lockingClause === undefined;
}

function derivedTable(select: SelectStmt): SelectStmt | undefined {
  const [item] = select.fromClause ?? [];
  if (select.fromClause?.length !== 1 || item === undefined || !('RangeSubselect' in item)) return undefined;
  const { subquery, lateral } = item.RangeSubselect;
  if (lateral === true || select.whereClause !== undefined || subquery === undefined) return undefined;
  return 'SelectStmt' in subquery ? subquery.SelectStmt : undefined;
}

function existsTarget(select: SelectStmt): SelectStmt | undefined {
  const [item] = select.targetList ?? [];
  if (select.fromClause !== undefined || select.whereClause !== undefined || select.targetList?.length !== 1)
    return undefined;
  const value = item !== undefined && 'ResTarget' in item ? item.ResTarget.val : undefined;
  if (value === undefined || !('SubLink' in value) || value.SubLink.subLinkType !== 'EXISTS_SUBLINK')
    return undefined;
  const query = value.SubLink.subselect;
  return query !== undefined && 'SelectStmt' in query ? query.SelectStmt : undefined;
}

/** Selects anywhere in the tree: more than those on the way down means that something else is read or computed beside. */
function countSelects(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countSelects(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'limitOption' in value && 'op' in value ? 1 : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + countSelects(item), own);
}

function onlyRange(select: SelectStmt): RangeVar | undefined {
  const [item] = select.fromClause ?? [];
  if (select.fromClause?.length !== 1 || item === undefined || !('RangeVar' in item)) return undefined;
  return item.RangeVar.alias?.colnames === undefined ? item.RangeVar : undefined;
}

function keyValues(
  select: SelectStmt,
  alias: string,
  keys: readonly string[],
): ReadonlyMap<string, Node> | undefined {
  const found = new Map<string, Node>();
  const where = select.whereClause;
  for (const conjunct of where === undefined ? [] : conjuncts(where)) {
    const equality = keyEquality(conjunct, alias);
    if (equality !== undefined && keys.includes(equality.column)) found.set(equality.column, equality.value);
  }
  return keys.every((key) => found.has(key)) ? found : undefined;
}

function keyEquality(node: Node, alias: string): { column: string; value: Node } | undefined {
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP' || node.A_Expr.name?.length !== 1)
    return undefined;
  const [op] = node.A_Expr.name;
  if (op === undefined || !('String' in op) || op.String.sval !== '=') return undefined;
  const { lexpr, rexpr } = node.A_Expr;
  if (lexpr === undefined || rexpr === undefined) return undefined;
  const left = columnOf(lexpr, alias);
  if (left !== undefined && isValue(rexpr)) return { column: left, value: rexpr };
  const right = columnOf(rexpr, alias);
  return right !== undefined && isValue(lexpr) ? { column: right, value: lexpr } : undefined;
}

function columnOf(node: Node, alias: string): string | undefined {
  if (!('ColumnRef' in node)) return undefined;
  const names = (node.ColumnRef.fields ?? []).map((field) =>
    'String' in field ? (field.String.sval ?? '') : undefined,
  );
  const column = names.at(-1);
  if (names.length > 3 || (names.length > 1 && names.at(-2) !== alias)) return undefined;
  return column;
}

/** A literal or parameter, cast or not. */
function isValue(node: Node): boolean {
  if ('TypeCast' in node) return node.TypeCast.arg !== undefined && isValue(node.TypeCast.arg);
  return 'ParamRef' in node || ('A_Const' in node && node.A_Const.isnull !== true);
}

/** The row that the lookup opens, and the columns it shows. */
export function compileLookup(
  context: StatementContext,
  lookup: Lookup,
  alias: string,
): { readonly condition: Node; readonly columns: ReadonlySet<string> } {
  const nowhere = new Scope(undefined);
  const equalities = [...lookup.values].map(([column, value]) =>
    operator('=', columnRef(alias, column), rewriteExpression(context, nowhere, value).node),
  );
  const boundary = compilePredicate(context, lookup.lookup.boundary, alias);
  const bounded = lookup.lookup.boundary.kind === 'true' ? equalities : [...equalities, boundary];
  // The caller gave the key, and the condition above the relation tests it once more.
  const columns = new Set([...lookup.lookup.columns, ...lookup.lookup.keyColumns]);
  return { condition: and(bounded), columns };
}
