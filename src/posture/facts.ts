/** What is looked at: the way to the server, the role, its rights, and how relations are made. Plain data, names alone. */
import type { Dialect } from '../catalog/index.ts';
import type { Safe } from '../errors/index.ts';

/** How Cordon reaches the database. */
export interface WayFacts {
  /** What is weak about TLS; undefined: nothing. */
  readonly weakness: Safe | undefined;
  readonly passwordInUrl: boolean;
  /** A password may be shown to a server that is not verified. */
  readonly passwordInClear: boolean;
}

/** A server and the role that statements run as. */
export interface ServerFacts {
  readonly dialect: Dialect;
  /** As `version()` tells it. */
  readonly version: string;
  /** Who logged in. */
  readonly login: string;
  /** Whom the session acts as from its start. */
  readonly acting: string;
  readonly actsAsSuperuser: boolean;
  readonly unsafeInternals: boolean;
  /** The role that logged in, and every role that it is a member of, near or far. */
  readonly roles: readonly RoleFacts[];
  /** Who owns a relation, by its number. */
  readonly owners: ReadonlyMap<number, string>;
  readonly grants: readonly Grant[];
  /** Schemas in which everyone may create. */
  readonly openSchemas: readonly string[];
  /** Schemas in which the role may create. */
  readonly ownSchemas: readonly string[];
  readonly systemPrivileges: readonly string[];
  readonly unread: readonly Unread[];
}

export interface RoleFacts {
  readonly name: string;
  readonly superuser: boolean;
  readonly makesRoles: boolean;
  readonly replicates: boolean;
  readonly bypassesRls: boolean;
}

/** A privilege on a relation that the role has, by itself or another. */
export interface Grant {
  readonly schema: string;
  readonly relation: string;
  readonly privilege: string;
}

/** A part that the database refused to show. */
export interface Unread {
  readonly part: Safe;
  readonly sqlstate: string;
}

/** How relations are made, by their number. */
export interface SchemaFacts {
  readonly indexes: ReadonlyMap<number, readonly IndexFacts[]>;
  readonly counters: ReadonlyMap<number, ReadonlySet<number>>;
  readonly inertRls: ReadonlySet<number>;
  readonly unread: readonly Unread[];
}

export interface IndexFacts {
  readonly name: string;
  readonly unique: boolean;
  /** Holds some rows only. */
  readonly partial: boolean;
  /** Positions of its columns; 0 is an expression. */
  readonly columns: readonly number[];
}
