import type { Safe } from '../errors/index.ts';
import { say } from './mistake.ts';

export interface Token {
  readonly kind: 'name' | 'quoted-name' | 'claim' | 'text' | 'number' | 'symbol' | 'end';
  /** The name, the text without its quotes, the digits, or the symbol. */
  readonly value: string;
  readonly offset: number;
}

/** What is wrong with a predicate, and how far into its text. */
export class PredicateError extends Error {
  readonly what: Safe;
  readonly fix: Safe;
  readonly offset: number;

  constructor(offset: number, what: Safe, fix: Safe) {
    super(what);
    this.offset = offset;
    this.what = what;
    this.fix = fix;
  }
}

const SPACE = /[ \t\r\n]+/y;
const NAME = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const QUOTED_NAME = /"((?:[^"\p{Cc}]|"")+)"/uy;
const CLAIM = /:([\p{L}_][\p{L}\p{N}_]*)/uy;
const TEXT = /'((?:[^'\p{Cc}\p{Cs}]|'')*)'/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?![\p{L}\p{N}_.])/uy;
const SYMBOL = /<=|>=|<>|!=|[=<>(),.]/y;

/** Splits a predicate into tokens; anything that is not of the language is an error at its place. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    offset += match(SPACE, text, offset)?.[0].length ?? 0;
    if (offset >= text.length) return [...tokens, { kind: 'end', value: '', offset }];
    const { token, length } = next(text, offset);
    tokens.push(token);
    offset += length;
  }
}

function next(text: string, offset: number): { token: Token; length: number } {
  for (const [kind, pattern] of PATTERNS) {
    const found = match(pattern, text, offset);
    if (found === null) continue;
    const value = unquote(kind, found[1] ?? found[0]);
    return { token: { kind, value, offset }, length: found[0].length };
  }
  throw new PredicateError(
    offset,
    say`this character is not part of a predicate`,
    fixFor(text[offset] ?? ''),
  );
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['name', NAME],
  ['quoted-name', QUOTED_NAME],
  ['claim', CLAIM],
  ['text', TEXT],
  ['number', NUMBER],
  ['symbol', SYMBOL],
];

function match(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

function unquote(kind: Token['kind'], value: string): string {
  if (kind === 'quoted-name') return value.replaceAll('""', '"');
  return kind === 'text' ? value.replaceAll("''", "'") : value;
}

function fixFor(character: string): Safe {
  if (character === "'")
    return say`close the text with a quote, double quotes in it, and use no control characters`;
  if (character === '"') return say`close the name with a double quote`;
  if (character === ':') return say`write a claim as \`:name\`, without a cast`;
  if (/[\d-]/.test(character)) return say`write a number as \`12\`, \`-3\` or \`0.5\``;
  return say`predicates are made of columns, \`:claims\`, literals, comparisons, \`in\`, \`is null\`, \`and\`, \`or\` and \`not\``;
}
