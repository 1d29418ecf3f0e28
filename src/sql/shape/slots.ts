import { type KnownKind, walkTree } from '../nodes.ts';
import type { A_Const, Node, Segment, SlotOf } from '../tree.ts';
import { asKind } from '../walk.ts';
import { type Shape, type Slot, slotValue } from './shape.ts';

/**
 * Finds the slots that the constants of a client's statement came from. Constants are known by identity, so one that
 * the rewriter made, or parsed out of a policy, never gets a slot.
 */
export function findSlots(
  text: string,
  shaped: Shape,
  statement: Node,
  positions = new SlotPositions(text, shaped),
): SlotOf {
  const slots = new Map<A_Const, number>();
  walkTree(statement, (node: Node, kind: KnownKind) => {
    const constant = kind === 'A_Const' ? asKind(node, 'A_Const') : undefined;
    const slot = constant === undefined ? undefined : positions.find(constant);
    if (constant !== undefined && slot !== undefined) slots.set(constant, slot);
    return true;
  });
  return (constant) => slots.get(constant);
}

/** The slots that a printed statement leaves open. All others must be pinned: their values are part of the decision. */
export function openSlots(segments: readonly Segment[]): ReadonlySet<number> {
  const open = new Set<number>();
  for (const segment of segments) {
    if (typeof segment !== 'string' && segment.kind === 'slot') open.add(segment.slot);
  }
  return open;
}

/** Where the literals of a text stand: made once for all of its statements. */
export class SlotPositions {
  readonly #text: string;
  readonly #slots: readonly Slot[];
  /** Slot numbers by the byte at which the literal starts. */
  readonly #byByte: ReadonlyMap<number, number>;
  readonly #bytes: readonly number[];

  constructor(text: string, { slots }: Shape) {
    this.#text = text;
    this.#slots = slots;
    this.#bytes = byteOffsets(text, slots);
    this.#byByte = new Map(this.#bytes.map((byte, slot) => [byte, slot]));
  }

  find(constant: A_Const): number | undefined {
    const location = constant.location ?? -1;
    if (location < 0) return undefined;
    const direct = this.#byByte.get(location);
    if (direct !== undefined) return this.#isValue(constant, direct) ? direct : undefined;
    return this.#behindMinus(constant, location);
  }

  /** The grammar folds minus signs into numbers; such a constant is located at its first minus. */
  #behindMinus(constant: A_Const, location: number): number | undefined {
    // The sign of an integer zero is lost, so another value in its place would lose its sign as well.
    const signed = (constant.ival?.ival ?? 0) !== 0 || constant.fval !== undefined;
    if (!signed) return undefined;
    const slot = this.#firstBehind(location);
    const found = this.#slots[slot];
    if (found === undefined) return undefined;
    const bytes = this.#bytes[slot] ?? 0;
    const between = this.#text.slice(found.start - (bytes - location), found.start);
    return SIGNS.test(between) && this.#isValue(constant, slot) ? slot : undefined;
  }

  /** The first slot that starts behind a byte, by bisection: every negative number of a text asks. */
  #firstBehind(location: number): number {
    let [low, high] = [0, this.#bytes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#bytes[middle] ?? 0) > location) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #isValue(constant: A_Const, number: number): boolean {
    const slot = this.#slots[number];
    if (slot === undefined) return false;
    const value = slotValue(this.#text, slot);
    if (constant.sval !== undefined) return slot.kind === 'string' && value === (constant.sval.sval ?? '');
    if (constant.ival !== undefined) {
      return slot.kind === 'integer' && Number(value) === Math.abs(constant.ival.ival ?? 0);
    }
    const isFloat = slot.kind === 'float' || slot.kind === 'big-integer';
    return isFloat && (constant.fval?.fval ?? '').replace('-', '') === value;
  }
}

/** Minus signs, and what may stand between them and the number: ASCII, so units and bytes agree. */
const SIGNS = /^-[-\s(]*$/;

function byteOffsets(text: string, slots: readonly Slot[]): number[] {
  const encoder = new TextEncoder();
  let unit = 0;
  let byte = 0;
  return slots.map((slot) => {
    byte += encoder.encode(text.slice(unit, slot.start)).length;
    unit = slot.start;
    return byte;
  });
}
