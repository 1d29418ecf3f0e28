/**
 * Each ORM does what the first pages of its manual do, as two people, behind the guard. What a person sees must be what the same
 * program sees straight on a database that holds that person's rows and nobody else's: so nothing is refused, nothing is
 * missing, and nothing of anybody else is there.
 */
import { createRequire } from 'node:module';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cordon, cordon } from '../../src/node/index.ts';
import type { Decision } from '../../src/policy/index.ts';
import {
  describeWith,
  endPool,
  type PostgresDatabase,
  postgresRequirement,
  startPglite,
  startPostgres,
  type TestDatabase,
} from '../databases/index.ts';
import type { OpenApp, OrmApp } from './apps/app.ts';
import { loadApp, ORMS, ormRequirement } from './orms.ts';
import { ALICE, type Blogger, BOB, Notes, type Transcript, worldOf } from './world.ts';

const POLICY = new URL('cordon.yaml', import.meta.url).pathname;
const ROUNDS = 3;
/** ORMs with pools of their own keep connections, so the wrapped pool needs as many as all of them may hold. */
const CONNECTIONS = 10;
/** The ORMs are installed in this folder, with a `pg` of their own. */
const requireOfOrms = createRequire(import.meta.url);

for (const orm of ORMS) {
  describeWith([ormRequirement(orm), postgresRequirement()], `${orm.name} on top of the guard`, () => {
    let app: OrmApp;
    let expected: ReadonlyMap<Blogger, Transcript>;
    beforeAll(async () => {
      app = await loadApp(orm);
      expected = new Map([
        [ALICE, await alone(app, ALICE)],
        [BOB, await alone(app, BOB)],
      ]);
    });

    describe.each(['pglite', 'postgres'] as const)('on %s', { timeout: 120_000 }, (kind) => {
      const scene = useScene(kind, () => app);

      it.each([ALICE, BOB])('$name sees and does what a database of one’s own would give', async (me) => {
        expect(await as(scene(), me)).toEqual(expected.get(me));
      });

      it('both at the same time, and nobody sees the other', async () => {
        for (let round = 0; round < ROUNDS; round++) {
          const [alice, bob] = await Promise.all([as(scene(), ALICE), as(scene(), BOB)]);
          expect(alice).toEqual(expected.get(ALICE));
          expect(bob).toEqual(expected.get(BOB));
        }
      });

      it('outside of `run` there is nobody, and nobody may read anything', async () => {
        const notes = new Notes();
        await expect(scene().open.run(ALICE, notes.note)).rejects.toThrow();
        expect(notes.transcript).toEqual([]);
      });

      it('statements were judged, and none of them was refused', () => {
        const { allowed, denied } = scene().asPeople;
        expect(allowed).toBeGreaterThan(100);
        expect(denied).toEqual([]);
      });

      it('migrations run through a service role', async () => {
        const { db, database } = scene();
        await db.runService('migrator', () => app.migrate({ pool: db.pool, module: db.pg as never }));
        const rows = await database.query("SELECT to_regclass('public.notes') AS there");
        expect(rows).toEqual([{ there: 'notes' }]);
      });
    });
  });
}

interface Scene {
  readonly db: Cordon;
  readonly open: OpenApp;
  readonly database: TestDatabase;
  readonly asPeople: { allowed: number; denied: string[] };
}

function useScene(kind: TestDatabase['kind'], app: () => OrmApp): () => Scene {
  let scene: Scene | undefined;
  const asPeople: Scene['asPeople'] = { allowed: 0, denied: [] };
  const onDecision = (decision: Decision) => {
    if (decision.role !== 'member') return;
    if (decision.outcome === 'allow') asPeople.allowed += 1;
    else asPeople.denied.push(String(decision.error.message));
  };
  beforeAll(async () => {
    const database = kind === 'pglite' ? await startPglite() : await startPostgres();
    await database.run(worldOf(ALICE, BOB));
    const pool =
      'pglite' in database
        ? database.pglite
        : new pg.Pool({ connectionString: database.url, max: CONNECTIONS });
    const db = await cordon({ policy: POLICY, pool: pool as pg.Pool, pg: requireOfOrms('pg'), onDecision });
    const open = await app().open({ pool: db.pool, module: db.pg as never });
    scene = { db, open, database, asPeople };
  });
  afterAll(async () => {
    await scene?.open.close();
    await scene?.db.close();
    await scene?.database.stop();
  });
  return () => {
    if (scene === undefined) throw new Error('the ORM has not been opened');
    return scene;
  };
}

async function as({ db, open }: Scene, me: Blogger): Promise<Transcript> {
  const notes = new Notes();
  try {
    await db.run({ sub: String(me.id), role: 'member' }, () => open.run(me, notes.note));
  } catch (error) {
    throw new Error(`after ${notes.transcript.at(-1)?.[0] ?? 'nothing'}: ${String(error)}`, { cause: error });
  }
  return notes.transcript;
}

let server: PostgresDatabase | undefined;
afterAll(() => server?.stop());

/** What the program sees without a guard, in a world of one person. */
async function alone(app: OrmApp, me: Blogger): Promise<Transcript> {
  server ??= await startPostgres();
  const database = `${me.name}_${Math.random().toString(36).slice(2)}`;
  const pool = new pg.Pool({ connectionString: await server.createDatabase(database), max: 3 });
  await pool.query(worldOf(me));
  const { host, port, user } = server;
  const open = await app.open({ pool, module: moduleOf({ host, port, user, database }) });
  const notes = new Notes();
  await open.run(me, notes.note);
  await open.close();
  await endPool(pool);
  return notes.transcript;
}

/** `pg` for one database, whatever the ORM says it wants to connect to. */
function moduleOf(settings: pg.ClientConfig): never {
  class Client extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super({ ...options, ...settings });
    }
  }
  class Pool extends pg.Pool {
    constructor(options?: pg.PoolConfig) {
      super({ ...options, ...settings });
    }
  }
  return { ...pg, types: pg.types, defaults: pg.defaults, Client, Pool } as never;
}
