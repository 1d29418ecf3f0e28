import { readFileSync } from 'node:fs';
import { createGuard } from '../../src/guard/guard.ts';
import { createParser } from '../../src/sql/index.ts';
import { socketConnection } from '../worlds/connection.ts';
import { ALICE, BOB, NOBODY, shopPolicy } from '../worlds/shop-policy.ts';
import { serverWorld } from '../worlds/world.ts';
import { catalogOf, GuardedClient } from './guarded.ts';
import { observe } from './observation.ts';

const [variant = 'shop', hidden = 'mask', file = ''] = process.argv.slice(2);
const server = {
  host: '127.0.0.1',
  port: 54999,
  user: 'postgres',
  createDatabase: async (n: string) => {
    const c = await socketConnection({
      host: '127.0.0.1',
      port: 54999,
      user: 'postgres',
      database: 'postgres',
    });
    await c.simple(`CREATE DATABASE ${n}`);
    await c.close();
    return '';
  },
} as never;
const text = readFileSync(file, 'utf8');
const steps = text
  .split(/;\n/)
  .map((s) => s.trim())
  .filter((s) => s !== '');
const worlds = [];
for (const name of ['a', 'c'] as const) worlds.push(await serverWorld(name, server));
const parser = await createParser();
const clients = [];
for (const w of worlds) {
  await w.reset();
  const owner = steps.filter((s) => s.startsWith('--owner')).map((s) => s.slice(7));
  for (const o of owner) {
    const r = observe(await w.connection.simple(o));
    if (r.error) process.stdout.write(`owner: ${r.text}\n`);
  }
  const guard = createGuard({
    policy: shopPolicy(variant, hidden as never),
    catalog: await catalogOf(w.connection),
    parser,
  });
  clients.push(new GuardedClient(guard.session(), w.connection));
}
for (const s of steps.filter((x) => !x.startsWith('--owner'))) {
  const [who, sql] = s.startsWith('@bob ')
    ? [BOB, s.slice(5)]
    : s.startsWith('@no ')
      ? [NOBODY, s.slice(4)]
      : [ALICE, s];
  process.stdout.write(`\n>> ${sql}\n`);
  const seen = [];
  for (const c of clients) seen.push(observe(await c.run(sql, who)).text);
  process.stdout.write(`   sent ${clients[0]?.sent.at(-1)?.join(' ;; ').slice(0, 1500)}\n`);
  process.stdout.write(`   ${seen[0]?.split('\n').join('\n   ')}\n`);
  if (seen[0] !== seen[1]) process.stdout.write(`   !!! DIFFERS\n   ${seen[1]?.split('\n').join('\n   ')}\n`);
}
for (const w of worlds) {
  await w.connection.simple('ROLLBACK');
  await w.stop();
}
process.exit(0);
