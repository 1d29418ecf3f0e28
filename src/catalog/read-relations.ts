import {
  type Column,
  type ConstraintEntry,
  type ForeignKey,
  type ForeignKeyAction,
  type Relation,
  type RelationKey,
  type RelationKind,
  relationKey,
  type TypeEntry,
} from './catalog.ts';
import { type CatalogRow, flagOf, groupBy, numberOf, numbersOf, textOf } from './row.ts';
import { typeText } from './type-text.ts';

export interface RelationRows {
  readonly relations: readonly CatalogRow[];
  readonly columns: readonly CatalogRow[];
  readonly indexes: readonly CatalogRow[];
  readonly constraints: readonly CatalogRow[];
  readonly inheritance: readonly CatalogRow[];
}

const SYSTEM_SCHEMAS = new Set(['pg_catalog', 'information_schema', 'crdb_internal', 'pg_extension']);
const KINDS: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned',
  v: 'view',
  m: 'materialized-view',
  f: 'foreign',
  S: 'sequence',
};
const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  a: 'no-action',
  r: 'restrict',
  c: 'cascade',
  n: 'set-null',
  d: 'set-default',
};

/** Puts relations together from the rows about them. */
export class RelationReader {
  readonly #rows: RelationRows;
  readonly #types: ReadonlyMap<number, TypeEntry>;
  readonly #keys: ReadonlyMap<number, RelationKey>;
  readonly #byOid: ReadonlyMap<number, CatalogRow>;
  readonly #columns: ReadonlyMap<number, readonly CatalogRow[]>;
  readonly #indexes: ReadonlyMap<number, readonly CatalogRow[]>;
  readonly #constraints: ReadonlyMap<number, readonly CatalogRow[]>;
  readonly #foreignKeys: readonly ForeignKey[];

  constructor(rows: RelationRows, types: ReadonlyMap<number, TypeEntry>) {
    this.#rows = rows;
    this.#types = types;
    this.#keys = new Map(rows.relations.map((row) => [numberOf(row, 'oid'), keyOfRow(row)]));
    this.#byOid = new Map(rows.relations.map((row) => [numberOf(row, 'oid'), row]));
    this.#columns = groupBy(rows.columns, (row) => numberOf(row, 'relation'));
    this.#indexes = groupBy(rows.indexes, (row) => numberOf(row, 'relation'));
    this.#constraints = groupBy(rows.constraints, (row) => numberOf(row, 'relation'));
    this.#foreignKeys = rows.constraints.flatMap((row) => this.#foreignKey(row) ?? []);
  }

  read(): ReadonlyMap<RelationKey, Relation> {
    return new Map(this.#rows.relations.map((row) => [keyOfRow(row), this.#relation(row)]));
  }

  /** A row may be stored by a partition or heir, whose triggers its parent does not have, or behind a view. */
  #changedByTriggers(oid: number): boolean {
    const row = this.#byOid.get(oid);
    if (row === undefined || !['r', 'p'].includes(textOf(row, 'kind'))) return true;
    if (flagOf(row, 'triggers')) return true;
    const heirs = this.#rows.inheritance.filter((link) => numberOf(link, 'parent') === oid);
    return heirs.some((link) => this.#changedByTriggers(numberOf(link, 'child')));
  }

  #relation(row: CatalogRow): Relation {
    const oid = numberOf(row, 'oid');
    const key = keyOfRow(row);
    const schema = textOf(row, 'schema');
    const keys = (this.#indexes.get(oid) ?? []).filter(isKey);
    const primary = keys.find((index) => flagOf(index, 'is_primary'));
    return {
      oid,
      schema,
      name: textOf(row, 'name'),
      kind: SYSTEM_SCHEMAS.has(schema) ? 'system' : (KINDS[textOf(row, 'kind')] ?? 'foreign'),
      columns: hiddenLast((this.#columns.get(oid) ?? []).map((column) => this.#column(column))),
      primaryKey: primary && this.#keyColumns(oid, primary),
      uniqueKeys: keys.map((index) => this.#keyColumns(oid, index)),
      foreignKeys: this.#foreignKeys.filter(({ from }) => from === key),
      referencedBy: this.#foreignKeys.filter(({ to }) => to === key),
      parent: this.#related(oid, 'child', 'parent')[0],
      children: this.#related(oid, 'parent', 'child'),
      changedByTriggers: this.#changedByTriggers(oid),
      indexes: (this.#indexes.get(oid) ?? []).map((index) => ({
        oid: numberOf(index, 'oid'),
        name: textOf(index, 'name'),
        plain: flagOf(index, 'plain'),
      })),
      constraints: (this.#constraints.get(oid) ?? []).map((constraint) => this.#constraint(constraint)),
    };
  }

  #column(row: CatalogRow): Column {
    const collation = numberOf(row, 'collation');
    const column: Column = {
      name: textOf(row, 'name'),
      position: numberOf(row, 'position'),
      type: numberOf(row, 'type'),
      typeText: typeText(
        this.#types,
        numberOf(row, 'type'),
        numberOf(row, 'modifier'),
        textOf(row, 'type_text'),
      ),
      notNull: flagOf(row, 'not_null'),
      hasDefault: flagOf(row, 'has_default'),
      generated: generation(textOf(row, 'identity'), textOf(row, 'generated')),
    };
    const isCollated = collation !== 0 && collation !== numberOf(row, 'type_collation');
    return {
      ...column,
      ...(flagOf(row, 'hidden') ? { hidden: true } : {}),
      ...(isCollated ? { collated: true } : {}),
    };
  }

  #keyColumns(relation: number, index: CatalogRow): readonly string[] {
    const names = this.#names(relation, numbersOf(index, 'columns').slice(0, numberOf(index, 'key_columns')));
    return names.filter((name) => !isShard(name));
  }

  #names(relation: number, positions: readonly number[]): readonly string[] {
    const columns = this.#columns.get(relation) ?? [];
    return positions.map((position) => {
      const column = columns.find((row) => numberOf(row, 'position') === position);
      return column === undefined ? '' : textOf(column, 'name');
    });
  }

  #constraint(row: CatalogRow): ConstraintEntry {
    const index = (this.#indexes.get(numberOf(row, 'relation')) ?? []).find(
      (candidate) => numberOf(candidate, 'oid') === numberOf(row, 'index'),
    );
    return {
      oid: numberOf(row, 'oid'),
      name: textOf(row, 'name'),
      kind: textOf(row, 'kind'),
      to: this.#keys.get(numberOf(row, 'target')),
      plain: index === undefined || flagOf(index, 'plain'),
    };
  }

  #foreignKey(row: CatalogRow): ForeignKey | undefined {
    const [source, target] = [numberOf(row, 'relation'), numberOf(row, 'target')];
    const [from, to] = [this.#keys.get(source), this.#keys.get(target)];
    if (textOf(row, 'kind') !== 'f' || from === undefined || to === undefined) return undefined;
    return {
      from,
      columns: this.#names(source, numbersOf(row, 'columns')),
      to,
      toColumns: this.#names(target, numbersOf(row, 'target_columns')),
      // The action of an unknown letter is the one that reaches furthest.
      onDelete: ACTIONS[textOf(row, 'on_delete')] ?? 'cascade',
      onUpdate: ACTIONS[textOf(row, 'on_update')] ?? 'cascade',
    };
  }

  #related(oid: number, at: 'child' | 'parent', other: 'child' | 'parent'): readonly RelationKey[] {
    const rows = this.#rows.inheritance.filter((row) => numberOf(row, at) === oid);
    return rows.flatMap((row) => this.#keys.get(numberOf(row, other)) ?? []);
  }
}

function keyOfRow(row: CatalogRow): RelationKey {
  return relationKey(textOf(row, 'schema'), textOf(row, 'name'));
}

/** Alias lists and lists of values count the columns that are not hidden. */
function hiddenLast(columns: readonly Column[]): readonly Column[] {
  const isHidden = (column: Column): boolean => column.hidden === true;
  return [...columns.filter((column) => !isHidden(column)), ...columns.filter(isHidden)];
}

/** Computed from the other columns of a hash-sharded key, and no part of what statements call the key. */
function isShard(column: string): boolean {
  return /^crdb_internal_.*_shard_\d+$/.test(column);
}

/** Unique at the end of each statement, for every row. */
function isKey(index: CatalogRow): boolean {
  return ['is_unique', 'is_immediate', 'is_valid', 'plain'].every((flag) => flagOf(index, flag));
}

function generation(identity: string, generated: string): Column['generated'] {
  if (identity === 'a') return 'identity-always';
  if (identity === 'd') return 'identity-default';
  return generated === '' ? 'no' : 'stored';
}
