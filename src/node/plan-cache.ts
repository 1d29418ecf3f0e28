import type { Role } from '../policy/index.ts';
import type { Plan } from './plan.ts';

const TEXTS_MAX = 2_000;
/** Texts are the application's to choose, and long: what is kept of them stays near this many characters. */
const CHARACTERS_MAX = 4 * 1024 * 1024;

/**
 * Plans by text, in front of the guard's templates by shape: an application sends the same few hundred texts, and reading
 * one takes longer than finding it. Never by caller.
 */
export class PlanCache {
  readonly #roles = new Map<Role, Map<string, Plan>>();
  #characters = 0;
  #texts = 0;

  find(role: Role, text: string): Plan | undefined {
    return this.#roles.get(role)?.get(text);
  }

  keep(role: Role, text: string, plan: Plan): void {
    if (this.#texts >= TEXTS_MAX || this.#characters + text.length > CHARACTERS_MAX) this.#clear();
    if (text.length > CHARACTERS_MAX) return;
    const texts = this.#roles.get(role) ?? new Map<string, Plan>();
    this.#roles.set(role, texts);
    texts.set(text, plan);
    this.#texts += 1;
    this.#characters += text.length;
  }

  // All at once: what is in use is back after one look each, and no order has to be kept on the way.
  #clear(): void {
    this.#roles.clear();
    this.#texts = 0;
    this.#characters = 0;
  }
}
