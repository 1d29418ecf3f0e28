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
    const [command, ...numbers] = tag.split(' ');
    this.command = command ?? null;
    const count = Number.parseInt(numbers.at(-1) ?? '', 10);
    this.rowCount = Number.isNaN(count) ? null : count;
    if (numbers.length === 2 && this.rowCount !== null) this.oid = Number(numbers[0]);
  }
}

/** The columns of a description, ready to make rows of. */
export class RowShape {
  readonly fields: readonly RawField[];
  readonly names: readonly string[];
  readonly empty: Readonly<Record<string, null>>;

  constructor(fields: readonly RawField[]) {
    this.fields = fields;
    this.names = fields.map(({ name }) => name);
    // By definition and not by assignment: a column may be called `__proto__`.
    this.empty = Object.fromEntries(this.names.map((name) => [name, null]));
  }
}

/** Makes rows of one description. */
export class RowReader {
  readonly #names: readonly string[];
  readonly #empty: Readonly<Record<string, null>>;
  readonly #parsers: readonly ((value: string) => unknown)[];

  constructor({ fields, names, empty }: RowShape, types: Types) {
    this.#names = names;
    this.#empty = empty;
    this.#parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text'));
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
