/**
 * What the database holds, as plain data: relations, keys, types, functions and operators.
 * Read once by a face, given to the core, replaced as a whole when the database changes.
 */

/** The grammar and rules of the database behind the guard. */
export type Dialect = 'postgres' | 'cockroachdb';

/** `schema.name`, the key of a relation in maps: both parts as stored in the catalog, joined by U+0000. */
export type RelationKey = string & { readonly __relationKey?: true };

export function relationKey(schema: string, name: string): RelationKey {
  return `${schema}\u0000${name}`;
}

export interface Catalog {
  /** Changes whenever anything below changes. */
  readonly version: string;
  readonly dialect: Dialect;
  /** As `server_version_num`: 150018 is 15.18. */
  readonly serverVersion: number;
  readonly database: string;
  /** Schemas searched for unqualified names, in order; `pg_catalog` is implicitly first. */
  readonly searchPath: readonly string[];
  readonly relations: ReadonlyMap<RelationKey, Relation>;
  readonly types: ReadonlyMap<number, TypeEntry>;
  readonly functions: readonly FunctionEntry[];
  readonly operators: readonly OperatorEntry[];
}

export type RelationKind =
  | 'table'
  | 'partitioned'
  | 'view'
  | 'materialized-view'
  | 'foreign'
  | 'sequence'
  | 'system';

export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  /** In order of position, dropped columns left out. */
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[] | undefined;
  /** The primary key and each unique index without predicate or expression. */
  readonly uniqueKeys: readonly (readonly string[])[];
  /** Foreign keys from this relation. */
  readonly foreignKeys: readonly ForeignKey[];
  /** Foreign keys of other relations (or this one) that point here. */
  readonly referencedBy: readonly ForeignKey[];
  /** The key of the partitioned or inherited parent, if any. */
  readonly parent: RelationKey | undefined;
  /** Keys of partitions and inheriting children: a read of this relation reads them too. */
  readonly children: readonly RelationKey[];
  /** A trigger may change a row before it is stored, so nothing that was given can be relied on. */
  readonly changedByTriggers: boolean;
  /** Its indexes, for reads of the catalog. */
  readonly indexes?: readonly IndexEntry[];
  /** Its constraints, for reads of the catalog. */
  readonly constraints?: readonly ConstraintEntry[];
}

export interface IndexEntry {
  readonly oid: number;
  readonly name: string;
  /** Without predicate and expression, so that its definition holds names only. */
  readonly plain: boolean;
}

export interface ConstraintEntry {
  readonly oid: number;
  readonly name: string;
  /** As in `pg_constraint.contype`: `p`, `u`, `f`, `c`, `x`, `n`, `t`. */
  readonly kind: string;
  /** The relation that a foreign key points at. */
  readonly to: RelationKey | undefined;
  /** The index behind the constraint holds names only. */
  readonly plain: boolean;
}

export interface Column {
  readonly name: string;
  readonly position: number;
  readonly type: number;
  /** As `format_type` prints it, schema-qualified where it is not in pg_catalog: `character varying(80)`. */
  readonly typeText: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly generated: 'no' | 'stored' | 'identity-always' | 'identity-default';
  /** Found by its name alone: `*`, lists without columns and COPY leave it out (CockroachDB's `rowid`, NOT VISIBLE columns). */
  readonly hidden?: boolean;
  /**
   * Has a collation other than its type's. Comparisons of texts with different collations fail at run time, so such a column
   * is never part of a total expression.
   */
  readonly collated?: boolean;
}

export type ForeignKeyAction = 'no-action' | 'restrict' | 'cascade' | 'set-null' | 'set-default';

export interface ForeignKey {
  readonly from: RelationKey;
  readonly columns: readonly string[];
  readonly to: RelationKey;
  readonly toColumns: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
}

export interface TypeEntry {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'base' | 'enum' | 'domain' | 'composite' | 'array' | 'range' | 'multirange' | 'pseudo';
  /** Element of an array, base of a domain, subtype of a range. */
  readonly element: number | undefined;
  readonly array: number | undefined;
  /** The extension that owns it. */
  readonly extension: string | undefined;
  /** Labels of an enum, in their order; a reader that leaves them out makes literals compared with the enum a mistake. */
  readonly labels?: readonly string[];
}

export interface FunctionEntry {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'function' | 'aggregate' | 'window' | 'procedure';
  readonly args: readonly number[];
  readonly variadic: number | undefined;
  readonly defaults: number;
  readonly result: number;
  readonly returnsSet: boolean;
  readonly strict: boolean;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly leakproof: boolean;
  readonly securityDefiner: boolean;
  readonly extension: string | undefined;
}

export interface OperatorEntry {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** undefined for a prefix operator. */
  readonly left: number | undefined;
  readonly right: number;
  readonly result: number;
  readonly leakproof: boolean;
  readonly extension: string | undefined;
}

/** Looks a relation up as the pinned search path does; names are matched exactly as stored. */
export function findRelation(
  catalog: Catalog,
  schema: string | undefined,
  name: string,
): Relation | undefined {
  if (schema !== undefined) return catalog.relations.get(relationKey(schema, name));
  for (const candidate of ['pg_catalog', ...catalog.searchPath]) {
    const relation = catalog.relations.get(relationKey(candidate, name));
    if (relation !== undefined) return relation;
  }
  return undefined;
}

export function keyOf(relation: Relation): RelationKey {
  return relationKey(relation.schema, relation.name);
}

export function findColumn(relation: Relation, name: string): Column | undefined {
  return relation.columns.find((column) => column.name === name);
}

/** Foreign keys that point at the relation, or at a partition or heir whose rows are deleted and changed with its own. */
export function referencesTo(catalog: Catalog, relation: Relation): readonly ForeignKey[] {
  const heirs = relation.children.flatMap((key) => catalog.relations.get(key) ?? []);
  return [...relation.referencedBy, ...heirs.flatMap((heir) => referencesTo(catalog, heir))];
}
