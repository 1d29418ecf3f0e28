/**
 * What PostgreSQL's grammar has and CockroachDB's lacks. A statement that holds such a thing is refused by its name, before
 * CockroachDB would answer with a syntax error or read it as something else.
 *
 * Source: cockroachdb/cockroach, pkg/sql/parser/sql.y, read at v25.2.
 */
import { type KnownKind, type NodeOf, unsupported, walkTree } from '../nodes.ts';
import { isCockroachOperator } from '../parse/cockroachdb/operators.ts';
import type { A_Expr, FuncCall, InferClause, Node, RangeFunction, SubLink, TypeName } from '../tree.ts';
import { asKind } from '../walk.ts';
import { stringOf } from './writer.ts';

/** Throws CORDON_UNSUPPORTED that names the construct. */
export function checkCockroach(statement: Node): void {
  walkTree(statement, (node, kind) => {
    const lacking = LACKING[kind] as ((body: unknown) => string | undefined) | undefined;
    const construct = lacking?.((node as unknown as Record<string, unknown>)[kind]);
    if (construct !== undefined) throw unsupported(`${construct} on CockroachDB`);
    return true;
  });
}

type Lacking = { readonly [K in KnownKind]?: (body: NodeOf<K>) => string | undefined };

/** By kind of node: the name of what CockroachDB lacks, if the node has it. */
const LACKING: Lacking = {
  A_Const: (constant) =>
    constant.bsval?.bsval?.startsWith('x') === true ? 'a bit string in hexadecimal' : undefined,
  A_Expr: ofExpression,
  SubLink: ofSubLink,
  FuncCall: ofCall,
  GroupingFunc: () => 'GROUPING',
  GroupingSet: () => 'ROLLUP, CUBE or GROUPING SETS',
  JsonObjectConstructor: () => 'JSON_OBJECT(..)',
  JsonArrayConstructor: () => 'JSON_ARRAY(..)',
  JsonIsPredicate: () => 'IS JSON',
  A_Indirection: ({ indirection }) => ofIndirection(indirection ?? []),
  TypeName: ofType,
  CollateClause: (collate) =>
    (collate.collname?.length ?? 0) > 1 ? 'a collation with its schema' : undefined,
  SortBy: (sort) => (sort.sortby_dir === 'SORTBY_USING' ? 'ORDER BY .. USING' : undefined),
  SelectStmt: (select) => {
    if (select.groupDistinct === true) return 'GROUP BY DISTINCT';
    return select.limitOption === 'LIMIT_OPTION_WITH_TIES' ? 'FETCH FIRST .. WITH TIES' : undefined;
  },
  InsertStmt: (insert) =>
    (insert.override ?? 'OVERRIDING_NOT_SET') === 'OVERRIDING_NOT_SET' ? undefined : 'OVERRIDING .. VALUE',
  OnConflictClause: (clause) =>
    clause.action === 'ONCONFLICT_UPDATE' && clause.infer === undefined
      ? 'DO UPDATE for any conflict'
      : undefined,
  InferClause: ofInference,
  ResTarget: (target) => (target.indirection === undefined ? undefined : 'a part of a column as a target'),
  MultiAssignRef: ({ source }) => {
    const isRow = asKind(source, 'RowExpr')?.row_format === 'COERCE_IMPLICIT_CAST';
    return isRow || asKind(source, 'SubLink') !== undefined ? undefined : 'this source of several columns';
  },
  JoinExpr: (join) => (join.join_using_alias === undefined ? undefined : 'an alias behind USING'),
  RangeFunction: ofFunction,
  CommonTableExpr: (cte) =>
    cte.search_clause === undefined && cte.cycle_clause === undefined ? undefined : 'SEARCH or CYCLE',
  TransactionStmt: (transaction) => (transaction.chain === true ? 'AND CHAIN' : undefined),
  DiscardStmt: (discard) => (discard.target === 'DISCARD_PLANS' ? 'DISCARD PLANS' : undefined),
  ConstraintsSetStmt: () => 'SET CONSTRAINTS',
  ExplainStmt: (explain) =>
    (explain.options ?? []).some((option) => asKind(option, 'DefElem')?.arg !== undefined)
      ? 'an option of EXPLAIN with a value'
      : undefined,
};

const PREFIXES: ReadonlySet<string> = new Set(['-', '+', '~', '|/', '||/']);
const PREFIXES_ONLY: ReadonlySet<string> = new Set(['|/', '||/']);
const PATTERNS: ReadonlySet<string> = new Set(['~~', '!~~', '~~*', '!~~*']);

/** `infix` false: the operator stands before its only operand. */
function ofOperator(names: readonly Node[] | undefined, infix: boolean): string | undefined {
  const parts = (names ?? []).map(stringOf);
  const symbol = parts.pop() ?? '';
  if (parts.length > 1 || (parts.length === 1 && parts[0] !== 'pg_catalog')) return 'an operator of a schema';
  const known = infix ? isCockroachOperator(symbol) && !PREFIXES_ONLY.has(symbol) : PREFIXES.has(symbol);
  return known ? undefined : `the operator ${symbol}`;
}

function ofExpression(expression: A_Expr): string | undefined {
  switch (expression.kind ?? 'AEXPR_OP') {
    case 'AEXPR_OP':
      return ofOperator(expression.name, expression.lexpr !== undefined);
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return ofQuantified(expression.name);
    default:
      return undefined;
  }
}

function ofSubLink(link: SubLink): string | undefined {
  return link.operName === undefined ? undefined : ofQuantified(link.operName);
}

/** Operators that compare; before ANY and ALL there may be no others, and `~` is taken for `=` there (sql.y, v25.2). */
const COMPARISONS: ReadonlySet<string> = new Set([
  '=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  '!~',
  '~*',
  '!~*',
  '@>',
  '<@',
  '?',
  '?|',
  '?&',
  '&&',
  '@@',
  '<<=',
  '>>=',
]);

/** Patterns are printed as words there. */
function ofQuantified(names: readonly Node[] | undefined): string | undefined {
  const [only] = names ?? [];
  if (names?.length === 1 && only !== undefined && PATTERNS.has(stringOf(only))) return undefined;
  const symbol = stringOf(names?.at(-1) ?? { String: {} });
  return COMPARISONS.has(symbol) ? ofOperator(names, true) : `the operator ${symbol} before ANY or ALL`;
}

/** Types of PostgreSQL that CockroachDB knows by name, to say that it lacks them. */
const TYPES_LACKING: ReadonlySet<string> = new Set([
  'box',
  'cidr',
  'circle',
  'line',
  'lseg',
  'macaddr',
  'macaddr8',
  'money',
  'path',
  'point',
  'polygon',
  'txid_snapshot',
  'xml',
]);

function ofType(type: TypeName): string | undefined {
  if ((type.arrayBounds?.length ?? 0) > 1) return 'an array type of several dimensions';
  const name = (type.names ?? []).map(stringOf).at(-1) ?? '';
  return TYPES_LACKING.has(name) ? `the type ${name}` : undefined;
}

/** Forms of the grammar that are calls in the tree. */
const SYNTAX: Readonly<Record<string, string>> = {
  normalize: 'NORMALIZE',
  is_normalized: 'IS NORMALIZED',
  system_user: 'SYSTEM_USER',
};

function ofCall(call: FuncCall): string | undefined {
  if (call.func_variadic === true) return 'VARIADIC';
  if ((call.args ?? []).some((arg) => asKind(arg, 'NamedArgExpr') !== undefined)) return 'a named argument';
  if (call.agg_within_group === true && call.agg_order?.length !== 1)
    return 'WITHIN GROUP of several columns';
  if (call.agg_distinct === true && call.agg_order !== undefined) return 'DISTINCT beside ORDER BY in a call';
  if (call.funcformat !== 'COERCE_SQL_SYNTAX') return undefined;
  const name = (call.funcname ?? []).map(stringOf).at(-1) ?? '';
  if (name === 'timezone' && call.args?.length !== 2) return 'AT LOCAL';
  return Object.hasOwn(SYNTAX, name) ? SYNTAX[name] : undefined;
}

/** A field of a row may be taken once, before subscripts. */
function ofIndirection(parts: readonly Node[]): string | undefined {
  const isSubscript = (part: Node): boolean => asKind(part, 'A_Indices') !== undefined;
  return parts.slice(1).every(isSubscript) ? undefined : 'a field of a field';
}

function ofInference(infer: InferClause): string | undefined {
  const plain = (infer.indexElems ?? []).every((node) => {
    const element = asKind(node, 'IndexElem');
    const { name, ordering, nulls_ordering: nulls, ...others } = element ?? {};
    const directed = (ordering ?? 'SORTBY_DEFAULT') !== 'SORTBY_DEFAULT';
    const nullsFirst = (nulls ?? 'SORTBY_NULLS_DEFAULT') !== 'SORTBY_NULLS_DEFAULT';
    return name !== undefined && !directed && !nullsFirst && Object.keys(others).length === 0;
  });
  return plain ? undefined : 'ON CONFLICT with more than the names of columns';
}

/** Calls that stand in FROM under their own name; others would have to be in brackets. */
const IN_FROM: readonly KnownKind[] = [
  'FuncCall',
  'SQLValueFunction',
  'CoalesceExpr',
  'MinMaxExpr',
  'TypeCast',
];

function ofFunction(item: RangeFunction): string | undefined {
  const pairs = (item.functions ?? []).map((pair) => asKind(pair, 'List')?.items ?? []);
  if (pairs.some(([, columns]) => asKind(columns, 'List') !== undefined))
    return 'columns of a function in ROWS FROM';
  if (item.coldeflist !== undefined && (item.alias === undefined || item.lateral === true))
    return 'columns of a function without alias or LATERAL';
  if (pairs.some(([call]) => !IN_FROM.some((kind) => asKind(call, kind) !== undefined)))
    return 'this expression in FROM';
  return undefined;
}
