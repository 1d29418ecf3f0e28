/** Predicates of the policy as conditions of the database. */
import { assertNever } from '../errors/index.ts';
import type { Membership, Operand, Predicate } from '../policy/index.ts';
import { quoteName } from '../sql/index.ts';
import { ALWAYS, both, type Condition, either, NEVER, quoteLiteral, textual } from './sql-text.ts';

/** What a predicate is compiled with. */
export interface Meaning {
  readonly textType: string;
  claim(name: string): string;
  membership(membership: Membership): Condition;
}

export function conditionOf(predicate: Predicate, meaning: Meaning): Condition {
  switch (predicate.kind) {
    case 'true':
      return ALWAYS;
    case 'false':
      return NEVER;
    case 'compare': {
      const [left, right] = [predicate.left, predicate.right].map((side) => operandText(side, meaning));
      return textual(`${left} ${predicate.op} ${right}`);
    }
    case 'in-list':
      return inList(predicate.operand, predicate.items, meaning);
    case 'is-null':
      return textual(
        `${operandText(predicate.operand, meaning)} IS ${predicate.negated ? 'NOT NULL' : 'NULL'}`,
      );
    case 'in-relation':
      return meaning.membership(predicate);
    case 'and':
      return both(predicate.items.map((item) => conditionOf(item, meaning)));
    case 'or':
      return either(predicate.items.map((item) => conditionOf(item, meaning)));
    case 'not':
      return { kind: 'not', item: conditionOf(predicate.item, meaning) };
    default:
      return assertNever(predicate, 'predicate');
  }
}

function inList(operand: Operand, items: readonly Operand[], meaning: Meaning): Condition {
  if (items.length === 0) return NEVER;
  const listed = items.map((item) => operandText(item, meaning)).join(', ');
  return textual(`${operandText(operand, meaning)} IN (${listed})`);
}

function operandText(operand: Operand, meaning: Meaning): string {
  switch (operand.kind) {
    case 'column': {
      const column = quoteName(operand.name);
      return operand.asText === true ? `${column}::${meaning.textType}` : column;
    }
    case 'claim':
      return meaning.claim(operand.name);
    case 'literal':
      return quoteLiteral(operand.value);
    default:
      return assertNever(operand, 'operand');
  }
}
