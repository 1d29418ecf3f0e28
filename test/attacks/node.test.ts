/** Every attack through the wrapper in process: as texts, and as statements that are kept prepared. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guard } from '../../src/guard/guard.ts';
import { Border } from '../../src/node/border.ts';
import { CatalogWatch } from '../../src/node/catalog-watch.ts';
import { Cordon } from '../../src/node/cordon.ts';
import { type EmbeddedDatabase, EmbeddedPool } from '../../src/node/embedded-pool.ts';
import type { RawPool } from '../../src/node/raw-driver.ts';
import { Source } from '../../src/node/source.ts';
import {
  describeWith,
  type PgliteDatabase,
  type PostgresDatabase,
  postgresRequirement,
  requirement,
  startPglite,
  startPostgres,
} from '../databases/index.ts';
import { embeddedConnection } from '../worlds/connection.ts';
import type { Answer } from '../worlds/messages.ts';
import { WIDER_VARIANTS } from '../worlds/shop-policy.ts';
import { serverWorld, type World, type WorldName, worldIn } from '../worlds/world.ts';
import { type AttackCase, readAttackCases } from './case.ts';
import { othersRows, PRINCIPALS, rowsAfter, WorldGuards } from './guarded.ts';
import { type Observation, observe } from './observation.ts';
import { problemsOf, type WorldRun } from './verdict.ts';

type Mode = 'texts' | 'prepared';

interface Place {
  readonly world: World;
  readonly guards: WorldGuards;
  readonly pool: () => { readonly raw: RawPool; readonly isEmbedded: boolean };
  readonly stop: () => Promise<void>;
}

let server: PostgresDatabase | undefined;

const KINDS = [
  { kind: 'pglite', needs: requirement('pglite', undefined), start: embeddedPlace },
  { kind: 'postgres', needs: postgresRequirement(), start: serverPlace },
] as const;

for (const { kind, needs, start } of KINDS) {
  describeWith([needs], `attacks in process, on ${kind}`, () => {
    const places: Place[] = [];
    beforeAll(async () => {
      for (const name of kind === 'pglite' ? (['a', 'c'] as const) : (['a', 'c', 'd'] as const))
        places.push(await start(name));
    }, 240_000);
    afterAll(async () => {
      for (const place of places) await place.stop();
      if (kind === 'postgres') await server?.stop();
    });

    for (const mode of kind === 'pglite' ? (['texts'] as const) : (['texts', 'prepared'] as const)) {
      describe(mode, () => {
        for (const attack of readAttackCases()) {
          // The wrapper sets the search path of its connections itself.
          if (attack.directives.session !== undefined) continue;
          if (kind === 'pglite' && (attack.directives.holds !== undefined || isWider(attack))) continue;
          it(`${attack.id} ${attack.why}`, async () => {
            const runs: WorldRun[] = [];
            for (const place of placesFor(places, attack)) runs.push(await runThrough(place, attack, mode));
            expect(problemsOf(attack, 'mask', runs).join('\n')).toBe('');
          });
        }
      });
    }
  });
}

function isWider(attack: AttackCase): boolean {
  return WIDER_VARIANTS.has(attack.directives.policy ?? 'shop');
}

function placesFor(places: readonly Place[], attack: AttackCase): readonly Place[] {
  return places.filter(({ world }) => (isWider(attack) ? ['a', 'd'] : ['a', 'c']).includes(world.name));
}

async function embeddedPlace(name: WorldName): Promise<Place> {
  const database: PgliteDatabase = await startPglite();
  const world = await worldIn(name, embeddedConnection(database.pglite));
  const pool = () => ({
    raw: new EmbeddedPool(database.pglite as unknown as EmbeddedDatabase),
    isEmbedded: true,
  });
  return { world, guards: new WorldGuards(world), pool, stop: database.stop };
}

async function serverPlace(name: WorldName): Promise<Place> {
  server ??= await startPostgres();
  const { host, port, user } = server;
  const world = await serverWorld(name, server);
  const pool = () => ({
    raw: new pg.Pool({ host, port, user, database: `world_${name}`, max: 1 }) as unknown as RawPool,
    isEmbedded: false,
  });
  return { world, guards: new WorldGuards(world), pool, stop: () => world.stop() };
}

async function wrap(place: Place, guard: Guard): Promise<Cordon> {
  const { raw, isEmbedded } = place.pool();
  const source = new Source(raw, { searchPath: ['public'], isEmbedded });
  const catalog = { fingerprint: async () => '', load: async () => guard };
  const watch = await CatalogWatch.start({ visit: (work) => work(catalog), over: () => catalog }, 0);
  const noKeys = () => Promise.reject(new Error('no tokens here'));
  source.border = new Border(guard.policy, watch, noKeys, () => undefined);
  return new Cordon(source, watch, pg.Pool);
}

async function runThrough(place: Place, attack: AttackCase, mode: Mode): Promise<WorldRun> {
  const { world, guards } = place;
  const { directives } = attack;
  await world.reset(directives.owner);
  const guard = await guards.guardFor(directives.policy ?? 'shop', 'mask', directives.owner !== undefined);
  const holder = directives.holds === undefined ? undefined : await world.connect?.();
  await holder?.simple('BEGIN');
  await holder?.simple(directives.holds ?? '');
  if (directives['owner-late'] !== undefined) await world.connection.simple(directives['owner-late']);
  const othersBefore = await othersRows(world);
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

/** What this face refuses altogether: it copies no rows, and takes no caller from a text. */
const NOT_HERE = /^\s*(COPY|SET (LOCAL |SESSION )?cordon\.|RESET cordon\.|\/\*cordon:)/i;

async function answersOf(answered: Promise<pg.QueryResult>, text: string): Promise<readonly Answer[]> {
  try {
    const results = await answered;
    return (Array.isArray(results) ? (results as pg.QueryResult[]) : [results]).flatMap(answersOfOne);
  } catch (error) {
    const {
      code = '',
      sqlstate,
      message: M,
      hint,
      severity,
    } = error as Partial<pg.DatabaseError & { sqlstate: string }>;
    const H = hint === undefined ? {} : { H: hint };
    if (code === 'CORDON_UNSUPPORTED' && NOT_HERE.test(text)) return [{ kind: 'other', type: 'copy-in' }];
    return [{ kind: 'error', fields: { S: severity ?? 'ERROR', C: sqlstate ?? code, M: M ?? '', ...H } }];
  }
}

function answersOfOne(result: pg.QueryResult): readonly Answer[] {
  const fields = result.fields.map(({ name, dataTypeID, dataTypeModifier, tableID, columnID }) => ({
    name,
    ofTable: tableID !== 0,
    position: columnID,
    type: dataTypeID,
    modifier: dataTypeModifier,
    format: 0,
  }));
  const rows = (result.rows as (string | null)[][]).map((values) => ({ kind: 'row' as const, values }));
  const tag = [result.command, result.command === 'INSERT' ? '0' : undefined, result.rowCount]
    .filter((word) => word !== undefined && word !== null)
    .join(' ');
  return [
    ...(fields.length === 0 ? [] : [{ kind: 'fields' as const, fields }]),
    ...rows,
    { kind: 'tag', tag },
  ];
}

/** Values as the database writes them. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };
