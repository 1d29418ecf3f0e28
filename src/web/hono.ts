/** `cordon/hono`: the caller of each request, from its token. */
import type { Context, ErrorHandler, MiddlewareHandler } from 'hono';
import type { Caller, Cordon, GuardedPool } from '../node/index.ts';
import { headersOf, type Problem, problemOf } from './problem.ts';
import { findToken, type TokenSource } from './token.ts';

export interface CordonHonoOptions {
  readonly cordon: Cordon;
  readonly token?: TokenSource<Context>;
}

/** `new Hono<CordonEnv>()` knows the types of `c.get('db')` and `c.get('caller')`. */
export interface CordonEnv {
  Variables: {
    /** The database as the caller of this request may see it. */
    db: GuardedPool;
    /** Who sent this request; undefined: nobody. */
    caller: Caller | undefined;
  };
}

export function cordonHono({ cordon, token }: CordonHonoOptions): MiddlewareHandler<CordonEnv> {
  return async (context, next) => {
    const found = await findToken(token, context as Context, (name) => context.req.header(name));
    const caller = found === undefined ? undefined : await cordon.verify(found);
    context.set('caller', caller);
    context.set('db', cordon.as(caller));
    await cordon.run(caller, next);
  };
}

export interface CordonErrorsOptions {
  /** Told of each error, for the log of the application: the problem is safe to write, the error may quote values. */
  readonly onError?: (problem: Problem, error: unknown, context: Context) => void;
}

/** For `app.onError`. An `HTTPException` answers as the application wrote it. */
export function cordonErrors({ onError }: CordonErrorsOptions = {}): ErrorHandler {
  return (error, context) => {
    const problem = problemOf(error);
    onError?.(problem, error, context);
    if (problem.code === undefined && 'getResponse' in error) return error.getResponse();
    return context.body(JSON.stringify(problem), problem.status as 500, headersOf(problem));
  };
}
