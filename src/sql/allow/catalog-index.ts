import type { Catalog, FunctionEntry, OperatorEntry, TypeEntry } from '../../catalog/index.ts';

interface CatalogIndex {
  readonly functions: ReadonlyMap<string, readonly FunctionEntry[]>;
  readonly operators: ReadonlyMap<string, readonly OperatorEntry[]>;
  readonly types: ReadonlyMap<string, readonly TypeEntry[]>;
}

const indexes = new WeakMap<Catalog, CatalogIndex>();

function byName<T extends { readonly name: string }>(
  entries: Iterable<T>,
): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const entry of entries) {
    const group = map.get(entry.name);
    if (group === undefined) map.set(entry.name, [entry]);
    else group.push(entry);
  }
  return map;
}

function indexOf(catalog: Catalog): CatalogIndex {
  let index = indexes.get(catalog);
  if (index === undefined) {
    index = {
      functions: byName(catalog.functions),
      operators: byName(catalog.operators),
      types: byName(catalog.types.values()),
    };
    indexes.set(catalog, index);
  }
  return index;
}

/** Functions of that name in all schemas. */
export function functionsCalled(catalog: Catalog, name: string): readonly FunctionEntry[] {
  return indexOf(catalog).functions.get(name) ?? [];
}

/** Operators of that name in all schemas. */
export function operatorsCalled(catalog: Catalog, name: string): readonly OperatorEntry[] {
  return indexOf(catalog).operators.get(name) ?? [];
}

/** Types of that name in all schemas. */
export function typesCalled(catalog: Catalog, name: string): readonly TypeEntry[] {
  return indexOf(catalog).types.get(name) ?? [];
}
