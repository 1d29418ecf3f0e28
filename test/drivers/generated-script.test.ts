/**
 * The allow-all gateway against the bare database, message by message, on a script that a seed makes. `SCRIPT_SEED` and
 * `SCRIPT_BURSTS` choose another script, or a longer one.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Gateway, PooledUpstream, type Upstream } from '../../src/gateway/index.ts';
import { createGuard } from '../../src/guard/guard.ts';
import { loadPolicy } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { catalogOf } from '../attacks/guarded.ts';
import { serverUpstream, startGateway } from '../attacks/through-gateway.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { Dice } from '../noninterference/dice.ts';
import { message, serverConnection } from '../worlds/connection.ts';
import { isDocumented } from './documented-differences.ts';
import { type Burst, ScriptMaker } from './generated-script.ts';
import { WireClient } from './wire-client.ts';

const SEED = Number(process.env.SCRIPT_SEED ?? 20_240_229);
const BURSTS = Number(process.env.SCRIPT_BURSTS ?? 1500);
const SESSIONS = 10;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

describeWith([postgresRequirement()], 'a generated script, with a policy that opens everything', () => {
  let server: PostgresDatabase;
  const gateways: Partial<Record<Way, Gateway>> = {};

  beforeAll(async () => {
    // No statement of the script takes long; one that does must not hold up the rest.
    server = await startPostgres({ settings: { statement_timeout: '5s' } });
    const model = await WireClient.connect(await server.createDatabase('model'));
    await model.simple(readFileSync(file('schema.sql'), 'utf8'), '');
    model.close();
    for (const way of WAYS) {
      for (const name of ['straight', 'guarded']) await server.copyDatabase('model', `${name}_${way}`);
      gateways[way] = await startGateway(
        await allowAll(server, `guarded_${way}`),
        upstreamOf(server, `guarded_${way}`, way),
      );
    }
  });
  afterAll(async () => {
    for (const gateway of Object.values(gateways)) await gateway.close();
    await server?.stop();
  });

  for (let session = 0; session < SESSIONS; session++) {
    const way = session % 2 === 0 ? 'own' : 'shared';
    const told = way === 'own' ? 'a connection of its own' : 'a connection that others use in between';
    it(`session ${session}, on ${told}, is answered the same with and without Cordon (seed ${SEED})`, {
      timeout: 600_000,
    }, async () => {
      const maker = new ScriptMaker(new Dice(SEED + session), 60);
      const script = Array.from({ length: Math.ceil(BURSTS / SESSIONS) }, () => maker.burst());
      const gateway = gateways[way];
      if (gateway === undefined) throw new Error('the gateway has not been started');
      const { port } = gateway.address as { port: number };
      const url = `postgres://app@127.0.0.1:${port}/guarded`;
      const straight = await WireClient.connect(server.url.replace(/[^/]*$/, `straight_${way}`));
      const guarded = await WireClient.connect(url);
      const other = way === 'own' ? undefined : new Other(await WireClient.connect(url));
      const different: string[] = [];
      for (const burst of script) {
        const [without, through] = [await play(straight, burst), await play(guarded, burst)];
        different.push(...differences(burst, without, through));
        // What follows a difference may follow from it.
        if (different.length > 0) break;
        if (through.at(-1) === 'Z I') await other?.disturb();
      }
      straight.close();
      guarded.close();
      other?.close();
      expect(different.join('\n\n')).toBe('');
    });
  }

  // The script leaves this out: without Cordon it ends the server.
  it('an Execute of the unnamed portal that a failed ROLLBACK TO left behind does not reach the database', async () => {
    if (gateways.own === undefined) throw new Error('the gateway has not been started');
    const { port } = gateways.own.address as { port: number };
    const client = await WireClient.connect(`postgres://app@127.0.0.1:${port}/guarded`);
    for (const text of ['BEGIN', 'ROLLBACK TO a', 'SELECT nothing']) await client.simple(text, '');
    const execute = Buffer.concat([message('E', '', Buffer.alloc(4)), message('S')]);
    const described = Buffer.concat([message('D', Buffer.from('P'), ''), message('S')]);
    for (const bytes of [execute, described])
      expect(await client.exchange(bytes, 1, '')).toEqual(['E VERROR C34000', 'Z E']);
    client.close();
  });
});

const WAYS = ['own', 'shared'] as const;
type Way = (typeof WAYS)[number];

/** Shared: the one used last is used first, and the second is for the time that a statement of SQL's PREPARE keeps a client on its own. */
function upstreamOf(server: PostgresDatabase, database: string, way: Way): Upstream {
  if (way === 'own') return serverUpstream(server, database);
  const options = { ...server.address(database), searchPath: ['public'] };
  return new PooledUpstream(options, 10_000, { connectionsMax: 2 });
}

/** Another client of the same connection, which changes all that a session has and no row. */
class Other {
  readonly #client: WireClient;
  #count = 0;

  constructor(client: WireClient) {
    this.#client = client;
  }

  async disturb(): Promise<void> {
    const text = DISTURBANCES[this.#count % DISTURBANCES.length] ?? '';
    this.#count += 1;
    await this.#client.simple(text, '');
    if (this.#count % 3 === 0) await this.#client.extended('SELECT n FROM numbers WHERE n = 7', 1);
  }

  close(): void {
    this.#client.close();
  }
}

const DISTURBANCES = [
  "SET datestyle = 'German'",
  "SELECT set_config('timezone', 'Asia/Tokyo', false)",
  'PREPARE q1 AS SELECT 1',
  'BEGIN; DECLARE c1 CURSOR FOR SELECT 1; COMMIT',
  "SET intervalstyle = 'sql_standard'",
  'SELECT 1/0',
  'BEGIN; SET extra_float_digits = -10; ROLLBACK',
  "SET bytea_output = 'escape'",
  'DEALLOCATE ALL',
  'SET default_transaction_read_only = on',
  'DISCARD ALL',
  "SET statement_timeout = '20ms'",
  'BEGIN; SELECT n FROM numbers WHERE n = 1; ROLLBACK',
];

async function allowAll(server: PostgresDatabase, database: string) {
  const { policy, mistakes } = loadPolicy(readFileSync(file('allow-all.yaml'), 'utf8'));
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  const connection = await serverConnection(server.address(database));
  const catalog = await catalogOf(connection);
  await connection.close();
  return createGuard({ policy, catalog, parser: await createParser() });
}

function play(client: WireClient, { steps, copied }: Burst): Promise<readonly string[]> {
  const units = steps.filter(({ asksReady }) => asksReady).length;
  return client.exchange(Buffer.concat(steps.map(({ bytes }) => bytes)), units, copied);
}

function differences(
  burst: Burst,
  without: readonly string[],
  through: readonly string[],
): readonly string[] {
  const length = Math.max(without.length, through.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => without[index] !== through[index]);
  if (at === undefined || isDocumented(burst.steps, without, through, at)) return [];
  const told = burst.steps.map(({ told }) => `  ${told}`).join('\n');
  return [
    `${told}\n  without Cordon: ${without.slice(at, at + 3)}\n  through Cordon: ${through.slice(at, at + 3)}`,
  ];
}
