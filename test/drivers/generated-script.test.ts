/**
 * The allow-all gateway against the bare database, message by message, on a script that a seed makes. `SCRIPT_SEED` and
 * `SCRIPT_BURSTS` choose another script, or a longer one.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Gateway, PooledUpstream, type Upstream } from '../../src/gateway/index.ts';
import { serverUpstream, startGateway } from '../attacks/through-gateway.ts';
import { describeWith, type PostgresDatabase, postgresRequirement } from '../databases/index.ts';
import { Dice } from '../noninterference/dice.ts';
import { message } from '../worlds/connection.ts';
import { allowAll, connectStraight, connectThrough, startCopies } from './allow-all.ts';
import { isDocumented } from './documented-differences.ts';
import { type Burst, ScriptMaker } from './generated-script.ts';
import type { WireClient } from './wire-client.ts';

const SEED = Number(process.env.SCRIPT_SEED ?? 20_240_229);
const BURSTS = Number(process.env.SCRIPT_BURSTS ?? 1500);
const SESSIONS = 10;

describeWith([postgresRequirement()], 'a generated script, with a policy that opens everything', () => {
  let server: PostgresDatabase;
  const gateways: Partial<Record<Way, Gateway>> = {};

  beforeAll(async () => {
    server = await startCopies(WAYS.flatMap((way) => [`straight_${way}`, `guarded_${way}`]));
    for (const way of WAYS) {
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
      const straight = await connectStraight(server, `straight_${way}`);
      const guarded = await connectThrough(gateway);
      const other = way === 'own' ? undefined : new Other(await connectThrough(gateway));
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
    const client = await connectThrough(gateways.own);
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
