/**
 * A relation where it is read: `(SELECT every column, hidden ones masked FROM relation WHERE filter) AS alias`.
 * Whatever stands above sees only the result.
 */

import type { Column } from '../../catalog/index.ts';
import { CordonError, safeName } from '../../errors/index.ts';
import type { Predicate, Reason, RelationAccess, Visibility } from '../../policy/index.ts';
import { readsEverything } from '../../policy/index.ts';
import { settledType } from '../allow/index.ts';
import {
  and,
  bool,
  caseWhen,
  cast,
  columnRef,
  conjuncts,
  hinted,
  integer,
  isNotFalse,
  isTrue,
  opaqueTrue,
  or,
  rangeSubselect,
  rangeVar,
  select,
  target,
  typeName,
} from '../build.ts';
import type { Entry, ScopeColumn } from '../resolve/scope.ts';
import type { Alias, CaseWhen, Node, RangeVar, SelectStmt } from '../tree.ts';
import { walkTree } from '../walk.ts';
import { fieldsOf } from './column.ts';
import type { StatementContext } from './context.ts';
import { indexHints } from './index-hint.ts';
import { compileLookup } from './lookup.ts';
import { compileFilter, compilePredicate, type Followed } from './predicate.ts';
import type { FlagSource } from './row-flag.ts';

/** What a read of a relation is made of. */
interface ReadParts {
  readonly access?: RelationAccess;
  readonly masks?: readonly CaseWhen[];
  readonly rows?: Predicate | undefined;
  readonly followed?: readonly Followed[];
}

/** A filtered read, whose sub-select placement may still widen by a flag or a fence. */
export class Read implements FlagSource {
  readonly alias: string;
  readonly select: SelectStmt;
  /** Names are the same inside and outside. */
  readonly copies: boolean;
  readonly access: RelationAccess | undefined;
  /** The rows it lets through, where that is what the rules say and nothing else. */
  readonly rows: Predicate | undefined;
  /** Memberships that its filter demands of every row. */
  readonly followed: readonly Followed[];
  readonly #copies: Node[] = [];
  /** Columns that are shown in some rows only. */
  readonly #masks: readonly CaseWhen[];
  #filter: Node;
  #flag: string | undefined;
  #wholeRow = false;

  constructor(alias: string, filter: Node, query: SelectStmt, copies: boolean, made: ReadParts = {}) {
    this.access = made.access;
    this.rows = made.rows;
    this.followed = made.followed ?? [];
    this.#masks = made.masks ?? [];
    this.alias = alias;
    this.#filter = filter;
    this.select = query;
    this.copies = copies;
  }

  get filter(): Node {
    return this.#filter;
  }

  /** Puts another condition in the place of some of the filter's, or none; of a flag too. */
  replace(replaced: ReadonlyMap<Node, Node | undefined>): void {
    const others = (node: Node): Node[] =>
      conjuncts(node).flatMap((part) => (replaced.has(part) ? (replaced.get(part) ?? []) : [part]));
    const before = this.#filter;
    const where = others(this.select.whereClause ?? before);
    this.#filter = and(others(before));
    if (where.length > 0) this.select.whereClause = and(where);
    else delete this.select.whereClause;
    this.select.targetList = (this.select.targetList ?? []).map((node) =>
      isFlag(node, this.#flag) ? target(isTrue(this.#filter), this.#flag) : node,
    );
  }

  get flagged(): boolean {
    return this.#flag !== undefined;
  }

  /**
   * True where the row of this read passed its filter, and where an outer join made up a row of NULLs;
   * evaluated by the language before what it guards, wherever the planner puts the expression.
   */
  flag(context: StatementContext): Node {
    if (this.#wholeRow && this.#flag === undefined && !context.carriesFlags) {
      this.fence();
      return bool(true);
    }
    return isNotFalse(this.present(context));
  }

  present(context: StatementContext): Node {
    if (this.#flag === undefined) {
      this.#flag = context.freshName();
      const passed = context.carriesFlags ? and([isTrue(this.filter), opaqueTrue()]) : isTrue(this.filter);
      this.select.targetList = [...(this.select.targetList ?? []), target(passed, this.#flag)];
      if (context.carriesFlags) this.#seal();
    }
    return columnRef(this.alias, this.#flag);
  }

  /** Conditions of masks are opaque too, so that no condition of the user beside them can make one known to be true. */
  #seal(): void {
    for (const mask of this.#masks) if (mask.expr !== undefined) mask.expr = and([mask.expr, opaqueTrue()]);
  }

  /** The row as a whole was given out: a flag would show in it, so from here on the read is fenced instead. */
  showWholeRow(): void {
    this.#wholeRow = true;
  }

  /** The flag as it stands in the row, if placement asked for one. */
  flagReference(): Node | undefined {
    return this.#flag === undefined ? undefined : columnRef(this.alias, this.#flag);
  }

  /** A condition of the user that cannot fail: copied inside when the read is fenced, so that the fence hides no index. */
  offerCopy(condition: Node): void {
    if (this.copies && this.#showsAsStored(condition)) this.#copies.push(condition);
  }

  /** Inside, the name of a masked column means the stored value: a condition over it would look behind the mask. */
  #showsAsStored(condition: Node): boolean {
    const stored = new Set((this.select.targetList ?? []).flatMap(plainColumn));
    let shown = true;
    walkTree(condition, (node) => {
      if ('ColumnRef' in node) shown &&= stored.has(fieldsOf(node.ColumnRef).at(-1));
      return undefined;
    });
    return shown;
  }

  /** Lets no condition of the surrounding statement into the sub-select (Postgres pushes none below OFFSET). */
  fence(): void {
    if (this.select.limitOffset !== undefined) return;
    this.select.limitOffset = integer(0);
    this.select.whereClause = and([this.select.whereClause ?? this.filter, ...this.#copies]);
  }

  /** Lets through only rows that the statement may lock. */
  narrow(condition: Node): void {
    this.select.whereClause = and([this.select.whereClause ?? this.filter, condition]);
  }
}

function isFlag(node: Node, flag: string | undefined): boolean {
  return flag !== undefined && 'ResTarget' in node && node.ResTarget.name === flag;
}

function plainColumn(node: Node): readonly (string | undefined)[] {
  const value = 'ResTarget' in node ? node.ResTarget.val : undefined;
  return value !== undefined && 'ColumnRef' in value ? [fieldsOf(value.ColumnRef).at(-1)] : [];
}

/** The target of a write stands in no sub-select: its filter itself is the flag. */
export class TargetRead extends Read {
  constructor(alias: string, filter: Node, access: RelationAccess) {
    super(alias, filter, {}, false, { access });
  }

  override flag(): Node {
    return this.filter;
  }

  override present(): Node {
    return bool(true);
  }

  override fence(): void {}
}

/** A FROM item that reads a base relation. */
export function readRelation(context: StatementContext, range: RangeVar): { node: Node; entry: Entry } {
  const access = context.relation(range);
  const alias = range.alias?.aliasname ?? access.relation.name;
  const columns = renamed(scopeColumns(access), range.alias);
  const schema = range.alias === undefined ? access.relation.schema : undefined;
  const entry = {
    alias,
    schema,
    columns,
    target: false,
    open: false,
    lockable: [access],
    used: new Set<string>(),
  };
  context.note(reasonOf(access, context));
  if (
    readsEverything(access) &&
    access.relation.columns.every(({ type }) => settledType(type) === undefined)
  ) {
    const node = rangeVar(access.relation.schema, access.relation.name, range.alias, range.inh === true);
    return {
      node: hinted(node, indexHints(context, access.relation, range)),
      entry: { ...entry, direct: undefined, nested: [], bare: true },
    };
  }
  const read = filteredRead(context, access, range, alias);
  if (context.insideAliasedJoin > 0) read.showWholeRow();
  const node = rangeSubselect(read.select, { ...range.alias, aliasname: alias });
  return { node, entry: { ...entry, direct: read, nested: [] } };
}

function reasonOf(access: RelationAccess, context: StatementContext): Reason {
  const hidden = [...(access.read?.columns ?? [])]
    .filter(([, v]) => v.kind === 'never')
    .map(([column]) => column);
  const lookup = context.lookup?.access === access ? [context.lookup.lookup.id] : [];
  return {
    relation: `${access.relation.schema}.${access.relation.name}`,
    command: 'select',
    outcome: 'allow',
    rules: [...(access.read?.rules.map((rule) => rule.id) ?? []), ...lookup],
    boundaries: access.boundaries,
    hiddenColumns: hidden,
  };
}

function filteredRead(
  context: StatementContext,
  access: RelationAccess,
  range: RangeVar,
  alias: string,
): Read {
  const lookup = context.lookup?.range === range ? compileLookup(context, context.lookup, alias) : undefined;
  if (access.read === undefined && lookup === undefined) throw notReadable(access);
  const rows = access.read?.filter ?? { kind: 'false' };
  const { node: normal, followed } = compileFilter(context, rows, alias);
  const filter =
    lookup === undefined
      ? normal
      : access.read === undefined
        ? lookup.condition
        : or([lookup.condition, normal]);
  const masks: CaseWhen[] = [];
  const query = select({
    targetList: access.relation.columns.map((column) => {
      const visibility = access.read?.columns.get(column.name) ?? { kind: 'never' };
      const masked = maskedColumn(context, visibility, alias, column.name, lookup);
      if (visibility.kind === 'when' || lookup !== undefined) masks.push(...maskOf(masked));
      const shown = settledColumn(column, masked);
      return 'ColumnRef' in shown ? target(shown) : target(shown, column.name);
    }),
    fromClause: [
      hinted(
        rangeVar(access.relation.schema, access.relation.name, { aliasname: alias }, range.inh === true),
        indexHints(context, access.relation, range),
      ),
    ],
    whereClause: filter,
  });
  const ruled = lookup === undefined ? { rows, followed } : {};
  const read = new Read(alias, filter, query, range.alias?.colnames === undefined, {
    access,
    masks,
    ...ruled,
  });
  if (read.followed.length > 0 || read.rows !== undefined) context.followers.push(read);
  return read;
}

/** The condition of a mask, where it is one. */
function maskOf(masked: Node): readonly CaseWhen[] {
  const [when] = 'CaseExpr' in masked ? (masked.CaseExpr.args ?? []) : [];
  return when !== undefined && 'CaseWhen' in when ? [when.CaseWhen] : [];
}

/** A column whose type looks names up is shown as numbers or texts: no literal beside it is looked up (see cast). */
function settledColumn(column: Column, shown: Node): Node {
  const type = settledType(column.type);
  return type === undefined ? shown : cast(shown, typeName(type));
}

function notReadable(access: RelationAccess): CordonError {
  return new CordonError('CORDON_COMMAND_DENIED', {
    relation: safeName(access.relation.name),
    command: safeName('select'),
  });
}

interface LookupCondition {
  readonly condition: Node;
  readonly columns: ReadonlySet<string>;
}

/** A column as it is shown: itself, NULL of its type, or itself in some rows. `CASE WHEN false` keeps type and collation. */
export function maskedColumn(
  context: StatementContext,
  visibility: Visibility,
  alias: string,
  column: string,
  lookup?: LookupCondition,
): Node {
  const plain = columnRef(alias, column);
  if (visibility.kind === 'always' && lookup === undefined) return plain;
  const conditions: Node[] = [];
  if (lookup?.columns.has(column)) conditions.push(lookup.condition);
  if (visibility.kind === 'when') conditions.push(compilePredicate(context, visibility.predicate, alias));
  if (visibility.kind === 'always') return plain;
  return caseWhen(conditions.length === 0 ? bool(false) : or(conditions), plain);
}

/** The columns that a read of the relation shows, in order. */
export function scopeColumns(access: RelationAccess): readonly ScopeColumn[] {
  return access.relation.columns.map((column) => ({
    name: column.name,
    type: settledType(column.type) === undefined ? column.type : undefined,
    total: true,
    origin: { access, column: column.name },
    replacement: undefined,
    refused: access.hidden === 'refuse' && isHidden(access, column.name),
    ...(column.collated === true ? { collated: true as const } : {}),
    ...(column.hidden === true ? { hidden: true as const } : {}),
  }));
}

/** No rule shows the column to the role, in any row. */
export function isHidden(access: RelationAccess, column: string): boolean {
  const visibility = access.read?.columns.get(column);
  if (visibility !== undefined && visibility.kind !== 'never') return false;
  return !access.lookups.some((lookup) => lookup.columns.has(column) || lookup.keyColumns.includes(column));
}

/** Columns under the names of an alias list: `AS t (a, b)`. */
export function renamed<T extends { readonly name: string }>(
  columns: readonly T[],
  alias: Alias | undefined,
): readonly T[] {
  const names = alias?.colnames;
  if (names === undefined) return columns;
  return columns.map((column, index) => {
    const node = names[index];
    const name = node !== undefined && 'String' in node ? (node.String.sval ?? '') : column.name;
    return { ...column, name };
  });
}
