/** Random writes, and cases of several statements. */
import type { Dice } from './dice.ts';
import type { Parameters } from './expressions.ts';
import { Queries } from './queries.ts';
import type { Item, Scope, Type } from './scope.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Step {
  readonly text: string;
  readonly ordered: boolean;
  readonly writes: boolean;
  /** By Parse, Bind and Execute, instead of a Query message. */
  readonly bound?: Bound;
  /** Begins a transaction of the caller's own. */
  readonly begins?: true;
}

export interface Bound {
  /** Of the statement; unnamed where it is empty. */
  readonly name: string;
  readonly types: readonly Type[];
  /** Whether Parse declares the types. */
  readonly declared: boolean;
  /** A Bind each, with the values in the text format. */
  readonly values: readonly (readonly (string | null)[])[];
  /** Rows that each Execute asks for; 0 is all. */
  readonly fetch: number;
}

export class Writes {
  readonly #dice: Dice;
  readonly #queries: Queries;
  readonly #vocabulary: Vocabulary;

  constructor(dice: Dice, vocabulary: Vocabulary, parameters?: Parameters) {
    this.#dice = dice;
    this.#vocabulary = vocabulary;
    this.#queries = new Queries(dice, vocabulary, parameters);
  }

  /** One case: statements of one transaction. */
  steps(): readonly Step[] {
    const count = this.#dice.chance(0.08) ? 2 : 1;
    return Array.from({ length: count }, () => this.#step());
  }

  /** One INSERT, UPDATE or DELETE. */
  write(): string {
    const { writable, insertable, deletable } = this.#vocabulary;
    const kinds = [
      ...(Object.keys(writable).length > 0 ? [() => this.#update(), () => this.#update()] : []),
      ...(Object.keys(insertable).length > 0 ? [() => this.#insert(), () => this.#insert()] : []),
      ...(deletable.length > 0 ? [() => this.#delete()] : []),
    ];
    return kinds.length === 0 ? 'UPDATE people AS o SET n = 1' : this.#dice.pick(kinds)();
  }

  #step(): Step {
    const roll = this.#dice.next();
    const often = this.#vocabulary.readsOnly ? 0.3 : this.#vocabulary.widened ? 0.04 : 0;
    const lookup = roll < often ? this.#vocabulary.lookup(this.#dice) : undefined;
    if (lookup !== undefined) return { text: lookup, ordered: false, writes: false };
    if (roll < 0.66 || (this.#vocabulary.readsOnly && roll < 0.95))
      return { ...this.#queries.statement(), writes: false };
    if (roll < 0.69) return { text: this.#cteWrite(), ordered: false, writes: true };
    if (this.#vocabulary.widened) return { text: this.write(), ordered: false, writes: true };
    const text = roll < 0.84 ? this.#update() : roll < 0.9 ? this.#delete() : this.#insert();
    return { text, ordered: false, writes: true };
  }

  #cteWrite(): string {
    const name = this.#queries.name('w');
    const write = this.#vocabulary.widened
      ? this.write()
      : this.#dice.pick([() => this.#update(), () => this.#delete(), () => this.#insert()])();
    const body = write.includes(' RETURNING ')
      ? write.replace(/ RETURNING .*$/s, ' RETURNING *')
      : `${write} RETURNING *`;
    return `WITH ${name} AS (${body}) SELECT ${this.#dice.pick(['count(*)', `${name}.*`, `${name}.n, 1 / ${name}.n`])} FROM ${name}`;
  }

  #target(tables: readonly string[]): { table: string; scope: Scope } {
    const table = this.#dice.pick(tables);
    const item: Item = { alias: 'o', columns: this.#vocabulary.tables[table] ?? [], row: false };
    return { table, scope: { items: [item], outer: undefined, ctes: [] } };
  }

  #update(): string {
    const { table, scope } = this.#target(Object.keys(this.#vocabulary.writable));
    const beside = this.#beside(scope);
    const sets = this.#sets(table, beside.told);
    const from = beside.text === '' ? '' : ` FROM ${beside.text}`;
    return `UPDATE ${table} AS o SET ${sets}${from}${this.#where(beside.scope)}${this.#returning(beside.told)}`;
  }

  #sets(table: string, scope: Scope): string {
    const names = new Set(
      this.#dice.some(2, () => this.#dice.pick(this.#vocabulary.writable[table] ?? ['n'])),
    );
    const sets = [...names].map((name) => {
      const key = this.#vocabulary.widened && this.#dice.chance(0.5) ? this.#key(table, name) : undefined;
      return `${name} = ${key ?? this.#value(scope, this.#typeOf(table, name))}`;
    });
    return sets.join(', ');
  }

  #value(scope: Scope, type: Type): string {
    return this.#queries.expressions.make(scope, type, 2);
  }

  /** `told`: what stands in the new row and in RETURNING. Of several rows that match, the plan decides which one that is. */
  #beside(scope: Scope): { text: string; scope: Scope; told: Scope } {
    if (this.#dice.chance(0.7)) return { text: '', scope, told: scope };
    const table = this.#dice.pick(Object.keys(this.#vocabulary.tables));
    const alias = this.#queries.name('u');
    const columns = this.#vocabulary.tables[table] ?? [];
    const item: Item = { alias, columns, row: true };
    const both: Scope = { ...scope, items: [...scope.items, item] };
    if (!this.#vocabulary.widened) return { text: `${table} AS ${alias}`, scope: both, told: both };
    if (this.#dice.chance(0.5)) return { text: `${table} AS ${alias}`, scope: both, told: scope };
    const order = columns.map((_, index) => index + 1).join(', ');
    return {
      text: `(SELECT * FROM ${table} ORDER BY ${order} LIMIT 1) AS ${alias}`,
      scope: both,
      told: both,
    };
  }

  #delete(): string {
    const { table, scope } = this.#target(this.#vocabulary.deletable);
    const beside = this.#beside(scope);
    const using = beside.text === '' ? '' : ` USING ${beside.text}`;
    return `DELETE FROM ${table} AS o${using}${this.#where(beside.scope)}${this.#returning(beside.told)}`;
  }

  /** One row of harmless values, so that nothing fails before its keys are looked at. */
  #plainInsert(): string {
    const table = this.#dice.pick(Object.keys(this.#vocabulary.insertable));
    const cells = (this.#vocabulary.insertable[table] ?? []).flatMap((name) => {
      const key = this.#key(table, name);
      if (key === undefined && !this.#vocabulary.required(table, name)) return [];
      return [[name, key ?? this.#queries.expressions.literal(this.#typeOf(table, name))] as const];
    });
    const [names, values] = [cells.map(([name]) => name), cells.map(([, value]) => value)];
    return `INSERT INTO ${table} AS o (${names.join(', ')}) VALUES (${values.join(', ')})`;
  }

  #insert(): string {
    if (this.#vocabulary.widened && this.#dice.chance(0.35)) return this.#plainInsert();
    const { table, scope } = this.#target(Object.keys(this.#vocabulary.insertable));
    const columns = (this.#vocabulary.insertable[table] ?? []).filter(
      (name) => this.#vocabulary.required(table, name) || this.#dice.chance(0.6),
    );
    const source = this.#dice.chance(0.6) ? this.#rows(table, columns) : this.#selected(table, columns);
    return `INSERT INTO ${table} AS o (${columns.join(', ')}) ${source}${this.#conflict(table, scope)}${this.#returning(scope)}`;
  }

  #rows(table: string, columns: readonly string[]): string {
    const empty: Scope = { items: [], outer: undefined, ctes: [] };
    const rows = this.#dice.some(2, () =>
      columns
        .map((name) => this.#key(table, name) ?? this.#value(empty, this.#typeOf(table, name)))
        .join(', '),
    );
    return `VALUES (${rows.join('), (')})`;
  }

  #selected(table: string, columns: readonly string[]): string {
    const other = this.#dice.pick(Object.keys(this.#vocabulary.tables));
    const item: Item = { alias: 's', columns: this.#vocabulary.tables[other] ?? [], row: true };
    const scope: Scope = { items: [item], outer: undefined, ctes: [] };
    const list = columns.map(
      (name) =>
        this.#vocabulary.keyFrom(this.#dice, table, name, other) ??
        this.#key(table, name) ??
        this.#value(scope, this.#typeOf(table, name)),
    );
    return `SELECT ${list.join(', ')} FROM ${other} AS s WHERE ${this.#queries.condition(scope, 2)}`;
  }

  #key(table: string, name: string): string | undefined {
    return this.#vocabulary.key(this.#dice, table, name);
  }

  #typeOf(table: string, name: string): Type {
    return this.#vocabulary.tables[table]?.find((column) => column.name === name)?.type ?? 'int';
  }

  #conflict(table: string, scope: Scope): string {
    if (this.#dice.chance(0.6)) return '';
    const key = this.#vocabulary.conflictKey(this.#dice, table);
    if (this.#dice.chance(0.3)) return ` ON CONFLICT ${key} DO NOTHING`;
    const excluded: Item = { alias: 'excluded', columns: this.#vocabulary.tables[table] ?? [], row: false };
    const inside: Scope = { ...scope, items: [...scope.items, excluded] };
    const where = this.#dice.chance(0.5) ? ` WHERE ${this.#queries.expressions.make(inside, 'bool', 2)}` : '';
    return ` ON CONFLICT ${key} DO UPDATE SET ${this.#sets(table, inside)}${where}`;
  }

  #where(scope: Scope): string {
    return this.#dice.chance(0.92) ? ` WHERE ${this.#queries.condition(scope, 2)}` : '';
  }

  #returning(scope: Scope): string {
    if (this.#dice.chance(0.5)) return '';
    if (this.#dice.chance(0.3)) return this.#vocabulary.widened ? ' RETURNING o.*' : ' RETURNING *';
    const list = this.#dice.some(2, () =>
      this.#queries.expressions.make(scope, this.#queries.expressions.anyType(), 1),
    );
    return ` RETURNING ${list.join(', ')}`;
  }
}
