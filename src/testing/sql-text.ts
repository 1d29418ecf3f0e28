/** SQL of the owner of a test database. */
import type { Relation } from '../catalog/index.ts';
import { assertNever } from '../errors/index.ts';
import type { AccessTable, Operand, Predicate, Role } from '../policy/index.ts';
import { quoteName, quoteText } from '../sql/index.ts';

export function nameOf({ schema, name }: Pick<Relation, 'schema' | 'name'>): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

/** What a predicate of the policy means, written anew and apart from the rewriting that is under test. */
export class PredicateText {
  readonly #access: AccessTable;
  readonly #role: Role;
  readonly #claims: ReadonlyMap<string, string>;
  readonly #relations: ReadonlyMap<string, Relation>;

  constructor(
    access: AccessTable,
    role: Role,
    claims: ReadonlyMap<string, string>,
    relations: ReadonlyMap<string, Relation>,
  ) {
    this.#access = access;
    this.#role = role;
    this.#claims = claims;
    this.#relations = relations;
  }

  /** Over the columns of the relation that stands around it, unqualified. */
  of(predicate: Predicate): string {
    switch (predicate.kind) {
      case 'true':
        return 'true';
      case 'false':
        return 'false';
      case 'compare':
        return `(${this.#operand(predicate.left)} ${predicate.op} ${this.#operand(predicate.right)})`;
      case 'in-list':
        if (predicate.items.length === 0) return 'false';
        return `(${this.#operand(predicate.operand)} IN (${predicate.items.map((item) => this.#operand(item)).join(', ')}))`;
      case 'is-null':
        return `(${this.#operand(predicate.operand)} IS ${predicate.negated ? 'NOT ' : ''}NULL)`;
      case 'in-relation': {
        const relation = this.#relations.get(predicate.relation);
        if (relation === undefined) return 'false';
        const counted = this.of(this.#access.inRelationFilter(this.#role, predicate));
        return `(${quoteName(predicate.column)} IN (SELECT ${quoteName(predicate.target)} FROM ${nameOf(relation)} WHERE ${counted}))`;
      }
      case 'and':
        return `(${['true', ...predicate.items.map((item) => this.of(item))].join(' AND ')})`;
      case 'or':
        return `(${['false', ...predicate.items.map((item) => this.of(item))].join(' OR ')})`;
      case 'not':
        return `(NOT ${this.of(predicate.item)})`;
      default:
        return assertNever(predicate, 'predicate');
    }
  }

  #operand(operand: Operand): string {
    if (operand.kind === 'column')
      return operand.asText === true ? `${quoteName(operand.name)}::text` : quoteName(operand.name);
    if (operand.kind === 'literal')
      return typeof operand.value === 'string' ? quoteText(operand.value) : String(operand.value);
    const claim = this.#claims.get(operand.name);
    return claim === undefined ? 'NULL' : quoteText(claim);
  }
}
