/** Cordon in front of the database, in the process of the shop: this file is the whole integration. */
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { cordonFastify } from 'cordon/fastify';
import { cordon } from 'cordon/node';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Access } from './access.ts';
import { openDatabase } from './database.ts';
import { COOKIE } from './session.ts';

const POLICY = fileURLToPath(new URL('../../demo/cordon.yaml', import.meta.url));

export async function openGuard(
  app: FastifyInstance,
  pool: pg.Pool | PGlite,
  secret: string,
): Promise<Pick<Access, 'db' | 'as'>> {
  const db = await cordon({ policy: POLICY, pool, keys: { kind: 'secret', secret } });
  await app.register(cordonFastify, { cordon: db, token: { cookie: COOKIE } });
  return {
    db: openDatabase(db.pool),
    as: (person, work) => db.run({ sub: person.id, tenant: person.tenant, region: person.region }, work),
  };
}
