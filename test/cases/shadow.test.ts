/**
 * Ordinary statements: what alice gets through the guard from the whole shop is what a shadow of it answers that holds her rows
 * alone, with NULL in the columns that are hidden from her.
 */
import { afterAll, beforeAll, it } from 'vitest';
import type { Guard } from '../../src/guard/guard.ts';
import { GuardedClient, WorldGuards } from '../attacks/guarded.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  requirement,
  startPostgres,
} from '../databases/index.ts';
import { ALICE } from '../worlds/shop-policy.ts';
import { embeddedWorld, serverWorld, type World, type WorldName } from '../worlds/world.ts';
import { type OrdinaryStatement, readOrdinary } from './ordinary.ts';
import { expectAsShadow, runAndUndo, SHADOW_SQL } from './shadow.ts';

let server: PostgresDatabase | undefined;

const KINDS = [
  { kind: 'pglite', needs: requirement('pglite', undefined), start: embeddedWorld },
  {
    kind: 'postgres',
    needs: postgresRequirement(),
    start: async (name: WorldName) => {
      server ??= await startPostgres();
      return serverWorld(name, server);
    },
  },
] as const;

for (const { kind, needs, start } of KINDS) {
  describeWith([needs], `ordinary statements on ${kind}`, () => {
    let shop: World;
    let shadow: World;
    let guard: Guard;

    beforeAll(async () => {
      shop = await start('a');
      shadow = await start('b');
      await shadow.connection.simple(SHADOW_SQL);
      guard = await new WorldGuards(shop).guardFor('shop', 'mask', false);
    }, 120_000);
    afterAll(async () => {
      await shop.stop();
      await shadow.stop();
      if (kind === 'postgres') await server?.stop();
    });

    for (const [index, statement] of [
      ...readOrdinary('reads.sql'),
      ...readOrdinary('writes.sql'),
    ].entries()) {
      it(`${index + 1} ${statement.text}`, async () => compare(statement, guard, shop, shadow));
    }
  });
}

async function compare(
  statement: OrdinaryStatement,
  guard: Guard,
  shop: World,
  shadow: World,
): Promise<void> {
  const client = new GuardedClient(guard.session(), shop.connection);
  const got = await runAndUndo(statement.text, shop.connection.simple, (text) => client.run(text, ALICE));
  const wanted = await runAndUndo(statement.text, shadow.connection.simple, (text) =>
    shadow.connection.simple(text),
  );
  expectAsShadow(statement, got, wanted, JSON.stringify(client.sent));
}
