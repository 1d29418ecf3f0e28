/** Random statements over the shop of the demo: what an app writes, and what somebody writes who should not. */
import type { Dice } from '../noninterference/dice.ts';

export type Type = 'uuid' | 'int' | 'text' | 'bool' | 'time';

/** The columns of the shop, as examples/demo/schema.sql makes them. */
export const TABLES = {
  users: {
    id: 'uuid',
    tenant_id: 'int',
    region: 'text',
    email: 'text',
    name: 'text',
    password_hash: 'text',
    is_admin: 'bool',
    reset_token: 'text',
    last_seen_at: 'time',
    created_at: 'time',
  },
  profiles: { id: 'uuid', user_id: 'uuid', display_name: 'text', email: 'text', phone: 'text' },
  addresses: { id: 'uuid', profile_id: 'uuid', line1: 'text', city: 'text', country: 'text' },
  payment_methods: { id: 'uuid', profile_id: 'uuid', brand: 'text', last4: 'text', card_token: 'text' },
  resources: { id: 'uuid', owner_id: 'uuid', data: 'text' },
  permissions: { resource_id: 'uuid', user_id: 'uuid', token: 'text' },
  orders: {
    id: 'uuid',
    tenant_id: 'int',
    crdb_region: 'text',
    user_id: 'uuid',
    address_id: 'uuid',
    amount: 'int',
    created_at: 'time',
  },
  products: { id: 'uuid', name: 'text', price: 'int' },
} as const satisfies Record<string, Readonly<Record<string, Type>>>;

export type Table = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as readonly Table[];

/** How rows belong together. */
const LINKS: readonly (readonly [Table, string, Table, string])[] = [
  ['profiles', 'user_id', 'users', 'id'],
  ['addresses', 'profile_id', 'profiles', 'id'],
  ['payment_methods', 'profile_id', 'profiles', 'id'],
  ['resources', 'owner_id', 'users', 'id'],
  ['permissions', 'resource_id', 'resources', 'id'],
  ['permissions', 'user_id', 'users', 'id'],
  ['orders', 'user_id', 'users', 'id'],
  ['orders', 'address_id', 'addresses', 'id'],
];

export interface Statement {
  readonly sql: string;
  readonly kind: 'read' | 'lookup' | 'insert' | 'update' | 'delete';
  /** The table that is written, or the one that is looked up. */
  readonly target: Table | undefined;
  /** Columns that an INSERT gives or an UPDATE sets. */
  readonly given: readonly string[];
  /** Columns of the written table that conditions, values and RETURNING name. */
  readonly named: readonly string[];
  readonly returning: boolean;
  readonly conflict: 'nothing' | 'update' | undefined;
  /** What an app sets beside the caller: the key of a look-up. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Values that the database holds, by `table.column`. */
export type Pool = ReadonlyMap<string, readonly string[]>;

interface Item {
  readonly table: Table;
  readonly alias: string;
}

/** Columns of a table by type; for writes those that each caller may read of the table itself. */
type Names = (table: Table, type?: Type) => readonly string[];

const EVERY: Names = (table, type) =>
  Object.entries(TABLES[table]).flatMap(([name, each]) =>
    type === undefined || each === type ? [name] : [],
  );

export interface Caller {
  readonly role: 'member' | 'anonymous';
  readonly claims: Readonly<Record<string, string>>;
  /** Keys of the caller's own rows, by table. */
  readonly own: Readonly<Partial<Record<Table, readonly string[]>>>;
}

export class ShopStatements {
  readonly #dice: Dice;
  readonly #pool: Pool;
  #aliases = 0;
  #tables: readonly Table[] = TABLE_NAMES;
  #caller: Caller | undefined;

  constructor(dice: Dice, pool: Pool) {
    this.#dice = dice;
    this.#pool = pool;
  }

  statement(caller: Caller): Statement {
    this.#aliases = 0;
    this.#tables = TABLE_NAMES;
    this.#caller = caller;
    return caller.role === 'member' ? this.#ofMember(caller) : this.#ofAnonymous();
  }

  #ofMember(caller: Caller): Statement {
    const dice = this.#dice;
    if (dice.chance(0.62)) return read(this.#query(TABLE_NAMES));
    return dice.pick([
      () => this.#insert(caller),
      () => this.#insert(caller),
      () => this.#update(caller),
      () => this.#update(caller),
      () => this.#delete(caller),
    ])();
  }

  #ofAnonymous(): Statement {
    const dice = this.#dice;
    if (dice.chance(0.06)) return read(this.#query(TABLE_NAMES));
    if (dice.chance(0.3)) {
      this.#tables = ['products'];
      return read(this.#query(this.#tables));
    }
    if (dice.chance(0.55)) return this.#lookup();
    return this.#signUp();
  }

  // Reads.

  #query(tables: readonly Table[]): string {
    const dice = this.#dice;
    return dice.pick([
      () => this.#select(tables),
      () => this.#select(tables),
      () => this.#select(tables),
      () => this.#grouped(tables),
      () => this.#aggregated(tables),
      () => this.#set(tables),
      () => this.#with(tables),
      () => this.#derived(tables),
      () => this.#windowed(tables),
      () => this.#lateral(tables),
    ])();
  }

  #select(tables: readonly Table[]): string {
    const dice = this.#dice;
    const { text, items } = this.#from(tables);
    if (dice.chance(0.15))
      return `SELECT ${dice.pick(['*', `${items[0]?.alias}.*`])} FROM ${text}${this.#where(items)}`;
    const columns = dice.some(4, () => this.#expression(items));
    const list = columns.map((column, index) => `${column} AS c${index}`).join(', ');
    const numbers = columns.map((_, index) => index + 1).join(', ');
    const tail = dice.chance(0.4)
      ? ` ORDER BY ${numbers}${dice.chance(0.5) ? ` LIMIT ${dice.between(0, 6)}` : ''}`
      : '';
    return `SELECT ${dice.chance(0.15) ? 'DISTINCT ' : ''}${list} FROM ${text}${this.#where(items)}${tail}`;
  }

  #grouped(tables: readonly Table[]): string {
    const { text, items } = this.#from(tables);
    const key = this.#expression(items);
    const having = this.#dice.chance(0.3) ? ` HAVING count(*) > ${this.#dice.below(3)}` : '';
    return `SELECT ${key} AS k, ${this.#aggregate(items)} AS a FROM ${text}${this.#where(items)} GROUP BY 1${having}`;
  }

  #aggregated(tables: readonly Table[]): string {
    const { text, items } = this.#from(tables);
    const columns = this.#dice.some(3, (index) => `${this.#aggregate(items)} AS a${index}`);
    return `SELECT ${columns.join(', ')} FROM ${text}${this.#where(items)}`;
  }

  #aggregate(items: readonly Item[]): string {
    const dice = this.#dice;
    const column = this.#column(items);
    const number = this.#columnOf(items, 'int');
    return dice.pick([
      () => 'count(*)',
      () => `count(DISTINCT ${column})`,
      () => `count(*) FILTER (WHERE ${this.#condition(items)})`,
      () => `string_agg(${column}::text, ',' ORDER BY ${column}::text)`,
      () => (number === undefined ? `count(${column})` : `sum(${number})`),
      () => (number === undefined ? `min(${column}::text)` : `max(${number})`),
      () => `bool_or(${column} IS NULL)`,
    ])();
  }

  #set(tables: readonly Table[]): string {
    const dice = this.#dice;
    const arm = (): string => {
      const { text, items } = this.#from(tables);
      return `SELECT ${this.#column(items)}::text FROM ${text}${this.#where(items)}`;
    };
    return `${arm()} ${dice.pick(['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'])} ${arm()}`;
  }

  #with(tables: readonly Table[]): string {
    const { text, items } = this.#from(tables);
    const inner = `SELECT ${this.#column(items)} AS x, ${this.#expression(items)} AS y FROM ${text}${this.#where(items)}`;
    const materialized = this.#dice.pick(['', 'MATERIALIZED ', 'NOT MATERIALIZED ']);
    return `WITH w AS ${materialized}(${inner}) SELECT w.x, w.y, (SELECT count(*) FROM w) AS n FROM w WHERE w.x IS NOT NULL`;
  }

  #derived(tables: readonly Table[]): string {
    const { text, items } = this.#from(tables);
    const inner = `SELECT ${this.#column(items)} AS x, ${this.#expression(items)} AS y FROM ${text}${this.#where(items)}`;
    return `SELECT d.y, count(*) FROM (${inner}) AS d WHERE d.x IS ${this.#dice.pick(['', 'NOT '])}NULL GROUP BY d.y`;
  }

  #windowed(tables: readonly Table[]): string {
    const { text, items } = this.#from(tables, 1);
    const [item] = items;
    const key = `${item?.alias}.${item === undefined ? 'id' : keyOf(item.table)}`;
    return `SELECT ${key}, ${this.#dice.pick(['row_number()', 'count(*)', 'rank()'])} OVER (PARTITION BY ${this.#column(items)} ORDER BY ${key}) AS n FROM ${text}${this.#where(items)}`;
  }

  #lateral(tables: readonly Table[]): string {
    const outer = this.#from(tables, 1);
    const inner = this.#from(tables, 1);
    const [a, b] = [outer.items[0], inner.items[0]];
    if (a === undefined || b === undefined) return 'SELECT 1';
    return `SELECT ${this.#column(outer.items)} AS x, l.n FROM ${outer.text} ${this.#dice.pick(['CROSS', 'LEFT'])} JOIN LATERAL (SELECT count(*) AS n FROM ${inner.text} WHERE ${this.#comparison([a], [b])}) AS l`.replace(
      /LEFT JOIN LATERAL (.*)$/s,
      'LEFT JOIN LATERAL $1 ON true',
    );
  }

  #from(tables: readonly Table[], most = 3): { readonly text: string; readonly items: readonly Item[] } {
    const dice = this.#dice;
    const first: Item = { table: dice.pick(tables), alias: this.#alias() };
    const items = [first];
    let text = `${first.table} AS ${first.alias}`;
    while (items.length < most && dice.chance(0.4)) {
      const linked = this.#linked(items, tables);
      if (linked === undefined) break;
      items.push(linked.item);
      text += ` ${dice.pick(['JOIN', 'JOIN', 'LEFT JOIN', 'FULL JOIN'])} ${linked.item.table} AS ${linked.item.alias} ON ${linked.on}`;
    }
    return { text, items };
  }

  #linked(
    items: readonly Item[],
    tables: readonly Table[],
  ): { readonly item: Item; readonly on: string } | undefined {
    const from = this.#dice.pick(items);
    const links = LINKS.flatMap(([a, x, b, y]) => [
      ...(a === from.table ? [{ table: b, own: x, other: y }] : []),
      ...(b === from.table ? [{ table: a, own: y, other: x }] : []),
    ]).filter(({ table }) => tables.includes(table));
    if (links.length === 0) return undefined;
    const link = this.#dice.pick(links);
    const item = { table: link.table, alias: this.#alias() };
    return { item, on: `${from.alias}.${link.own} = ${item.alias}.${link.other}` };
  }

  #alias(): string {
    this.#aliases += 1;
    return `t${this.#aliases}`;
  }

  #where(items: readonly Item[]): string {
    if (this.#dice.chance(0.35)) return '';
    const conditions = this.#dice.some(2, () => this.#condition(items));
    return ` WHERE ${conditions.join(this.#dice.pick([' AND ', ' OR ']))}`;
  }

  #condition(items: readonly Item[]): string {
    const dice = this.#dice;
    const { table, alias, name, type } = this.#chosen(items);
    const column = `${alias}.${name}`;
    const value = (): string => this.#literal(table, name, type);
    const other = dice.pick(this.#tables);
    return dice.pick([
      () => `${column} = ${value()}`,
      () => `${column} IN (${value()}, ${value()})`,
      () => `${column} <> ${value()}`,
      () => `${column} ${dice.pick(['<', '>=', 'IS DISTINCT FROM'])} ${value()}`,
      () => `${column} IS ${dice.pick(['', 'NOT '])}NULL`,
      () => `NOT (${column} = ${value()})`,
      () =>
        type === 'text'
          ? `${column} LIKE ${dice.pick(["'%a%'", "'A%'", "'%@shop.test'", "'%1%'"])}`
          : `${column}::text > 'a'`,
      () =>
        type === 'int'
          ? `1000 / (${column} - ${value()}) > ${dice.between(-5, 5)}`
          : `length(${column}::text) > ${dice.below(12)}`,
      () => `CASE WHEN ${column} IS NULL THEN false ELSE ${column} = ${value()} END`,
      () => this.#subCondition({ table, alias }, other),
      () => this.#subCondition({ table, alias }, other),
    ])();
  }

  #subCondition(item: Item, other: Table): string {
    const dice = this.#dice;
    const inner: Item = { table: other, alias: this.#alias() };
    const comparison = this.#comparison([item], [inner]);
    const column = `${item.alias}.${dice.pick(EVERY(item.table, 'uuid'))}`;
    return dice.pick([
      () => `EXISTS (SELECT 1 FROM ${other} AS ${inner.alias} WHERE ${comparison})`,
      () => `NOT EXISTS (SELECT 1 FROM ${other} AS ${inner.alias} WHERE ${comparison})`,
      () =>
        `${column} IN (SELECT ${inner.alias}.${dice.pick(EVERY(other, 'uuid'))} FROM ${other} AS ${inner.alias})`,
      () => `(SELECT count(*) FROM ${other} AS ${inner.alias} WHERE ${comparison}) > ${dice.below(3)}`,
    ])();
  }

  #comparison(left: readonly Item[], right: readonly Item[]): string {
    const [a, b] = [this.#columnOf(left, 'uuid'), this.#columnOf(right, 'uuid')];
    return `${a} = ${b}`;
  }

  #expression(items: readonly Item[]): string {
    const dice = this.#dice;
    const { table, alias, name, type } = this.#chosen(items);
    const column = `${alias}.${name}`;
    return dice.pick([
      () => column,
      () => column,
      () => column,
      () => `coalesce(${column}::text, 'none')`,
      () => `(${column} = ${this.#literal(table, name, type)})`,
      () => (type === 'text' ? `upper(${column}) || '!'` : `${column}::text`),
      () => (type === 'int' ? `${column} * 2 + 1` : `length(${column}::text)`),
      () => `CASE WHEN ${this.#condition([{ table, alias }])} THEN ${column} END`,
      () => `(SELECT count(*) FROM ${dice.pick(this.#tables)})`,
    ])();
  }

  #column(items: readonly Item[]): string {
    const { alias, name } = this.#chosen(items);
    return `${alias}.${name}`;
  }

  #columnOf(items: readonly Item[], type: Type): string | undefined {
    const fitting = items.flatMap(({ table, alias }) => EVERY(table, type).map((name) => `${alias}.${name}`));
    return fitting.length === 0 ? undefined : this.#dice.pick(fitting);
  }

  #chosen(items: readonly Item[]): Item & { readonly name: string; readonly type: Type } {
    const item = this.#dice.pick(items);
    const [name, type] = this.#dice.pick(Object.entries(TABLES[item.table]) as [string, Type][]);
    return { ...item, name, type };
  }

  #literal(table: Table, name: string, type: Type): string {
    const known = this.#pool.get(`${table}.${name}`) ?? [];
    if (known.length > 0 && this.#dice.chance(0.85)) return quoted(this.#dice.pick(known), type);
    return {
      uuid: "'00000000-0000-4000-8000-000000000000'",
      int: '1',
      text: "'x'",
      bool: 'false',
      time: "'2024-06-01Z'",
    }[type];
  }

  // Look-ups and sign-ups: what happens before anybody is known.

  #lookup(): Statement {
    const dice = this.#dice;
    const key = dice.pick(['email', 'id']);
    const value = this.#literal('users', key, key === 'email' ? 'text' : 'uuid');
    const columns = dice.chance(0.2) ? ['*'] : dice.some(5, () => dice.pick(EVERY('users')));
    const extra = dice.chance(0.25)
      ? ` AND ${dice.pick(["name <> 'x'", 'tenant_id = 1', 'region IS NOT NULL'])}`
      : '';
    return {
      ...NOTHING,
      kind: 'lookup',
      target: 'users',
      sql: `SELECT ${columns.join(', ')} FROM users WHERE ${key} = ${value}${extra}`,
      named: columns,
      settings: { [`cordon.lookup_users_${key}`]: value.slice(1, -1).replaceAll("''", "'") },
    };
  }

  #signUp(): Statement {
    const dice = this.#dice;
    const needed = ['tenant_id', 'region', 'email', 'name', 'password_hash'];
    const optional = EVERY('users').filter((name) => !needed.includes(name) && dice.chance(0.25));
    const given = dice.chance(0.9) ? [...needed, ...optional] : optional;
    if (given.length === 0) given.push('email');
    const fresh = (name: string): string =>
      name === 'email' && dice.chance(0.8)
        ? `'new${dice.below(1000)}@shop.test'`
        : this.#value('users', name);
    return this.#inserted('users', given, [given.map(fresh)], dice.chance(0.08), undefined);
  }

  // Writes.

  #insert({ claims }: Caller): Statement {
    const dice = this.#dice;
    const table = dice.pick<Table>([
      'profiles',
      'addresses',
      'resources',
      'orders',
      'orders',
      'permissions',
      'users',
      'payment_methods',
      'products',
    ]);
    const skip = dice.chance(0.6) ? SKIPPED[table] : [];
    const given = EVERY(table).filter((name) => !skip.includes(name) && dice.chance(0.97));
    if (given.length === 0) given.push(...EVERY(table).slice(0, 1));
    const owner = OWNERS[table];
    const row = (): readonly string[] =>
      given.map((name) => {
        const own = owner[name] === undefined ? undefined : claims[owner[name]];
        return own !== undefined && dice.chance(0.9) ? quoted(own, 'text') : this.#value(table, name);
      });
    const rows = Array.from({ length: dice.chance(0.85) ? 1 : 2 }, row);
    const conflict = dice.chance(0.2) ? dice.pick(['nothing', 'update'] as const) : undefined;
    return this.#inserted(table, given, rows, dice.chance(0.4), conflict);
  }

  #inserted(
    table: Table,
    given: readonly string[],
    rows: readonly (readonly string[])[],
    returning: boolean,
    conflict: Statement['conflict'],
  ): Statement {
    const values = rows.map((row) => `(${row.join(', ')})`).join(', ');
    const key = table === 'permissions' ? 'resource_id, user_id' : 'id';
    const set = this.#dice.pick(given);
    const action = conflict === 'update' ? `DO UPDATE SET ${set} = excluded.${set}` : 'DO NOTHING';
    const returned = this.#dice.some(3, () => this.#dice.pick(this.#readable(table)));
    return {
      ...NOTHING,
      kind: 'insert',
      target: table,
      given,
      named: [...(returning ? returned : []), ...(conflict === undefined ? [] : key.split(', '))],
      returning,
      conflict,
      sql: `INSERT INTO public.${table} (${given.join(', ')}) VALUES ${values}${conflict === undefined ? '' : ` ON CONFLICT (${key}) ${action}`}${returning ? ` RETURNING ${returned.join(', ')}` : ''}`,
    };
  }

  #update({ claims }: Caller): Statement {
    const dice = this.#dice;
    const table = dice.pick<Table>([
      'users',
      'profiles',
      'profiles',
      'addresses',
      'resources',
      'orders',
      'permissions',
      'products',
    ]);
    const allowed = UPDATABLE[table];
    const given = [
      ...new Set(
        dice.some(2, () => dice.pick(dice.chance(0.85) && allowed.length > 0 ? allowed : EVERY(table))),
      ),
    ];
    const set = given.map((name) => `${name} = ${this.#value(table, name)}`).join(', ');
    const where = this.#written(table, claims);
    const returned = dice.chance(0.4) ? dice.some(2, () => dice.pick(this.#readable(table))) : [];
    return {
      ...NOTHING,
      kind: 'update',
      target: table,
      given,
      named: [...where.named, ...returned],
      returning: returned.length > 0,
      sql: `UPDATE public.${table} AS t SET ${set}${where.text}${returned.length > 0 ? ` RETURNING ${returned.map((name) => `t.${name}`).join(', ')}` : ''}`,
    };
  }

  #delete({ claims }: Caller): Statement {
    const dice = this.#dice;
    const table = dice.pick<Table>([
      'addresses',
      'addresses',
      'payment_methods',
      'payment_methods',
      'resources',
      'orders',
      'profiles',
      'users',
    ]);
    const where = this.#written(table, claims);
    const returned = dice.chance(0.4) ? dice.some(2, () => dice.pick(this.#readable(table))) : [];
    return {
      ...NOTHING,
      kind: 'delete',
      target: table,
      named: [...where.named, ...returned],
      returning: returned.length > 0,
      sql: `DELETE FROM public.${table} AS t${where.text}${returned.length > 0 ? ` RETURNING ${returned.map((name) => `t.${name}`).join(', ')}` : ''}`,
    };
  }

  /** Mostly the columns that the table itself shows to everyone who sees the row, sometimes any. */
  #readable(table: Table): readonly string[] {
    return this.#dice.chance(0.92) ? PLAIN[table] : EVERY(table);
  }

  #written(
    table: Table,
    claims: Caller['claims'],
  ): { readonly text: string; readonly named: readonly string[] } {
    const dice = this.#dice;
    if (dice.chance(0.15)) return { text: '', named: [] };
    const names = dice.some(2, () => dice.pick(this.#readable(table)));
    const conditions = names.map((name) => {
      const type = typeOf(table, name);
      const own = OWNERS[table][name];
      const value =
        own !== undefined && dice.chance(0.5)
          ? quoted(claims[own] ?? '', 'text')
          : this.#literal(table, name, type);
      return dice.pick([
        `t.${name} = ${value}`,
        `t.${name} <> ${value}`,
        `t.${name} IS NOT NULL`,
        `t.${name} IN (${value}, ${this.#literal(table, name, type)})`,
      ]);
    });
    return { text: ` WHERE ${conditions.join(dice.pick([' AND ', ' OR ']))}`, named: names };
  }

  #value(table: Table, name: string): string {
    const dice = this.#dice;
    const type = typeOf(table, name);
    if (dice.chance(0.03)) return 'NULL';
    if (dice.chance(0.03)) return 'DEFAULT';
    const link = LINKS.find(([from, column]) => from === table && column === name);
    const own = link === undefined ? [] : (this.#caller?.own[link[2]] ?? []);
    if (own.length > 0 && dice.chance(0.75)) return quoted(dice.pick(own), type);
    if (link !== undefined) return this.#literal(link[2], link[3], type);
    if (name === 'id' && dice.chance(0.85)) return 'gen_random_uuid()';
    if (type === 'text' && dice.chance(0.5)) return `'text ${dice.below(50)}'`;
    if (type === 'int') return dice.chance(0.85) ? String(dice.between(1, 3)) : String(dice.between(-2, 500));
    return this.#literal(table, name, type);
  }
}

const NOTHING = {
  given: [],
  named: [],
  returning: false,
  conflict: undefined,
  settings: {},
  target: undefined,
} as const satisfies Partial<Statement>;

function read(sql: string): Statement {
  return { ...NOTHING, kind: 'read', sql };
}

function keyOf(table: Table): string {
  return table === 'permissions' ? 'resource_id' : 'id';
}

function typeOf(table: Table, name: string): Type {
  return (TABLES[table] as Readonly<Record<string, Type>>)[name] ?? 'text';
}

function quoted(value: string, type: Type): string {
  return type === 'int' ? value : `'${value.replaceAll("'", "''")}'`;
}

/** Columns whose value is the caller's, and by which claim. */
const OWNERS: Readonly<Record<Table, Readonly<Record<string, string>>>> = {
  users: { id: 'user', tenant_id: 'tenant', region: 'region' },
  profiles: { user_id: 'user' },
  addresses: {},
  payment_methods: {},
  resources: { owner_id: 'user' },
  permissions: { user_id: 'user' },
  orders: { user_id: 'user', tenant_id: 'tenant', crdb_region: 'region' },
  products: {},
};

/** Columns that most INSERTs of the app leave to their defaults. */
const SKIPPED: Readonly<Record<Table, readonly string[]>> = {
  users: ['last_seen_at', 'created_at', 'reset_token', 'is_admin'],
  profiles: [],
  addresses: [],
  payment_methods: [],
  resources: [],
  permissions: [],
  orders: ['created_at'],
  products: [],
};

/** Columns that some rule lets a member change. */
const UPDATABLE: Readonly<Record<Table, readonly string[]>> = {
  users: ['name', 'last_seen_at'],
  profiles: ['display_name', 'email', 'phone'],
  addresses: ['profile_id', 'line1', 'city', 'country'],
  payment_methods: [],
  resources: ['data'],
  permissions: [],
  orders: [],
  products: [],
};

/** Columns that are shown in every row that anybody sees. */
export const PLAIN: Readonly<Record<Table, readonly string[]>> = {
  users: ['id', 'name'],
  profiles: ['id', 'display_name'],
  addresses: ['id', 'profile_id', 'line1', 'city', 'country'],
  payment_methods: ['id', 'profile_id', 'brand', 'last4'],
  resources: ['id', 'data'],
  permissions: ['resource_id', 'user_id', 'token'],
  orders: ['id', 'tenant_id', 'crdb_region', 'user_id', 'address_id', 'amount', 'created_at'],
  products: ['id', 'name', 'price'],
};
