/** The code of docs/guide/fastify.md, which a test starts. */
import { openShop } from './shop.ts';

const pool = await openShop();

// section:app
import { cordonFastify } from 'cordon/fastify';
import { cordon } from 'cordon/node';
import Fastify from 'fastify';

const db = await cordon({ policy: 'examples/demo/cordon.yaml', pool });
const app = Fastify();
await app.register(cordonFastify, { cordon: db, token: { cookie: 'session' } });

app.get('/orders', async (request) => {
  const { rows } = await request.db.query('SELECT * FROM orders ORDER BY amount DESC');
  return rows;
});
app.get<{ Params: { id: string } }>('/orders/:id', async (request, reply) => {
  const { rows } = await request.db.query('SELECT * FROM orders WHERE id = $1', [request.params.id]);
  return rows[0] ?? reply.code(404).send();
});
// endsection:app
process.stdout.write(`ready ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
