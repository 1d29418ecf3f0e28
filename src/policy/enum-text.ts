/**
 * An enum compared with a claim is read as text: the cast of an enum to text cannot fail, while a claim that is no label
 * could not be cast to the enum without an error.
 */
import { type Catalog, findColumn, type Relation } from '../catalog/index.ts';
import { columnType } from './comparable.ts';
import type { Operand, Predicate } from './policy.ts';

export function readEnumsAsText(predicate: Predicate, relation: Relation, catalog: Catalog): Predicate {
  const read = (operand: Operand): Operand =>
    operand.kind === 'column' && isEnum(operand.name, relation, catalog)
      ? { ...operand, asText: true }
      : operand;
  if (predicate.kind === 'compare' && hasClaim([predicate.left, predicate.right]))
    return { ...predicate, left: read(predicate.left), right: read(predicate.right) };
  if (predicate.kind === 'in-list' && hasClaim([predicate.operand, ...predicate.items]))
    return { ...predicate, operand: read(predicate.operand), items: predicate.items.map(read) };
  return predicate;
}

function hasClaim(operands: readonly Operand[]): boolean {
  return operands.some((operand) => operand.kind === 'claim');
}

function isEnum(name: string, relation: Relation, catalog: Catalog): boolean {
  const column = findColumn(relation, name);
  return column !== undefined && columnType(catalog, column)?.family === 'enum';
}
