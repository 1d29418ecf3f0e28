/** Clients that close one side, or go away where something is awaited. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../databases/index.ts';
import { as, loadShop } from '../gateway/support/shop.ts';
import { type RunningGateway, startGateway } from '../gateway/support/start-gateway.ts';
import { bind, execute, parse, WireClient, words } from '../gateway/support/wire-client.ts';

describeDatabases('a connection that is half closed or behind', (database) => {
  let running: RunningGateway;
  beforeAll(async () => {
    await loadShop(database());
  });
  beforeEach(async () => {
    running = await startGateway(database());
    return () => running.stop();
  });
  afterAll(() => running?.stop());

  const halfClosing = async (): Promise<WireClient> => {
    const socket = connect({ port: running.port, host: '127.0.0.1', allowHalfOpen: true });
    const client = new WireClient(socket);
    await client.startUp().untilReady();
    return client;
  };

  it('is answered when it closes its side behind a Query, and behind a batch', async () => {
    const first = await halfClosing();
    first.send({ kind: 'Query', text: as('alice', 'SELECT id FROM notes ORDER BY id') }).socket.end();
    expect(await first.untilClosed()).toEqual(['columns id', 'row 1', 'row 2', 'SELECT 2', 'ready I']);
    const second = await halfClosing();
    second.send(parse('SELECT 7'), bind(), execute(), { kind: 'Sync' }).socket.end();
    expect(await second.untilClosed()).toContain('row 7');
  });

  it('is ended when it closes its side in the middle of a message, a batch, a COPY or a transaction', async () => {
    for (const send of [
      (client: WireClient) => client.raw(Buffer.from('51000000ff53', 'hex')),
      (client: WireClient) => client.send(parse('SELECT 1'), bind(), execute()),
      (client: WireClient) => client.send({ kind: 'Query', text: 'COPY goods (id) FROM STDIN' }),
      (client: WireClient) => client.send({ kind: 'Query', text: 'BEGIN' }),
    ]) {
      const client = await halfClosing();
      send(client).socket.end();
      await client.untilClosed();
    }
    await expect.poll(() => running.gateway.connections).toBe(0);
    const next = await WireClient.login(running.port);
    expect(await next.query('SELECT 1')).toContain('row 1');
    next.close();
  });

  it('does not wait for ever for a COPY behind a batch that failed: the database skips all up to a Sync', async () => {
    const client = await WireClient.login(running.port);
    const copy = { kind: 'Query', text: 'COPY goods (id, name) FROM STDIN' } as const;
    client.send(parse('SELECT 1 / 0'), bind(), execute(), copy, {
      kind: 'CopyData',
      data: Buffer.from('9\tx\n'),
    });
    client.send({ kind: 'CopyDone' }, { kind: 'Sync' });
    const seen = await Promise.race([client.untilReady(), sleep(5_000, [], { ref: false })]);
    expect(words(seen).slice(-2)).toEqual(['ERROR 22012', 'ready I']);
    expect(await client.query('SELECT count(*) FROM goods')).toContain('row 3');
    client.close();
  });

  it('does not keep the gateway from shutting down when it never closes the other side', {
    timeout: 40_000,
  }, async () => {
    const client = await halfClosing();
    client.send({ kind: 'Query', text: as('alice', 'BEGIN') });
    await client.untilReady();
    const socket = connect({ port: running.port, host: '127.0.0.1', allowHalfOpen: true });
    const stuck = new WireClient(socket);
    await stuck.startUp().untilReady();
    // On the embedded database it waits for the other's transaction, on a server it is answered.
    stuck.send({ kind: 'Query', text: 'SELECT count(*) FROM generate_series(1, 20000000)' }).socket.end();
    await expect.poll(() => running.gateway.connections, { timeout: 15_000 }).toBe(1);
    client.close();
    const isDown = await Promise.race([
      running.stop().then(() => true),
      sleep(15_000, false, { ref: false }),
    ]);
    expect(isDown).toBe(true);
    socket.destroy();
  });
});
