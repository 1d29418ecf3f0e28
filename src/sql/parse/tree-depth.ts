/** Words after which the tree leans one node further to one side. */
const CHAINING = new Set([
  'not',
  'is',
  'isnull',
  'notnull',
  'collate',
  'at',
  'like',
  'ilike',
  'similar',
  'in',
  'between',
  'overlaps',
  'operator',
]);

/** Words that combine whole queries or relations: a comma or AND between them does not end the chain. */
const COMBINING = new Set(['union', 'intersect', 'except', 'join']);

const OPERATOR_UNITS = '~!@#^&|`?+-*/%<>=:';

const WORD_LENGTH_MAX = 9;

/** A query in brackets is several nodes deep: sub-link, statement, clause, target. */
const QUERY_DEPTH = 4;

interface Level {
  readonly isCase: boolean;
  isQuery: boolean;
  /** Operators since the last comma, AND or OR. */
  chain: number;
  combined: number;
  /** The deepest bracket since the last comma, AND or OR. */
  inner: number;
  /** The deepest of the items that ended. */
  items: number;
}

const newLevel = (isCase: boolean): Level => ({
  isCase,
  isQuery: false,
  chain: 0,
  combined: 0,
  inner: 0,
  items: 0,
});

function levelDepth(level: Level): number {
  const own = level.combined + (level.isQuery ? QUERY_DEPTH : 0);
  return own + Math.max(level.items, level.chain + level.inner);
}

/**
 * An upper bound of the depth of the tree that a text parses to, from its tokens alone. AND and OR end a chain,
 * because the grammar flattens them into lists; so do commas.
 */
export class TreeDepth {
  /** A lower bound on the way: brackets open at once, or the longest chain so far. */
  reached = 0;
  readonly #levels: Level[] = [newLevel(false)];
  #deepest = 0;
  /** The word before was AS or a dot: what follows is a name, even CASE or END. */
  #nameFollows = false;

  total(): number {
    while (this.#levels.length > 1) this.#pop();
    return Math.max(this.#deepest, levelDepth(this.#top()));
  }

  /** Characters in a row are one operator, but for `+` and `-`, which the scanner splits off again. */
  operator(text: string, at: number): void {
    this.#nameFollows = false;
    const unit = text[at];
    const continues = at > 0 && OPERATOR_UNITS.includes(text.charAt(at - 1));
    if (!continues || unit === '+' || unit === '-') this.#chain();
  }

  dot(): void {
    this.#nameFollows = true;
  }

  punctuation(text: string, at: number): void {
    this.#nameFollows = false;
    const unit = text[at];
    if (unit === ',') this.#itemEnd();
    else if (unit === '(' || unit === '[') this.#push(false);
    else if (unit === ')' || unit === ']') this.#closeBracket();
    else this.operator(text, at);
  }

  word(text: string, start: number, end: number): void {
    const wasName = this.#nameFollows;
    this.#nameFollows = false;
    if (wasName || end - start > WORD_LENGTH_MAX) return;
    const word = text.slice(start, end).toLowerCase();
    if (word === 'as') this.#nameFollows = true;
    else if (word === 'and' || word === 'or') this.#itemEnd();
    else if (word === 'select') this.#top().isQuery = true;
    else if (word === 'case') this.#push(true);
    else if (word === 'end') this.#closeCase();
    else if (CHAINING.has(word)) this.#chain();
    else if (COMBINING.has(word)) this.#combine();
  }

  statementEnd(): void {
    if (this.#levels.length > 1) return;
    this.#deepest = Math.max(this.#deepest, levelDepth(this.#top()));
    this.#levels[0] = newLevel(false);
  }

  #top(): Level {
    const top = this.#levels.at(-1);
    if (top !== undefined) return top;
    const level = newLevel(false);
    this.#levels.push(level);
    return level;
  }

  #chain(): void {
    const level = this.#top();
    level.chain += 1;
    if (level.chain > this.reached) this.reached = level.chain;
  }

  #combine(): void {
    const level = this.#top();
    level.combined += 1;
    if (level.combined > this.reached) this.reached = level.combined;
  }

  #itemEnd(): void {
    const level = this.#top();
    level.items = Math.max(level.items, level.chain + level.inner);
    level.chain = 0;
    level.inner = 0;
  }

  #push(isCase: boolean): void {
    this.#levels.push(newLevel(isCase));
    this.reached = Math.max(this.reached, this.#levels.length);
  }

  #closeBracket(): void {
    while (this.#top().isCase) this.#pop();
    if (this.#levels.length > 1) this.#pop();
  }

  #closeCase(): void {
    if (this.#top().isCase) this.#pop();
  }

  #pop(): void {
    const closed = this.#levels.pop();
    if (closed === undefined) return;
    const parent = this.#top();
    parent.inner = Math.max(parent.inner, levelDepth(closed) + 1);
  }
}
