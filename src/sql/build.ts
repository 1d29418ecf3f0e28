/** Constructors of tree nodes, in the shape the parser would have produced. */
import type { Alias, BoolExprType, JoinExpr, Node, ResTarget, SelectStmt, TypeName } from './tree.ts';

export function name(sval: string): Node {
  return { String: { sval } };
}

export function columnRef(...fields: readonly string[]): Node {
  return { ColumnRef: { fields: fields.map(name) } };
}

export function text(value: string): Node {
  return { A_Const: { sval: value === '' ? {} : { sval: value } } };
}

export function integer(value: number): Node {
  return { A_Const: { ival: value === 0 ? {} : { ival: value } } };
}

export function bool(value: boolean): Node {
  return { A_Const: { boolval: value ? { boolval: true } : {} } };
}

export function nullConstant(): Node {
  return { A_Const: { isnull: true } };
}

export function typeName(...names: readonly string[]): TypeName {
  return { names: names.map(name), typemod: -1 };
}

export function cast(arg: Node, type: TypeName): Node {
  return { TypeCast: { arg, typeName: type } };
}

export function operator(op: string, left: Node, right: Node): Node {
  return { A_Expr: { kind: 'AEXPR_OP', name: [name(op)], lexpr: left, rexpr: right } };
}

/** `left = ANY (array)`. */
export function equalsAny(left: Node, array: Node): Node {
  return { A_Expr: { kind: 'AEXPR_OP_ANY', name: [name('=')], lexpr: left, rexpr: array } };
}

export function inList(left: Node, items: readonly Node[]): Node {
  return {
    A_Expr: { kind: 'AEXPR_IN', name: [name('=')], lexpr: left, rexpr: { List: { items: [...items] } } },
  };
}

function junction(boolop: BoolExprType, items: readonly Node[], empty: boolean): Node {
  const [first] = items;
  if (first === undefined) return bool(empty);
  return items.length === 1 ? first : { BoolExpr: { boolop, args: [...items] } };
}

export function and(items: readonly Node[]): Node {
  return junction('AND_EXPR', items.flatMap(conjuncts), true);
}

export function or(items: readonly Node[]): Node {
  return junction('OR_EXPR', items, false);
}

export function not(item: Node): Node {
  return { BoolExpr: { boolop: 'NOT_EXPR', args: [item] } };
}

/** The parts of a conjunction, nested ones included. */
export function conjuncts(node: Node): readonly Node[] {
  if ('BoolExpr' in node && node.BoolExpr.boolop === 'AND_EXPR')
    return (node.BoolExpr.args ?? []).flatMap(conjuncts);
  return [node];
}

export function caseWhen(condition: Node, result: Node, otherwise?: Node): Node {
  const args: Node[] = [{ CaseWhen: { expr: condition, result } }];
  return { CaseExpr: otherwise === undefined ? { args } : { args, defresult: otherwise } };
}

export function isTrue(arg: Node): Node {
  return { BooleanTest: { arg, booltesttype: 'IS_TRUE' } };
}

export function isNotFalse(arg: Node): Node {
  return { BooleanTest: { arg, booltesttype: 'IS_NOT_FALSE' } };
}

export function isNull(arg: Node, negated = false): Node {
  return { NullTest: { arg, nulltesttype: negated ? 'IS_NOT_NULL' : 'IS_NULL' } };
}

/** A call of a function of the database itself. */
export function builtinCall(called: string, ...args: readonly Node[]): Node {
  return {
    FuncCall: {
      funcname: [name('pg_catalog'), name(called)],
      ...(args.length === 0 ? {} : { args: [...args] }),
      funcformat: 'COERCE_EXPLICIT_CALL',
    },
  };
}

/**
 * True, which nobody can know before the row is there: a call of a volatile function is neither folded, nor copied, nor
 * moved below the rows that it is called for (CockroachDB documentation, function volatility; docs/decisions/0009).
 */
export function opaqueTrue(): Node {
  return operator('<', builtinCall('random'), integer(2));
}

export function target(val: Node, as?: string): Node {
  const body: ResTarget = as === undefined ? { val } : { name: as, val };
  return { ResTarget: body };
}

export function rangeVar(schema: string, relation: string, alias: Alias | undefined, inherit = true): Node {
  return {
    RangeVar: {
      schemaname: schema,
      relname: relation,
      ...(inherit ? { inh: true } : {}),
      relpersistence: 'p',
      ...(alias === undefined ? {} : { alias }),
    },
  };
}

/** A relation with the hints about its indexes that were written. */
export function hinted(range: Node, hints: Node[] | undefined): Node {
  return hints === undefined || !('RangeVar' in range)
    ? range
    : { RangeVar: { ...range.RangeVar, indexHint: hints } };
}

export function rangeSubselect(select: SelectStmt, alias: Alias, lateral = false): Node {
  return {
    RangeSubselect: { ...(lateral ? { lateral: true } : {}), subquery: { SelectStmt: select }, alias },
  };
}

export function select(parts: SelectStmt): SelectStmt {
  return { ...parts, limitOption: parts.limitOption ?? 'LIMIT_OPTION_DEFAULT', op: parts.op ?? 'SETOP_NONE' };
}

export function arrayOf(query: SelectStmt): Node {
  return { SubLink: { subLinkType: 'ARRAY_SUBLINK', subselect: { SelectStmt: query } } };
}

export function exists(query: SelectStmt): Node {
  return { SubLink: { subLinkType: 'EXISTS_SUBLINK', subselect: { SelectStmt: query } } };
}

export type { JoinExpr };
