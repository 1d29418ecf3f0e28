/**
 * Rules that follow another relation, in the form that plans best.
 *
 * `column = ANY (ARRAY(SELECT …))` collects all keys before any row is read. That is best where they are few, as the rows of a link
 * table that name the caller, and where most of the rows that they open are wanted. Where they are the keys of all that the caller owns,
 * a look-up of one row would pay for every one of them: there a condition asks for the one key of the row at hand, `EXISTS`.
 * Both are conditions of the scan, and the rest of the statement meets the same rows (docs/decisions/0013-form-of-memberships.md).
 *
 * Where the statement joins the other relation on that very column, nothing is left to test: the join lets through what the rule lets
 * through. But hidden rows then reach the join, so that is done only where nothing in the statement that meets rows can fail.
 */
import { type Catalog, keyOf } from '../../catalog/index.ts';
import { type Predicate, pinnedColumns } from '../../policy/index.ts';
import { and, bool, caseWhen, conjuncts, exists, integer, operator, select, target } from '../build.ts';
import { type Entry, type Resolved, resolveBare, resolveQualified, type Scope } from '../resolve/scope.ts';
import type { JoinExpr, Node, SelectStmt } from '../tree.ts';
import { fieldsOf } from './column.ts';
import type { StatementContext } from './context.ts';
import { compileFilter, type Followed } from './predicate.ts';
import type { Read } from './read.ts';

/** One query level, as it was rewritten. */
export interface Level {
  readonly scope: Scope;
  readonly from: readonly Node[];
  readonly where: Node | undefined;
  /** It computes whole rows, whose comparison may fail for what is in them. */
  readonly rows: boolean;
  /** It may end before it has read all rows. */
  readonly limited: boolean;
}

/** Chooses the forms, when a statement is rewritten as a whole. */
export function settleMemberships(context: StatementContext): void {
  const [reads, levels] = [context.followers.splice(0), context.levels.splice(0)];
  if (context.carriesFlags) return;
  const harmless = context.harmless && !levels.some((level) => level.rows);
  const implied = new Implied(
    harmless ? reads.filter((read) => isPlainlyCompared(context.catalog, read)) : [],
  );
  for (const level of levels) implied.find(level);
  const picked = new Set(levels.flatMap(pickedReads));
  for (const read of reads) {
    const replaced = read.followed.flatMap((followed): [Node, Node | undefined][] => {
      if (implied.of(read).has(followed)) return [[followed.condition, undefined]];
      return picked.has(read) && areMany(followed) ? [[followed.condition, probe(followed)]] : [];
    });
    if (replaced.length > 0) read.replace(new Map(replaced));
  }
}

/**
 * Whether there is a row of that key which counts. It stands in a CASE, since planners make a join of a bare EXISTS, and a join
 * is no condition of the scan.
 */
function probe(followed: Followed): Node {
  const { query, column, key, within } = followed;
  const inner = new Map(within.map((each) => [each.condition, each]));
  const conditions = conjuncts(query.whereClause ?? bool(true)).map((part) => {
    const each = inner.get(part);
    return each !== undefined && areMany(each) ? probe(each) : part;
  });
  const found = select({
    targetList: [target(integer(1))],
    fromClause: query.fromClause ?? [],
    whereClause: and([operator('=', column, key), ...conditions]),
  });
  return caseWhen(exists(found), bool(true), bool(false));
}

/** A predicate that is asked of single rows: what follows another relation asks for the key of the row at hand. */
export function compileCheck(context: StatementContext, predicate: Predicate, alias: string): Node {
  const { node, followed } = compileFilter(context, predicate, alias);
  if (context.carriesFlags) return node;
  const many = new Map(followed.filter(areMany).map((each) => [each.condition, each]));
  return and(
    conjuncts(node).map((part) => {
      const each = many.get(part);
      return each === undefined ? part : probe(each);
    }),
  );
}

/** Reads of which a level wants few rows: it names their key, or joins them, or ends early. */
function pickedReads({ scope, from, where, limited }: Level): readonly Read[] {
  const reads = scope.items.flatMap(({ entry }) => entry.direct ?? []);
  if (limited) return reads;
  const joins = from.flatMap(joinsIn);
  const conditions = [where, ...joins.map((join) => join.quals)].flatMap((node) =>
    node === undefined ? [] : conjuncts(node),
  );
  const named = conditions.flatMap((condition) => pickedBy(scope, condition));
  return joins.some((join) => (join.usingClause ?? []).length > 0) ? reads : named;
}

function joinsIn(node: Node): readonly JoinExpr[] {
  if (!('JoinExpr' in node)) return [];
  const { larg, rarg } = node.JoinExpr;
  return [node.JoinExpr, ...[larg, rarg].flatMap((side) => (side === undefined ? [] : joinsIn(side)))];
}

/** The reads that an equality with a key, or with a column of something else, picks rows of. */
export function pickedBy(scope: Scope, condition: Node): readonly Read[] {
  const operands = operandsOfEquality(condition);
  return operands.flatMap((operand, index) => {
    const side = sideOf(scope, operand);
    const other = operands[1 - index];
    if (side === undefined || other === undefined) return [];
    return isColumn(other) || isKey(side) ? [side.read] : [];
  });
}

function isColumn(node: Node): boolean {
  return 'ColumnRef' in node;
}

/** Of the relation, or of another one. */
function isKey({ read, column }: Side): boolean {
  const relation = read.access?.relation;
  if (relation === undefined) return false;
  return (
    relation.uniqueKeys.some((key) => key.includes(column)) ||
    relation.foreignKeys.some((key) => key.columns.includes(column)) ||
    read.followed.some(({ membership }) => membership.column === column)
  );
}

/**
 * Rows that a rule hides may be sorted and hashed below a join, so their columns have to be of types whose comparison raises
 * no error: a composite value may hold what cannot be compared.
 */
function isPlainlyCompared(catalog: Catalog, read: Read): boolean {
  const isPlain = (oid: number | undefined): boolean => {
    const type = oid === undefined ? undefined : catalog.types.get(oid);
    if (type?.kind === 'array') return isPlain(type.element);
    return type?.kind === 'enum' || (type?.kind === 'base' && type.schema === 'pg_catalog');
  };
  return read.access?.relation.columns.every((column) => isPlain(column.type)) === true;
}

/** Few are the caller's own rows of a link table, and the one row that a claim names. */
function areMany({ membership, relation, visible }: Followed): boolean {
  const pinned = new Set(pinnedColumns(visible).keys());
  if (pinned.size === 0) return true;
  const keys = relation.uniqueKeys;
  if (keys.some((key) => key.every((column) => pinned.has(column)))) return false;
  if (keys.some((key) => key.length === 1 && key[0] === membership.target)) return true;
  return !keys.some((key) => key.every((column) => pinned.has(column) || column === membership.target));
}

/** A column of a read, as the relation stores it. */
interface Side {
  readonly read: Read;
  readonly column: string;
  readonly type: number;
}

/** Reads that every row of a FROM item holds a row of, and conditions that every row of it fulfils. */
interface Certain {
  readonly reads: readonly Read[];
  readonly conditions: readonly Node[];
}

const NOTHING: Certain = { reads: [], conditions: [] };

/** Memberships that follow from a join with the relation that the rule follows. */
class Implied {
  readonly #bySelect: ReadonlyMap<SelectStmt, Read>;
  readonly #implied = new Map<Read, Set<Followed>>();
  /** On whose filter a read relies instead of its own. */
  readonly #relies = new Map<Read, Set<Read>>();

  constructor(reads: readonly Read[]) {
    this.#bySelect = new Map(reads.map((read) => [read.select, read]));
  }

  of(read: Read): ReadonlySet<Followed> {
    return this.#implied.get(read) ?? new Set();
  }

  find({ scope, from, where }: Level): void {
    const items = from.map((node) => this.#visit(scope, node));
    const more = where === undefined ? [] : conjuncts(where);
    this.#apply(scope, { reads: items.flatMap((item) => item.reads), conditions: conditionsOf(items, more) });
  }

  #visit(scope: Scope, node: Node): Certain {
    if ('RangeSubselect' in node) {
      const query = node.RangeSubselect.subquery;
      const read =
        query !== undefined && 'SelectStmt' in query ? this.#bySelect.get(query.SelectStmt) : undefined;
      return read === undefined ? NOTHING : { reads: [read], conditions: [] };
    }
    return 'JoinExpr' in node && node.JoinExpr.alias === undefined
      ? this.#join(scope, node.JoinExpr)
      : NOTHING;
  }

  /** Of a row that an outer join may make up, the condition of the join is certain where the row is real. */
  #join(scope: Scope, { jointype, larg, rarg, quals }: JoinExpr): Certain {
    if (larg === undefined || rarg === undefined) return NOTHING;
    const [left, right] = [this.#visit(scope, larg), this.#visit(scope, rarg)];
    const on = quals === undefined ? [] : conjuncts(quals);
    if (jointype === 'JOIN_INNER')
      return { reads: [...left.reads, ...right.reads], conditions: conditionsOf([left, right], on) };
    if (jointype !== 'JOIN_LEFT' && jointype !== 'JOIN_RIGHT') return NOTHING;
    const [kept, made] = jointype === 'JOIN_LEFT' ? [left, right] : [right, left];
    this.#apply(scope, { reads: made.reads, conditions: conditionsOf([made], on) });
    return kept;
  }

  #apply(scope: Scope, { reads, conditions }: Certain): void {
    for (const condition of conditions) {
      const [one, other] = equated(scope, condition);
      if (one === undefined || other === undefined || one.type !== other.type) continue;
      if (reads.includes(one.read)) this.#rely(one, other);
      if (reads.includes(other.read)) this.#rely(other, one);
    }
  }

  #rely(one: Side, other: Side): void {
    if (this.#reliesOn(other.read, one.read)) return;
    for (const followed of one.read.followed) {
      if (!isImplied(followed, one, other)) continue;
      this.#implied.set(one.read, new Set([...this.of(one.read), followed]));
      this.#relies.set(one.read, new Set([...(this.#relies.get(one.read) ?? []), other.read]));
    }
  }

  /** No two reads may rely on each other: one of them has to test its rows. */
  #reliesOn(read: Read, on: Read): boolean {
    return read === on || [...(this.#relies.get(read) ?? [])].some((next) => this.#reliesOn(next, on));
  }
}

function conditionsOf(items: readonly Certain[], more: readonly Node[]): readonly Node[] {
  return [...items.flatMap((item) => item.conditions), ...more];
}

/** The other row is one of those that count, and its key, shown as it is stored, is what the rule looks for. */
function isImplied({ membership, visible }: Followed, one: Side, other: Side): boolean {
  const access = other.read.access;
  return (
    access !== undefined &&
    membership.column === one.column &&
    membership.target === other.column &&
    membership.relation === keyOf(access.relation) &&
    access.read?.columns.get(other.column)?.kind === 'always' &&
    other.read.rows !== undefined &&
    JSON.stringify(other.read.rows) === JSON.stringify(visible)
  );
}

/** Both sides of `a.column = b.column`, where they are columns of reads of this level. */
function equated(scope: Scope, condition: Node): readonly (Side | undefined)[] {
  return operandsOfEquality(condition).map((operand) => sideOf(scope, operand));
}

function operandsOfEquality(condition: Node): readonly Node[] {
  if (!('A_Expr' in condition) || condition.A_Expr.kind !== 'AEXPR_OP') return [];
  const { name, lexpr, rexpr } = condition.A_Expr;
  const [op, ...others] = name ?? [];
  if (op === undefined || others.length > 0 || !('String' in op) || op.String.sval !== '=') return [];
  return lexpr === undefined || rexpr === undefined ? [] : [lexpr, rexpr];
}

function sideOf(scope: Scope, node: Node): Side | undefined {
  if (!('ColumnRef' in node)) return undefined;
  const [first, second, ...others] = fieldsOf(node.ColumnRef);
  if (first === undefined || others.length > 0) return undefined;
  const found =
    second === undefined ? resolveBare(scope, first) : resolveQualified(scope, undefined, first, second);
  return storedColumn(found);
}

function storedColumn(found: Resolved): Side | undefined {
  if (found.kind !== 'column' || found.level !== 0) return undefined;
  const entry: Entry = found.entry;
  const { origin, type } = found.column;
  if (entry.direct === undefined || origin === undefined || type === undefined) return undefined;
  return { read: entry.direct, column: origin.column, type };
}
