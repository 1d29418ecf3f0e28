/**
 * Tagged templates in the manner of `postgres.js`: parts of a text, values that become parameters, names that become
 * quoted, and lists and objects whose form depends on the word before them. Whatever comes out is judged like any text.
 */

import type { Wire } from '../raw-driver.ts';
import { toWire } from '../request.ts';

/** What `postgres.js` calls options: how values and names are turned. */
export interface Settings {
  readonly parsers: Record<number, (value: string) => unknown>;
  readonly serializers: Record<number, (value: unknown) => unknown>;
  readonly transform: {
    readonly undefined: unknown;
    readonly column: { readonly from?: (name: string) => string; readonly to?: (name: string) => string };
    readonly value: { readonly from?: (value: unknown, column: unknown) => unknown };
    readonly row: { readonly from?: (row: unknown) => unknown };
  };
}

/** A name, quoted. */
export class Name {
  readonly text: string;
  constructor(name: string) {
    this.text = quoted(name);
  }
}

/** A value with a type of its own. */
export class Typed {
  readonly value: unknown;
  readonly type: number;
  constructor(value: unknown, type: number) {
    this.value = value;
    this.type = type;
  }
}

/** An object or list, and the keys that are asked for. */
export class Listed {
  readonly first: unknown;
  readonly rest: readonly unknown[];
  constructor(first: unknown, rest: readonly unknown[]) {
    this.first = first;
    this.rest = rest;
  }
}

/** A part of a text with its values. */
export interface Part {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** How a value of a template is told from a part. */
export type AsPart = (value: unknown) => Part | undefined;

export interface Composed {
  readonly text: string;
  readonly values: readonly Wire[];
}

export function compose(part: Part, settings: Settings, asPart: AsPart): Composed {
  const composing = new Composing(settings, asPart);
  composing.part(part);
  return { text: composing.text, values: composing.values };
}

type Row = Readonly<Record<string, unknown>>;

class Composing {
  text = '';
  readonly values: Wire[] = [];
  readonly #settings: Settings;
  readonly #asPart: AsPart;

  constructor(settings: Settings, asPart: AsPart) {
    this.#settings = settings;
    this.#asPart = asPart;
  }

  part({ strings, values }: Part): void {
    strings.forEach((string, index) => {
      this.text += string;
      if (index < strings.length - 1) this.#value(values[index]);
    });
  }

  #value(value: unknown): void {
    const part = this.#asPart(value);
    if (part !== undefined) this.part(part);
    else if (value instanceof Name) this.text += value.text;
    else if (value instanceof Listed) this.#listed(value);
    else if (Array.isArray(value) && this.#asPart(value[0]) !== undefined) this.#parts(value);
    else this.#parameter(value);
  }

  #parts(parts: readonly unknown[]): void {
    for (const part of parts) {
      this.text += ' ';
      this.#value(part);
    }
  }

  #parameter(given: unknown): void {
    const { serializers, transform } = this.#settings;
    const value = given instanceof Typed ? given.value : given === undefined ? transform.undefined : given;
    if (value === undefined) throw new TypeError('UNDEFINED_VALUE: undefined values are not allowed');
    const write = given instanceof Typed ? serializers[given.type] : undefined;
    this.values.push(...toWire([write === undefined || value === null ? value : write(value)]));
    this.text += `$${this.values.length}`;
  }

  /** The word before says what a list or object stands for. */
  #listed({ first, rest }: Listed): void {
    switch (lastWord(this.text)) {
      case 'insert':
        this.#insert(rowsOf(first), rest);
        return;
      case 'update':
        this.#assignments(first as Row, rest);
        return;
      case 'values':
        this.#tuples(rowsOf(first), rest);
        return;
      case 'in':
        this.#items(first as readonly unknown[], rest);
        return;
      default:
        this.#columns(first, rest);
    }
  }

  #insert(rows: readonly Row[], rest: readonly unknown[]): void {
    const columns = keysOf(rows[0] ?? {}, rest);
    this.text += `(${columns.map((column) => this.#column(column)).join(', ')}) VALUES `;
    this.#tuples(rows, columns);
  }

  #tuples(rows: readonly Row[], rest: readonly unknown[]): void {
    const columns = keysOf(rows[0] ?? {}, rest);
    rows.forEach((row, index) => {
      this.text += index === 0 ? '(' : ', (';
      this.#each(columns, (column) => this.#value(row[column]));
      this.text += ')';
    });
  }

  #items(items: readonly unknown[], rest: readonly unknown[]): void {
    if (items.length === 0) this.text += '(NULL)';
    else if (Array.isArray(items[0])) {
      this.text += '(';
      this.#tuples(items as readonly Row[], rest);
      this.text += ')';
    } else {
      this.text += '(';
      this.#each(items, (item) => this.#value(item));
      this.text += ')';
    }
  }

  #assignments(row: Row, rest: readonly unknown[]): void {
    this.#each(keysOf(row, rest), (column) => {
      this.text += `${this.#column(column)} = `;
      this.#value(row[column]);
    });
  }

  #columns(first: unknown, rest: readonly unknown[]): void {
    if (typeof first === 'string') this.#names([first, ...rest]);
    else if (Array.isArray(first)) this.#names(first);
    else
      this.#each(keysOf(first as Row, rest), (column) => {
        this.#value((first as Row)[column]);
        this.text += ` AS ${this.#column(column)}`;
      });
  }

  #names(names: readonly unknown[]): void {
    this.text += names.map((name) => this.#column(String(name))).join(', ');
  }

  #column(name: string): string {
    return quoted(this.#settings.transform.column.to?.(name) ?? name);
  }

  #each<T>(items: readonly T[], write: (item: T) => void): void {
    items.forEach((item, index) => {
      if (index > 0) this.text += ', ';
      write(item);
    });
  }
}

function rowsOf(first: unknown): readonly Row[] {
  if (!Array.isArray(first)) return [first as Row];
  const isOneTuple = first.length > 0 && (typeof first[0] !== 'object' || first[0] === null);
  return isOneTuple ? [first as unknown as Row] : (first as readonly Row[]);
}

function keysOf(row: Row, rest: readonly unknown[]): readonly string[] {
  return rest.length > 0 ? rest.flat().map(String) : Object.keys(row);
}

const WORDS = /(?:^|[\s(])(values|in|select|as|returning|insert|update)(?=$|[\s(])/gi;

function lastWord(text: string): string | undefined {
  return [...text.matchAll(WORDS)].at(-1)?.[1]?.toLowerCase();
}

/** A dot parts a name from its relation. */
function quoted(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}
