/** Ordinary statements through the wrapper in process: what a shadow of the shop answers that holds alice's rows alone. */
import type pg from 'pg';
import { afterAll, beforeAll, it } from 'vitest';
import { AS_TEXT, answersOf, PLACES, type Place, wrap } from '../attacks/through-wrapper.ts';
import { describeWorlds } from '../worlds/describe-worlds.ts';
import { ALICE } from '../worlds/shop-policy.ts';
import { ORDINARY } from './ordinary.ts';
import { expectAsShadow, runAndUndo, SHADOW_SQL } from './shadow.ts';

const { user, tenant, region } = Object.fromEntries(ALICE.claims);
const CALLER = { sub: user, tenant: Number(tenant), region };

describeWorlds('ordinary statements in process', PLACES, (start) => {
  let shop: Place;
  let shadow: Place;
  let db: Awaited<ReturnType<typeof wrap>>;

  beforeAll(async () => {
    shop = await start('a');
    shadow = await start('b');
    await shadow.world.connection.simple(SHADOW_SQL);
    db = await wrap(shop, await shop.guards.guardFor('shop', 'mask', false));
  }, 120_000);
  afterAll(async () => {
    await db.close();
    await shop.stop();
    await shadow.stop();
  });

  for (const [index, statement] of ORDINARY.entries()) {
    it(`${index + 1} ${statement.text}`, async () => {
      const client = await db.as(CALLER).connect();
      const query = (text: string) => client.query({ text, rowMode: 'array', types: AS_TEXT });
      const got = await runAndUndo(statement.text, query, (text) =>
        answersOf(query(text) as Promise<pg.QueryResult>, text),
      );
      client.release();
      const { simple } = shadow.world.connection;
      const wanted = await runAndUndo(statement.text, simple, simple);
      expectAsShadow(statement, got, wanted);
    });
  }
});
