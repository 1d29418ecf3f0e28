/** Which columns a role of the database has to read and write, so that each role of the policy can do what its rules allow. */
import type { Relation } from '../catalog/index.ts';
import {
  conjunctsOf,
  type InsertAccess,
  type LoadedPolicy,
  type Predicate,
  type RelationAccess,
} from '../policy/index.ts';

export class ColumnUse {
  readonly #relation: Relation;
  readonly #accesses: readonly RelationAccess[];
  readonly #secret: ReadonlySet<string>;

  constructor(policy: LoadedPolicy, relation: Relation, accesses: readonly RelationAccess[]) {
    this.#relation = relation;
    this.#accesses = accesses;
    const [access] = accesses;
    const classes = access === undefined ? undefined : policy.relations.get(access.key)?.columns;
    this.#secret = new Set(
      [...(classes ?? [])].filter(([, each]) => each === 'secret').map(([name]) => name),
    );
  }

  /** Shown in some row to some role; secret ones, which only a look-up shows, are left out. */
  shown(): readonly string[] {
    return this.#columns(
      (name) => this.#accesses.some((access) => shows(access, name)) && !this.#secret.has(name),
    );
  }

  /** Shown in every row that any role sees. */
  plain(): readonly string[] {
    const reading = this.#accesses.filter(({ read, lookups }) => read !== undefined || lookups.length > 0);
    return this.#columns(
      (name) => !this.#secret.has(name) && reading.every((access) => showsAlways(access, name)),
    );
  }

  /** Shown in some rows and hidden in others. */
  masked(): readonly string[] {
    const plain = new Set(this.plain());
    return this.#columns((name) => !plain.has(name) && this.#accesses.some((access) => shows(access, name)));
  }

  /** Shown to nobody, look-ups included. */
  hidden(): readonly string[] {
    return this.#columns((name) => !this.#accesses.some((access) => shows(access, name)));
  }

  /** What a gateway in front of the database names beside what it shows: for look-ups, for checks, and to mask it. */
  namedByGateway(): readonly string[] {
    const shown = new Set(this.shown());
    return this.readable() ? this.#columns((name) => !shown.has(name)) : [];
  }

  insertable(): readonly string[] {
    const alternatives = this.#accesses.flatMap(({ insert }) => insert?.alternatives ?? []);
    return this.#columns((name) => alternatives.some((alternative) => mayGive(alternative, name)));
  }

  updatable(): readonly string[] {
    const alternatives = this.#accesses.flatMap(({ update }) => update?.alternatives ?? []);
    return this.#columns((name) => alternatives.some(({ columns }) => columns.has(name)));
  }

  deletable(): boolean {
    return this.#accesses.some((access) => access.delete !== undefined);
  }

  readable(): boolean {
    return this.#accesses.some(({ read, lookups }) => read !== undefined || lookups.length > 0);
  }

  #columns(wanted: (name: string) => boolean): readonly string[] {
    return this.#relation.columns.map(({ name }) => name).filter(wanted);
  }
}

function shows({ read, lookups }: RelationAccess, name: string): boolean {
  const visible = (read?.columns.get(name)?.kind ?? 'never') !== 'never';
  return visible || lookups.some(({ columns, keyColumns }) => columns.has(name) || keyColumns.includes(name));
}

function showsAlways({ read, lookups }: RelationAccess, name: string): boolean {
  const always = read === undefined || read.columns.get(name)?.kind === 'always';
  return always && lookups.every(({ columns, keyColumns }) => columns.has(name) || keyColumns.includes(name));
}

/** As the gateway has it: what a rule lists, what is stamped, and what the check ties to one value. */
function mayGive({ columns, pinned, check }: InsertAccess['alternatives'][number], name: string): boolean {
  return columns.has(name) || pinned.has(name) || tiedColumns(check).has(name);
}

function tiedColumns(check: Predicate): ReadonlySet<string> {
  const sides = conjunctsOf(check).flatMap((item) =>
    item.kind === 'compare' && item.op === '=' ? [[item.left, item.right] as const] : [],
  );
  return new Set(
    sides.flatMap(([left, right]) => [
      ...(left.kind === 'column' && right.kind === 'literal' ? [left.name] : []),
      ...(right.kind === 'column' && left.kind === 'literal' ? [right.name] : []),
    ]),
  );
}
