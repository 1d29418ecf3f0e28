/** Random queries of every shape that the guard accepts. Whatever orders or cuts off does so by all output columns. */
import type { Dice } from './dice.ts';
import { Expressions, type Parameters } from './expressions.ts';
import { type Column, type Item, named, type Scope, type Type } from './scope.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Query {
  readonly text: string;
  readonly columns: readonly Column[];
  /** The order of the rows is fixed. */
  readonly ordered: boolean;
}

/** Conditions that cost little and that no value fails. */
const HARMLESS_TESTS: Readonly<Partial<Record<Type, readonly string[]>>> = {
  int: ['{} > -99', '{} < 5000', '{} IS NOT NULL', '{} = {}', '{} <> 12345'],
  text: ["{} <> 'q'", "{} >= ''", '{} IS NOT NULL'],
  num: ['{} > -99', '{} IS NOT NULL', '{} <> 0.125'],
  bool: ['{}', '{} IS NOT TRUE', '{} IS NOT NULL'],
};

const EMPTY: Scope = { items: [], outer: undefined, ctes: [] };

export class Queries {
  readonly #dice: Dice;
  readonly expressions: Expressions;
  readonly #vocabulary: Vocabulary;
  readonly #tables: readonly string[];
  #names = 0;

  constructor(dice: Dice, vocabulary: Vocabulary, parameters?: Parameters) {
    this.#dice = dice;
    this.#vocabulary = vocabulary;
    this.#tables = vocabulary.readable;
    this.expressions = new Expressions(
      dice,
      dice.pick([0.3, 0.6, 0.85]),
      (scope, type, single) => this.#subQuery(scope, type, single),
      vocabulary,
    );
    this.expressions.parameters = parameters;
  }

  statement(): Query {
    if (this.#dice.chance(0.2)) return this.#focused();
    return this.query(EMPTY, this.#dice.between(1, 3), undefined);
  }

  /** One trap over one table behind one or two layers, with nothing else that could fail first. */
  #focused(): Query {
    const { text: table, item } = this.#table();
    const scope: Scope = { items: [item], outer: undefined, ctes: [] };
    const type = this.#dice.pick<Type>(['int', 'int', 'int', 'text', 'num', 'bool']);
    const trap = this.expressions.trap(scope, type, 0);
    const test = (column: string): string =>
      this.#dice.pick(HARMLESS_TESTS[type] ?? ['{} IS NULL']).replaceAll('{}', column);
    const { alias } = item;
    const unlisted = Array.from(
      { length: this.#vocabulary.unlisted(table.split(' ')[0] ?? '') },
      (_, index) => `s${index === 0 ? '' : index}`,
    );
    const goods = this.#vocabulary.part('goods');
    const [goodsId, goodsN] = ['id', 'n'].map((name) => this.#vocabulary.partColumn('goods', name));
    const key = `${alias}.${item.columns[0]?.name}`;
    const text = this.#dice.pick([
      () => `SELECT ${key} FROM ${table}, LATERAL (SELECT ${trap}) AS v (y) WHERE ${test('v.y')}`,
      () => `SELECT ${key} FROM ${table}, LATERAL (VALUES (${trap})) AS v (y) WHERE ${test('v.y')}`,
      () => `SELECT ${key}, v.y FROM ${table} JOIN LATERAL (SELECT ${trap} AS y) AS v ON ${test('v.y')}`,
      () =>
        `SELECT ${key} FROM ${table} LEFT JOIN LATERAL (SELECT ${trap} AS y) AS v ON true WHERE ${test('v.y')}`,
      () =>
        `SELECT ${key} FROM ${table} LEFT JOIN LATERAL (SELECT g.${goodsId}, ${trap} AS y FROM ${goods} AS g) AS v ON ${test('v.y')}`,
      () =>
        `SELECT ${key} FROM ${table}, LATERAL (WITH w AS (SELECT ${trap} AS y) SELECT w.y FROM w) AS v WHERE ${test('v.y')}`,
      () =>
        `SELECT ${key} FROM ${table}, LATERAL (SELECT ${trap} AS y UNION ALL SELECT ${trap}) AS v WHERE ${test('v.y')}`,
      () =>
        `SELECT ${key} FROM ${table}, LATERAL (SELECT x.y FROM (SELECT ${trap} AS y) AS x WHERE ${test('x.y')}) AS v`,
      () =>
        `SELECT ${key} FROM ${table}, ${goods} AS u WHERE EXISTS (SELECT 1 FROM (SELECT ${trap} AS y) AS s WHERE ${test('s.y')} AND u.${goodsId} > 0)`,
      () =>
        `SELECT ${key} FROM ${table} WHERE EXISTS (SELECT 1 FROM ${goods} AS g JOIN LATERAL (SELECT ${trap} AS y) AS s ON ${test('s.y')})`,
      () => `SELECT d.y FROM (SELECT ${trap} AS y FROM ${table}) AS d WHERE ${test('d.y')}`,
      () =>
        `SELECT e.y FROM (SELECT d.y FROM (SELECT ${trap} AS y FROM ${table} OFFSET 0) AS d) AS e WHERE ${test('e.y')}`,
      () => `SELECT d.y FROM (SELECT DISTINCT ${trap} AS y FROM ${table}) AS d WHERE ${test('d.y')}`,
      () =>
        `SELECT d.y, count(*) FROM (SELECT ${trap} AS y, count(*) OVER (PARTITION BY ${trap}) AS c FROM ${table}) AS d WHERE ${test('d.y')} GROUP BY 1`,
      () => `WITH w AS (SELECT ${trap} AS y FROM ${table}) SELECT w.y FROM w WHERE ${test('w.y')}`,
      () =>
        `SELECT d.y FROM (SELECT ${trap} AS y FROM ${table} UNION ALL SELECT ${trap} FROM ${table}) AS d WHERE ${test('d.y')}`,
      () =>
        `SELECT ${key} FROM ${table} JOIN (SELECT g.${goodsId}, g.${goodsN} AS m FROM ${goods} AS g) AS u ON u.m > 0 AND ${test(`(${trap})`)}`,
      () =>
        `SELECT j.k FROM (${table} CROSS JOIN LATERAL (SELECT ${trap} AS y) AS v) AS j (${[...item.columns.map((_, index) => (index === 0 ? 'k' : `a${index}`)), ...unlisted, 'y'].join(', ')}) WHERE ${test('j.y')}`,
      () => `SELECT ${trap} AS y FROM ${table} GROUP BY 1 HAVING ${test(`(${trap})`)}`,
      () =>
        `SELECT ${key} FROM ${table} WHERE ${this.#maskTest(item)} GROUP BY ${key}, (${trap}) HAVING ${test(`(${trap})`)}`,
      () =>
        `SELECT ${key} FROM ${table} LEFT JOIN LATERAL (SELECT 1 AS y FROM ${goods} AS g WHERE ${this.#maskTest(item)}) AS v ON true GROUP BY ${key}, (${trap}) HAVING ${test(`(${trap})`)}`,
      () =>
        `SELECT d.k FROM (SELECT ${key} AS k, ${trap} AS y FROM ${table} WHERE ${this.#maskTest(item)}) AS d WHERE ${test('d.y')}`,
      () => `SELECT ${key} FROM ${table} WHERE ${test(`(SELECT ${trap})`)}`,
      () =>
        `SELECT ${key} FROM ${table} WHERE ${key} IN (SELECT s.k FROM (SELECT ${key} AS k, ${trap} AS y) AS s WHERE ${test('s.y')})`,
    ])();
    return { text, columns: [], ordered: false };
  }

  /** A condition that cannot fail and that a NULL meets, as a masked column shows one. */
  #maskTest(item: Item): string {
    const known = named(item);
    const column = `${item.alias}.${this.#dice.pick(known.length === 0 ? item.columns : known).name}`;
    return this.#dice.pick([
      `${column} IS NULL`,
      `${column} IS NOT NULL`,
      `${column} IS DISTINCT FROM ${item.alias}.${item.columns[0]?.name}`,
      `coalesce(${column} IS NULL, true)`,
    ]);
  }

  /** `wanted`: types of the output columns. */
  query(outer: Scope, depth: number, wanted: readonly Type[] | undefined): Query {
    if (depth > 0 && this.#dice.chance(0.15)) return this.#with(outer, depth - 1, wanted);
    if (depth > 0 && this.#dice.chance(0.12)) return this.#setOperation(outer, depth - 1, wanted);
    if (this.#dice.chance(0.03)) return this.#values(outer, wanted ?? ['int', 'text']);
    return this.#select(outer, depth, wanted);
  }

  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  condition(scope: Scope, depth: number): string {
    if (this.#dice.chance(0.4)) return this.expressions.trap(scope, 'bool', 0);
    return this.#dice.some(2, () => this.expressions.make(scope, 'bool', depth)).join(' AND ');
  }

  #subQuery(scope: Scope, type: Type, single: boolean): string {
    const inside: Scope = { items: [], outer: scope, ctes: scope.ctes };
    if (!single) return this.#select(inside, 0, [type], false).text;
    if (this.#dice.chance(0.5)) {
      const { text, scope: own } = this.#from(inside, 0);
      return `SELECT ${this.expressions.aggregate(own, type, 1)} FROM ${text}${this.#where(own, 1)}`;
    }
    return this.#dice.chance(0.3)
      ? `SELECT ${this.expressions.make(scope, type, 1)}`
      : this.#select(inside, 0, [type]).text;
  }

  #with(outer: Scope, depth: number, wanted: readonly Type[] | undefined): Query {
    const name = this.name('w');
    const lazy = this.#dice.pick(['', '', ' MATERIALIZED', ' NOT MATERIALIZED']);
    if (this.#dice.chance(0.2)) return this.#recursive(outer, depth, wanted, name);
    const query = this.query(outer, depth, undefined);
    const item: Item = { alias: name, columns: query.columns, row: true };
    const body = this.query({ ...outer, ctes: [...outer.ctes, item] }, depth, wanted);
    return { ...body, text: `WITH ${name} AS${lazy} (${query.text}) ${plain(body.text)}` };
  }

  #recursive(outer: Scope, depth: number, wanted: readonly Type[] | undefined, name: string): Query {
    const columns: Column[] = [
      { name: 'k', type: 'int' },
      { name: 'm', type: 'int' },
    ];
    const start = this.#select({ ...outer, ctes: [] }, 0, ['int'], false).text;
    const own: Item = { alias: name, columns, row: false };
    const table = this.#dice.pick(this.#tables);
    const inside: Scope = {
      items: [own, { alias: 't', columns: this.#vocabulary.tables[table] ?? [], row: false }],
      outer: undefined,
      ctes: [],
    };
    const n = (this.#vocabulary.tables[table] ?? []).find((column) => column.kind === 'n')?.name ?? 'n';
    const next = this.#dice.pick([`${name}.k`, `t.${n}`, this.expressions.make(inside, 'int', 1)]);
    const step = `SELECT ${next}, ${name}.m + 1 FROM ${name}, ${table} t WHERE ${name}.m < 2 AND ${this.expressions.make(inside, 'bool', 1)}`;
    const item: Item = { alias: name, columns, row: true };
    const body = this.query({ ...outer, ctes: [item] }, depth, wanted);
    const text = `WITH RECURSIVE ${name} (k, m) AS (SELECT s.x, 0 FROM (${start}) AS s (x) UNION ${step}) ${plain(body.text)}`;
    return { ...body, text };
  }

  #setOperation(outer: Scope, depth: number, wanted: readonly Type[] | undefined): Query {
    const types = wanted ?? this.#types();
    const left = this.query(outer, depth, types);
    const right = this.query(outer, depth, types);
    const operation = this.#dice.pick(['UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT', 'UNION ALL']);
    return this.#cut(`(${left.text}) ${operation} (${right.text})`, left.columns, false);
  }

  #values(outer: Scope, types: readonly Type[]): Query {
    const rows = this.#dice.some(
      3,
      () => `(${types.map((type) => this.expressions.make(outer, type, 1)).join(', ')})`,
    );
    const columns = types.map((type, index) => ({ name: `column${index + 1}`, type }));
    return { text: `VALUES ${rows.join(', ')}`, columns, ordered: false };
  }

  #types(): readonly Type[] {
    return this.#dice.some(3, () => this.expressions.anyType());
  }

  #select(outer: Scope, depth: number, wanted: readonly Type[] | undefined, cuts = true): Query {
    const { text: from, scope, merged } = this.#from(outer, depth);
    const where = this.#where(scope, 2);
    if (this.#dice.chance(0.22)) return this.#grouped(scope, from, where, wanted ?? this.#types(), cuts);
    if (wanted === undefined && !merged && this.#dice.chance(0.2)) return this.#star(scope, from, where);
    const types = wanted ?? this.#types();
    const names = types.map(() => this.name('c'));
    const columns = types.map((type, index) => ({ name: names[index] ?? '', type }));
    const list = types.map((type, index) => `${this.#output(scope, type)} AS ${names[index]}`);
    const distinct = this.#dice.chance(0.1) ? 'DISTINCT ' : '';
    const text = `SELECT ${distinct}${list.join(', ')} FROM ${from}${where}`;
    if (cuts && distinct === '' && this.#dice.chance(0.06))
      return distinctOn(list, `${from}${where}`, columns);
    if (distinct === '' && this.#dice.chance(0.12)) {
      const key = this.expressions.make(scope, this.#dice.pick(['int', 'text', 'bool', 'num']), 2);
      return { text: `${text} ORDER BY ${key}`, columns, ordered: false };
    }
    return cuts ? this.#cut(text, columns, true) : { text, columns, ordered: false };
  }

  #output(scope: Scope, type: Type): string {
    if ((type === 'int' || type === 'big') && this.#dice.chance(0.12)) return this.#window(scope);
    return this.#dice.chance(0.3)
      ? this.expressions.trap(scope, type, 0)
      : this.expressions.make(scope, type, 2);
  }

  #window(scope: Scope): string {
    const one = (): string =>
      this.expressions.make(scope, this.#dice.pick(['int', 'text', 'bool', 'num']), 1);
    const call = this.#dice.pick([
      'rank()',
      'dense_rank()',
      'count(*)',
      `max(${this.expressions.make(scope, 'int', 1)})`,
      `count(*) FILTER (WHERE ${this.expressions.make(scope, 'bool', 1)})`,
    ]);
    const partition = this.#dice.chance(0.5) ? `PARTITION BY ${one()} ` : '';
    return `(${call} OVER (${partition}ORDER BY ${one()}))::int`;
  }

  #star(scope: Scope, from: string, where: string): Query {
    const columns = scope.items.flatMap((item) => item.columns);
    const unique = new Set(columns.map((column) => column.name)).size === columns.length;
    const [item] = scope.items;
    if (unique || item === undefined)
      return { text: `SELECT * FROM ${from}${where}`, columns, ordered: false };
    return { text: `SELECT ${item.alias}.* FROM ${from}${where}`, columns: item.columns, ordered: false };
  }

  #grouped(scope: Scope, from: string, where: string, types: readonly Type[], cuts: boolean): Query {
    const names = types.map(() => this.name('g'));
    const columns = types.map((type, index) => ({ name: names[index] ?? '', type }));
    const keyed = types.map(() => this.#dice.chance(0.5));
    const values = types.map((type, index) =>
      keyed[index] ? this.expressions.make(scope, type, 2) : this.expressions.aggregate(scope, type, 1),
    );
    const keys = values.map((_, index) => String(index + 1)).filter((_, index) => keyed[index]);
    const extra = this.#dice.chance(0.4)
      ? [this.expressions.make(scope, this.#dice.pick(['int', 'text']), 1)]
      : [];
    const list = values.map((value, index) => `${value} AS ${names[index]}`).join(', ');
    const all = [...keys, ...extra];
    const group =
      all.length === 0
        ? ''
        : ` GROUP BY ${this.#dice.chance(0.1) ? `ROLLUP (${all.join(', ')})` : all.join(', ')}`;
    const repeated = this.#dice.pick(extra.length > 0 ? extra : ['count(*)']);
    const conditions = [
      `${this.expressions.aggregate(scope, 'int', 1)} > 0`,
      `1 / (${repeated === 'count(*)' ? repeated : `length((${repeated})::text)`} - 1) >= 0`,
    ];
    const having = this.#dice.chance(0.4) ? ` HAVING ${this.#dice.pick(conditions)}` : '';
    const text = `SELECT ${list} FROM ${from}${where}${group}${having}`;
    return cuts ? this.#cut(text, columns, true) : { text, columns, ordered: false };
  }

  #cut(text: string, columns: readonly Column[], mayLock: boolean): Query {
    if (this.#dice.chance(0.75)) return { text, columns, ordered: false };
    const order = ` ORDER BY ${columns.map((_, index) => `${index + 1}${this.#dice.pick(['', ' DESC', ' NULLS FIRST'])}`).join(', ')}`;
    const limit = this.#dice.chance(0.6) ? ` LIMIT ${this.#dice.between(0, 4)}` : '';
    const offset = this.#dice.chance(0.2) ? ` OFFSET ${this.#dice.between(0, 2)}` : '';
    const lock =
      mayLock && limit === '' && offset === '' && this.#dice.chance(0.1)
        ? this.#dice.pick([' FOR UPDATE', ' FOR SHARE SKIP LOCKED'])
        : '';
    return { text: `${text}${order}${limit}${offset}${lock}`, columns, ordered: true };
  }

  #where(scope: Scope, depth: number): string {
    return this.#dice.chance(0.85) ? ` WHERE ${this.condition(scope, depth)}` : '';
  }

  #from(outer: Scope, depth: number): { text: string; scope: Scope; merged: boolean } {
    const count = this.#dice.pick(depth > 0 ? [1, 1, 2, 2, 3] : [1, 1, 1, 2]);
    const first = this.#item({ ...outer, outer: outer.outer }, depth, outer);
    let text = first.text;
    let items: readonly Item[] = [first.item];
    let merged = false;
    for (let index = 1; index < count; index++) {
      const before: Scope = { items, outer: outer.outer, ctes: outer.ctes };
      const lateral: Scope = { ...before, items: [...outer.items, ...items] };
      const next = this.#item(outer, depth, lateral);
      const all = [...items, next.item];
      const join = this.#join(
        items,
        next.item,
        { items: all, outer: outer.outer, ctes: outer.ctes },
        next.lateral,
      );
      merged ||= join.merged;
      text = join.text(text, next.text);
      items = all;
    }
    return {
      text,
      scope: { items, outer: outer.items.length > 0 ? outer : outer.outer, ctes: outer.ctes },
      merged,
    };
  }

  #join(
    left: readonly Item[],
    right: Item,
    scope: Scope,
    lateral: boolean,
  ): { text(l: string, r: string): string; merged: boolean } {
    const kind = this.#dice.pick(
      lateral
        ? ['JOIN', 'LEFT JOIN', ',']
        : [
            'JOIN',
            'JOIN',
            'LEFT JOIN',
            'LEFT JOIN',
            'RIGHT JOIN',
            'FULL JOIN',
            ',',
            'CROSS JOIN',
            'USING',
            'NATURAL',
          ],
    );
    if (kind === ',' || kind === 'CROSS JOIN') {
      // A comma binds less than a join, so what follows it would not see what stands before.
      return { text: (l, r) => `${l} CROSS JOIN ${r}`, merged: false };
    }
    const shared =
      left[0]?.columns.filter((column) =>
        right.columns.some((other) => other.name === column.name && other.type === column.type),
      ) ?? [];
    if (kind === 'NATURAL' && left.length === 1)
      return { text: (l, r) => `${l} NATURAL ${this.#dice.pick(['', 'LEFT '])}JOIN ${r}`, merged: true };
    if (kind === 'USING' && left.length === 1 && shared.length > 0) {
      const name = this.#dice.pick(shared).name;
      const how = this.#dice.pick(['', 'LEFT ', 'RIGHT ', 'FULL ']);
      return { text: (l, r) => `${l} ${how}JOIN ${r} USING (${name})`, merged: true };
    }
    const equal = this.#equality(left, right);
    const extra = this.#dice.chance(0.6) ? ` AND ${this.expressions.make(scope, 'bool', 1)}` : '';
    const on =
      kind === 'FULL JOIN'
        ? equal
        : this.#dice.chance(0.25)
          ? this.expressions.make(scope, 'bool', 2)
          : `${equal}${extra}`;
    const how = ['JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN'].includes(kind) ? kind : 'JOIN';
    return { text: (l, r) => `${l} ${how} ${r} ON ${on}`, merged: false };
  }

  #equality(left: readonly Item[], right: Item): string {
    const item = this.#dice.pick(left);
    const own = named(item);
    if (own.length === 0) return 'true';
    const column = this.#dice.pick(own);
    const others = named(right).filter((other) => other.type === column.type);
    if (others.length === 0) return 'true';
    return `${item.alias}.${column.name} = ${right.alias}.${this.#dice.pick(others).name}`;
  }

  #item(outer: Scope, depth: number, lateral: Scope): { text: string; item: Item; lateral: boolean } {
    const roll = this.#dice.next();
    const cte = outer.ctes.length > 0 && this.#dice.chance(0.6) ? this.#dice.pick(outer.ctes) : undefined;
    if (cte !== undefined) {
      const alias = this.name('r');
      return { text: `${cte.alias} AS ${alias}`, item: { ...cte, alias, row: true }, lateral: false };
    }
    if (depth > 0 && roll < 0.16)
      return this.#derived(
        { ...outer, items: [], outer: outer.items.length > 0 ? outer : outer.outer },
        depth - 1,
        false,
      );
    if (roll < 0.4 && lateral.items.length > 0) return this.#lateral(lateral, depth - 1);
    if (roll < (lateral.items.length > 0 ? 0.47 : 0.2)) return this.#function(lateral);
    return this.#table();
  }

  #derived(scope: Scope, depth: number, lateral: boolean): { text: string; item: Item; lateral: boolean } {
    const query = this.query(scope, depth, undefined);
    const alias = this.name('d');
    const renamed = this.#dice.chance(0.2) && query.columns.length < 5;
    const columns = renamed
      ? query.columns.map((column, index) => ({ ...column, name: `x${index + 1}` }))
      : query.columns;
    const list = renamed ? ` (${columns.map((column) => column.name).join(', ')})` : '';
    return {
      text: `${lateral ? 'LATERAL ' : ''}(${query.text}) AS ${alias}${list}`,
      item: { alias, columns, row: true },
      lateral,
    };
  }

  #lateral(scope: Scope, depth: number): { text: string; item: Item; lateral: boolean } {
    if (this.#dice.chance(0.45))
      return this.#derived({ items: [], outer: scope, ctes: scope.ctes }, Math.max(depth, 0), true);
    const types = this.#types();
    const alias = this.name('l');
    const values = types.map((type) =>
      this.#dice.chance(0.5) ? this.expressions.trap(scope, type, 0) : this.expressions.make(scope, type, 2),
    );
    const columns = types.map((type, index) => ({ name: `y${index + 1}`, type }));
    const names = columns.map((column) => column.name).join(', ');
    const body = this.#dice.chance(0.5) ? `VALUES (${values.join(', ')})` : `SELECT ${values.join(', ')}`;
    return {
      text: `LATERAL (${body}) AS ${alias} (${names})`,
      item: { alias, columns, row: true },
      lateral: true,
    };
  }

  #function(scope: Scope): { text: string; item: Item; lateral: boolean } {
    const alias = this.name('f');
    const int = (): string => this.expressions.make(scope, 'int', 1);
    const [call, type] = this.#dice.pick<[string, Type]>([
      [`generate_series(1, ${int()} % 7)`, 'int'],
      [`generate_series(1, 3, ${int()})`, 'int'],
      [`unnest(${this.expressions.make(scope, 'ints', 1)})`, 'int'],
      [`jsonb_array_elements(${this.expressions.make(scope, 'json', 1)})`, 'json'],
      [
        `regexp_split_to_table(${this.expressions.make(scope, 'text', 1)}, ${this.expressions.make(scope, 'text', 1)})`,
        'text',
      ],
    ]);
    return {
      text: `${this.#dice.pick(['', 'LATERAL '])}${call} AS ${alias} (v)`,
      item: { alias, columns: [{ name: 'v', type }], row: false },
      lateral: true,
    };
  }

  #table(): { text: string; item: Item; lateral: boolean } {
    const table = this.#dice.pick(this.#tables);
    const columns = this.#vocabulary.tables[table] ?? [];
    const alias = this.name('t');
    if (this.#dice.chance(0.07)) {
      const renamed = columns.map((column, index) => ({ ...column, name: `z${index + 1}` }));
      const unlisted = Array.from({ length: this.#vocabulary.unlisted(table) }, (_, index) => ({
        name: `z${columns.length + index + 1}`,
      }));
      const hidden = [...renamed, ...unlisted];
      return {
        text: `${table} AS ${alias} (${hidden.map((column) => column.name).join(', ')})`,
        item: { alias, columns: renamed, row: true },
        lateral: false,
      };
    }
    return { text: `${table} AS ${alias}`, item: { alias, columns, row: true }, lateral: false };
  }
}

function distinctOn(list: readonly string[], rest: string, columns: readonly Column[]): Query {
  const order = list.map((_, index) => index + 1).join(', ');
  return {
    text: `SELECT DISTINCT ON (1) ${list.join(', ')} FROM ${rest} ORDER BY ${order}`,
    columns,
    ordered: true,
  };
}

/** A query that begins with WITH stands in parentheses behind another one. */
function plain(text: string): string {
  return text.startsWith('WITH') ? `(${text})` : text;
}
