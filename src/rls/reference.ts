/** Foreign keys of one column whose value some role may choose: the row they refer to must be one that it sees. */
import type { ForeignKey, Relation } from '../catalog/index.ts';
import {
  type AccessTable,
  anyOf,
  conjunctsOf,
  type Membership,
  type Predicate,
  pinnedColumns,
  type RelationAccess,
  type Role,
} from '../policy/index.ts';

export interface ReferencePredicate {
  readonly columns: readonly string[];
  readonly byRole: readonly { readonly role: Role; readonly predicate: Predicate }[];
}

export function referencePredicates(
  table: AccessTable,
  relation: Relation,
  accesses: readonly RelationAccess[],
  command: 'insert' | 'update',
): readonly ReferencePredicate[] {
  const writing = accesses.filter((access) => access[command] !== undefined);
  return relation.foreignKeys.flatMap((key) => {
    if (command === 'update' && !isUpdated(key, writing)) return [];
    const byRole = writing.map((access) => ({
      role: access.role,
      predicate: isImplied(key, access, command) ? ALL : reference(table, key, access.role),
    }));
    return byRole.every(({ predicate }) => predicate.kind === 'true')
      ? []
      : [{ columns: key.columns, byRole }];
  });
}

const ALL: Predicate = { kind: 'true' };

function reference(table: AccessTable, key: ForeignKey, role: Role): Predicate {
  const absent = key.columns.map(
    (name): Predicate => ({ kind: 'is-null', operand: { kind: 'column', name }, negated: false }),
  );
  const membership = membershipOf(key);
  if (membership === undefined) return ALL;
  const visible = table.inRelationFilter(role, membership);
  return visible.kind === 'true' ? ALL : anyOf([...absent, visible.kind === 'false' ? visible : membership]);
}

/** undefined: a key of several columns, which a membership does not express. */
function membershipOf({ columns, to, toColumns }: ForeignKey): Membership | undefined {
  const [column, target] = [columns[0], toColumns[0]];
  if (columns.length !== 1 || column === undefined || target === undefined) return undefined;
  return { kind: 'in-relation', column, relation: to, target };
}

function isUpdated(key: ForeignKey, writing: readonly RelationAccess[]): boolean {
  const alternatives = writing.flatMap(({ update }) => update?.alternatives ?? []);
  return key.columns.some((column) => alternatives.some(({ columns }) => columns.has(column)));
}

/** The check of the only rule ties the key to a claim, or to a row that is seen. */
function isImplied(key: ForeignKey, access: RelationAccess, command: 'insert' | 'update'): boolean {
  const alternatives = access[command]?.alternatives ?? [];
  const [only] = alternatives;
  if (only === undefined || alternatives.length > 1) return false;
  const pinned = pinnedColumns(only.check);
  return key.columns.every((column) => pinned.has(column) || follows(only.check, key, column));
}

function follows(check: Predicate, key: ForeignKey, column: string): boolean {
  return conjunctsOf(check).some(
    (item) =>
      item.kind === 'in-relation' &&
      item.column === column &&
      item.relation === key.to &&
      item.target === key.toColumns[0],
  );
}
