import type { Principal } from '../guard/answers.ts';
import type { GuardedStatement } from '../guard/types.ts';
import type { RowShape } from './expected.ts';

/** A statement with its values, ready to run. */
export interface Portal {
  /** The name upstream. */
  readonly name: string;
  readonly guarded: GuardedStatement;
  /** As sent, and for whom. */
  readonly text: string;
  readonly principal: Principal;
  readonly shape: RowShape;
}

/** The portals of a client by its names. Nearly every one is the unnamed, which is kept beside the others: it comes and goes with each statement. */
export class Portals {
  #unnamed: Portal | undefined;
  readonly #named = new Map<string, Portal>();

  get size(): number {
    return this.#named.size + (this.#unnamed === undefined ? 0 : 1);
  }

  get(name: string): Portal | undefined {
    return name === '' ? this.#unnamed : this.#named.get(name);
  }

  set(name: string, portal: Portal): void {
    if (name === '') this.#unnamed = portal;
    else this.#named.set(name, portal);
  }

  delete(name: string): void {
    if (name === '') this.#unnamed = undefined;
    else this.#named.delete(name);
  }

  clear(): void {
    this.#unnamed = undefined;
    if (this.#named.size > 0) this.#named.clear();
  }

  entries(): readonly (readonly [name: string, portal: Portal])[] {
    return this.#unnamed === undefined ? [...this.#named] : [['', this.#unnamed], ...this.#named];
  }
}
