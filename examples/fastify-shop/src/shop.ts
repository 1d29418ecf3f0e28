/** Puts the shop together: a variant of its pages, a database, with or without Cordon. */
import type { Writable } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';
import Fastify, { type FastifyInstance } from 'fastify';
import type { PostgresPool } from 'kysely';
import pg from 'pg';
import type { Access } from './access.ts';
import { openDatabase } from './database.ts';
import { EmbeddedPool } from './embedded.ts';
import { Sessions } from './session.ts';
import { soundPages } from './sound.ts';
import { vulnerablePages } from './vulnerable.ts';

export interface ShopOptions {
  readonly pages: 'sound' | 'vulnerable';
  readonly guarded: boolean;
  /** The embedded database, or the connection string of a Postgres server. */
  readonly database: PGlite | string;
  /** Signs the sessions; at least 32 bytes. */
  readonly secret: string;
  /** Where the log goes; standard output where it is left out. */
  readonly log?: Writable;
}

const PAGES = { sound: soundPages, vulnerable: vulnerablePages } as const;

export async function openShop(options: ShopOptions): Promise<FastifyInstance> {
  const { pages, guarded, database, secret, log } = options;
  const app = Fastify({ logger: { level: 'warn', ...(log === undefined ? {} : { stream: log }) } });
  const sessions = new Sessions(secret);
  const pool = typeof database === 'string' ? new pg.Pool({ connectionString: database }) : database;
  const access: Access = guarded
    ? { sessions, ...(await (await import('./guarded.ts')).openGuard(app, pool, secret)) }
    : { sessions, db: openDatabase(unguarded(pool)), as: (_person, work) => work() };
  await app.register(PAGES[pages](access));
  app.addHook('onClose', () => access.db.destroy());
  return app;
}

function unguarded(pool: pg.Pool | PGlite): PostgresPool {
  return pool instanceof pg.Pool ? pool : new EmbeddedPool(pool);
}
