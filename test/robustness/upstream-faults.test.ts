/** A database that is killed, falls silent, is cut off or talks rubbish; and clients that go away at any message. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BackendMessage, encodeBackend, type FrontendMessage } from '../../src/pgwire/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { ALICE, as, loadShop } from '../gateway/support/shop.ts';
import type { RunningGateway } from '../gateway/support/start-gateway.ts';
import { bind, describePortal, execute, parse, WireClient, words } from '../gateway/support/wire-client.ts';
import type { FaultyRelay } from './support/faulty-relay.ts';
import { startRelayed, WAYS } from './support/relayed-gateway.ts';

const ENDED_MS = 10_000;
const FOREIGN = 'bob one';

const query = (text: string): FrontendMessage => ({ kind: 'Query', text });
const SYNC: FrontendMessage = { kind: 'Sync' };

const CLOSED: BackendMessage = {
  kind: 'ErrorResponse',
  fields: { severity: 'FATAL', code: 'closed', message: '' },
};
const READY = encodeBackend({ kind: 'ReadyForQuery', status: 'I' });
const OTHER_ANSWER = encodeBackend(
  { kind: 'RowDescription', fields: [] },
  { kind: 'DataRow', values: [] },
  { kind: 'CommandComplete', tag: 'SELECT 1' },
  { kind: 'ReadyForQuery', status: 'I' },
);
const OTHER_ERROR = encodeBackend({
  kind: 'ErrorResponse',
  fields: { severity: 'ERROR', code: '22012', message: 'x' },
});

/** A conversation that uses each kind of answer. */
const CONVERSATION: readonly FrontendMessage[] = [
  query(as('alice', 'BEGIN')),
  query(`INSERT INTO notes (id, owner, body) VALUES (50, '${ALICE}', 'left behind')`),
  query('SELECT id FROM notes FOR UPDATE'),
  parse('SELECT body FROM notes WHERE id = $1', 's'),
  bind(['1'], { statement: 's', portal: 'p' }),
  describePortal('p'),
  execute('p'),
  SYNC,
  query('SAVEPOINT here'),
  query('SELECT 1 / 0'),
  query('ROLLBACK TO here'),
  query('COPY goods (id, name) FROM STDIN'),
  { kind: 'CopyData', data: Buffer.from('60\tx\n') },
  { kind: 'CopyDone' },
  query('COPY goods TO STDOUT'),
  query('DECLARE c CURSOR FOR SELECT id FROM goods'),
  query('FETCH 1 FROM c'),
];

describeWith([postgresRequirement()], 'faults between the gateway and its database', () => {
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
      const started = await startRelayed(database, way, 1_000, { connectionsMax: 3, waitMs: 2_000 });
      relay = started.relay;
      running = started.running;
      return started.stop;
    });

    /** What the client is told until its connection ends; undefined: it does not end. */
    const ended = async (client: WireClient): Promise<readonly string[] | undefined> =>
      Promise.race([client.untilClosed(), sleep(ENDED_MS, undefined, { ref: false })]);

    const isServed = async (): Promise<void> => {
      const client = await WireClient.login(running.port);
      expect(await client.query(as('alice', 'SELECT id FROM notes ORDER BY id'))).toEqual([
        'columns id',
        'row 1',
        'row 2',
        'SELECT 2',
        'ready I',
      ]);
      client.close();
    };

    it('a server that is killed ends its clients with an error, and the next are served', async () => {
      const clients = [await WireClient.login(running.port), await WireClient.login(running.port)];
      for (const client of clients) await client.query(as('alice', 'BEGIN'));
      clients[1]?.send(query('SELECT count(*) FROM generate_series(1, 30000000)'));
      await sleep(50);
      relay.kill();
      for (const client of clients) expect((await ended(client))?.at(-1)).toBe('FATAL 08006');
      await isServed();
    });

    it('a server that cannot be reached is an error of each client that asks, until it can', async () => {
      await isServed();
      relay.fault = { kind: 'unreachable' };
      relay.kill();
      const client = await WireClient.login(running.port);
      client.send(query('SELECT 1'));
      expect((await ended(client))?.at(-1)).toMatch(/^(?:FATAL|ERROR) 08/);
      relay.fault = { kind: 'none' };
      await isServed();
    });

    it.each(['1', '2', 'n', 't', 's'])(
      'a batch whose answer %s does not come, or comes twice, is no other batch’s',
      async (type) => {
        for (const fault of [
          { kind: 'swallow', type } as const,
          {
            kind: 'insert',
            type,
            bytes: Buffer.from(`${Buffer.from(type).toString('hex')}00000004`, 'hex'),
          } as const,
        ]) {
          const client = await WireClient.login(running.port);
          await client.query('SELECT 1');
          relay.fault = fault;
          client.send(
            parse(as('alice', 'SELECT body FROM notes')),
            bind(),
            describePortal(),
            execute('', 1),
            SYNC,
          );
          const told = await Promise.race([client.untilClosed(), sleep(500, [], { ref: false })]);
          expect(told.join()).not.toContain(FOREIGN);
          client.close();
          relay.fault = { kind: 'none' };
          relay.kill();
        }
        await isServed();
      },
    );

    it.each([
      ['rubbish', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
      ['a length of 4 GB', Buffer.from('44ffffffff', 'hex')],
      [
        'a row that nobody asked for',
        encodeBackend({ kind: 'DataRow', values: [Buffer.from(FOREIGN), null, null] }),
      ],
      ['a question for a password', encodeBackend({ kind: 'AuthenticationCleartextPassword' })],
      ['an invitation to COPY', encodeBackend({ kind: 'CopyInResponse', format: 0, columnFormats: [] })],
      ['the start of a COPY', encodeBackend({ kind: 'CopyOutResponse', format: 0, columnFormats: [] })],
    ])('%s ends the connection, and nobody else reads on behind it', async (_, bytes) => {
      for (const type of ['T', 'D', 'C', 'Z']) {
        const client = await WireClient.login(running.port);
        await client.query('SELECT 1');
        relay.fault = { kind: 'insert', type, bytes };
        client.send(query(as('alice', 'SELECT id FROM notes')));
        const told = await Promise.race([client.untilClosed(), sleep(1_500, [], { ref: false })]);
        expect(told.join()).not.toContain(FOREIGN);
        client.close();
        relay.fault = { kind: 'none' };
        await isServed();
      }
    });

    // What was read behind the answer belongs to nobody: a connection that is out of step is no other client's.
    it.each([
      ['a row', encodeBackend({ kind: 'DataRow', values: [Buffer.from(FOREIGN)] })],
      ['the answer to another statement', OTHER_ANSWER],
      ['the error of another statement', Buffer.concat([OTHER_ERROR, READY])],
      ['another ReadyForQuery', READY],
      ['rubbish', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ])('%s behind an answer, whole or in two pieces, is nobody’s answer', async (_, bytes) => {
      for (const joined of [1, 4, 5, bytes.length - 1, bytes.length]) {
        const client = await WireClient.login(running.port);
        await client.query('SELECT 1');
        const accepted = relay.accepted;
        relay.fault = { kind: 'append', type: 'Z', bytes, joined };
        client.send(query(as('alice', 'SELECT id FROM notes')));
        // What came whole in front of it may be lost with the connection.
        const told = [];
        for (let word = ''; word !== 'ready I' && !word.startsWith('FATAL'); told.push(word))
          word = words([(await client.next()) ?? CLOSED])[0] ?? '';
        const next = await WireClient.login(running.port);
        expect(await next.query(as('bob', 'SELECT id FROM notes'))).toEqual([
          'columns id',
          'row 3',
          'SELECT 1',
          'ready I',
        ]);
        expect(relay.accepted).toBeGreaterThan(accepted);
        client.close();
        expect([...told, ...(await client.untilClosed())].join()).not.toContain(FOREIGN);
        next.close();
      }
    });

    it('a server that closes its side ends the client', async () => {
      for (const type of ['T', 'D', 'C', 'Z']) {
        const client = await WireClient.login(running.port);
        await client.query('SELECT 1');
        relay.fault = { kind: 'half-close', type };
        client.send(query(as('alice', 'SELECT id FROM notes')));
        if (type === 'Z' && way === 'shared connections') client.send(query('SELECT 1'));
        const told = await Promise.race([ended(client), sleep(1_500, [], { ref: false })]);
        if (type !== 'Z') expect(told?.at(-1)).toBe('FATAL 08006');
        client.close();
        relay.kill();
      }
      await isServed();
    });

    it('a client that goes away behind any message of a conversation leaves no transaction, lock or row behind', {
      timeout: 120_000,
    }, async () => {
      const left = () =>
        database.query(
          "SELECT count(*) AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND (state <> 'idle' OR xact_start IS NOT NULL)",
        );
      for (let length = 1; length <= CONVERSATION.length; length += 1) {
        for (const leave of ['resetAndDestroy', 'destroy', 'end'] as const) {
          const client = await WireClient.login(running.port);
          client.send(...CONVERSATION.slice(0, length));
          // With and without a moment for the answers.
          if (length % 2 === 0) await sleep(10);
          client.socket[leave]();
          await expect.poll(left, { timeout: 8_000, interval: 20 }).toEqual([{ n: '0' }]);
        }
      }
      const locks = await database.query(
        "SELECT count(*) AS n FROM pg_locks WHERE locktype IN ('tuple', 'transactionid', 'advisory') AND pid <> pg_backend_pid()",
      );
      expect(locks).toEqual([{ n: '0' }]);
      expect(await database.query('SELECT count(*) AS n FROM notes WHERE id = 50')).toEqual([{ n: '0' }]);
      expect(await database.query('SELECT count(*) AS n FROM goods WHERE id = 60')).toEqual([{ n: '0' }]);
      await isServed();
    });
  });
});
