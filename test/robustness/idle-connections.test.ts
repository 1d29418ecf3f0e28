/** Many clients that say nothing: what one takes, and that its next statement is answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PooledUpstream, ServerUpstream } from '../../src/gateway/index.ts';
import {
  describeWith,
  type PgliteDatabase,
  type PostgresDatabase,
  postgresRequirement,
  startPglite,
  startPostgres,
} from '../databases/index.ts';
import { as, loadShop } from '../gateway/support/shop.ts';
import { type RunningGateway, serverOf, startGateway } from '../gateway/support/start-gateway.ts';
import { WireClient } from '../gateway/support/wire-client.ts';

/** `CORDON_TEST_IDLE=1000` is what is measured on the page; the default of `connectionsMax` is as many. */
const CLIENTS = Number(process.env.CORDON_TEST_IDLE ?? 200);
const SHARED = 20;
/** Of the gateway and of the client, which share this process. */
const KIBIBYTES_MAX = 150;
const LOGINS_AT_A_TIME = 20;
const NOTES = as('bob', 'SELECT id FROM notes');
const ANSWER = ['columns id', 'row 3', 'SELECT 1', 'ready I'];

/** Clients of one gateway; memory of this process, whose greatest part is not theirs, is compared in between. */
class Crowd {
  readonly clients: WireClient[] = [];
  readonly #running: RunningGateway;
  #before: Memory = { held: 0, resident: 0 };

  constructor(running: RunningGateway) {
    this.#running = running;
  }

  async gather(): Promise<void> {
    this.#before = await memory();
    while (this.clients.length < CLIENTS) {
      const logins = Array.from({ length: Math.min(LOGINS_AT_A_TIME, CLIENTS - this.clients.length) }, () =>
        WireClient.login(this.#running.port, { parameters: { application_name: 'one of many' } }),
      );
      this.clients.push(...(await Promise.all(logins)));
    }
  }

  /** How much memory one holds since they began to gather. */
  async tell(when: string): Promise<number> {
    const { held, resident } = await memory();
    const each = (bytes: number) => bytes / 1024 / CLIENTS;
    const [kibibytes, ofProcess] = [each(held - this.#before.held), each(resident - this.#before.resident)];
    process.stderr.write(
      `${CLIENTS} idle clients, ${when}: ${kibibytes.toFixed(0)} KiB each with the client’s own side (process: ${ofProcess.toFixed(0)})\n`,
    );
    return kibibytes;
  }

  /** All ask at the same time. */
  async ask(): Promise<void> {
    const answers = await Promise.all(this.clients.map((client) => client.query(NOTES)));
    expect(answers.filter((answer) => answer.join() !== ANSWER.join())).toEqual([]);
  }

  async leave(): Promise<void> {
    for (const client of this.clients) client.close();
    await expect.poll(() => this.#running.gateway.connections, { timeout: 20_000 }).toBe(0);
  }
}

interface Memory {
  /** What is still in use: objects, and buffers beside them. */
  readonly held: number;
  /** Of the process, which also keeps what it may use again. */
  readonly resident: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What a collection finds to be unused is given back some turns later. */
async function memory(): Promise<Memory> {
  for (let times = 0; times < 4; times += 1) {
    collectGarbage();
    await sleep(100);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
}

async function warm(running: RunningGateway): Promise<void> {
  const client = await WireClient.login(running.port);
  expect(await client.query(NOTES)).toEqual(ANSWER);
  client.close();
}

async function check(running: RunningGateway, where: string): Promise<void> {
  await warm(running);
  const crowd = new Crowd(running);
  await crowd.gather();
  expect(await crowd.tell(`${where}, before a statement`)).toBeLessThan(KIBIBYTES_MAX);
  await crowd.ask();
  expect(await crowd.tell(`${where}, after one`)).toBeLessThan(KIBIBYTES_MAX);
  await crowd.leave();
}

describe('idle clients of the embedded database', () => {
  let database: PgliteDatabase;
  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
  });
  afterAll(() => database?.stop());

  it('take little memory, and their first statements are answered', { timeout: 240_000 }, async () => {
    const running = await startGateway(database);
    await check(running, 'embedded database');
    await running.stop();
  });
});

describeWith([postgresRequirement()], 'idle clients of a server', () => {
  let database: PostgresDatabase;
  beforeAll(async () => {
    database = await startPostgres({ settings: { max_connections: String(CLIENTS + 100) } });
    await loadShop(database);
  });
  afterAll(() => database?.stop());

  const ownConnections = async (): Promise<number> => {
    const text = "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'one of many'";
    return Number((await database.query(text))[0]?.n);
  };

  it('have no connection before their first statement, and one each behind it', {
    timeout: 240_000,
  }, async () => {
    const running = await startGateway(database, {
      upstream: new ServerUpstream(serverOf(database), 60_000),
    });
    await warm(running);
    await expect.poll(ownConnections, { timeout: 20_000 }).toBe(0);
    const crowd = new Crowd(running);
    await crowd.gather();
    expect(await ownConnections()).toBe(0);
    expect(await crowd.tell('connections of their own, before a statement')).toBeLessThan(KIBIBYTES_MAX);
    await crowd.ask();
    expect(await ownConnections()).toBe(CLIENTS);
    expect(await crowd.tell('connections of their own, after one')).toBeLessThan(KIBIBYTES_MAX);
    await crowd.leave();
    await expect.poll(ownConnections, { timeout: 20_000 }).toBe(0);
    await running.stop();
  });

  it(`share ${SHARED} connections where that is asked for, however many they are`, {
    timeout: 240_000,
  }, async () => {
    const options = { connectionsMax: SHARED, waitMs: 60_000 };
    const upstream = new PooledUpstream(serverOf(database), 60_000, options);
    const running = await startGateway(database, { upstream });
    await check(running, `${SHARED} shared connections`);
    expect(await ownConnections()).toBe(SHARED);
    await running.stop();
  });
});
