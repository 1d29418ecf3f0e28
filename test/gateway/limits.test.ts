import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayLimits, ServerUpstream } from '../../src/gateway/index.ts';
import { type PgliteDatabase, startPglite } from '../databases/index.ts';
import { loadShop } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import { bind, parse, WireClient, words } from './support/wire-client.ts';

describe('a limit of the gateway', () => {
  let database: PgliteDatabase;
  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
  });
  afterAll(() => database?.stop());

  const within = async (limits: Partial<GatewayLimits>, use: (running: RunningGateway) => Promise<void>) => {
    const running = await startGateway(database, { limits });
    try {
      await use(running);
    } finally {
      await running.stop();
    }
  };

  it('bounds the number of clients', () =>
    within({ connectionsMax: 2, shutdownMs: 100 }, async ({ port }) => {
      const clients = [await WireClient.login(port), await WireClient.login(port)];
      expect(await WireClient.open(port).untilClosed()).toEqual(['FATAL 53300']);
      clients[0]?.close();
      await new Promise((resolve) => setTimeout(resolve, 100));
      const again = await WireClient.login(port);
      expect(await again.query('SELECT 1')).toContain('row 1');
    }));

  it('bounds a message', () =>
    within({ messageBytesMax: 10_000 }, async ({ port }) => {
      const client = await WireClient.login(port);
      client.send({ kind: 'Query', text: `SELECT '${'x'.repeat(20_000)}'` });
      expect(await client.untilClosed()).toEqual(['FATAL 54001']);
    }));

  it('bounds a statement, and the connection goes on', () =>
    within({ statementBytesMax: 1000 }, async ({ port }) => {
      const client = await WireClient.login(port);
      const text = `SELECT '${'x'.repeat(2000)}'`;
      expect(await client.query(text)).toEqual(['ERROR 54001', 'ready I']);
      expect(await client.batch(parse(text))).toEqual(['ERROR 54001', 'ready I']);
      expect(await client.query(`SELECT '${'ü'.repeat(600)}'`)).toEqual(['ERROR 54001', 'ready I']);
      expect(await client.query('SELECT 1')).toContain('row 1');
    }));

  it('bounds the time until a client is logged in', () =>
    within({ startupMs: 100 }, async ({ port }) => {
      expect(await WireClient.open(port).untilClosed()).toEqual(['FATAL 57P05']);
    }));

  it('bounds the time without a statement', () =>
    within({ idleMs: 300, transactionIdleMs: 100 }, async ({ port }) => {
      expect(await (await WireClient.login(port)).untilClosed()).toEqual(['FATAL 57P05']);
      const client = await WireClient.login(port);
      await client.query('BEGIN');
      expect(await client.untilClosed()).toEqual(['FATAL 25P03']);
    }));

  it('bounds prepared statements and portals', () =>
    within({ statementsMax: 2, portalsMax: 2 }, async ({ port }) => {
      const client = await WireClient.login(port);
      const three = ['a', 'b', 'c'].map((name) => parse('SELECT 1', name));
      expect(await client.batch(...three)).toEqual([
        'ParseComplete',
        'ParseComplete',
        'ERROR 54000',
        'ready I',
      ]);
      const portals = ['p', 'q', 'r'].map((portal) => bind([], { statement: 'a', portal }));
      expect(await client.batch(...portals)).toEqual([
        'BindComplete',
        'BindComplete',
        'ERROR 54000',
        'ready I',
      ]);
    }));

  it('bounds the time that the database takes to answer', async () => {
    // A server that accepts and says nothing: no real one can be made to.
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const tls = { mode: 'disable', ca: undefined, cert: undefined, key: undefined } as const;
    const upstream = new ServerUpstream(
      { host: '127.0.0.1', port, database: 'x', user: 'x', password: undefined, searchPath: ['public'], tls },
      100,
    );
    await expect(upstream.parameters()).rejects.toMatchObject({ code: 'CORDON_UPSTREAM_UNUSABLE' });
    silent.close();
  });

  it('cuts off a client that does not close its side', () =>
    within({ idleMs: 50 }, async ({ port, gateway }) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      const client = new WireClient(socket);
      await client.startUp().untilReady();
      expect(await client.until('ErrorResponse')).toMatchObject([{ fields: { code: '57P05' } }]);
      await expect.poll(() => gateway.connections, { timeout: 5000 }).toBe(0);
      await gateway.close();
    }));

  it('allows one try at a password', () =>
    within({}, async ({ port }) => {
      const client = WireClient.open(port).startUp({ user: 'somebody' });
      const [asked] = [await client.next()];
      expect(words(asked === undefined ? [] : [asked])).toEqual(['AuthenticationCleartextPassword']);
      client.send(
        { kind: 'PasswordMessage', password: 'wrong' },
        { kind: 'PasswordMessage', password: 'again' },
      );
      expect(await client.untilClosed()).toEqual(['FATAL 28P01']);
    }));
});
