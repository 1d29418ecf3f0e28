/**
 * Noninterference of an application's own statements under its own policy: what a caller is answered must be the same in two
 * databases that agree on what the caller may see, and no statement may change a row of others.
 *
 * Rows and callers are made up from the schema. What may be seen is worked out apart from the rewriting that is under test.
 */
import { PGlite } from '@electric-sql/pglite';
import { loadCatalog, type RelationKey } from '../catalog/index.ts';
import { cordon, type PolicySource } from '../node/index.ts';
import { readPolicy } from '../node/policy-source.ts';
import {
  buildAccess,
  type LoadedPolicy,
  type Predicate,
  parseRelationName,
  type Role,
} from '../policy/index.ts';
import { parsePredicate } from '../policy/predicate-parser.ts';
import { shape } from '../sql/shape/index.ts';
import { Dice } from './dice.ts';
import { textOf } from './embedded.ts';
import { GeneratedRows } from './generated-rows.ts';
import { Owner } from './owner.ts';
import { type GeneratedCaller, people, significantValues } from './people.ts';
import { type HiddenChange, World } from './world.ts';

/** A statement of the application; its values may depend on who asks. */
export type TestedStatement =
  | string
  | {
      readonly text: string;
      readonly values: readonly unknown[] | ((caller: GeneratedCaller) => readonly unknown[]);
    };

/** What runs a statement for a caller. */
export interface Door {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

export interface IsolationOptions {
  /** SQL, or the path of a file that ends in `.sql`. */
  readonly schema: string | readonly string[];
  /** Rows that are nobody else's, whatever the rules say: `{ orders: 'user_id = :user' }`. */
  readonly private?: Readonly<Record<string, string>>;
  /** Tables with keys that callers may share: an INSERT that meets such a key tells that a row of others has the value. */
  readonly sharedKeys?: readonly string[];
  /** The role of the callers; the default role of the policy. */
  readonly role?: Role;
  /** How many databases are made up. */
  readonly rounds?: number;
  readonly rowsEach?: number;
  readonly seed?: number;
  /** Another way to the database than the guard, such as one of the application's own that is to be tested like it. */
  readonly through?: (caller: GeneratedCaller, owner: PGlite) => Door;
}

/** What a statement told of: rows or columns of others, that a value is taken by one of them; or it changed them. */
export type IsolationKind = 'told' | 'shared key' | 'changed';

/** A statement tells more than its caller may know. It holds names, and no value of any row. */
export class IsolationError extends Error {
  override readonly name = 'IsolationError';
  readonly kind: IsolationKind;

  constructor(message: string, kind: IsolationKind = 'told') {
    super(message);
    this.kind = kind;
  }
}

/** Throws IsolationError where a statement of the list tells a caller of rows or columns of others, or changes them. */
export async function expectIsolated(
  policy: PolicySource,
  statements: readonly TestedStatement[],
  options: IsolationOptions,
): Promise<void> {
  const loaded = await readPolicy(policy);
  const pglite = await PGlite.create();
  try {
    const owner = new Owner(pglite);
    for (const script of [options.schema].flat()) await owner.run(await textOf(script));
    const trial = await Trial.prepare(loaded, pglite, owner, options);
    for (let round = 0; round < (options.rounds ?? 2); round += 1)
      await trial.round(statements, new Dice((options.seed ?? 1) + 7919 * round));
    await trial.close();
  } finally {
    await pglite.close();
  }
}

class Trial {
  readonly #policy: LoadedPolicy;
  readonly #owner: Owner;
  readonly #world: World;
  readonly #options: IsolationOptions;
  readonly #access: ReturnType<typeof buildAccess>;
  readonly #door: (caller: GeneratedCaller) => Door;
  readonly #close: () => Promise<void>;

  private constructor(
    policy: LoadedPolicy,
    owner: Owner,
    world: World,
    access: ReturnType<typeof buildAccess>,
    options: IsolationOptions,
    door: (caller: GeneratedCaller) => Door,
    close: () => Promise<void>,
  ) {
    this.#policy = policy;
    this.#owner = owner;
    this.#world = world;
    this.#access = access;
    this.#options = options;
    this.#door = door;
    this.#close = close;
  }

  static async prepare(
    policy: LoadedPolicy,
    pglite: PGlite,
    owner: Owner,
    options: IsolationOptions,
  ): Promise<Trial> {
    const catalog = await loadCatalog((sql) => owner.records(sql), { searchPath: policy.schemas });
    const access = buildAccess(policy, catalog);
    const db = await cordon({ policy, pool: pglite as never, watchEveryMs: 0 });
    const { through } = options;
    const door = (caller: GeneratedCaller): Door =>
      through === undefined ? (db.as(caller.payload) as unknown as Door) : through(caller, pglite);
    const world = new World(
      catalog,
      access,
      owner,
      policy.schemas,
      privateRows(policy, options.private ?? {}),
    );
    // PGlite is closed by whoever opened it.
    return new Trial(policy, owner, world, access, options, door, async () => undefined);
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** A database, each of two callers, all statements. */
  async round(statements: readonly TestedStatement[], dice: Dice): Promise<void> {
    const role = this.#options.role ?? this.#policy.identity.defaultRole;
    const everyone = people(this.#policy, role, dice);
    const rows = new GeneratedRows(
      this.#world.catalog,
      this.#owner,
      dice,
      significantValues(this.#access, role, everyone),
    );
    await this.#owner.run(`TRUNCATE ${this.#names()} CASCADE`);
    await rows.fill(this.#world.tables, this.#options.rowsEach ?? 8);
    await this.#world.save();
    for (const caller of everyone.slice(0, 2)) await this.#asCaller(caller, statements, dice);
  }

  #names(): string {
    return this.#world.tables
      .map(({ schema, name }) => `"${schema}"."${name.replaceAll('"', '""')}"`)
      .join(', ');
  }

  async #asCaller(
    caller: GeneratedCaller,
    statements: readonly TestedStatement[],
    dice: Dice,
  ): Promise<void> {
    const before = await this.#answers(caller, statements, []);
    await this.#world.restore();
    const changes = await this.#world.change(caller, dice);
    const after = await this.#answers(caller, statements, changes);
    await this.#world.restore();
    for (const [index, statement] of statements.entries()) {
      const [one, other] = [before[index], after[index]];
      if (one === undefined || other === undefined || isAlike(one, other)) continue;
      const finding = await this.#finding(caller, statement, changes, one, other);
      if (finding !== undefined) throw finding;
    }
  }

  /** What the caller is answered to each statement, each in the database as it was made. */
  async #answers(
    caller: GeneratedCaller,
    statements: readonly TestedStatement[],
    changes: readonly HiddenChange[],
  ): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const statement of statements) {
      const others = await this.#world.others(caller);
      const answer = await this.#ask(caller, statement);
      const left = await this.#world.others(caller);
      const changed = missing(others, left);
      if (changed !== undefined)
        throw new IsolationError(`${shown(statement)} changes rows of others in \`${changed}\``, 'changed');
      answers.push(answer);
      if (answer.command === 'SELECT') continue;
      await this.#world.restore();
      for (const change of changes) await this.#world.apply(change);
    }
    return answers;
  }

  async #ask(caller: GeneratedCaller, statement: TestedStatement): Promise<Answer> {
    const [text, values] =
      typeof statement === 'string' ? [statement, []] : [statement.text, statement.values];
    const given = typeof values === 'function' ? values(caller) : values;
    try {
      return answerOf(await this.#door(caller).query(text, [...given]), text);
    } catch (error) {
      const { code = '', message = '' } = error as { code?: unknown; message?: unknown };
      return {
        command: 'ERROR',
        count: null,
        columns: '',
        rows: [],
        error: `${String(code)} ${String(message)}`,
      };
    }
  }

  /** The smallest change that the statement tells of, by name; undefined where all that it tells is said to be shared. */
  async #finding(
    caller: GeneratedCaller,
    statement: TestedStatement,
    changes: readonly HiddenChange[],
    one: Answer,
    other: Answer,
  ): Promise<IsolationError | undefined> {
    const [first] = await this.#answers(caller, [statement], []);
    for (const change of changes) {
      await this.#world.restore();
      await this.#world.apply(change);
      const [answer] = await this.#answers(caller, [statement], [change]);
      if (first === undefined || answer === undefined || isAlike(first, answer)) continue;
      if (isKeyTaken(first, answer) && this.#isShared(change.relation)) continue;
      await this.#world.restore();
      return findingOf(statement, change, first, answer);
    }
    // Several changes together: of which table the key is cannot be told.
    if (isKeyTaken(one, other)) return this.#isShared() ? undefined : keyTaken(statement, undefined);
    return told(statement, 'rows that the caller may not see', one, other);
  }

  #isShared(relation?: string): boolean {
    const { sharedKeys = [] } = this.#options;
    return relation === undefined ? sharedKeys.length > 0 : sharedKeys.includes(relation);
  }
}

function findingOf(
  statement: TestedStatement,
  { kind, relation }: HiddenChange,
  one: Answer,
  other: Answer,
): IsolationError {
  if (isKeyTaken(one, other)) return keyTaken(statement, relation);
  return told(statement, `${kind} in \`${relation}\``, one, other);
}

function told(statement: TestedStatement, what: string, one: Answer, other: Answer): IsolationError {
  return new IsolationError(`${shown(statement)} tells of ${what}: ${difference(one, other)}`);
}

function keyTaken(statement: TestedStatement, relation: string | undefined): IsolationError {
  const where = relation === undefined ? 'a table' : `\`${relation}\``;
  return new IsolationError(
    `${shown(statement)} tells by a key that callers share whether a row of others in ${where} has the value: begin the key with the column of the owner or tenant, let the database choose the value, or name the table in \`sharedKeys\``,
    'shared key',
  );
}

interface Answer {
  readonly command: string;
  readonly count: number | null;
  readonly columns: string;
  readonly rows: readonly string[];
  readonly error: string | undefined;
}

interface PgResult {
  readonly command?: string;
  readonly rowCount?: number | null;
  readonly affectedRows?: number;
  readonly fields?: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly rows?: readonly unknown[];
}

function answerOf(result: unknown, text: string): Answer {
  const results = (Array.isArray(result) ? result : [result]) as readonly PgResult[];
  const rows = results.flatMap(({ rows: given = [] }) =>
    given.map((row) => JSON.stringify(row, bigintAsText)),
  );
  return {
    command: results.map(({ command = 'SELECT' }) => command).join(';'),
    count: results.reduce((sum, { rowCount, affectedRows }) => sum + (rowCount ?? affectedRows ?? 0), 0),
    columns: results
      .flatMap(({ fields = [] }) => fields.map(({ name, dataTypeID }) => `${name}:${dataTypeID}`))
      .join(),
    // Without ORDER BY the order is the database's affair, and says where rows lie on its disk.
    rows: /\border\s+by\b/i.test(text) ? rows : [...rows].sort(),
    error: undefined,
  };
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** 23505 and 23P01: the value of a key is taken. No guard can hide that; the limits page lists it. */
const KEY_TAKEN = /^(23505|23P01) /;

function isKeyTaken(one: Answer, other: Answer): boolean {
  return [one, other].some(({ error }) => error !== undefined && KEY_TAKEN.test(error));
}

function isAlike(one: Answer, other: Answer): boolean {
  return JSON.stringify(one) === JSON.stringify(other) && one.error === other.error;
}

function difference(one: Answer, other: Answer): string {
  if (one.error !== other.error) return 'whether and how it fails';
  if (one.columns !== other.columns) return 'which columns it answers';
  if (one.count !== other.count || one.rows.length !== other.rows.length)
    return 'how many rows it answers or changes';
  return 'values or the order of its rows';
}

function missing(before: readonly string[], after: readonly string[]): string | undefined {
  const left = [...after];
  for (const row of before) {
    const at = left.indexOf(row);
    if (at === -1) return row.slice(0, row.indexOf('('));
    left.splice(at, 1);
  }
  return undefined;
}

/** A statement with `_` for each literal. */
function shown(statement: TestedStatement): string {
  const text = typeof statement === 'string' ? statement : statement.text;
  const { slots } = shape(text);
  let shownText = '';
  let at = 0;
  for (const slot of slots) {
    shownText += `${text.slice(at, slot.start)}_`;
    at = slot.end;
  }
  return `\`${`${shownText}${text.slice(at)}`.replaceAll(/\s+/g, ' ').trim()}\``;
}

function privateRows(
  policy: LoadedPolicy,
  given: Readonly<Record<string, string>>,
): ReadonlyMap<RelationKey, Predicate> {
  const entries = Object.entries(given).map(([name, text]) => {
    const key = parseRelationName(name, policy.schemas[0] ?? 'public');
    if (key === undefined) throw new IsolationError('`private` names no relation');
    return [key, parsePredicate(text, { mark: (node) => node, target: () => undefined })] as const;
  });
  return new Map(entries);
}
