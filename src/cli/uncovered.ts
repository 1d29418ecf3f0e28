import { type Catalog, findRelation, keyOf } from '../catalog/index.ts';
import type { AccessTable, Role } from '../policy/index.ts';
import type { Parser } from '../sql/parse/index.ts';

/**
 * Tells relations of a statement that are not there from those that no rule opens. A caller is never told which of the two it is;
 * the operator, who asks here, may know.
 */
export function uncoveredLines(
  sql: string,
  role: Role,
  {
    catalog,
    access,
    parser,
  }: { readonly catalog: Catalog; readonly access: AccessTable; readonly parser: Parser },
): readonly string[] {
  const names = parser.parse(sql, catalog.dialect).flatMap(({ stmt }) => relationNames(stmt));
  const lines = names.map(({ schema, name }) => {
    const relation = findRelation(catalog, schema, name);
    if (relation === undefined)
      return `no relation is called ${schema === undefined ? name : `${schema}.${name}`}`;
    if (access.find(role, keyOf(relation)) !== undefined || relation.kind === 'system') return '';
    return `${relation.schema}.${relation.name} exists, and no rule opens it to ${role}`;
  });
  return [...new Set(lines)].filter((line) => line !== '');
}

interface RelationName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** Every RangeVar of a tree; names of WITH queries are among them, and are sorted out by who reads the lines. */
function relationNames(value: unknown): readonly RelationName[] {
  if (typeof value !== 'object' || value === null) return [];
  const { relname, schemaname } = value as { relname?: unknown; schemaname?: unknown };
  const below = Object.values(value).flatMap(relationNames);
  if (typeof relname !== 'string') return below;
  return [{ schema: typeof schemaname === 'string' ? schemaname : undefined, name: relname }, ...below];
}
