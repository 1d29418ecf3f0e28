/** Every attack through the wrapper in process: as texts, and as statements that are kept prepared. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWorlds } from '../worlds/describe-worlds.ts';
import { WIDER_VARIANTS } from '../worlds/shop-policy.ts';
import { type AttackCase, readAttackCases } from './case.ts';
import { PRINCIPALS, rowsAfter, setStage } from './guarded.ts';
import { type Observation, observe } from './observation.ts';
import { AS_TEXT, answersOf, PLACES, type Place, wrap } from './through-wrapper.ts';
import { problemsOf, type WorldRun } from './verdict.ts';

type Mode = 'texts' | 'prepared';

describeWorlds('attacks in process', PLACES, (start, kind) => {
  const places: Place[] = [];
  beforeAll(async () => {
    for (const name of kind === 'pglite' ? (['a', 'c'] as const) : (['a', 'c', 'd'] as const))
      places.push(await start(name));
  }, 240_000);
  afterAll(async () => {
    for (const place of places) await place.stop();
  });

  for (const mode of modesOn(kind)) {
    describe(mode, () => {
      for (const attack of readAttackCases()) {
        // The wrapper sets the search path of its connections itself.
        if (attack.directives.session !== undefined) continue;
        if (kind === 'pglite' && (attack.directives.holds !== undefined || isWider(attack))) continue;
        // A client of `db.pg` has PGlite's one session for a transaction and no longer, so nothing stays prepared there.
        if (kind === 'pglite' && attack.steps.some(({ text }) => /^\s*PREPARE\b/i.test(text))) continue;
        it(`${attack.id} ${attack.why}`, async () => {
          const runs: WorldRun[] = [];
          for (const place of placesFor(places, attack)) runs.push(await runThrough(place, attack, mode));
          expect(problemsOf(attack, 'mask', runs).join('\n')).toBe('');
        });
      }
    });
  }
});

/** Each way once; CORDON_ATTACKS=all tries texts on the server too, which takes some minutes more. */
function modesOn(kind: 'pglite' | 'postgres'): readonly Mode[] {
  if (kind === 'pglite') return ['texts'];
  return process.env.CORDON_ATTACKS === 'all' ? ['texts', 'prepared'] : ['prepared'];
}

function isWider(attack: AttackCase): boolean {
  return WIDER_VARIANTS.has(attack.directives.policy ?? 'shop');
}

function placesFor(places: readonly Place[], attack: AttackCase): readonly Place[] {
  return places.filter(({ world }) => (isWider(attack) ? ['a', 'd'] : ['a', 'c']).includes(world.name));
}

async function runThrough(place: Place, attack: AttackCase, mode: Mode): Promise<WorldRun> {
  const { world, guards } = place;
  const { guard, holder, othersBefore } = await setStage(world, guards, attack, 'mask');
  const db = await wrap(place, guard);
  const client = new db.pg.Client();
  await client.query("SET statement_timeout = '2s'");
  const seen: Observation[] = [];
  for (const step of attack.steps) {
    const principal = PRINCIPALS[step.as];
    const claims = Object.fromEntries(principal.claims);
    const caller =
      step.as === 'nobody'
        ? undefined
        : { sub: claims.user, tenant: Number(claims.tenant), region: claims.region };
    const query = {
      text: step.text,
      rowMode: 'array',
      types: AS_TEXT,
      ...(mode === 'texts' ? {} : { name: `n${seen.length}` }),
    };
    seen.push(
      observe(
        await db.run(caller, () => answersOf(client.query(query) as Promise<pg.QueryResult>, step.text)),
      ),
    );
  }
  await client.end();
  await db.close();
  await holder?.close();
  return { world: world.name, seen, sent: [], othersBefore, othersAfter: await rowsAfter(world) };
}
