/**
 * Loads a script that was written for PostgreSQL into CockroachDB, as far as it goes: from its documentation, not run. What
 * the server refuses is left out and told.
 */
import { appendFileSync } from 'node:fs';
import { splitScript } from '../../scripts/split-script.ts';
import type { Connection } from './connection.ts';

/** A key of a row whose owner is left out of one of the worlds; CockroachDB cannot switch keys off while rows are loaded. */
const LATE_KEY = {
  from: 'owner_id uuid REFERENCES users',
  to: 'owner_id uuid',
  // docs:foreign-key.md: NOT VALID leaves the rows that are there unchecked.
  after:
    'ALTER TABLE resources ADD CONSTRAINT resources_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users NOT VALID',
};

const OBJECTS = `
SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')`;

export class CockroachSchema {
  readonly #connection: Connection;
  readonly #told = new Set<string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async load(schema: string, rows: string): Promise<void> {
    await this.#clear();
    await this.run(schema.replace(LATE_KEY.from, LATE_KEY.to));
    await this.run(rows);
    await this.run(LATE_KEY.after);
  }

  /** Runs each statement; one that is refused is told once. */
  async run(script: string): Promise<void> {
    for (const statement of splitScript(script)) {
      const answers = await this.#connection.simple(statement);
      const failed = answers.find((answer) => answer.kind === 'error');
      if (failed?.kind === 'error')
        this.#tell(`${failed.fields.C} ${withoutComments(statement).slice(0, 100)}`);
    }
  }

  async #clear(): Promise<void> {
    for (const text of [
      'ROLLBACK',
      'RESET ALL',
      'SET search_path = public',
      'DROP SCHEMA IF EXISTS evil CASCADE',
    ])
      await this.#connection.simple(text);
    for (const answer of await this.#connection.simple(OBJECTS)) {
      if (answer.kind !== 'row') continue;
      const [kind, name = ''] = answer.values;
      await this.#connection.simple(`DROP ${kind} IF EXISTS "${(name ?? '').replaceAll('"', '""')}" CASCADE`);
    }
  }

  #tell(line: string): void {
    if (this.#told.has(line)) return;
    this.#told.add(line);
    const file = process.env.CORDON_TEST_DIFFERENCES;
    if (file !== undefined) appendFileSync(file, `not made on this server: ${line}\n`);
  }
}

function withoutComments(statement: string): string {
  return statement.replace(/--.*$/gm, '').trim().replace(/\s+/g, ' ');
}
