/** Answers of the database that come in two pieces, or end, at each of their bytes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FrontendMessage } from '../../src/pgwire/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { as, loadShop } from '../gateway/support/shop.ts';
import type { RunningGateway } from '../gateway/support/start-gateway.ts';
import { bind, describePortal, execute, parse, WireClient, words } from '../gateway/support/wire-client.ts';
import type { FaultyRelay } from './support/faulty-relay.ts';
import { startRelayed, WAYS } from './support/relayed-gateway.ts';

/** `CORDON_TEST_BYTES=1` takes every byte; every so many of them are for every run, begun elsewhere in each conversation. */
const STRIDE = Number(process.env.CORDON_TEST_BYTES ?? 5);
const ENDED_MS = 10_000;
const NOTES = 'SELECT id, body FROM notes ORDER BY id';

const query = (text: string): FrontendMessage => ({ kind: 'Query', text });
const SYNC: FrontendMessage = { kind: 'Sync' };

/** Each ends with one ReadyForQuery, and together they have each kind of answer. */
const CONVERSATIONS: readonly (readonly [string, readonly FrontendMessage[]])[] = [
  ['a Query', [query(as('alice', NOTES))]],
  ['an error', [query(as('alice', 'SELECT 1 / (id - 1) FROM notes'))]],
  ['COPY TO STDOUT', [query('COPY goods TO STDOUT')]],
  [
    'a batch',
    [
      parse(as('alice', 'SELECT body FROM notes ORDER BY id')),
      bind(),
      describePortal(),
      execute('', 1),
      SYNC,
    ],
  ],
];

describeWith([postgresRequirement()], 'the bytes of an answer', () => {
  let database: PostgresDatabase;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
  });
  afterAll(() => database?.stop());

  describe.each(WAYS)('with %s', (way) => {
    let relay: FaultyRelay;
    let running: RunningGateway;
    beforeEach(async () => {
      const started = await startRelayed(database, way, 2_000, { connectionsMax: 1, waitMs: 5_000 });
      relay = started.relay;
      running = started.running;
      return started.stop;
    });

    const asked = async (client: WireClient, messages: readonly FrontendMessage[]) =>
      words(await client.send(...messages).untilReady());
    const ended = async (client: WireClient): Promise<readonly string[] | undefined> =>
      Promise.race([client.untilClosed(), sleep(ENDED_MS, undefined, { ref: false })]);

    it.each(CONVERSATIONS)('of %s may come in two pieces', { timeout: 120_000 }, async (_, messages) => {
      const client = await WireClient.login(running.port);
      const wanted = await asked(client, messages);
      const before = relay.passed;
      expect(await asked(client, messages)).toEqual(wanted);
      const length = relay.passed - before;
      for (let bytes = length % STRIDE; bytes < length; bytes += STRIDE) {
        relay.fault = { kind: 'after', bytes, next: 'pause' };
        expect(await asked(client, messages), `after ${bytes} of ${length} bytes`).toEqual(wanted);
        relay.fault = { kind: 'none' };
      }
      client.close();
    });

    it.each(CONVERSATIONS)(
      'of %s may end anywhere: the client is told what came whole, and an error',
      {
        timeout: 120_000,
      },
      async (_, messages) => {
        const first = await WireClient.login(running.port);
        const wanted = await asked(first, messages);
        const before = relay.passed;
        await asked(first, messages);
        const length = relay.passed - before;
        first.close();
        for (let bytes = length % STRIDE; bytes < length; bytes += STRIDE) {
          const client = await WireClient.login(running.port);
          await asked(client, messages);
          await asked(client, messages);
          relay.fault = { kind: 'after', bytes, next: bytes % 2 === 0 ? 'close' : 'reset' };
          const told = (await ended(client.send(...messages))) ?? ['no end'];
          expect(told.at(-1), `after ${bytes} of ${length} bytes`).toBe('FATAL 08006');
          const whole = told.slice(0, -1);
          expect(wanted.slice(0, whole.length), `after ${bytes} of ${length} bytes`).toEqual(whole);
          expect(whole.at(-1) ?? '').not.toMatch(/^ready/);
        }
        const next = await WireClient.login(running.port);
        expect(await asked(next, messages)).toEqual(wanted);
        next.close();
      },
    );

    it('of a login may come in two pieces, or end: then the client is told so', {
      timeout: 120_000,
    }, async () => {
      const alice = async () => {
        const client = await WireClient.login(running.port);
        return ended(client.send(query(as('alice', NOTES)), { kind: 'Terminate' }));
      };
      const wanted = await alice();
      relay.kill();
      await sleep(20);
      const before = relay.passed;
      // A new connection, whose answers end with those of the query.
      expect(await alice()).toEqual(wanted);
      const length = relay.passed - before - 100;
      for (let bytes = 0; bytes < length; bytes += STRIDE) {
        for (const next of ['pause', 'close', 'reset'] as const) {
          relay.kill();
          relay.fault = { kind: 'none' };
          // Those who had a connection are told before anybody else comes.
          await new Promise((resolve) => setImmediate(resolve));
          relay.fault = { kind: 'after', bytes, next };
          const told = await alice();
          if (next === 'pause') expect(told, `after ${bytes} of ${length} bytes`).toEqual(wanted);
          else expect(told?.at(-1), `${next} after ${bytes} of ${length} bytes`).toMatch(/^FATAL 08/);
        }
      }
      relay.fault = { kind: 'none' };
      relay.kill();
      await expect.poll(alice).toEqual(wanted);
    });
  });
});
