/** Wraps a pool: from here on the database is reached through the guard, for a caller who is named outside of SQL. */
import type pg from 'pg';
import { type CatalogQuery, catalogFingerprintSql, loadCatalog } from '../catalog/index.ts';
import { CordonError, safeText } from '../errors/index.ts';
import { createGuard, type Guard } from '../guard/guard.ts';
import { type TokenKeys, TokenVerifier } from '../guard/identity.ts';
import { checkPolicy, type Decision, type LoadedPolicy, type VerifiedClaims } from '../policy/index.ts';
import { createParser, type Parser } from '../sql/index.ts';
import { Border, type Speaker } from './border.ts';
import { CallerContext } from './caller-context.ts';
import { type CatalogReader, type CatalogSource, CatalogWatch } from './catalog-watch.ts';
import { type DriverModule, driverModule } from './driver-module.ts';
import { type EmbeddedDatabase, EmbeddedPool, isEmbedded } from './embedded-pool.ts';
import { GuardedPool as Guarded } from './guarded-pool.ts';
import { asInstanceOf } from './instance-of.ts';
import { PolicyMistakes, type PolicySource, readPolicy } from './policy-source.ts';
import type { RawPool } from './raw-driver.ts';
import { Source } from './source.ts';
import { folderOf, tokenKeys } from './token-keys.ts';
import { VerifiedCaller } from './verified-caller.ts';

/** Between a change of the database and a guard that knows it, statements are judged by the old catalog for at most this long. */
const WATCH_EVERY_MS = 5_000;

/** A caller whose token `verify` has found to hold, or claims that the application vouches for, by the names of the token (`sub`, …). */
export type Caller = VerifiedCaller | VerifiedClaims;

export interface CordonOptions {
  readonly policy: PolicySource;
  /** A pool of `pg`, or PGlite. From now on it belongs to the wrapper: nothing else may use its connections. */
  readonly pool: pg.Pool | EmbeddedDatabase;
  /** Keys that tokens are verified by; those that the policy names, if left out. */
  readonly keys?: TokenKeys;
  /** Told of each decision. */
  readonly onDecision?: (decision: Decision) => void;
  /** How often the catalog is looked at, in milliseconds; 0: never. */
  readonly watchEveryMs?: number;
}

/** A guarded pool has the shape of `pg`'s, and its types. */
export type GuardedPool = pg.Pool;

export async function cordon(options: CordonOptions): Promise<Cordon> {
  const policy = await readPolicy(options.policy);
  const source = sourceOf(options.pool, policy);
  const watch = await CatalogWatch.start(
    new DatabaseCatalog(source, policy, await createParser(), options.onDecision),
    options.watchEveryMs ?? WATCH_EVERY_MS,
  );
  const verifier = () => readVerifier(options, policy);
  source.border = new Border(policy, watch, verifier, options.onDecision ?? (() => undefined));
  return new Cordon(source, watch, options.pool.constructor);
}

/** A wrapped pool. Code that holds it may act for anyone; code that holds what `as` answers, for that caller alone. */
export class Cordon {
  readonly #source: Source;
  readonly #watch: CatalogWatch;
  readonly #context = new CallerContext();
  readonly #poolClass: unknown;
  /** A pool for whoever `run` names; for nobody outside of it. */
  readonly pool: GuardedPool;
  /** The module `pg`, for libraries that make their own pools and clients; all are for whoever `run` names. */
  readonly pg: DriverModule;

  constructor(source: Source, watch: CatalogWatch, poolClass: unknown) {
    this.#source = source;
    this.#watch = watch;
    this.#poolClass = poolClass;
    const current: Speaker = () => this.#context.current;
    this.pool = this.#pool(current);
    this.pg = driverModule(source, current, poolClass);
  }

  /** The caller of a signed token. Throws CORDON_TOKEN_INVALID or CORDON_CLAIM_INVALID. */
  async verify(token: string): Promise<VerifiedCaller> {
    return VerifiedCaller.of(await this.#source.border.ofToken(token));
  }

  /**
   * A pool for one caller, in the shape of `pg`'s; for nobody where none is given. A token is verified with the first query,
   * and has to hold with each.
   */
  as(caller?: Caller | string): GuardedPool {
    if (typeof caller === 'string') return this.#pool(() => this.#source.border.ofToken(caller));
    const principal = this.#source.border.principal(caller);
    return this.#pool(() => principal);
  }

  /** A pool for a service role of the policy, such as migrations. */
  service(role: string): GuardedPool {
    const principal = this.#source.border.service(role);
    return this.#pool(() => principal);
  }

  /** Runs work in which `pool` and `pg` are for this caller, in all that it starts; for nobody where none is given. */
  run<T>(caller: Caller | undefined, work: () => T): T {
    return this.#context.run(this.#source.border.principal(caller), work);
  }

  /** Runs work in which `pool` and `pg` are for a service role of the policy, such as migrations. */
  runService<T>(role: string, work: () => T): T {
    return this.#context.run(this.#source.border.service(role), work);
  }

  /** Looks now whether the schema has changed, and follows it. */
  refresh(): Promise<void> {
    return this.#watch.check();
  }

  /** Ends the wrapper and the pool that it was given. */
  async close(): Promise<void> {
    this.#watch.stop();
    await this.#source.end();
  }

  #pool(speaker: Speaker): GuardedPool {
    return asInstanceOf(new Guarded(this.#source, speaker), this.#poolClass) as unknown as GuardedPool;
  }
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
  return new TokenVerifier({ policy, keys: keys ?? (await tokenKeys(policy, folder)), now: Date.now });
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
    return this.#source.ask((query) =>
      work({ fingerprint: () => this.#fingerprint(query), load: () => this.#load(query) }),
    );
  }

  async #fingerprint(query: CatalogQuery): Promise<string> {
    const [row] = await query(catalogFingerprintSql(this.#guard?.catalog.dialect));
    return String(row?.fingerprint);
  }

  async #load(query: CatalogQuery): Promise<Guard> {
    await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const catalog = await loadCatalog(query, { searchPath: this.#policy.schemas });
    await query('COMMIT');
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
