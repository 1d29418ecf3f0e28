import { Readable } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { type CordonEnv, cordonErrors, cordonHono } from '../../src/web/hono.ts';
import { failure, orderLines, slowOrders, whoAmI } from './routes.ts';
import { closed, listening, type Scene, type WebServer } from './scene.ts';

export async function startHono(scene: Scene): Promise<WebServer> {
  let log = '';
  const app = new Hono<CordonEnv>();
  app.use(cordonHono({ cordon: scene.cordon, token: { cookie: 'session' } }));
  app.get('/who', async (context) => context.json(await whoAmI(context.get('db'), scene)));
  app.post('/who', async (context) => {
    await context.req.json();
    return context.json(await whoAmI(context.get('db'), scene));
  });
  app.get('/stream', (context) =>
    context.body(Readable.toWeb(orderLines(context.get('db'))) as ReadableStream),
  );
  app.get('/slow', async (context) => context.json(await slowOrders(context.get('db'))));
  app.get('/fail/:kind', async (context) => {
    await failure(context.req.param('kind'), context.get('db'));
    return context.body(null, 204);
  });
  app.onError(
    cordonErrors({
      onError: (problem) => {
        log += JSON.stringify(problem);
      },
    }),
  );
  const { server, url } = await listening(getRequestListener(app.fetch));
  return { url, log: () => log, close: () => closed(server) };
}
