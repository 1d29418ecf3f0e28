/**
 * The language of row predicates: small and total. It has no functions, no casts and no arithmetic, so that nothing in
 * it can raise an error over a row that the caller must not know of.
 *
 *     or   := and { "or" and }           and  := not { "and" not }           not := "not" not | test
 *     test := "(" or ")" | "all" | "none" | operand ( comparison | "is" ["not"] "null" | ["not"] "in" set )
 *     set  := "(" operand { "," operand } ")" | name [ "." name [ "." name ] ] [ "where" "(" or ")" ]
 */
import { type Safe, safeName } from '../errors/index.ts';
import { say } from './mistake.ts';
import type { CompareOp, Membership, Operand, Predicate } from './policy.ts';
import { PredicateError, type Token, tokenize } from './predicate-lexer.ts';

export interface PredicateContext {
  /** Remembers where a node stands. */
  readonly mark: <T extends object>(node: T, offset: number) => T;
  /** Says which relation and column the names after `in` mean. */
  readonly target: (names: readonly string[]) => Pick<Membership, 'relation' | 'target'> | undefined;
}

/** Reads a predicate; throws PredicateError with the place of the first mistake. */
export function parsePredicate(text: string, context: PredicateContext): Predicate {
  return new PredicateParser(text, context).parse();
}

/** Deeper nesting than any rule that a reader could check. */
const DEPTH_MAX = 32;
const KEYWORDS: ReadonlySet<string> = new Set('and or not in is null true false all none where'.split(' '));
const COMPARE: ReadonlyMap<string, CompareOp> = new Map([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

class PredicateParser {
  readonly #tokens: readonly Token[];
  readonly #context: PredicateContext;
  #index = 0;
  #depth = 0;

  constructor(text: string, context: PredicateContext) {
    this.#tokens = tokenize(text);
    this.#context = context;
  }

  parse(): Predicate {
    const predicate = this.#or();
    if (this.#peek().kind !== 'end')
      this.#fail(this.#peek(), say`the predicate should end here`, endFix(this.#peek()));
    return predicate;
  }

  #or(): Predicate {
    return this.#chain('or', () => this.#chain('and', () => this.#not()));
  }

  #chain(kind: 'and' | 'or', part: () => Predicate): Predicate {
    const { offset } = this.#peek();
    const items = [part()];
    while (this.#takeWord(kind)) items.push(part());
    const [only] = items;
    if (items.length === 1 && only !== undefined) return only;
    return this.#context.mark({ kind, items }, offset);
  }

  #not(): Predicate {
    const start = this.#peek();
    if (!this.#takeWord('not')) return this.#test();
    return this.#nested(start, () => this.#context.mark({ kind: 'not', item: this.#not() }, start.offset));
  }

  #test(): Predicate {
    const start = this.#peek();
    if (this.#takeSymbol('(')) return this.#nested(start, () => this.#closed());
    if (this.#takeWord('all')) return this.#context.mark({ kind: 'true' }, start.offset);
    if (this.#takeWord('none')) return this.#context.mark({ kind: 'false' }, start.offset);
    return this.#context.mark(this.#comparison(this.#operand()), start.offset);
  }

  #closed(): Predicate {
    const inner = this.#or();
    this.#expectSymbol(')');
    return inner;
  }

  #nested<T>(start: Token, inner: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX)
      this.#fail(start, say`the predicate is nested too deeply`, say`split it over several rules`);
    const result = inner();
    this.#depth -= 1;
    return result;
  }

  #comparison(left: Operand): Predicate {
    const token = this.#next();
    const op = token.kind === 'symbol' ? COMPARE.get(token.value) : undefined;
    if (op !== undefined) return { kind: 'compare', op, left, right: this.#operand() };
    if (isWord(token, 'is')) return this.#isNull(left);
    if (isWord(token, 'in')) return this.#in(left, token);
    if (isWord(token, 'not') && this.#takeWord('in'))
      return { kind: 'not', item: this.#marked(token, this.#in(left, token)) };
    return this.#fail(token, say`a comparison is expected here`, comparisonFix(left, token));
  }

  #marked(token: Token, predicate: Predicate): Predicate {
    return this.#context.mark(predicate, token.offset);
  }

  #isNull(operand: Operand): Predicate {
    const negated = this.#takeWord('not');
    const token = this.#next();
    if (isWord(token, 'null')) return { kind: 'is-null', operand, negated };
    return this.#fail(token, say`\`null\` is expected here`, say`write \`is null\` or \`is not null\``);
  }

  #in(operand: Operand, token: Token): Predicate {
    if (this.#takeSymbol('(')) return { kind: 'in-list', operand, items: this.#list() };
    if (operand.kind === 'column') return this.#membership(operand.name);
    return this.#fail(
      token,
      say`only a column can be looked for in a relation`,
      say`put a column before \`in\`, or a list after it`,
    );
  }

  #list(): readonly Operand[] {
    const items = [this.#operand()];
    while (this.#takeSymbol(',')) items.push(this.#operand());
    this.#expectSymbol(')');
    return items;
  }

  #membership(column: string): Predicate {
    const start = this.#peek();
    const found = this.#context.target(this.#names());
    if (found === undefined)
      return this.#fail(
        start,
        say`these names mean two things: a column of a relation, and a relation of a schema`,
        say`write all three: \`schema.relation.column\``,
      );
    const where = this.#where();
    const node = {
      kind: 'in-relation' as const,
      column,
      ...found,
      ...(where === undefined ? {} : { where }),
    };
    return this.#context.mark(node, start.offset);
  }

  #names(): readonly string[] {
    const names = [this.#name()];
    while (names.length < 3 && this.#takeSymbol('.')) names.push(this.#name());
    return names;
  }

  #name(): string {
    const token = this.#next();
    if (isName(token)) return token.value;
    return this.#fail(
      token,
      say`a relation, or a list in parentheses, is expected here`,
      say`write \`column in relation\` or \`column in (…)\``,
    );
  }

  #where(): Predicate | undefined {
    const start = this.#peek();
    if (!this.#takeWord('where')) return undefined;
    this.#expectSymbol('(');
    return this.#nested(start, () => this.#closed());
  }

  #operand(): Operand {
    const token = this.#next();
    const operand = operandOf(token);
    if (operand === undefined)
      return this.#fail(token, say`a column, a \`:claim\` or a literal is expected here`, operandFix(token));
    if (isName(token) && this.#peek().value === '(' && this.#peek().kind === 'symbol')
      return this.#fail(
        token,
        say`predicates call no functions`,
        say`compare columns, claims and literals as they are`,
      );
    return this.#context.mark(operand, token.offset);
  }

  #peek(): Token {
    return this.#tokens[this.#index] ?? { kind: 'end', value: '', offset: 0 };
  }

  #next(): Token {
    const token = this.#peek();
    this.#index += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    return this.#take(isWord(this.#peek(), word));
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    return this.#take(token.kind === 'symbol' && token.value === symbol);
  }

  #take(fits: boolean): boolean {
    if (fits) this.#index += 1;
    return fits;
  }

  #expectSymbol(symbol: '(' | ')'): void {
    if (this.#takeSymbol(symbol)) return;
    const what = symbol === '(' ? say`a \`(\` is expected here` : say`a \`)\` is expected here`;
    this.#fail(this.#peek(), what, say`close what is open, and put \`and\` or \`or\` between two conditions`);
  }

  #fail(token: Token, what: Safe, fix: Safe): never {
    throw new PredicateError(token.offset, what, fix);
  }
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'name' && token.value.toLowerCase() === word;
}

function isName(token: Token): boolean {
  return token.kind === 'quoted-name' || (token.kind === 'name' && !KEYWORDS.has(token.value.toLowerCase()));
}

function operandOf(token: Token): Operand | undefined {
  if (isName(token)) return { kind: 'column', name: token.value };
  if (token.kind === 'claim') return { kind: 'claim', name: token.value };
  if (token.kind === 'text') return { kind: 'literal', value: token.value };
  if (token.kind === 'number') return numberLiteral(token);
  if (isWord(token, 'true')) return { kind: 'literal', value: true };
  return isWord(token, 'false') ? { kind: 'literal', value: false } : undefined;
}

/** Fifteen digits are exact in a double, so the number compared is the number written. */
function numberLiteral(token: Token): Operand {
  if (token.value.replace(/\D/g, '').length > 15)
    throw new PredicateError(
      token.offset,
      say`the number has more than 15 digits`,
      say`compare with a claim, or with a shorter number`,
    );
  return { kind: 'literal', value: Number(token.value) || 0 };
}

function operandFix(token: Token): Safe {
  if (isWord(token, 'null')) return say`nothing equals null; write \`is null\` or \`is not null\``;
  if (token.kind === 'name')
    return say`\`${safeName(token.value)}\` is a word of the language; put a column of that name in double quotes`;
  return say`write for example \`owner_id = :user\``;
}

function comparisonFix(left: Operand, token: Token): Safe {
  if (token.kind === 'symbol' && token.value === '.')
    return say`columns are those of the relation itself and stand without its name`;
  if (token.kind === 'name' && !KEYWORDS.has(token.value.toLowerCase()))
    return say`\`${safeName(token.value)}\` is not part of the language; use =, <>, <, <=, >, >=, \`in\` and \`is null\``;
  if (left.kind === 'literal' && typeof left.value === 'boolean')
    return say`write \`all\` for every row, \`none\` for no row`;
  if (left.kind === 'column')
    return say`a column alone is no condition; write \`${safeName(left.name)} = true\``;
  return say`write for example \`owner_id = :user\``;
}

function endFix(token: Token): Safe {
  if (token.kind === 'symbol' && token.value === ')') return say`take the parenthesis out, or open it before`;
  return say`put \`and\` or \`or\` between two conditions`;
}
