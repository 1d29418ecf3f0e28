import { isUtf8 } from 'node:buffer';
import type { MessageName } from './message-name.ts';
import { malformed, type Problem } from './protocol-error.ts';

/**
 * Reads the fields of one message and refuses what does not fit: every length, count and terminator is checked against
 * the bytes that are there, and `end` refuses what is left over. Values are views into the payload, not copies.
 */
export class MessageReader {
  readonly message: MessageName;
  readonly #payload: Buffer;
  #position = 0;

  constructor(message: MessageName, payload: Buffer) {
    this.message = message;
    this.#payload = payload;
  }

  /** How many bytes are not read yet. */
  get remaining(): number {
    return this.#payload.length - this.#position;
  }

  uint8(): number {
    return this.#payload.readUInt8(this.#advance(1));
  }

  uint16(): number {
    return this.#payload.readUInt16BE(this.#advance(2));
  }

  int16(): number {
    return this.#payload.readInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.#payload.readInt32BE(this.#advance(4));
  }

  uint32(): number {
    return this.#payload.readUInt32BE(this.#advance(4));
  }

  /** A 16-bit count of items that take at least `itemBytesMin` bytes each, checked before anything is reserved. */
  count(itemBytesMin: number): number {
    const count = this.uint16();
    if (count * itemBytesMin > this.remaining) throw this.refuse('a count does not fit the message');
    return count;
  }

  list<T>(count: number, read: () => T): T[] {
    const items: T[] = [];
    for (let index = 0; index < count; index += 1) items.push(read());
    return items;
  }

  /** A string up to its NUL, which must be UTF-8. */
  cstring(): string {
    return this.#utf8(this.#untilNul());
  }

  /** A string up to its NUL in whatever encoding the peer used; bytes that are no UTF-8 are replaced. */
  cstringLossy(): string {
    return this.#untilNul().toString('utf8');
  }

  bytes(length: number): Buffer {
    const start = this.#advance(length);
    return this.#payload.subarray(start, start + length);
  }

  /** A 32-bit length and as many bytes; length -1 stands for NULL. */
  value(): Buffer | null {
    const length = this.int32();
    if (length === -1) return null;
    if (length < 0) throw this.refuse('a length is negative');
    return this.bytes(length);
  }

  rest(): Buffer {
    return this.bytes(this.remaining);
  }

  /** The message must end here. */
  end(): void {
    if (this.remaining !== 0) throw this.refuse('it has bytes after its end');
  }

  refuse(problem: Problem): Error {
    return malformed(this.message, problem);
  }

  #untilNul(): Buffer {
    const start = this.#position;
    const nul = this.#payload.indexOf(0, start);
    if (nul === -1) throw this.refuse('a string has no terminator');
    this.#position = nul + 1;
    return this.#payload.subarray(start, nul);
  }

  #utf8(bytes: Buffer): string {
    if (!isUtf8(bytes)) throw this.refuse('a string is not UTF-8');
    return bytes.toString('utf8');
  }

  #advance(length: number): number {
    const start = this.#position;
    if (length > this.#payload.length - start) throw this.refuse('it ends too early');
    this.#position = start + length;
    return start;
  }
}
