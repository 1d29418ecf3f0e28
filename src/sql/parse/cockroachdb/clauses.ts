/** Clauses that PostgreSQL's grammar has no place for, cut out to be parsed on their own. */
import { CordonError } from '../../../errors/index.ts';
import type { Patch } from './patch.ts';
import type { Piece, Taken } from './taken.ts';
import type { Token, Tokens } from './token.ts';

/** Whether AS OF SYSTEM TIME begins at `index`. */
export function isAsOf(tokens: Tokens, index: number): boolean {
  return tokens.areWords(index, 'as', 'of', 'system', 'time');
}

/** AS OF SYSTEM TIME and its time; behind FROM a further relation takes its place, among transaction modes another mode. */
export function takeAsOf(tokens: Tokens, index: number, patch: Patch, taken: Taken): void {
  const first = tokenAt(tokens, index);
  const time = pieceOf(tokens, index + 4, operandEnd(tokens, index + 4));
  if (isOfTransaction(tokens)) {
    takeMode(first, time.end, { name: 'transaction_as_of', value: time }, patch, taken);
    return;
  }
  taken.asOf.set(first.byte + 1, time);
  // The bytes of the time stay until they are cut out.
  patch.put(first.byte, time.start, ',x');
}

const PRIORITIES = ['low', 'normal', 'high'] as const;

/** PRIORITY of BEGIN and SET TRANSACTION. */
export function takePriority(tokens: Tokens, index: number, patch: Patch, taken: Taken): void {
  if (!isOfTransaction(tokens) || !tokens.isWord(index + 1, ...PRIORITIES)) return;
  const value = tokenAt(tokens, index + 1);
  takeMode(
    tokenAt(tokens, index),
    value.byteEnd,
    { name: 'transaction_priority', value: value.text },
    patch,
    taken,
  );
}

function takeMode(
  first: Token,
  end: number,
  mode: { readonly name: string; readonly value: Piece | string },
  patch: Patch,
  taken: Taken,
): void {
  taken.modes.set(first.byte, mode);
  patch.put(first.byte, typeof mode.value === 'string' ? end : mode.value.start, 'READ ONLY');
}

/** BEGIN, START TRANSACTION and the forms of SET TRANSACTION. */
export function isOfTransaction(tokens: Tokens): boolean {
  const first = tokens.first;
  if (tokens.isWord(first, 'begin') || tokens.areWords(first, 'start', 'transaction')) return true;
  if (!tokens.isWord(first, 'set')) return false;
  const next = tokens.isWord(first + 1, 'session', 'local') ? first + 2 : first + 1;
  return tokens.isWord(next, 'transaction', 'characteristics');
}

function tokenAt(tokens: Tokens, index: number): Token {
  const token = tokens.at(index);
  if (token === undefined) throw new CordonError('CORDON_SYNTAX');
  return token;
}

function pieceOf(tokens: Tokens, first: number, end: number): Piece {
  return { start: tokenAt(tokens, first).byte, end: tokenAt(tokens, end - 1).byteEnd };
}

/** The end of a literal, a call or something in brackets, with its casts. */
function operandEnd(tokens: Tokens, index: number): number {
  let at = plainEnd(tokens, tokens.isOperator(index, '-') ? index + 1 : index);
  while (tokens.isMark(at, '::', ':::')) at = typeEnd(tokens, at + 1);
  return at;
}

function plainEnd(tokens: Tokens, index: number): number {
  const token = tokenAt(tokens, index);
  if (tokens.isMark(index, '(')) return tokens.closing(index) + 1;
  if (token.kind === 'string' || token.kind === 'number' || token.kind === 'parameter') return index + 1;
  if (!tokens.isName(index)) throw new CordonError('CORDON_SYNTAX');
  if (tokens.at(index + 1)?.kind === 'string') return index + 2;
  return typeEnd(tokens, index);
}

/** A qualified name and what stands in brackets behind it. */
function typeEnd(tokens: Tokens, index: number): number {
  let at = index + 1;
  while (tokens.isMark(at, '.')) at += 2;
  return tokens.isMark(at, '(') ? tokens.closing(at) + 1 : at;
}

/** ORDER BY and LIMIT of the UPDATE or DELETE at `index`, if it is one. */
export function takeTail(tokens: Tokens, index: number, taken: Taken): void {
  const target = targetOf(tokens, index);
  if (target === undefined) return;
  const depth = tokenAt(tokens, index).depth;
  const start = findAt(
    tokens,
    index,
    depth,
    (at) => tokens.areWords(at, 'order', 'by') || tokens.isWord(at, 'limit', 'fetch'),
  );
  const end = findAt(tokens, index, depth, (at) => tokens.isWord(at, 'returning'));
  if (start >= end || start >= regionEnd(tokens, index, depth)) return;
  taken.tails.set(target.byte, pieceOf(tokens, start, end));
}

function targetOf(tokens: Tokens, index: number): Token | undefined {
  const before = tokens.at(index - 1);
  const opens =
    before === undefined || tokens.isMark(index - 1, '(', ')') || tokens.isWord(index - 1, 'as', 'explain');
  if (!opens) return undefined;
  let at = index + 1;
  if (tokens.isWord(index, 'delete')) {
    if (!tokens.isWord(at, 'from')) return undefined;
    at += 1;
  }
  if (tokens.isWord(at, 'only')) at += 1;
  if (tokens.isMark(at, '(')) at += 1;
  return tokens.isName(at) ? tokens.at(at) : undefined;
}

/** Where the brackets around `index` close, or the statement ends. */
function regionEnd(tokens: Tokens, index: number, depth: number): number {
  let at = index;
  while ((tokens.at(at)?.depth ?? -1) >= depth) at += 1;
  return at;
}

/** The first token of the same depth that `isSuch` finds; the end of the region if there is none. */
function findAt(tokens: Tokens, index: number, depth: number, isSuch: (at: number) => boolean): number {
  const end = regionEnd(tokens, index, depth);
  for (let at = index; at < end; at += 1) if (tokens.at(at)?.depth === depth && isSuch(at)) return at;
  return end;
}
