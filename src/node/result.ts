/** Results in the shape of `pg`. */
import type { RawField } from './raw-driver.ts';
import type { Types } from './request.ts';

export class Result {
  command: string | null = null;
  rowCount: number | null = null;
  oid: number | null = null;
  rows: unknown[] = [];
  fields: readonly RawField[] = [];
  readonly rowAsArray: boolean;

  constructor(rowAsArray: boolean) {
    this.rowAsArray = rowAsArray;
  }

  /** Reads a command tag: `INSERT 0 1`, `SELECT 3`, `BEGIN`. */
  complete(tag: string): void {
    const words = tag.split(' ');
    const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
    this.command = words[0] ?? null;
    this.rowCount = numbers.at(-1) ?? null;
    if (numbers.length > 1) this.oid = numbers[0] ?? null;
  }
}

/** Makes rows of one description. */
export class RowReader {
  readonly #names: readonly string[];
  readonly #parsers: readonly ((value: string) => unknown)[];
  readonly #empty: Readonly<Record<string, null>>;

  constructor(fields: readonly RawField[], types: Types) {
    this.#names = fields.map(({ name }) => name);
    this.#parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text'));
    this.#empty = {
      ...Object.assign(Object.create(null), Object.fromEntries(fields.map(({ name }) => [name, null]))),
    };
  }

  get width(): number {
    return this.#names.length;
  }

  /** As `pg` does: of columns with one name the last shows. */
  object(values: readonly (string | null)[]): Record<string, unknown> {
    const row: Record<string, unknown> = { ...this.#empty };
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] ?? null;
      const name = this.#names[index];
      if (name !== undefined) row[name] = value === null ? null : this.#parsers[index]?.(value);
    }
    return row;
  }

  array(values: readonly (string | null)[]): unknown[] {
    return values.map((value, index) => (value === null ? null : this.#parsers[index]?.(value)));
  }
}
