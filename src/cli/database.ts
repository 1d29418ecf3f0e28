/** A database that the command line asks by itself, as its operator: a server, or one embedded in memory. */
import { PGlite } from '@electric-sql/pglite';
import { CordonError } from '../errors/index.ts';
import { scrubDatabaseError } from '../redact/index.ts';
import { connectControl, type Upstream } from './upstream.ts';

/** An answer in text, as `psql` shows it. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A connection of the operator's own. */
export interface Database {
  /** Runs one statement; a failure keeps its SQLSTATE and none of its words. */
  ask(statement: string): Promise<Rows>;
  close(): Promise<void>;
}

/** Connects to a server. */
export async function connectDatabase(upstream: Upstream): Promise<Database> {
  const client = await connectControl(upstream);
  const types = { getTypeParser: () => (text: string) => text };
  return {
    async ask(text) {
      const asked = client.query<(string | null)[]>({ text, rowMode: 'array', types });
      const result = await asked.catch(rethrowScrubbed);
      return { columns: result.fields.map(({ name }) => name), rows: result.rows };
    },
    close: () => client.end(),
  };
}

/** Opens a database in memory and runs scripts in it, such as a schema and its rows. */
export async function embedDatabase(scripts: readonly string[]): Promise<Database> {
  const pglite = await PGlite.create();
  for (const script of scripts) await pglite.exec(script).catch(rethrowScrubbed);
  const parsers = Object.fromEntries(Object.keys(pglite.parsers).map((oid) => [oid, (text: string) => text]));
  return {
    async ask(text) {
      const asked = pglite.query<(string | null)[]>(text, [], { rowMode: 'array', parsers });
      const result = await asked.catch(rethrowScrubbed);
      return { columns: result.fields.map(({ name }) => name), rows: result.rows };
    },
    close: () => pglite.close(),
  };
}

/** Runs a piece of work in a transaction that is undone, so that asking what a statement does changes nothing. */
export async function undone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  await database.ask('BEGIN');
  try {
    return await work();
  } finally {
    await database.ask('ROLLBACK');
  }
}

function rethrowScrubbed(cause: unknown): never {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) throw cause;
  const safe = scrubDatabaseError({ severity: 'ERROR', code, message: String(message) });
  const denied = safe.code !== code;
  const error = denied ? 'CORDON_NEW_ROW_DENIED' : 'CORDON_DATABASE_ERROR';
  throw new CordonError(error, {}, { sqlstate: safe.code, cause });
}
