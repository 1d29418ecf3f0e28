/**
 * Every kind of node that Cordon reads, rewrites and prints, with all its fields. What is not in this table is
 * refused, wherever it stands: an unknown kind, field or enum value never passes by being overlooked.
 *
 * The table exists because fields of a fixed type carry no tag in the tree, so a walk that follows tags alone
 * passes over them.
 */
import type { Node } from './tree.ts';

type KeysOfUnion<U> = U extends unknown ? keyof U : never;

/** The tag of a node. */
export type NodeKind = KeysOfUnion<Node>;

/** What stands behind a tag. */
export type NodeOf<K extends NodeKind> = Extract<Node, { [P in K]: unknown }>[K];

/** How a field of a node is read. */
export type Field =
  /** A tagged node. */
  | { readonly is: 'node' }
  /** Tagged nodes; with `holes`, also `{}`, which stands for nothing. */
  | { readonly is: 'list'; readonly holes: boolean }
  /** A node of this kind without its tag. */
  | { readonly is: 'typed'; readonly kind: NodeKind }
  | { readonly is: 'text' }
  /** `absent`: the number that a left-out field means. */
  | { readonly is: 'number'; readonly absent: number }
  | { readonly is: 'bool' }
  /** The first value is what a left-out field means. */
  | { readonly is: 'enum'; readonly values: readonly string[]; readonly same: readonly string[] }
  /** Locations, and what the grammar sets without a meaning for the statement. */
  | { readonly is: 'ignored' }
  | { readonly is: 'refused' };

type NodeField = Extract<Field, { is: 'node' }>;
type ListField = Extract<Field, { is: 'list' }>;
type TypedField = Extract<Field, { is: 'typed' }>;
type TextField = Extract<Field, { is: 'text' }>;
type NumberField = Extract<Field, { is: 'number' }>;
type BoolField = Extract<Field, { is: 'bool' }>;
type EnumField = Extract<Field, { is: 'enum' }>;
type SkippedField = Extract<Field, { is: 'ignored' | 'refused' }>;

/** The fields that fit the type of a value, so that the table cannot misread a node without a type error. */
type FieldFor<V> =
  | SkippedField
  | ([V] extends [boolean]
      ? BoolField
      : [V] extends [number | bigint]
        ? NumberField
        : [V] extends [string]
          ? string extends V
            ? TextField
            : EnumField
          : [V] extends [readonly unknown[]]
            ? ListField
            : [V] extends [Node]
              ? NodeField
              : TypedField);

type Fields<K extends NodeKind> = {
  readonly [F in keyof Required<NodeOf<K>>]: FieldFor<NonNullable<NodeOf<K>[F]>>;
};

const node: NodeField = { is: 'node' };
const list: ListField = { is: 'list', holes: false };
const holes: ListField = { is: 'list', holes: true };
const text: TextField = { is: 'text' };
const number: NumberField = { is: 'number', absent: 0 };
const bool: BoolField = { is: 'bool' };
const ignored: SkippedField = { is: 'ignored' };
const refused: SkippedField = { is: 'refused' };
const typed = (kind: NodeKind): TypedField => ({ is: 'typed', kind });
const numberOr = (absent: number): NumberField => ({ is: 'number', absent });
/** Values that may stand in the tree; the first is what a left-out field means. */
const oneOf = (...values: string[]): EnumField => ({ is: 'enum', values, same: [] });

const define = <T extends { readonly [K in NodeKind]?: Fields<K> }>(table: T): T => table;

const VALUES = define({
  Integer: { ival: number },
  Float: { fval: text },
  Boolean: { boolval: bool },
  String: { sval: text },
  BitString: { bsval: text },
  List: { items: holes },
  A_Const: {
    ival: typed('Integer'),
    fval: typed('Float'),
    boolval: typed('Boolean'),
    sval: typed('String'),
    bsval: typed('BitString'),
    isnull: bool,
    location: ignored,
  },
  ParamRef: { number, location: ignored },
});

const NAMES = define({
  Alias: { aliasname: text, colnames: list },
  RangeVar: {
    indexHint: list,
    catalogname: text,
    schemaname: text,
    relname: text,
    inh: bool,
    // Only CREATE and SELECT INTO, which are refused, make anything but permanent relations.
    relpersistence: ignored,
    alias: typed('Alias'),
    location: ignored,
  },
  ColumnRef: { fields: list, location: ignored },
  A_Star: {},
  TypeName: {
    names: list,
    typeOid: refused,
    setof: refused,
    pct_type: refused,
    typmods: list,
    // Always -1 before analysis.
    typemod: ignored,
    arrayBounds: list,
    location: ignored,
  },
  CollateClause: { arg: node, collname: list, location: ignored },
});

const EXPRESSIONS = define({
  A_Expr: {
    kind: oneOf(
      'AEXPR_OP',
      'AEXPR_OP_ANY',
      'AEXPR_OP_ALL',
      'AEXPR_DISTINCT',
      'AEXPR_NOT_DISTINCT',
      'AEXPR_NULLIF',
      'AEXPR_IN',
      'AEXPR_LIKE',
      'AEXPR_ILIKE',
      'AEXPR_SIMILAR',
      'AEXPR_BETWEEN',
      'AEXPR_NOT_BETWEEN',
      'AEXPR_BETWEEN_SYM',
      'AEXPR_NOT_BETWEEN_SYM',
    ),
    name: list,
    lexpr: node,
    rexpr: node,
    rexpr_list_start: ignored,
    rexpr_list_end: ignored,
    location: ignored,
  },
  BoolExpr: { xpr: refused, boolop: oneOf('AND_EXPR', 'OR_EXPR', 'NOT_EXPR'), args: list, location: ignored },
  NullTest: {
    xpr: refused,
    arg: node,
    nulltesttype: oneOf('IS_NULL', 'IS_NOT_NULL'),
    argisrow: refused,
    location: ignored,
  },
  BooleanTest: {
    xpr: refused,
    arg: node,
    booltesttype: oneOf('IS_TRUE', 'IS_NOT_TRUE', 'IS_FALSE', 'IS_NOT_FALSE', 'IS_UNKNOWN', 'IS_NOT_UNKNOWN'),
    location: ignored,
  },
  CaseExpr: {
    xpr: refused,
    casetype: refused,
    casecollid: refused,
    arg: node,
    args: list,
    defresult: node,
    location: ignored,
  },
  CaseWhen: { xpr: refused, expr: node, result: node, location: ignored },
  CoalesceExpr: {
    xpr: refused,
    coalescetype: refused,
    coalescecollid: refused,
    args: list,
    location: ignored,
  },
  MinMaxExpr: {
    xpr: refused,
    minmaxtype: refused,
    minmaxcollid: refused,
    inputcollid: refused,
    op: oneOf('IS_GREATEST', 'IS_LEAST'),
    args: list,
    location: ignored,
  },
  SQLValueFunction: {
    xpr: refused,
    op: oneOf(
      'SVFOP_CURRENT_DATE',
      'SVFOP_CURRENT_TIME',
      'SVFOP_CURRENT_TIME_N',
      'SVFOP_CURRENT_TIMESTAMP',
      'SVFOP_CURRENT_TIMESTAMP_N',
      'SVFOP_LOCALTIME',
      'SVFOP_LOCALTIME_N',
      'SVFOP_LOCALTIMESTAMP',
      'SVFOP_LOCALTIMESTAMP_N',
      'SVFOP_CURRENT_ROLE',
      'SVFOP_CURRENT_USER',
      'SVFOP_USER',
      'SVFOP_SESSION_USER',
      'SVFOP_CURRENT_CATALOG',
      'SVFOP_CURRENT_SCHEMA',
    ),
    type: refused,
    typmod: numberOr(-1),
    location: ignored,
  },
  FuncCall: {
    funcname: list,
    args: list,
    agg_order: list,
    agg_filter: node,
    over: typed('WindowDef'),
    agg_within_group: bool,
    agg_star: bool,
    agg_distinct: bool,
    func_variadic: bool,
    funcformat: oneOf('COERCE_EXPLICIT_CALL', 'COERCE_SQL_SYNTAX'),
    location: ignored,
  },
  NamedArgExpr: { xpr: refused, arg: node, name: text, argnumber: ignored, location: ignored },
  TypeCast: { arg: node, typeName: typed('TypeName'), location: ignored },
  A_Indices: { is_slice: bool, lidx: node, uidx: node },
  A_Indirection: { arg: node, indirection: list },
  A_ArrayExpr: { elements: list, list_start: ignored, list_end: ignored, location: ignored },
  RowExpr: {
    xpr: refused,
    args: list,
    row_typeid: refused,
    row_format: oneOf('COERCE_EXPLICIT_CALL', 'COERCE_IMPLICIT_CAST'),
    colnames: refused,
    location: ignored,
  },
  SubLink: {
    xpr: refused,
    subLinkType: oneOf('EXISTS_SUBLINK', 'ALL_SUBLINK', 'ANY_SUBLINK', 'EXPR_SUBLINK', 'ARRAY_SUBLINK'),
    subLinkId: refused,
    testexpr: node,
    operName: list,
    subselect: node,
    location: ignored,
  },
  GroupingFunc: { xpr: refused, args: list, refs: refused, agglevelsup: refused, location: ignored },
  SetToDefault: { xpr: refused, typeId: refused, typeMod: ignored, collation: refused, location: ignored },
});

const JSON_FORMAT = oneOf('JS_FORMAT_DEFAULT', 'JS_FORMAT_JSON');
const JSON_ENCODING = oneOf('JS_ENC_DEFAULT', 'JS_ENC_UTF8', 'JS_ENC_UTF16', 'JS_ENC_UTF32');

const JSON_EXPRESSIONS = define({
  JsonFormat: { format_type: JSON_FORMAT, encoding: JSON_ENCODING, location: ignored },
  JsonReturning: { format: typed('JsonFormat'), typid: refused, typmod: ignored },
  JsonOutput: { typeName: typed('TypeName'), returning: typed('JsonReturning') },
  JsonValueExpr: { raw_expr: node, formatted_expr: refused, format: typed('JsonFormat') },
  JsonKeyValue: { key: node, value: typed('JsonValueExpr') },
  JsonObjectConstructor: {
    exprs: list,
    output: typed('JsonOutput'),
    absent_on_null: bool,
    unique: bool,
    location: ignored,
  },
  JsonArrayConstructor: { exprs: list, output: typed('JsonOutput'), absent_on_null: bool, location: ignored },
  JsonIsPredicate: {
    expr: node,
    format: typed('JsonFormat'),
    item_type: oneOf('JS_TYPE_ANY', 'JS_TYPE_OBJECT', 'JS_TYPE_ARRAY', 'JS_TYPE_SCALAR'),
    unique_keys: bool,
    location: ignored,
  },
});

const SORT_DIRECTION = oneOf('SORTBY_DEFAULT', 'SORTBY_ASC', 'SORTBY_DESC', 'SORTBY_USING');
const SORT_NULLS = oneOf('SORTBY_NULLS_DEFAULT', 'SORTBY_NULLS_FIRST', 'SORTBY_NULLS_LAST');

const CLAUSES = define({
  ResTarget: { name: text, indirection: list, val: node, location: ignored },
  MultiAssignRef: { source: node, colno: number, ncolumns: number },
  SortBy: { node, sortby_dir: SORT_DIRECTION, sortby_nulls: SORT_NULLS, useOp: list, location: ignored },
  WindowDef: {
    name: text,
    refname: text,
    partitionClause: list,
    orderClause: list,
    // FRAMEOPTION_DEFAULTS of parsenodes.h: RANGE UNBOUNDED PRECEDING to CURRENT ROW.
    frameOptions: numberOr(0x422),
    startOffset: node,
    endOffset: node,
    location: ignored,
  },
  GroupingSet: {
    kind: oneOf(
      'GROUPING_SET_EMPTY',
      'GROUPING_SET_SIMPLE',
      'GROUPING_SET_ROLLUP',
      'GROUPING_SET_CUBE',
      'GROUPING_SET_SETS',
    ),
    content: list,
    location: ignored,
  },
  RangeSubselect: { lateral: bool, subquery: node, alias: typed('Alias') },
  RangeFunction: {
    lateral: bool,
    ordinality: bool,
    is_rowsfrom: bool,
    functions: list,
    alias: typed('Alias'),
    coldeflist: list,
  },
  ColumnDef: {
    colname: text,
    typeName: typed('TypeName'),
    compression: refused,
    inhcount: refused,
    // The grammar sets it on every column definition.
    is_local: ignored,
    is_not_null: refused,
    is_from_type: refused,
    storage: refused,
    storage_name: refused,
    raw_default: refused,
    cooked_default: refused,
    identity: refused,
    identitySequence: refused,
    generated: refused,
    collClause: typed('CollateClause'),
    collOid: refused,
    constraints: refused,
    fdwoptions: refused,
    location: ignored,
  },
  JoinExpr: {
    joinHint: oneOf('', 'hash', 'merge', 'lookup', 'inverted', 'straight'),
    jointype: oneOf('JOIN_INNER', 'JOIN_LEFT', 'JOIN_FULL', 'JOIN_RIGHT'),
    isNatural: bool,
    larg: node,
    rarg: node,
    usingClause: list,
    join_using_alias: typed('Alias'),
    quals: node,
    alias: typed('Alias'),
    rtindex: refused,
  },
  LockingClause: {
    lockedRels: list,
    strength: oneOf('LCS_NONE', 'LCS_FORKEYSHARE', 'LCS_FORSHARE', 'LCS_FORNOKEYUPDATE', 'LCS_FORUPDATE'),
    waitPolicy: oneOf('LockWaitBlock', 'LockWaitSkip', 'LockWaitError'),
  },
  WithClause: { ctes: list, recursive: bool, location: ignored },
  CommonTableExpr: {
    ctename: text,
    aliascolnames: list,
    ctematerialized: oneOf('CTEMaterializeDefault', 'CTEMaterializeAlways', 'CTEMaterializeNever'),
    ctequery: node,
    search_clause: typed('CTESearchClause'),
    cycle_clause: typed('CTECycleClause'),
    location: ignored,
    cterecursive: refused,
    cterefcount: refused,
    ctecolnames: refused,
    ctecoltypes: refused,
    ctecoltypmods: refused,
    ctecolcollations: refused,
  },
  CTESearchClause: {
    search_col_list: list,
    search_breadth_first: bool,
    search_seq_column: text,
    location: ignored,
  },
  CTECycleClause: {
    cycle_col_list: list,
    cycle_mark_column: text,
    cycle_mark_value: node,
    cycle_mark_default: node,
    cycle_path_column: text,
    location: ignored,
    cycle_mark_type: refused,
    cycle_mark_typmod: refused,
    cycle_mark_collation: refused,
    cycle_mark_neop: refused,
  },
  IndexElem: {
    name: text,
    expr: node,
    indexcolname: refused,
    collation: list,
    opclass: list,
    opclassopts: refused,
    ordering: SORT_DIRECTION,
    nulls_ordering: SORT_NULLS,
  },
  InferClause: { indexElems: list, whereClause: node, conname: text, location: ignored },
  OnConflictClause: {
    action: oneOf('ONCONFLICT_NONE', 'ONCONFLICT_NOTHING', 'ONCONFLICT_UPDATE'),
    infer: typed('InferClause'),
    targetList: list,
    whereClause: node,
    location: ignored,
  },
  // Options rename OLD and NEW, which PostgreSQL 15 does not know.
  ReturningClause: { options: refused, exprs: list, nothing: bool },
  DefElem: {
    defnamespace: refused,
    defname: text,
    arg: node,
    defaction: oneOf('DEFELEM_UNSPEC'),
    location: ignored,
  },
});

const STATEMENTS = define({
  SelectStmt: {
    asOf: node,
    distinctClause: holes,
    intoClause: refused,
    targetList: list,
    fromClause: list,
    whereClause: node,
    groupClause: list,
    groupDistinct: bool,
    havingClause: node,
    windowClause: list,
    valuesLists: list,
    sortClause: list,
    limitOffset: node,
    limitCount: node,
    limitOption: {
      is: 'enum',
      values: ['LIMIT_OPTION_DEFAULT', 'LIMIT_OPTION_COUNT', 'LIMIT_OPTION_WITH_TIES'],
      // Both mean a plain LIMIT; the grammar writes the second as soon as LIMIT or OFFSET stands there.
      same: ['LIMIT_OPTION_DEFAULT', 'LIMIT_OPTION_COUNT'],
    },
    lockingClause: list,
    withClause: typed('WithClause'),
    op: oneOf('SETOP_NONE', 'SETOP_UNION', 'SETOP_INTERSECT', 'SETOP_EXCEPT'),
    all: bool,
    larg: typed('SelectStmt'),
    rarg: typed('SelectStmt'),
  },
  InsertStmt: {
    upsert: bool,
    relation: typed('RangeVar'),
    cols: list,
    selectStmt: node,
    onConflictClause: typed('OnConflictClause'),
    returningClause: typed('ReturningClause'),
    withClause: typed('WithClause'),
    override: oneOf('OVERRIDING_NOT_SET', 'OVERRIDING_USER_VALUE', 'OVERRIDING_SYSTEM_VALUE'),
  },
  UpdateStmt: {
    sortClause: list,
    limitCount: node,
    relation: typed('RangeVar'),
    targetList: list,
    whereClause: node,
    fromClause: list,
    returningClause: typed('ReturningClause'),
    withClause: typed('WithClause'),
  },
  DeleteStmt: {
    sortClause: list,
    limitCount: node,
    relation: typed('RangeVar'),
    usingClause: list,
    whereClause: node,
    returningClause: typed('ReturningClause'),
    withClause: typed('WithClause'),
  },
});

const UTILITY = define({
  TransactionStmt: {
    kind: oneOf(
      'TRANS_STMT_BEGIN',
      'TRANS_STMT_START',
      'TRANS_STMT_COMMIT',
      'TRANS_STMT_ROLLBACK',
      'TRANS_STMT_SAVEPOINT',
      'TRANS_STMT_RELEASE',
      'TRANS_STMT_ROLLBACK_TO',
    ),
    options: list,
    savepoint_name: text,
    gid: refused,
    chain: bool,
    location: ignored,
  },
  VariableSetStmt: {
    kind: oneOf(
      'VAR_SET_VALUE',
      'VAR_SET_DEFAULT',
      'VAR_SET_CURRENT',
      'VAR_SET_MULTI',
      'VAR_RESET',
      'VAR_RESET_ALL',
    ),
    name: text,
    args: list,
    // Only tells pg_stat_statements how to count the statement.
    jumble_args: ignored,
    is_local: bool,
    location: ignored,
  },
  VariableShowStmt: { name: text },
  DeclareCursorStmt: { portalname: text, options: number, query: node },
  FetchStmt: {
    direction: oneOf('FETCH_FORWARD', 'FETCH_BACKWARD', 'FETCH_ABSOLUTE', 'FETCH_RELATIVE'),
    howMany: number,
    portalname: text,
    ismove: bool,
  },
  ClosePortalStmt: { portalname: text },
  PrepareStmt: { name: text, argtypes: list, query: node },
  ExecuteStmt: { name: text, params: list },
  DeallocateStmt: { name: text, isall: bool, location: ignored },
  CopyStmt: {
    relation: typed('RangeVar'),
    query: node,
    attlist: list,
    is_from: bool,
    is_program: refused,
    filename: refused,
    options: list,
    whereClause: refused,
  },
  ExplainStmt: { query: node, options: list },
  ConstraintsSetStmt: { constraints: list, deferred: bool },
  UnlistenStmt: { conditionname: text },
  DiscardStmt: { target: oneOf('DISCARD_ALL', 'DISCARD_PLANS', 'DISCARD_SEQUENCES', 'DISCARD_TEMP') },
});

/** The table, by kind. */
export const NODES = {
  ...VALUES,
  ...NAMES,
  ...EXPRESSIONS,
  ...JSON_EXPRESSIONS,
  ...CLAUSES,
  ...STATEMENTS,
  ...UTILITY,
};

/** A kind that Cordon reads. */
export type KnownKind = keyof typeof NODES;
