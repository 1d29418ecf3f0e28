/** Every attack, through the guard in process, on each kind of database, with hidden columns masked and refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWorlds, WORLDS } from '../worlds/describe-worlds.ts';
import { type HiddenMode, WIDER_VARIANTS } from '../worlds/shop-policy.ts';
import { WORLD_NAMES, type World, type WorldName } from '../worlds/world.ts';
import { type AttackCase, readAttackCases } from './case.ts';
import { runGuarded, WorldGuards } from './guarded.ts';
import { problemsOf, type WorldRun } from './verdict.ts';

const CASES = readAttackCases();

describeWorlds('attacks through the guard', WORLDS, (start, kind) => {
  const worlds: { readonly world: World; readonly guards: WorldGuards }[] = [];
  beforeAll(async () => {
    for (const name of WORLD_NAMES) {
      const world = await start(name);
      worlds.push({ world, guards: new WorldGuards(world) });
    }
  }, 120_000);
  afterAll(async () => {
    for (const { world } of worlds) await world.stop();
  });

  for (const hidden of ['mask', 'refuse'] as const) {
    describe(hidden, () => {
      for (const attack of hidden === 'mask' ? CASES : CASES.filter(meetsHiddenColumn)) {
        // A lock is held by a second session, which PGlite cannot have; the server has these cases.
        if (attack.directives.holds !== undefined && kind === 'pglite') continue;
        it(`${attack.id} ${attack.why}`, async () => {
          const runs = await runWorlds(attack, hidden, worlds, kind === 'pglite');
          const problems = problemsOf(attack, hidden, runs);
          expect(problems.join('\n'), JSON.stringify(runs[0]?.sent, null, 1)).toBe('');
        });
      }
    });
  }
});

/** On PGlite, where a world takes long to load again, two of the four; on a server all. */
function worldsFor(wider: boolean, isEmbedded: boolean): readonly WorldName[] {
  if (wider) return ['a', 'd'];
  return isEmbedded ? ['a', 'c'] : WORLD_NAMES;
}

/** The setting makes a difference only where a hidden column is met. */
function meetsHiddenColumn(attack: AttackCase): boolean {
  return attack.file.startsWith('03') || attack.steps.some((step) => step.refuse !== step.mask);
}

async function runWorlds(
  attack: AttackCase,
  hidden: HiddenMode,
  worlds: readonly { readonly world: World; readonly guards: WorldGuards }[],
  isEmbedded: boolean,
): Promise<readonly WorldRun[]> {
  const wider = WIDER_VARIANTS.has(attack.directives.policy ?? 'shop');
  const runs: WorldRun[] = [];
  for (const { world, guards } of worlds) {
    if (!worldsFor(wider, isEmbedded).includes(world.name)) continue;
    runs.push({ world: world.name, ...(await runGuarded(world, guards, attack, hidden)) });
  }
  return runs;
}
