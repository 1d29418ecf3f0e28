/** Which rules stand for a relation, and what a rule makes of its columns. */
import { type Catalog, type Column, findColumn, keyOf, type Relation } from '../catalog/index.ts';
import type { ColumnClass, ColumnSet, LoadedPolicy, Predicate, RelationPolicy, Rule } from './policy.ts';
import { conjunctsOf, pinnedColumns } from './predicate.ts';

/**
 * The rules of a relation: its own, or those under `*`. Views, materialized views, foreign tables and partitions show
 * rows of other relations or places, so they are open only when named themselves; system relations never are.
 */
export function rulesFor(policy: LoadedPolicy, relation: Relation): readonly Rule[] {
  if (relation.kind === 'system' || relation.kind === 'sequence') return [];
  const own = policy.relations.get(keyOf(relation));
  if (own !== undefined) return own.rules;
  const plain = relation.kind === 'table' || relation.kind === 'partitioned';
  return plain && relation.parent === undefined && policy.schemas.includes(relation.schema)
    ? policy.everyRelation
    : [];
}

/** Rows are changed where they are stored: not through a view. */
export function isWritable(relation: Relation): boolean {
  return relation.kind === 'table' || relation.kind === 'partitioned' || relation.kind === 'foreign';
}

/** The relations that a policy may speak of. */
export function openableRelations(catalog: Catalog): readonly Relation[] {
  return [...catalog.relations.values()].filter((each) => each.kind !== 'system' && each.kind !== 'sequence');
}

/** Whether equality on these columns finds at most one row. */
export function isUniqueKey(relation: Relation, columns: readonly string[]): boolean {
  return relation.uniqueKeys.some((key) => key.length > 0 && key.every((column) => columns.includes(column)));
}

/** Turns the column sets of rules into columns of one relation. */
export class RelationColumns {
  readonly #relation: Relation;
  readonly #classes: ReadonlyMap<string, ColumnClass>;

  constructor(relation: Relation, own: RelationPolicy | undefined) {
    this.#relation = relation;
    this.#classes = own?.columns ?? new Map();
  }

  /** Secret columns are never among them, and internal ones only by name. */
  read(set: ColumnSet): ReadonlySet<string> {
    return this.#choose(
      set,
      (column) => !this.#is(column, 'internal'),
      (column) => !this.#is(column, 'secret'),
    );
  }

  lookup(set: ColumnSet): ReadonlySet<string> {
    return set.kind === 'list'
      ? this.#choose(
          set,
          () => false,
          () => true,
        )
      : new Set();
  }

  /**
   * With `all`, columns that both filter and check pin to the same claim are among them, since they keep their value;
   * a column that only one of them pins is not.
   */
  write(rule: Rule, filter: Predicate, check: Predicate): ReadonlySet<string> {
    const [before, after] = [pinnedColumns(filter), pinnedColumns(check)];
    const key = new Set(this.#relation.primaryKey);
    const free = (column: Column) =>
      !key.has(column.name) && before.get(column.name) === after.get(column.name) && this.#isOrdinary(column);
    return this.#choose(rule.write, free, (column) => !this.#is(column, 'internal'));
  }

  insert(rule: Rule, check: Predicate): ReadonlySet<string> {
    if (rule.insert === undefined) return new Set();
    const given = this.#choose(
      rule.insert,
      (column) => this.#isOrdinary(column),
      (column) => !this.#is(column, 'internal'),
    );
    const keys = rule.insertsKey ? [...(this.#relation.primaryKey ?? []), ...followedColumns(check)] : [];
    const implied = [...keys, ...pinnedColumns(check).keys()].filter((name) => {
      const column = findColumn(this.#relation, name);
      return column !== undefined && !this.#is(column, 'internal');
    });
    return new Set([...given, ...implied]);
  }

  #isOrdinary(column: Column): boolean {
    return column.generated !== 'stored' && !this.#is(column, 'internal') && !this.#is(column, 'secret');
  }

  #is(column: Column, wanted: ColumnClass): boolean {
    return this.#classes.get(column.name) === wanted;
  }

  /** `inAll` decides what `all` means; `ever` holds for a list as well. */
  #choose(
    set: ColumnSet,
    inAll: (column: Column) => boolean,
    ever: (column: Column) => boolean,
  ): ReadonlySet<string> {
    if (set.kind === 'none') return new Set();
    const chosen = this.#relation.columns.filter((column) =>
      set.kind === 'all' ? inAll(column) : set.columns.has(column.name),
    );
    return new Set(chosen.filter(ever).map((column) => column.name));
  }
}

/** Columns that the new-row check follows to another relation, so that they cannot take a foreign value. */
function followedColumns(check: Predicate): readonly string[] {
  return conjunctsOf(check).flatMap((item) => (item.kind === 'in-relation' ? [item.column] : []));
}
