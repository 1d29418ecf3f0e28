/** The shop in memory: the schema and the rows of the demo on PGlite, with nothing to install. */
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';

const DEMO = new URL('../../demo/', import.meta.url);

export async function openEmbedded(): Promise<PGlite> {
  const pglite = await PGlite.create();
  for (const file of ['schema.sql', 'seed.sql']) {
    await pglite.exec(await readFile(new URL(file, DEMO), 'utf8'));
  }
  return pglite;
}

/** PGlite as a pool of `pg`'s shape, for the shop without Cordon: one connection, one user at a time. */
export class EmbeddedPool implements PostgresPool {
  readonly #pglite: PGlite;
  #free: Promise<void> = Promise.resolve();

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async connect(): Promise<PostgresPoolClient> {
    const before = this.#free;
    let release = () => {};
    this.#free = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return { query: this.#query, release } as unknown as PostgresPoolClient;
  }

  async end(): Promise<void> {}

  // Like `pg`: a text without parameters may hold several statements.
  readonly #query = async (text: string, values: readonly unknown[] = []) => {
    const results =
      values.length === 0 ? await this.#pglite.exec(text) : [await this.#pglite.query(text, [...values])];
    const [result] = results;
    if (results.length !== 1 || result === undefined) return results;
    return { ...result, command: 'SELECT', rowCount: result.affectedRows || result.rows.length };
  };
}
