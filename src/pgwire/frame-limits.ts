import { backendTypes } from './backend/message.ts';
import { typeByte } from './codec.ts';
import { frontendTypes } from './frontend/message.ts';
import {
  largeMessageBytesMax,
  passwordBytesMax,
  smallMessageBytesMax,
  streamedMessageBytesMax,
} from './limits.ts';

/** Which message types may come, how long each may be, and which may pass in parts. */
export interface FrameLimits {
  /** By type byte: the greatest length (as in the header, which counts itself); 0: no such message. */
  readonly bytesMax: Uint32Array;
  /** By type byte: 1 where a long message may be passed on in parts. */
  readonly streamed: Uint8Array;
}

type Bounds = ReadonlyMap<string, number>;

function frameLimits(
  types: readonly number[],
  otherwise: number,
  bounds: Bounds,
  streamed: string,
): FrameLimits {
  const limits = { bytesMax: new Uint32Array(256), streamed: new Uint8Array(256) };
  for (const type of types) limits.bytesMax[type] = otherwise;
  for (const [letter, maximum] of bounds) limits.bytesMax[typeByte(letter)] = maximum;
  for (const letter of streamed) limits.streamed[typeByte(letter)] = 1;
  return limits;
}

function boundsOf(letters: string, maximum: number): readonly (readonly [string, number])[] {
  return [...letters].map((letter) => [letter, maximum] as const);
}

/** What a client may send once it is authenticated. */
export function frontendFrameLimits(messageBytesMax: number = largeMessageBytesMax): FrameLimits {
  const bounds = new Map([...boundsOf('QPBF', messageBytesMax), ...boundsOf('d', streamedMessageBytesMax)]);
  return frameLimits(frontendTypes, smallMessageBytesMax, bounds, 'd');
}

/** What a client may send while it is being authenticated: its answer, or its leave. */
export function authenticationFrameLimits(): FrameLimits {
  const bounds = new Map([...boundsOf('p', passwordBytesMax), ...boundsOf('X', 4)]);
  return frameLimits([], 0, bounds, '');
}

/** What a database may send. */
export function backendFrameLimits(messageBytesMax: number = largeMessageBytesMax): FrameLimits {
  const bounds = new Map([
    ...boundsOf('TtENAV', messageBytesMax),
    ...boundsOf('Dd', streamedMessageBytesMax),
  ]);
  return frameLimits(backendTypes, smallMessageBytesMax, bounds, 'Dd');
}
