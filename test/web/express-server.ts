import { pipeline } from 'node:stream/promises';
import express from 'express';
import { cordonErrors, cordonExpress } from '../../src/web/express.ts';
import { failure, orderLines, slowOrders, whoAmI } from './routes.ts';
import { closed, listening, type Scene, type WebServer } from './scene.ts';

export async function startExpress(scene: Scene): Promise<WebServer> {
  let log = '';
  const app = express();
  app.use(express.json());
  app.use(cordonExpress({ cordon: scene.cordon, token: { cookie: 'session' } }));
  app.get('/who', async (request, response) => void response.json(await whoAmI(request.db, scene)));
  app.post('/who', async (request, response) => void response.json(await whoAmI(request.db, scene)));
  app.get('/stream', (request, response) => pipeline(orderLines(request.db), response));
  app.get('/slow', async (request, response) => void response.json(await slowOrders(request.db)));
  app.get('/fail/:kind', (request) => failure(String(request.params.kind), request.db));
  app.use(
    cordonErrors({
      onError: (problem) => {
        log += JSON.stringify(problem);
      },
    }),
  );
  const { server, url } = await listening(app);
  return { url, log: () => log, close: () => closed(server) };
}
