/** Rules over rows in memory, as plainly as they can be read: what the access table is compared with. */
import type { CompareOp, Membership, Operand, Predicate } from '../../src/policy/index.ts';

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;
/** null is unknown. */
export type Truth = boolean | null;

export interface World {
  readonly claims: ReadonlyMap<string, Value>;
  /** The values that a membership counts; undefined where the role sees none at all. */
  readonly members: (membership: Membership) => readonly Value[] | undefined;
}

export function holds(predicate: Predicate, row: Row, world: World): Truth {
  switch (predicate.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'compare':
      return compare(
        predicate.op,
        operandValue(predicate.left, row, world),
        operandValue(predicate.right, row, world),
      );
    case 'in-list':
      return among(
        operandValue(predicate.operand, row, world),
        predicate.items.map((item) => operandValue(item, row, world)),
      );
    case 'is-null':
      return (operandValue(predicate.operand, row, world) === null) !== predicate.negated;
    case 'in-relation': {
      const members = world.members(predicate);
      return members === undefined ? null : among(row[predicate.column] ?? null, members);
    }
    case 'and':
      return every(predicate.items.map((item) => holds(item, row, world)));
    case 'or':
      return not(every(predicate.items.map((item) => not(holds(item, row, world)))));
    case 'not':
      return not(holds(predicate.item, row, world));
  }
}

export function operandValue(operand: Operand, row: Row, world: World): Value {
  if (operand.kind === 'literal') return operand.value;
  return (operand.kind === 'claim' ? world.claims.get(operand.name) : row[operand.name]) ?? null;
}

export function compare(op: CompareOp, left: Value, right: Value): Truth {
  if (left === null || right === null) return null;
  const order = left < right ? -1 : Number(left > right);
  const outcomes = {
    '=': order === 0,
    '<>': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return outcomes[op];
}

/** `value = ANY (items)`: false over no items, else unknown where a NULL keeps it from being false. */
function among(value: Value, items: readonly Value[]): Truth {
  return not(every(items.map((item) => not(compare('=', value, item)))));
}

function every(items: readonly Truth[]): Truth {
  if (items.includes(false)) return false;
  return items.includes(null) ? null : true;
}

function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
