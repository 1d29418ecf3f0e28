/** Peers of the guard in `bench/in-process.ts`: the same two reads, scoped to their owner in the way of each library. */
import './group-by.mjs';
import { PrismaPg } from '@prisma/adapter-pg';
import { ZenStackClient } from '@zenstackhq/orm';
import { PolicyPlugin } from '@zenstackhq/plugin-policy';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { PrismaClient } from './prisma/generated/client.ts';
import { schema } from './zenstack/generated/schema.ts';

const LIST = { orderBy: { placed: 'desc' }, take: 20 } as const;

export async function contenders(address: pg.PoolConfig, owner: string) {
  await prepareRoles(address, owner);
  return [zenstack(address, owner), prisma(address, owner)];
}

/** Row-level security does not bind a superuser, so Prisma logs in as somebody else. */
async function prepareRoles(address: pg.PoolConfig, owner: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  await client.query(`
    CREATE ROLE by_rls LOGIN; GRANT SELECT ON orders TO by_rls; ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON orders TO by_rls USING (owner = (SELECT current_setting('app.user', true)::uuid));`);
  await client.end();
  if (owner === '') throw new Error('an owner is needed');
}

function zenstack(address: pg.PoolConfig, owner: string) {
  const pool = new pg.Pool(address).on('error', () => undefined);
  const client = new ZenStackClient(schema, { dialect: new PostgresDialect({ pool }) });
  const db = client.$use(new PolicyPlugin()).$setAuth({ id: owner });
  return {
    name: 'ZenStack v3, policy plugin',
    point: async (id: number) => ((await db.order.findUnique({ where: { id } })) === null ? 0 : 1),
    list: async () => (await db.order.findMany(LIST)).length,
    close: () => pool.end(),
  };
}

function prisma(address: pg.PoolConfig, owner: string) {
  const client = new PrismaClient({ adapter: new PrismaPg({ ...address, user: 'by_rls' }) });
  // As the documentation of Prisma shows it: the setting and the query in one transaction.
  const db = client.$extends({
    query: {
      $allModels: {
        async $allOperations({ args, query }) {
          const [, result] = await client.$transaction([
            client.$executeRaw`SELECT set_config('app.user', ${owner}, TRUE)`,
            query(args),
          ]);
          return result;
        },
      },
    },
  });
  return {
    name: 'Prisma, row-level security by extension',
    point: async (id: number) => ((await db.order.findUnique({ where: { id } })) === null ? 0 : 1),
    list: async () => (await db.order.findMany(LIST)).length,
    close: () => client.$disconnect(),
  };
}
