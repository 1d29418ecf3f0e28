/**
 * Templates by shape. A text finds its template when it has the shape, the role and the declared types of an earlier one,
 * and the same values in those slots that were looked at when the template was made.
 */
import type { Template } from '../sql/index.ts';

interface Entry {
  /** Slots whose values are part of the key. */
  readonly pinned: readonly number[];
  readonly byValues: Map<string, readonly Template[]>;
  /** Characters of the texts that its templates were made of. */
  characters: number;
}

/** The key may not grow without end under one shape: values of a pinned slot are the client's to choose. */
const VALUES_MAX = 64;

/**
 * Shapes are the client's to choose as well, and long. Measured: the template of a list of 4,000 numbers takes 0.5 MB, some
 * thirty times its text; so what is kept stays near 120 MB.
 */
const CHARACTERS_MAX = 4 * 1024 * 1024;
const SEPARATOR = '\u0000';

export class TemplateCache {
  readonly #entries = new Map<string, Entry>();
  readonly #entriesMax: number;
  readonly #charactersMax: number;
  #characters = 0;
  hits = 0;
  misses = 0;

  constructor(entriesMax: number, charactersMax: number = CHARACTERS_MAX) {
    this.#entriesMax = entriesMax;
    this.#charactersMax = charactersMax;
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
    if (entry.byValues.size >= VALUES_MAX) {
      entry.byValues.clear();
      this.#weigh(entry, -entry.characters);
    }
    const values = valuesOf(entry.pinned, slotText);
    if (!entry.byValues.has(values)) this.#weigh(entry, key.length + values.length);
    entry.byValues.set(values, templates);
    while (this.#characters > this.#charactersMax && this.#entries.size > 0) this.#dropOldest();
  }

  #weigh(entry: Entry, characters: number): void {
    entry.characters += characters;
    this.#characters += characters;
  }

  /** A slot that was looked at once is part of the key from then on. */
  #entryFor(key: string, pinned: readonly number[]): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined && pinned.every((slot) => known.pinned.includes(slot))) return known;
    const union = [...new Set([...(known?.pinned ?? []), ...pinned])].sort((a, b) => a - b);
    const entry: Entry = { pinned: union, byValues: new Map(), characters: 0 };
    if (known !== undefined) this.#weigh(known, -known.characters);
    else if (this.#entries.size >= this.#entriesMax) this.#dropOldest();
    this.#entries.set(key, entry);
    return entry;
  }

  #dropOldest(): void {
    const [oldest] = this.#entries;
    if (oldest === undefined) return;
    this.#weigh(oldest[1], -oldest[1].characters);
    this.#entries.delete(oldest[0]);
  }
}

function valuesOf(pinned: readonly number[], slotText: (slot: number) => string): string {
  if (pinned.length === 0) return '';
  // The length goes first, so that no value can be mistaken for two.
  return pinned.map((slot) => `${slotText(slot).length}:${slotText(slot)}`).join(SEPARATOR);
}
