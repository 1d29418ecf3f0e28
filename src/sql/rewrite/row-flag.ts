/**
 * Flags that travel with the rows of a query, where no fence can be relied on.
 *
 * A column is put into the result that is true for every row made of rows which passed their filters. What stands above the query guards
 * itself by that column; see docs/decisions/0009-placement-for-cockroachdb.md.
 */
import { and, bool, builtinCall, columnRef, isNotFalse, name as stringNode, target } from '../build.ts';
import type { Entry } from '../resolve/scope.ts';
import type { Node, SelectStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import type { Query } from './query.ts';
import { refuseUnsafe } from './unsafe.ts';

/** What puts the column into one query, once it is asked for. */
export abstract class RowFlag {
  #name: string | undefined;

  /** Whether there is a filter below that the rows have passed. */
  abstract get filtered(): boolean;

  /** Puts the column in; returns the name under which it is seen. */
  protected abstract add(context: StatementContext, name: string): string;

  /** The name of the column, which is there from now on. */
  column(context: StatementContext, wanted?: string): string {
    this.#name ??= this.add(context, wanted ?? context.freshName());
    return this.#name;
  }
}

/** A plain select: all flags of its FROM items, and of every row of a group where it groups. */
export class SelectFlag extends RowFlag {
  readonly #node: SelectStmt;
  readonly #entries: ReadonlySet<Entry>;
  readonly #grouped: boolean;

  constructor(node: SelectStmt, entries: ReadonlySet<Entry>, grouped: boolean) {
    super();
    this.#node = node;
    this.#entries = entries;
    this.#grouped = grouped;
  }

  get filtered(): boolean {
    return [...this.#entries].some((entry) => sourceOf(entry) !== undefined);
  }

  protected add(context: StatementContext, name: string): string {
    const targets = this.#node.targetList ?? refuseUnsafe('a query without columns');
    const flags = [...this.#entries].flatMap((entry) => sourceOf(entry)?.flag(context) ?? []);
    const flag = and(flags);
    targets.push(target(this.#grouped && flags.length > 0 ? everyRow(flag) : flag, name));
    return name;
  }
}

/** Rows of both arms; an arm that reads nothing says true. */
export class SetOperationFlag extends RowFlag {
  readonly #left: RowFlag;
  readonly #right: RowFlag;

  constructor(left: RowFlag, right: RowFlag) {
    super();
    this.#left = left;
    this.#right = right;
  }

  get filtered(): boolean {
    return this.#left.filtered || this.#right.filtered;
  }

  protected add(context: StatementContext, name: string): string {
    this.#right.column(context, name);
    return this.#left.column(context, name);
  }
}

/** Rows of a recursive CTE, which refer to themselves before their query is known: the name of the column is chosen first. */
export class RecursiveFlag extends RowFlag {
  readonly filtered: boolean;

  constructor(filtered: boolean) {
    super();
    this.filtered = filtered;
  }

  protected add(_context: StatementContext, name: string): string {
    return name;
  }

  /** Puts the column into the query of the CTE, now that it is rewritten; returns the name that the CTE has to give it. */
  settle(context: StatementContext, body: RowFlag): string {
    const chosen = this.column(context);
    body.column(context, chosen);
    return chosen;
  }
}

/** Rows of a CTE that lists its columns: CockroachDB wants a name for each, the flag included (its source, optbuilder/with.go). */
export class ListedFlag extends RowFlag {
  readonly #body: Pick<Query, 'rows' | 'unlisted'>;
  readonly #names: Node[];

  /** `names`: the names of all columns, which grow by the flag. */
  constructor(body: Pick<Query, 'rows' | 'unlisted'>, names: Node[]) {
    super();
    this.#body = body;
    this.#names = names;
  }

  get filtered(): boolean {
    return this.#body.rows.filtered;
  }

  protected add(context: StatementContext, name: string): string {
    if (this.#body.unlisted === true)
      return refuseUnsafe('a star over a function in a CTE that lists its columns');
    this.#body.rows.column(context, name);
    this.#names.push(stringNode(name));
    return name;
  }
}

/** Rows that are spelled out passed no filter. */
export class ValuesFlag extends RowFlag {
  readonly #rows: readonly Node[];

  constructor(rows: readonly Node[]) {
    super();
    this.#rows = rows;
  }

  get filtered(): boolean {
    return false;
  }

  protected add(): string {
    let width = 0;
    for (const row of this.#rows) {
      const items = 'List' in row ? row.List.items : undefined;
      if (items === undefined) return refuseUnsafe('this VALUES list');
      width = items.push(bool(true));
    }
    return `column${width}`;
  }
}

/** Where a FROM item has its flag: the read that it is, or a column that its query carries up. */
export interface FlagSource {
  flag(context: StatementContext): Node;
  /** The column as it stands in the row: NULL where an outer join made the row up. */
  present(context: StatementContext): Node;
}

/** The flag of a derived table or CTE, under the alias it is read by. */
export class Carried implements FlagSource {
  readonly #alias: string;
  readonly #rows: RowFlag;

  constructor(alias: string, rows: RowFlag) {
    this.#alias = alias;
    this.#rows = rows;
  }

  get filtered(): boolean {
    return this.#rows.filtered;
  }

  flag(context: StatementContext): Node {
    return isNotFalse(this.present(context));
  }

  present(context: StatementContext): Node {
    return columnRef(this.#alias, this.#rows.column(context));
  }
}

/** The flag of a FROM item, if there is a filter below it. */
export function sourceOf(entry: Entry): FlagSource | undefined {
  if (entry.direct !== undefined) return entry.direct;
  return entry.carried?.filtered === true ? entry.carried : undefined;
}

/** `bool_and (flag)`: a condition that holds it can be evaluated for whole groups only. */
export function everyRow(flag: Node): Node {
  return builtinCall('bool_and', flag);
}
