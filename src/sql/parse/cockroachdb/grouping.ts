/**
 * Whether CockroachDB groups the operations of a text as PostgreSQL does. The tree is PostgreSQL's; an operation whose operand
 * is another one without brackets between them must be one that CockroachDB's precedences make as well.
 */
import type { A_Expr, BoolExpr, FuncCall, Node, SubLink } from '../../tree.ts';
import { asKind } from '../../walk.ts';
import { associativityOf, levelOf } from './operators.ts';
import { ambiguous, type Token } from './token.ts';

interface Operation {
  /** As it is shown in an error. */
  readonly name: string;
  /** The level of the token behind its left operand. */
  readonly level: number;
  /** The level at which its rule ends, if its last operand is open to the right. */
  readonly rule: number;
  readonly left: Node | undefined;
  /** Operands behind the operator that no bracket or keyword closes, the last one last. */
  readonly open: readonly Node[];
  readonly place: number;
}

type TokenAt = (byte: number) => Token | undefined;

/** Throws CORDON_DIALECT_AMBIGUOUS that names the two operators. */
export function checkGrouping(trees: readonly unknown[], tokenAt: TokenAt): void {
  const check = new GroupingCheck(tokenAt);
  for (const tree of trees) check.walk(tree);
}

class GroupingCheck {
  readonly #tokenAt: TokenAt;

  constructor(tokenAt: TokenAt) {
    this.#tokenAt = tokenAt;
  }

  walk(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.walk(item);
    else if (typeof value === 'object' && value !== null) {
      const operation = this.#operationOf(value as Node);
      if (operation !== undefined) this.#check(operation);
      for (const item of Object.values(value)) this.walk(item);
    }
  }

  #check(outer: Operation): void {
    if (outer.left !== undefined) this.#checkLeft(outer, outer.left);
    for (const operand of outer.open) this.#checkRight(outer, operand);
  }

  /** Whatever is open at the right end of the left operand must end where the operator comes. */
  #checkLeft(outer: Operation, operand: Node): void {
    let inner = this.#unbracketed(outer, operand);
    while (inner !== undefined) {
      const last = inner.open.at(-1);
      if (last === undefined) return;
      if (!ends(inner.rule, outer.level)) throw mixed(inner, outer);
      inner = this.#unbracketed(outer, last);
    }
  }

  /** Whatever begins at the left end of the right operand must not be cut off by the operator. */
  #checkRight(outer: Operation, operand: Node): void {
    let inner = this.#unbracketed(outer, operand);
    while (inner?.left !== undefined) {
      if (!continues(outer.rule, inner.level)) throw mixed(outer, inner);
      inner = this.#unbracketed(outer, inner.left);
    }
  }

  /** The operation that an operand is, unless brackets stand around it. */
  #unbracketed(outer: Operation, operand: Node): Operation | undefined {
    const inner = this.#operationOf(operand);
    if (inner === undefined) return undefined;
    return this.#depth(inner) === this.#depth(outer) ? inner : undefined;
  }

  #depth(operation: Operation): number {
    return this.#tokenAt(operation.place)?.depth ?? -1;
  }

  #operationOf(node: Node): Operation | undefined {
    const expression = asKind(node, 'A_Expr');
    if (expression !== undefined)
      return ofExpression(expression, this.#symbol(expression.name, expression.location));
    const link = asKind(node, 'SubLink');
    if (link !== undefined) return ofSubLink(link, this.#symbol(link.operName, link.location));
    const call = asKind(node, 'FuncCall');
    if (call !== undefined) return ofTimeZone(call);
    return this.#ofRarer(node);
  }

  /** `a NOT IN (SELECT ..)` is NOT around IN in the tree, both at one place. */
  #ofNot(not: BoolExpr): Operation | undefined {
    const link = asKind(not.args?.[0], 'SubLink');
    if (link !== undefined && link.location === not.location) return ofSubLink(link, 'IN');
    return operation('NOT', not.location, undefined, not.args ?? []);
  }

  /** The operator of a node; OPERATOR(..) has a level of its own, whatever it names. */
  #symbol(names: readonly Node[] | undefined, place: number | undefined): string {
    const token = place === undefined ? undefined : this.#tokenAt(place);
    if (token?.kind === 'word' && token.text === 'operator') return 'OPERATOR';
    return asKind(names?.at(-1), 'String')?.sval ?? '';
  }

  #ofRarer(node: Node): Operation | undefined {
    const not = asKind(node, 'BoolExpr');
    if (not?.boolop === 'NOT_EXPR') return this.#ofNot(not);
    const test = asKind(node, 'NullTest') ?? asKind(node, 'BooleanTest');
    if (test !== undefined) return operation('IS', test.location, test.arg, []);
    const collate = asKind(node, 'CollateClause');
    if (collate !== undefined) return operation('COLLATE', collate.location, collate.arg, []);
    const cast = asKind(node, 'TypeCast');
    const mark = cast?.location === undefined ? undefined : this.#tokenAt(cast.location)?.text;
    if (cast !== undefined && (mark === '::' || mark === ':::'))
      return operation(mark, cast.location, cast.arg, []);
    return undefined;
  }
}

function mixed(first: Operation, second: Operation): Error {
  return ambiguous(`${first.name} beside ${second.name} without brackets`);
}

/** An operation of level `inner` ends before a token of level `outer`. */
function ends(inner: number, outer: number): boolean {
  return inner > outer || (inner === outer && associativityOf(inner) === 'left');
}

/** An operation of level `outer` goes on over a token of level `inner`. */
function continues(outer: number, inner: number): boolean {
  return inner > outer || (inner === outer && associativityOf(inner) === 'right');
}

function operation(
  name: string,
  place: number | undefined,
  left: Node | undefined,
  open: readonly (Node | undefined)[],
  rule: string = name,
): Operation {
  const level = levelOf(name);
  const end = levelOf(rule);
  if (level === undefined || end === undefined) throw ambiguous(`the operator ${name}`);
  const operands = open.filter((operand) => operand !== undefined);
  return { name: name.replace(/x$/, ''), level, rule: end, left, open: operands, place: place ?? 0 };
}

function ofExpression(expression: A_Expr, symbol: string): Operation | undefined {
  const { kind, lexpr: left, rexpr: right, location: place } = expression;
  switch (kind ?? 'AEXPR_OP') {
    case 'AEXPR_OP':
      return ofOperator(expression, symbol);
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return quantified(symbol, place, left, right, expression.name);
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT':
      return operation('IS', place, left, [right]);
    case 'AEXPR_IN':
      return operation('IN', place, left, []);
    case 'AEXPR_LIKE':
      return pattern('LIKE', expression);
    case 'AEXPR_ILIKE':
      return pattern('ILIKE', expression);
    case 'AEXPR_SIMILAR':
      return pattern('SIMILAR', expression);
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
    case 'AEXPR_NOT_BETWEEN_SYM':
      return operation('BETWEEN', place, left, [asKind(right, 'List')?.items?.at(-1)]);
    default:
      return undefined;
  }
}

function ofOperator(expression: A_Expr, symbol: string): Operation {
  const { lexpr: left, rexpr: right, location: place } = expression;
  if (symbol === 'OPERATOR') return operation('OPERATOR', place, left, [right], '||/');
  if (left !== undefined) return operation(symbol, place, left, [right]);
  if (symbol === '|/' || symbol === '||/') return operation(symbol, place, undefined, [right]);
  return operation(`${symbol}x`, place, undefined, [right]);
}

/** The operand of LIKE is closed by ESCAPE, which is a call in the tree. */
function pattern(word: string, expression: A_Expr): Operation {
  const { lexpr: left, rexpr: right, location: place } = expression;
  const call = asKind(right, 'FuncCall');
  const name = asKind(call?.funcname?.at(-1), 'String')?.sval ?? '';
  const isEscape = call?.funcname?.length === 2 && (name === 'like_escape' || name === 'similar_to_escape');
  if (!isEscape) return operation(word, place, left, [right]);
  const args = call?.args ?? [];
  return args.length < 2
    ? operation(word, place, left, args)
    : operation(word, place, left, args.slice(-1), 'ESCAPE');
}

/**
 * To CockroachDB what stands behind ANY is an expression like any other, so it goes on behind the brackets; and `a ~ ANY (b)`
 * is `a = ANY (b)`, as its grammar loses the operator (sql.y, a_expr subquery_op sub_type a_expr, v25.2).
 */
function quantified(
  symbol: string,
  place: number | undefined,
  left: Node | undefined,
  right: Node | undefined,
  names: readonly Node[] | undefined,
): Operation {
  if (asKind(names?.at(-1), 'String')?.sval === '~') throw ambiguous('the operator ~ before ANY or ALL');
  const words: Readonly<Record<string, string>> = {
    '~~': 'LIKE',
    '!~~': 'LIKE',
    '~~*': 'ILIKE',
    '!~~*': 'ILIKE',
  };
  return operation(words[symbol] ?? symbol, place, left, [right], '||');
}

function ofSubLink(link: SubLink, symbol: string): Operation | undefined {
  if (link.testexpr === undefined) return undefined;
  if (link.operName === undefined) return operation('IN', link.location, link.testexpr, []);
  return quantified(symbol, link.location, link.testexpr, link.subselect, link.operName);
}

function ofTimeZone(call: FuncCall): Operation | undefined {
  const name = asKind(call.funcname?.at(-1), 'String')?.sval;
  if (call.funcformat !== 'COERCE_SQL_SYNTAX' || name !== 'timezone' || call.args?.length !== 2)
    return undefined;
  return operation('AT TIME ZONE', call.location, call.args[1], [call.args[0]]);
}
