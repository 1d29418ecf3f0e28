/** What a database holds when row-level security enforces the policy: wanted by the policy, or found in a database. */
import type { RelationKey } from '../catalog/index.ts';
import type { Command } from '../policy/index.ts';
import type { Setting } from './setting.ts';
import type { Condition } from './sql-text.ts';
import type { TargetVersion } from './version.ts';

export interface RlsPlan {
  readonly version: TargetVersion;
  /** Roles of the database that callers of the policy share. */
  readonly appRoles: readonly string[];
  /** Owns views, and functions that look further than the app's role; undefined: there are none. */
  readonly reader: string | undefined;
  readonly settings: readonly Setting[];
  readonly functions: readonly FunctionPlan[];
  readonly tables: readonly TablePlan[];
  readonly views: readonly ViewPlan[];
  /** Relations on which the app's roles have nothing. */
  readonly closed: readonly { readonly schema: string; readonly name: string }[];
  /** The schemas of the policy. */
  readonly schemas: readonly string[];
  /** What the database cannot do and the gateway does, for all relations. */
  readonly gaps: readonly string[];
}

export interface TablePlan {
  readonly key: RelationKey;
  readonly schema: string;
  readonly name: string;
  readonly policies: readonly PolicyPlan[];
  readonly grants: readonly Grant[];
  /** What the database cannot do here. */
  readonly gaps: readonly string[];
}

export type PolicyCommand = Command | 'all';

export interface PolicyPlan {
  readonly name: string;
  readonly restrictive: boolean;
  readonly command: PolicyCommand;
  /** Roles of the database. */
  readonly roles: readonly string[];
  readonly using: Condition | undefined;
  readonly check: Condition | undefined;
}

export interface Grant {
  readonly role: string;
  readonly privilege: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  /** undefined: on the table as a whole. */
  readonly columns: readonly string[] | undefined;
}

export interface FunctionPlan {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
  readonly body: string;
  /** Runs as the reader; otherwise as whoever asks. */
  readonly definer: boolean;
  /** Roles that may call it. */
  readonly roles: readonly string[];
}

export interface ViewPlan {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly text: string }[];
  readonly from: { readonly schema: string; readonly name: string };
  readonly roles: readonly string[];
}

/** The schema that functions and views of Cordon are in. */
export const CORDON_SCHEMA = 'cordon';

/** Every policy of Cordon, and no other, has a name that begins so. */
export const POLICY_PREFIX = 'cordon_';
