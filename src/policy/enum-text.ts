/**
 * An enum compared with a claim is read as text: the cast of an enum to text cannot fail, while a claim that is no label
 * could not be cast to the enum without an error. For CockroachDB an equality carries the labels as well: a column inside of a
 * cast would keep its optimizer from looking in one partition of a table that is REGIONAL BY ROW.
 */
import { type Catalog, findColumn, type Relation, type TypeEntry } from '../catalog/index.ts';
import { columnType } from './comparable.ts';
import type { EnumLabels, Operand, Predicate } from './policy.ts';

export function readEnumsAsText(predicate: Predicate, relation: Relation, catalog: Catalog): Predicate {
  const read = (operand: Operand, isEquality = false): Operand => {
    const type = operand.kind === 'column' ? enumOf(operand.name, relation, catalog) : undefined;
    if (operand.kind !== 'column' || type === undefined) return operand;
    const labels = isEquality && catalog.dialect === 'cockroachdb' ? labelsOf(type) : undefined;
    return { ...operand, asText: true, ...(labels === undefined ? {} : { labels }) };
  };
  if (predicate.kind === 'compare' && hasClaim([predicate.left, predicate.right])) {
    const isEquality = predicate.op === '=';
    return {
      ...predicate,
      left: read(predicate.left, isEquality),
      right: read(predicate.right, isEquality),
    };
  }
  if (predicate.kind === 'in-list' && hasClaim([predicate.operand, ...predicate.items])) {
    const items = predicate.items.map((item) => read(item));
    return { ...predicate, operand: read(predicate.operand), items };
  }
  return predicate;
}

/** More of them would make each statement long. */
const LABELS_MAX = 64;

function labelsOf({ schema, name, labels = [] }: TypeEntry): EnumLabels | undefined {
  return labels.length === 0 || labels.length > LABELS_MAX ? undefined : { schema, type: name, labels };
}

function hasClaim(operands: readonly Operand[]): boolean {
  return operands.some((operand) => operand.kind === 'claim');
}

function enumOf(name: string, relation: Relation, catalog: Catalog): TypeEntry | undefined {
  const column = findColumn(relation, name);
  const type = column === undefined ? undefined : columnType(catalog, column);
  return type?.family === 'enum' ? type.entry : undefined;
}
