import { asKind, unsupported } from '../nodes.ts';
import type { FuncCall, Node, SQLValueFunction } from '../tree.ts';
import { printExpression } from './expression.ts';
import { printSort } from './sort.ts';
import { printWindow } from './window.ts';
import { stringOf, type Writer } from './writer.ts';

export function printCall(writer: Writer, call: FuncCall): void {
  if (call.funcformat === 'COERCE_SQL_SYNTAX') printSqlSyntax(writer, call);
  else printPlainCall(writer, call);
  printFilter(writer, call);
  if (call.over === undefined) return;
  writer.raw(' OVER ');
  if (call.over.name === undefined) printWindow(writer, call.over);
  else writer.name(call.over.name);
}

function printPlainCall(writer: Writer, call: FuncCall): void {
  printFunctionName(writer, call.funcname);
  writer.raw('(');
  if (call.agg_distinct === true) writer.raw('DISTINCT ');
  if (call.agg_star === true) writer.raw('*');
  printArguments(writer, call);
  if (call.agg_order !== undefined && call.agg_within_group !== true) {
    writer.raw(' ORDER BY ');
    writer.list(call.agg_order, printSort);
  }
  writer.raw(')');
  printWithinGroup(writer, call);
}

/** Keywords of CockroachDB's grammar, which are no functions under a quoted name. */
const KEYWORDS: ReadonlySet<string> = new Set(['if', 'ifnull', 'iferror', 'iserror']);

function printFunctionName(writer: Writer, names: readonly Node[] | undefined): void {
  const [name, ...others] = names ?? [];
  const only = name === undefined || others.length > 0 ? '' : stringOf(name);
  if (writer.dialect === 'cockroachdb' && KEYWORDS.has(only)) writer.raw(only.toUpperCase());
  else writer.qualified(names);
}

/** Of a variadic call the last argument is the array. */
function printArguments(writer: Writer, call: FuncCall): void {
  const args = call.args ?? [];
  const last = call.func_variadic === true ? args.length - 1 : -1;
  args.forEach((arg, i) => {
    if (i > 0) writer.raw(', ');
    if (i === last) writer.raw('VARIADIC ');
    printArgument(writer, arg);
  });
}

function printArgument(writer: Writer, arg: Node): void {
  const named = asKind(arg, 'NamedArgExpr');
  if (named === undefined) {
    printExpression(writer, arg);
    return;
  }
  writer.name(named.name);
  writer.raw(' => ');
  printExpression(writer, named.arg);
}

function printWithinGroup(writer: Writer, call: FuncCall): void {
  if (call.agg_within_group !== true) return;
  writer.raw(' WITHIN GROUP (ORDER BY ');
  writer.list(call.agg_order, printSort);
  writer.raw(')');
}

function printFilter(writer: Writer, call: FuncCall): void {
  if (call.agg_filter === undefined) return;
  writer.raw(' FILTER (WHERE ');
  printExpression(writer, call.agg_filter);
  writer.raw(')');
}

/** Forms with words between the arguments; the function is the grammar's choice, and always in `pg_catalog`. */
function printSqlSyntax(writer: Writer, call: FuncCall): void {
  const [schema, name] = (call.funcname ?? []).map(stringOf);
  const print = name !== undefined && Object.hasOwn(SQL_SYNTAX, name) ? SQL_SYNTAX[name] : undefined;
  if (schema !== 'pg_catalog' || print === undefined) throw unsupported('FuncCall.funcformat');
  print(writer, call.args ?? []);
}

type PrintSyntax = (writer: Writer, args: readonly Node[]) => void;

const SQL_SYNTAX: Readonly<Record<string, PrintSyntax>> = {
  extract: printExtract,
  overlay: (writer, args) => printWithWords(writer, args, 'OVERLAY(', [' PLACING ', ' FROM ', ' FOR ']),
  substring: (writer, args) => printWithWords(writer, args, 'SUBSTRING(', [' FROM ', ' FOR ']),
  position: (writer, args) => printWithWords(writer, [...args].reverse(), 'POSITION(', [' IN ']),
  btrim: (writer, args) => printTrim(writer, args, 'BOTH'),
  ltrim: (writer, args) => printTrim(writer, args, 'LEADING'),
  rtrim: (writer, args) => printTrim(writer, args, 'TRAILING'),
  timezone: printTimeZone,
  overlaps: printOverlaps,
  normalize: printNormalize,
  is_normalized: printIsNormalized,
  pg_collation_for: (writer, args) => printWithWords(writer, args, 'COLLATION FOR (', []),
  system_user: (writer) => writer.raw('SYSTEM_USER'),
};

/** `words[i]` stands before argument `i + 1`. */
function printWithWords(writer: Writer, args: readonly Node[], open: string, words: readonly string[]): void {
  if (args.length === 0 || args.length > words.length + 1) throw unsupported('FuncCall.args');
  writer.raw(open);
  args.forEach((arg, i) => {
    if (i > 0) writer.raw(words[i - 1] ?? '');
    printExpression(writer, arg);
  });
  writer.raw(')');
}

/** The field is printed as a string, never as a word: it may hold anything. */
function printExtract(writer: Writer, args: readonly Node[]): void {
  const [field, source] = args;
  const text = asKind(field, 'A_Const')?.sval;
  if (text === undefined || source === undefined || args.length !== 2) throw unsupported('EXTRACT');
  writer.raw('EXTRACT(');
  writer.string(text.sval ?? '');
  writer.raw(' FROM ');
  printExpression(writer, source);
  writer.raw(')');
}

function printTrim(writer: Writer, args: readonly Node[], side: string): void {
  writer.raw(`TRIM(${side} FROM `);
  writer.list(args, printExpression);
  writer.raw(')');
}

function printTimeZone(writer: Writer, args: readonly Node[]): void {
  const value = args.at(-1);
  if (args.length === 0 || args.length > 2) throw unsupported('AT TIME ZONE');
  writer.raw('(');
  printExpression(writer, value);
  writer.raw(args.length === 2 ? ' AT TIME ZONE ' : ' AT LOCAL');
  writer.list(args.slice(0, -1), printExpression);
  writer.raw(')');
}

function printOverlaps(writer: Writer, args: readonly Node[]): void {
  if (args.length !== 4) throw unsupported('OVERLAPS');
  writer.raw('(ROW');
  writer.brackets(args.slice(0, 2), printExpression);
  writer.raw(' OVERLAPS ROW');
  writer.brackets(args.slice(2), printExpression);
  writer.raw(')');
}

const NORMAL_FORMS = new Set(['NFC', 'NFD', 'NFKC', 'NFKD']);

function normalForm(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  const form = asKind(node, 'A_Const')?.sval?.sval ?? '';
  if (!NORMAL_FORMS.has(form)) throw unsupported('a Unicode normal form');
  return form;
}

function printNormalize(writer: Writer, args: readonly Node[]): void {
  const form = normalForm(args[1]);
  writer.raw('NORMALIZE(');
  printExpression(writer, args[0]);
  writer.raw(form === undefined ? ')' : `, ${form})`);
}

function printIsNormalized(writer: Writer, args: readonly Node[]): void {
  const form = normalForm(args[1]);
  writer.raw('(');
  printExpression(writer, args[0]);
  writer.raw(form === undefined ? ' IS NORMALIZED)' : ` IS ${form} NORMALIZED)`);
}

const VALUE_FUNCTIONS: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'CURRENT_DATE',
  SVFOP_CURRENT_TIME: 'CURRENT_TIME',
  SVFOP_CURRENT_TIME_N: 'CURRENT_TIME',
  SVFOP_CURRENT_TIMESTAMP: 'CURRENT_TIMESTAMP',
  SVFOP_CURRENT_TIMESTAMP_N: 'CURRENT_TIMESTAMP',
  SVFOP_LOCALTIME: 'LOCALTIME',
  SVFOP_LOCALTIME_N: 'LOCALTIME',
  SVFOP_LOCALTIMESTAMP: 'LOCALTIMESTAMP',
  SVFOP_LOCALTIMESTAMP_N: 'LOCALTIMESTAMP',
  SVFOP_CURRENT_ROLE: 'CURRENT_ROLE',
  SVFOP_CURRENT_USER: 'CURRENT_USER',
  SVFOP_USER: 'USER',
  SVFOP_SESSION_USER: 'SESSION_USER',
  SVFOP_CURRENT_CATALOG: 'CURRENT_CATALOG',
  SVFOP_CURRENT_SCHEMA: 'CURRENT_SCHEMA',
};

export function printValueFunction(writer: Writer, value: SQLValueFunction): void {
  const op = value.op ?? 'SVFOP_CURRENT_DATE';
  const word = VALUE_FUNCTIONS[op];
  if (word === undefined) throw unsupported('SQLValueFunction.op');
  writer.raw(word);
  if (op.endsWith('_N')) writer.raw(`(${Number(value.typmod ?? 0)})`);
}
