/** Wraps a pool: from here on the database is reached through the guard, for a caller who is named outside of SQL. */
import pg from 'pg';
import { type CatalogQuery, catalogFingerprintSql, loadCatalog } from '../catalog/index.ts';
import { CordonError, safeText } from '../errors/index.ts';
import { createGuard, type Guard } from '../guard/guard.ts';
import { type TokenKeys, TokenVerifier } from '../guard/identity.ts';
import { checkPolicy, type Decision, type LoadedPolicy } from '../policy/index.ts';
import { createParser, type Parser } from '../sql/index.ts';
import { Border, type Speaker } from './border.ts';
import { type Caller, Callers } from './callers.ts';
import { type CatalogReader, type CatalogSource, CatalogWatch } from './catalog-watch.ts';
import { type DriverModule, driverModule } from './driver-module.ts';
import { type EmbeddedDatabase, EmbeddedPool, isEmbedded } from './embedded-pool.ts';
import { GuardedPool as Guarded } from './guarded-pool.ts';
import { asInstanceOf } from './instance-of.ts';
import { PolicyMistakes, type PolicySource, readPolicy } from './policy-source.ts';
import { guardedSql } from './postgres-js/guarded-sql.ts';
import { errorsOf, isPostgresJs, type PostgresJs, poolFor, settingsOf } from './postgres-js/instance.ts';
import type { RawPool } from './raw-driver.ts';
import { Source } from './source.ts';
import { folderOf, tokenKeys } from './token-keys.ts';
import type { VerifiedCaller } from './verified-caller.ts';

/** Between a change of the database and a guard that knows it, statements are judged by the old catalog for at most this long. */
const WATCH_EVERY_MS = 5_000;

export interface CordonOptions {
  readonly policy: PolicySource;
  /** A pool of `pg`, an instance of `postgres.js`, or PGlite. From now on it belongs to the wrapper: nothing else may use its connections. */
  readonly pool: pg.Pool | EmbeddedDatabase;
  /**
   * The module `pg`, for a library that asks whether it is given a pool of `pg` and has a copy of its own, as the adapter of Prisma may.
   * Left out: that of the pool, and over PGlite the one that this package depends on.
   */
  readonly pg?: { readonly Pool: unknown };
  /** Keys that tokens are verified by; those that the policy names, if left out. */
  readonly keys?: TokenKeys;
  /** Told of each decision. */
  readonly onDecision?: (decision: Decision) => void;
  /** How often the catalog is looked at, in milliseconds; 0: never. */
  readonly watchEveryMs?: number;
}

/** A guarded pool has the shape of `pg`'s, and its types. */
export type GuardedPool = pg.Pool;

export function cordon(options: CordonOptions): Promise<Cordon>;
export function cordon<S extends PostgresJs>(
  options: Omit<CordonOptions, 'pool'> & { readonly pool: S },
): Promise<SqlCordon<S>>;
export async function cordon<S extends PostgresJs>(
  given: Omit<CordonOptions, 'pool'> & { readonly pool: CordonOptions['pool'] | S },
): Promise<Cordon | SqlCordon<S>> {
  if (!isPostgresJs(given.pool)) return pgCordon({ ...given, pool: given.pool });
  const { source, watch } = await begin({ ...given, pool: poolFor(given.pool) });
  return new SqlCordon<S>(source, watch, given.pool);
}

async function pgCordon(options: CordonOptions): Promise<Cordon> {
  const { source, watch } = await begin(options);
  return new Cordon(source, watch, poolClassOf(options));
}

async function begin(
  options: CordonOptions,
): Promise<{ readonly source: Source; readonly watch: CatalogWatch }> {
  const policy = await readPolicy(options.policy);
  const source = sourceOf(options.pool, policy);
  const watch = await CatalogWatch.start(
    new DatabaseCatalog(source, policy, await createParser(), options.onDecision),
    options.watchEveryMs ?? WATCH_EVERY_MS,
  );
  const verifier = () => readVerifier(options, policy);
  source.border = new Border(policy, watch, verifier, options.onDecision ?? (() => undefined));
  return { source, watch };
}

/** A wrapped pool. Code that holds it may act for anyone; code that holds what `as` answers, for that caller alone. */
export class Cordon {
  readonly #callers: Callers;
  readonly #poolClass: unknown;
  /** A pool for whoever `run` names; for nobody outside of it. */
  readonly pool: GuardedPool;
  /** The module `pg`, for libraries that make their own pools and clients; all are for whoever `run` names. */
  readonly pg: DriverModule;

  constructor(source: Source, watch: CatalogWatch, poolClass: unknown) {
    this.#callers = new Callers(source, watch);
    this.#poolClass = poolClass;
    this.pool = this.#pool(this.#callers.current);
    this.pg = driverModule(source, this.#callers.current, poolClass);
  }

  /** The caller of a signed token. Throws CORDON_TOKEN_INVALID or CORDON_CLAIM_INVALID. */
  verify(token: string): Promise<VerifiedCaller> {
    return this.#callers.verify(token);
  }

  /**
   * A pool for one caller, in the shape of `pg`'s; for nobody where none is given. A token is verified with the first query,
   * and has to hold with each.
   */
  as(caller?: Caller | string): GuardedPool {
    return this.#pool(this.#callers.speaker(caller));
  }

  /** A pool for a service role of the policy, such as migrations. */
  service(role: string): GuardedPool {
    return this.#pool(this.#callers.service(role));
  }

  /** Runs work in which `pool` and `pg` are for this caller, in all that it starts; for nobody where none is given. */
  run<T>(caller: Caller | undefined, work: () => T): T {
    return this.#callers.run(caller, work);
  }

  /** Runs work in which `pool` and `pg` are for a service role of the policy, for libraries that make their own connections. */
  runService<T>(role: string, work: () => T): T {
    return this.#callers.runService(role, work);
  }

  /** Looks now whether the schema has changed, and follows it. */
  refresh(): Promise<void> {
    return this.#callers.refresh();
  }

  /** Ends the wrapper and the pool that it was given. */
  close(): Promise<void> {
    return this.#callers.close();
  }

  #pool(speaker: Speaker): GuardedPool {
    return asInstanceOf(
      new Guarded(this.#callers.source, speaker),
      this.#poolClass,
    ) as unknown as GuardedPool;
  }
}

/** The same around an instance of `postgres.js`: what it hands out is `sql`, for one caller. */
export class SqlCordon<S> {
  readonly #callers: Callers;
  readonly #sqlFor: (speaker: Speaker) => S;
  /** For whoever `run` names; for nobody outside of it. */
  readonly sql: S;

  constructor(source: Source, watch: CatalogWatch, instance: PostgresJs) {
    this.#callers = new Callers(source, watch);
    const errorOf = errorsOf(instance);
    this.#sqlFor = (speaker) =>
      guardedSql({ source, speaker, settings: settingsOf(instance), errorOf }) as unknown as S;
    this.sql = this.#sqlFor(this.#callers.current);
  }

  /** The caller of a signed token. Throws CORDON_TOKEN_INVALID or CORDON_CLAIM_INVALID. */
  verify(token: string): Promise<VerifiedCaller> {
    return this.#callers.verify(token);
  }

  /** `sql` for one caller; for nobody where none is given. */
  as(caller?: Caller | string): S {
    return this.#sqlFor(this.#callers.speaker(caller));
  }

  /** `sql` for a service role of the policy. */
  service(role: string): S {
    return this.#sqlFor(this.#callers.service(role));
  }

  /** Runs work in which `sql` is for this caller, in all that it starts; for nobody where none is given. */
  run<T>(caller: Caller | undefined, work: () => T): T {
    return this.#callers.run(caller, work);
  }

  /** Looks now whether the schema has changed, and follows it. */
  refresh(): Promise<void> {
    return this.#callers.refresh();
  }

  close(): Promise<void> {
    return this.#callers.close();
  }
}

function poolClassOf({ pool, pg: given }: CordonOptions): unknown {
  return given?.Pool ?? (isEmbedded(pool) ? pg.Pool : pool.constructor);
}

function sourceOf(pool: CordonOptions['pool'], policy: LoadedPolicy): Source {
  const searchPath = policy.schemas;
  if (isEmbedded(pool)) return new Source(new EmbeddedPool(pool), { searchPath, isEmbedded: true });
  const raw = pool as unknown as RawPool & { options?: { pipeline?: unknown } };
  if (typeof raw.connect !== 'function' || raw.options?.pipeline === true)
    throw new CordonError('CORDON_UPSTREAM_UNUSABLE', {
      reason: safeText('it is neither a pool of `pg` without `pipeline` nor PGlite'),
    });
  // A connection that is lost while nobody has it is the pool's to replace, and no reason to end the process.
  raw.on('error', () => undefined);
  return new Source(raw, { searchPath, isEmbedded: false });
}

async function readVerifier(
  { keys, policy: given }: CordonOptions,
  policy: LoadedPolicy,
): Promise<TokenVerifier> {
  const folder = folderOf(typeof given === 'string' ? given : undefined);
  return new TokenVerifier({ policy, keys: await tokenKeys(policy, folder, keys), now: Date.now });
}

/** Reads the catalog over the wrapped pool. */
class DatabaseCatalog implements CatalogSource {
  readonly #source: Source;
  readonly #policy: LoadedPolicy;
  readonly #parser: Parser;
  readonly #onDecision: ((decision: Decision) => void) | undefined;
  #guard: Guard | undefined;

  constructor(
    source: Source,
    policy: LoadedPolicy,
    parser: Parser,
    onDecision: ((decision: Decision) => void) | undefined,
  ) {
    this.#source = source;
    this.#policy = policy;
    this.#parser = parser;
    this.#onDecision = onDecision;
  }

  visit<T>(work: (catalog: CatalogReader) => Promise<T>): Promise<T> {
    return this.#source.ask((query) => work(this.over(query)));
  }

  over(query: CatalogQuery): CatalogReader {
    return { fingerprint: () => this.#fingerprint(query), load: () => this.#load(query) };
  }

  async #fingerprint(query: CatalogQuery): Promise<string> {
    const [row] = await query(catalogFingerprintSql(this.#guard?.catalog.dialect));
    return String(row?.fingerprint);
  }

  async #load(query: CatalogQuery): Promise<Guard> {
    await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Without the transaction, whether or not it was read: the connection may be a client's.
    const catalog = await loadCatalog(query, { searchPath: this.#policy.schemas }).finally(() =>
      query('ROLLBACK'),
    );
    const isFirst = this.#guard === undefined;
    const mistakes = isFirst ? checkPolicy(this.#policy, catalog) : [];
    if (mistakes.length > 0) throw new PolicyMistakes(mistakes);
    this.#guard = createGuard({
      policy: this.#policy,
      catalog,
      parser: this.#parser,
      ...(this.#onDecision === undefined ? {} : { onDecision: this.#onDecision }),
    });
    return this.#guard;
  }
}
