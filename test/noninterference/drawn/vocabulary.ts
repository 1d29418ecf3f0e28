/** What statements may speak of in a drawn laboratory, for one caller. */
import { relationKey } from '../../../src/catalog/index.ts';
import type { LoadedPolicy, Rule } from '../../../src/policy/index.ts';
import type { Dice } from '../dice.ts';
import type { Column, Type } from '../scope.ts';
import { TYPES } from '../scope.ts';
import type { Part, Vocabulary } from '../vocabulary.ts';
import { FREE, HIDDEN, OTHER_TENANT, TENANT } from './data.ts';
import { type DrawnColumn, type DrawnSchema, type DrawnTable, keyValue } from './schema.ts';
import { readColumns } from './sight.ts';

export interface Asker {
  readonly role: string;
  /** Number of the person. */
  readonly person: number;
}

export function drawnVocabulary(
  dice: Dice,
  schema: DrawnSchema,
  policy: LoadedPolicy,
  asker: Asker,
): Vocabulary {
  return new DrawnVocabulary(dice, schema, policy, asker);
}

class DrawnVocabulary implements Vocabulary {
  readonly types: readonly Type[] = TYPES;
  readonly widened = true;
  readonly tables: Vocabulary['tables'];
  readonly readable: Vocabulary['readable'];
  readonly readsOnly: boolean;
  readonly writable: Vocabulary['writable'];
  readonly insertable: Vocabulary['insertable'];
  readonly deletable: Vocabulary['deletable'];
  readonly #schema: DrawnSchema;
  readonly #policy: LoadedPolicy;
  readonly #asker: Asker;
  readonly #parts: Readonly<Record<Part, string>>;

  constructor(dice: Dice, schema: DrawnSchema, policy: LoadedPolicy, asker: Asker) {
    this.#schema = schema;
    this.#policy = policy;
    this.#asker = asker;
    const open = schema.tables.filter((table) =>
      this.#rules(table).some((rule) => rule.read.kind !== 'none' && rule.lookup === undefined),
    );
    const places = open.length === 0 ? schema.tables.slice(0, 1) : open;
    this.tables = Object.fromEntries(schema.tables.map((table) => [table.name, this.#columns(table)]));
    this.readable = places.flatMap((table) =>
      table.pattern === 'public' ? [table.name] : [table.name, table.name],
    );
    const usable = places.filter((table) =>
      (this.tables[table.name] ?? []).every(
        (one) => one.refused !== true || !['n', 'raw'].includes(one.kind ?? ''),
      ),
    );
    const guarded = (usable.length === 0 ? places : usable).filter((table) => table.pattern !== 'public');
    const pick = (): string => dice.pick(guarded.length === 0 ? places : guarded).name;
    const goods = places.find((table) => table.pattern === 'public')?.name ?? pick();
    this.#parts = { docs: pick(), lines: pick(), notes: pick(), goods };
    this.writable = this.#writable();
    this.insertable = this.#insertable();
    this.deletable = this.#deletable();
    this.readsOnly = [Object.keys(this.writable).length, Object.keys(this.insertable).length].every(
      (one) => one === 0,
    );
  }

  literal(dice: Dice, type: Type): string | undefined {
    if (type === 'int' && dice.chance(0.1)) return String(dice.pick([1, 2, 5, HIDDEN, HIDDEN + 1]));
    if (!dice.chance(0.12)) return undefined;
    const number = dice.pick([1, 1, 2, 3, 4, HIDDEN, HIDDEN + 1]);
    if (type === 'uuid') return `'${keyValue('uuid', number)}'::uuid`;
    return type === 'text'
      ? dice.pick([`'${keyValue('text', number)}'`, "'p1@shop.test'", `'t${TENANT}'`, "'eu'"])
      : undefined;
  }

  part(name: Part): string {
    return this.#parts[name];
  }

  partColumn(name: Part, column: string): string {
    const columns = this.tables[this.#parts[name]] ?? [];
    const wanted = columns.find((one) => one.kind === column);
    const numbers = columns.filter((one) => one.type === 'int' && one.refused !== true);
    return (wanted ?? numbers[0] ?? columns[0])?.name ?? 'n';
  }

  unlisted(): number {
    return 0;
  }

  required(name: string, column: string): boolean {
    const table = this.#table(name);
    const own = table?.columns.find((one) => one.name === column);
    return (
      (table?.primaryKey.includes(column) ?? false) || (own?.notNull === true && own.default === undefined)
    );
  }

  key(dice: Dice, name: string, column: string): string | undefined {
    const own = this.#table(name)?.columns.find((one) => one.name === column);
    if (own === undefined) return undefined;
    switch (own.kind) {
      case 'key':
        return written(own, dice.chance(0.8) ? FREE + dice.below(50_000) : dice.between(1, 6));
      case 'parent':
        return written(own, dice.pick([1, 1, 2, 2, 3, 4, 5, 6, HIDDEN, HIDDEN, HIDDEN + 1, FREE]));
      case 'user':
        return written(
          own,
          dice.pick([this.#asker.person, this.#asker.person, this.#asker.person, 1, 2, 4, HIDDEN]),
        );
      case 'tenant':
        return own.type === 'int'
          ? String(dice.pick([TENANT, TENANT, TENANT, OTHER_TENANT]))
          : `'t${dice.pick([TENANT, TENANT, TENANT, OTHER_TENANT])}'`;
      case 'region':
        return dice.pick(["'eu'", "'eu'", "'us'"]);
      case 'slot':
        return String(dice.pick([0, 1, 2, 3, 4, 5, 50 + dice.below(100)]));
      case 'email':
        return `'new${dice.below(50_000)}@shop.test'`;
      default:
        return undefined;
    }
  }

  keyFrom(_dice: Dice, name: string, column: string, other: string): string | undefined {
    const table = this.#table(name);
    const own = table?.columns.find((one) => one.name === column);
    if (table === undefined || own?.kind !== 'key') return undefined;
    const columns = this.tables[other] ?? [];
    const from = columns.find((one) => one.kind === 'key') ?? columns[0];
    const text = `s.${from?.name}::text`;
    if (own.type === 'uuid') return `md5(${text})::uuid`;
    if (own.type === 'text') return `'f' || ${text}`;
    const numbers = columns.filter((one) => one.refused !== true && one.type === 'int');
    const number = from?.type === 'int' ? from : numbers[0];
    return number === undefined ? undefined : `${FREE} + s.${number.name}`;
  }

  conflictKey(dice: Dice, name: string): string {
    const table = this.#table(name);
    if (table === undefined) return '(id)';
    const keys = [table.primaryKey, table.primaryKey, ...table.uniques];
    return `(${dice.pick(keys).join(', ')})`;
  }

  lookup(dice: Dice): string | undefined {
    const found = this.#schema.tables.flatMap((table) =>
      this.#rules(table).flatMap((rule) => (rule.lookup === undefined ? [] : [{ table, rule }])),
    );
    if (found.length === 0) return undefined;
    const { table, rule } = dice.pick(found);
    const columns = [...rule.read.columns];
    const keys = (rule.lookup ?? []).map(
      (name) => `${name} = '${dice.pick(['p1', 'p2', 'p3', 'p99'])}@shop.test'`,
    );
    const numbers = table.columns.filter((one) => one.type === 'int' && columns.includes(one.name));
    const trap =
      numbers.length > 0 && dice.chance(0.5)
        ? ` AND 1 / ${dice.pick(numbers).name} >= 0`
        : dice.chance(0.3)
          ? ` AND (${dice.pick(columns)})::text::int >= 0`
          : '';
    return `SELECT ${columns.join(', ')} FROM ${table.name} WHERE ${keys.join(' AND ')}${trap}`;
  }

  #table(name: string): DrawnTable | undefined {
    return this.#schema.tables.find((table) => table.name === name);
  }

  #rules(table: DrawnTable): readonly Rule[] {
    const all = this.#policy.relations.get(relationKey('public', table.name))?.rules ?? [];
    return all.filter((rule) => rule.roles.includes(this.#asker.role));
  }

  #columns(table: DrawnTable): readonly Column[] {
    const relation = this.#policy.relations.get(relationKey('public', table.name));
    const names = table.columns.map((one) => one.name);
    const readable = new Set(
      this.#rules(table)
        .filter((rule) => rule.lookup === undefined)
        .flatMap((rule) => readColumns(rule.read, names, (name) => relation?.columns.get(name), false)),
    );
    return table.columns.map(({ name, type, kind }) => {
      const refused = relation?.hidden === 'refuse' && !readable.has(name);
      return { name, type, kind, ...(refused ? { refused: true as const } : {}) };
    });
  }

  /** What rules let the caller set, and now and then a column that they do not. */
  #writable(): Readonly<Record<string, readonly string[]>> {
    return this.#perTable((table, rule) => {
      if (rule.write.kind === 'none') return [];
      const data = table.columns.filter((one) => !['key', 'parent', 'user', 'tenant'].includes(one.kind));
      const named = rule.write.kind === 'all' ? data.map((one) => one.name) : [...rule.write.columns];
      const tried = table.columns
        .filter((one) => one.kind === 'user' || one.kind === 'parent')
        .map((one) => one.name);
      return [...named, ...named, ...named, ...tried];
    });
  }

  #insertable(): Readonly<Record<string, readonly string[]>> {
    const found = this.#perTable((table, rule) => {
      if (rule.insert === undefined) return [];
      const structure = table.columns
        .filter((one) => ['key', 'parent', 'user'].includes(one.kind))
        .map((one) => one.name);
      const needed = table.columns
        .filter((one) => one.notNull && one.default === undefined)
        .map((one) => one.name);
      const named =
        rule.insert.kind === 'list'
          ? [...rule.insert.columns]
          : table.columns.filter((one) => one.kind !== 'tenant').map((one) => one.name);
      return [...table.primaryKey, ...structure, ...needed, ...named];
    });
    return Object.fromEntries(Object.entries(found).map(([name, columns]) => [name, [...new Set(columns)]]));
  }

  #deletable(): readonly string[] {
    return this.#schema.tables
      .filter((table) => this.#rules(table).some((rule) => rule.delete))
      .map((one) => one.name);
  }

  #perTable(
    columns: (table: DrawnTable, rule: Rule) => readonly string[],
  ): Readonly<Record<string, readonly string[]>> {
    const found = this.#schema.tables.flatMap((table) => {
      const names = this.#rules(table).flatMap((rule) => columns(table, rule));
      return names.length === 0 ? [] : [[table.name, names] as const];
    });
    return Object.fromEntries(found);
  }
}

function written(column: DrawnColumn, number: number): string {
  const value = keyValue(column.type, number);
  return typeof value === 'number' ? String(value) : `'${value}'`;
}
