/** What one statement is rewritten against, and what the rewriting collects. */
import {
  type Catalog,
  type Dialect,
  findRelation,
  keyOf,
  type Relation,
  type RelationKey,
} from '../../catalog/index.ts';
import { CordonError, safeName } from '../../errors/index.ts';
import type {
  AccessTable,
  ClaimType,
  LoadedPolicy,
  Reason,
  RelationAccess,
  Role,
} from '../../policy/index.ts';
import { systemAccess } from '../allow/index.ts';
import { cast, typeName } from '../build.ts';
import { type A_Const, claimRef, type FuncCall, type Node, type RangeVar } from '../tree.ts';
import type { Lookup } from './lookup.ts';
import type { Level } from './membership.ts';
import type { Read } from './read.ts';
import { Work } from './work.ts';

/** What stays the same for all statements of a policy and a catalog. */
export interface Ground {
  readonly policy: LoadedPolicy;
  readonly catalog: Catalog;
  readonly access: AccessTable;
  /** What clients write; statements are printed for `catalog.dialect`. */
  readonly dialect: Dialect;
}

const CLAIM_TYPES: Record<ClaimType, string> = {
  uuid: 'uuid',
  int: 'int4',
  bigint: 'int8',
  text: 'text',
  bool: 'bool',
};

/** What names begin with that the rewriting makes up; a client's statement may have none of them. */
export const NAME_PREFIX = 'cordon ';

export class StatementContext {
  readonly ground: Ground;
  readonly role: Role;
  /** Names of claims in order of first use. */
  readonly claims: string[] = [];
  readonly reasons: Reason[] = [];
  /** Constants the rewriting looked at: they belong to the key of the template. */
  readonly pinned = new Set<A_Const>();
  /** Parameters whose value must name a type. */
  readonly typeNameParameters = new Set<number>();
  /** The one read of this statement that a lookup rule opens. */
  lookup: Lookup | undefined;
  /** The statement as the client wrote it. */
  statement: Node | undefined;
  /** Reads whose rows have to follow another relation. */
  readonly followers: Read[] = [];
  /** All query levels, from the innermost. */
  readonly levels: Level[] = [];
  /** No expression of the statement that meets rows can fail. */
  harmless = false;
  /** Calls that stand in FROM, where no CASE can stand around them. */
  readonly tableFunctions = new WeakSet<FuncCall>();
  /** Depth of joins with an alias: a flag inside one would show as a column of the join. */
  insideAliasedJoin = 0;
  readonly work = new Work();
  #names = 0;

  readonly #parameterTypes: readonly number[];

  /** `parameterTypes`: OIDs that the client declared for `$1`, …; 0 for undeclared. */
  constructor(ground: Ground, role: Role, parameterTypes: readonly number[] = []) {
    this.ground = ground;
    this.role = role;
    this.#parameterTypes = parameterTypes;
  }

  /** The declared type of a parameter, if there is one. */
  parameterType(number: number): number | undefined {
    return this.#parameterTypes[number - 1] || undefined;
  }

  get catalog(): Catalog {
    return this.ground.catalog;
  }

  /** No optimizer can be fenced in: what can fail is guarded by flags that travel with the rows (docs/decisions/0009). */
  get carriesFlags(): boolean {
    return this.catalog.dialect === 'cockroachdb';
  }

  /** A name that no identifier of the client can clash with by accident, unique within the statement, and not `taken`. */
  freshName(taken?: string): string {
    this.#names += 1;
    const name = `${NAME_PREFIX}${this.#names}`;
    return name === taken ? this.freshName() : name;
  }

  /** The typed place of a claim. */
  claim(claimName: string): Node {
    const policy = this.ground.policy.identity.claims.get(claimName);
    if (policy === undefined) throw new CordonError('CORDON_CLAIM_INVALID', { claim: safeName(claimName) });
    let index = this.claims.indexOf(claimName);
    if (index === -1) index = this.claims.push(claimName) - 1;
    return cast(claimRef(index), typeName(CLAIM_TYPES[policy.type]));
  }

  /** The relation that a RangeVar names, and what the role may do there; denied when there is neither. */
  relation(range: RangeVar): RelationAccess {
    const shown = safeName([range.schemaname, range.relname].filter(Boolean).join('.'));
    const relation = this.#find(range);
    const access = relation === undefined ? undefined : this.accessOf(keyOf(relation));
    if (access === undefined) throw new CordonError('CORDON_RELATION_NOT_COVERED', { relation: shown });
    return access;
  }

  #find(range: RangeVar): Relation | undefined {
    if (range.catalogname !== undefined && range.catalogname !== this.catalog.database) return undefined;
    if (range.relpersistence === 't') return undefined;
    return findRelation(this.catalog, range.schemaname, range.relname ?? '');
  }

  accessOf(key: RelationKey): RelationAccess | undefined {
    const relation = this.catalog.relations.get(key);
    if (relation?.kind === 'system') {
      const covered = this.ground.access.covered(this.role);
      return systemAccess(this.catalog, covered, key, this.role, { definitions: this.ownsSchema() });
    }
    return this.ground.access.find(this.role, key);
  }

  /** Marks a constant as looked at, and hands out its node unchanged. */
  pin(constant: A_Const): A_Const {
    this.pinned.add(constant);
    return constant;
  }

  /** A service that may define relations. */
  ownsSchema(): boolean {
    return this.ground.policy.services.get(this.role)?.ddl === true;
  }

  isService(): boolean {
    return this.ground.policy.services.has(this.role);
  }

  note(reason: Reason): void {
    this.reasons.push(reason);
  }
}
