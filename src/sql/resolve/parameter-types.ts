/** Parameters that get their type from the casts they stand in. */
import { equalTrees } from '../equal-trees.ts';
import type { Node, TypeName } from '../tree.ts';

type Uses = Map<number, (TypeName | undefined)[]>;

const known = new WeakMap<Node, Uses>();

/**
 * Whether a parameter of undeclared type stands in casts to this one type alone: then it is of that type from the start, and the
 * cast converts nothing (PostgreSQL source, parse_param.c: variable_coerce_param_hook; CockroachDB documentation, prepared statements).
 */
export function isTypedByCasts(statement: Node, parameter: number, type: TypeName): boolean {
  let uses = known.get(statement);
  if (uses === undefined) {
    uses = new Map();
    collect(statement, undefined, uses);
    known.set(statement, uses);
  }
  const all = uses.get(parameter) ?? [];
  return all.length > 0 && all.every((other) => other !== undefined && sameType(other, type));
}

function collect(value: unknown, castTo: TypeName | undefined, uses: Uses): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, undefined, uses);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if ('ParamRef' in value) {
    const number = (value.ParamRef as { number?: number }).number ?? 0;
    uses.set(number, [...(uses.get(number) ?? []), castTo]);
    return;
  }
  if ('TypeCast' in value) {
    const { arg, typeName } = value.TypeCast as { arg?: Node; typeName?: TypeName };
    collect(arg, typeName, uses);
    return;
  }
  for (const item of Object.values(value)) collect(item, undefined, uses);
}

function sameType(a: TypeName, b: TypeName): boolean {
  return equalTrees({ TypeName: a }, { TypeName: b });
}
