/** A schema drawn by dice: relations with keys, foreign keys and columns of many types, each relation with bait in it. */
import type { Dice } from '../dice.ts';
import type { Type } from '../scope.ts';

/** What a column is for: a kind of bait, or a place in the rules. */
export type Kind = 'key' | 'user' | 'tenant' | 'region' | 'parent' | 'email' | 'slot' | 'level' | DataKind;

export type DataKind =
  | 'n'
  | 'raw'
  | 'pat'
  | 'num'
  | 'big'
  | 'len'
  | 'made'
  | 'tags'
  | 'info'
  | 'state'
  | 'code'
  | 'flag'
  | 'stamp'
  | 'blob'
  | 'words'
  | 'title';

export interface DrawnColumn {
  readonly name: string;
  readonly kind: Kind;
  readonly type: Type;
  readonly sql: string;
  readonly notNull: boolean;
  readonly default?: string;
}

export interface DrawnKey {
  /** Without a constraint, as many schemas leave it. */
  readonly loose: boolean;
  readonly column: string;
  readonly to: string;
  readonly toColumn: string;
  readonly action: '' | 'CASCADE' | 'SET NULL';
}

export type Pattern =
  | 'people'
  | 'owned'
  | 'child'
  | 'link'
  | 'public'
  | 'lookup'
  | 'closed'
  | 'mixed'
  | 'view';

export interface DrawnTable {
  readonly name: string;
  readonly pattern: Pattern;
  readonly columns: readonly DrawnColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly DrawnKey[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly string[];
  /** A view of some rows and columns of a relation. */
  readonly view?: { readonly of: string; readonly flag: string | undefined };
}

export type KeyType = 'int' | 'big' | 'uuid' | 'text';

export interface DrawnSchema {
  readonly userType: KeyType;
  readonly tenantType: 'int' | 'text' | undefined;
  readonly hasRegion: boolean;
  readonly tables: readonly DrawnTable[];
}

const DATA: Readonly<Record<DataKind, { type: Type; sql: readonly string[]; names: readonly string[] }>> = {
  n: { type: 'int', sql: ['int'], names: ['n', 'n', 'amount', 'qty'] },
  raw: { type: 'text', sql: ['text', 'text', 'varchar(60)'], names: ['raw', 'raw', 'body'] },
  pat: { type: 'text', sql: ['text'], names: ['pat', 'pat', 'mask'] },
  num: { type: 'num', sql: ['numeric', 'numeric(50,4)'], names: ['num', 'num', 'price'] },
  big: { type: 'big', sql: ['bigint'], names: ['big', 'total'] },
  len: { type: 'int', sql: ['int'], names: ['len', 'len', 'width'] },
  made: { type: 'date', sql: ['date'], names: ['made', 'day'] },
  tags: { type: 'ints', sql: ['int[]'], names: ['tags'] },
  info: { type: 'json', sql: ['jsonb'], names: ['info', 'data'] },
  state: { type: 'state', sql: ['state'], names: ['state', 'phase'] },
  code: { type: 'uuid', sql: ['uuid'], names: ['code', 'token'] },
  flag: { type: 'bool', sql: ['boolean'], names: ['flag', 'shared', 'done'] },
  stamp: { type: 'stamp', sql: ['timestamptz'], names: ['stamp', 'seen_at'] },
  blob: { type: 'bytes', sql: ['bytea'], names: ['blob', 'digest'] },
  words: { type: 'texts', sql: ['text[]'], names: ['words'] },
  title: { type: 'text', sql: ['text', 'varchar(80)'], names: ['title', 'name'] },
};

const OPTIONAL: readonly DataKind[] = [
  'pat',
  'num',
  'big',
  'len',
  'made',
  'tags',
  'info',
  'state',
  'code',
  'flag',
  'flag',
  'stamp',
  'blob',
  'words',
  'title',
];

const NAMES = [
  'docs',
  'items',
  'orders',
  'notes',
  'tasks',
  'files',
  'teams',
  'links',
  'logs',
  'carts',
  'posts',
  'rooms',
];

export const KEY_SQL: Readonly<Record<KeyType, string>> = {
  int: 'int',
  big: 'bigint',
  uuid: 'uuid',
  text: 'text',
};

export function drawSchema(dice: Dice): DrawnSchema {
  return new SchemaDraw(dice).draw();
}

class SchemaDraw {
  readonly #dice: Dice;
  readonly #userType: KeyType;
  readonly #tenantType: 'int' | 'text' | undefined;
  readonly #hasRegion: boolean;
  readonly #tables: DrawnTable[] = [];
  readonly #names: string[];

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#userType = dice.pick(['int', 'int', 'uuid', 'text', 'big']);
    this.#tenantType = dice.chance(0.75) ? dice.pick(['int', 'int', 'text'] as const) : undefined;
    this.#hasRegion = dice.chance(0.2);
    this.#names = shuffled(NAMES, dice);
  }

  draw(): DrawnSchema {
    this.#tables.push(this.#people());
    const count = this.#dice.between(4, 7);
    const first: readonly Pattern[] = ['owned', 'link', 'child', 'public'];
    for (let index = 0; index < count; index++) {
      const pattern =
        first[index] ??
        this.#dice.pick<Pattern>([
          'owned',
          'child',
          'child',
          'link',
          'lookup',
          'closed',
          'mixed',
          'mixed',
          'view',
        ]);
      this.#tables.push(this.#table(pattern));
    }
    return {
      userType: this.#userType,
      tenantType: this.#tenantType,
      hasRegion: this.#hasRegion,
      tables: this.#tables,
    };
  }

  #people(): DrawnTable {
    const id = key('id', this.#userType);
    const email = this.#dice.chance(0.5) ? [column('email', 'email', 'text', 'text')] : [];
    const columns = [id, ...this.#bounds(1), ...email, ...this.#data()];
    return this.#made('people', 'people', columns, ['id'], [], email.length > 0 ? [['email']] : []);
  }

  #table(pattern: Pattern): DrawnTable {
    const name = this.#names.pop() ?? 'more';
    if (pattern === 'view') return this.#view(name);
    if (pattern === 'link') return this.#link(name);
    const keyType = this.#dice.pick<KeyType>(['int', 'int', 'int', 'big', 'uuid', 'text']);
    const columns: DrawnColumn[] = [key('id', keyType)];
    const foreignKeys: DrawnKey[] = [];
    const uniques: string[][] = [];
    if (pattern === 'owned' || (pattern === 'mixed' && this.#dice.chance(0.6))) {
      columns.push(this.#user(this.#dice.pick(['owner', 'owner', 'user_id'])));
      if (this.#dice.chance(0.5)) foreignKeys.push(this.#key(columns.at(-1)?.name ?? '', 'people', 'id'));
      if (this.#dice.chance(0.3)) {
        columns.push(column('slot', 'slot', 'int', 'int'));
        uniques.push([columns.at(-2)?.name ?? '', 'slot']);
      }
    }
    if (pattern === 'child' || this.#dice.chance(pattern === 'mixed' ? 0.5 : pattern === 'owned' ? 0.4 : 0)) {
      const parent = this.#dice.pick(this.#parents());
      const own = column('parent', 'parent', keyOf(parent).type, keyOf(parent).sql, this.#dice.chance(0.3));
      columns.push(own);
      const loose = this.#dice.chance(0.2);
      foreignKeys.push({ ...this.#key('parent', parent.name, keyOf(parent).name), loose });
    }
    if (pattern === 'lookup') {
      columns.push(column('email', 'email', 'text', 'text'));
      uniques.push(['email']);
    }
    columns.push(...this.#bounds(pattern === 'public' ? 0.3 : 0.7), ...this.#data());
    return this.#made(name, pattern, columns, ['id'], foreignKeys, uniques);
  }

  #link(name: string): DrawnTable {
    const target = this.#dice.pick(this.#parents());
    const own = column('target', 'parent', keyOf(target).type, keyOf(target).sql, true);
    const person = this.#user('person', true);
    const level = column('level', 'level', 'int', 'int');
    const foreignKeys = [this.#key('target', target.name, keyOf(target).name)];
    if (this.#dice.chance(0.5)) foreignKeys.push(this.#key('person', 'people', 'id'));
    const columns = [own, person, level, ...this.#bounds(0.3), ...this.#data(2)];
    return this.#made(name, 'link', columns, ['target', 'person'], foreignKeys, []);
  }

  #view(name: string): DrawnTable {
    const of = this.#dice.pick(this.#tables.filter((table) => table.view === undefined));
    const columns = of.columns.filter(
      (one) =>
        ['key', 'user', 'tenant', 'region', 'parent', 'n', 'raw'].includes(one.kind) ||
        this.#dice.chance(0.6),
    );
    const flag = this.#dice.chance(0.5) ? of.columns.find((one) => one.kind === 'flag')?.name : undefined;
    const { primaryKey } = of;
    return {
      name,
      pattern: 'view',
      columns,
      primaryKey,
      foreignKeys: [],
      uniques: [],
      indexes: [],
      view: { of: of.name, flag },
    };
  }

  /** Relations with a key of one column, which others refer to. */
  #parents(): readonly DrawnTable[] {
    return this.#tables.filter((table) => table.primaryKey.length === 1 && table.view === undefined);
  }

  #user(name: string, notNull = false): DrawnColumn {
    return column(name, 'user', this.#userType, KEY_SQL[this.#userType], notNull);
  }

  #key(from: string, to: string, toColumn: string): DrawnKey {
    return {
      loose: false,
      column: from,
      to,
      toColumn,
      action: this.#dice.pick(['', '', '', 'CASCADE', 'SET NULL']),
    };
  }

  #bounds(probability: number): readonly DrawnColumn[] {
    const tenantType = this.#tenantType;
    const tenant =
      tenantType !== undefined && this.#dice.chance(probability)
        ? [column('tenant_id', 'tenant', tenantType, tenantType)]
        : [];
    const region =
      this.#hasRegion && this.#dice.chance(probability * 0.5 + 0.2)
        ? [column('region', 'region', 'text', 'text')]
        : [];
    return [...tenant, ...region];
  }

  #data(most = 6): readonly DrawnColumn[] {
    const kinds = new Set<DataKind>(['n', 'raw', ...this.#dice.some(most, () => this.#dice.pick(OPTIONAL))]);
    const names = new Set<string>();
    const columns = [...kinds].flatMap((kind) => {
      const { type, sql, names: known } = DATA[kind];
      const name = this.#dice.pick(known);
      if (names.has(name)) return [];
      names.add(name);
      const notNull = this.#dice.chance(0.06);
      const made = column(name, kind, type, this.#dice.pick(sql), notNull);
      return [kind === 'flag' || notNull ? { ...made, default: DEFAULTS[type] ?? 'NULL' } : made];
    });
    return shuffled(columns, this.#dice);
  }

  #made(
    name: string,
    pattern: Pattern,
    columns: readonly DrawnColumn[],
    primaryKey: readonly string[],
    foreignKeys: readonly DrawnKey[],
    uniques: readonly (readonly string[])[],
  ): DrawnTable {
    // A NULL that an action sets must be one that the column takes.
    const kept = foreignKeys.map((one) => {
      const own = columns.find((each) => each.name === one.column);
      return one.action === 'SET NULL' && own?.notNull === true ? { ...one, action: '' as const } : one;
    });
    const indexable = columns.filter(
      (one) => one.type !== 'json' && one.type !== 'ints' && one.type !== 'texts',
    );
    const indexes = indexable.filter(() => this.#dice.chance(0.3)).map((one) => one.name);
    return { name, pattern, columns, primaryKey, foreignKeys: kept, uniques, indexes };
  }
}

const DEFAULTS: Readonly<Partial<Record<Type, string>>> = {
  int: '3',
  big: '30',
  text: "'3'",
  bool: 'false',
  num: '2.5',
  date: "'2024-01-12'",
  ints: "'{1,3}'",
  json: "'[1]'",
  state: "'open'",
  uuid: "'00000000-0000-4000-8000-000000000012'",
  stamp: "'2024-01-12'",
  bytes: "'\\x61'",
  texts: "'{3}'",
};

export function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  return items
    .map((item) => ({ item, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function column(name: string, kind: Kind, type: Type, sql: string, notNull = false): DrawnColumn {
  return { name, kind, type, sql, notNull };
}

function key(name: string, type: KeyType): DrawnColumn {
  return column(name, 'key', type, KEY_SQL[type], true);
}

/** The one column of a key. */
export function keyOf(table: DrawnTable): DrawnColumn {
  const found = table.columns.find((one) => one.name === table.primaryKey[0]);
  if (found === undefined) throw new Error(`${table.name} has no key`);
  return found;
}

/** The nth value of a key; the same number means the same value everywhere. */
export function keyValue(type: Type, number: number): string | number {
  if (type === 'int' || type === 'big') return number;
  if (type === 'uuid') return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return `k${number}`;
}

/** Statements that make the relations; `saved` holds a copy of their rows, to put back what a case committed. */
export function schemaText({ tables }: DrawnSchema): string {
  const made = tables.map((table) =>
    table.view === undefined ? tableText(table) : viewText(table, table.view),
  );
  return ["CREATE TYPE state AS ENUM ('open', 'held', 'done', 'void')", ...made.flat()].join(';\n');
}

function tableText(table: DrawnTable): readonly string[] {
  const columns = table.columns.map(
    ({ name, sql, notNull, default: value }) =>
      `${name} ${sql}${notNull ? ' NOT NULL' : ''}${value === undefined ? '' : ` DEFAULT ${value}`}`,
  );
  const references = table.foreignKeys
    .filter((one) => !one.loose)
    .map(
      ({ column: from, to, toColumn, action }) =>
        `FOREIGN KEY (${from}) REFERENCES ${to} (${toColumn})${action === '' ? '' : ` ON DELETE ${action}`}`,
    );
  const uniques = table.uniques.map((columns) => `UNIQUE (${columns.join(', ')})`);
  const parts = [...columns, `PRIMARY KEY (${table.primaryKey.join(', ')})`, ...uniques, ...references];
  return [
    `CREATE TABLE ${table.name} (\n  ${parts.join(',\n  ')})`,
    ...table.indexes.map((name) => `CREATE INDEX ${table.name}_${name}_index ON ${table.name} (${name})`),
  ];
}

function viewText(
  table: DrawnTable,
  { of, flag }: { of: string; flag: string | undefined },
): readonly string[] {
  const list = table.columns.map((one) => one.name).join(', ');
  return [
    `CREATE VIEW ${table.name} AS SELECT ${list} FROM ${of}${flag === undefined ? '' : ` WHERE ${flag}`}`,
  ];
}
