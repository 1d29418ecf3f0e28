/** A row with each value as the database writes it in text, so that PGlite and Postgres compare as equal. */
export type TextRow = Readonly<Record<string, string | null>>;

/** A database of a test's own: real, empty at first, gone after `stop`. */
export interface TestDatabase {
  readonly kind: 'pglite' | 'postgres';
  /** For test names: `pglite 17.5`, `postgres 15.8`. */
  readonly name: string;
  /** What a client connects to; `pglite:` for the embedded one, which has no socket. */
  readonly url: string;
  /** One statement, past every guard, as superuser. */
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly TextRow[]>;
  /** A script of several statements. */
  run(sql: string): Promise<void>;
  stop(): Promise<void>;
}
