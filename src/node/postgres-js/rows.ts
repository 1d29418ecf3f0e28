import pg from 'pg';
import type { Result } from '../result.ts';
import type { Settings } from './fragment.ts';

export interface ColumnInfo {
  readonly name: string;
  readonly type: number;
  readonly table: number;
  readonly number: number;
}

/** Rows in the shape of `postgres.js`: a list that knows its command, count and columns. */
export class Rows extends Array<unknown> {
  readonly command: string;
  readonly count: number;
  readonly columns: readonly ColumnInfo[];

  constructor(command = '', count = 0, columns: readonly ColumnInfo[] = []) {
    super();
    this.command = command;
    this.count = count;
    this.columns = columns;
    for (const name of ['command', 'count', 'columns'])
      Object.defineProperty(this, name, { enumerable: false });
  }

  // What is made of it is a plain list.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

export type Shape = 'objects' | 'values' | 'raw';

/** The type of the items of an array type. */
export type ElementOf = (type: number) => number | undefined;

export function rowsOf(result: Result, shape: Shape, settings: Settings, elementOf: ElementOf): Rows {
  const { column, value: values, row: rowOf } = settings.transform;
  const columns = result.fields.map(({ name, dataTypeID, tableID, columnID }) => ({
    name: column.from?.(name) ?? name,
    type: dataTypeID,
    table: tableID,
    number: columnID,
  }));
  const parsers = columns.map(({ type }) => parserOf(type, settings, elementOf));
  const rows = new Rows(result.command ?? '', result.rowCount ?? result.rows.length, columns);
  for (const texts of result.rows as (string | null)[][]) {
    if (shape === 'raw') rows.push(texts.map((text) => (text === null ? null : Buffer.from(text))));
    else {
      const parsed = columns.map((info, index) => {
        const text = texts[index] ?? null;
        const value = text === null ? null : parsers[index]?.(text);
        return values.from === undefined ? value : values.from(value, info);
      });
      const made = shape === 'values' ? parsed : objectOf(columns, parsed);
      rows.push(rowOf.from === undefined ? made : rowOf.from(made));
    }
  }
  return rows;
}

type Parser = (text: string) => unknown;

/** `pg` reads arrays; its types do not say so. */
const { arrayParser } = pg.types as unknown as {
  arrayParser: { create(text: string, item: Parser): { parse(): unknown } };
};

function parserOf(type: number, { parsers }: Settings, elementOf: ElementOf): Parser {
  const own = parsers[type];
  if (own !== undefined) return own;
  const element = elementOf(type);
  if (element === undefined) return (text) => text;
  const item = parserOf(element, { parsers } as Settings, () => undefined);
  return (text) => arrayParser.create(text, item).parse();
}

function objectOf(columns: readonly ColumnInfo[], values: readonly unknown[]): object {
  return Object.fromEntries(columns.map(({ name }, index) => [name, values[index]]));
}
