/** The policy document, loaded: names are checked, predicates are trees, nothing is left as text. */
import type { RelationKey } from '../catalog/index.ts';
import type { Origins } from './origin.ts';

/** A role of the policy; `anonymous` is the role of a caller without a token. */
export type Role = string;
export const ANONYMOUS: Role = 'anonymous';

export type ClaimType = 'uuid' | 'int' | 'bigint' | 'text' | 'bool';

/** A small, total language over one row: nothing in it can raise an error. */
export type Predicate =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'compare'; readonly op: CompareOp; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in-list'; readonly operand: Operand; readonly items: readonly Operand[] }
  | { readonly kind: 'is-null'; readonly operand: Operand; readonly negated: boolean }
  | Membership
  | { readonly kind: 'and'; readonly items: readonly Predicate[] }
  | { readonly kind: 'or'; readonly items: readonly Predicate[] }
  | { readonly kind: 'not'; readonly item: Predicate };

/**
 * `column in relation.target [where (…)]`, through what the same role may see there.
 * Which rows count is answered whole by `AccessTable.inRelationFilter`, `where` included.
 */
export interface Membership {
  readonly kind: 'in-relation';
  readonly column: string;
  readonly relation: RelationKey;
  /** `PRIMARY_KEY` in a loaded policy where the document names no column; resolved in an access table. */
  readonly target: string;
  /** Narrows the rows that count, over columns of the other relation. */
  readonly where?: Predicate;
}

/** Stands for the single primary-key column of the other relation; no column can have an empty name. */
export const PRIMARY_KEY = '';

export type CompareOp = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Operand =
  /**
   * `asText` in an access table: an enum that is compared with a text, as which it is read. With `labels`, the text may be
   * read as the enum instead, so that an index over the column serves the comparison.
   */
  | {
      readonly kind: 'column';
      readonly name: string;
      readonly asText?: true;
      readonly labels?: EnumLabels;
    }
  | { readonly kind: 'claim'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean };

/** An enum and what it may hold. */
export interface EnumLabels {
  readonly schema: string;
  readonly type: string;
  readonly labels: readonly string[];
}

export interface ColumnSet {
  readonly kind: 'all' | 'none' | 'list';
  /** For `list`. */
  readonly columns: ReadonlySet<string>;
}

export type ColumnClass = 'secret' | 'internal' | 'pii' | { readonly ref: string };

export interface Rule {
  /** `orders#2`: relation and position, counted from 1. */
  readonly id: string;
  readonly line: number;
  readonly roles: readonly Role[];
  /** Rows the rule reads, updates and deletes. */
  readonly rows: Predicate;
  /** Key columns of a lookup; `rows` is then false. */
  readonly lookup: readonly string[] | undefined;
  readonly read: ColumnSet;
  readonly write: ColumnSet;
  /** Columns that an INSERT may give; undefined: no INSERT. */
  readonly insert: ColumnSet | undefined;
  /** `insert: true`: the primary key, and the columns that the check follows to another relation, are given too. */
  readonly insertsKey: boolean;
  readonly delete: boolean;
  /** What a new row must satisfy; `rows` unless the rule says otherwise. */
  readonly check: Predicate;
  /** Boundaries that a lookup or an insert-only rule crosses, by name. */
  readonly across: readonly string[];
}

export interface RelationPolicy {
  readonly key: RelationKey;
  readonly line: number;
  /** What naming a hidden column does. */
  readonly hidden: 'mask' | 'refuse';
  readonly columns: ReadonlyMap<string, ColumnClass>;
  readonly rules: readonly Rule[];
}

export interface Boundary {
  readonly name: string;
  readonly line: number;
  /** The column that decides whether a relation is within the boundary. */
  readonly column: string;
  readonly predicate: Predicate;
}

export interface ServicePolicy {
  readonly role: Role;
  /** May run DDL: then it owns the schema and its statements of that kind pass as written. */
  readonly ddl: boolean;
  readonly explain: boolean;
  /** Whether boundaries bind this role. */
  readonly boundaries: boolean;
  /** SCRAM-SHA-256 verifier, or the name of the environment variable that holds the password. */
  readonly credential:
    | { readonly kind: 'scram'; readonly verifier: string }
    | { readonly kind: 'env'; readonly variable: string }
    | undefined;
}

export interface IdentityPolicy {
  readonly token:
    | {
        readonly issuer: string | undefined;
        readonly audience: string | undefined;
        readonly algorithms: readonly string[];
        /** Exactly one of the three. */
        readonly jwks: string | undefined;
        readonly publicKeyFile: string | undefined;
        readonly secretEnv: string | undefined;
        readonly clockToleranceSeconds: number;
      }
    | undefined;
  /** Without a token: the application says who asks. */
  readonly vouched: boolean;
  readonly claims: ReadonlyMap<string, ClaimPolicy>;
  readonly roleClaim: string | undefined;
  readonly defaultRole: Role;
  /** Roles that a token may carry: the roles named in rules, service roles excepted. */
  readonly roles: ReadonlySet<Role>;
}

export interface ClaimPolicy {
  readonly name: string;
  /** The claim of the token, e.g. `sub`. */
  readonly from: string;
  readonly type: ClaimType;
}

/** What the policy adds to the reviewed lists; names are `schema.name` or, in pg_catalog, `name`. */
export interface PolicyAllowance {
  readonly functions: readonly string[];
  readonly operators: readonly string[];
  readonly types: readonly string[];
  readonly sequences: readonly string[];
}

export interface LoadedPolicy {
  /** Hash of the document: two policies with equal versions decide alike. */
  readonly version: string;
  /** Schemas of the search path, in order; unqualified relation names of the document are in the first. */
  readonly schemas: readonly string[];
  readonly identity: IdentityPolicy;
  readonly boundaries: readonly Boundary[];
  readonly relations: ReadonlyMap<RelationKey, RelationPolicy>;
  /** Rules under `'*'`, for every relation the document does not list by name. */
  readonly everyRelation: readonly Rule[];
  readonly services: ReadonlyMap<Role, ServicePolicy>;
  readonly allow: PolicyAllowance;
  /** Whether AS OF SYSTEM TIME may read the past under today's rules (CockroachDB). */
  readonly pastReads: boolean;
  /** Where in the document each part stands, for mistakes found later against the catalog. */
  readonly origins: Origins;
}
