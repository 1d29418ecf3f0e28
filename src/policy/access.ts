/** What a role may do with one relation: the answer of the policy, before any statement is looked at. */
import type { Relation, RelationKey } from '../catalog/index.ts';
import type { Membership, Predicate, Role } from './policy.ts';

export type Command = 'select' | 'insert' | 'update' | 'delete';

/** Why something was decided; ids are those of rules and boundaries. */
export interface Reason {
  readonly relation: string;
  readonly command: Command;
  readonly outcome: 'allow' | 'deny';
  /** Rules that let rows through, e.g. `orders#1`. */
  readonly rules: readonly string[];
  readonly boundaries: readonly string[];
  readonly hiddenColumns: readonly string[];
}

/** When a column shows its value in a row that the row filter lets through. */
export type Visibility =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'when'; readonly predicate: Predicate };

export interface ReadAccess {
  /** Rows the role sees: (rules or-ed) and-ed with boundaries, simplified. Never `false` alone: that is undefined access. */
  readonly filter: Predicate;
  /** Every column of the relation, hidden ones included. */
  readonly columns: ReadonlyMap<string, Visibility>;
  readonly rules: readonly { readonly id: string; readonly filter: Predicate }[];
}

export interface LookupAccess {
  readonly id: string;
  /** All of them must be given by equality. */
  readonly keyColumns: readonly string[];
  readonly boundary: Predicate;
  readonly columns: ReadonlySet<string>;
}

export interface InsertAccess {
  /** One alternative a rule: a statement's columns must be within `columns`, its new rows satisfy `check`. */
  readonly alternatives: readonly {
    readonly id: string;
    readonly columns: ReadonlySet<string>;
    /** Includes boundaries. */
    readonly check: Predicate;
    /** Columns that `check` pins to a claim (top-level `column = :claim`): stamped when omitted. */
    readonly pinned: ReadonlyMap<string, string>;
  }[];
}

export interface UpdateAccess {
  readonly alternatives: readonly {
    readonly id: string;
    readonly columns: ReadonlySet<string>;
    /** Rows it may change, boundaries included. */
    readonly filter: Predicate;
    /** What the changed row must satisfy, boundaries included. */
    readonly check: Predicate;
  }[];
}

export interface DeleteAccess {
  readonly filter: Predicate;
  readonly rules: readonly string[];
}

export interface RelationAccess {
  readonly relation: Relation;
  readonly key: RelationKey;
  readonly role: Role;
  /** Naming a hidden column: NULL of its type, or a refusal. */
  readonly hidden: 'mask' | 'refuse';
  readonly read: ReadAccess | undefined;
  readonly lookups: readonly LookupAccess[];
  readonly insert: InsertAccess | undefined;
  readonly update: UpdateAccess | undefined;
  readonly delete: DeleteAccess | undefined;
  /** Boundaries that bind the relation, by name. */
  readonly boundaries: readonly string[];
}

/** Rows and columns are all open: the relation may be read as it stands. */
export function readsEverything(access: RelationAccess): boolean {
  if (access.read === undefined || access.read.filter.kind !== 'true') return false;
  for (const visibility of access.read.columns.values()) if (visibility.kind !== 'always') return false;
  return true;
}

/** The one place that is asked what a role may do; built once for a policy and a catalog. */
export interface AccessTable {
  /** undefined: no rule of any kind opens the relation to the role (or it does not exist). */
  find(role: Role, key: RelationKey): RelationAccess | undefined;
  /** Keys of relations that any rule opens to the role, for reads of the catalog. */
  covered(role: Role): ReadonlySet<RelationKey>;
  /**
   * Rows of the other relation that a membership counts for the role: those it sees there with the target column
   * showing, narrowed by `where`. `false` where it sees none.
   */
  inRelationFilter(role: Role, membership: Membership): Predicate;
}
