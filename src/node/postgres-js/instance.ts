/** What is read of an instance of `postgres.js`: where its database is, and how it turns values. Its own connections are never opened. */
import pg from 'pg';
import { isReported } from '../safe-error.ts';
import type { Settings } from './fragment.ts';

/** An instance of `postgres.js`. */
export interface PostgresJs {
  readonly options: object;
  unsafe(text: string): unknown;
}

interface Options extends Partial<Settings> {
  readonly host?: readonly string[];
  readonly port?: readonly number[];
  readonly path?: string | false;
  readonly database?: string;
  readonly user?: string;
  readonly pass?: string | (() => string | Promise<string>);
  readonly max?: number;
  readonly ssl?: unknown;
  readonly idle_timeout?: number | null;
  readonly connect_timeout?: number | null;
  readonly connection?: { readonly application_name?: string };
}

export function isPostgresJs(value: unknown): value is PostgresJs {
  const { options, unsafe } = value as Partial<PostgresJs>;
  return typeof value === 'function' && typeof unsafe === 'function' && typeof options === 'object';
}

/** A pool of `pg` with the settings of the instance. */
export function poolFor({ options }: PostgresJs): pg.Pool {
  const {
    host,
    port,
    path,
    database,
    user,
    pass,
    max,
    idle_timeout: idle,
    connect_timeout: connect,
    connection,
  } = options as Options;
  const folder = typeof path === 'string' ? path.replace(/\/\.s\.PGSQL\.\d+$/, '') : undefined;
  return new pg.Pool({
    host: folder ?? host?.[0] ?? 'localhost',
    port: port?.[0] ?? 5432,
    ...(database === undefined ? {} : { database }),
    ...(user === undefined ? {} : { user }),
    ...(pass === undefined || pass === '' ? {} : { password: pass }),
    max: max ?? 10,
    ssl: tlsOf((options as Options).ssl),
    idleTimeoutMillis: (idle ?? 10) * 1000,
    connectionTimeoutMillis: (connect ?? 30) * 1000,
    ...(connection?.application_name === undefined ? {} : { application_name: connection.application_name }),
  });
}

/** `require` asks for TLS and no more, as in `postgres.js`; without a word that is understood the name of the server is verified. */
function tlsOf(ssl: unknown): boolean | object {
  if (ssl === undefined || ssl === false || ssl === null || ssl === 'disable') return false;
  if (ssl === 'require' || ssl === 'allow' || ssl === 'prefer') return { rejectUnauthorized: false };
  return typeof ssl === 'object' ? ssl : true;
}

/** Parsers and transforms, copied: what code behind the guard changes in them is its own. */
export function settingsOf({ options }: PostgresJs): Settings {
  const { parsers, serializers, transform } = options as Options;
  return {
    parsers: { ...parsers },
    serializers: { ...serializers },
    transform: {
      undefined: transform?.undefined,
      column: { ...transform?.column },
      value: { ...transform?.value },
      row: { ...transform?.row },
    },
  };
}

type ErrorClass = new (fields: object) => Error;

/** Errors of the database as `PostgresError`, where the instance has that class. */
export function errorsOf(instance: PostgresJs): (error: unknown) => unknown {
  const { PostgresError } = instance as { PostgresError?: ErrorClass };
  return (error) => {
    if (PostgresError === undefined || !isReported(error) || error instanceof PostgresError) return error;
    // It was made safe when it came from the database.
    const { severity, code, message, hint } = error as pg.DatabaseError;
    const fields = { severity_local: severity, severity, code, message };
    return new PostgresError(hint === undefined ? fields : { ...fields, hint });
  };
}
