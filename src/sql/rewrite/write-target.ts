/**
 * The relation that a statement writes. It cannot be a sub-select, so each reference to one of its columns is replaced by what
 * the caller may see of it, and its whole row is made of those.
 */
import { CordonError, safeName } from '../../errors/index.ts';
import type { Command, Predicate, RelationAccess, Visibility } from '../../policy/index.ts';
import type { Entry, ScopeColumn } from '../resolve/scope.ts';
import type { RangeVar } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse } from './expression.ts';
import { indexHints } from './index-hint.ts';
import { compileCheck } from './membership.ts';
import { isHidden, maskedColumn, TargetRead } from './read.ts';

export interface WriteTarget {
  readonly access: RelationAccess;
  readonly alias: string;
  readonly range: RangeVar;
}

/** `hints`: whether the statement reads the relation to find its rows, so that hints about indexes mean something. */
export function writeTarget(
  context: StatementContext,
  range: RangeVar | undefined,
  hints = false,
): WriteTarget {
  if (range === undefined) return refuse('a write without a relation');
  const access = context.relation(range);
  if (access.relation.kind === 'system') throw denied(access, 'write');
  const alias = range.alias?.aliasname ?? access.relation.name;
  const indexHint = hints ? indexHints(context, access.relation, range) : undefined;
  const named: RangeVar = {
    schemaname: access.relation.schema,
    relname: access.relation.name,
    ...(range.inh === true ? { inh: true } : {}),
    relpersistence: 'p',
    alias: { aliasname: alias },
    ...(indexHint === undefined ? {} : { indexHint }),
  };
  return { access, alias, range: named };
}

export function denied(access: RelationAccess, command: Command | 'write' | 'refer to'): CordonError {
  return new CordonError('CORDON_COMMAND_DENIED', {
    relation: safeName(access.relation.name),
    command: safeName(command),
  });
}

/** The target as a FROM item: columns as the caller sees them, guarded by the rows the statement may reach. */
export function targetEntry(
  context: StatementContext,
  written: WriteTarget,
  filter: Predicate,
  visibilityOf: (column: string) => Visibility,
): Entry {
  const { access, alias } = written;
  const columns = access.relation.columns.map((column): ScopeColumn => {
    const visibility = visibilityOf(column.name);
    return {
      name: column.name,
      type: column.type,
      total: true,
      origin: { access, column: column.name },
      replacement:
        visibility.kind === 'always' ? undefined : maskedColumn(context, visibility, alias, column.name),
      refused: access.hidden === 'refuse' && visibility.kind === 'never' && isHidden(access, column.name),
      ...(column.hidden === true ? { hidden: true as const } : {}),
    };
  });
  const direct =
    filter.kind === 'true' ? undefined : new TargetRead(alias, compileCheck(context, filter, alias), access);
  return {
    alias,
    schema: access.relation.schema,
    columns,
    direct,
    nested: [],
    target: true,
    open: false,
    lockable: [],
    used: new Set(),
  };
}

/** What the role sees of a column in the rows it reads. */
export function readVisibility(access: RelationAccess, column: string): Visibility {
  return access.read?.columns.get(column) ?? { kind: 'never' };
}
