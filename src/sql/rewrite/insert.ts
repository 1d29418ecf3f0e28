/** INSERT: columns that a rule lets the caller give, owner and boundary columns stamped, new rows checked as they were stored. */
import { type Column, findColumn } from '../../catalog/index.ts';
import { CordonError, safeName } from '../../errors/index.ts';
import {
  follows,
  type InsertAccess,
  type Predicate,
  type RelationAccess,
  type Visibility,
} from '../../policy/index.ts';
import { and, cast, columnRef, isNull, or, rangeSubselect, select, target } from '../build.ts';
import { Scope, shownColumns, Withs } from '../resolve/scope.ts';
import { UNKNOWN } from '../resolve/types.ts';
import type { InsertStmt, Node, SelectStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse, rewriteExpression, tagOf } from './expression.ts';
import { compileCheck } from './membership.ts';
import { columnsIn, conjunction, impliedColumns, partsOf, referenceChecks } from './new-row.ts';
import { type Arbitration, type Proposal, rewriteConflict, type Updates } from './on-conflict.ts';
import { enumClaim, labelledClaim } from './predicate.ts';
import { baseType, ProposedValues } from './proposed.ts';
import { type Query, rewriteQuery } from './query.ts';
import { rewriteReturning } from './returning.ts';
import { columnDenied, type Write } from './update.ts';
import { upsertClause } from './upsert.ts';
import { rewriteWith } from './with.ts';
import { denied, readVisibility, targetEntry, type WriteTarget, writeTarget } from './write-target.ts';

type Alternative = InsertAccess['alternatives'][number];

export function rewriteInsert(
  context: StatementContext,
  outer: Withs | undefined,
  statement: InsertStmt,
): Write {
  return new InsertRewriter(context, outer, statement).run();
}

/** The columns an INSERT gives, with a row of values each where it spells its rows out. */
interface Given {
  readonly columns: readonly string[];
  /** undefined: the rows come from a query. */
  readonly rows: readonly (readonly Node[])[] | undefined;
  readonly query: Query | undefined;
}

/** Rows whose values are of known types, as far as they could be told. */
interface TypedRows {
  readonly node: SelectStmt;
  readonly types: readonly (number | undefined)[];
}

class InsertRewriter {
  readonly #context: StatementContext;
  readonly #withs: Withs;
  readonly #statement: InsertStmt;
  readonly #written: WriteTarget;
  readonly #access: RelationAccess;
  /** Of the values of VALUES. */
  readonly #types = new Map<Node, number | undefined>();
  /** Given columns that no rule lets the caller give, and that must therefore stay NULL. */
  readonly #mustBeNull = new Set<string>();

  constructor(context: StatementContext, outer: Withs | undefined, statement: InsertStmt) {
    this.#context = context;
    this.#withs = new Withs(outer);
    this.#statement = statement;
    this.#written = writeTarget(context, statement.relation);
    this.#access = this.#written.access;
  }

  run(): Write {
    const statement = this.#statement;
    const clause =
      statement.withClause && rewriteWith(this.#context, undefined, this.#withs, statement.withClause);
    const given = this.#dropped(this.#given());
    const alternatives = this.#alternatives(given.columns);
    const stamps = stampsOf(alternatives, given.columns);
    const source = this.#source(given, alternatives, stamps);
    const arbitration = rewriteConflict(
      this.#context,
      this.#withs,
      this.#written,
      this.#arbitrated(given.columns, alternatives),
      new Set([...given.columns, ...stamps.keys()]),
      this.#proposal(alternatives, stamps),
    );
    const check = this.#check(alternatives, given.columns, stamps, arbitration);
    const returning = rewriteReturning(
      this.#context,
      this.#returningScope(alternatives, arbitration),
      statement.returningClause,
      check,
    );
    this.#note(alternatives);
    const body: InsertStmt = {
      relation: this.#written.range,
      ...source,
      ...(arbitration.clause === undefined ? {} : { onConflictClause: arbitration.clause }),
      ...returning.clause,
      ...(clause === undefined ? {} : { withClause: clause.node }),
      override: statement.override ?? 'OVERRIDING_NOT_SET',
    };
    return { node: { InsertStmt: body }, columns: returning.columns, discardRows: returning.discardRows };
  }

  #note(alternatives: readonly Alternative[]): void {
    this.#context.note({
      relation: `${this.#access.relation.schema}.${this.#access.relation.name}`,
      command: 'insert',
      outcome: 'allow',
      rules: alternatives.map((alternative) => alternative.id),
      boundaries: this.#access.boundaries,
      hiddenColumns: [],
    });
  }

  #given(): Given {
    const query = this.#query();
    const rows =
      query?.valuesLists !== undefined && isBare(query)
        ? query.valuesLists.map((list) => this.#row(list))
        : undefined;
    if (rows !== undefined) return this.#listed(rows);
    if (query === undefined) return { columns: this.#columns(0), rows: undefined, query: undefined };
    const rewritten = rewriteQuery(this.#context, undefined, this.#withs, query);
    return { columns: this.#columns(rewritten.columns.length), rows: undefined, query: rewritten };
  }

  /** Values and columns are matched here, so their number has to be the same. */
  #listed(rows: readonly (readonly Node[])[]): Given {
    const width = rows[0]?.length ?? 0;
    const columns = this.#columns(width);
    const fits = columns.length === width && rows.every((row) => row.length === width);
    if (!fits) throw new CordonError('CORDON_SYNTAX');
    return { columns, rows, query: undefined };
  }

  #query(): SelectStmt | undefined {
    const source = this.#statement.selectStmt;
    if (source === undefined) return undefined;
    return 'SelectStmt' in source ? source.SelectStmt : refuse(tagOf(source));
  }

  #row(list: Node): readonly Node[] {
    if (!('List' in list)) return refuse(tagOf(list));
    const scope = new Scope(undefined, [], this.#withs);
    return (list.List.items ?? []).map((item) => {
      if ('SetToDefault' in item) return item;
      const { node, type } = rewriteExpression(this.#context, scope, item);
      this.#types.set(node, type);
      return node;
    });
  }

  /** Without a list the first columns of the relation are meant, as many as the source gives (PostgreSQL manual, INSERT). */
  #columns(width: number): readonly string[] {
    const listed = this.#statement.cols;
    if (listed === undefined)
      return shownColumns(this.#access.relation.columns)
        .slice(0, width)
        .map((column) => column.name);
    return listed.map((node) => {
      if (!('ResTarget' in node) || node.ResTarget.indirection !== undefined)
        return refuse('a column list with subscripts');
      return this.#known(node.ResTarget.name ?? '').name;
    });
  }

  #known(name: string): Column {
    const column = findColumn(this.#access.relation, name);
    if (column !== undefined) return column;
    if (this.#access.hidden === 'refuse') throw columnDenied(this.#access, name, 'insert');
    throw new CordonError('CORDON_COLUMN_UNKNOWN', { column: safeName(name) });
  }

  /**
   * ORMs name every column. One that is DEFAULT in every row, or NULL where NULL is its default, says nothing,
   * so it is left out where the caller may not give it.
   */
  #dropped(given: Given): Given {
    const rows = given.rows;
    if (rows === undefined) return given;
    const kept = given.columns.map((name, index) => {
      const cells = rows.map((row) => row[index]);
      if (cells.every((cell) => cell !== undefined && 'SetToDefault' in cell)) return false;
      return this.#insertable(name) || !(isNullByDefault(this.#known(name)) && cells.every(isNullConstant));
    });
    return {
      columns: given.columns.filter((_, index) => kept[index]),
      rows: rows.map((row) => row.filter((_, index) => kept[index])),
      query: undefined,
    };
  }

  #insertable(column: string): boolean {
    return (this.#access.insert?.alternatives ?? []).some((alternative) => mayGive(alternative, column));
  }

  #alternatives(columns: readonly string[]): readonly Alternative[] {
    const all = this.#access.insert?.alternatives ?? [];
    if (all.length === 0) throw denied(this.#access, 'insert');
    // After DO UPDATE the check would meet the stored value of a row that was there before, and tell whether it is NULL.
    const { upsert, onConflictClause } = this.#statement;
    const meetsStored = upsert === true || onConflictClause?.action === 'ONCONFLICT_UPDATE';
    for (const column of columns) {
      const stays = !this.#insertable(column) && isNullByDefault(this.#known(column));
      if (stays && !meetsStored) this.#mustBeNull.add(column);
    }
    const rest = columns.filter((column) => !this.#mustBeNull.has(column));
    const fitting = all.filter((alternative) => rest.every((column) => mayGive(alternative, column)));
    if (fitting.length > 0) return fitting;
    const offending = rest.find((column) => !this.#insertable(column)) ?? rest[0] ?? '';
    throw columnDenied(this.#access, offending, 'insert');
  }

  #source(
    given: Given,
    alternatives: readonly Alternative[],
    stamps: ReadonlyMap<string, string>,
  ): Pick<InsertStmt, 'cols' | 'selectStmt'> {
    const columns = [...given.columns, ...stamps.keys()];
    if (columns.length === 0)
      return given.rows !== undefined && given.rows.length > 1 ? refuse('several rows of defaults') : {};
    const cols = columns.map((name): Node => ({ ResTarget: { name } }));
    const stamp = this.#stamper(alternatives);
    const claims = [...stamps].map(([column, claim]) => stamp(column, claim));
    const proposed = this.#proposed(given, alternatives);
    const query = given.query;
    if (query !== undefined) {
      const source =
        proposed.columns.length === 0
          ? appendTargets(query.node, claims)
          : this.#judgedRows(this.#typedQuery(query, given.columns), given.columns, proposed, claims);
      return { cols, selectStmt: { SelectStmt: source } };
    }
    const pinned = pinnedOf(alternatives);
    const listed = proposed.columns.length === 0 ? undefined : this.#typedRows(given);
    if (listed !== undefined)
      return {
        cols,
        selectStmt: { SelectStmt: this.#judgedRows(listed, given.columns, proposed, claims) },
      };
    const rows = (given.rows ?? [[]]).map((row) => [
      ...row.map((cell, index) => {
        const column = given.columns[index] ?? '';
        const claim = pinned.get(column);
        // DEFAULT for an owner column means the owner.
        if ('SetToDefault' in cell) return claim === undefined ? cell : stamp(column, claim);
        return proposed.value(column, cell);
      }),
      ...claims,
    ]);
    return {
      cols,
      selectStmt: { SelectStmt: select({ valuesLists: rows.map((items) => ({ List: { items } })) }) },
    };
  }

  /** What every alternative asks of a new row, for values that are known before it is stored. */
  #proposed(given: Given, alternatives: readonly Alternative[]): ProposedValues {
    const [first, ...others] = alternatives.map(({ check }) => partsOf(check));
    const texts = others.map((parts) => new Set(parts.map((part) => JSON.stringify(part))));
    const shared = (first ?? []).filter((part) => texts.every((one) => one.has(JSON.stringify(part))));
    // No optimizer but that of PostgreSQL is known to compute what a query gives for its own rows alone.
    const judged = given.query !== undefined && this.#context.carriesFlags ? [] : given.columns;
    return new ProposedValues(this.#context, this.#access, shared, judged);
  }

  #typedQuery(query: Query, columns: readonly string[]): TypedRows {
    if (query.unlisted === true) return refuse('INSERT of columns that are not known by name');
    if (query.columns.length !== columns.length) throw new CordonError('CORDON_SYNTAX');
    const into = columns.map((column) => this.#known(column));
    return {
      node: typedTargets(query, into, this.#context),
      types: query.columns.map((column) => column.type),
    };
  }

  /**
   * Several rows of VALUES, whose columns take the types that they are for: the check stands once for all of them, where otherwise
   * the database would plan it for each. undefined: a row has a DEFAULT, or the types of a column's values differ.
   */
  #typedRows({ columns, rows }: Given): TypedRows | undefined {
    const [first, ...others] = rows ?? [];
    if (first === undefined || others.length === 0 || this.#context.carriesFlags) return undefined;
    const cells = columns.map((name, index) =>
      this.#typedColumn(this.#known(name), [first, ...others], index),
    );
    const head = cells.flatMap((cell) => cell?.head ?? []);
    if (head.length < columns.length) return undefined;
    const valuesLists = [head, ...others].map((items): Node => ({ List: { items: [...items] } }));
    return { node: select({ valuesLists }), types: cells.map((cell) => cell?.type) };
  }

  /** The type of a column of VALUES, which its first value has; untyped ones follow that. */
  #typedColumn(
    column: Column,
    rows: readonly (readonly Node[])[],
    index: number,
  ): { readonly head: Node; readonly type: number } | undefined {
    const cells = rows.map((row) => row[index]);
    const [head] = cells;
    const types = new Set(cells.map((cell) => (cell === undefined ? undefined : this.#types.get(cell))));
    const untyped = types.delete(UNKNOWN);
    const [only] = types;
    if (head === undefined || types.size > 1) return undefined;
    if (types.size === 1)
      return only === undefined || (untyped && only !== column.type) ? undefined : { head, type: only };
    const type = baseType(this.#context, column);
    return type === undefined ? undefined : { head: cast(head, type), type: column.type };
  }

  /** Rows of a FROM item, with the values that are judged. */
  #judgedRows(
    { node, types }: TypedRows,
    columns: readonly string[],
    proposed: ProposedValues,
    claims: readonly Node[],
  ): SelectStmt {
    const alias = this.#context.freshName();
    const values = columns.map((column, index) => {
      if (!proposed.has(column)) return columnRef(alias, column);
      return types[index] === proposed.typeOf(column)
        ? proposed.ofRow(column, alias)
        : proposed.value(column, columnRef(alias, column));
    });
    const colnames = columns.map((sval): Node => ({ String: { sval } }));
    return select({
      targetList: [...values, ...claims].map((value) => target(value)),
      fromClause: [rangeSubselect(node, { aliasname: alias, colnames })],
    });
  }

  /** What a column that is pinned to a claim stores. */
  #stamper(alternatives: readonly Alternative[]): (column: string, claim: string) => Node {
    const labels = new Map(
      alternatives.flatMap(({ check }) =>
        partsOf(check).flatMap((part) => {
          const found = part.kind === 'compare' ? labelledClaim(part) : undefined;
          return found === undefined ? [] : [[found.column, found.labels] as const];
        }),
      ),
    );
    return (column, claim) => {
      const known = labels.get(column);
      return known === undefined ? this.#context.claim(claim) : enumClaim(this.#context, claim, known);
    };
  }

  /** UPSERT is INSERT … ON CONFLICT over the primary key (CockroachDB documentation, UPSERT). */
  #arbitrated(given: readonly string[], alternatives: readonly Alternative[]): InsertStmt {
    const statement = this.#statement;
    if (statement.upsert !== true) return statement;
    const lists = statement.cols !== undefined;
    const onConflictClause = upsertClause(this.#access.relation, given, lists, pinnedOf(alternatives));
    return { ...statement, ...(onConflictClause === undefined ? {} : { onConflictClause }) };
  }

  #proposal(alternatives: readonly Alternative[], stamps: ReadonlyMap<string, string>): Proposal {
    const proposed = (): Node | undefined => {
      const checks = this.#openChecks(alternatives, stamps, 'excluded');
      return checks.length === 0 ? undefined : and(checks);
    };
    const kept = this.#statement.upsert === true ? new Set(pinnedOf(alternatives).keys()) : new Set<string>();
    return { proposed, kept };
  }

  /** What stamping leaves to check, over the row of that name. */
  #openChecks(
    alternatives: readonly Alternative[],
    stamps: ReadonlyMap<string, string>,
    alias: string,
  ): readonly Node[] {
    const open = alternatives.map((alternative) =>
      conjunction(unstamped(partsOf(alternative.check), stamps)),
    );
    return open.some((check) => check.kind === 'true')
      ? []
      : [or(open.map((check) => compileCheck(this.#context, check, alias)))];
  }

  #check(
    alternatives: readonly Alternative[],
    given: readonly string[],
    stamps: ReadonlyMap<string, string>,
    arbitration: Arbitration,
  ): Node | undefined {
    const { alias } = this.#written;
    const sure = this.#access.relation.changedByTriggers ? new Map<string, string>() : stamps;
    const checks = this.#openChecks(alternatives, sure, alias);
    const implied =
      alternatives.length === 1
        ? impliedColumns(this.#access, alternatives[0]?.check ?? { kind: 'true' })
        : new Set<string>();
    const references = referenceChecks(this.#context, this.#access, alias, new Set(given), implied);
    if (arbitration.updates !== undefined) {
      const parts =
        checks.length === 0 ? [] : alternatives.flatMap(({ check }) => unstamped(partsOf(check), sure));
      const keys = this.#access.relation.foreignKeys.flatMap(({ columns }) => columns);
      const referring = references.length === 0 ? [] : keys.filter((column) => !implied.has(column));
      this.#assertKnown(parts, referring, arbitration.updates);
    }
    const nulls = [...this.#mustBeNull].map((column) => isNull(columnRef(alias, column)));
    const all = [...checks, ...references, ...nulls, ...arbitration.checks];
    return all.length === 0 ? undefined : and(all);
  }

  /**
   * After DO UPDATE the check of a new row meets the row that was there before as well, and would tell of what it holds: so it
   * may look only at columns that the caller sees in that row, or has just set.
   */
  #assertKnown(
    parts: readonly Predicate[],
    referring: readonly string[],
    { filter, changed }: Updates,
  ): void {
    const certain = partsOf(filter);
    const isCertain = (part: Predicate): boolean =>
      follows(part, certain) && ![...columnsIn(part)].some((column) => changed.has(column));
    const isKnown = (column: string): boolean => {
      const visibility = readVisibility(this.#access, column);
      return (
        changed.has(column) ||
        visibility.kind === 'always' ||
        (visibility.kind === 'when' && partsOf(visibility.predicate).every((part) => follows(part, certain)))
      );
    };
    const columns = parts.filter((part) => !isCertain(part)).flatMap((part) => [...columnsIn(part)]);
    if (![...columns, ...referring].every(isKnown))
      refuse('DO UPDATE beside a check of new rows by hidden columns');
  }

  /** A row that the statement itself made shows what the caller gave and its key; one that was there before, what a read shows. */
  #returningScope(alternatives: readonly Alternative[], arbitration: Arbitration): Scope {
    const own = new Set([
      ...alternatives.flatMap((alternative) => [...alternative.columns]),
      ...(this.#access.relation.primaryKey ?? []),
    ]);
    const classes = this.#context.ground.policy.relations.get(this.#access.key)?.columns;
    const visibility = (column: string): Visibility => {
      const fresh = arbitration.updates === undefined && own.has(column) && classes?.get(column) !== 'secret';
      return fresh ? { kind: 'always' } : readVisibility(this.#access, column);
    };
    const entry = targetEntry(this.#context, this.#written, { kind: 'true' }, visibility);
    return new Scope(undefined, [{ entry, byAlias: true, byColumn: true }], this.#withs);
  }
}

function isBare(query: SelectStmt): boolean {
  const { valuesLists: _, limitOption: __, op: ___, ...rest } = query;
  return Object.keys(rest).length === 0;
}

function isNullByDefault(column: Column): boolean {
  return !column.hasDefault && !column.notNull && column.generated === 'no';
}

function isNullConstant(cell: Node | undefined): boolean {
  return cell !== undefined && 'A_Const' in cell && cell.A_Const.isnull === true;
}

/** Given columns may also be those that the check ties to one value: the check sees to it. */
function mayGive(alternative: Alternative, column: string): boolean {
  return (
    alternative.columns.has(column) ||
    alternative.pinned.has(column) ||
    literalColumns(alternative.check).has(column)
  );
}

function literalColumns(check: Predicate): ReadonlySet<string> {
  const columns = new Set<string>();
  for (const part of partsOf(check)) {
    if (part.kind !== 'compare' || part.op !== '=') continue;
    if (part.left.kind === 'column' && part.right.kind === 'literal') columns.add(part.left.name);
    if (part.right.kind === 'column' && part.left.kind === 'literal') columns.add(part.right.name);
  }
  return columns;
}

/** Columns that all alternatives pin to the same claim. */
function pinnedOf(alternatives: readonly Alternative[]): ReadonlyMap<string, string> {
  const [first, ...others] = alternatives;
  const pinned = [...(first?.pinned ?? [])];
  return new Map(
    pinned.filter(([column, claim]) => others.every((other) => other.pinned.get(column) === claim)),
  );
}

function stampsOf(
  alternatives: readonly Alternative[],
  given: readonly string[],
): ReadonlyMap<string, string> {
  return new Map([...pinnedOf(alternatives)].filter(([column]) => !given.includes(column)));
}

/** What stamping has already made true. */
function unstamped(parts: readonly Predicate[], stamps: ReadonlyMap<string, string>): readonly Predicate[] {
  return parts.filter((part) => {
    if (part.kind !== 'compare' || part.op !== '=') return true;
    // A claim that is no label of the enum stamps NULL, which the check refuses.
    if (labelledClaim(part) !== undefined) return true;
    const sides = part.left.kind === 'column' ? [part.left, part.right] : [part.right, part.left];
    const [column, claim] = sides;
    return !(column?.kind === 'column' && claim?.kind === 'claim' && stamps.get(column.name) === claim.name);
  });
}

/** Untyped literals and parameters take the type of the column that they are for; in a sub-select they would be texts. */
function typedTargets(
  { node, columns }: Query,
  into: readonly Column[],
  context: StatementContext,
): SelectStmt {
  const targets = node.targetList ?? [];
  if (node.larg !== undefined || node.valuesLists !== undefined || targets.length !== columns.length)
    return node;
  const targetList = targets.map((item, index) => {
    const column = into[index];
    const type = column && baseType(context, column);
    const value = 'ResTarget' in item ? item.ResTarget.val : undefined;
    const untyped = value !== undefined && ('A_Const' in value || 'ParamRef' in value);
    if (!('ResTarget' in item) || !untyped || type === undefined || columns[index]?.type !== UNKNOWN)
      return item;
    return { ResTarget: { ...item.ResTarget, val: cast(value, type) } };
  });
  return { ...node, targetList };
}

/** Adds the stamps to every arm of the query. */
function appendTargets(query: SelectStmt, claims: readonly Node[]): SelectStmt {
  if (claims.length === 0) return query;
  if (query.larg !== undefined && query.rarg !== undefined) {
    return { ...query, larg: appendTargets(query.larg, claims), rarg: appendTargets(query.rarg, claims) };
  }
  if (query.valuesLists !== undefined) {
    return {
      ...query,
      valuesLists: query.valuesLists.map((list) =>
        'List' in list ? { List: { items: [...(list.List.items ?? []), ...claims] } } : list,
      ),
    };
  }
  return { ...query, targetList: [...(query.targetList ?? []), ...claims.map((claim) => target(claim))] };
}
