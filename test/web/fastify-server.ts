import { Writable } from 'node:stream';
import Fastify from 'fastify';
import { cordonFastify } from '../../src/web/fastify.ts';
import { failure, orderLines, slowOrders, whoAmI } from './routes.ts';
import type { Scene, WebServer } from './scene.ts';

export async function startFastify(scene: Scene): Promise<WebServer> {
  let log = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString();
      done();
    },
  });
  const app = Fastify({ logger: { level: 'info', stream } });
  await app.register(cordonFastify, { cordon: scene.cordon, token: { cookie: 'session' } });
  app.get('/who', (request) => whoAmI(request.db, scene));
  // The body is read before this runs, on the event of the socket.
  app.post('/who', (request) => whoAmI(request.db, scene));
  app.get('/stream', (request, reply) => reply.type('text/plain').send(orderLines(request.db)));
  app.get('/slow', (request) => slowOrders(request.db));
  app.get<{ Params: { kind: string } }>('/fail/:kind', (request) => failure(request.params.kind, request.db));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, log: () => log, close: () => app.close() };
}
