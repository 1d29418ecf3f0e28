import type { PGlite } from '@electric-sql/pglite';

type Cells = readonly (string | null)[];

/** The owner of an embedded database: past every guard, values as the database writes them. */
export class Owner {
  readonly #pglite: PGlite;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async run(script: string): Promise<void> {
    await this.#pglite.exec(script);
  }

  /** Whether the database takes a statement. */
  async try(text: string): Promise<boolean> {
    return this.#pglite.query(text).then(
      () => true,
      () => false,
    );
  }

  async rows(text: string): Promise<readonly Cells[]> {
    const parsers = Object.fromEntries(Object.keys(this.#pglite.parsers).map((type) => [type, same]));
    const { rows } = await this.#pglite.query<Cells>(text, [], { rowMode: 'array', parsers });
    return rows;
  }

  /** The same, with the names of columns. */
  async records(text: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.#pglite.query<Record<string, unknown>>(text)).rows;
  }
}

function same(value: string): string {
  return value;
}
