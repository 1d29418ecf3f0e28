/**
 * What a statement of ours names and how it groups: relations, columns, functions, operators. The Go program makes the
 * same of CockroachDB's tree, so both can be compared. Written apart from the printer, which it judges; a node that
 * is not known throws.
 */
import type {
  CommonTableExpr,
  CopyStmt,
  DeleteStmt,
  InsertStmt,
  JoinExpr,
  Node,
  OnConflictClause,
  RangeFunction,
  RangeVar,
  ReturningClause,
  SelectStmt,
  TypeName,
  UpdateStmt,
  WithClause,
} from '../../src/sql/tree.ts';
import { expression, expressions, order, windowOf } from './summary-expression.ts';

export type Summary = null | string | number | boolean | readonly Summary[] | SummaryRecord;
export interface SummaryRecord {
  readonly [clause: string]: Summary;
}

/** A clause that is absent is left out. */
export function record(clauses: Readonly<Record<string, Summary | undefined>>): SummaryRecord {
  const kept: [string, Summary][] = [];
  for (const [name, value] of Object.entries(clauses)) {
    const isEmpty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) kept.push([name, value as Summary]);
  }
  return Object.fromEntries(kept);
}

/** A node that the comparison does not know, so that nothing is passed over. */
export class UnknownNode extends Error {}

export function unknownNode(node: unknown): UnknownNode {
  const name = typeof node === 'object' && node !== null ? Object.keys(node).join(', ') : String(node);
  return new UnknownNode(name);
}

export function stringOf(node: Node | undefined): string {
  if (node === undefined || !('String' in node)) throw unknownNode(node);
  return node.String.sval ?? '';
}

export function summarise(node: Node): Summary {
  if ('SelectStmt' in node) return query(node.SelectStmt);
  if ('InsertStmt' in node) return insert(node.InsertStmt);
  if ('UpdateStmt' in node) return update(node.UpdateStmt);
  if ('DeleteStmt' in node) return remove(node.DeleteStmt);
  return utility(node);
}

function utility(node: Node): Summary {
  if ('ExplainStmt' in node) {
    const options = (node.ExplainStmt.options ?? []).map((one) =>
      'DefElem' in one ? one.DefElem.defname : '',
    );
    const kind = options.includes('analyze') ? 'explain analyze' : 'explain';
    return { kind, statement: summarise(must(node.ExplainStmt.query)) };
  }
  if ('PrepareStmt' in node) {
    const { name, query: inner } = node.PrepareStmt;
    return { kind: 'prepare', name: name ?? '', statement: summarise(must(inner)) };
  }
  if ('DeclareCursorStmt' in node) {
    const { portalname, query: inner } = node.DeclareCursorStmt;
    return { kind: 'declare', name: portalname ?? '', statement: summarise(must(inner)) };
  }
  if ('CopyStmt' in node) return copy(node.CopyStmt);
  return { kind: 'other', tag: tagOf(node) };
}

function copy({ relation, attlist, query: inner }: CopyStmt): Summary {
  if (inner !== undefined) return { kind: 'copy', statement: summarise(inner) };
  return record({ kind: 'copy', table: tableName(must(relation)), columns: (attlist ?? []).map(stringOf) });
}

const TAGS: Readonly<Record<string, string>> = {
  VariableShowStmt: 'SHOW',
  ExecuteStmt: 'EXECUTE',
  ClosePortalStmt: 'CLOSE',
  DiscardStmt: 'DISCARD ALL',
};

const TRANSACTION_TAGS: Readonly<Record<string, string>> = {
  TRANS_STMT_BEGIN: 'BEGIN',
  TRANS_STMT_START: 'BEGIN',
  TRANS_STMT_COMMIT: 'COMMIT',
  TRANS_STMT_ROLLBACK: 'ROLLBACK',
  TRANS_STMT_SAVEPOINT: 'SAVEPOINT',
  TRANS_STMT_RELEASE: 'RELEASE',
  TRANS_STMT_ROLLBACK_TO: 'ROLLBACK',
  TRANS_STMT_PREPARE: 'PREPARE TRANSACTION',
  TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
  TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};

function tagOf(node: Node): string {
  const [name = ''] = Object.keys(node);
  if ('TransactionStmt' in node) return TRANSACTION_TAGS[node.TransactionStmt.kind ?? ''] ?? name;
  if ('VariableSetStmt' in node) {
    const { name: setting = '', kind } = node.VariableSetStmt;
    if (setting === 'TRANSACTION') return 'SET TRANSACTION';
    return kind === 'VAR_RESET' || kind === 'VAR_RESET_ALL' ? 'RESET' : 'SET';
  }
  if ('FetchStmt' in node) return node.FetchStmt.ismove === true ? 'MOVE' : 'FETCH';
  if ('DeallocateStmt' in node)
    return node.DeallocateStmt.name === undefined ? 'DEALLOCATE ALL' : 'DEALLOCATE';
  if ('DataDefinitionStmt' in node) return verbOf(node.DataDefinitionStmt);
  return TAGS[name] ?? name;
}

/** The node is ours, and not among the parser's. */
function verbOf(statement: unknown): string {
  const isVerb = typeof statement === 'object' && statement !== null && 'verb' in statement;
  if (!isVerb) throw unknownNode(statement);
  return String(statement.verb).toUpperCase();
}

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw unknownNode('of nothing');
  return value;
}

/** A query in brackets or inside of another statement. */
export function queryOf(node: Node | undefined): SummaryRecord {
  if (node === undefined || !('SelectStmt' in node)) throw unknownNode(node);
  return query(node.SelectStmt);
}

const SET_OPERATIONS: Readonly<Record<string, string>> = {
  SETOP_UNION: 'UNION',
  SETOP_INTERSECT: 'INTERSECT',
  SETOP_EXCEPT: 'EXCEPT',
};

function query(select: SelectStmt): SummaryRecord {
  const isAll = select.limitCount !== undefined && isNull(select.limitCount);
  return withTargets(select, {
    ...body(select),
    with: withClause(select.withClause),
    order: (select.sortClause ?? []).map(order),
    limit: isAll || select.limitCount === undefined ? undefined : expression(select.limitCount),
    offset: select.limitOffset === undefined ? undefined : expression(select.limitOffset),
    locking: (select.lockingClause ?? []).map(locking),
  });
}

/** A list of no target is kept: `SELECT FROM t`. */
function withTargets(
  select: SelectStmt,
  clauses: Readonly<Record<string, Summary | undefined>>,
): SummaryRecord {
  const kept = record(clauses);
  return kept.kind === 'select' ? { ...kept, targets: targets(select.targetList ?? []) } : kept;
}

const isNull = (node: Node): boolean => 'A_Const' in node && node.A_Const.isnull === true;

function body(select: SelectStmt): Readonly<Record<string, Summary | undefined>> {
  const operation = SET_OPERATIONS[select.op ?? ''];
  if (operation !== undefined) {
    const [left, right] = [query(must(select.larg)), query(must(select.rarg))];
    return { kind: operation, all: select.all === true, left, right };
  }
  if (select.valuesLists !== undefined)
    return { kind: 'values', rows: select.valuesLists.map((row) => expressions(itemsOf(row))) };
  return clauses(select);
}

function clauses(select: SelectStmt): Readonly<Record<string, Summary | undefined>> {
  const distinct = select.distinctClause;
  const isPlain = distinct?.every((node) => Object.keys(node).length === 0) === true;
  return {
    kind: 'select',
    distinct: isPlain ? true : undefined,
    distinctOn: isPlain ? undefined : expressions(distinct ?? []),
    from: (select.fromClause ?? []).map(relation),
    asOf: select.asOf === undefined ? undefined : expression(select.asOf),
    where: select.whereClause === undefined ? undefined : expression(select.whereClause),
    group: expressions(select.groupClause ?? []),
    having: select.havingClause === undefined ? undefined : expression(select.havingClause),
    windows: (select.windowClause ?? []).map(windowOf),
  };
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined || !('List' in node)) throw unknownNode(node);
  return node.List.items ?? [];
}

function targets(nodes: readonly Node[]): Summary {
  return nodes.map((node) => {
    if (!('ResTarget' in node)) throw unknownNode(node);
    return [expression(must(node.ResTarget.val)), node.ResTarget.name ?? ''];
  });
}

const LOCKS: Readonly<Record<string, string>> = {
  LCS_FORKEYSHARE: 'FOR KEY SHARE',
  LCS_FORSHARE: 'FOR SHARE',
  LCS_FORNOKEYUPDATE: 'FOR NO KEY UPDATE',
  LCS_FORUPDATE: 'FOR UPDATE',
};
const WAITS: Readonly<Record<string, string>> = {
  LockWaitBlock: '',
  LockWaitSkip: 'SKIP LOCKED',
  LockWaitError: 'NOWAIT',
};

function locking(node: Node): Summary {
  if (!('LockingClause' in node)) throw unknownNode(node);
  const { strength, lockedRels, waitPolicy } = node.LockingClause;
  const names = (lockedRels ?? []).map((one) => {
    if (!('RangeVar' in one)) throw unknownNode(one);
    return tableName(one.RangeVar);
  });
  return [must(LOCKS[strength ?? '']), names, must(WAITS[waitPolicy ?? 'LockWaitBlock'])];
}

const MATERIALIZED: Readonly<Record<string, number>> = {
  CTEMaterializeDefault: 0,
  CTEMaterializeAlways: 1,
  CTEMaterializeNever: 2,
};

function withClause(clause: WithClause | undefined): Summary | undefined {
  if (clause === undefined) return undefined;
  const queries = (clause.ctes ?? []).map((node) => {
    if (!('CommonTableExpr' in node)) throw unknownNode(node);
    return commonTable(node.CommonTableExpr);
  });
  return { recursive: clause.recursive === true, queries };
}

function commonTable(cte: CommonTableExpr): Summary {
  return {
    name: [cte.ctename ?? '', (cte.aliascolnames ?? []).map(stringOf)],
    materialized: must(MATERIALIZED[cte.ctematerialized ?? 'CTEMaterializeDefault']),
    statement: summarise(must(cte.ctequery)),
  };
}

export function tableName(relation: RangeVar): Summary {
  const parts = [relation.catalogname, relation.schemaname, relation.relname];
  return parts.filter((part) => part !== undefined);
}

function table(relation: RangeVar): SummaryRecord {
  return record({
    table: tableName(relation),
    index: (relation.indexHint ?? []).map(hint).join(','),
    alias: alias(relation.alias),
  });
}

function hint(node: Node): string {
  if (!('DefElem' in node)) throw unknownNode(node);
  const { defname = '', arg } = node.DefElem;
  return arg === undefined ? defname.toUpperCase() : `${defname.toUpperCase()}=${stringOf(arg)}`;
}

function alias(node: { aliasname?: string; colnames?: Node[] } | undefined): Summary | undefined {
  return node === undefined ? undefined : [node.aliasname ?? '', (node.colnames ?? []).map(stringOf)];
}

function relation(node: Node): SummaryRecord {
  if ('RangeVar' in node) return table(node.RangeVar);
  if ('JoinExpr' in node) return join(node.JoinExpr);
  if ('RangeFunction' in node) return functions(node.RangeFunction);
  if (!('RangeSubselect' in node)) throw unknownNode(node);
  const { subquery, lateral, alias: name } = node.RangeSubselect;
  return record({
    query: queryOf(subquery),
    lateral: lateral === true ? true : undefined,
    alias: alias(name),
  });
}

const JOINS: Readonly<Record<string, string>> = {
  JOIN_INNER: 'INNER',
  JOIN_LEFT: 'LEFT',
  JOIN_FULL: 'FULL',
  JOIN_RIGHT: 'RIGHT',
};

function join(node: JoinExpr): SummaryRecord {
  return record({
    join: must(JOINS[node.jointype ?? 'JOIN_INNER']),
    left: relation(must(node.larg)),
    right: relation(must(node.rarg)),
    hint: node.joinHint?.toUpperCase(),
    natural: node.isNatural === true ? true : undefined,
    on: node.quals === undefined ? undefined : expression(node.quals),
    using: (node.usingClause ?? []).map(stringOf),
    alias: alias(node.alias),
  });
}

function functions(node: RangeFunction): SummaryRecord {
  const calls = (node.functions ?? []).map((one) => expression(must(itemsOf(one)[0])));
  const columns = (node.coldeflist ?? []).map((one) => {
    if (!('ColumnDef' in one)) throw unknownNode(one);
    return [one.ColumnDef.colname ?? '', typeText(must(one.ColumnDef.typeName))];
  });
  return record({
    functions: calls,
    ordinality: node.ordinality === true ? true : undefined,
    lateral: node.lateral === true ? true : undefined,
    alias: columns.length > 0 ? [node.alias?.aliasname ?? '', columns] : alias(node.alias),
  });
}

function insert(node: InsertStmt): SummaryRecord {
  if (node.override !== undefined && node.override !== 'OVERRIDING_NOT_SET') throw unknownNode(node.override);
  return record({
    kind: 'insert',
    table: table(must(node.relation)),
    with: withClause(node.withClause),
    columns: (node.cols ?? []).map(columnName),
    rows: node.selectStmt === undefined ? undefined : queryOf(node.selectStmt),
    upsert: node.upsert === true ? true : undefined,
    conflict: node.onConflictClause === undefined ? undefined : conflict(node.onConflictClause),
    returning: returning(node.returningClause),
  });
}

function columnName(node: Node): string {
  if (!('ResTarget' in node) || node.ResTarget.indirection !== undefined) throw unknownNode(node);
  return node.ResTarget.name ?? '';
}

function conflict(node: OnConflictClause): Summary {
  const columns = (node.infer?.indexElems ?? []).map((one) => {
    if (!('IndexElem' in one) || one.IndexElem.name === undefined) throw unknownNode(one);
    return one.IndexElem.name;
  });
  const arbiter = node.infer?.whereClause;
  return record({
    nothing: node.action === 'ONCONFLICT_NOTHING' ? true : undefined,
    columns,
    constraint: node.infer?.conname,
    arbiter: arbiter === undefined ? undefined : expression(arbiter),
    set: assignments(node.targetList ?? []),
    where: node.whereClause === undefined ? undefined : expression(node.whereClause),
  });
}

/** `(a, b) = …` is one reference to its source for each column in our tree. */
function assignments(nodes: readonly Node[]): Summary {
  const items: Summary[] = [];
  let names: string[] = [];
  for (const node of nodes) {
    const name = columnName(node);
    const value = must('ResTarget' in node ? node.ResTarget.val : undefined);
    if (!('MultiAssignRef' in value)) {
      items.push([[name], false, expression(value)]);
      continue;
    }
    const { colno, ncolumns, source } = value.MultiAssignRef;
    names = colno === 1 ? [name] : [...names, name];
    if (colno === ncolumns) items.push([names, true, expression(must(source))]);
  }
  return items;
}

function update(node: UpdateStmt): SummaryRecord {
  return record({
    kind: 'update',
    table: table(must(node.relation)),
    set: assignments(node.targetList ?? []),
    with: withClause(node.withClause),
    from: (node.fromClause ?? []).map(relation),
    where: node.whereClause === undefined ? undefined : expression(node.whereClause),
    order: (node.sortClause ?? []).map(order),
    limit: node.limitCount === undefined ? undefined : expression(node.limitCount),
    returning: returning(node.returningClause),
  });
}

function remove(node: DeleteStmt): SummaryRecord {
  return record({
    kind: 'delete',
    table: table(must(node.relation)),
    with: withClause(node.withClause),
    from: (node.usingClause ?? []).map(relation),
    where: node.whereClause === undefined ? undefined : expression(node.whereClause),
    order: (node.sortClause ?? []).map(order),
    limit: node.limitCount === undefined ? undefined : expression(node.limitCount),
    returning: returning(node.returningClause),
  });
}

function returning(clause: ReturningClause | undefined): Summary | undefined {
  if (clause?.nothing === true) return 'nothing';
  return clause === undefined ? undefined : targets(clause.exprs ?? []);
}

/** Names of our tree to the names that CockroachDB writes for the same types. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['text', 'STRING'],
  ['bytea', 'BYTES'],
  ['numeric', 'DECIMAL'],
  ['json', 'JSONB'],
  ['char', '"char"'],
]);

/** Types that CockroachDB writes as we name them, in capitals. */
const CAPITALS = new Set(
  'bool int2 int4 int8 float4 float8 varchar bpchar bit varbit date time timetz timestamp timestamptz uuid jsonb oid inet name regclass regtype regproc regnamespace regrole'.split(
    ' ',
  ),
);

/** Types that CockroachDB writes without a length of 1. */
const OF_LENGTH_ONE: ReadonlyMap<string, string> = new Map([
  ['bpchar', 'CHAR'],
  ['bit', 'BIT'],
]);

export function typeText(type: TypeName): string {
  const names = (type.names ?? []).map(stringOf);
  const isBuiltin = names.length === 1 || names[0] === 'pg_catalog';
  const last = names.at(-1) ?? '';
  const isArray = isBuiltin && last.startsWith('_');
  const name = isArray ? last.slice(1) : last;
  const text = isBuiltin ? builtinText(name, (type.typmods ?? []).map(modifier)) : names.join('.');
  return text + [...(isArray ? [''] : []), ...(type.arrayBounds ?? [])].map(() => '[]').join('');
}

function modifier(node: Node): string {
  const summary = expression(node);
  return Array.isArray(summary) ? String(summary[1]) : '';
}

function builtinText(name: string, modifiers: readonly string[]): string {
  if (name === 'interval') return intervalText(modifiers);
  const ofOne = OF_LENGTH_ONE.get(name);
  if (ofOne !== undefined && modifiers.length > 0)
    return modifiers[0] === '1' ? ofOne : `${ofOne}(${modifiers.join(',')})`;
  const base = TYPES.get(name) ?? (CAPITALS.has(name) ? name.toUpperCase() : name);
  return modifiers.length > 0 ? `${base}(${modifiers.join(',')})` : base;
}

/** INTERVAL_MASK(..) of datetime.h. */
const INTERVAL_FIELDS: ReadonlyMap<string, string> = new Map([
  ['32767', ''],
  ['4', ' YEAR'],
  ['2', ' MONTH'],
  ['8', ' DAY'],
  ['1024', ' HOUR'],
  ['2048', ' MINUTE'],
  ['4096', ' SECOND'],
  ['6', ' YEAR TO MONTH'],
  ['1032', ' DAY TO HOUR'],
  ['3080', ' DAY TO MINUTE'],
  ['7176', ' DAY TO SECOND'],
  ['3072', ' HOUR TO MINUTE'],
  ['7168', ' HOUR TO SECOND'],
  ['6144', ' MINUTE TO SECOND'],
]);

function intervalText([mask, precision]: readonly string[]): string {
  const fields = mask === undefined ? '' : must(INTERVAL_FIELDS.get(mask));
  return `INTERVAL${fields}${precision === undefined ? '' : `(${precision})`}`;
}
