/** Takes out of a statement what PostgreSQL's grammar lacks, and refuses what nobody may write. */
import { CordonError } from '../../../errors/index.ts';
import { unsupported } from '../../walk.ts';
import { isAsOf, takeAsOf, takePriority, takeTails } from './clauses.ts';
import { takeIndexHint, takeJoinHint } from './hints.ts';
import { bytesOf } from './literal.ts';
import type { Patch } from './patch.ts';
import type { Taken } from './taken.ts';
import type { Token, Tokens } from './token.ts';

export function takeForms(tokens: Tokens, patch: Patch, taken: Taken): void {
  for (let index = tokens.first; index < tokens.end; index += 1) {
    const token = tokens.at(index);
    if (token?.kind === 'word') takeWord(tokens, index, token, patch, taken);
    else if (token?.kind === 'bytes') takeBytes(token, patch, taken);
    else if (token?.kind === 'operator' && token.text === '@') takeIndexHint(tokens, index, patch, taken);
    else if (token?.kind === 'mark') takeMark(tokens, index, token, patch);
  }
  takeTails(tokens, taken);
}

/** Keywords of the SQL standard that CockroachDB also takes with empty brackets. */
const BARE: ReadonlySet<string> = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'current_user',
  'localtime',
  'localtimestamp',
  'session_user',
]);

function takeWord(tokens: Tokens, index: number, token: Token, patch: Patch, taken: Taken): void {
  if (BARE.has(token.text)) takeEmptyBrackets(tokens, index, patch);
  switch (token.text) {
    case 'as':
      if (isAsOf(tokens, index)) takeAsOf(tokens, index, patch, taken);
      return;
    case 'upsert':
      takeUpsert(tokens, index, patch, taken);
      return;
    case 'join':
      takeJoinHint(tokens, index, patch, taken);
      return;
    case 'returning':
      takeNothing(tokens, index, taken);
      return;
    case 'priority':
      takePriority(tokens, index, patch, taken);
      return;
    default:
  }
}

function takeEmptyBrackets(tokens: Tokens, index: number, patch: Patch): void {
  const [open, close] = [tokens.at(index + 1), tokens.at(index + 2)];
  if (open === undefined || close === undefined || tokens.isMark(index - 1, '.')) return;
  if (tokens.isMark(index + 1, '(') && tokens.isMark(index + 2, ')')) patch.blank(open.byte, close.byteEnd);
}

function takeUpsert(tokens: Tokens, index: number, patch: Patch, taken: Taken): void {
  const [upsert, target] = [tokens.at(index), tokens.at(index + 2)];
  if (upsert === undefined || target === undefined || !tokens.isWord(index + 1, 'into')) return;
  taken.upserts.add(target.byte);
  patch.put(upsert.byte, upsert.byteEnd, 'INSERT');
}

/** A column of that name would have to be quoted: unquoted it is CockroachDB's keyword. */
function takeNothing(tokens: Tokens, index: number, taken: Taken): void {
  const word = tokens.at(index + 1);
  if (word === undefined || !tokens.isWord(index + 1, 'nothing')) return;
  const isLast = tokens.at(index + 2) === undefined || tokens.isMark(index + 2, ')');
  if (!isLast) throw new CordonError('CORDON_SYNTAX');
  taken.nothing.add(word.byte);
}

/** A string of the same length stands in for the literal. */
function takeBytes(token: Token, patch: Patch, taken: Taken): void {
  const length = token.byteEnd - token.byte;
  taken.literals.set(token.byte, bytesOf(token.text));
  patch.put(token.byte, token.byteEnd, `'${'x'.repeat(length - 2)}'`);
}

function takeMark(tokens: Tokens, index: number, token: Token, patch: Patch): void {
  if (token.text === ':::') patch.put(token.byte, token.byteEnd, '::');
  if (token.text === '[') refuseSource(tokens, index);
}

const BEFORE_RELATION = ['from', 'join', 'update', 'into', 'using', 'lateral', 'only', 'table'] as const;
const STATEMENTS = [
  'show',
  'explain',
  'insert',
  'update',
  'delete',
  'upsert',
  'select',
  'with',
  'values',
] as const;

/** `[104 AS t]`, `[SHOW ..]`, `[DELETE .. RETURNING ..]`, `[FUNCTION 7]`. */
function refuseSource(tokens: Tokens, index: number): void {
  const isRelation = tokens.isWord(index - 1, ...BEFORE_RELATION);
  const isNumber = tokens.at(index + 1)?.kind === 'number';
  if (isNumber && (isRelation || tokens.isWord(index + 2, 'as') || tokens.isMark(index + 2, '(')))
    throw unsupported('a table named by its number');
  const isStatement =
    tokens.isWord(index + 1, ...STATEMENTS) && !tokens.isMark(index + 2, ']', ',', ':', '.');
  if (isRelation || isStatement) throw unsupported('a statement in brackets as a source of rows');
  if (tokens.isWord(index + 1, 'function') && tokens.at(index + 2)?.kind === 'number')
    throw unsupported('a function named by its number');
}
