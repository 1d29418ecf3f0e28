/** Breaks a printed statement into lines for a reader: a clause a line, sub-selects indented. */

const TOKEN = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[A-Za-z_][\w$]*|\s+|[\s\S]/g;

/** Words that begin a line where a clause can begin. */
const CLAUSES: ReadonlySet<string> = new Set([
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'WINDOW',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FOR',
  'UNION',
  'INTERSECT',
  'EXCEPT',
  'RETURNING',
  'VALUES',
  'SET',
]);

const STATEMENTS: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE']);

/** A line is ended at the next comma behind this. */
const LINE_CHARACTERS = 80;

/** Lays a statement out; only spaces between its tokens are changed. */
export function layOut(statement: string): string {
  const layout = new Layout(statement.match(TOKEN) ?? []);
  return layout.text();
}

class Layout {
  readonly #tokens: readonly string[];
  /** For each open bracket, whether it holds a statement. */
  readonly #open: boolean[] = [];
  #text = '';

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  text(): string {
    this.#tokens.forEach((token, index) => {
      this.#write(token, index);
    });
    return this.#text;
  }

  #write(token: string, index: number): void {
    if (token === '(') this.#openBracket(this.#tokens[index + 1] ?? '');
    else if (token === ')') this.#closeBracket();
    else if (CLAUSES.has(token) && this.#betweenClauses() && index > 0) this.#startLine(token);
    else if (token === ',' && this.#betweenClauses()) this.#writeComma();
    else if (!/^\s+$/.test(token) || !/\n *$/.test(this.#text)) this.#text += token;
  }

  /** A list goes on on the next line once its line is long. */
  #writeComma(): void {
    this.#text += ',';
    const line = this.#text.length - this.#text.lastIndexOf('\n') - 1;
    if (line > LINE_CHARACTERS) this.#startLine('  ');
  }

  /** Inside of a bracket that holds no statement, such as `OVER (ORDER BY …)`, nothing is broken. */
  #betweenClauses(): boolean {
    return this.#open.at(-1) ?? true;
  }

  #openBracket(next: string): void {
    const holdsStatement = STATEMENTS.has(next);
    this.#open.push(holdsStatement);
    this.#text += '(';
    if (holdsStatement) this.#startLine('');
  }

  #closeBracket(): void {
    if (this.#open.pop() === true) this.#startLine(')');
    else this.#text += ')';
  }

  #startLine(token: string): void {
    const depth = this.#open.filter((holdsStatement) => holdsStatement).length;
    this.#text = `${this.#text.trimEnd()}\n${'  '.repeat(depth)}${token}`;
  }
}
