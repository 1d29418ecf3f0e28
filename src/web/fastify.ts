/**
 * `cordon/fastify`: the caller of each request, from its token.
 *
 * The caller is named twice, before and after the body is read: what reads a body calls back from the socket, where nobody is known.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Cordon, GuardedPool } from '../node/index.ts';
import { headersOf, problemOf, traceOf } from './problem.ts';
import { findToken, type TokenSource } from './token.ts';

export interface CordonFastifyOptions {
  readonly cordon: Cordon;
  readonly token?: TokenSource<FastifyRequest>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The database as the caller of this request may see it. */
    readonly db: GuardedPool;
    /** Who sent this request; undefined: nobody. For hooks, such as one that shapes what leaves in `preSerialization`. */
    readonly caller: Caller | undefined;
  }
}

interface Known {
  readonly caller: Caller | undefined;
  readonly db: GuardedPool;
}

/** Registers hooks and an error handler for the whole server; a scope with an error handler of its own keeps it. */
export async function cordonFastify(app: FastifyInstance, options: CordonFastifyOptions): Promise<void> {
  const { cordon, token } = options;
  const known = new WeakMap<FastifyRequest, Known>();
  // A hook that runs before this one's asks for nobody.
  const of = (request: FastifyRequest): Known => known.get(request) ?? { caller: undefined, db: cordon.as() };

  app.decorateRequest('db', { getter: asGetter((request) => of(request).db) });
  app.decorateRequest('caller', { getter: asGetter((request) => of(request).caller) });

  app.addHook('onRequest', (request, _reply, done) => {
    const header = (name: 'authorization' | 'cookie') => request.headers[name];
    findToken(token, request, header)
      .then((found) => (found === undefined ? undefined : cordon.verify(found)))
      .then((caller) => {
        known.set(request, { caller, db: cordon.as(caller) });
        return caller;
      })
      .then((caller) => cordon.run(caller, done), done);
  });
  app.addHook('preValidation', (request, _reply, done) => cordon.run(of(request).caller, done));
  app.setErrorHandler(answerProblem);
}

// What `fastify-plugin` does: the hooks are for the server, and not for a scope of the plugin alone.
Object.assign(cordonFastify, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'cordon',
  [Symbol.for('plugin-meta')]: { name: 'cordon', fastify: '5.x' },
});

/** Fastify calls a getter on the request. */
function asGetter<T>(read: (request: FastifyRequest) => T) {
  return function (this: FastifyRequest): T {
    return read(this);
  };
}

/** Answers an error as a problem; for scopes that set an error handler of their own and fall back on this one. */
export function answerProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  const entry = { code: problem.code, status: problem.status, ...traceOf(error) };
  if (problem.status >= 500) request.log.error(entry, 'a request failed');
  else request.log.info(entry, 'a request was refused');
  // Bytes, because Fastify adds a charset to the type of a text, and JSON has none (RFC 8259 §11).
  reply
    .code(problem.status)
    .headers(headersOf(problem))
    .send(Buffer.from(JSON.stringify(problem)));
}
