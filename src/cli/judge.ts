import type { Catalog, RelationKey } from '../catalog/index.ts';
import { InvariantError } from '../errors/index.ts';
import { createGuard } from '../guard/guard.ts';
import type { Judged } from '../guard/types.ts';
import {
  type AccessTable,
  buildAccess,
  type LoadedPolicy,
  type Predicate,
  type Principal,
  type ReadAccess,
  type RelationAccess,
  type Role,
} from '../policy/index.ts';
import { createParser, type Parser } from '../sql/parse/index.ts';
import { uncoveredLines } from './uncovered.ts';

/** A judge of statements under a policy and a catalog. */
export async function createJudge(policy: LoadedPolicy, catalog: Catalog): Promise<Judge> {
  return new Judge(policy, catalog, await createParser());
}

/** Judges statements for `explain`, and counts what a predicate of the policy lets through. */
export class Judge {
  readonly policy: LoadedPolicy;
  readonly access: AccessTable;
  readonly #catalog: Catalog;
  readonly #parser: Parser;

  constructor(policy: LoadedPolicy, catalog: Catalog, parser: Parser) {
    this.policy = policy;
    this.access = buildAccess(policy, catalog);
    this.#catalog = catalog;
    this.#parser = parser;
  }

  judge(sql: string, principal: Principal): Judged {
    return this.#judgeBy(this.access, sql, principal);
  }

  /** Why a relation of a denied statement is not covered. */
  uncovered(sql: string, role: Role): readonly string[] {
    return uncoveredLines(sql, role, { catalog: this.#catalog, access: this.access, parser: this.#parser });
  }

  /** A statement that counts the rows of a relation that a predicate of the policy lets through. */
  counting(access: RelationAccess, filter: Predicate, principal: Principal): string {
    const opened = new OpenedAccess(this.access, access, filter);
    const judged = this.#judgeBy(opened, `SELECT count(*) FROM ${quoted(access)}`, principal);
    const statement = judged.kind === 'allowed' ? judged.statements[0] : undefined;
    if (statement === undefined) throw new InvariantError('counting an open relation was denied');
    return statement.textFor(principal);
  }

  #judgeBy(access: AccessTable, sql: string, principal: Principal): Judged {
    const guard = createGuard({ policy: this.policy, catalog: this.#catalog, access, parser: this.#parser });
    return guard.session().judgeQuery(sql, principal);
  }
}

/** An access table in which one relation is read by a filter of its own; all others as the policy says. */
class OpenedAccess implements AccessTable {
  readonly #base: AccessTable;
  readonly #opened: RelationAccess;

  constructor(base: AccessTable, access: RelationAccess, filter: Predicate) {
    this.#base = base;
    const columns = new Map(access.relation.columns.map(({ name }) => [name, { kind: 'always' }] as const));
    const read: ReadAccess = { filter, columns, rules: [] };
    this.#opened = { ...access, read };
  }

  find(role: Role, key: RelationKey): RelationAccess | undefined {
    return key === this.#opened.key ? this.#opened : this.#base.find(role, key);
  }

  covered(role: Role): ReadonlySet<RelationKey> {
    return this.#base.covered(role);
  }

  inRelationFilter(...given: Parameters<AccessTable['inRelationFilter']>): Predicate {
    return this.#base.inRelationFilter(...given);
  }
}

function quoted({ relation }: RelationAccess): string {
  return [relation.schema, relation.name].map((name) => `"${name.replaceAll('"', '""')}"`).join('.');
}
