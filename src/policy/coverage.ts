import { type Catalog, keyOf, type Relation, type RelationKind } from '../catalog/index.ts';
import { openableRelations, rulesFor } from './opening.ts';
import type { LoadedPolicy, Predicate, Rule } from './policy.ts';
import { columnsOf } from './predicate.ts';

/** What nobody has classified yet: closed, and perhaps forgotten. */
export interface Coverage {
  /** Relations that no rule opens to any role. */
  readonly relations: readonly {
    readonly schema: string;
    readonly name: string;
    readonly kind: RelationKind;
  }[];
  /** Columns of open relations that have no class and that no rule names. */
  readonly columns: readonly {
    readonly schema: string;
    readonly relation: string;
    readonly column: string;
  }[];
}

export function coverage(policy: LoadedPolicy, catalog: Catalog): Coverage {
  const relations = openableRelations(catalog).filter((relation) => policy.schemas.includes(relation.schema));
  const closed = relations.filter((relation) => rulesFor(policy, relation).length === 0);
  const open = relations.filter((relation) => rulesFor(policy, relation).length > 0);
  return {
    relations: closed.map(({ schema, name, kind }) => ({ schema, name, kind })),
    columns: open.flatMap((relation) => unnamedColumns(policy, relation)),
  };
}

function unnamedColumns(policy: LoadedPolicy, relation: Relation): Coverage['columns'] {
  const rules = rulesFor(policy, relation);
  if (rules.some((rule) => rule.read.kind === 'all')) return [];
  const named = new Set(rules.flatMap(namedColumns));
  for (const boundary of policy.boundaries) named.add(boundary.column);
  for (const column of policy.relations.get(keyOf(relation))?.columns.keys() ?? []) named.add(column);
  const unnamed = relation.columns.filter((column) => !named.has(column.name));
  return unnamed.map((column) => ({ schema: relation.schema, relation: relation.name, column: column.name }));
}

function namedColumns(rule: Rule): readonly string[] {
  const predicates: readonly Predicate[] = [rule.rows, rule.check];
  const sets = [rule.read, rule.write, ...(rule.insert === undefined ? [] : [rule.insert])];
  return [
    ...(rule.lookup ?? []),
    ...sets.flatMap((set) => [...set.columns]),
    ...predicates.flatMap((predicate) => [...columnsOf(predicate)]),
  ];
}
