/**
 * Which names are visible at one place of a statement, as Postgres' parser would see them
 * (PostgreSQL source, parse_relation.c: colNameToVar, refnameNamespaceItem).
 */
import type { RelationAccess } from '../../policy/index.ts';
import type { Read } from '../rewrite/read.ts';
import type { Carried, RowFlag } from '../rewrite/row-flag.ts';
import type { Node } from '../tree.ts';

/** A column of a FROM item. */
export interface ScopeColumn {
  readonly name: string;
  /** OID of its type, where it could be told. */
  readonly type: number | undefined;
  /** Computing it cannot fail. */
  readonly total: boolean;
  /** The catalog column that it shows, unchanged or masked. */
  readonly origin: { readonly access: RelationAccess; readonly column: string } | undefined;
  /** What a reference is replaced by, in the targets of writes; undefined: a plain reference. */
  readonly replacement: Node | undefined;
  /** Never shown, in a relation whose policy asks for refusal. */
  readonly refused: boolean;
  /** Compared under a collation of its own, which two sides of a comparison may disagree about. */
  readonly collated?: true;
  /** Left out by `*` and whole rows. */
  readonly hidden?: true;
  /** In a join without an alias: the FROM item that the column belongs to. */
  readonly via?: Entry;
}

/** A column of which nothing is known but its name. */
export function unknownColumn(name: string): ScopeColumn {
  return { name, type: undefined, total: false, origin: undefined, replacement: undefined, refused: false };
}

/** One FROM item: a relation, sub-select, function, CTE or join. */
export interface Entry {
  /** undefined: a join without an alias. */
  readonly alias: string | undefined;
  /** Schema, where the item is a base relation without an alias. */
  readonly schema: string | undefined;
  readonly columns: readonly ScopeColumn[];
  /** The filtered read that the item itself is. */
  readonly direct: Read | undefined;
  /** Filtered reads somewhere inside the item. */
  readonly nested: readonly Read[];
  /** The flag that the rows of a derived table or CTE carry, where flags do. */
  readonly carried?: Carried;
  /** FROM items that its rows are made from, beside those inside it. */
  readonly madeFrom?: readonly Entry[];
  /** The target of a write: its whole row cannot be given out. */
  readonly target: boolean;
  /** A function whose columns the catalog does not tell: any name may be one. */
  readonly open: boolean;
  /** A base relation read as it stands: its own `*` could show a column that the catalog does not know yet. */
  readonly bare?: true;
  /** Relations that a locking clause over the item reaches. */
  readonly lockable: readonly RelationAccess[];
  /** Names of columns that were referred to. */
  readonly used: Set<string>;
}

/** What is read under the name of a CTE. */
export interface WithTable {
  readonly columns: readonly ScopeColumn[];
  readonly nested: readonly Read[];
  /** The flag that its rows carry, where flags do. */
  readonly rows?: RowFlag | undefined;
  readonly madeFrom?: readonly Entry[];
  /** Computing its rows cannot fail. */
  readonly total: boolean;
}

/** The columns that `*` stands for. */
export function shownColumns<T extends { readonly hidden?: boolean }>(columns: readonly T[]): readonly T[] {
  return columns.filter((column) => column.hidden !== true);
}

/** The CTEs visible at one place, nearest first. */
export class Withs {
  readonly #parent: Withs | undefined;
  readonly #tables = new Map<string, WithTable>();

  constructor(parent: Withs | undefined) {
    this.#parent = parent;
  }

  define(name: string, table: WithTable): void {
    this.#tables.set(name, table);
  }

  find(name: string): WithTable | undefined {
    return this.#tables.get(name) ?? this.#parent?.find(name);
  }
}

export interface NamespaceItem {
  readonly entry: Entry;
  /** May be named with its alias. */
  readonly byAlias: boolean;
  /** Its columns may be named without an alias. */
  readonly byColumn: boolean;
}

/** The names of one query level, and those of the levels around it. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly items: NamespaceItem[];
  readonly withs: Withs | undefined;
  /** What is rewritten now is evaluated for groups of rows. */
  grouped = false;
  /** Expressions of GROUP BY before they were guarded row by row, to know them again where they are repeated. */
  readonly groupKeys: Node[] = [];
  /** What is rewritten now is an expression of GROUP BY. */
  grouping = false;
  /** Sub-queries of GROUP BY by what they say, to be repeated as they are. */
  readonly groupQueries = new Map<string, Node>();
  /** Depth of parts that are evaluated row by row all the same: arguments of aggregates, keys of groups. */
  rowDepth = 0;

  constructor(
    parent: Scope | undefined,
    items: readonly NamespaceItem[] = [],
    withs: Withs | undefined = undefined,
  ) {
    this.parent = parent;
    this.items = [...items];
    this.withs = withs;
  }

  /** How many names are looked at to resolve one here and in the levels around. */
  get width(): number {
    let width = 0;
    for (let at: Scope | undefined = this; at !== undefined; at = at.parent)
      for (const { entry } of at.items) width += 1 + entry.columns.length;
    return width;
  }

  /** Whether an alias is taken at this level. */
  hasAlias(alias: string): boolean {
    return this.items.some((item) => item.byAlias && item.entry.alias === alias);
  }
}

/** What a column reference means. */
export type Resolved =
  | { readonly kind: 'column'; readonly entry: Entry; readonly column: ScopeColumn; readonly level: number }
  | { readonly kind: 'row'; readonly entry: Entry; readonly level: number }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'no-alias' }
  | { readonly kind: 'no-column'; readonly entry: Entry | undefined };

/** Resolves `column`, through all levels; a name that is no column may be the alias of a whole row. */
export function resolveBare(scope: Scope, column: string): Resolved {
  let level = 0;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent, level += 1) {
    const found = columnsCalled(at, column);
    if (found.length > 1) return { kind: 'ambiguous' };
    const [only] = found;
    if (only !== undefined) return { kind: 'column', ...only, level };
  }
  const row = resolveAlias(scope, undefined, column);
  return row === undefined ? { kind: 'no-column', entry: undefined } : { kind: 'row', ...row };
}

function columnsCalled(scope: Scope, name: string): { entry: Entry; column: ScopeColumn }[] {
  const found: { entry: Entry; column: ScopeColumn }[] = [];
  for (const item of scope.items) {
    if (!item.byColumn) continue;
    for (const column of item.entry.columns) {
      if (column.name === name) found.push({ entry: column.via ?? item.entry, column });
    }
  }
  return found.length > 0 ? found : openColumn(scope, name);
}

/** A name that no listed column has may be a column of the one item whose columns are not known. */
function openColumn(scope: Scope, name: string): { entry: Entry; column: ScopeColumn }[] {
  const open = scope.items.filter((item) => item.byColumn && item.entry.open);
  const [only] = open;
  if (open.length !== 1 || only === undefined || only.entry.alias === name) return [];
  return [{ entry: only.entry, column: unknownColumn(name) }];
}

/** Resolves `alias.column` or `schema.relation.column`. */
export function resolveQualified(
  scope: Scope,
  schema: string | undefined,
  alias: string,
  column: string,
): Resolved {
  const found = resolveAlias(scope, schema, alias);
  if (found === undefined) return { kind: 'no-alias' };
  const columns = found.entry.columns.filter((candidate) => candidate.name === column);
  if (columns.length > 1) return { kind: 'ambiguous' };
  const [only] = columns;
  if (only === undefined) {
    if (!found.entry.open || column === '') return { kind: 'no-column', entry: found.entry };
    return { kind: 'column', entry: found.entry, column: unknownColumn(column), level: found.level };
  }
  return { kind: 'column', entry: found.entry, column: only, level: found.level };
}

/** The nearest FROM item of that name. */
export function resolveAlias(
  scope: Scope,
  schema: string | undefined,
  alias: string,
): { readonly entry: Entry; readonly level: number } | undefined {
  let level = 0;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent, level += 1) {
    for (const { entry, byAlias } of at.items) {
      if (!byAlias || entry.alias !== alias) continue;
      if (schema === undefined || entry.schema === schema) return { entry, level };
    }
  }
  return undefined;
}

/** Whether a nearer level uses the same alias, so that a qualified reference would mean another item. */
export function isShadowed(scope: Scope, alias: string, level: number): boolean {
  let at: Scope | undefined = scope;
  for (let index = 0; index < level && at !== undefined; index += 1, at = at.parent) {
    if (at.hasAlias(alias)) return true;
  }
  return false;
}
