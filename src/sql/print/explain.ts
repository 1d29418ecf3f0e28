import { asKind, unsupported } from '../nodes.ts';
import type { DefElem, DiscardStmt, ExplainStmt, Node } from '../tree.ts';
import { printOptions } from './copy.ts';
import { printQuery } from './select.ts';
import type { Writer } from './writer.ts';

export function printExplain(writer: Writer, explain: ExplainStmt): void {
  writer.raw('EXPLAIN');
  if (explain.options !== undefined) printOptions(writer, explain.options.map(optionOf));
  writer.raw(' ');
  printQuery(writer, explain.query);
}

function optionOf(node: Node): DefElem {
  const option = asKind(node, 'DefElem');
  if (option === undefined) throw unsupported('ExplainStmt.options');
  return option;
}

const DISCARDS: Readonly<Record<string, string>> = {
  DISCARD_ALL: 'ALL',
  DISCARD_PLANS: 'PLANS',
  DISCARD_SEQUENCES: 'SEQUENCES',
  DISCARD_TEMP: 'TEMP',
};

export function printDiscard(writer: Writer, discard: DiscardStmt): void {
  const word = DISCARDS[discard.target ?? 'DISCARD_ALL'];
  if (word === undefined) throw unsupported('DiscardStmt.target');
  writer.raw(`DISCARD ${word}`);
}
