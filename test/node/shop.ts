/** The wrapper around a database of a test's own, with the small shop of the gateway's tests. */
import pg from 'pg';
import { type Cordon, type CordonOptions, cordon } from '../../src/node/index.ts';
import {
  describeDatabases,
  type PgliteDatabase,
  type PostgresDatabase,
  type TestDatabase,
  TOKEN_SECRET,
} from '../databases/index.ts';
import { ALICE, BOB, loadShop, POLICY } from '../gateway/support/shop.ts';

export { ALICE, BOB, describeDatabases, loadShop, POLICY };

export const alice = { sub: ALICE };
export const bob = { sub: BOB };

/** A pool of `pg` for a server; PGlite itself. */
export function poolOf(database: TestDatabase, options: pg.PoolConfig = {}): CordonOptions['pool'] {
  if (database.kind === 'pglite') return new Unclosed((database as PgliteDatabase).pglite) as never;
  const { host, port, user, database: name } = database as PostgresDatabase;
  return new pg.Pool({ host, port, user, database: name, max: 4, ...options });
}

/** PGlite that outlives a wrapper. */
class Unclosed {
  readonly #pglite: PgliteDatabase['pglite'];
  constructor(pglite: PgliteDatabase['pglite']) {
    this.#pglite = pglite;
  }
  execProtocolRawStream(...given: Parameters<PgliteDatabase['pglite']['execProtocolRawStream']>) {
    return this.#pglite.execProtocolRawStream(...given);
  }
  runExclusive<T>(work: () => Promise<T>): Promise<T> {
    return this.#pglite.runExclusive(work);
  }
  syncToFs(): Promise<void> {
    return this.#pglite.syncToFs();
  }
  async close(): Promise<void> {}
}

export function wrap(database: TestDatabase, changes: Partial<CordonOptions> = {}): Promise<Cordon> {
  return cordon({
    policy: POLICY as never,
    pool: poolOf(database),
    keys: { kind: 'secret', secret: TOKEN_SECRET },
    watchEveryMs: 0,
    ...changes,
  });
}
