/** Index and join hints: `t@idx`, `t@{FORCE_INDEX=idx,NO_FULL_SCAN}`, `INNER HASH JOIN`. */
import { CordonError } from '../../../errors/index.ts';
import type { JoinHint, Node } from '../../tree.ts';
import { unsupported } from '../../walk.ts';
import type { Patch } from './patch.ts';
import type { Taken } from './taken.ts';
import { ambiguous, type Token, type Tokens } from './token.ts';

/** Reads what follows an `@`. */
export function takeIndexHint(tokens: Tokens, index: number, patch: Patch, taken: Taken): void {
  const at = tokens.at(index);
  const next = tokens.at(index + 1);
  if (next?.kind === 'number') throw unsupported('a column or type named by its number');
  if (tokens.isMark(index + 1, '[')) throw unsupported('an index named by its number');
  const isFlags = tokens.isMark(index + 1, '{');
  if (!tokens.isName(index - 1) || !(isFlags || tokens.isName(index + 1))) throw ambiguous('the operator @');
  const last = tokens.at(isFlags ? tokens.closing(index + 1) : index + 1);
  const relation = tokens.at(nameStart(tokens, index - 1));
  if (at === undefined || last === undefined || relation === undefined)
    throw new CordonError('CORDON_SYNTAX');
  if (taken.indexHints.has(relation.byte)) throw new CordonError('CORDON_SYNTAX');
  const hint = isFlags ? flags(tokens, index + 2, tokens.closing(index + 1)) : [flag('force_index', last)];
  taken.indexHints.set(relation.byte, hint);
  patch.blank(at.byte, last.byteEnd);
}

/** Where the qualified name begins that ends at `index`. */
function nameStart(tokens: Tokens, index: number): number {
  let at = index;
  while (tokens.isMark(at - 1, '.') && tokens.isName(at - 2)) at -= 2;
  return at;
}

function flag(defname: string, index?: Token): Node {
  if (index === undefined) return { DefElem: { defname } };
  return { DefElem: { defname, arg: { String: { sval: index.text } } } };
}

const PLAIN_FLAGS: ReadonlySet<string> = new Set([
  'asc',
  'desc',
  'no_index_join',
  'no_zigzag_join',
  'no_full_scan',
  'avoid_full_scan',
  'ignore_foreign_keys',
  'force_inverted_index',
  'force_zigzag',
]);

const NAMED_FLAGS: ReadonlySet<string> = new Set(['force_index', 'force_zigzag']);

function flags(tokens: Tokens, first: number, end: number): Node[] {
  const found: Node[] = [];
  for (let at = first; at < end; at += 1) {
    const word = tokens.at(at);
    if (word?.kind !== 'word') throw new CordonError('CORDON_SYNTAX');
    const isNamed = tokens.isOperator(at + 1, '=');
    if (isNamed && tokens.isMark(at + 2, '[')) throw unsupported('an index named by its number');
    const index = isNamed ? tokens.at(at + 2) : undefined;
    const known = isNamed ? NAMED_FLAGS.has(word.text) && tokens.isName(at + 2) : PLAIN_FLAGS.has(word.text);
    if (!known) throw unsupported('this index hint');
    found.push(flag(word.text, index));
    at += isNamed ? 3 : 1;
    if (at < end && !tokens.isMark(at, ',')) throw new CordonError('CORDON_SYNTAX');
  }
  if (found.length === 0) throw new CordonError('CORDON_SYNTAX');
  return found;
}

const JOIN_HINTS: Readonly<Record<string, JoinHint>> = {
  hash: 'hash',
  merge: 'merge',
  lookup: 'lookup',
  inverted: 'inverted',
  straight: 'straight',
};

/** The joins that may carry a hint; a plain JOIN may not. */
const JOIN_WORDS = ['inner', 'cross', 'left', 'right', 'full', 'outer'] as const;

/** Takes the hint before the word JOIN at `index`, if there is one. */
export function takeJoinHint(tokens: Tokens, index: number, patch: Patch, taken: Taken): void {
  const word = tokens.at(index - 1);
  const hint =
    word?.kind === 'word' && Object.hasOwn(JOIN_HINTS, word.text) ? JOIN_HINTS[word.text] : undefined;
  if (word === undefined || hint === undefined || !tokens.isWord(index - 2, ...JOIN_WORDS)) return;
  const joined = tokens.at(index + 1);
  if (joined === undefined) throw new CordonError('CORDON_SYNTAX');
  taken.joinHints.set(joined.byte, hint);
  patch.blank(word.byte, word.byteEnd);
}
