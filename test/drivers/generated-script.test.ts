/**
 * The allow-all gateway against the bare database, message by message, on a script that a seed makes. `SCRIPT_SEED` and
 * `SCRIPT_BURSTS` choose another script, or a longer one.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Gateway } from '../../src/gateway/index.ts';
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
import { serverConnection } from '../worlds/connection.ts';
import { isDocumented } from './documented-differences.ts';
import { type Burst, ScriptMaker } from './generated-script.ts';
import { WireClient } from './wire-client.ts';

const SEED = Number(process.env.SCRIPT_SEED ?? 20_240_229);
const BURSTS = Number(process.env.SCRIPT_BURSTS ?? 2500);
const SESSIONS = 10;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

describeWith([postgresRequirement()], 'a generated script, with a policy that opens everything', () => {
  let server: PostgresDatabase;
  let gateway: Gateway;

  beforeAll(async () => {
    // No statement of the script takes long; one that does must not hold up the rest.
    server = await startPostgres({ settings: { statement_timeout: '5s' } });
    const model = await WireClient.connect(await server.createDatabase('model'));
    await model.simple(readFileSync(file('schema.sql'), 'utf8'), '');
    model.close();
    for (const name of ['straight', 'guarded']) await server.copyDatabase('model', name);
    gateway = await startGateway(await allowAll(server), serverUpstream(server, 'guarded'));
  });
  afterAll(async () => {
    await gateway?.close();
    await server?.stop();
  });

  for (let session = 0; session < SESSIONS; session++) {
    it(`session ${session} is answered the same with and without Cordon (seed ${SEED})`, {
      timeout: 600_000,
    }, async () => {
      const maker = new ScriptMaker(new Dice(SEED + session), 60);
      const script = Array.from({ length: Math.ceil(BURSTS / SESSIONS) }, () => maker.burst());
      const { port } = gateway.address as { port: number };
      const straight = await WireClient.connect(server.url.replace(/[^/]*$/, 'straight'));
      const guarded = await WireClient.connect(`postgres://app@127.0.0.1:${port}/guarded`);
      const different: string[] = [];
      for (const burst of script) {
        const [without, through] = [await play(straight, burst), await play(guarded, burst)];
        different.push(...differences(burst, without, through));
        // What follows a difference may follow from it.
        if (different.length > 0) break;
      }
      straight.close();
      guarded.close();
      expect(different.join('\n\n')).toBe('');
    });
  }
});

async function allowAll(server: PostgresDatabase) {
  const { policy, mistakes } = loadPolicy(readFileSync(file('allow-all.yaml'), 'utf8'));
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  const connection = await serverConnection({ ...server.address('guarded'), searchPath: ['public'] });
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
