/** A database that takes connections and says nothing, from the start, within a statement or within its rows. */
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PooledUpstream, ServerUpstream } from '../../src/gateway/index.ts';
import { DatabaseServer } from '../../src/gateway/upstream/database-server.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { as, loadShop } from '../gateway/support/shop.ts';
import type { RunningGateway } from '../gateway/support/start-gateway.ts';
import { WireClient } from '../gateway/support/wire-client.ts';
import type { FaultyRelay } from './support/faulty-relay.ts';
import { startRelayed, WAYS } from './support/relayed-gateway.ts';

const CONNECT_MS = 500;
/** Beyond the bound itself, for a machine with much else to do. */
const SLACK_MS = 4_000;
const NOTES = as('alice', 'SELECT id FROM notes ORDER BY id');
const ANSWER = ['columns id', 'row 1', 'row 2', 'SELECT 2', 'ready I'];

const within = <T>(ms: number, work: Promise<T>): Promise<T | 'late'> =>
  Promise.race([work, sleep(ms, 'late' as const, { ref: false })]);

describe('a server that answers nothing at all', () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.resume();
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => server.close());

  const options = (mode: 'disable' | 'require') => ({
    ...{ host: '127.0.0.1', port, user: 'app', database: 'shop', password: undefined },
    searchPath: ['public'],
    tls: { mode, ca: undefined, cert: undefined, key: undefined },
  });

  it.each(['disable', 'require'] as const)(
    'is given up within the bound, and no socket stays open (TLS: %s)',
    async (mode) => {
      const own = new ServerUpstream(options(mode), CONNECT_MS);
      const shared = new PooledUpstream(options(mode), CONNECT_MS);
      const openings: readonly (() => Promise<unknown>)[] = [
        () => own.parameters(),
        () => shared.parameters(),
        () => new DatabaseServer(options(mode), CONNECT_MS).connect(new Map()),
      ];
      for (const open of openings) {
        const refused = open().catch(({ code }: { code: string }) => code);
        expect(await within(CONNECT_MS + SLACK_MS, refused)).toBe('CORDON_UPSTREAM_UNUSABLE');
      }
      await expect.poll(() => sockets.size).toBe(0);
      await shared.close();
    },
  );

  it.each(['disable', 'require'] as const)(
    'is not waited for by a cancel request beyond the bound (TLS: %s)',
    async (mode) => {
      const asked = { parameters: new Map(), processId: 1, secretKey: Buffer.alloc(4) };
      const sent = new DatabaseServer(options(mode), CONNECT_MS).cancel(asked);
      expect(await within(CONNECT_MS + SLACK_MS, sent)).toBe(false);
      await expect.poll(() => sockets.size).toBe(0);
    },
  );
});

describeWith([postgresRequirement()], 'a server that falls silent', () => {
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
      const started = await startRelayed(database, way, CONNECT_MS, { connectionsMax: 1, waitMs: 10_000 });
      relay = started.relay;
      running = started.running;
      return started.stop;
    });

    const served = async (): Promise<readonly string[] | 'late'> => {
      const client = await WireClient.login(running.port);
      const seen = await within(SLACK_MS + 4 * CONNECT_MS, client.query(NOTES));
      client.close();
      return seen;
    };

    it('before its first answer is an error of each client within the bound, until it answers again', async () => {
      expect(await served()).toEqual(ANSWER);
      relay.kill();
      relay.fault = { kind: 'silent' };
      await sleep(20);
      for (let clients = 2; clients > 0; clients -= 1) {
        const client = await WireClient.login(running.port);
        client.send({ kind: 'Query', text: NOTES });
        const told = await within(CONNECT_MS + SLACK_MS, client.untilClosed());
        expect(told.at(-1)).toBe('FATAL 08004');
      }
      relay.fault = { kind: 'none' };
      expect(await served()).toEqual(ANSWER);
    });

    it.each([
      ['in a statement', { kind: 'silent' }],
      ['behind the description of rows', { kind: 'silent-behind', type: 'T' }],
      ['behind a row', { kind: 'silent-behind', type: 'D' }],
      ['behind the tag', { kind: 'silent-behind', type: 'C' }],
    ] as const)('%s holds up its client alone, who may leave', { timeout: 30_000 }, async (_, fault) => {
      const client = await WireClient.login(running.port);
      await client.query('SELECT 1');
      relay.fault = fault;
      client.send({ kind: 'Query', text: NOTES });
      await sleep(100);
      const other = await WireClient.login(running.port);
      relay.fault = { kind: 'none' };
      if (way === 'own connections') expect(await other.query(NOTES)).toEqual(ANSWER);
      client.socket.resetAndDestroy();
      if (way === 'shared connections')
        expect(await within(SLACK_MS + 4 * CONNECT_MS, other.query(NOTES))).toEqual(ANSWER);
      other.close();
      await expect.poll(() => running.gateway.connections, { timeout: 8_000 }).toBe(0);
      expect(await served()).toEqual(ANSWER);
    });

    it('does not keep the gateway from shutting down', async () => {
      const client = await WireClient.login(running.port);
      await client.query(as('alice', 'BEGIN'));
      relay.fault = { kind: 'silent' };
      client.send({ kind: 'Query', text: 'SELECT 1' });
      await sleep(50);
      expect(
        await within(
          SLACK_MS,
          running.stop().then(() => 'down'),
        ),
      ).toBe('down');
      client.close();
    });
  });
});
