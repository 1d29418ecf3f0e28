import { asKind, unsupported } from '../nodes.ts';
import type { A_Expr, Node } from '../tree.ts';
import { printExpression } from './expression.ts';
import { stringOf, type Writer } from './writer.ts';

/** Operators stand in brackets, so no precedence decides what they mean. */
export function printOperator(writer: Writer, expression: A_Expr): void {
  if (expression.kind === 'AEXPR_NULLIF') {
    printNullIf(writer, expression);
    return;
  }
  const print = KINDS[expression.kind ?? 'AEXPR_OP'];
  if (print === undefined) throw unsupported('A_Expr.kind');
  writer.raw('(');
  print(writer, expression);
  writer.raw(')');
}

type PrintKind = (writer: Writer, expression: A_Expr) => void;

const KINDS: Readonly<Record<string, PrintKind>> = {
  AEXPR_OP: printPlain,
  AEXPR_OP_ANY: (writer, expression) => printArray(writer, expression, ' ANY ('),
  AEXPR_OP_ALL: (writer, expression) => printArray(writer, expression, ' ALL ('),
  AEXPR_DISTINCT: (writer, expression) => printWord(writer, expression, { '=': ' IS DISTINCT FROM ' }),
  AEXPR_NOT_DISTINCT: (writer, expression) =>
    printWord(writer, expression, { '=': ' IS NOT DISTINCT FROM ' }),
  AEXPR_IN: printIn,
  AEXPR_LIKE: (writer, expression) =>
    printPattern(writer, expression, { '~~': ' LIKE ', '!~~': ' NOT LIKE ' }),
  AEXPR_ILIKE: (writer, expression) =>
    printPattern(writer, expression, { '~~*': ' ILIKE ', '!~~*': ' NOT ILIKE ' }),
  AEXPR_SIMILAR: (writer, expression) =>
    printPattern(writer, expression, { '~': ' SIMILAR TO ', '!~': ' NOT SIMILAR TO ' }),
  AEXPR_BETWEEN: (writer, expression) => printBetween(writer, expression, ' BETWEEN '),
  AEXPR_NOT_BETWEEN: (writer, expression) => printBetween(writer, expression, ' NOT BETWEEN '),
  AEXPR_BETWEEN_SYM: (writer, expression) => printBetween(writer, expression, ' BETWEEN SYMMETRIC '),
  AEXPR_NOT_BETWEEN_SYM: (writer, expression) => printBetween(writer, expression, ' NOT BETWEEN SYMMETRIC '),
};

function printPlain(writer: Writer, expression: A_Expr): void {
  if (expression.lexpr !== undefined) {
    printExpression(writer, expression.lexpr);
    writer.raw(' ');
  }
  writer.operator(expression.name);
  writer.raw(' ');
  printExpression(writer, expression.rexpr);
}

function printArray(writer: Writer, expression: A_Expr, quantifier: string): void {
  printExpression(writer, expression.lexpr);
  printQuantifiedOperator(writer, expression.name);
  writer.raw(quantifier);
  printExpression(writer, expression.rexpr);
  writer.raw(')');
}

/** The operators behind LIKE; to CockroachDB's scanner they are two operators each. */
const PATTERNS: Readonly<Record<string, string>> = {
  '~~': 'LIKE',
  '!~~': 'NOT LIKE',
  '~~*': 'ILIKE',
  '!~~*': 'NOT ILIKE',
};

/** The operator before ANY and ALL, with a space before it. */
export function printQuantifiedOperator(writer: Writer, names: readonly Node[] | undefined): void {
  const [name, ...others] = names ?? [];
  const symbol = name === undefined || others.length > 0 ? '' : stringOf(name);
  const word = Object.hasOwn(PATTERNS, symbol) ? PATTERNS[symbol] : undefined;
  writer.raw(' ');
  if (word !== undefined && writer.dialect === 'cockroachdb') writer.raw(word);
  else writer.operator(names);
}

/** The words that an operator of the tree was written with. */
type Words = Readonly<Record<string, string>>;

function wordOf(expression: A_Expr, words: Words): string {
  const [name, ...others] = expression.name ?? [];
  const operator = name === undefined || others.length > 0 ? '' : stringOf(name);
  const word = Object.hasOwn(words, operator) ? words[operator] : undefined;
  if (word === undefined) throw unsupported('A_Expr.name');
  return word;
}

function printWord(writer: Writer, expression: A_Expr, words: Words): void {
  printExpression(writer, expression.lexpr);
  writer.raw(wordOf(expression, words));
  printExpression(writer, expression.rexpr);
}

function printNullIf(writer: Writer, expression: A_Expr): void {
  wordOf(expression, { '=': 'NULLIF' });
  writer.raw('NULLIF(');
  printExpression(writer, expression.lexpr);
  writer.raw(', ');
  printExpression(writer, expression.rexpr);
  writer.raw(')');
}

function printIn(writer: Writer, expression: A_Expr): void {
  const items = asKind(expression.rexpr, 'List')?.items;
  if (items === undefined || items.length === 0) throw unsupported('A_Expr.rexpr');
  printExpression(writer, expression.lexpr);
  writer.raw(wordOf(expression, { '=': ' IN ', '<>': ' NOT IN ' }));
  writer.brackets(items, printExpression);
}

/** `ESCAPE` is a call in the tree; CockroachDB has another function of that name, so it is printed as it was written. */
const ESCAPES = new Set(['like_escape', 'similar_to_escape']);

function printPattern(writer: Writer, expression: A_Expr, words: Words): void {
  printExpression(writer, expression.lexpr);
  writer.raw(wordOf(expression, words));
  const args = escapeArguments(expression.rexpr);
  if (args === undefined) {
    printExpression(writer, expression.rexpr);
    return;
  }
  writer.list(args.slice(0, 1), printExpression);
  if (args.length === 1) return;
  writer.raw(' ESCAPE ');
  writer.list(args.slice(1), printExpression);
}

function escapeArguments(pattern: Node | undefined): readonly Node[] | undefined {
  const call = asKind(pattern, 'FuncCall');
  const names = (call?.funcname ?? []).map(stringOf);
  const isEscape = names.length === 2 && names[0] === 'pg_catalog' && ESCAPES.has(names[1] ?? '');
  const args = call?.args ?? [];
  const expected = names[1] === 'like_escape' ? [2] : [1, 2];
  return isEscape && expected.includes(args.length) ? args : undefined;
}

function printBetween(writer: Writer, expression: A_Expr, words: string): void {
  const bounds = asKind(expression.rexpr, 'List')?.items ?? [];
  if (bounds.length !== 2) throw unsupported('A_Expr.rexpr');
  printExpression(writer, expression.lexpr);
  writer.raw(words);
  printExpression(writer, bounds[0]);
  writer.raw(' AND ');
  printExpression(writer, bounds[1]);
}
