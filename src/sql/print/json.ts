import { asKind, unsupported } from '../nodes.ts';
import type {
  JsonArrayConstructor,
  JsonFormat,
  JsonIsPredicate,
  JsonKeyValue,
  JsonObjectConstructor,
  JsonOutput,
  JsonValueExpr,
  Node,
} from '../tree.ts';
import { printExpression } from './expression.ts';
import { printTypeName } from './type-name.ts';
import type { Writer } from './writer.ts';

export function printJsonObject(writer: Writer, object: JsonObjectConstructor): void {
  const pairs = (object.exprs ?? []).map(pairOf);
  writer.raw('JSON_OBJECT(');
  writer.list(pairs, printPair);
  // Without pairs the grammar has no place for what to do with NULL.
  if (pairs.length > 0) {
    writer.raw(object.absent_on_null === true ? ' ABSENT ON NULL' : ' NULL ON NULL');
    if (object.unique === true) writer.raw(' WITH UNIQUE KEYS');
  }
  printOutput(writer, object.output);
  writer.raw(')');
}

function pairOf(node: Node): JsonKeyValue {
  const pair = asKind(node, 'JsonKeyValue');
  if (pair === undefined) throw unsupported('JsonObjectConstructor.exprs');
  return pair;
}

function printPair(writer: Writer, pair: JsonKeyValue): void {
  printExpression(writer, pair.key);
  writer.raw(' VALUE ');
  printValue(writer, pair.value);
}

export function printJsonArray(writer: Writer, array: JsonArrayConstructor): void {
  writer.raw('JSON_ARRAY(');
  writer.list(array.exprs, (_, item) => printValue(writer, asKind(item, 'JsonValueExpr')));
  if ((array.exprs ?? []).length > 0)
    writer.raw(array.absent_on_null === true ? ' ABSENT ON NULL' : ' NULL ON NULL');
  printOutput(writer, array.output);
  writer.raw(')');
}

function printValue(writer: Writer, value: JsonValueExpr | undefined): void {
  if (value === undefined) throw unsupported('JsonValueExpr');
  printExpression(writer, value.raw_expr);
  printFormat(writer, value.format);
}

const ENCODINGS: Readonly<Record<string, string>> = {
  JS_ENC_DEFAULT: '',
  JS_ENC_UTF8: ' ENCODING UTF8',
  JS_ENC_UTF16: ' ENCODING UTF16',
  JS_ENC_UTF32: ' ENCODING UTF32',
};

function printFormat(writer: Writer, format: JsonFormat | undefined): void {
  if (format?.format_type !== 'JS_FORMAT_JSON') return;
  writer.raw(` FORMAT JSON${ENCODINGS[format.encoding ?? 'JS_ENC_DEFAULT'] ?? ''}`);
}

function printOutput(writer: Writer, output: JsonOutput | undefined): void {
  if (output?.typeName === undefined) return;
  writer.raw(' RETURNING ');
  printTypeName(writer, output.typeName);
  printFormat(writer, output.returning?.format);
}

const ITEM_TYPES: Readonly<Record<string, string>> = {
  JS_TYPE_ANY: ' IS JSON',
  JS_TYPE_OBJECT: ' IS JSON OBJECT',
  JS_TYPE_ARRAY: ' IS JSON ARRAY',
  JS_TYPE_SCALAR: ' IS JSON SCALAR',
};

export function printJsonPredicate(writer: Writer, predicate: JsonIsPredicate): void {
  writer.raw('(');
  printExpression(writer, predicate.expr);
  printFormat(writer, predicate.format);
  writer.raw(ITEM_TYPES[predicate.item_type ?? 'JS_TYPE_ANY'] ?? '');
  writer.raw(predicate.unique_keys === true ? ' WITH UNIQUE KEYS)' : ')');
}
