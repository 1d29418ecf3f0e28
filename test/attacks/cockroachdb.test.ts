/**
 * Every attack once more, rewritten and printed as for a server of CockroachDB and run on Postgres. No CockroachDB server is run
 * here: this shows that its placement answers the same and lets nothing out, where no fence stands.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { WIDER_VARIANTS } from '../worlds/shop-policy.ts';
import { serverWorld, type World } from '../worlds/world.ts';
import { readAttackCases } from './case.ts';
import { runGuarded, WorldGuards } from './guarded.ts';
import { problemsOf, type WorldRun } from './verdict.ts';

/** Attacks that are answered otherwise there, and how. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  ['A060.1', 'CockroachDB has no FETCH FIRST … WITH TIES'],
  ['A303', 'CockroachDB has no GROUPING SETS'],
  ['A123.1', 'a FULL JOIN on a condition that can fail cannot be guarded there'],
]);

const WORLDS = ['a', 'c', 'd'] as const;
let server: PostgresDatabase | undefined;

describeWith([postgresRequirement()], 'attacks through a guard that writes for CockroachDB', () => {
  const worlds: { readonly world: World; readonly guards: WorldGuards }[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    for (const name of WORLDS) {
      const world = await serverWorld(name, server);
      worlds.push({ world, guards: new WorldGuards(world, 'cockroachdb') });
    }
  }, 120_000);
  afterAll(async () => {
    for (const { world } of worlds) await world.stop();
    await server?.stop();
  });

  for (const attack of readAttackCases()) {
    it(`${attack.id} ${attack.why}`, async () => {
      const runs: WorldRun[] = [];
      const wider = WIDER_VARIANTS.has(attack.directives.policy ?? 'shop');
      for (const { world, guards } of worlds.filter(({ world: { name } }) => name !== (wider ? 'c' : 'd')))
        runs.push({ world: world.name, ...(await runGuarded(world, guards, attack, 'mask')) });
      const problems = problemsOf(attack, 'mask', runs);
      const sent = JSON.stringify(runs[0]?.sent, null, 1);
      if (DIFFERENT.has(attack.id)) expect(isRefused(runs), sent).toBe(true);
      else expect(problems.join('\n'), sent).toBe('');
    });
  }
});

/** Refused where Postgres answers: nothing was read or changed. */
function isRefused(runs: readonly WorldRun[]): boolean {
  return runs.every(
    (run) =>
      run.othersBefore === run.othersAfter && run.seen.some((seen) => seen.text.includes('"C":"0A000"')),
  );
}
