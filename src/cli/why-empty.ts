/**
 * Why a statement answers with fewer rows than its reader expects: for each relation that it reads, how many rows there are and
 * what each rule and boundary does to them. The operator asks, with the operator's own credentials; callers never see these numbers.
 */
import type {
  Boundary,
  LoadedPolicy,
  Predicate,
  Principal,
  Reason,
  RelationAccess,
} from '../policy/index.ts';
import type { Database } from './database.ts';
import type { Judge } from './judge.ts';

/** One relation of a statement, counted. */
export interface Counted {
  readonly relation: string;
  readonly total: number;
  readonly reached: number;
  /** Rows that each rule lets through, within the boundaries. */
  readonly rules: readonly { readonly id: string; readonly rows: number }[];
  /** Rows that each boundary removes, whatever the rules say. */
  readonly boundaries: readonly { readonly name: string; readonly rows: number }[];
}

/** Counts each relation that the reasons say is read. */
export async function countRelations(
  judge: Judge,
  database: Database,
  principal: Principal,
  reasons: readonly Reason[],
): Promise<readonly Counted[]> {
  const read = new Map<string, RelationAccess>();
  for (const { relation } of reasons) {
    const access = findAccess(judge, principal, relation);
    if (access !== undefined) read.set(relation, access);
  }
  const counted: Counted[] = [];
  for (const access of read.values())
    counted.push(await new Counter(judge, database, principal, access).count());
  return counted;
}

/** The lines of the report, for people. */
export function countLines({ relation, total, reached, rules, boundaries }: Counted): readonly string[] {
  return [
    `${relation}: ${total} rows, of which ${reached} reach the caller`,
    ...rules.map(({ id, rows }) => `  rule ${id} lets ${rows} through`),
    ...boundaries.map(({ name, rows }) => `  boundary ${name} removes ${rows}`),
  ];
}

class Counter {
  readonly #judge: Judge;
  readonly #database: Database;
  readonly #principal: Principal;
  readonly #access: RelationAccess;

  constructor(judge: Judge, database: Database, principal: Principal, access: RelationAccess) {
    this.#judge = judge;
    this.#database = database;
    this.#principal = principal;
    this.#access = access;
  }

  async count(): Promise<Counted> {
    const { relation, read } = this.#access;
    const total = await this.#rows(TRUE);
    const rules: { id: string; rows: number }[] = [];
    for (const { id, filter } of read?.rules ?? []) rules.push({ id, rows: await this.#rows(filter) });
    const boundaries: { name: string; rows: number }[] = [];
    for (const { name, predicate } of this.#boundaries())
      boundaries.push({ name, rows: total - (await this.#rows(predicate)) });
    const reached = read === undefined ? 0 : await this.#rows(read.filter);
    return { relation: `${relation.schema}.${relation.name}`, total, reached, rules, boundaries };
  }

  #boundaries(): readonly Boundary[] {
    return boundariesOf(this.#judge.policy, this.#access);
  }

  async #rows(filter: Predicate): Promise<number> {
    if (filter.kind === 'false') return 0;
    const text = this.#judge.counting(this.#access, filter, this.#principal);
    const { rows } = await this.#database.ask(text);
    return Number(rows[0]?.[0]);
  }
}

const TRUE: Predicate = { kind: 'true' };

function boundariesOf(policy: LoadedPolicy, access: RelationAccess): readonly Boundary[] {
  return policy.boundaries.filter(({ name }) => access.boundaries.includes(name));
}

function findAccess(judge: Judge, principal: Principal, relation: string): RelationAccess | undefined {
  const keys = [...judge.access.covered(principal.role)];
  const found = keys.map((key) => judge.access.find(principal.role, key));
  return found.find((access) => access !== undefined && namesOf(access).includes(relation));
}

/** Reasons name relations as policies do: alone, or with their schema. */
function namesOf({ relation }: RelationAccess): readonly string[] {
  return [relation.name, `${relation.schema}.${relation.name}`];
}
