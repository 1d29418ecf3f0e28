import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ServerUpstream } from '../../src/gateway/index.ts';
import { encodeStartup, makeVerifier } from '../../src/pgwire/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { as, loadShop, POLICY } from './support/shop.ts';
import { type RunningGateway, serverOf, startGateway } from './support/start-gateway.ts';
import { WireClient, words } from './support/wire-client.ts';

describeWith([postgresRequirement()], 'behind the gateway, a server', () => {
  let database: PostgresDatabase;
  let running: RunningGateway;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
  });
  afterAll(() => database?.stop());
  beforeEach(async () => {
    running = await startGateway(database, { monitor: { port: 0 } });
    return () => running.stop();
  });

  const backends = async (): Promise<number> => {
    const text = "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'behind'";
    return Number((await database.query(text))[0]?.n);
  };
  const login = (parameters = {}) =>
    WireClient.login(running.port, { parameters: { application_name: 'behind', ...parameters } });

  it('is not connected to before a client’s first statement, so idle clients cost it nothing', async () => {
    const clients = await Promise.all(Array.from({ length: 200 }, () => login()));
    expect(await backends()).toBe(0);
    expect(running.gateway.connections).toBe(200);
    expect(await clients[0]?.query('SELECT 1')).toContain('row 1');
    expect(await backends()).toBe(1);
    for (const client of clients) client.close();
  });

  it('runs what a client cancels no longer', async () => {
    const client = await login();
    await client.query('SELECT 1');
    const key = await keyOf(running.port, async (owner, { processId, secretKey }) => {
      const running_ = owner
        .send({ kind: 'Query', text: 'SELECT count(*) FROM generate_series(1, 1000000000)' })
        .untilReady();
      await sleep(300);
      const wrong = Buffer.from(secretKey);
      wrong.writeUInt8((wrong[0] ?? 0) ^ 1, 0);
      // A155: a guessed key does nothing.
      await cancel(running.port, processId, wrong);
      await sleep(200);
      await cancel(running.port, processId, secretKey);
      expect(words(await running_)).toEqual(['columns count', 'ERROR 57014', 'ready I']);
      expect(await owner.query('SELECT 1')).toContain('row 1');
    });
    expect(key).toBeUndefined();
    client.close();
  });

  it('is told to stop when a client goes away in the middle of a statement', async () => {
    const client = await login();
    client.send({ kind: 'Query', text: 'SELECT count(*) FROM generate_series(1, 1000000000)' });
    await sleep(300);
    expect(await backends()).toBe(1);
    client.close();
    await expect.poll(backends, { timeout: 5000 }).toBe(0);
  });

  it('answers a client that has closed its side behind its statements', async () => {
    const client = await login();
    client.send(
      { kind: 'Query', text: 'SELECT count(*) FROM generate_series(1, 300000)' },
      { kind: 'Query', text: 'SELECT 2' },
    );
    client.socket.end();
    const seen = await client.untilClosed();
    expect(seen.filter((word) => /^row|^ready/.test(word))).toEqual([
      'row 300000',
      'ready I',
      'row 2',
      'ready I',
    ]);
    await expect.poll(() => running.gateway.connections).toBe(0);
  });

  it('refuses a setting of the startup message with the SQLSTATE of the database', async () => {
    for (const [name, value] of [
      ['statement_timeout', 'nonsense'],
      ['TimeZone', 'Nowhere/At_All'],
    ] as const) {
      const client = WireClient.open(running.port).startUp({ parameters: { [name]: value } });
      expect(await client.untilClosed()).toEqual(['FATAL 22023']);
    }
  });

  it('that ends a connection leaves its client with an error and no value', async () => {
    const client = await login();
    await client.query(as('alice', 'BEGIN'));
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'behind'",
    );
    expect(await client.untilClosed()).toEqual(['FATAL 57P01']);
    const other = await login();
    expect(await other.query('SELECT 1')).toContain('row 1');
    other.close();
  });

  it('that lets the gateway in no longer is an error for the statement, and no crash', async () => {
    await database.run('CREATE ROLE guest LOGIN');
    const upstream = new ServerUpstream({ ...serverOf(database), user: 'guest' }, 10_000);
    const guest = await startGateway(database, { upstream });
    await database.run('ALTER ROLE guest NOLOGIN');
    const client = await WireClient.login(guest.port);
    client.send({ kind: 'Query', text: 'SELECT 1' });
    expect(await client.untilClosed()).toEqual(['FATAL 08004']);
    await guest.stop();
  });

  it('lets transactions end when the gateway shuts down, and ends idle clients', async () => {
    const busy = await login();
    const idle = await login();
    await busy.query('BEGIN');
    const closing = running.gateway.close();
    expect(await idle.untilClosed()).toEqual(['FATAL 57P01']);
    expect(await busy.query('SELECT 1')).toEqual(['columns ?column?', 'row 1', 'SELECT 1', 'ready T']);
    busy.send({ kind: 'Query', text: 'COMMIT' });
    expect(await busy.untilClosed()).toEqual(['COMMIT', 'ready I', 'FATAL 57P01']);
    await closing;
  });

  it('waits for transactions no longer than it is allowed to', async () => {
    const impatient = await startGateway(database, { limits: { shutdownMs: 200 } });
    const client = await WireClient.login(impatient.port);
    await client.query('BEGIN');
    await impatient.stop();
    expect(await client.untilClosed()).toEqual(['FATAL 57P01']);
  });

  it('judges nothing while the catalog has changed and cannot be read, and by the new one then', async () => {
    let fingerprint = 'one';
    let load = () => Promise.reject<Awaited<ReturnType<RunningGateway['newGuard']>>>(new Error('not now'));
    const watched = await startGateway(database, {
      watch: { everyMs: 60_000, fingerprint: async () => fingerprint, load: () => load() },
    });
    const client = await WireClient.login(watched.port);
    await watched.gateway.reload();
    expect(await client.query('SELECT 1')).toContain('row 1');
    fingerprint = 'two';
    await watched.gateway.reload();
    expect(watched.gateway.isHealthy).toBe(false);
    expect(await client.query('SELECT 1')).toEqual(['ERROR 57P03', 'ready I']);
    load = watched.newGuard;
    await watched.gateway.reload();
    expect(await client.query('SELECT 1')).toContain('row 1');
    client.close();
    await watched.stop();
  });

  it('is read again behind a client’s own DDL, before the client’s next statement is judged', async () => {
    const everything = { rows: 'all', read: 'all', write: 'all', insert: 'all', delete: true };
    const policy = {
      ...POLICY,
      services: { migrator: { ddl: true } },
      relations: { '*': { rules: [{ for: 'migrator', ...everything }] } },
    };
    const services = new Map([['migrator', makeVerifier('moves tables', Buffer.alloc(16, 1))]]);
    const migrated = await startGateway(database, {
      policy,
      follows: true,
      authentication: { users: new Map(), others: undefined, services },
    });
    const client = new pg.Client({
      ...{ host: '127.0.0.1', port: migrated.port, database: 'shop' },
      ...{ user: 'migrator', password: 'moves tables' },
    });
    await client.connect();
    for (const name of ['moved_one', 'moved_two', 'moved_three']) {
      await client.query(`CREATE TABLE ${name} (id int PRIMARY KEY)`);
      expect((await client.query(`INSERT INTO ${name} VALUES (1)`)).rowCount).toBe(1);
    }
    await client.query('DROP TABLE moved_one, moved_two, moved_three');
    await client.end();
    await migrated.stop();
  });

  it('is counted, and its health told, on a port of its own', async () => {
    const client = await login();
    await client.query('SELECT 1');
    await client.query('SELECT line FROM audit');
    await client.query('SELECT 1 / 0');
    const url = `http://127.0.0.1:${running.gateway.monitorAddress?.port}`;
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/cordon_decisions_total\{outcome="deny",code="CORDON_RELATION_NOT_COVERED"\} 1/);
    expect(metrics).toMatch(/cordon_database_errors_total\{class="22"\} 1/);
    expect(metrics).toMatch(/^cordon_connections 1$/m);
    expect((await fetch(`${url}/`)).status).toBe(404);
    client.close();
  });

  it('is reached by node-postgres through a unix socket of the gateway', async () => {
    const folder = database.socketFolder;
    const local = await startGatewayAt(`${folder}/.s.PGSQL.7777`);
    const client = new pg.Client({ host: folder, port: 7777, user: 'app', database: 'shop' });
    await client.connect();
    expect((await client.query('SELECT count(*) FROM goods')).rows).toEqual([{ count: '3' }]);
    await client.end();
    await local();
  });

  async function startGatewayAt(path: string): Promise<() => Promise<void>> {
    const local = await startGateway(database, { listen: { path } }).catch(() => undefined);
    if (local === undefined) throw new Error(`no gateway at ${path}`);
    return () => local.stop();
  }
});

interface Key {
  readonly processId: number;
  readonly secretKey: Buffer;
}

async function keyOf(port: number, use: (client: WireClient, key: Key) => Promise<void>): Promise<void> {
  const client = WireClient.open(port).startUp();
  const seen = await client.untilReady();
  const key = seen.find((message) => message.kind === 'BackendKeyData');
  if (key?.kind !== 'BackendKeyData') throw new Error('no key');
  await use(client, { processId: key.processId, secretKey: Buffer.from(key.secretKey) });
  client.close();
}

async function cancel(port: number, processId: number, secretKey: Buffer): Promise<void> {
  const client = WireClient.open(port).raw(encodeStartup({ kind: 'CancelRequest', processId, secretKey }));
  expect(await client.untilClosed()).toEqual([]);
}
