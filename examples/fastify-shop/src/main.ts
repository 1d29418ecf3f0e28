/** `npm start -- [--sound] [--unguarded] [--port 3000]`; `DATABASE_URL` names a Postgres server, otherwise PGlite. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openEmbedded } from './embedded.ts';
import { openShop } from './shop.ts';

const { values } = parseArgs({
  options: {
    sound: { type: 'boolean', default: false },
    unguarded: { type: 'boolean', default: false },
    port: { type: 'string', default: '3000' },
  },
});

const app = await openShop({
  pages: values.sound ? 'sound' : 'vulnerable',
  guarded: !values.unguarded,
  database: process.env.DATABASE_URL ?? (await openEmbedded()),
  secret: process.env.CORDON_TOKEN_SECRET ?? randomBytes(32).toString('hex'),
});
const address = await app.listen({ host: '127.0.0.1', port: Number(values.port) });
const kind = `${values.sound ? 'sound' : 'vulnerable'}, ${values.unguarded ? 'without Cordon' : 'behind Cordon'}`;
process.stdout.write(`shop ready ${address} (${kind})\n`);
