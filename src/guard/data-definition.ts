/**
 * DDL of a service role that declares it. Such a role owns the schema, so its statements of that kind pass as written, one by one;
 * see docs/decisions/0006-ddl-of-service-roles-passes-as-written.md.
 */
import type { Decision, Role } from '../policy/index.ts';
import type { Node } from '../sql/tree.ts';
import type { GuardedStatement } from './types.ts';

const TAGS: ReadonlySet<string> = new Set([
  'AlterDefaultPrivilegesStmt',
  'AlterDomainStmt',
  'AlterEnumStmt',
  'AlterExtensionStmt',
  'AlterFunctionStmt',
  'AlterObjectSchemaStmt',
  'AlterOwnerStmt',
  'AlterPolicyStmt',
  'AlterSeqStmt',
  'AlterStatsStmt',
  'AlterTableStmt',
  'AlterTypeStmt',
  'CommentStmt',
  'CompositeTypeStmt',
  'ConstraintsSetStmt',
  'CreateCastStmt',
  'CreateDomainStmt',
  'CreateEnumStmt',
  'CreateExtensionStmt',
  'CreateFunctionStmt',
  'CreatePolicyStmt',
  'CreateRangeStmt',
  'CreateSchemaStmt',
  'CreateSeqStmt',
  'CreateStatsStmt',
  'CreateStmt',
  'CreateTableAsStmt',
  'CreateTrigStmt',
  'DataDefinitionStmt',
  'DefineStmt',
  'DoStmt',
  'DropStmt',
  'GrantStmt',
  'IndexStmt',
  'LockStmt',
  'RefreshMatViewStmt',
  'ReindexStmt',
  'RenameStmt',
  'RuleStmt',
  'TruncateStmt',
  'VacuumStmt',
  'ViewStmt',
]);

export function isDataDefinition(node: Node): boolean {
  return TAGS.has(Object.keys(node)[0] ?? '');
}

export class DataDefinition implements GuardedStatement {
  readonly kind = 'ddl';
  readonly effect = { kind: 'none' } as const;
  readonly decision: Decision;
  readonly discardRows = false;
  readonly parameterCount = 0;
  readonly claims: readonly string[] = [];
  readonly preparedText: string;
  readonly textOnly = true;
  readonly typeNameParameters: readonly number[] = [];

  constructor(text: string, role: Role) {
    this.preparedText = text;
    this.decision = { outcome: 'allow', role, reasons: [] };
  }

  textFor(): string {
    return this.preparedText;
  }

  claimValues(): readonly string[] {
    return [];
  }

  withParameters(): undefined {
    return undefined;
  }
}
