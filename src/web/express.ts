/** `cordon/express`: the caller of each request, from its token. Goes behind what reads bodies, and before the routes. */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Caller, Cordon, GuardedPool } from '../node/index.ts';
import { headersOf, type Problem, problemOf } from './problem.ts';
import { findToken, type TokenSource } from './token.ts';

export interface CordonExpressOptions {
  readonly cordon: Cordon;
  readonly token?: TokenSource<Request>;
}

declare global {
  namespace Express {
    interface Request {
      /** The database as the caller of this request may see it. */
      db: GuardedPool;
      /** Who sent this request; undefined: nobody. */
      caller: Caller | undefined;
    }
  }
}

export function cordonExpress({ cordon, token }: CordonExpressOptions): RequestHandler {
  return (request, _response, next) => {
    findToken(token, request, (name) => request.headers[name])
      .then((found) => (found === undefined ? undefined : cordon.verify(found)))
      .then((caller) => {
        request.caller = caller;
        request.db = cordon.as(caller);
        return caller;
      })
      .then((caller) => cordon.run(caller, next), next);
  };
}

export interface CordonErrorsOptions {
  /** Told of each error, for the log of the application: the problem is safe to write, the error may quote values. */
  readonly onError?: (problem: Problem, error: unknown, request: Request) => void;
}

/** Answers errors as problems; goes behind the routes. */
export function cordonErrors({ onError }: CordonErrorsOptions = {}): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    onError?.(problem, error, request);
    // Half of an answer has gone out; Express ends the connection.
    if (response.headersSent) return next(error);
    response.status(problem.status);
    // Not `set`, which adds a charset to the type, and JSON has none (RFC 8259 §11).
    for (const [name, value] of Object.entries(headersOf(problem))) response.setHeader(name, value);
    response.end(JSON.stringify(problem));
  };
}
