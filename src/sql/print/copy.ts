import { asKind, unsupported } from '../nodes.ts';
import type { CopyStmt, DefElem, Node } from '../tree.ts';
import { printRelationName } from './from.ts';
import { printQuery } from './select.ts';
import { stringOf, type Writer } from './writer.ts';

/** COPY .. TO STDOUT; rows that come in are read by the face and never printed as COPY. */
export function printCopy(writer: Writer, copy: CopyStmt): void {
  if (copy.is_from === true) throw unsupported('COPY FROM');
  writer.raw('COPY ');
  printSource(writer, copy);
  writer.raw(' TO STDOUT');
  const options = (copy.options ?? []).map(optionOf);
  if (options.length === 0) return;
  if (writer.dialect === 'cockroachdb') {
    printKeywordOptions(writer, options);
    return;
  }
  // Only the older spelling has options without a value, which are booleans in the tree.
  if (options.some((option) => asKind(option.arg, 'Boolean') !== undefined)) printOldOptions(writer, options);
  else printOptions(writer, options);
}

function printSource(writer: Writer, copy: CopyStmt): void {
  if (copy.query !== undefined) {
    writer.raw('(');
    printQuery(writer, copy.query);
    writer.raw(')');
    return;
  }
  if (copy.relation?.inh !== true || copy.relation.alias !== undefined)
    throw unsupported('CopyStmt.relation');
  printRelationName(writer, copy.relation);
  if (copy.attlist === undefined) return;
  writer.raw(' ');
  writer.names(copy.attlist);
}

function optionOf(node: Node): DefElem {
  const option = asKind(node, 'DefElem');
  if (option?.defname === undefined) throw unsupported('CopyStmt.options');
  return option;
}

/** Options in brackets, as COPY and EXPLAIN have them. */
export function printOptions(writer: Writer, options: readonly DefElem[]): void {
  writer.raw(' ');
  writer.brackets(options, printOption);
}

function printOption(writer: Writer, option: DefElem): void {
  writer.name(option.defname);
  if (option.arg === undefined) return;
  writer.raw(' ');
  printOptionValue(writer, option.arg);
}

function printOptionValue(writer: Writer, value: Node): void {
  const integer = asKind(value, 'Integer');
  const list = asKind(value, 'List');
  if (integer !== undefined) writer.raw(String(Number(integer.ival ?? 0)));
  else if (asKind(value, 'A_Star') !== undefined) writer.raw('*');
  else if (list !== undefined) writer.brackets(list.items, (_, item) => writer.string(stringOf(item)));
  else writer.string(stringOf(value));
}

/** CockroachDB's grammar has a keyword for each option. */
const KEYWORDS: Readonly<Record<string, string>> = {
  format: 'FORMAT ',
  delimiter: 'DELIMITER ',
  null: 'NULL ',
  quote: 'QUOTE ',
  escape: 'ESCAPE ',
  encoding: 'ENCODING ',
};

function printKeywordOptions(writer: Writer, options: readonly DefElem[]): void {
  // Only the older spelling has a boolean in the tree.
  if (options.some((option) => asKind(option.arg, 'Boolean') !== undefined)) {
    printOldOptions(writer, options);
    return;
  }
  writer.raw(' ');
  writer.brackets(options, printKeywordOption);
}

function printKeywordOption(writer: Writer, option: DefElem): void {
  const name = option.defname ?? '';
  const word = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
  const value = asKind(option.arg, 'String')?.sval;
  if (name === 'header' && option.arg === undefined) writer.raw('HEADER');
  else if (name === 'header' && (value === 'true' || value === 'false'))
    writer.raw(`HEADER ${value.toUpperCase()}`);
  else if (word !== undefined && value !== undefined) {
    writer.raw(word);
    writer.string(value);
  } else {
    throw unsupported('this option of COPY on CockroachDB');
  }
}

const OLD_WORDS: Readonly<Record<string, string>> = {
  delimiter: ' DELIMITER ',
  null: ' NULL ',
  quote: ' QUOTE ',
  escape: ' ESCAPE ',
  encoding: ' ENCODING ',
};

function printOldOptions(writer: Writer, options: readonly DefElem[]): void {
  for (const option of options) printOldOption(writer, option);
}

function printOldOption(writer: Writer, option: DefElem): void {
  const name = option.defname ?? '';
  const word = Object.hasOwn(OLD_WORDS, name) ? OLD_WORDS[name] : undefined;
  if (name === 'header' && asKind(option.arg, 'Boolean')?.boolval === true) writer.raw(' HEADER');
  else if (name === 'format' && asKind(option.arg, 'String')?.sval === 'csv') writer.raw(' CSV');
  else if (name === 'force_quote' && writer.dialect === 'postgres') printForceQuote(writer, option.arg);
  else if (word !== undefined && option.arg !== undefined) {
    writer.raw(word);
    writer.string(stringOf(option.arg));
  } else {
    throw unsupported('CopyStmt.options');
  }
}

function printForceQuote(writer: Writer, columns: Node | undefined): void {
  writer.raw(' FORCE QUOTE ');
  if (asKind(columns, 'A_Star') !== undefined) writer.raw('*');
  else writer.list(asKind(columns, 'List')?.items, (_, item) => writer.name(stringOf(item)));
}
