/** What a generated expression may name at its place. */
export const FIXED_TYPES = [
  'int',
  'big',
  'text',
  'bool',
  'num',
  'date',
  'uuid',
  'json',
  'ints',
  'state',
] as const;
export const TYPES = [...FIXED_TYPES, 'stamp', 'bytes', 'texts'] as const;
export type Type = (typeof TYPES)[number];

export interface Column {
  readonly name: string;
  readonly type: Type;
  /** What its hidden values are made to break, where the name does not tell it. */
  readonly kind?: string;
  /** Naming it is refused. */
  readonly refused?: true;
}

export interface Item {
  readonly alias: string;
  readonly columns: readonly Column[];
  /** Its whole row may be named. */
  readonly row: boolean;
}

export interface Scope {
  readonly items: readonly Item[];
  readonly outer: Scope | undefined;
  readonly ctes: readonly Item[];
}

/** Every column in reach, nearest level first. */
export function columnsOf(scope: Scope): readonly Reachable[] {
  const own = scope.items.flatMap((item) =>
    named(item).map((column) => ({ ...column, text: `${item.alias}.${column.name}` })),
  );
  return scope.outer === undefined ? own : [...own, ...columnsOf(scope.outer)];
}

export interface Reachable extends Column {
  readonly text: string;
}

/** Columns that a statement may name. */
export function named(item: Item): readonly Column[] {
  return item.columns.filter((column) => column.refused !== true);
}
