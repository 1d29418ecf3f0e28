import { InvariantError } from '../errors/index.ts';

/** A row as a driver gives it: numbers and truth may come as text. */
export type CatalogRow = Readonly<Record<string, unknown>>;

export function textOf(row: CatalogRow, name: string): string {
  const value = row[name];
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function numberOf(row: CatalogRow, name: string): number {
  const value = Number(row[name] ?? 0);
  if (!Number.isSafeInteger(value)) throw new InvariantError(`the catalog column ${name} is not a number`);
  return value;
}

/** A number of which 0 means none. */
export function numberOrNone(row: CatalogRow, name: string): number | undefined {
  return numberOf(row, name) || undefined;
}

export function flagOf(row: CatalogRow, name: string): boolean {
  const value = row[name];
  return value === true || value === 't' || value === 'true';
}

/** `1 2 3` and `{1,2,3}`, as vectors and arrays of numbers are written. */
export function numbersOf(row: CatalogRow, name: string): readonly number[] {
  return (textOf(row, name).match(/\d+/g) ?? []).map(Number);
}

/** Rows by a key. */
export function groupBy<K>(
  rows: readonly CatalogRow[],
  key: (row: CatalogRow) => K,
): ReadonlyMap<K, readonly CatalogRow[]> {
  const groups = new Map<K, CatalogRow[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
