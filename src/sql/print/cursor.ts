import { unsupported } from '../nodes.ts';
import type { ClosePortalStmt, DeclareCursorStmt, FetchStmt } from '../tree.ts';
import { printQuery } from './select.ts';
import type { Writer } from './writer.ts';

/** CURSOR_OPT_* of parsenodes.h; the words in the order of the grammar. */
const OPTIONS: readonly (readonly [number, string])[] = [
  [0x1, 'BINARY '],
  [0x8, 'INSENSITIVE '],
  [0x10, 'ASENSITIVE '],
  [0x4, 'NO SCROLL '],
  [0x2, 'SCROLL '],
];
const HOLD = 0x20;
/** CURSOR_OPT_FAST_PLAN: the grammar sets it on every DECLARE. */
const FAST_PLAN = 0x100;

export function printDeclare(writer: Writer, declare: DeclareCursorStmt): void {
  const options = declare.options ?? 0;
  const known = OPTIONS.reduce((bits, [bit]) => bits | bit, HOLD | FAST_PLAN);
  if ((options & ~known) !== 0) throw unsupported('DeclareCursorStmt.options');
  writer.raw('DECLARE ');
  writer.name(declare.portalname);
  writer.raw(' ');
  for (const [bit, word] of OPTIONS) if ((options & bit) !== 0) writer.raw(word);
  writer.raw((options & HOLD) === 0 ? 'CURSOR FOR ' : 'CURSOR WITH HOLD FOR ');
  printQuery(writer, declare.query);
}

/** FETCH_ALL of parsenodes.h, as the 32-bit parser has it. */
const ALL = 2147483647;

const DIRECTIONS: Readonly<Record<string, string>> = {
  FETCH_FORWARD: 'FORWARD ',
  FETCH_BACKWARD: 'BACKWARD ',
  FETCH_ABSOLUTE: 'ABSOLUTE ',
  FETCH_RELATIVE: 'RELATIVE ',
};

export function printFetch(writer: Writer, fetch: FetchStmt): void {
  const direction = fetch.direction ?? 'FETCH_FORWARD';
  const words = DIRECTIONS[direction];
  const count = Number(fetch.howMany ?? 0);
  if (words === undefined || !Number.isSafeInteger(count)) throw unsupported('FetchStmt.direction');
  const mayBeAll = direction === 'FETCH_FORWARD' || direction === 'FETCH_BACKWARD';
  writer.raw(`${fetch.ismove === true ? 'MOVE ' : 'FETCH '}${words}`);
  writer.raw(mayBeAll && count === ALL ? 'ALL' : String(count));
  writer.raw(' FROM ');
  writer.name(fetch.portalname);
}

export function printClose(writer: Writer, close: ClosePortalStmt): void {
  writer.raw('CLOSE ');
  if (close.portalname === undefined) writer.raw('ALL');
  else writer.name(close.portalname);
}
