import type {
  A_Const,
  A_Expr,
  A_Indirection,
  BoolExpr,
  BooleanTest,
  CaseExpr,
  FuncCall,
  Node,
  SQLValueFunction,
  SubLink,
  WindowDef,
} from '../../src/sql/tree.ts';
import {
  itemsOf,
  must,
  queryOf,
  record,
  type Summary,
  type SummaryRecord,
  stringOf,
  typeText,
  unknownNode,
} from './summary.ts';

export function expressions(nodes: readonly Node[]): readonly Summary[] {
  return nodes.map(expression);
}

/** An expression as nested lists: the grouping stays. */
export function expression(node: Node): Summary {
  if ('A_Const' in node) return constant(node.A_Const);
  if ('ColumnRef' in node) return ['column', ...(node.ColumnRef.fields ?? []).map(field)];
  if ('ParamRef' in node) return ['parameter', node.ParamRef.number ?? 0];
  if ('A_Expr' in node) return operation(node.A_Expr);
  if ('BoolExpr' in node) return boolean(node.BoolExpr);
  if ('TypeCast' in node)
    return cast(expression(must(node.TypeCast.arg)), typeText(must(node.TypeCast.typeName)));
  if ('FuncCall' in node) return call(node.FuncCall);
  if ('SubLink' in node) return subLink(node.SubLink);
  return rarer(node);
}

function rarer(node: Node): Summary {
  if ('NullTest' in node) {
    const kind = node.NullTest.nulltesttype === 'IS_NOT_NULL' ? 'is not null' : 'is null';
    return [kind, expression(must(node.NullTest.arg))];
  }
  if ('BooleanTest' in node) return booleanTest(node.BooleanTest);
  if ('CaseExpr' in node) return caseOf(node.CaseExpr);
  if ('CoalesceExpr' in node) return ['coalesce', ...expressions(node.CoalesceExpr.args ?? [])];
  if ('MinMaxExpr' in node) {
    const name = node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
    return ['call', name, {}, ...expressions(node.MinMaxExpr.args ?? [])];
  }
  if ('SQLValueFunction' in node) return valueFunction(node.SQLValueFunction);
  if ('A_ArrayExpr' in node) return ['array', ...expressions(node.A_ArrayExpr.elements ?? [])];
  if ('RowExpr' in node) return ['row', ...expressions(node.RowExpr.args ?? [])];
  if ('List' in node) return ['row', ...expressions(node.List.items ?? [])];
  if ('A_Indirection' in node) return indirection(node.A_Indirection);
  if ('CollateClause' in node) {
    const { arg, collname } = node.CollateClause;
    return ['collate', expression(must(arg)), stringOf(collname?.at(-1))];
  }
  if ('SetToDefault' in node) return ['default'];
  throw unknownNode(node);
}

/** A byte string stands in our tree as a cast of its hex digits. */
function cast(value: Summary, type: string): Summary {
  const [kind, text] = Array.isArray(value) ? value : [];
  const isBytes = type === 'BYTES' && kind === 'string' && /^\\x(?:[0-9a-f]{2})*$/.test(String(text));
  return isBytes ? ['bytes', String(text).slice(2)] : ['cast', value, type];
}

function field(node: Node): string {
  return 'A_Star' in node ? '*' : stringOf(node);
}

function constant(value: A_Const): Summary {
  if (value.isnull === true) return ['null'];
  if (value.ival !== undefined) return ['number', String(value.ival.ival ?? 0)];
  if (value.fval !== undefined) return ['number', value.fval.fval ?? '0'];
  if (value.boolval !== undefined) return ['boolean', value.boolval.boolval ?? false];
  if (value.sval !== undefined) return ['string', value.sval.sval ?? ''];
  if (value.bsval !== undefined) return bitString(value.bsval.bsval ?? '');
  throw unknownNode(value);
}

/** `X'..'` is a string of bytes to CockroachDB. */
function bitString(text: string): Summary {
  return [text.startsWith('x') ? 'bytes' : 'bits', text.slice(1)];
}

const WORDS: Readonly<Record<string, string>> = {
  'AEXPR_LIKE ~~': 'LIKE',
  'AEXPR_LIKE !~~': 'NOT LIKE',
  'AEXPR_ILIKE ~~*': 'ILIKE',
  'AEXPR_ILIKE !~~*': 'NOT ILIKE',
  'AEXPR_SIMILAR ~': 'SIMILAR TO',
  'AEXPR_SIMILAR !~': 'NOT SIMILAR TO',
  'AEXPR_DISTINCT =': 'IS DISTINCT FROM',
  'AEXPR_NOT_DISTINCT =': 'IS NOT DISTINCT FROM',
  'AEXPR_IN =': 'IN',
  'AEXPR_IN <>': 'NOT IN',
};

const BETWEEN: Readonly<Record<string, string>> = {
  AEXPR_BETWEEN: 'between',
  AEXPR_NOT_BETWEEN: 'not between',
  AEXPR_BETWEEN_SYM: 'between symmetric',
  AEXPR_NOT_BETWEEN_SYM: 'not between symmetric',
};

function operation(node: A_Expr): Summary {
  const kind = node.kind ?? 'AEXPR_OP';
  const right = must(node.rexpr);
  if (BETWEEN[kind] !== undefined)
    return [BETWEEN[kind], expression(must(node.lexpr)), ...expressions(itemsOf(right))];
  const name = operatorOf(node.name);
  if (kind === 'AEXPR_OP') return plain(name, node.lexpr, right);
  const left = expression(must(node.lexpr));
  if (kind === 'AEXPR_OP_ANY') return ['ANY', name, left, expression(right)];
  if (kind === 'AEXPR_OP_ALL') return ['ALL', name, left, expression(right)];
  if (kind === 'AEXPR_NULLIF') return ['nullif', left, expression(right)];
  const word = must(WORDS[`${kind} ${stringOf(node.name?.at(-1))}`]);
  return escaped(word, left, right) ?? ['op', word, left, expression(right)];
}

/** Operators that are calls in CockroachDB's tree. */
const OPERATOR_CALLS: ReadonlyMap<string, string> = new Map([
  ['#-', 'json_remove_path'],
  ['<<=', 'inet_contained_by_or_equals'],
  ['>>=', 'inet_contains_or_equals'],
]);

function plain(name: string, left: Node | undefined, right: Node): Summary {
  const call = OPERATOR_CALLS.get(name);
  if (left !== undefined && call !== undefined)
    return ['call', call, {}, expression(left), expression(right)];
  if (left !== undefined) return ['op', name, expression(left), expression(right)];
  const value = expression(right);
  // A plus before a value is nothing to CockroachDB, and a minus before a number is part of it.
  if (name === '+') return value;
  return name === '-' && isNumber(value) ? ['number', negated(String(value[1]))] : ['op', name, value];
}

const isNumber = (value: Summary): value is readonly Summary[] =>
  Array.isArray(value) && value[0] === 'number';

const negated = (number: string): string => (number.startsWith('-') ? number.slice(1) : `-${number}`);

/** Operators that have other names in CockroachDB's tree. */
const OPERATOR_NAMES: ReadonlyMap<string, string> = new Map([
  ['<>', '!='],
  ['~~', 'LIKE'],
  ['!~~', 'NOT LIKE'],
  ['~~*', 'ILIKE'],
  ['!~~*', 'NOT ILIKE'],
]);

function operatorOf(names: readonly Node[] | undefined): string {
  const name = stringOf(names?.at(-1));
  return OPERATOR_NAMES.get(name) ?? name;
}

/** A pattern with ESCAPE is a call to CockroachDB; SIMILAR TO is a call in our tree even without. */
function escaped(word: string, left: Summary, right: Node): Summary | undefined {
  if (!('FuncCall' in right)) return undefined;
  const name = stringOf(right.FuncCall.funcname?.at(-1));
  const [pattern, escapes] = right.FuncCall.args ?? [];
  if (!name.endsWith('_escape') || pattern === undefined) return undefined;
  if (escapes === undefined) return ['op', word, left, expression(pattern)];
  const call = `${word.toLowerCase().replaceAll(' ', '_')}_escape`;
  return ['call', call, {}, left, expression(pattern), expression(escapes)];
}

function boolean(node: BoolExpr): Summary {
  const args = expressions(node.args ?? []);
  if (node.boolop === 'NOT_EXPR') return ['not', ...args];
  const kind = node.boolop === 'OR_EXPR' ? 'or' : 'and';
  const [first, ...others] = args;
  const leans = Array.isArray(first) && first[0] === kind;
  return leans ? [...first, ...others] : [kind, ...args];
}

const BOOLEAN_TESTS: Readonly<Record<string, readonly [string, Summary]>> = {
  IS_TRUE: ['IS NOT DISTINCT FROM', ['boolean', true]],
  IS_NOT_TRUE: ['IS DISTINCT FROM', ['boolean', true]],
  IS_FALSE: ['IS NOT DISTINCT FROM', ['boolean', false]],
  IS_NOT_FALSE: ['IS DISTINCT FROM', ['boolean', false]],
  IS_UNKNOWN: ['IS NOT DISTINCT FROM', ['null']],
  IS_NOT_UNKNOWN: ['IS DISTINCT FROM', ['null']],
};

function booleanTest(node: BooleanTest): Summary {
  const [word, value] = must(BOOLEAN_TESTS[node.booltesttype ?? 'IS_TRUE']);
  return ['op', word, expression(must(node.arg)), value];
}

function caseOf(node: CaseExpr): Summary {
  const whens = (node.args ?? []).map((one) => {
    if (!('CaseWhen' in one)) throw unknownNode(one);
    return [expression(must(one.CaseWhen.expr)), expression(must(one.CaseWhen.result))];
  });
  const subject = node.arg === undefined ? null : expression(node.arg);
  return ['case', subject, whens, node.defresult === undefined ? null : expression(node.defresult)];
}

function subLink(node: SubLink): Summary {
  const inner = ['query', queryOf(node.subselect)];
  switch (node.subLinkType) {
    case 'EXISTS_SUBLINK':
      return ['exists', queryOf(node.subselect)];
    case 'ARRAY_SUBLINK':
      return ['array of', inner];
    case 'EXPR_SUBLINK':
      return inner;
    case 'ANY_SUBLINK':
      return anySubLink(node, inner);
    case 'ALL_SUBLINK':
      return ['ALL', operatorOf(node.operName), expression(must(node.testexpr)), inner];
    default:
      throw unknownNode(node.subLinkType);
  }
}

function anySubLink(node: SubLink, inner: Summary): Summary {
  const left = expression(must(node.testexpr));
  return node.operName === undefined
    ? ['op', 'IN', left, inner]
    : ['ANY', operatorOf(node.operName), left, inner];
}

function indirection(node: A_Indirection): Summary {
  let value = expression(must(node.arg));
  for (const step of node.indirection ?? []) {
    if (!('A_Indices' in step)) value = ['field', value, field(step)];
    else value = [...(isSubscript(value) ? value : ['subscript', value]), indices(step)];
  }
  return value;
}

const isSubscript = (value: Summary): value is readonly Summary[] =>
  Array.isArray(value) && value[0] === 'subscript';

function indices(node: Node): Summary {
  if (!('A_Indices' in node)) throw unknownNode(node);
  const { is_slice, lidx, uidx } = node.A_Indices;
  if (is_slice !== true) return expression(must(uidx));
  return [lidx === undefined ? null : expression(lidx), uidx === undefined ? null : expression(uidx)];
}

/** Functions that have other names where words make the call. */
const SYNTAX: ReadonlyMap<string, string> = new Map([['position', 'strpos']]);

function call(node: FuncCall): Summary {
  if (node.func_variadic === true) throw unknownNode('VARIADIC');
  const names = (node.funcname ?? []).map(stringOf);
  const last = names.at(-1) ?? '';
  const name = node.funcformat === 'COERCE_SQL_SYNTAX' ? (SYNTAX.get(last) ?? last) : names.join('.');
  const args = node.agg_star === true ? [['column', '*']] : expressions(node.args ?? []);
  const keyword = keywordForm(name, args);
  if (keyword !== undefined) return keyword;
  const details = record({
    distinct: node.agg_distinct === true ? true : undefined,
    order: (node.agg_order ?? []).map(order),
    filter: node.agg_filter === undefined ? undefined : expression(node.agg_filter),
    within: node.agg_within_group === true ? true : undefined,
    over: node.over === undefined ? undefined : window(node.over),
  });
  return ['call', name, details, ...args];
}

/** Words that are functions to Postgres' grammar and forms of their own to CockroachDB's. */
function keywordForm(name: string, args: readonly Summary[]): Summary | undefined {
  const [first = null, second = null, third = null] = args;
  if (name === 'if') return ['if', ...args];
  if (name === 'ifnull') return ['coalesce', ...args];
  if (name === 'iferror') return ['iferror', first, second, third];
  return name === 'iserror' ? ['iferror', first, null, second] : undefined;
}

const VALUE_FUNCTIONS: Readonly<Record<string, string>> = {
  CURRENT_ROLE: 'current_user',
  USER: 'current_user',
  CURRENT_CATALOG: 'current_database',
};

function valueFunction(node: SQLValueFunction): Summary {
  const op = (node.op ?? '').replace(/^SVFOP_/, '');
  const name = op.replace(/_N$/, '');
  const args: Summary[] = op.endsWith('_N') ? [['number', String(node.typmod ?? 0)]] : [];
  return ['call', VALUE_FUNCTIONS[name] ?? name.toLowerCase(), {}, ...args];
}

const DIRECTIONS: Readonly<Record<string, string>> = {
  SORTBY_DEFAULT: 'ASC',
  SORTBY_ASC: 'ASC',
  SORTBY_DESC: 'DESC',
};
const NULLS: Readonly<Record<string, string>> = {
  SORTBY_NULLS_DEFAULT: '',
  SORTBY_NULLS_FIRST: 'NULLS FIRST',
  SORTBY_NULLS_LAST: 'NULLS LAST',
};

export function order(node: Node): Summary {
  if (!('SortBy' in node)) throw unknownNode(node);
  const { node: value, sortby_dir, sortby_nulls } = node.SortBy;
  const direction = must(DIRECTIONS[sortby_dir ?? 'SORTBY_DEFAULT']);
  return [expression(must(value)), direction, must(NULLS[sortby_nulls ?? 'SORTBY_NULLS_DEFAULT'])];
}

export function windowOf(node: Node): SummaryRecord {
  if (!('WindowDef' in node)) throw unknownNode(node);
  return window(node.WindowDef);
}

function window(node: WindowDef): SummaryRecord {
  return record({
    name: node.name,
    ref: node.refname,
    partition: expressions(node.partitionClause ?? []),
    order: (node.orderClause ?? []).map(order),
    frame: frame(node),
  });
}

/** FRAMEOPTION_* of parsenodes.h. */
const FRAME = { nonDefault: 0x1, rows: 0x4, groups: 0x8 };
const START = new Map([
  [0x20, 'UNBOUNDED PRECEDING'],
  [0x200, 'CURRENT ROW'],
  [0x800, 'OFFSET PRECEDING'],
  [0x2000, 'OFFSET FOLLOWING'],
]);
const END = new Map([
  [0x100, 'UNBOUNDED FOLLOWING'],
  [0x400, 'CURRENT ROW'],
  [0x1000, 'OFFSET PRECEDING'],
  [0x4000, 'OFFSET FOLLOWING'],
]);
const EXCLUSIONS = new Map([
  [0x8000, 'EXCLUDE CURRENT ROW'],
  [0x10000, 'EXCLUDE GROUP'],
  [0x20000, 'EXCLUDE TIES'],
]);

function frame(node: WindowDef): Summary | undefined {
  const options = node.frameOptions ?? 0;
  if ((options & FRAME.nonDefault) === 0) return undefined;
  const named = options & FRAME.groups ? 'GROUPS' : 'RANGE';
  const mode = options & FRAME.rows ? 'ROWS' : named;
  const start = bound(must(bitOf(START, options)), node.startOffset);
  return [mode, start, bound(must(bitOf(END, options)), node.endOffset), bitOf(EXCLUSIONS, options) ?? ''];
}

function bitOf(names: ReadonlyMap<number, string>, options: number): string | undefined {
  for (const [bit, name] of names) if ((options & bit) !== 0) return name;
  return undefined;
}

function bound(kind: string, offset: Node | undefined): Summary {
  return offset === undefined ? [kind] : [kind, expression(offset)];
}
