/**
 * Ordinary statements: what alice gets through the guard from the whole shop is what a shadow of it answers that holds her rows
 * alone, with NULL in the columns that are hidden from her.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Guard } from '../../src/guard/guard.ts';
import { GuardedClient, WorldGuards } from '../attacks/guarded.ts';
import { observe } from '../attacks/observation.ts';
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

/** Hidden columns are empty in the shadow, and nobody's keys are checked there: resource 26 stays, its owner does not. */
const SHADOW_SQL = `
SET session_replication_role = replica;
UPDATE users SET password_hash = NULL, reset_token = NULL, is_admin = NULL;
UPDATE payment_methods SET card_token = NULL; UPDATE permissions SET token = NULL;
SET session_replication_role = origin;`;

/** What alice sees of every relation afterwards. */
const VISIBLE_SQL = `
SELECT id, email FROM users ORDER BY id; SELECT * FROM profiles ORDER BY id; SELECT * FROM addresses ORDER BY id;
SELECT id, profile_id, brand, last4 FROM payment_methods ORDER BY id; SELECT * FROM resources ORDER BY id;
SELECT resource_id, user_id FROM permissions ORDER BY 1; SELECT * FROM orders ORDER BY id; SELECT * FROM products ORDER BY id`;

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
  const got = await runAndUndo(statement.text, shop, (text) => client.run(text, ALICE));
  const wanted = await runAndUndo(statement.text, shadow, (text) => shadow.connection.simple(text));
  const sent = JSON.stringify(client.sent);
  if (statement.exception?.kind === 'refused') expect(got.code, sent).toBe('42501');
  else if (statement.exception?.kind === 'differs') expect(got.code, sent).toBeUndefined();
  else {
    expect(wanted.code, wanted.answer).toBeUndefined();
    expect(got.answer, sent).toBe(wanted.answer);
    expect(got.visible, sent).toBe(wanted.visible);
  }
}

interface Run {
  readonly answer: string;
  readonly visible: string;
  readonly code: string | undefined;
}

type Sender = (text: string) => Promise<Parameters<typeof observe>[0]>;

async function runAndUndo(text: string, world: World, send: Sender): Promise<Run> {
  await world.connection.simple('BEGIN');
  const observed = observe((await send(text)).filter(({ kind }) => kind !== 'ready'));
  const visible: string[] = [];
  for (const query of observed.error === undefined ? VISIBLE_SQL.split(';') : []) {
    visible.push(observe((await send(query)).filter(({ kind }) => kind !== 'ready')).rows);
  }
  await world.connection.simple('ROLLBACK');
  const lines = observed.text.split('\n');
  const answer = (/order by/i.test(text) ? lines : lines.sort()).join('\n');
  return { answer, visible: visible.join('\n'), code: observed.error?.code };
}
