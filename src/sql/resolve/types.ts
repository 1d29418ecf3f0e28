/** Types of expressions, as far as totality needs them: OIDs of built-in types (PostgreSQL source, pg_type.dat). */
import type { Catalog, FunctionEntry, OperatorEntry, TypeEntry } from '../../catalog/index.ts';
import type { TypeName } from '../tree.ts';

export const BOOL = 16;
export const INT8 = 20;
export const INT2 = 21;
export const INT4 = 23;
export const TEXT = 25;
export const OID = 26;
export const UNKNOWN = 705;
export const VARCHAR = 1043;
export const DATE = 1082;
export const TIMESTAMP = 1114;
export const TIMESTAMPTZ = 1184;
export const TIMETZ = 1266;
export const TIME = 1083;
export const NUMERIC = 1700;
export const NAME = 19;
export const RECORD = 2249;

/** A catalog with its functions, operators and types by name. */
export interface CatalogIndex {
  readonly functions: ReadonlyMap<string, readonly FunctionEntry[]>;
  readonly operators: ReadonlyMap<string, readonly OperatorEntry[]>;
  /** By name, those of all schemas. */
  readonly types: ReadonlyMap<string, readonly TypeEntry[]>;
}

const indexes = new WeakMap<Catalog, CatalogIndex>();

export function indexOf(catalog: Catalog): CatalogIndex {
  let index = indexes.get(catalog);
  if (index === undefined) {
    index = {
      functions: byName(catalog.functions),
      operators: byName(catalog.operators),
      types: byName([...catalog.types.values()]),
    };
    indexes.set(catalog, index);
  }
  return index;
}

function byName<T extends { readonly name: string }>(
  entries: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const entry of entries) {
    const group = map.get(entry.name);
    if (group === undefined) map.set(entry.name, [entry]);
    else group.push(entry);
  }
  return map;
}

/** The parts of a type's name: schema, if written, and name. */
export function typeParts(type: TypeName): { readonly schema: string | undefined; readonly name: string } {
  const parts = (type.names ?? []).map((node) => ('String' in node ? (node.String.sval ?? '') : ''));
  return { schema: parts.length > 1 ? parts.at(-2) : undefined, name: parts.at(-1) ?? '' };
}

/** The type that a TypeName names, along pg_catalog and the search path. */
export function findType(catalog: Catalog, type: TypeName): TypeEntry | undefined {
  const { schema, name } = typeParts(type);
  const named = indexOf(catalog).types.get(name) ?? [];
  const schemas = schema === undefined ? ['pg_catalog', ...catalog.searchPath] : [schema];
  for (const candidate of schemas) {
    const found = named.find((entry) => entry.schema === candidate);
    if (found === undefined) continue;
    if ((type.arrayBounds ?? []).length === 0) return found;
    return found.array === undefined ? undefined : catalog.types.get(found.array);
  }
  return undefined;
}

/** varchar and the label of a literal are compared as text. */
export function comparable(type: number | undefined): number | undefined {
  return type === VARCHAR || type === NAME ? TEXT : type;
}
