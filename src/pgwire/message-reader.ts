import { isUtf8 } from 'node:buffer';
import type { MessageName } from './message-name.ts';
import { malformed, type Problem } from './protocol-error.ts';

const REPLACEMENT = '\ufffd';

/**
 * Reads the fields of one message and refuses what does not fit: every length, count and terminator is checked against
 * the bytes that are there, and `end` refuses what is left over. Values are views into the buffer, not copies.
 */
export class MessageReader {
  readonly message: MessageName;
  readonly #buffer: Buffer;
  readonly #end: number;
  #position: number;

  /** The message's fields lie from `start` to `end`: to take a view of them for each message would cost more than to read them. */
  constructor(message: MessageName, buffer: Buffer, start = 0, end: number = buffer.length) {
    this.message = message;
    this.#buffer = buffer;
    this.#position = start;
    this.#end = end;
  }

  /** How many bytes are not read yet. */
  get remaining(): number {
    return this.#end - this.#position;
  }

  uint8(): number {
    return this.#buffer.readUInt8(this.#advance(1));
  }

  uint16(): number {
    return this.#buffer.readUInt16BE(this.#advance(2));
  }

  int16(): number {
    return this.#buffer.readInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.#buffer.readInt32BE(this.#advance(4));
  }

  uint32(): number {
    return this.#buffer.readUInt32BE(this.#advance(4));
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
    const start = this.#position;
    const nul = this.#passNul();
    if (nul === start) return '';
    const text = this.#buffer.toString('utf8', start, nul);
    // Bytes that are no UTF-8 were replaced by this; who wrote it himself has sent UTF-8.
    if (text.includes(REPLACEMENT) && !isUtf8(this.#buffer.subarray(start, nul)))
      throw this.refuse('a string is not UTF-8');
    return text;
  }

  /** A string up to its NUL in whatever encoding the peer used; bytes that are no UTF-8 are replaced. */
  cstringLossy(): string {
    const start = this.#position;
    return this.#buffer.toString('utf8', start, this.#passNul());
  }

  bytes(length: number): Buffer {
    const start = this.#advance(length);
    return this.#buffer.subarray(start, start + length);
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

  /** Goes behind the next NUL, which must lie inside of the message; answers where it stands. */
  #passNul(): number {
    const nul = this.#buffer.indexOf(0, this.#position);
    if (nul === -1 || nul >= this.#end) throw this.refuse('a string has no terminator');
    this.#position = nul + 1;
    return nul;
  }

  #advance(length: number): number {
    const start = this.#position;
    if (length > this.remaining) throw this.refuse('it ends too early');
    this.#position = start + length;
    return start;
  }
}
