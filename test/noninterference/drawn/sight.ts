/** What a caller may see and change of drawn rows, worked out from the rules as they stand, apart from the code that is tested. */
import { relationKey } from '../../../src/catalog/index.ts';
import type {
  ColumnSet,
  LoadedPolicy,
  Membership,
  Predicate,
  Principal,
  Rule,
} from '../../../src/policy/index.ts';
import { holds, type Value, type World } from '../../policy/evaluate.ts';
import type { DrawnSchema, DrawnTable } from './schema.ts';

export type { Value };
export type Row = Record<string, Value>;
export type Data = ReadonlyMap<string, readonly Row[]>;

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
  readonly world: World;
  readonly #members = new Map<Membership, readonly Value[] | undefined>();
  readonly #rules = new Map<string, readonly Rule[]>();

  constructor(policy: LoadedPolicy, schema: DrawnSchema, data: Data, principal: Principal) {
    this.#policy = policy;
    this.#schema = schema;
    this.#data = data;
    this.#role = principal.role;
    const isNumber = (name: string): boolean => /int/.test(policy.identity.claims.get(name)?.type ?? '');
    const claims = [...principal.claims].map(
      ([name, text]) => [name, isNumber(name) ? Number(text) : text] as const,
    );
    this.world = { claims: new Map(claims), members: (membership) => this.#counted(membership) };
  }

  seen(table: DrawnTable, row: Row): Seen {
    const columns = new Set<string>();
    let reached = false;
    let writes = false;
    let listed: Set<string> | undefined;
    if (!this.#within(table, row)) return { reached, writes, columns, listed };
    for (const rule of this.rules(table)) {
      if (rule.lookup === undefined && holds(rule.rows, row, this.world) !== true) continue;
      reached = true;
      if (rule.lookup === undefined && (rule.write.kind !== 'none' || rule.delete)) writes = true;
      if (rule.lookup === undefined) listed ??= new Set();
      for (const name of this.shown(table, rule)) {
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

  /** The columns that a rule shows. */
  shown(table: DrawnTable, rule: Rule): readonly string[] {
    const classes = this.#policy.relations.get(relationKey('public', table.name))?.columns;
    const names = table.columns.map((one) => one.name);
    return readColumns(rule.read, names, (name) => classes?.get(name), rule.lookup !== undefined);
  }

  #within(table: DrawnTable, row: Row): boolean {
    return this.#policy.boundaries
      .filter((one) => table.columns.some((column) => column.name === one.column))
      .every((one) => holds(one.predicate, row, this.world) === true);
  }

  #counted(membership: Membership): readonly Value[] | undefined {
    if (this.#members.has(membership)) return this.#members.get(membership);
    const counted = this.countedIn(membership);
    const members = counted && this.#visibleValues(counted.table, counted.column, membership.where);
    this.#members.set(membership, members);
    return members;
  }

  /** Where the values of a membership are; undefined: the role sees none at all, whatever rows there are. */
  countedIn(membership: Membership): { readonly table: DrawnTable; readonly column: string } | undefined {
    const name = membership.relation.split('\u0000')[1];
    const table = this.#schema.tables.find((one) => one.name === name);
    const column = membership.target === '' ? table?.primaryKey[0] : membership.target;
    if (table === undefined || column === undefined) return undefined;
    const readable = this.rules(table).some(
      (rule) => rule.lookup === undefined && this.shown(table, rule).includes(column),
    );
    return readable ? { table, column } : undefined;
  }

  #visibleValues(table: DrawnTable, column: string, where: Predicate | undefined): readonly Value[] {
    const rows = rowsOf(this.#data, table).filter(
      (row) =>
        this.#shows(table, row, column) && (where === undefined || holds(where, row, this.world) === true),
    );
    return [...new Set(rows.map((row) => row[column] ?? null))];
  }

  #shows(table: DrawnTable, row: Row, column: string): boolean {
    return (
      this.#within(table, row) &&
      this.rules(table).some(
        (rule) =>
          rule.lookup === undefined &&
          this.shown(table, rule).includes(column) &&
          holds(rule.rows, row, this.world) === true,
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
