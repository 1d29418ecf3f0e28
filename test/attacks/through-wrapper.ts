/** What tests send through the wrapper in process, and how its answers are told. */
import pg from 'pg';
import type { Guard } from '../../src/guard/guard.ts';
import { Border } from '../../src/node/border.ts';
import { CatalogWatch } from '../../src/node/catalog-watch.ts';
import { Cordon } from '../../src/node/cordon.ts';
import { type EmbeddedDatabase, EmbeddedPool } from '../../src/node/embedded-pool.ts';
import type { RawPool } from '../../src/node/raw-driver.ts';
import { Source } from '../../src/node/source.ts';
import { type PgliteDatabase, type PostgresDatabase, startPglite } from '../databases/index.ts';
import { embeddedConnection } from '../worlds/connection.ts';
import type { Starts } from '../worlds/describe-worlds.ts';
import type { Answer } from '../worlds/messages.ts';
import { serverWorld, type World, type WorldName, worldIn } from '../worlds/world.ts';
import { WorldGuards } from './guarded.ts';

/** A world, and pools over it that the wrapper is put around. */
export interface Place {
  readonly world: World;
  readonly guards: WorldGuards;
  readonly pool: () => { readonly raw: RawPool; readonly isEmbedded: boolean };
  readonly stop: () => Promise<void>;
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

async function serverPlace(name: WorldName, server: PostgresDatabase): Promise<Place> {
  const { host, port, user } = server;
  const world = await serverWorld(name, server);
  const pool = () => ({
    raw: new pg.Pool({ host, port, user, database: `world_${name}`, max: 1 }) as unknown as RawPool,
    isEmbedded: false,
  });
  return { world, guards: new WorldGuards(world), pool, stop: () => world.stop() };
}

export const PLACES: Starts<Place> = { pglite: embeddedPlace, postgres: serverPlace };

/** The wrapper with a guard that is given. */
export async function wrap(place: Place, guard: Guard): Promise<Cordon> {
  const { raw, isEmbedded } = place.pool();
  const source = new Source(raw, { searchPath: ['public'], isEmbedded });
  const catalog = { fingerprint: async () => '', load: async () => guard };
  const watch = await CatalogWatch.start({ visit: (work) => work(catalog), over: () => catalog }, 0);
  const noKeys = () => Promise.reject(new Error('no tokens here'));
  source.border = new Border(guard.policy, watch, noKeys, () => undefined);
  return new Cordon(source, watch, pg.Pool);
}

/** What this face refuses altogether: it copies no rows, and takes no caller from a text. */
const NOT_HERE = /^\s*(COPY|SET (LOCAL |SESSION )?cordon\.|RESET cordon\.|\/\*cordon:)/i;

/** As a connection would have told them. */
export async function answersOf(answered: Promise<pg.QueryResult>, text: string): Promise<readonly Answer[]> {
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
    // A query may have no columns; of any other statement, no columns means that it gives no rows.
    ...(fields.length === 0 && result.command !== 'SELECT' ? [] : [{ kind: 'fields' as const, fields }]),
    ...rows,
    { kind: 'tag', tag },
  ];
}

/** Values as the database writes them. */
export const AS_TEXT = { getTypeParser: () => (value: string) => value };
