/**
 * What a caller sees, and what they may come to see by writes that the policy lets them make: where a rule decides by a column
 * that the caller may write, the caller decides. Worlds have to agree on that too (docs/reference/limits.md). Rows that an INSERT
 * adds are left out: the keys that are drawn for them meet no hidden row.
 */
import {
  type LoadedPolicy,
  type Membership,
  type Operand,
  type Predicate,
  type Principal,
  pinnedColumns,
  type Rule,
} from '../../../src/policy/index.ts';
import { compare, operandValue } from '../../policy/evaluate.ts';
import type { DrawnSchema, DrawnTable } from './schema.ts';
import { type Data, type Row, Sight, type Value } from './sight.ts';

/** The truth values that a predicate may take, as bits. */
type Truths = number;
const TRUE = 1;
const FALSE = 2;
const UNKNOWN = 4;
const ANY = TRUE | FALSE | UNKNOWN;

interface Members {
  /** Those that count, whatever the caller writes. */
  readonly certain: ReadonlySet<Value>;
  readonly possible: ReadonlySet<Value>;
  /** The caller may write the very values that count. */
  readonly open: boolean;
}

type Names = ReadonlySet<string>;

export class Opening {
  readonly #policy: LoadedPolicy;
  readonly #schema: DrawnSchema;
  readonly #data: Data;
  readonly #sight: Sight;
  readonly #members = new Map<Membership, Members | undefined>();
  readonly #changeable = new Map<Row, Names>();

  constructor(policy: LoadedPolicy, schema: DrawnSchema, data: Data, principal: Principal) {
    this.#policy = policy;
    this.#schema = schema;
    this.#data = data;
    this.#sight = new Sight(policy, schema, data, principal);
  }

  /** The columns of a row that may come to be seen; undefined where no rule may come to reach it. */
  columns(table: DrawnTable, row: Row): Names | undefined {
    const free = this.#written(table, row);
    if ((this.#within(table, row, free) & TRUE) === 0) return undefined;
    const rules = this.#sight
      .rules(table)
      .filter((rule) => rule.lookup !== undefined || this.#may(rule.rows, row, free));
    return rules.length === 0 ? undefined : new Set(rules.flatMap((rule) => this.#sight.shown(table, rule)));
  }

  /** Stored rows that are or may come to be rows of the relation or view. */
  rowsOf(table: DrawnTable): readonly Row[] {
    const { of, flag } = table.view ?? { of: table.name };
    const base = this.#schema.tables.find((one) => one.name === of) ?? table;
    return (this.#data.get(of) ?? []).filter(
      (row) => flag === undefined || row[flag] === true || this.#written(base, row).has(flag),
    );
  }

  #may(predicate: Predicate, row: Row, free: Names): boolean {
    return (this.#truths(predicate, row, free) & TRUE) !== 0;
  }

  #within(table: DrawnTable, row: Row, free: Names): Truths {
    const bounds = this.#policy.boundaries.filter((one) =>
      table.columns.some((column) => column.name === one.column),
    );
    return every(bounds.map((one) => this.#truths(one.predicate, row, free)));
  }

  /** Columns that the caller may write in a row, by rules that hold for it or may come to. */
  #written(table: DrawnTable, row: Row): Names {
    const known = this.#changeable.get(row);
    if (known !== undefined) return known;
    const rules = this.#sight.rules(table).filter((rule) => rule.write.kind !== 'none');
    const free = new Set(rules.flatMap((rule) => writtenBy(table, rule)));
    const holding = rules.filter((rule) => this.#may(rule.rows, row, free));
    const within = (this.#within(table, row, free) & TRUE) !== 0;
    const written = new Set(within ? holding.flatMap((rule) => writtenBy(table, rule)) : []);
    this.#changeable.set(row, written);
    return written;
  }

  #truths(predicate: Predicate, row: Row, free: Names): Truths {
    const value = (operand: Operand): Value => operandValue(operand, row, this.#sight.world);
    const isFree = (operand: Operand): boolean => operand.kind === 'column' && free.has(operand.name);
    switch (predicate.kind) {
      case 'true':
        return TRUE;
      case 'false':
        return FALSE;
      case 'compare':
        if (isFree(predicate.left) || isFree(predicate.right)) return ANY;
        return only(compare(predicate.op, value(predicate.left), value(predicate.right)));
      case 'in-list':
        if ([predicate.operand, ...predicate.items].some(isFree)) return ANY;
        return some(predicate.items.map((item) => only(compare('=', value(predicate.operand), value(item)))));
      case 'is-null':
        if (isFree(predicate.operand)) return TRUE | FALSE;
        return only((value(predicate.operand) === null) !== predicate.negated);
      case 'in-relation':
        return free.has(predicate.column)
          ? ANY
          : among(row[predicate.column] ?? null, this.#counted(predicate));
      case 'and':
        return every(predicate.items.map((item) => this.#truths(item, row, free)));
      case 'or':
        return some(predicate.items.map((item) => this.#truths(item, row, free)));
      case 'not':
        return not(this.#truths(predicate.item, row, free));
    }
  }

  #counted(membership: Membership): Members | undefined {
    if (this.#members.has(membership)) return this.#members.get(membership);
    const counted = this.#sight.countedIn(membership);
    const members = counted && this.#membersOf(counted.table, counted.column, membership.where);
    this.#members.set(membership, members);
    return members;
  }

  #membersOf(table: DrawnTable, column: string, where: Predicate | undefined): Members {
    const certain = new Set<Value>();
    const possible = new Set<Value>();
    let open = false;
    for (const row of this.rowsOf(table)) {
      const truths = this.#counts(table, row, column, where);
      if ((truths & TRUE) === 0) continue;
      possible.add(row[column] ?? null);
      open ||= this.#written(table, row).has(column);
      if (truths === TRUE && !this.#mayGo(table, row)) certain.add(row[column] ?? null);
    }
    return { certain, possible, open };
  }

  #counts(table: DrawnTable, row: Row, column: string, where: Predicate | undefined): Truths {
    const free = this.#written(table, row);
    const showing = this.#sight
      .rules(table)
      .filter((rule) => rule.lookup === undefined && this.#sight.shown(table, rule).includes(column));
    return every([
      this.#within(table, row, free),
      some(showing.map((rule) => this.#truths(rule.rows, row, free))),
      where === undefined ? TRUE : this.#truths(where, row, free),
    ]);
  }

  #mayGo(table: DrawnTable, row: Row): boolean {
    const flag = table.view?.flag;
    if (flag !== undefined && this.#written(table, row).has(flag)) return true;
    const free = this.#written(table, row);
    return this.#sight.rules(table).some((rule) => rule.delete && this.#may(rule.rows, row, free));
  }
}

/** Without those that the check of the new row holds to a claim. */
function writtenBy(table: DrawnTable, rule: Rule): readonly string[] {
  const held = pinnedColumns(rule.check);
  const named = rule.write.kind === 'all' ? table.columns.map((one) => one.name) : [...rule.write.columns];
  return named.filter((name) => !held.has(name));
}

/** `undefined` members: the role sees none at all. */
function among(value: Value, members: Members | undefined): Truths {
  if (members === undefined) return UNKNOWN;
  const { certain, possible, open } = members;
  if (open) return ANY;
  if (possible.size === 0) return FALSE;
  if (value === null) return certain.size > 0 ? UNKNOWN : UNKNOWN | FALSE;
  if (certain.has(value)) return TRUE;
  const found = possible.has(value) ? TRUE : 0;
  if (certain.has(null)) return found | UNKNOWN;
  return found | FALSE | (possible.has(null) ? UNKNOWN : 0);
}

function only(truth: boolean | null): Truths {
  if (truth === null) return UNKNOWN;
  return truth ? TRUE : FALSE;
}

function every(items: readonly Truths[]): Truths {
  const may =
    (truths: Truths) =>
    (item: Truths): boolean =>
      (item & truths) !== 0;
  return (
    (items.every(may(TRUE)) ? TRUE : 0) |
    (items.some(may(FALSE)) ? FALSE : 0) |
    (items.some(may(UNKNOWN)) && items.every(may(TRUE | UNKNOWN)) ? UNKNOWN : 0)
  );
}

function some(items: readonly Truths[]): Truths {
  return not(every(items.map(not)));
}

function not(truths: Truths): Truths {
  return (truths & UNKNOWN) | (truths & TRUE ? FALSE : 0) | (truths & FALSE ? TRUE : 0);
}
