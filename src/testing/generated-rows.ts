/** Rows for every table of a schema: types, NOT NULL, unique and foreign keys are kept, and the database judges the rest. */
import { type Catalog, type Column, type ForeignKey, keyOf, type Relation } from '../catalog/index.ts';
import { quoteName, quoteText } from '../sql/index.ts';
import type { Dice } from './dice.ts';
import type { Owner } from './owner.ts';
import { randomValue } from './random-value.ts';
import { nameOf } from './sql-text.ts';

/** Values that a rule compares a column with: claims of the callers, literals. */
export type Significant = ReadonlyMap<string, readonly string[]>;

const ATTEMPTS_A_ROW = 6;
const SEQUENCE_LEAD = 10_000;

export class GeneratedRows {
  readonly #catalog: Catalog;
  readonly #owner: Owner;
  readonly #dice: Dice;
  readonly #significant: (relation: Relation) => Significant;
  #count = 0;

  constructor(catalog: Catalog, owner: Owner, dice: Dice, significant: (relation: Relation) => Significant) {
    this.#catalog = catalog;
    this.#owner = owner;
    this.#dice = dice;
    this.#significant = significant;
  }

  /** Fills the tables, those that others refer to first. Answers the tables that no row could be made for. */
  async fill(relations: readonly Relation[], rowsEach: number): Promise<readonly string[]> {
    const empty: string[] = [];
    for (const relation of parentsFirst(relations)) {
      let made = 0;
      for (let row = 0; row < rowsEach; row += 1) if (await this.#insert(relation)) made += 1;
      if (made === 0) empty.push(relation.name);
    }
    await this.#leadSequences();
    return empty;
  }

  /** No row that is made up or changed has the next number: in a database that lives, none has. */
  async #leadSequences(): Promise<void> {
    for (const sequence of this.#catalog.relations.values())
      if (sequence.kind === 'sequence')
        await this.#owner.try(`SELECT pg_catalog.setval(${quoteText(nameOf(sequence))}, ${SEQUENCE_LEAD})`);
  }

  async #insert(relation: Relation): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS_A_ROW; attempt += 1) {
      const values = await this.#row(relation);
      if (values !== undefined && (await this.#owner.try(insertText(relation, values)))) return true;
    }
    return false;
  }

  /** SQL for each column that gets a value; undefined where a reference that must be has nothing to refer to. */
  async #row(relation: Relation): Promise<ReadonlyMap<string, string> | undefined> {
    this.#count += 1;
    const values = new Map<string, string>();
    for (const key of relation.foreignKeys) {
      const parent = await this.#parentOf(key);
      if (parent !== undefined) for (const [column, value] of parent) values.set(column, value);
      else if (key.columns.some((column) => find(relation, column)?.notNull === true)) return undefined;
    }
    const keys = uniqueColumns(relation);
    for (const column of relation.columns) {
      if (values.has(column.name) || column.generated !== 'no') continue;
      const value = this.#value(relation, column, keys.has(column.name));
      if (value !== undefined) values.set(column.name, value);
    }
    return values;
  }

  async #parentOf({ to, columns, toColumns }: ForeignKey): Promise<ReadonlyMap<string, string> | undefined> {
    const parent = this.#catalog.relations.get(to);
    if (parent === undefined) return undefined;
    const shown = toColumns.map((column) => `${quoteName(column)}::text`).join(', ');
    const rows = await this.#owner.rows(`SELECT ${shown} FROM ${nameOf(parent)} ORDER BY ${shown}`);
    const row = this.#dice.pick(rows);
    if (row === undefined) return undefined;
    return new Map(columns.map((column, index) => [column, literal(row[index] ?? null)]));
  }

  #value(relation: Relation, column: Column, isUnique: boolean): string | undefined {
    const significant = this.#significant(relation).get(column.name) ?? [];
    if (significant.length > 0 && this.#dice.chance(0.8))
      return literal(this.#dice.pick(significant) ?? null);
    if (!column.notNull && this.#dice.chance(0.1)) return 'NULL';
    if (isUnique) return uniqueValue(this.#catalog, column, this.#count) ?? this.#random(column);
    return this.#random(column);
  }

  #random(column: Column): string | undefined {
    const value = randomValue(this.#catalog, column, this.#dice);
    return value === undefined ? undefined : literal(value);
  }
}

/** Another value for a column that the caller is not to see. */
export function otherValue(
  catalog: Catalog,
  relation: Relation,
  column: Column,
  dice: Dice,
): string | undefined {
  if (column.generated !== 'no') return undefined;
  const isKey =
    uniqueColumns(relation).has(column.name) ||
    relation.foreignKeys.some(({ columns }) => columns.includes(column.name));
  const isUnique = uniqueColumns(relation).has(column.name);
  if (isKey && !isUnique) return undefined;
  const value = isUnique
    ? uniqueText(catalog, column, 100_000 + dice.below(100_000))
    : randomValue(catalog, column, dice);
  return value === undefined ? undefined : literal(value);
}

function uniqueValue(catalog: Catalog, column: Column, count: number): string | undefined {
  const text = uniqueText(catalog, column, count);
  return text === undefined ? undefined : literal(text);
}

function uniqueText(catalog: Catalog, column: Column, count: number): string | undefined {
  const name = catalog.types.get(column.type)?.name ?? '';
  if (/^(int[248]|numeric|float[48])$/.test(name)) return String(count);
  if (/^(text|varchar|citext|name)$/.test(name)) return `u${count}`;
  return undefined;
}

function literal(value: string | null): string {
  return value === null ? 'NULL' : quoteText(value);
}

function insertText(relation: Relation, values: ReadonlyMap<string, string>): string {
  const columns = [...values.keys()].map(quoteName).join(', ');
  return values.size === 0
    ? `INSERT INTO ${nameOf(relation)} DEFAULT VALUES`
    : `INSERT INTO ${nameOf(relation)} (${columns}) VALUES (${[...values.values()].join(', ')})`;
}

function find(relation: Relation, name: string): Column | undefined {
  return relation.columns.find((column) => column.name === name);
}

export function uniqueColumns(relation: Relation): ReadonlySet<string> {
  return new Set([...(relation.primaryKey ?? []), ...relation.uniqueKeys.flat()]);
}

function parentsFirst(relations: readonly Relation[]): readonly Relation[] {
  const sorted: Relation[] = [];
  const visit = (relation: Relation, above: ReadonlySet<string>) => {
    if (sorted.includes(relation) || above.has(keyOf(relation))) return;
    for (const { to } of relation.foreignKeys) {
      const parent = relations.find((candidate) => keyOf(candidate) === to);
      if (parent !== undefined) visit(parent, new Set([...above, keyOf(relation)]));
    }
    sorted.push(relation);
  };
  for (const relation of relations) visit(relation, new Set());
  return sorted;
}
