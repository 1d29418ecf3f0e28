/**
 * Ordinary statements: what alice gets through the guard from the whole shop is what a shadow of it answers that holds her rows
 * alone, with NULL in the columns that are hidden from her.
 */
import { afterAll, beforeAll, it } from 'vitest';
import type { Guard } from '../../src/guard/guard.ts';
import { GuardedClient, WorldGuards } from '../attacks/guarded.ts';
import { describeWorlds, WORLDS } from '../worlds/describe-worlds.ts';
import { ALICE } from '../worlds/shop-policy.ts';
import type { World } from '../worlds/world.ts';
import { ORDINARY, type OrdinaryStatement } from './ordinary.ts';
import { expectAsShadow, runAndUndo, SHADOW_SQL } from './shadow.ts';

describeWorlds('ordinary statements', WORLDS, (start) => {
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
  });

  for (const [index, statement] of ORDINARY.entries()) {
    it(`${index + 1} ${statement.text}`, async () => compare(statement, guard, shop, shadow));
  }
});

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
