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

/** An UPDATE or DELETE whose brackets have not closed yet. */
interface OpenWrite {
  readonly target: Token;
  readonly depth: number;
  start: number | undefined;
  end: number | undefined;
}

/** ORDER BY and LIMIT of each UPDATE and DELETE of a statement, those in WITH too. */
export function takeTails(tokens: Tokens, taken: Taken): void {
  const open: OpenWrite[] = [];
  for (let index = tokens.first; index <= tokens.end; index += 1) {
    const depth = tokens.at(index)?.depth ?? -1;
    for (let last = open.at(-1); last !== undefined && depth < last.depth; last = open.at(-1)) {
      closeWrite(tokens, last, index, taken);
      open.pop();
    }
    const inner = open.at(-1);
    if (inner?.depth === depth) follow(tokens, index, inner);
    const target = targetOf(tokens, index);
    if (target === undefined) continue;
    // Two of them side by side are no statement.
    if (inner?.depth === depth) throw new CordonError('CORDON_SYNTAX');
    open.push({ target, depth, start: undefined, end: undefined });
  }
}

/** RETURNING ends the clauses; what stands in brackets is deeper. */
function follow(tokens: Tokens, index: number, write: OpenWrite): void {
  const begins = tokens.areWords(index, 'order', 'by') || tokens.isWord(index, 'limit', 'fetch');
  if (begins) write.start ??= index;
  if (tokens.isWord(index, 'returning')) write.end ??= index;
}

function closeWrite(tokens: Tokens, write: OpenWrite, index: number, taken: Taken): void {
  const end = write.end ?? index;
  if (write.start === undefined || write.start >= end) return;
  taken.tails.set(write.target.byte, pieceOf(tokens, write.start, end));
}

/** The relation that the UPDATE or DELETE at `index` writes; undefined: it is none. */
function targetOf(tokens: Tokens, index: number): Token | undefined {
  if (!tokens.isWord(index, 'update', 'delete')) return undefined;
  const isPrepared = tokens.isWord(index - 1, 'as') && tokens.isWord(tokens.first, 'prepare');
  const isFirst = index === tokens.first || tokens.isWord(index - 1, 'explain');
  const opens = isFirst || isPrepared || tokens.isMark(index - 1, '(', ')');
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
