import { InvariantError } from '../errors/index.ts';
import type { GatewayContext, GuardSession } from './context.ts';
import { staleGuard } from './stale-guard.ts';

/** The guard as a session has it: the one in force when a unit begins holds to its end. */
export class SessionGuard {
  readonly #gateway: GatewayContext;
  #guard: GuardSession | undefined;
  #version = -1;

  constructor(gateway: GatewayContext) {
    this.#gateway = gateway;
  }

  get current(): GuardSession {
    if (this.#guard === undefined) throw new InvariantError('a statement was judged outside of a unit');
    return this.#guard;
  }

  get version(): number {
    return this.#version;
  }

  /** A unit begins. */
  refresh(): void {
    const { guard, version, isStale } = this.#gateway.guardInForce();
    if (isStale) {
      this.#guard = staleGuard;
      this.#version = -1;
    } else if (this.#version !== version) {
      this.#guard = guard.session();
      this.#version = version;
    }
  }
}
