/**
 * Values that decide whether a row may be written, judged before it is stored.
 *
 * A new row is checked as it was stored, after its unique indexes: in the name of another owner, a key that is taken would be
 * answered by the index, and one that is free by the check. So a value that a statement gives for a column of a key is judged
 * where it is computed, by those parts of the check that look at this column alone. Where a trigger may change the row, what
 * is given says nothing yet, and the row is checked as it was stored alone (docs/decisions/0014-values-judged-before-they-are-stored.md).
 */
import type { Column, Relation } from '../../catalog/index.ts';
import { NEW_ROW_MARKER } from '../../errors/index.ts';
import type { Predicate, RelationAccess } from '../../policy/index.ts';
import { and, caseWhen, cast, columnRef, rangeSubselect, select, target, text, typeName } from '../build.ts';
import { BOOL, INT2, INT4, INT8, TEXT, VARCHAR } from '../resolve/types.ts';
import type { Node, TypeName } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { compileCheck } from './membership.ts';
import { columnsIn, conjunction, impliedColumns, referencesOf, refersToSome } from './new-row.ts';
import { enumClaim, labelledClaim } from './predicate.ts';
import { assertion } from './returning.ts';

type Comparison = Extract<Predicate, { kind: 'compare' }>;

/** What is known of one column that is judged. */
interface Judged {
  readonly column: Column;
  readonly type: TypeName;
  readonly parts: readonly Predicate[];
}

export class ProposedValues {
  readonly #context: StatementContext;
  readonly #access: RelationAccess;
  readonly #judged = new Map<string, Judged>();
  readonly #implied: ReadonlySet<string>;

  /** `parts`: what every new row has to fulfil; `given`: columns that the statement sets. */
  constructor(
    context: StatementContext,
    access: RelationAccess,
    parts: readonly Predicate[],
    given: Iterable<string>,
  ) {
    this.#context = context;
    this.#access = access;
    this.#implied = impliedColumns(access, conjunction(parts));
    if (access.relation.changedByTriggers) return;
    for (const name of given) {
      const column = access.relation.columns.find((one) => one.name === name);
      const type = column && baseType(context, column);
      if (column === undefined || type === undefined || !isOfKey(access.relation, name)) continue;
      const own = parts.filter((part) => isAbout(part, name));
      if (own.length > 0 || this.#refers(name)) this.#judged.set(name, { column, type, parts: own });
    }
  }

  get columns(): readonly string[] {
    return [...this.#judged.keys()];
  }

  has(column: string): boolean {
    return this.#judged.has(column);
  }

  /** The value, or an error where no row with it may be written. */
  value(column: string, value: Node): Node {
    const judged = this.#judged.get(column);
    if (judged === undefined) return value;
    const given = cast(value, judged.type);
    const claim = this.#claim(judged);
    if (claim !== undefined) return caseWhen(equals(given, claim), claim);
    // A FROM item of its own, since the value is computed once and looked at by every part.
    const alias = this.#context.freshName();
    const row = rangeSubselect(select({ targetList: [target(given, column)] }), { aliasname: alias });
    const query = select({ targetList: [target(this.ofRow(column, alias))], fromClause: [row] });
    return { SubLink: { subLinkType: 'EXPR_SUBLINK', subselect: { SelectStmt: query } } };
  }

  /** The same for a FROM item whose column of this name has the type of the stored one. */
  ofRow(column: string, alias: string): Node {
    const checks = (this.#judged.get(column)?.parts ?? []).map((part) =>
      compileCheck(this.#context, part, alias),
    );
    const references = this.#refers(column) ? referencesOf(this.#context, this.#access, alias, [column]) : [];
    const all = [...checks, ...references];
    return caseWhen(assertion(and(all)), columnRef(alias, column));
  }

  typeOf(column: string): number | undefined {
    return this.#judged.get(column)?.column.type;
  }

  #refers(name: string): boolean {
    return !this.#implied.has(name) && refersToSome(this.#context, this.#access, name);
  }

  /** The claim that the column has to equal, where nothing else is asked and equal values are stored alike. */
  #claim({ column, parts }: Judged): Node | undefined {
    const [only] = parts;
    if (only === undefined || parts.length > 1 || this.#refers(column.name)) return undefined;
    const type = this.#context.catalog.types.get(column.type);
    if (only.kind !== 'compare' || !(type?.kind === 'enum' || ALIKE.has(column.type))) return undefined;
    return claimIn(this.#context, only);
  }
}

const UUID = 2950;
/** Types of which two equal values are one. */
const ALIKE: ReadonlySet<number> = new Set([INT2, INT4, INT8, TEXT, VARCHAR, BOOL, UUID]);

function claimIn(context: StatementContext, part: Comparison): Node | undefined {
  const labelled = labelledClaim(part);
  if (labelled !== undefined) return enumClaim(context, labelled.claim, labelled.labels);
  const [column, claim] = part.left.kind === 'column' ? [part.left, part.right] : [part.right, part.left];
  const plain = part.op === '=' && column.kind === 'column' && column.asText !== true;
  return plain && claim.kind === 'claim' ? context.claim(claim.name) : undefined;
}

/** True, or an error; written so that the value stands in it once. */
function equals(value: Node, claim: Node): Node {
  const when: Node = { CaseWhen: { expr: claim, result: text('true') } };
  return cast({ CaseExpr: { arg: value, args: [when], defresult: text(NEW_ROW_MARKER) } }, typeName('bool'));
}

function isAbout(part: Predicate, column: string): boolean {
  const columns = columnsIn(part);
  return columns.size === 1 && columns.has(column);
}

/** An index over expressions or some rows may be a key of any column. */
function isOfKey(relation: Relation, column: string): boolean {
  return (
    relation.uniqueKeys.some((key) => key.includes(column)) ||
    relation.indexes?.some((index) => !index.plain) === true ||
    relation.constraints?.some((constraint) => constraint.kind === 'x') === true
  );
}

/** Without its length, which the column itself sees to; of a domain, what it is made from. */
export function baseType({ catalog }: StatementContext, { type }: Column): TypeName | undefined {
  let entry = catalog.types.get(type);
  while (entry?.kind === 'domain' && entry.element !== undefined) entry = catalog.types.get(entry.element);
  if (entry === undefined) return undefined;
  return entry.schema === 'pg_catalog' ? typeName(entry.name) : typeName(entry.schema, entry.name);
}
