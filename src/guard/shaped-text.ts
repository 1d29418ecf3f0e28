import {
  findSlots,
  type Node,
  openSlots,
  quoteString,
  type Shape,
  type SlotOf,
  SlotPositions,
  shape,
  slotValue,
  type Template,
} from '../sql/index.ts';
import type { Slot } from '../sql/shape/shape.ts';

/** A text of a client with its literals set apart. */
export class ShapedText {
  readonly text: string;
  readonly #shape: Shape;
  readonly key: string;
  #positions: SlotPositions | undefined;

  constructor(text: string) {
    this.text = text;
    this.#shape = shape(text);
    this.key = this.#shape.key + this.#delicate();
  }

  /** Not fully read: nothing is kept of it. */
  get slow(): boolean {
    return this.#shape.slow;
  }

  /** The literal of a slot as it is sent: made anew from its value. */
  readonly slot = (index: number): string => {
    const slot = this.#shape.slots[index];
    if (slot === undefined) return '';
    const plain = slot.kind !== 'string' || this.text.charCodeAt(slot.start) === QUOTE;
    return plain ? this.text.slice(slot.start, slot.end) : quoteString(slotValue(this.text, slot));
  };

  get slots(): readonly Slot[] {
    return this.#shape.slots;
  }

  /** The value of the literal in a slot: a string without quotes and escapes, the digits of a number. */
  value(index: number): string {
    const slot = this.#shape.slots[index];
    return slot === undefined ? '' : slotValue(this.text, slot);
  }

  /** Where the one minus sign stands that belongs to the number in a slot; undefined: there is another thing before it. */
  signStart(index: number): number | undefined {
    const start = this.#shape.slots[index]?.start ?? 0;
    let at = start - 1;
    while (at >= 0 && BLANKS.includes(this.text.charAt(at))) at -= 1;
    return this.text.charAt(at) === '-' ? at : undefined;
  }

  slotsOf(statement: Node): SlotOf {
    if (this.#shape.slow) return () => undefined;
    // Only a statement whose class is known to be allowed is walked.
    let found: SlotOf | undefined;
    return (constant) => {
      this.#positions ??= new SlotPositions(this.text, this.#shape);
      found ??= findSlots(this.text, this.#shape, statement, this.#positions);
      return found(constant);
    };
  }

  /** Slots that are part of the key: not left open by every template that could hold them, or looked at. */
  pinned(templates: readonly Template[]): readonly number[] {
    const open = new Set(templates.flatMap((template) => [...openSlots(template.segments)]));
    const closed = this.#shape.slots.map((_, index) => index).filter((index) => !open.has(index));
    return [...new Set([...closed, ...templates.flatMap((template) => template.pinnedSlots)])];
  }

  /**
   * Patterns of LIKE can fail if they hold a backslash, and are bounded in length, so such literals make a shape of their own
   * (see isSafePattern in sql/rewrite/operation.ts).
   */
  #delicate(): string {
    let marks = '';
    let backslash = this.text.indexOf('\\');
    this.#shape.slots.forEach((slot, index) => {
      if (slot.kind !== 'string') return;
      // Looked for again only behind the last one, so that the text is read once for all its literals.
      if (backslash !== -1 && backslash < slot.start) backslash = this.text.indexOf('\\', slot.start);
      if ((backslash !== -1 && backslash < slot.end) || slot.end - slot.start > PATTERN_MAX)
        marks += `\u0000${index}`;
    });
    return marks;
  }
}

const BLANKS = ' \t\n\r\f\v';
const QUOTE = 0x27;
const PATTERN_MAX = 1000;
