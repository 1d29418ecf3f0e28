/**
 * An attack that does nothing without a guard tests nothing. Each case is run on the bare database first: its answer must
 * depend on rows or columns that are not alice's, or it must act where it has to be refused, or quote a value in an error.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { type Connection, message } from '../worlds/connection.ts';
import type { Answer } from '../worlds/messages.ts';
import { serverWorld, WORLD_NAMES, type World } from '../worlds/world.ts';
import { type AttackCase, readAttackCases, type Step } from './case.ts';
import { type Observation, observe } from './observation.ts';

describeWith([postgresRequirement()], 'on the bare database each attack has its effect', () => {
  let server: PostgresDatabase;
  let worlds: readonly World[];

  beforeAll(async () => {
    server = await startPostgres();
    worlds = await Promise.all(WORLD_NAMES.map((name) => serverWorld(name, server)));
  });
  afterAll(async () => {
    for (const world of worlds) await world.stop();
    await server.stop();
  });

  for (const attack of readAttackCases()) {
    const { tag, directives } = attack;
    if (tag === 'crdb' || directives['bare-skip'] !== undefined) continue;
    it(`${attack.id} ${attack.why}`, async () => {
      const runs = [];
      for (const world of worlds) runs.push(await runBare(world, attack));
      const harmful = directives.lookup !== undefined || runs.some(acts) || !alike(runs);
      if (directives.bare === undefined)
        expect(harmful, JSON.stringify(runs.map((run) => run.seen.map((o) => o.text)))).toBe(true);
    });
  }
});

interface BareRun {
  readonly seen: readonly Observation[];
  readonly steps: readonly Step[];
  readonly changed: boolean;
}

async function runBare(world: World, attack: AttackCase): Promise<BareRun> {
  await world.reset(attack.directives.owner);
  const before = await world.othersRows();
  const holder = await holdLock(world, attack.directives.holds);
  const { connection } = world;
  await connection.simple("SET statement_timeout = '1s'");
  for (const setup of [attack.directives.session, attack.directives['owner-late']]) {
    if (setup !== undefined) await connection.simple(setup);
  }
  const seen: Observation[] = [];
  for (const step of attack.steps) seen.push(observe(await runStep(connection, step)));
  await holder?.close();
  await connection.simple('ROLLBACK');
  await connection.simple('RESET SESSION AUTHORIZATION');
  await connection.simple('DISCARD ALL');
  return { seen, steps: attack.steps, changed: (await world.othersRows()) !== before };
}

async function holdLock(world: World, sql: string | undefined): Promise<Connection | undefined> {
  if (sql === undefined) return undefined;
  const holder = await world.connect?.();
  await holder?.simple('BEGIN');
  await holder?.simple(sql);
  return holder;
}

async function runStep(connection: Connection, step: Step): Promise<readonly Answer[]> {
  const answers = await connection.simple(step.text);
  if (!answers.some((answer) => answer.kind === 'other' && answer.type === 'G')) return answers;
  const rest = await connection.send(message('d', Buffer.from(step.copy)), message('c'));
  return [...answers, ...rest];
}

/** Rows of others are changed, something runs that must be refused, or an error quotes a value. */
function acts(run: BareRun): boolean {
  return run.changed || run.seen.some((observation, index) => stepActs(observation, run.steps[index]));
}

function stepActs(observation: Observation, step: Step | undefined): boolean {
  const outcomes = step?.mask.alternatives ?? [];
  if (observation.error === undefined)
    return outcomes.every((one) => one.kind === 'refused' || one.kind === 'error');
  return ['22P02', '23505', '23514', '23503', '23502'].includes(observation.error.code);
}

function alike(runs: readonly BareRun[]): boolean {
  const texts = runs.map((run) => run.seen.map((observation) => observation.text).join('\n'));
  return texts.every((text) => text === texts[0]);
}
