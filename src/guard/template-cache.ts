/**
 * Templates by shape. A text finds its template when it has the shape, the role and the declared types of an earlier one,
 * and the same values in those slots that were looked at when the template was made.
 */
import type { Template } from '../sql/index.ts';

interface Entry {
  /** Slots whose values are part of the key. */
  readonly pinned: readonly number[];
  readonly byValues: Map<string, readonly Template[]>;
}

/** The key may not grow without end under one shape: values of a pinned slot are the client's to choose. */
const VALUES_MAX = 64;
const SEPARATOR = '\u0000';

export class TemplateCache {
  readonly #entries = new Map<string, Entry>();
  readonly #entriesMax: number;
  hits = 0;
  misses = 0;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get size(): number {
    return this.#entries.size;
  }

  find(key: string, slotText: (slot: number) => string): readonly Template[] | undefined {
    const entry = this.#entries.get(key);
    const found = entry?.byValues.get(valuesOf(entry.pinned, slotText));
    if (found === undefined) {
      this.misses += 1;
      return undefined;
    }
    this.hits += 1;
    return found;
  }

  /** `pinned`: all slots that the templates do not leave open, and those that were looked at. */
  keep(
    key: string,
    pinned: readonly number[],
    slotText: (slot: number) => string,
    templates: readonly Template[],
  ): void {
    const entry = this.#entryFor(key, pinned);
    if (entry.byValues.size >= VALUES_MAX) entry.byValues.clear();
    entry.byValues.set(valuesOf(entry.pinned, slotText), templates);
  }

  /** A slot that was looked at once is part of the key from then on. */
  #entryFor(key: string, pinned: readonly number[]): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined && pinned.every((slot) => known.pinned.includes(slot))) return known;
    const union = [...new Set([...(known?.pinned ?? []), ...pinned])].sort((a, b) => a - b);
    const entry: Entry = { pinned: union, byValues: new Map() };
    if (known === undefined && this.#entries.size >= this.#entriesMax) this.#dropOldest();
    this.#entries.set(key, entry);
    return entry;
  }

  #dropOldest(): void {
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

function valuesOf(pinned: readonly number[], slotText: (slot: number) => string): string {
  if (pinned.length === 0) return '';
  // The length goes first, so that no value can be mistaken for two.
  return pinned.map((slot) => `${slotText(slot).length}:${slotText(slot)}`).join(SEPARATOR);
}
