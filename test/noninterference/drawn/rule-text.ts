/**
 * New rows that no rule lets a caller make, as a condition of SQL. It is written from the rules as they were drawn, apart from the code
 * that is tested. What a rule asks of other relations may have changed since the row was written, so that is taken as fulfilled.
 */
import { relationKey } from '../../../src/catalog/index.ts';
import type { LoadedPolicy, Operand, Predicate, Principal, Rule } from '../../../src/policy/index.ts';
import type { DrawnTable } from './schema.ts';

/** Over the row called `t`. */
export function wrongRows(table: DrawnTable, policy: LoadedPolicy, principal: Principal): string {
  const asked = new RuleText(principal);
  const bounds = policy.boundaries
    .filter(({ column }) => table.columns.some((one) => one.name === column))
    .map(({ predicate }) => asked.mayHold(predicate));
  const rules = policy.relations.get(relationKey('public', table.name))?.rules ?? [];
  const making = rules.filter((rule) => rule.roles.includes(principal.role) && makesRows(rule));
  // A key that is emptied by the database itself makes a row by no rule.
  const emptied = table.foreignKeys.some((key) => key.action === 'SET NULL');
  const made = emptied ? 'true' : or(making.map((rule) => asked.mayHold(rule.check)));
  const crossing = making.some((rule) => rule.across.length > 0);
  return `(${and([...(crossing ? [] : bounds), made])}) IS NOT TRUE`;
}

function makesRows(rule: Rule): boolean {
  return rule.lookup === undefined && (rule.insert !== undefined || rule.write.kind !== 'none');
}

class RuleText {
  readonly #principal: Principal;

  constructor(principal: Principal) {
    this.#principal = principal;
  }

  /** True of each row of which the rule is true. */
  mayHold(predicate: Predicate): string {
    return this.#text(predicate, true);
  }

  /** `unknown`: what stands for a membership. */
  #text(predicate: Predicate, unknown: boolean): string {
    switch (predicate.kind) {
      case 'true':
        return 'true';
      case 'false':
        return 'false';
      case 'compare':
        return `${this.#operand(predicate.left)} ${predicate.op} ${this.#operand(predicate.right)}`;
      case 'in-list':
        return or(
          predicate.items.map((item) => `${this.#operand(predicate.operand)} = ${this.#operand(item)}`),
        );
      case 'is-null':
        return `${this.#operand(predicate.operand)} IS ${predicate.negated ? 'NOT ' : ''}NULL`;
      case 'in-relation':
        return String(unknown);
      case 'and':
        return and(predicate.items.map((item) => this.#text(item, unknown)));
      case 'or':
        return or(predicate.items.map((item) => this.#text(item, unknown)));
      case 'not':
        return `NOT (${this.#text(predicate.item, !unknown)})`;
    }
  }

  #operand(operand: Operand): string {
    if (operand.kind === 'column') return `t."${operand.name}"`;
    if (operand.kind === 'claim') return quoted(this.#principal.claims.get(operand.name));
    return typeof operand.value === 'string' ? quoted(operand.value) : String(operand.value);
  }
}

/** A caller without the claim: nothing compares with it. */
function quoted(value: string | undefined): string {
  return value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
}

function and(parts: readonly string[]): string {
  return parts.length === 0 ? 'true' : parts.map((part) => `(${part})`).join(' AND ');
}

function or(parts: readonly string[]): string {
  return parts.length === 0 ? 'false' : parts.map((part) => `(${part})`).join(' OR ');
}
