/** Which rows of the system relations a caller sees: those about objects that the caller may know, told from the catalog. */
import {
  type Catalog,
  type Relation,
  type RelationKey,
  relationKey,
  type TypeEntry,
} from '../../catalog/index.ts';
import type { CompareOp, Operand, Predicate } from '../../policy/index.ts';
import { shownSettings } from './settings.ts';

// Objects made by initdb have smaller numbers (PostgreSQL source, access/transam.h: FirstNormalObjectId).
const FIRST_OF_USERS = 16384;
// The catalogs of CockroachDB have the highest numbers (from the documentation, not run).
const FIRST_VIRTUAL = 4294000000;
const PG_CLASS = 1259;
const SYSTEM_SCHEMAS = ['pg_catalog', 'information_schema'];

type Value = string | number;

function column(name: string): Operand {
  return { kind: 'column', name };
}

function compare(name: string, op: CompareOp, value: Value | boolean): Predicate {
  return { kind: 'compare', op, left: column(name), right: { kind: 'literal', value } };
}

export function oneOf(name: string, values: readonly Value[]): Predicate {
  return {
    kind: 'in-list',
    operand: column(name),
    items: values.map((value) => ({ kind: 'literal', value })),
  };
}

function and(...items: Predicate[]): Predicate {
  return { kind: 'and', items };
}

function or(...items: Predicate[]): Predicate {
  return { kind: 'or', items };
}

/** No row: the relation can be read, so that clients that join it go on, and is always empty. */
export function noRows(key: string): RowRule {
  return () => oneOf(key, []);
}

export const allRows: RowRule = () => ({ kind: 'true' });

/** The objects that one role may know. */
export interface Known {
  readonly catalog: Catalog;
  readonly relations: readonly Relation[];
  readonly relationOids: readonly number[];
  /** Indexes that hold names only. */
  readonly indexOids: readonly number[];
  readonly constraints: readonly { readonly oid: number; readonly name: string; readonly schema: string }[];
  readonly typeOids: readonly number[];
  readonly schemas: readonly string[];
  /** Definitions are shown too: the role owns the schema. */
  readonly definitions: boolean;
}

export type RowRule = (known: Known) => Predicate;

/** Collects what a role may know from the relations that its rules open; who owns the schema knows all of it. */
export function knownTo(catalog: Catalog, covered: ReadonlySet<RelationKey>, definitions: boolean): Known {
  const relations = definitions
    ? [...catalog.relations.values()].filter(({ kind }) => kind !== 'system')
    : [...covered].flatMap((key) => catalog.relations.get(key) ?? []);
  const schemas = new Set([
    ...SYSTEM_SCHEMAS,
    ...catalog.searchPath,
    ...relations.map(({ schema }) => schema),
  ]);
  return {
    catalog,
    relations,
    relationOids: relations.map(({ oid }) => oid),
    indexOids: relations.flatMap(({ indexes = [] }) =>
      indexes.filter(({ plain }) => plain || definitions).map(({ oid }) => oid),
    ),
    constraints: relations.flatMap((relation) => knownConstraints(relation, covered, definitions)),
    typeOids: knownTypes(catalog, covered, relations),
    schemas: [...schemas],
    definitions,
  };
}

const NAMED_KINDS = new Set(['p', 'u', 'n']);

/** Keys, foreign keys within what is covered; checks hold literals, exclusions may. */
function knownConstraints(relation: Relation, covered: ReadonlySet<RelationKey>, definitions: boolean) {
  const isKnown = ({ kind, to, plain }: NonNullable<Relation['constraints']>[number]): boolean => {
    if (definitions) return true;
    return kind === 'f' ? to !== undefined && covered.has(to) : NAMED_KINDS.has(kind) && plain;
  };
  const { schema, constraints = [] } = relation;
  return constraints.filter(isKnown).map(({ oid, name }) => ({ oid, name, schema }));
}

/** Types of the search path, of extensions and of shown columns; row types go with their relation. */
function knownTypes(
  catalog: Catalog,
  covered: ReadonlySet<RelationKey>,
  relations: readonly Relation[],
): number[] {
  const used = new Set(relations.flatMap(({ columns }) => columns.map(({ type }) => type)));
  const isKnown = (type: TypeEntry): boolean => {
    const element = type.kind === 'array' ? catalog.types.get(type.element ?? 0) : undefined;
    if (type.kind === 'array') return element !== undefined && isKnown(element);
    const key = relationKey(type.schema, type.name);
    if (type.kind === 'composite' && catalog.relations.has(key)) return covered.has(key);
    return catalog.searchPath.includes(type.schema) || type.extension !== undefined || used.has(type.oid);
  };
  return [...catalog.types.values()]
    .filter((type) => type.oid >= FIRST_OF_USERS && isKnown(type))
    .map(({ oid }) => oid);
}

/** Objects of the system itself. */
function builtin(catalog: Catalog, name: string): Predicate {
  return catalog.dialect === 'cockroachdb'
    ? or(compare(name, '>=', FIRST_VIRTUAL), compare(name, '<', FIRST_OF_USERS))
    : compare(name, '<', FIRST_OF_USERS);
}

export function builtinOnly(name: string): RowRule {
  return ({ catalog }) => builtin(catalog, name);
}

export function relationsAt(name: string): RowRule {
  return ({ catalog, relationOids }) => or(builtin(catalog, name), oneOf(name, relationOids));
}

/** Relations and the indexes on them, which `pg_class` and `pg_attribute` hold alike. */
export function relationsAndIndexesAt(name: string): RowRule {
  return ({ catalog, relationOids, indexOids }) =>
    or(builtin(catalog, name), oneOf(name, [...relationOids, ...indexOids]));
}

export function indexesAt(name: string): RowRule {
  return ({ catalog, indexOids }) => or(builtin(catalog, name), oneOf(name, indexOids));
}

export function typesAt(name: string): RowRule {
  return ({ catalog, typeOids }) => or(builtin(catalog, name), oneOf(name, typeOids));
}

export function constraintsAt(name: string): RowRule {
  return ({ catalog, constraints }) =>
    or(
      builtin(catalog, name),
      oneOf(
        name,
        constraints.map(({ oid }) => oid),
      ),
    );
}

/** Both ends of an edge between relations. */
export function edges(from: string, to: string): RowRule {
  return ({ relationOids }) => and(oneOf(from, relationOids), oneOf(to, relationOids));
}

export const dependencies: RowRule = (known) =>
  and(
    compare('classid', '=', PG_CLASS),
    compare('refclassid', '=', PG_CLASS),
    oneOf('objid', known.relationOids),
    oneOf('refobjid', known.relationOids),
  );

export const descriptions: RowRule = ({ catalog, relationOids }) =>
  or(
    builtin(catalog, 'objoid'),
    and(compare('classoid', '=', PG_CLASS), compare('objsubid', '=', 0), oneOf('objoid', relationOids)),
  );

export function schemasAt(name: string): RowRule {
  return ({ schemas }) => oneOf(name, schemas);
}

/** Relations by schema and name, as the views of the catalog give them. */
export function namesAt(schemaColumn: string, nameColumn: string): RowRule {
  return ({ relations }) =>
    or(oneOf(schemaColumn, SYSTEM_SCHEMAS), ...bySchema(relations, schemaColumn, nameColumn));
}

export function constraintNamesAt(schemaColumn: string, nameColumn: string): RowRule {
  return ({ constraints }) => or(...bySchema(constraints, schemaColumn, nameColumn), oneOf(nameColumn, []));
}

/** A constraint of a relation, both of them known. */
export const constraintUse: RowRule = (known) =>
  and(
    namesAt('table_schema', 'table_name')(known),
    constraintNamesAt('constraint_schema', 'constraint_name')(known),
  );

export const references: RowRule = (known) =>
  and(
    constraintNamesAt('constraint_schema', 'constraint_name')(known),
    constraintNamesAt('unique_constraint_schema', 'unique_constraint_name')(known),
  );

export const thisDatabase: RowRule = ({ catalog }) => compare('datname', '=', catalog.database);

export const settingRows: RowRule = () => oneOf('name', shownSettings());

function bySchema(
  objects: readonly { readonly schema: string; readonly name: string }[],
  schemaColumn: string,
  nameColumn: string,
): Predicate[] {
  const names = new Map<string, string[]>();
  for (const { schema, name } of objects) names.set(schema, [...(names.get(schema) ?? []), name]);
  return [...names].map(([schema, list]) => and(compare(schemaColumn, '=', schema), oneOf(nameColumn, list)));
}
