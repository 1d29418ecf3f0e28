import { CordonError, type Safe, safeNumber, safeText } from '../../errors/index.ts';
import {
  blockCommentEnd,
  CLASS,
  DOLLAR,
  DOT,
  DOUBLE_QUOTE,
  dollarQuoteEnd,
  escapeStringEnd,
  LETTER,
  lineCommentEnd,
  MINUS,
  nameEnd,
  PLAIN,
  QUOTE,
  quotedEnd,
  SEMICOLON,
  SLASH,
} from '../shape/lexis.ts';
import { TEXT_LIMITS, type TextLimits } from './limits.ts';
import { TreeDepth } from './tree-depth.ts';

/** Refuses texts that the parser would cut short, or that are too long for it. */
export function checkUnits(text: string, limits: TextLimits = TEXT_LIMITS): void {
  if (text.length > limits.textLengthMax) throw overLimit(safeText('length'), limits.textLengthMax);
  // The parser takes a C string and would cut the text silently at a NUL.
  if (text.includes('\0') || !text.isWellFormed()) throw new CordonError('CORDON_TEXT_MALFORMED');
}

export function overLimit(limit: Safe, maximum: number): CordonError {
  return new CordonError('CORDON_LIMIT_STATEMENT', { limit, maximum: safeNumber(maximum) });
}

/** Refuses texts whose nesting would hurt the parser; reads the tokens of PostgreSQL's grammar. */
export function checkNesting(text: string, limits: TextLimits): void {
  const depth = new TreeDepth();
  let at = 0;
  while (at < text.length) {
    const next = step(text, at, depth, limits);
    if (depth.reached > limits.treeDepthMax) throw overLimit(safeText('nesting'), limits.treeDepthMax);
    if (next === -1) return;
    at = next;
  }
  if (depth.total() > limits.treeDepthMax) throw overLimit(safeText('nesting'), limits.treeDepthMax);
}

/** Reads one token; the start of the next, or -1 if the text ends inside this one. */
function step(text: string, at: number, depth: TreeDepth, limits: TextLimits): number {
  const unit = text.charCodeAt(at);
  switch (unit < 128 ? CLASS[unit] : LETTER) {
    case LETTER:
      return word(text, at, depth);
    case QUOTE:
      return quotedEnd(text, at, "'");
    case DOUBLE_QUOTE:
      return quotedEnd(text, at, '"');
    case DOLLAR:
      return dollarQuoteEnd(text, at) || at + 1;
    case MINUS:
      if (text[at + 1] === '-') return lineCommentEnd(text, at);
      return operator(text, at, depth);
    case SLASH:
      if (text[at + 1] === '*') return comment(text, at, limits);
      return operator(text, at, depth);
    case PLAIN:
      depth.punctuation(text, at);
      return at + 1;
    case SEMICOLON:
      depth.statementEnd();
      return at + 1;
    case DOT:
      depth.dot();
      return at + 1;
    default:
      return at + 1;
  }
}

function operator(text: string, at: number, depth: TreeDepth): number {
  depth.operator(text, at);
  return at + 1;
}

function comment(text: string, at: number, limits: TextLimits): number {
  const end = blockCommentEnd(text, at, limits.commentNestingMax);
  if (end === -2) throw overLimit(safeText('comment nesting'), limits.commentNestingMax);
  return end;
}

function word(text: string, at: number, depth: TreeDepth): number {
  const end = nameEnd(text, at);
  const isEscapeString = end === at + 1 && text[end] === "'" && (text[at] === 'e' || text[at] === 'E');
  if (isEscapeString) return escapeStringEnd(text, end);
  depth.word(text, at, end);
  return end;
}
