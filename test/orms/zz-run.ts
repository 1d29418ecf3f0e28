import pg from 'pg';
import { cordon } from '../../src/node/index.ts';
import { startPglite, startPostgres } from '../databases/index.ts';
import { ALICE, BOB, Notes, worldOf } from './world.ts';

const [, , kind, ...names] = process.argv;
const t0 = Date.now();
for (const name of names) {
  const database = kind === 'pglite' ? await startPglite() : await startPostgres();
  await database.run(worldOf(ALICE, BOB));
  const pool = 'pglite' in database ? database.pglite : new pg.Pool({ connectionString: database.url, max: 3 });
  let n = 0;
  const db = await cordon({ policy: new URL('cordon.yaml', import.meta.url).pathname, pool: pool as pg.Pool, onDecision: (d) => { n++; if (d.outcome === 'deny') console.log('DENIED', d.role, d.error.message); } });
  console.log(name, 'open', Date.now() - t0);
  const { app } = await import(`./apps/${name}.ts`);
  try {
    const open = await app.open({ pool: db.pool, module: db.pg });
    for (const me of [ALICE, BOB]) {
      const notes = new Notes();
      try { await db.run({ sub: String(me.id) }, () => open.run(me, notes.note)); console.log(name, me.name, 'ok', notes.transcript.length, 'steps', n, 'statements', Date.now() - t0); }
      catch (e) { console.log(name, me.name, 'after', notes.transcript.at(-1)?.[0], e); }
    }
    await open.close();
  } catch (e) { console.log(name, 'open failed', e); }
  try { await db.runService('migrator', () => app.migrate({ pool: db.pool, module: db.pg })); console.log(name, 'migrated'); } catch (e) { console.log(name, 'migrate failed', String(e), (e as any)?.parent?.sql ?? ''); }
  await db.close(); await database.stop();
}
process.exit(0);
