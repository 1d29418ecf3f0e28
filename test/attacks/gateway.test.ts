/** Every attack through the gateway, on a Postgres server: in the simple protocol, in the extended one, and in a pipeline. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { type Connection, message } from '../worlds/connection.ts';
import type { Answer } from '../worlds/messages.ts';
import { WIDER_VARIANTS } from '../worlds/shop-policy.ts';
import { serverWorld, type World } from '../worlds/world.ts';
import { type AttackCase, readAttackCases, type Step } from './case.ts';
import { rowsAfter, setStage, WorldGuards } from './guarded.ts';
import { type Observation, observe } from './observation.ts';
import { connectTo, serverUpstream, startGateway, TOKENS } from './through-gateway.ts';
import { problemsOf, type WorldRun } from './verdict.ts';

type Mode = 'simple' | 'extended' | 'pipelined';

interface Place {
  readonly world: World;
  readonly guards: WorldGuards;
}

describeWith([postgresRequirement()], 'attacks through the gateway', () => {
  let server: PostgresDatabase;
  const places: Place[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    for (const name of ['a', 'c', 'd'] as const) {
      const world = await serverWorld(name, server);
      places.push({ world, guards: new WorldGuards(world) });
    }
  });
  afterAll(async () => {
    for (const { world } of places) await world.stop();
    await server?.stop();
  });

  for (const mode of ['simple', 'extended', 'pipelined'] as const) {
    describe(mode, () => {
      for (const attack of readAttackCases()) {
        // The gateway sets the search path of its connections itself.
        if (attack.directives.session !== undefined) continue;
        it(`${attack.id} ${attack.why}`, async () => {
          const runs: WorldRun[] = [];
          for (const place of placesFor(places, attack))
            runs.push(await runThrough(place, server, attack, mode));
          const problems =
            mode === 'pipelined' ? batchProblems(attack, runs) : problemsOf(attack, 'mask', runs);
          expect(problems.join('\n')).toBe('');
        });
      }
    });
  }
});

/** Two of the worlds: all four are compared in process. */
function placesFor(places: readonly Place[], attack: AttackCase): readonly Place[] {
  const wider = WIDER_VARIANTS.has(attack.directives.policy ?? 'shop');
  return places.filter(({ world }) => (wider ? ['a', 'd'] : ['a', 'c']).includes(world.name));
}

async function runThrough(
  place: Place,
  server: PostgresDatabase,
  attack: AttackCase,
  mode: Mode,
): Promise<WorldRun> {
  const { world, guards } = place;
  const { guard, holder, othersBefore } = await setStage(world, guards, attack, 'mask');
  const gateway = await startGateway(guard, serverUpstream(server, `world_${world.name}`));
  const client = await connectTo(gateway);
  await client.simple("SET statement_timeout = '2s'");
  const seen = mode === 'pipelined' ? [await pipeline(client, attack)] : await each(client, attack, mode);
  await client.close();
  await gateway.close();
  await holder?.close();
  return { world: world.name, seen, sent: [], othersBefore, othersAfter: await rowsAfter(world) };
}

function signed(step: Step): string {
  const token = TOKENS[step.as];
  return token === undefined ? step.text : `/*cordon:${token}*/ ${step.text}`;
}

async function each(client: Connection, attack: AttackCase, mode: Mode): Promise<readonly Observation[]> {
  const seen: Observation[] = [];
  for (const step of attack.steps) {
    const first =
      mode === 'simple'
        ? await client.simple(signed(step))
        : await client.send(...extended(step), message('S'));
    seen.push(observe(told([...first, ...(await copied(client, step, first, mode))])));
  }
  return seen;
}

/** The rows that COPY FROM STDIN asks for. */
async function copied(
  client: Connection,
  step: Step,
  answers: readonly Answer[],
  mode: Mode,
): Promise<readonly Answer[]> {
  if (!answers.some((answer) => answer.kind === 'other' && answer.type === 'G')) return [];
  const rows = [message('d', Buffer.from(step.copy)), message('c')];
  return client.send(...rows, ...(mode === 'simple' ? [] : [message('S')]));
}

function extended(step: Step): readonly Uint8Array[] {
  return [
    message('P', '', signed(step), 0),
    message('D', Buffer.from('S'), ''),
    message('B', '', '', 0, 0, 0),
    message('D', Buffer.from('P'), ''),
    message('E', '', Buffer.alloc(4)),
  ];
}

/** All statements before one Sync: what follows a refusal is skipped. */
async function pipeline(client: Connection, attack: AttackCase): Promise<Observation> {
  return observe(told(await client.send(...attack.steps.flatMap(extended), message('S'))));
}

/** Without what depends on the moment alone. */
function told(answers: readonly Answer[]): readonly Answer[] {
  return answers.filter((answer) => answer.kind !== 'ready' && answer.kind !== 'setting');
}

/** A batch has no outcome of its own: rows of others stay, and what must be the same in the worlds is the same. */
function batchProblems(attack: AttackCase, runs: readonly WorldRun[]): readonly string[] {
  const changed = runs
    .filter((run) => run.othersBefore !== run.othersAfter)
    .map((run) => `rows of others changed in world ${run.world}`);
  const kinds = new Set(attack.steps.flatMap((step) => step.mask.alternatives.map(({ kind }) => kind)));
  // A key that all share may be free in one world and taken in another; bob's own answers differ.
  if (kinds.has('error') || kinds.has('any') || attack.directives.lookup !== undefined) return changed;
  const texts = new Set(runs.flatMap((run) => run.seen.map((one) => one.text.split('\n').sort().join('\n'))));
  return texts.size === 1 ? changed : [...changed, `the answers differ:\n${[...texts].join('\n--- or\n')}`];
}
