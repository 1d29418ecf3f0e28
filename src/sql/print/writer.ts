import type { Dialect } from '../../catalog/index.ts';
import { unsupported } from '../nodes.ts';
import type { A_Const, Node, Segment, SlotOf } from '../tree.ts';
import { asKind } from '../walk.ts';

/** The longest run of operator characters is one operator; what would open a comment is none. */
const OPERATOR = /^[-+*/<>=~!@#%^&|`?]+$/;

/** Collects printed text; names and values come in raw and are quoted here and nowhere else. */
export class Writer {
  /** The dialect of the server that the text is for. */
  readonly dialect: Dialect;
  #slotOf: SlotOf | undefined;
  readonly #segments: Segment[] = [];
  #text = '';

  constructor(slotOf: SlotOf | undefined, dialect: Dialect = 'postgres') {
    this.#slotOf = slotOf;
    this.dialect = dialect;
  }

  /** Prints without open places: the values are part of the statement. */
  fixed(print: () => void): void {
    const slotOf = this.#slotOf;
    this.#slotOf = undefined;
    print();
    this.#slotOf = slotOf;
  }

  segments(): Segment[] {
    this.#flush();
    return this.#segments;
  }

  /** Text written in this source code. */
  raw(text: string): void {
    this.#text += text;
  }

  name(name: string | undefined): void {
    this.#text += quoteName(name);
  }

  /** Names joined by dots. */
  qualified(names: readonly Node[] | undefined): void {
    if (names === undefined || names.length === 0) throw unsupported('an empty name');
    names.forEach((name, i) => {
      if (i > 0) this.#text += '.';
      this.name(stringOf(name));
    });
  }

  string(value: string): void {
    this.#text += quoteString(value);
  }

  /** `+`, or `OPERATOR("schema".+)`. */
  operator(names: readonly Node[] | undefined): void {
    const parts = (names ?? []).map(stringOf);
    const symbol = parts.pop();
    if (symbol === undefined) throw unsupported('an empty operator');
    checkOperator(symbol);
    this.#text += parts.length === 0 ? symbol : `OPERATOR(${parts.map(quoteName).join('.')}.${symbol})`;
  }

  /** The slot that a constant came from, if its text may be exchanged. */
  slotOf(constant: A_Const): number | undefined {
    return this.#slotOf?.(constant);
  }

  slot(slot: number): void {
    this.#flush();
    this.#segments.push({ kind: 'slot', slot });
  }

  claim(claim: number): void {
    this.#flush();
    this.#segments.push({ kind: 'claim', claim });
  }

  /** `print` for each item, commas between. */
  list<T>(items: readonly T[] | undefined, print: (writer: Writer, item: T) => void): void {
    if (items === undefined) return;
    for (let i = 0; i < items.length; i += 1) {
      if (i > 0) this.#text += ', ';
      print(this, items[i] as T);
    }
  }

  /** A list in brackets. */
  brackets<T>(items: readonly T[] | undefined, print: (writer: Writer, item: T) => void): void {
    this.#text += '(';
    this.list(items, print);
    this.#text += ')';
  }

  /** Names in brackets. */
  names(names: readonly Node[] | undefined): void {
    this.brackets(names, (_, name) => this.name(stringOf(name)));
  }

  #flush(): void {
    if (this.#text !== '') this.#segments.push(this.#text);
    this.#text = '';
  }
}

export function quoteName(name: string | undefined): string {
  if (name === undefined || name === '') throw unsupported('an empty name');
  return name.includes('"') ? `"${name.replaceAll('"', '""')}"` : `"${name}"`;
}

/** INVARIANT: backslashes are plain, because `standard_conforming_strings` is pinned on each connection. */
export function quoteString(value: string): string {
  return value.includes("'") ? `'${value.replaceAll("'", "''")}'` : `'${value}'`;
}

/** A string constant for people and for other connections: it reads the same whatever `standard_conforming_strings` says. */
export function quoteText(value: string): string {
  const quoted = quoteString(value);
  return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

export function stringOf(node: Node): string {
  const string = asKind(node, 'String');
  if (string === undefined) throw unsupported('a name that is not plain');
  return string.sval ?? '';
}

function checkOperator(symbol: string): void {
  if (!OPERATOR.test(symbol) || symbol.includes('--') || symbol.includes('/*'))
    throw unsupported('an operator');
}
