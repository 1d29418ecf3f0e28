/** What a caller may see and change of drawn rows, worked out from the rules as they stand, apart from the code that is tested. */
import { relationKey } from '../../../src/catalog/index.ts';
import type {
  ColumnSet,
  LoadedPolicy,
  Membership,
  Operand,
  Predicate,
  Principal,
  Rule,
} from '../../../src/policy/index.ts';
import type { DrawnSchema, DrawnTable } from './schema.ts';

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;
export type Data = ReadonlyMap<string, readonly Row[]>;

/** null is unknown. */
type Truth = boolean | null;

export interface Seen {
  /** Some rule reaches the row: it is read, changed or deleted. */
  readonly reached: boolean;
  readonly writes: boolean;
  readonly columns: ReadonlySet<string>;
  /** The columns that a read shows which looks nothing up; undefined: it does not show the row. */
  readonly listed: ReadonlySet<string> | undefined;
}

export class Sight {
  readonly #policy: LoadedPolicy;
  readonly #schema: DrawnSchema;
  readonly #data: Data;
  readonly #role: string;
  readonly #claims: ReadonlyMap<string, Value>;
  readonly #members = new Map<Membership, ReadonlySet<Value> | undefined>();
  readonly #rules = new Map<string, readonly Rule[]>();

  constructor(policy: LoadedPolicy, schema: DrawnSchema, data: Data, principal: Principal) {
    this.#policy = policy;
    this.#schema = schema;
    this.#data = data;
    this.#role = principal.role;
    const isNumber = (name: string): boolean => /int/.test(policy.identity.claims.get(name)?.type ?? '');
    this.#claims = new Map(
      [...principal.claims].map(([name, text]) => [name, isNumber(name) ? Number(text) : text]),
    );
  }

  seen(table: DrawnTable, row: Row): Seen {
    const columns = new Set<string>();
    let reached = false;
    let writes = false;
    let listed: Set<string> | undefined;
    if (!this.#within(table, row)) return { reached, writes, columns, listed };
    for (const rule of this.rules(table)) {
      if (rule.lookup === undefined && this.#holds(rule.rows, table, row) !== true) continue;
      reached = true;
      if (rule.lookup === undefined && (rule.write.kind !== 'none' || rule.delete)) writes = true;
      if (rule.lookup === undefined) listed ??= new Set();
      for (const name of this.#shown(table, rule)) {
        columns.add(name);
        if (rule.lookup === undefined) listed?.add(name);
      }
    }
    return { reached, writes, columns, listed };
  }

  /** Those of the caller's role. */
  rules(table: DrawnTable): readonly Rule[] {
    const known = this.#rules.get(table.name);
    if (known !== undefined) return known;
    const all = this.#policy.relations.get(relationKey('public', table.name))?.rules ?? [];
    const own = all.filter((rule) => rule.roles.includes(this.#role));
    this.#rules.set(table.name, own);
    return own;
  }

  /** What the memberships of the caller's rules count, as text. */
  counted(table: DrawnTable): readonly string[] {
    return this.rules(table).flatMap((rule) =>
      [rule.rows, rule.check].flatMap((predicate) =>
        membershipsIn(predicate).map((one) => `${rule.id} ${[...(this.#counted(one) ?? [])].sort().join()}`),
      ),
    );
  }

  #shown(table: DrawnTable, rule: Rule): readonly string[] {
    const classes = this.#policy.relations.get(relationKey('public', table.name))?.columns;
    const names = table.columns.map((one) => one.name);
    return readColumns(rule.read, names, (name) => classes?.get(name), rule.lookup !== undefined);
  }

  #within(table: DrawnTable, row: Row): boolean {
    return this.#policy.boundaries
      .filter((one) => table.columns.some((column) => column.name === one.column))
      .every((one) => this.#holds(one.predicate, table, row) === true);
  }

  #holds(predicate: Predicate, table: DrawnTable, row: Row): Truth {
    switch (predicate.kind) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'compare':
        return compare(predicate.op, this.#value(predicate.left, row), this.#value(predicate.right, row));
      case 'in-list': {
        const value = this.#value(predicate.operand, row);
        return some(predicate.items.map((item) => compare('=', value, this.#value(item, row))));
      }
      case 'is-null':
        return (this.#value(predicate.operand, row) === null) !== predicate.negated;
      case 'in-relation':
        return this.#among(row[predicate.column] ?? null, this.#counted(predicate));
      case 'and':
        return every(predicate.items.map((item) => this.#holds(item, table, row)));
      case 'or':
        return some(predicate.items.map((item) => this.#holds(item, table, row)));
      case 'not':
        return not(this.#holds(predicate.item, table, row));
    }
  }

  /** A caller without the claim: nothing compares with it. */
  #value(operand: Operand, row: Row): Value {
    if (operand.kind === 'literal') return operand.value;
    return (operand.kind === 'claim' ? this.#claims.get(operand.name) : row[operand.name]) ?? null;
  }

  #among(value: Value, members: ReadonlySet<Value> | undefined): Truth {
    if (members === undefined) return null;
    if (members.size === 0) return false;
    if (value === null) return null;
    if (members.has(value)) return true;
    return members.has(null) ? null : false;
  }

  /** undefined: the role sees none at all, whatever rows there are. */
  #counted(membership: Membership): ReadonlySet<Value> | undefined {
    if (this.#members.has(membership)) return this.#members.get(membership);
    const name = membership.relation.split('\u0000')[1];
    const table = this.#schema.tables.find((one) => one.name === name);
    const column = membership.target === '' ? table?.primaryKey[0] : membership.target;
    const readable =
      table !== undefined &&
      column !== undefined &&
      this.rules(table).some(
        (rule) => rule.lookup === undefined && this.#shown(table, rule).includes(column),
      );
    const members = readable ? this.#visibleValues(table, column, membership.where) : undefined;
    this.#members.set(membership, members);
    return members;
  }

  #visibleValues(table: DrawnTable, column: string, where: Predicate | undefined): ReadonlySet<Value> {
    const rows = rowsOf(this.#data, table).filter(
      (row) =>
        this.#shows(table, row, column) && (where === undefined || this.#holds(where, table, row) === true),
    );
    return new Set(rows.map((row) => row[column] ?? null));
  }

  #shows(table: DrawnTable, row: Row, column: string): boolean {
    return (
      this.#within(table, row) &&
      this.rules(table).some(
        (rule) =>
          rule.lookup === undefined &&
          this.#shown(table, rule).includes(column) &&
          this.#holds(rule.rows, table, row) === true,
      )
    );
  }
}

function membershipsIn(predicate: Predicate): readonly Membership[] {
  if (predicate.kind === 'in-relation') return [predicate];
  if (predicate.kind === 'not') return membershipsIn(predicate.item);
  return predicate.kind === 'and' || predicate.kind === 'or' ? predicate.items.flatMap(membershipsIn) : [];
}

/** Rows of a relation; those of a view are the rows below it. */
export function rowsOf(data: Data, table: DrawnTable): readonly Row[] {
  if (table.view === undefined) return data.get(table.name) ?? [];
  const { of, flag } = table.view;
  return (data.get(of) ?? []).filter((row) => flag === undefined || row[flag] === true);
}

export function readColumns(
  set: ColumnSet,
  names: readonly string[],
  classOf: (name: string) => unknown,
  lookup: boolean,
): readonly string[] {
  if (set.kind === 'none') return [];
  if (set.kind === 'all')
    return lookup ? [] : names.filter((name) => !['internal', 'secret'].includes(String(classOf(name))));
  return names.filter((name) => set.columns.has(name) && (lookup || classOf(name) !== 'secret'));
}

function compare(op: string, left: Value, right: Value): Truth {
  if (left === null || right === null) return null;
  const order = left < right ? -1 : Number(left > right);
  switch (op) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function every(items: readonly Truth[]): Truth {
  if (items.includes(false)) return false;
  return items.includes(null) ? null : true;
}

function some(items: readonly Truth[]): Truth {
  if (items.includes(true)) return true;
  return items.includes(null) ? null : false;
}

function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
