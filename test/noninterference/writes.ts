/** Random writes, and cases of several statements. */
import type { Dice } from './dice.ts';
import { Queries } from './queries.ts';
import { type Item, type Scope, TABLES, type Type } from './scope.ts';

export interface Step {
  readonly text: string;
  readonly ordered: boolean;
  readonly writes: boolean;
}

/** Often and seldom read tables, by repetition. */
const READABLE = [
  'docs',
  'docs',
  'docs',
  'lines',
  'lines',
  'notes',
  'notes',
  'shares',
  'marks',
  'people',
  'people',
  'goods',
  'events',
];

const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  people: ['nick', 'n', 'raw'],
  docs: [
    'title',
    'n',
    'raw',
    'pat',
    'num',
    'big',
    'len',
    'made',
    'tags',
    'info',
    'state',
    'code',
    'owner',
    'tenant_id',
  ],
  shares: ['level', 'n', 'raw'],
  lines: ['n', 'raw', 'pat', 'num', 'len', 'doc'],
  marks: ['n', 'raw', 'made'],
  notes: ['public', 'n', 'raw', 'pat', 'len', 'big', 'num', 'owner'],
};

/** Columns of an INSERT, and what keys may be: free in every world, or a visible row's. */
const INSERTABLE: Readonly<Record<string, readonly string[]>> = {
  docs: ['id', 'title', 'n', 'raw', 'num', 'owner'],
  lines: ['id', 'doc', 'n', 'raw', 'num'],
  notes: ['id', 'n', 'raw', 'public', 'owner'],
  marks: ['id', 'line', 'n', 'raw'],
  shares: ['doc', 'person', 'n', 'raw'],
};

export class Writes {
  readonly #dice: Dice;
  readonly #queries: Queries;
  readonly #anonymous: boolean;

  /** `anonymous`: a caller who may read little and write nothing. */
  constructor(dice: Dice, anonymous: boolean) {
    this.#dice = dice;
    this.#anonymous = anonymous;
    this.#queries = new Queries(dice, anonymous ? ['goods', 'events'] : READABLE);
  }

  /** One case: statements of one transaction. */
  steps(): readonly Step[] {
    const count = this.#dice.chance(0.08) ? 2 : 1;
    return Array.from({ length: count }, () => this.#step());
  }

  #step(): Step {
    const roll = this.#dice.next();
    if (this.#anonymous && roll < 0.3) return this.#lookup();
    if (roll < 0.66 || (this.#anonymous && roll < 0.95))
      return { ...this.#queries.statement(), writes: false };
    if (roll < 0.69) return { text: this.#cteWrite(), ordered: false, writes: true };
    const text = roll < 0.84 ? this.#update() : roll < 0.9 ? this.#delete() : this.#insert();
    return { text, ordered: false, writes: true };
  }

  #lookup(): Step {
    const email = this.#dice.pick(["'p1@shop.test'", "'p9@shop.test'"]);
    const extra = this.#dice.chance(0.5)
      ? ` AND 1 / ${this.#dice.pick(['n', 'id', '(id - 1)', '(n - 3)'])} >= 0`
      : '';
    return {
      text: `SELECT id, hash FROM accounts WHERE email = ${email}${extra}`,
      ordered: false,
      writes: false,
    };
  }

  #cteWrite(): string {
    const name = this.#queries.name('w');
    const write = this.#dice.pick([() => this.#update(), () => this.#delete(), () => this.#insert()])();
    const body = write.includes(' RETURNING ')
      ? write.replace(/ RETURNING .*$/s, ' RETURNING *')
      : `${write} RETURNING *`;
    return `WITH ${name} AS (${body}) SELECT ${this.#dice.pick(['count(*)', `${name}.*`, `${name}.n, 1 / ${name}.n`])} FROM ${name}`;
  }

  #target(tables: readonly string[]): { table: string; scope: Scope } {
    const table = this.#dice.pick(tables);
    const item: Item = { alias: 'o', columns: TABLES[table] ?? [], row: false };
    return { table, scope: { items: [item], outer: undefined, ctes: [] } };
  }

  #update(): string {
    const { table, scope } = this.#target(Object.keys(WRITABLE));
    const beside = this.#beside(scope);
    const sets = this.#sets(table, beside.scope);
    const from = beside.text === '' ? '' : ` FROM ${beside.text}`;
    return `UPDATE ${table} AS o SET ${sets}${from}${this.#where(beside.scope)}${this.#returning(beside.scope)}`;
  }

  #sets(table: string, scope: Scope): string {
    const names = new Set(this.#dice.some(2, () => this.#dice.pick(WRITABLE[table] ?? ['n'])));
    const sets = [...names].map((name) => `${name} = ${this.#value(scope, typeOf(table, name))}`);
    return sets.join(', ');
  }

  #value(scope: Scope, type: Type): string {
    return this.#queries.expressions.make(scope, type, 2);
  }

  #beside(scope: Scope): { text: string; scope: Scope } {
    if (this.#dice.chance(0.7)) return { text: '', scope };
    const table = this.#dice.pick(Object.keys(TABLES));
    const alias = this.#queries.name('u');
    const item: Item = { alias, columns: TABLES[table] ?? [], row: true };
    return { text: `${table} AS ${alias}`, scope: { ...scope, items: [...scope.items, item] } };
  }

  #delete(): string {
    const { table, scope } = this.#target(['lines', 'notes', 'docs']);
    const beside = this.#beside(scope);
    const using = beside.text === '' ? '' : ` USING ${beside.text}`;
    return `DELETE FROM ${table} AS o${using}${this.#where(beside.scope)}${this.#returning(beside.scope)}`;
  }

  #insert(): string {
    const { table, scope } = this.#target(Object.keys(INSERTABLE));
    const columns = (INSERTABLE[table] ?? []).filter(
      (name) => ['id', 'doc', 'person', 'line'].includes(name) || this.#dice.chance(0.6),
    );
    const source = this.#dice.chance(0.6) ? this.#rows(table, columns) : this.#selected(table, columns);
    return `INSERT INTO ${table} AS o (${columns.join(', ')}) ${source}${this.#conflict(table, scope)}${this.#returning(scope)}`;
  }

  #rows(table: string, columns: readonly string[]): string {
    const empty: Scope = { items: [], outer: undefined, ctes: [] };
    const rows = this.#dice.some(2, () =>
      columns.map((name) => this.#key(name) ?? this.#value(empty, typeOf(table, name))).join(', '),
    );
    return `VALUES (${rows.join('), (')})`;
  }

  #selected(table: string, columns: readonly string[]): string {
    const other = this.#dice.pick(Object.keys(TABLES));
    const item: Item = { alias: 's', columns: TABLES[other] ?? [], row: true };
    const scope: Scope = { items: [item], outer: undefined, ctes: [] };
    const id = other === 'shares' ? 's.doc' : 's.id';
    const list = columns.map((name) =>
      name === 'id' ? `900000 + ${id}` : (this.#key(name) ?? this.#value(scope, typeOf(table, name))),
    );
    return `SELECT ${list.join(', ')} FROM ${other} AS s WHERE ${this.#queries.condition(scope, 2)}`;
  }

  #key(name: string): string | undefined {
    const free = String(900_000 + this.#dice.below(50_000));
    switch (name) {
      case 'id':
        return this.#dice.chance(0.75) ? free : this.#dice.pick(['11', '12', '100', '101', '300', '200']);
      case 'doc':
        return this.#dice.pick(['11', '12', '31', '21', '1001', '1002', '900001', '22']);
      case 'line':
        return this.#dice.pick(['100', '101', '104', '1001', '900001']);
      case 'person':
        return this.#dice.pick(['1', '2', '77']);
      case 'owner':
        return this.#dice.pick(['1', '1', '2', '3', '77']);
      default:
        return undefined;
    }
  }

  #conflict(table: string, scope: Scope): string {
    if (this.#dice.chance(0.6)) return '';
    const key = table === 'shares' ? '(doc, person)' : '(id)';
    if (this.#dice.chance(0.3)) return ` ON CONFLICT ${key} DO NOTHING`;
    const excluded: Item = { alias: 'excluded', columns: TABLES[table] ?? [], row: false };
    const inside: Scope = { ...scope, items: [...scope.items, excluded] };
    const where = this.#dice.chance(0.5) ? ` WHERE ${this.#queries.expressions.make(inside, 'bool', 2)}` : '';
    return ` ON CONFLICT ${key} DO UPDATE SET ${this.#sets(table, inside)}${where}`;
  }

  #where(scope: Scope): string {
    return this.#dice.chance(0.92) ? ` WHERE ${this.#queries.condition(scope, 2)}` : '';
  }

  #returning(scope: Scope): string {
    if (this.#dice.chance(0.5)) return '';
    if (this.#dice.chance(0.3)) return ' RETURNING *';
    const list = this.#dice.some(2, () =>
      this.#queries.expressions.make(scope, this.#queries.expressions.anyType(), 1),
    );
    return ` RETURNING ${list.join(', ')}`;
  }
}

function typeOf(table: string, name: string): Type {
  return TABLES[table]?.find((column) => column.name === name)?.type ?? 'int';
}
