/** Checks a predicate against the relation it stands for: names exist, and every comparison is a safe one. */
import { type Catalog, type Column, findColumn, type Relation } from '../catalog/index.ts';
import { type Facts, type Safe, safeName } from '../errors/index.ts';
import {
  type ColumnType,
  claimCompares,
  claimsCompare,
  columnsCompare,
  columnsMatch,
  columnType,
  literalCompares,
  literalComparesClaim,
} from './comparable.ts';
import { type MistakeCode, say } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { type LoadedPolicy, type Membership, type Operand, PRIMARY_KEY, type Predicate } from './policy.ts';
import { visitPredicate } from './predicate.ts';

export interface Problem {
  readonly code: MistakeCode;
  /** The node of the predicate that it stands at. */
  readonly node: object;
  readonly facts: Facts;
}

/** Everything wrong with a predicate over a relation; empty when it can be compiled. */
export function predicateProblems(
  predicate: Predicate,
  relation: Relation,
  policy: LoadedPolicy,
  catalog: Catalog,
): readonly Problem[] {
  return new Typing(relation, policy, catalog).problems(predicate);
}

/** The column that a membership counts: the one it names, or the single primary-key column of the other relation. */
export function targetColumn(membership: Membership, relation: Relation): Column | undefined {
  if (membership.target !== PRIMARY_KEY) return findColumn(relation, membership.target);
  const [only, ...others] = relation.primaryKey ?? [];
  return only === undefined || others.length > 0 ? undefined : findColumn(relation, only);
}

class Typing {
  readonly #relation: Relation;
  readonly #policy: LoadedPolicy;
  readonly #catalog: Catalog;
  readonly #problems: Problem[] = [];

  constructor(relation: Relation, policy: LoadedPolicy, catalog: Catalog) {
    this.#relation = relation;
    this.#policy = policy;
    this.#catalog = catalog;
  }

  problems(predicate: Predicate): readonly Problem[] {
    visitPredicate(predicate, (node) => this.#node(node));
    return this.#problems;
  }

  #node(node: Predicate): void {
    if (node.kind === 'compare') this.#compare(node.left, node.right, node.op === '=' || node.op === '<>');
    if (node.kind === 'in-list') for (const item of node.items) this.#compare(node.operand, item, true);
    if (node.kind === 'is-null' && node.operand.kind === 'column')
      this.#find(node.operand.name, node.operand);
    if (node.kind === 'in-relation') this.#membership(node);
  }

  #problem(code: MistakeCode, node: object, facts: Facts): void {
    this.#problems.push({ code, node, facts });
  }

  #find(name: string, node: object): Column | undefined {
    const column = findColumn(this.#relation, name);
    if (column !== undefined) return column;
    const near = didYouMean(
      name,
      this.#relation.columns.map((each) => each.name),
    );
    this.#problem('UNKNOWN_COLUMN', node, {
      relation: safeName(this.#relation.name),
      name: safeName(name),
      near,
    });
    return undefined;
  }

  /** Its type, if rules compare it. */
  #type(name: string, node: object): ColumnType | undefined {
    const column = this.#find(name, node);
    if (column === undefined) return undefined;
    const type = columnType(this.#catalog, column);
    if (type === undefined)
      this.#problem('TYPE_UNSAFE', node, { name: safeName(name), type: safeName(column.typeText) });
    return type;
  }

  #compare(left: Operand, right: Operand, equality: boolean): void {
    const leftType = left.kind === 'column' ? this.#type(left.name, left) : undefined;
    const rightType = right.kind === 'column' ? this.#type(right.name, right) : undefined;
    const unreadable = (side: Operand, type: ColumnType | undefined) =>
      side.kind === 'column' && type === undefined;
    if (unreadable(left, leftType) || unreadable(right, rightType)) return;
    if (!this.#fits(left, leftType, right, rightType)) this.#mismatch(left, right);
    else if (!equality && (leftType?.family === 'enum' || rightType?.family === 'enum'))
      this.#mismatch(left, right, say`compare an enum by =, <> or \`in\`: its order is not that of its text`);
  }

  #fits(
    left: Operand,
    leftType: ColumnType | undefined,
    right: Operand,
    rightType: ColumnType | undefined,
  ): boolean {
    if (leftType !== undefined && rightType !== undefined) return columnsCompare(leftType, rightType);
    if (leftType !== undefined) return this.#valueFits(right, leftType);
    if (rightType !== undefined) return this.#valueFits(left, rightType);
    return this.#valuesFit(left, right);
  }

  #valueFits(value: Operand, column: ColumnType): boolean {
    if (value.kind === 'literal') return literalCompares(value.value, column);
    const claim = value.kind === 'claim' ? this.#policy.identity.claims.get(value.name) : undefined;
    return claim !== undefined && claimCompares(claim.type, column);
  }

  #valuesFit(left: Operand, right: Operand): boolean {
    const claims = [left, right].flatMap((side) => {
      const claim = side.kind === 'claim' ? this.#policy.identity.claims.get(side.name) : undefined;
      return claim === undefined ? [] : [claim.type];
    });
    const [first, second] = claims;
    if (first === undefined) return false;
    if (second !== undefined) return claimsCompare(first, second);
    const literal = left.kind === 'literal' ? left : right;
    return literal.kind === 'literal' && literalComparesClaim(literal.value, first);
  }

  #mismatch(left: Operand, right: Operand, fix: Safe = mismatchFix(left, right)): void {
    this.#problem('TYPE_MISMATCH', left, { left: this.#describe(left), right: this.#describe(right), fix });
  }

  #describe(operand: Operand): Safe {
    if (operand.kind === 'literal')
      return typeof operand.value === 'string' ? say`a text` : say`a ${safeName(typeof operand.value)}`;
    if (operand.kind === 'column') {
      const type = findColumn(this.#relation, operand.name)?.typeText ?? '?';
      return say`column \`${safeName(operand.name)}\` (${safeName(type)})`;
    }
    const type = this.#policy.identity.claims.get(operand.name)?.type ?? '?';
    return say`claim \`${safeName(operand.name)}\` (${safeName(type)})`;
  }

  #membership(node: Membership): void {
    const column = this.#type(node.column, node);
    const [schema = '', name = ''] = node.relation.split('\u0000');
    const relation = this.#catalog.relations.get(node.relation);
    if (relation === undefined || relation.kind === 'system' || relation.kind === 'sequence') {
      const names = [...this.#catalog.relations.values()].filter(
        (each) => each.schema === schema && each.kind !== 'system',
      );
      const near = didYouMean(
        name,
        names.map((each) => each.name),
      );
      this.#problem('UNKNOWN_RELATION', node, { name: safeName(name), near });
      return;
    }
    const other = new Typing(relation, this.#policy, this.#catalog);
    this.#target(node, relation, other, column);
    if (node.where !== undefined) other.problems(node.where);
    this.#problems.push(...other.#problems);
  }

  #target(node: Membership, relation: Relation, other: Typing, column: ColumnType | undefined): void {
    const target = targetColumn(node, relation);
    if (target === undefined && node.target === PRIMARY_KEY) {
      this.#problem('KEY_NOT_SINGLE', node, { name: safeName(relation.name) });
      return;
    }
    const type = other.#type(target?.name ?? node.target, node);
    if (type === undefined || column === undefined || columnsMatch(column, type)) return;
    this.#problem('TYPE_MISMATCH', node, {
      left: this.#describe({ kind: 'column', name: node.column }),
      right: other.#describe({ kind: 'column', name: target?.name ?? node.target }),
      fix: say`follow a column of the same type`,
    });
  }
}

function mismatchFix(left: Operand, right: Operand): Safe {
  if (left.kind === 'literal' && right.kind === 'literal')
    return say`compare a column or a claim; \`all\` and \`none\` stand for every row and no row`;
  if (left.kind === 'claim' || right.kind === 'claim')
    return say`declare the claim with the type of the column, or compare another column`;
  return say`write a literal of the column's type: a lower-case uuid, a label of the enum, a number without quotes`;
}
