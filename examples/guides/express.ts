/** The code of docs/guide/express.md, which a test starts. */
import type { AddressInfo } from 'node:net';
import { openShop } from './shop.ts';

const pool = await openShop();

// section:app
import { cordonErrors, cordonExpress } from 'cordon/express';
import { cordon } from 'cordon/node';
import express from 'express';

const db = await cordon({ policy: 'examples/demo/cordon.yaml', pool });
const app = express();
app.use(express.json());
app.use(cordonExpress({ cordon: db, token: { cookie: 'session' } }));

app.get('/orders', async (request, response) => {
  const { rows } = await request.db.query('SELECT * FROM orders ORDER BY amount DESC');
  response.json(rows);
});
app.get('/orders/:id', async (request, response) => {
  const { rows } = await request.db.query('SELECT * FROM orders WHERE id = $1', [request.params.id]);
  if (rows[0]) response.json(rows[0]);
  else response.sendStatus(404);
});

app.use(cordonErrors());
// endsection:app
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`ready http://127.0.0.1:${port}\n`);
});
