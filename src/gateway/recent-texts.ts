/** So many are remembered, and no longer ones. */
const TEXTS_MAX = 200;
const CHARACTERS_MAX = 10_000;

/** The texts that a client has sent of late, to tell one that comes again from one that comes once. */
export class RecentTexts {
  #texts = new Set<string>();

  /** Whether it was here before; it is remembered. */
  isRepeated(text: string): boolean {
    if (this.#texts.has(text)) return true;
    if (text.length > CHARACTERS_MAX) return false;
    if (this.#texts.size >= TEXTS_MAX) this.#texts.clear();
    this.#texts.add(text);
    return false;
  }
}
