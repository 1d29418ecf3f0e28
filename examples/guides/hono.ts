/** The code of docs/guide/hono.md, which a test starts. */
import { serve } from '@hono/node-server';
import { openShop } from './shop.ts';

const pool = await openShop();

// section:app
import { type CordonEnv, cordonErrors, cordonHono } from 'cordon/hono';
import { cordon } from 'cordon/node';
import { Hono } from 'hono';

const db = await cordon({ policy: 'examples/demo/cordon.yaml', pool });
const app = new Hono<CordonEnv>();
app.use(cordonHono({ cordon: db, token: { cookie: 'session' } }));
app.onError(cordonErrors());

app.get('/orders', async (context) => {
  const { rows } = await context.get('db').query('SELECT * FROM orders ORDER BY amount DESC');
  return context.json(rows);
});
app.get('/orders/:id', async (context) => {
  const { rows } = await context
    .get('db')
    .query('SELECT * FROM orders WHERE id = $1', [context.req.param('id')]);
  return rows[0] ? context.json(rows[0]) : context.notFound();
});
// endsection:app
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  process.stdout.write(`ready http://127.0.0.1:${port}\n`);
});
