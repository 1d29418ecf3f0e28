import type { Principal } from '../guard/answers.ts';
import { outOfReach } from './out-of-reach.ts';

const MAKING = Symbol('making');

/** A caller whose token was verified: to be handed to `as` and `run`. It cannot be made of anything else. */
export class VerifiedCaller {
  readonly #principal: Principal;

  constructor(making: symbol, principal: Principal) {
    if (making !== MAKING) throw outOfReach('constructor');
    this.#principal = principal;
  }

  get role(): string {
    return this.#principal.role;
  }

  /** Values of the claims that the policy declares, as text. */
  get claims(): ReadonlyMap<string, string> {
    return new Map(this.#principal.claims);
  }

  static of(principal: Principal): VerifiedCaller {
    return new VerifiedCaller(MAKING, principal);
  }

  static principalOf(caller: unknown): Principal | undefined {
    return typeof caller === 'object' && caller !== null && #principal in caller
      ? caller.#principal
      : undefined;
  }
}
