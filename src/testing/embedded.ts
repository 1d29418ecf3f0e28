/** A database in memory with the application's own schema and policy, for its tests. */
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { type Caller, type Cordon, type CordonOptions, cordon, type GuardedPool } from '../node/index.ts';
import { Owner } from './owner.ts';

export interface EmbeddedOptions extends Pick<CordonOptions, 'policy' | 'keys' | 'onDecision'> {
  /** SQL, or the path of a file that ends in `.sql`; several in their order. */
  readonly schema: string | readonly string[];
  readonly seed?: string | readonly string[];
}

/** Starts an embedded Postgres, loads the schema and the rows, and puts the policy in front of it. */
export async function embedded(options: EmbeddedOptions): Promise<Embedded> {
  const { schema, seed = [], ...more } = options;
  const pglite = await PGlite.create();
  const owner = new Owner(pglite);
  for (const script of [schema, seed].flat()) await owner.run(await textOf(script));
  return new Embedded(await cordon({ ...more, pool: pglite as never, watchEveryMs: 0 }), pglite, owner);
}

export class Embedded {
  /** The guarded database, as the application has it. */
  readonly db: Cordon;
  /** Past the guard: to prepare rows, and to look at what became of them. */
  readonly pglite: PGlite;
  readonly #owner: Owner;

  constructor(db: Cordon, pglite: PGlite, owner: Owner) {
    this.db = db;
    this.pglite = pglite;
    this.#owner = owner;
  }

  as(caller?: Caller | string): GuardedPool {
    return this.db.as(caller);
  }

  /** Runs a script as the owner of the database; the guard follows what it changes in the schema. */
  async run(script: string): Promise<void> {
    await this.#owner.run(script);
    await this.db.refresh();
  }

  async close(): Promise<void> {
    await this.db.close();
    await this.pglite.close();
  }
}

export async function textOf(script: string): Promise<string> {
  return /^[^\n;]+\.sql$/.test(script) ? readFile(script, 'utf8') : script;
}
