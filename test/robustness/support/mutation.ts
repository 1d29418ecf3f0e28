/** Ways to break a conversation. Each takes the steps and answers others. */
import type { Dice } from '../../noninterference/dice.ts';
import { conversation, type Step } from './conversation.ts';

export type Mutation = (steps: readonly Step[], dice: Dice) => readonly Step[];

/** Lengths at the borders of what the codec allows, below, above, and with the sign set. */
const LENGTHS = [
  0, 1, 3, 4, 5, 8, 10_000, 10_001, 65_535, 65_536, 0x0400_0001, 0x3fff_ffff, 0x4000_0000, 0x7fff_ffff,
  0x8000_0000, 0xffff_ffff,
] as const;

const HEADER_BYTES = 5;

function changed(steps: readonly Step[], at: number, change: (bytes: Buffer) => Buffer): readonly Step[] {
  return steps.map((step, index) =>
    index === at ? { ...step, bytes: change(Buffer.from(step.bytes)) } : step,
  );
}

/** The place of a length: behind the type byte, or at the start where there is none. */
function lengthPlace(steps: readonly Step[], at: number): number {
  return (steps[at]?.bytes[0] ?? 0) === 0 ? 0 : 1;
}

function withLength(length: (real: number, dice: Dice) => number): Mutation {
  return (steps, dice) => {
    const at = dice.below(steps.length);
    const place = lengthPlace(steps, at);
    return changed(steps, at, (bytes) => {
      if (bytes.length >= place + 4)
        bytes.writeUInt32BE(length(bytes.readUInt32BE(place), dice) >>> 0, place);
      return bytes;
    });
  };
}

function frame(type: string, payload: Buffer): Step {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(payload.length + 4, 1);
  return { bytes: Buffer.concat([header, payload]) };
}

const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** Bind messages whose counts, formats or lengths do not fit. */
function hostileBind(dice: Dice): Step {
  const count = () => int16(dice.pick([0, 1, 2, 3, 255, 32_767, 32_768, 65_535]));
  const value = () =>
    Buffer.concat([
      int32(dice.pick([0, 1, 2, 0xffff_ffff, 0xffff_fffe, 0x7fff_ffff, 1000])),
      Buffer.from('ab'),
    ]);
  return frame(
    'B',
    Buffer.concat([
      Buffer.from('\0\0'),
      count(),
      ...dice.some(3, () => int16(dice.pick([0, 1, 2, 65_535]))),
      count(),
      ...dice.some(3, value),
      count(),
    ]),
  );
}

function hostileParse(dice: Dice): Step {
  const types = dice.pick([0, 1, 2, 65_535]);
  const declared = Buffer.alloc(4 * dice.pick([0, 1, 2, types]), dice.below(256));
  return frame('P', Buffer.concat([Buffer.from('s\0SELECT $1, $2\0'), int16(types), declared]));
}

/** Names and texts with NUL, with bytes that are no UTF-8, or without an end. */
function hostileText(dice: Dice): Step {
  const junk = dice.pick(['\0', '\xff\xfe', '\xed\xa0\x80', '\xc0\x80', '\xf5\x80\x80\x80', "'\xe2\x82"]);
  const text = Buffer.from(`SELECT '${junk}'${dice.chance(0.5) ? '\0' : ''}`, 'latin1');
  return frame(dice.pick(['Q', 'P', 'D', 'C', 'E', 'f', 'p']), text);
}

function inserted(make: (dice: Dice) => Step): Mutation {
  return (steps, dice) => {
    const at = dice.below(steps.length + 1);
    return [...steps.slice(0, at), make(dice), ...steps.slice(at)];
  };
}

/** `data` is cut into pieces that are sent one by one. */
function split(bytes: Buffer, size: () => number): Step[] {
  const pieces: Step[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + size());
    pieces.push({ bytes: bytes.subarray(at, end), waits: false });
    at = end;
  }
  return pieces;
}

const EVERY_BYTE_MAX = 300;

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a length at a border': withLength((_, dice) => dice.pick(LENGTHS)),
  'a length off by a little': withLength((real, dice) => real + dice.pick([-2, -1, 1, 2])),
  'cut off': (steps, dice) => {
    const at = dice.below(steps.length);
    const kept = changed(steps.slice(0, at + 1), at, (bytes) => bytes.subarray(0, dice.below(bytes.length)));
    return kept.filter(({ bytes }) => bytes.length > 0);
  },
  'all in one packet': (steps) => [{ bytes: Buffer.concat(steps.map(({ bytes }) => bytes)) }],
  'cut at every byte': (steps) =>
    steps.flatMap((step) => (step.bytes.length > EVERY_BYTE_MAX ? [step] : split(step.bytes, () => 1))),
  'cut anywhere': (steps, dice) => steps.flatMap(({ bytes }) => split(bytes, () => dice.between(1, 20))),
  'messages left out': (steps, dice) => steps.filter(() => dice.chance(0.7)),
  'messages twice': (steps, dice) => steps.flatMap((step) => (dice.chance(0.3) ? [step, step] : [step])),
  'messages in another order': (steps, dice) => {
    const [first, ...rest] = steps;
    const shuffled = rest.map((step) => ({ step, key: dice.next() })).sort((a, b) => a.key - b.key);
    return [...(first === undefined ? [] : [first]), ...shuffled.map(({ step }) => step)];
  },
  'another conversation behind': (steps, dice) => [...steps, ...conversation(dice)],
  'a byte changed': (steps, dice) =>
    changed(steps, dice.below(steps.length), (bytes) => {
      for (let times = dice.between(1, 3); times > 0; times -= 1)
        bytes[dice.below(bytes.length)] = dice.below(256);
      return bytes;
    }),
  'another type': (steps, dice) =>
    changed(steps, dice.below(steps.length), (bytes) => {
      bytes[0] = dice.below(256);
      return bytes;
    }),
  'a hostile Bind': inserted(hostileBind),
  'a hostile Parse': inserted(hostileParse),
  'a hostile text': inserted(hostileText),
  'a header of 4 GB': inserted((dice) => ({
    bytes: Buffer.concat([Buffer.from(dice.pick(['Q', 'P', 'B', 'd', 'p', 'X', '\0'])), int32(0xffff_ffff)]),
  })),
  'something behind Terminate': (steps, dice) => [
    ...steps,
    frame('X', Buffer.alloc(0)),
    ...conversation(dice).slice(1),
  ],
  'a startup message again': (steps, dice) => [...steps, ...conversation(dice).slice(0, 1)],
  noise: inserted((dice) => ({
    bytes: Buffer.from(Array.from({ length: dice.between(1, 60) }, () => dice.below(256))),
  })),
};

export const MUTATION_NAMES = Object.keys(MUTATIONS);
