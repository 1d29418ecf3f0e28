import { AsyncLocalStorage } from 'node:async_hooks';
import { nobody, type Principal } from '../guard/answers.ts';

/** Who asks in the asynchronous work that is under way; nobody outside of `run`, and never the last one. */
export class CallerContext {
  readonly #storage = new AsyncLocalStorage<Principal>();

  get current(): Principal {
    return this.#storage.getStore() ?? nobody;
  }

  run<T>(principal: Principal, work: () => T): T {
    return this.#storage.run(principal, work);
  }
}
