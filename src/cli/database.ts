/** A database that the command line asks by itself, as its operator: a server, or one embedded in this process. */
import type { PGlite } from '@electric-sql/pglite';
import { CordonError } from '../errors/index.ts';
import type { ControlConnection } from '../gateway/index.ts';
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
  /** Does work that should see the database as it is at one moment. */
  atOnce<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connects to a server. */
export async function connectDatabase(upstream: Upstream): Promise<Database> {
  const control = await connectControl(upstream);
  const ask = (text: string) => askServer(control, text);
  return {
    ask,
    atOnce: (work) => inTransaction(ask, SNAPSHOT, 'COMMIT', work),
    close: () => control.close(),
  };
}

/** A connection that is made when something is asked, and made anew when it was lost. */
export function reconnectingDatabase(upstream: Upstream): Database {
  let current: Promise<Database> | undefined;
  const connected = () => {
    current ??= connectDatabase(upstream);
    return current;
  };
  const lose = async (cause: unknown): Promise<never> => {
    const lost = current;
    current = undefined;
    await (await lost?.catch(() => undefined))?.close().catch(() => undefined);
    throw cause;
  };
  return {
    ask: (text) =>
      connected()
        .then((database) => database.ask(text))
        .catch(lose),
    atOnce: (work) =>
      connected()
        .then((database) => database.atOnce(work))
        .catch(lose),
    close: async () => (await current?.catch(() => undefined))?.close(),
  };
}

/** Asks an embedded database. */
export function embeddedDatabase(pglite: PGlite): Database {
  const parsers = Object.fromEntries(Object.keys(pglite.parsers).map((oid) => [oid, asText]));
  return {
    async ask(text) {
      const asked = pglite.query<(string | null)[]>(text, [], { rowMode: 'array', parsers });
      const result = await asked.catch(rethrowScrubbed);
      return { columns: result.fields.map(({ name }) => name), rows: result.rows };
    },
    // Its one session is lent to clients between two statements, so a transaction begun here would be theirs too.
    atOnce: (work) => work(),
    close: () => pglite.close(),
  };
}

/** Runs scripts of several statements. */
export async function runScripts(pglite: PGlite, scripts: readonly string[]): Promise<void> {
  for (const script of scripts) await pglite.exec(script).catch(rethrowScrubbed);
}

/** Runs a piece of work in a transaction that is undone, so that asking what a statement does changes nothing. */
export function undone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return inTransaction((text) => database.ask(text), 'BEGIN', 'ROLLBACK', work);
}

const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY';

async function inTransaction<T>(
  ask: Database['ask'],
  begin: string,
  end: string,
  work: () => Promise<T>,
): Promise<T> {
  await ask(begin);
  try {
    return await work();
  } finally {
    await ask(end);
  }
}

function askServer(control: ControlConnection, text: string): Promise<Rows> {
  return control.ask(text).catch(rethrowScrubbed);
}

const asText = (text: string): string => text;

function rethrowScrubbed(cause: unknown): never {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) throw cause;
  const safe = scrubDatabaseError({ severity: 'ERROR', code, message: String(message) });
  const error = safe.code === code ? 'CORDON_DATABASE_ERROR' : 'CORDON_NEW_ROW_DENIED';
  throw new CordonError(error, {}, { sqlstate: safe.code, cause });
}
