/**
 * Rows of a drawn laboratory. Rows that some caller reaches are the same in every world, and harmless where they are seen; all
 * else is made anew for each world, with bait in it.
 */
import type { LoadedPolicy, Principal } from '../../../src/policy/index.ts';
import { Dice } from '../dice.ts';
import { Opening } from './opening.ts';
import { type DataKind, type DrawnColumn, type DrawnSchema, type DrawnTable, keyValue } from './schema.ts';
import { type Data, type Row, rowsOf, Sight, type Value } from './sight.ts';

export const ALICE = 1;
export const BOB = 2;
export const SAM = 3;
/** Of the callers: the number of somebody else, as that of the other tenant is alice's, so that claims in each other's place would show. */
export const TENANT = 4;
export const OTHER_TENANT = 1;
/** Keys from here on are those of hidden rows. */
export const HIDDEN = 1000;
/** Keys from here on are in no world. */
export const FREE = 900_000;

export interface Worlds {
  readonly full: Data;
  readonly other: Data;
  readonly clear: Data;
  /** Rows that a caller may write, by caller. */
  readonly writable: ReadonlyMap<string, Data>;
}

export interface DataOptions {
  readonly seed: number;
  /** About how many hidden rows a large relation has. */
  readonly bulk: number;
}

export function drawData(
  schema: DrawnSchema,
  policy: LoadedPolicy,
  principals: readonly Principal[],
  options: DataOptions,
): Worlds {
  return new DataDraw(schema, policy, principals, options).draw();
}

class DataDraw {
  readonly #schema: DrawnSchema;
  readonly #policy: LoadedPolicy;
  readonly #principals: readonly Principal[];
  readonly #options: DataOptions;
  readonly #deciding: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    schema: DrawnSchema,
    policy: LoadedPolicy,
    principals: readonly Principal[],
    options: DataOptions,
  ) {
    this.#schema = schema;
    this.#policy = policy;
    this.#principals = principals;
    this.#options = options;
    this.#deciding = decidingColumns(schema, policy);
  }

  draw(): Worlds {
    const { seed } = this.#options;
    const core = this.#core(new Dice(seed));
    const shown = this.#shown(core);
    const kept = this.#kept(core, shown);
    const view = this.#view(kept);
    const full = this.#world(kept, shown, view, new Dice(seed * 31 + 1));
    const other = this.#world(kept, shown, view, new Dice(seed * 31 + 2));
    const clear = this.#clear(kept, full, shown);
    for (const [name, data] of Object.entries({ full, other, clear }))
      if (this.#view(data) !== view)
        throw new Error(`world ${name} shows other rows than the rows it was made of`);
    return { full, other, clear, writable: this.#writable(kept) };
  }

  #tables(): readonly DrawnTable[] {
    return this.#schema.tables.filter((table) => table.view === undefined);
  }

  #core(dice: Dice): Data {
    const data = new Map<string, Row[]>();
    for (const table of this.#tables()) {
      const make = new RowMaker(table, data, dice, new Set());
      const count = table.pattern === 'people' ? 5 : dice.between(5, 11);
      const rows = Array.from({ length: count }, (_, index) => make.core(index));
      data.set(table.name, unique(table, rows));
    }
    return data;
  }

  /** Columns that some caller sees or may come to see, per row; a row that nobody may reach is not in it. */
  #shown(data: Data): ReadonlyMap<Row, ReadonlySet<string>> {
    const shown = new Map<Row, Set<string>>();
    for (const principal of this.#principals) {
      const opening = new Opening(this.#policy, this.#schema, data, principal);
      for (const table of this.#schema.tables)
        for (const row of opening.rowsOf(table)) {
          const seen = opening.columns(table, row);
          if (seen === undefined) continue;
          const columns = shown.get(row) ?? new Set<string>();
          for (const name of seen) columns.add(name);
          shown.set(row, columns);
        }
    }
    return shown;
  }

  /** Rows that are reached, and those that they refer to. */
  #kept(core: Data, shown: ReadonlyMap<Row, ReadonlySet<string>>): Data {
    const wanted = new Set<Row>(shown.keys());
    for (const table of [...this.#tables()].reverse())
      for (const row of core.get(table.name) ?? [])
        if (wanted.has(row))
          for (const key of table.foreignKeys) {
            const parent = core.get(key.to)?.find((one) => one[key.toColumn] === row[key.column]);
            if (parent !== undefined) wanted.add(parent);
          }
    return new Map([...core].map(([name, rows]) => [name, rows.filter((row) => wanted.has(row))]));
  }

  /** Everything that the callers may see, as one text. */
  #view(data: Data): string {
    const lines: string[] = [];
    for (const principal of this.#principals) {
      const sight = new Sight(this.#policy, this.#schema, data, principal);
      for (const table of this.#schema.tables)
        for (const row of rowsOf(data, table)) {
          const { reached, writes, columns, listed } = sight.seen(table, row);
          if (!reached) continue;
          const key = table.primaryKey.map((name) => row[name]);
          const values = [...columns].sort().map((name) => `${name}=${row[name]}`);
          const listing = listed === undefined ? 'looked up' : [...listed].sort().join();
          lines.push(
            `${principal.fingerprint} ${table.name} ${key.join()} ${writes} ${values.join()} ${listing}`,
          );
        }
      // An INSERT may try what a check counts.
      for (const table of this.#schema.tables) lines.push(...sight.counted(table));
      lines.push(...this.#openable(data, principal));
    }
    return lines.sort().join('\n');
  }

  /** What a caller may come to see: values that rules look at may differ only where this stays the same. */
  #openable(data: Data, principal: Principal): readonly string[] {
    const opening = new Opening(this.#policy, this.#schema, data, principal);
    return this.#schema.tables.flatMap((table) =>
      opening.rowsOf(table).flatMap((row) => {
        const columns = opening.columns(table, row);
        const key = table.primaryKey.map((name) => row[name]);
        return columns === undefined
          ? []
          : [`${table.name} ${key.join()} may show ${[...columns].sort().join()}`];
      }),
    );
  }

  #world(kept: Data, shown: ReadonlyMap<Row, ReadonlySet<string>>, view: string, dice: Dice): Data {
    const data = new Map<string, Row[]>();
    for (const table of this.#tables()) {
      const rows = (kept.get(table.name) ?? []).map((row) => this.#varied(table, row, shown.get(row), dice));
      data.set(table.name, rows);
    }
    this.#varyDeciding(kept, data, shown, view, dice);
    this.#hide(data, dice);
    return data;
  }

  /** Other values where nobody looks and nothing depends on them. */
  #varied(table: DrawnTable, row: Row, shown: ReadonlySet<string> | undefined, dice: Dice): Row {
    const deciding = this.#deciding.get(table.name);
    const varied: Row = { ...row };
    for (const column of table.columns)
      if (isFree(table, column) && shown?.has(column.name) !== true && deciding?.has(column.name) !== true)
        varied[column.name] = bait(column, dice);
    return varied;
  }

  /** Values that rules look at, but nobody sees: other ones by which the rules decide alike. */
  #varyDeciding(
    kept: Data,
    data: Map<string, Row[]>,
    shown: ReadonlyMap<Row, ReadonlySet<string>>,
    view: string,
    dice: Dice,
  ): void {
    const written = new Set([...this.#writable(kept).values()].flatMap((one) => [...one.values()].flat()));
    for (const table of this.#tables()) {
      const deciding = this.#deciding.get(table.name) ?? new Set();
      for (const [index, row] of (data.get(table.name) ?? []).entries()) {
        const original = kept.get(table.name)?.[index];
        const seen = original === undefined ? undefined : shown.get(original);
        // Whether a changed row is still one that the caller may write is for the caller to find out.
        if (original === undefined || written.has(original)) continue;
        const columns = table.columns.filter(
          (one) => isFree(table, one) && deciding.has(one.name) && seen?.has(one.name) !== true,
        );
        if (columns.length === 0) continue;
        const before = { ...row };
        for (const column of columns) row[column.name] = bait(column, dice);
        if (this.#view(data) !== view) Object.assign(row, before);
      }
    }
  }

  #hide(data: Map<string, Row[]>, dice: Dice): void {
    const kept = new Set([...data.values()].flat());
    const deletable = this.#deletable();
    for (const table of this.#tables()) {
      const make = new RowMaker(table, data, dice, deletable);
      const most = table.pattern === 'people' ? 12 : this.#options.bulk;
      const count = Math.ceil(most * (0.4 + 0.6 * dice.next()));
      const rows = Array.from({ length: count }, (_, index) => make.hidden(index));
      data.set(table.name, unique(table, [...(data.get(table.name) ?? []), ...rows]));
    }
    for (;;) {
      const reached = new Set([...this.#shown(data).keys()].filter((row) => !kept.has(row)));
      const gone = this.#orphans(data, reached);
      if (gone.size === 0) return;
      for (const [name, rows] of data)
        data.set(
          name,
          rows.filter((row) => !gone.has(row)),
        );
    }
  }

  /** Relations whose rows some caller may delete, those that a cascade reaches among them. */
  #deletable(): ReadonlySet<string> {
    const deletable = new Set<string>();
    for (const principal of this.#principals) {
      const sight = new Sight(this.#policy, this.#schema, new Map(), principal);
      for (const table of this.#tables())
        if (sight.rules(table).some((rule) => rule.delete)) deletable.add(table.name);
    }
    for (let before = -1; before !== deletable.size; ) {
      before = deletable.size;
      for (const table of this.#tables())
        if (table.foreignKeys.some((key) => key.action === 'CASCADE' && deletable.has(key.to)))
          deletable.add(table.name);
    }
    return deletable;
  }

  /** With the rows, those that refer to them. */
  #orphans(data: Data, gone: ReadonlySet<Row>): ReadonlySet<Row> {
    const all = new Set(gone);
    for (const table of this.#tables())
      for (const key of table.foreignKeys) {
        const keys = new Set(
          (data.get(key.to) ?? []).filter((row) => !all.has(row)).map((row) => row[key.toColumn]),
        );
        for (const row of data.get(table.name) ?? [])
          if (row[key.column] !== null && !keys.has(row[key.column])) all.add(row);
      }
    return all;
  }

  /** `full` without what nobody sees, save what rules look at. */
  #clear(kept: Data, full: Data, shown: ReadonlyMap<Row, ReadonlySet<string>>): Data {
    const clear = new Map<string, Row[]>();
    for (const table of this.#tables()) {
      const deciding = this.#deciding.get(table.name);
      const rows = (kept.get(table.name) ?? []).map((row, index) => {
        const cleared: Row = { ...(full.get(table.name)?.[index] ?? row) };
        for (const column of table.columns)
          if (
            isFree(table, column) &&
            shown.get(row)?.has(column.name) !== true &&
            deciding?.has(column.name) !== true
          )
            cleared[column.name] = column.notNull ? harmless(column, 0) : null;
        return cleared;
      });
      clear.set(table.name, rows);
    }
    return clear;
  }

  #writable(kept: Data): ReadonlyMap<string, Data> {
    return new Map(
      this.#principals.map((principal) => {
        const sight = new Sight(this.#policy, this.#schema, kept, principal);
        const rows = this.#tables().map(
          (table) =>
            [
              table.name,
              (kept.get(table.name) ?? []).filter((row) => sight.seen(table, row).writes),
            ] as const,
        );
        return [principal.fingerprint, new Map(rows)];
      }),
    );
  }
}

/** Columns that some rule, membership or boundary looks at. */
function decidingColumns(
  schema: DrawnSchema,
  policy: LoadedPolicy,
): ReadonlyMap<string, ReadonlySet<string>> {
  const written =
    JSON.stringify([...policy.relations.values()].map(({ rules }) => rules)) +
    JSON.stringify(policy.boundaries);
  // A name that stands anywhere in the rules decides everywhere: too much is pinned, never too little.
  const decides = (name: string): boolean => written.includes(`:"${name}"`);
  return new Map(
    schema.tables
      .filter((table) => table.view === undefined)
      .map((table) => {
        const flags = schema.tables.flatMap((one) =>
          one.view?.of === table.name ? (one.view.flag ?? []) : [],
        );
        const names = table.columns.map((one) => one.name).filter(decides);
        return [table.name, new Set([...names, ...flags])];
      }),
  );
}

/** Neither a key nor part of one, nor a column that refers to a row. */
function isFree(table: DrawnTable, column: DrawnColumn): boolean {
  return (
    !['key', 'user', 'tenant', 'region', 'parent', 'slot', 'email'].includes(column.kind) &&
    !table.primaryKey.includes(column.name)
  );
}

/** The first of those that agree on a key. */
function unique(table: DrawnTable, rows: readonly Row[]): Row[] {
  const keys = [table.primaryKey, ...table.uniques];
  const known = new Set<string>();
  return rows.filter((row) => {
    const own = keys
      .filter((key) => key.every((name) => row[name] !== null))
      .map((key) => `${key.join()}:${key.map((name) => row[name]).join()}`);
    if (own.some((one) => known.has(one))) return false;
    for (const one of own) known.add(one);
    return true;
  });
}

class RowMaker {
  readonly #table: DrawnTable;
  readonly #data: Data;
  readonly #dice: Dice;
  /** Relations whose rows a caller may delete: a hidden row that refers to one of these would be told by its key (docs/reference/limits.md). */
  readonly #deletable: ReadonlySet<string>;

  constructor(table: DrawnTable, data: Data, dice: Dice, deletable: ReadonlySet<string>) {
    this.#table = table;
    this.#data = data;
    this.#dice = dice;
    this.#deletable = deletable;
  }

  core(index: number): Row {
    return this.#row((column) => this.#coreValue(column, index));
  }

  hidden(index: number): Row {
    const row = this.#row((column) => this.#hiddenValue(column, index));
    return this.#table.pattern === 'link' ? this.#apart(row) : this.#slotApart(row, index);
  }

  /** A slot is not one that a caller may write: the key would tell of it (docs/reference/limits.md). */
  #slotApart(row: Row, index: number): Row {
    const user = this.#table.columns.find((one) => one.kind === 'user');
    const slot = this.#table.columns.find((one) => one.kind === 'slot');
    if (user === undefined || slot === undefined) return row;
    return { ...row, [slot.name]: HIDDEN + index };
  }

  /** A link is told by its key alone, so that of a hidden one is never one that a caller may try. */
  #apart(row: Row): Row {
    const person = this.#table.columns.find((one) => one.kind === 'user');
    const target = this.#table.columns.find((one) => one.kind === 'parent');
    if (person === undefined || target === undefined) return row;
    const tried = [1, 2, 3, 4, 5, 6, HIDDEN, HIDDEN + 1].map((number) => keyValue(target.type, number));
    if (!tried.includes(row[target.name] as string | number)) return row;
    return { ...row, [person.name]: keyValue(person.type, HIDDEN + this.#dice.between(3, 4)) };
  }

  #row(make: (column: DrawnColumn) => Value): Row {
    return Object.fromEntries(this.#table.columns.map((column) => [column.name, make(column)]));
  }

  #coreValue(column: DrawnColumn, index: number): Value {
    const dice = this.#dice;
    switch (column.kind) {
      case 'key':
        return keyValue(column.type, index + 1);
      case 'user':
        return keyValue(column.type, dice.pick([ALICE, ALICE, ALICE, BOB, SAM, 4, 5]));
      case 'tenant':
        return tenant(column, dice.chance(0.8) ? TENANT : OTHER_TENANT);
      case 'region':
        return dice.chance(0.8) ? 'eu' : 'us';
      case 'parent':
        return this.#parent(column, 0.5, 0.1);
      case 'email':
        return `p${index + 1}@shop.test`;
      case 'slot':
        return index;
      case 'level':
        return dice.pick([0, 1, 2, 3]);
      default:
        return !column.notNull && column.kind !== 'n' && dice.chance(0.08)
          ? null
          : harmless(column, dice.below(4));
    }
  }

  #hiddenValue(column: DrawnColumn, index: number): Value {
    const dice = this.#dice;
    switch (column.kind) {
      case 'key':
        return keyValue(column.type, HIDDEN + index);
      case 'user':
        return keyValue(
          column.type,
          dice.pick(
            this.#deletable.has('people')
              ? [HIDDEN, HIDDEN + 1, HIDDEN + 2]
              : [ALICE, BOB, 4, 4, 5, 5, HIDDEN, HIDDEN + 1, HIDDEN + 2],
          ),
        );
      case 'tenant':
        return column.notNull || dice.chance(0.95)
          ? tenant(column, dice.chance(0.55) ? TENANT : OTHER_TENANT)
          : null;
      case 'region':
        return dice.chance(0.6) ? 'eu' : 'us';
      case 'parent':
        return this.#parent(column, 0.3, 0.05);
      case 'email':
        return `zz${index}@hidden.test`;
      case 'slot':
        return dice.chance(0.3) ? HIDDEN + index : dice.below(6);
      case 'level':
        return dice.pick([0, 1, 2, 3, 99]);
      default:
        return bait(column, dice);
    }
  }

  /** Mostly a row of the other relation, sometimes one of the visible keys. */
  #parent(column: DrawnColumn, near: number, empty: number): Value {
    const key = this.#table.foreignKeys.find((one) => one.column === column.name);
    const rows = this.#data.get(key?.to ?? '') ?? [];
    if (key === undefined || rows.length === 0 || (!column.notNull && this.#dice.chance(empty)))
      return column.notNull ? keyValue(column.type, 1) : null;
    const some = this.#dice.chance(near) ? rows.slice(0, 5) : rows;
    const picked = this.#dice.pick(
      key.action === '' && !key.loose && this.#deletable.has(key.to) ? rows.slice(-4) : some,
    );
    return picked[key.toColumn] ?? null;
  }
}

function tenant(column: DrawnColumn, number: number): Value {
  return column.type === 'int' ? number : `t${number}`;
}

const NUMBERS = [3, 7, 12, 40] as const;

/** A value that every expression passes. */
export function harmless({ kind }: DrawnColumn, index: number): Value {
  const n = NUMBERS[index % 4] ?? 3;
  const values: Record<DataKind, Value> = {
    n,
    raw: `${n}`,
    pat: 'a%',
    num: n + 0.5,
    big: `${n * 10}`,
    len: n,
    made: `2024-01-${10 + (n % 9)}`,
    tags: `{1,${n}}`,
    info: `[1, 2, {"k": "${n}"}]`,
    state: ['open', 'held', 'done'][index % 3] ?? 'open',
    code: `00000000-0000-4000-8000-0000000000${10 + index}`,
    flag: index % 2 === 0,
    stamp: `2024-01-${10 + (n % 9)} 10:00:00+00`,
    blob: `\\x6${n % 10}`,
    words: `{3,${n}}`,
    title: `title ${n}`,
  };
  return Object.hasOwn(values, kind) ? values[kind as DataKind] : n;
}

const BAIT: Readonly<Record<DataKind, readonly Value[]>> = {
  n: [0, 0, 1, 5, 17, -2147483648, 2147483647, 99, null],
  raw: ['x', '', 'oops', '99999999999', '-1', '17', '2024-13-45', '{', '[', null],
  pat: ['\\', '(', '[', 'a%', '*', 'x\\', null],
  num: [0, -1, -2.5, 1e30, 17, null],
  big: ['9223372036854775807', '-9223372036854775808', '0', '3000000000', null],
  len: [-1, -5, 0, 2147483647, 3, null],
  made: ['infinity', '5874897-12-31', '4713-01-01 BC', '2020-02-29', null],
  tags: ['{}', '{0}', '{1,0}', null],
  info: ['{"k": "x"}', '[]', '5', '"s"', '["x"]', null],
  state: ['void', 'open', 'held', null],
  code: ['00000000-0000-4000-8000-000000000099', '00000000-0000-4000-8000-000000001000', null],
  flag: [true, false, null],
  stamp: ['infinity', '294276-12-31 23:00:00+00', '4713-01-01 00:00:00+00 BC', null],
  blob: ['\\x', '\\xff', '\\xc328', null],
  words: ['{}', '{x}', '{"",NULL}', null],
  title: ['hidden 3', 'oops', '', null],
};

/** A value that fails in expressions which the visible rows pass. */
function bait(column: DrawnColumn, dice: Dice): Value {
  const values = BAIT[column.kind as DataKind];
  const value = values === undefined ? 0 : dice.pick(values);
  return value === null && column.notNull ? (values?.[0] ?? 0) : value;
}
