/** Compiles the predicates of a policy to trees: claims become typed parameters, membership an array of keys. */
import type { Relation } from '../../catalog/index.ts';
import { assertNever } from '../../errors/index.ts';
import {
  conjunctsOf,
  type EnumLabels,
  type Membership,
  type Operand,
  type Predicate,
  type RelationAccess,
} from '../../policy/index.ts';
import {
  and,
  arrayOf,
  bool,
  cast,
  columnRef,
  equalsAny,
  inList,
  integer,
  isNull,
  not,
  operator,
  or,
  rangeVar,
  select,
  target,
  text,
  typeName,
} from '../build.ts';
import type { Node, SelectStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';

/** The predicate over the row called `alias`. */
export function compilePredicate(context: StatementContext, predicate: Predicate, alias: string): Node {
  const inner = (item: Predicate): Node => compilePredicate(context, item, alias);
  switch (predicate.kind) {
    case 'true':
      return bool(true);
    case 'false':
      return bool(false);
    case 'compare':
      return (
        labelled(context, predicate, alias) ??
        operator(
          predicate.op,
          operand(context, predicate.left, alias),
          operand(context, predicate.right, alias),
        )
      );
    case 'in-list':
      if (predicate.items.length === 0) return bool(false);
      return inList(
        operand(context, predicate.operand, alias),
        predicate.items.map((item) => operand(context, item, alias)),
      );
    case 'is-null':
      return isNull(operand(context, predicate.operand, alias), predicate.negated);
    case 'in-relation':
      return membership(context, predicate, alias)?.condition ?? bool(false);
    case 'and':
      return and(predicate.items.map(inner));
    case 'or':
      return or(predicate.items.map(inner));
    case 'not':
      return not(inner(predicate.item));
    default:
      return assertNever(predicate, 'predicate');
  }
}

type Comparison = Extract<Predicate, { kind: 'compare' }>;

/** An enum that a claim names, with its labels. */
export function labelledClaim({
  op,
  left,
  right,
}: Comparison): { readonly claim: string; readonly column: string; readonly labels: EnumLabels } | undefined {
  const [column, claim] = left.kind === 'column' ? [left, right] : [right, left];
  if (op !== '=' || column.kind !== 'column' || claim.kind !== 'claim' || column.labels === undefined)
    return undefined;
  return { claim: claim.name, column: column.name, labels: column.labels };
}

function labelled(context: StatementContext, predicate: Comparison, alias: string): Node | undefined {
  const found = labelledClaim(predicate);
  if (found === undefined) return undefined;
  return operator('=', columnRef(alias, found.column), enumClaim(context, found.claim, found.labels));
}

/** The label that a claim names, as a value of the enum; NULL where it names none. Nothing in it can fail. */
export function enumClaim(
  context: StatementContext,
  claim: string,
  { schema, type, labels }: EnumLabels,
): Node {
  const args = labels.map(
    (label): Node => ({
      CaseWhen: { expr: text(label), result: cast(text(label), typeName(schema, type)) },
    }),
  );
  return { CaseExpr: { arg: context.claim(claim), args } };
}

function operand(context: StatementContext, value: Operand, alias: string): Node {
  switch (value.kind) {
    case 'column': {
      const column = columnRef(alias, value.name);
      return value.asText === true ? cast(column, typeName('pg_catalog', 'text')) : column;
    }
    case 'claim':
      return context.claim(value.name);
    case 'literal':
      return literal(value.value);
    default:
      return assertNever(value, 'operand');
  }
}

const INT4_MAX = 2 ** 31 - 1;

function literal(value: string | number | boolean): Node {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean') return bool(value);
  if (Number.isInteger(value) && Math.abs(value) <= INT4_MAX) return integer(value);
  return { A_Const: { fval: { fval: String(value) } } };
}

/** A membership that a filter demands of every row, as it was compiled. */
export interface Followed {
  readonly membership: Membership;
  readonly relation: Relation;
  /** Which of the other relation's rows count. */
  readonly visible: Predicate;
  /** `column = ANY (ARRAY (query))`. */
  readonly condition: Node;
  /** The column that is looked for, and the one it is looked for among. */
  readonly column: Node;
  readonly key: Node;
  readonly query: SelectStmt;
  /** Memberships that the query demands of its own rows. */
  readonly within: readonly Followed[];
}

/** A row filter, and the memberships that it demands of every row. */
export function compileFilter(
  context: StatementContext,
  filter: Predicate,
  alias: string,
): { readonly node: Node; readonly followed: readonly Followed[] } {
  const followed: Followed[] = [];
  const nodes = conjunctsOf(filter).map((part) => {
    if (part.kind !== 'in-relation') return compilePredicate(context, part, alias);
    const found = membership(context, part, alias);
    if (found !== undefined) followed.push(found);
    return found?.condition ?? bool(false);
  });
  return { node: and(nodes), followed };
}

/**
 * `column = ANY (ARRAY(SELECT …))`: evaluated once, before any row is read, and a plain condition of the scan after that.
 * `IN (SELECT …)` may become a join, above which a user's condition could meet rows that the rule does not let through.
 * Where an array would be long, membership.ts puts another condition of the scan in its place.
 */
function membership(context: StatementContext, predicate: Membership, alias: string): Followed | undefined {
  const visible = context.ground.access.inRelationFilter(context.role, predicate);
  const relation = context.catalog.relations.get(predicate.relation);
  if (visible.kind === 'false' || relation === undefined) return undefined;
  const inner = context.freshName();
  const filter = compileFilter(context, visible, inner);
  const key = columnRef(inner, predicate.target);
  const query = select({
    targetList: [target(key)],
    fromClause: [rangeVar(relation.schema, relation.name, { aliasname: inner })],
    whereClause: filter.node,
  });
  const column = columnRef(alias, predicate.column);
  const condition = equalsAny(column, arrayOf(query));
  const within = filter.followed;
  return { membership: predicate, relation, visible, condition, column, key, query, within };
}

/** Rows of a relation in which the role sees the column. */
export function visibleRows(access: RelationAccess, column: string): Predicate {
  const read = access.read;
  const visibility = read?.columns.get(column);
  if (read === undefined || visibility === undefined || visibility.kind === 'never') return { kind: 'false' };
  if (visibility.kind === 'always') return read.filter;
  return { kind: 'and', items: [read.filter, visibility.predicate] };
}
