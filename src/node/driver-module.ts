/** The module `pg` for libraries that make their own clients and pools: theirs lead to the wrapped pool. */
import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { Speaker } from './border.ts';
import { GuardedClient } from './guarded-client.ts';
import { GuardedPool } from './guarded-pool.ts';
import { asInstanceOf } from './instance-of.ts';
import type { Source } from './source.ts';

/** What is looked for in `pg`. */
export interface DriverModule {
  /** Takes the settings of a connection and does not need them. */
  readonly Client: new (
    options?: unknown,
  ) => GuardedClient;
  readonly Pool: new (options?: unknown) => GuardedPool;
  readonly Query: typeof pg.Query;
  readonly types: typeof pg.types;
  readonly defaults: typeof pg.defaults;
  readonly DatabaseError: typeof pg.DatabaseError;
  readonly TypeOverrides: typeof pg.TypeOverrides;
  readonly escapeIdentifier: typeof pg.escapeIdentifier;
  readonly escapeLiteral: typeof pg.escapeLiteral;
  readonly native: null;
}

export function driverModule(source: Source, speaker: Speaker, poolClass: unknown): DriverModule {
  const Client = function GuardedDriverClient() {
    const client = new GuardedClient(source, speaker, { isOwn: true });
    // Sequelize listens here while it connects. Nothing is ever said.
    return Object.defineProperty(client, 'connection', { value: new EventEmitter() });
  } as unknown as DriverModule['Client'];
  const Pool = function GuardedDriverPool() {
    return asInstanceOf(new GuardedPool(source, speaker), poolClass);
  } as unknown as DriverModule['Pool'];
  const { Query, types, defaults, DatabaseError, TypeOverrides, escapeIdentifier, escapeLiteral } = pg;
  return Object.freeze({
    Client,
    Pool,
    Query,
    types,
    defaults,
    DatabaseError,
    TypeOverrides,
    escapeIdentifier,
    escapeLiteral,
    native: null,
  });
}
