import { InvariantError } from '../errors/index.ts';
import { countMax } from './limits.ts';
import type { MessageName } from './message-name.ts';
import { malformed } from './protocol-error.ts';

const INITIAL_BYTES = 256;
const UNSENDABLE = /[\0\p{Surrogate}]/gu;

/**
 * Writes messages one after the other into one growing buffer, so that a turn's messages leave in one write.
 *
 * A string that holds a NUL or is no text would be read differently at the other end, so it is refused here.
 */
export class MessageWriter {
  #buffer: Buffer = Buffer.allocUnsafe(INITIAL_BYTES);
  #length = 0;
  /** Where the length of the message being written stands; -1 between messages. */
  #lengthAt = -1;
  /** Where the message being written starts, so that a refused one leaves nothing behind. */
  #messageStart = 0;
  #message: MessageName = 'Sync';

  /** How many bytes are written and not taken. */
  get length(): number {
    return this.#lengthAt === -1 ? this.#length : this.#messageStart;
  }

  /** Starts a message; the startup phase has no type byte. */
  begin(message: MessageName, type: number | undefined): void {
    this.#dropUnfinished();
    this.#message = message;
    this.#messageStart = this.#length;
    if (type !== undefined) this.uint8(type);
    this.#lengthAt = this.#length;
    this.int32(0);
  }

  /** Ends a message by filling in its length. */
  end(): void {
    if (this.#lengthAt === -1) throw new InvariantError('a message was ended that was not begun');
    this.#buffer.writeInt32BE(this.#length - this.#lengthAt, this.#lengthAt);
    this.#lengthAt = -1;
  }

  uint8(value: number): void {
    this.#reserve(1);
    this.#length = this.#buffer.writeUInt8(this.#within(value, 0, 0xff), this.#length);
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#length = this.#buffer.writeInt16BE(this.#within(value, -0x8000, 0x7fff), this.#length);
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#length = this.#buffer.writeUInt16BE(this.#within(value, 0, 0xffff), this.#length);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#length = this.#buffer.writeInt32BE(this.#within(value, -0x8000_0000, 0x7fff_ffff), this.#length);
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#length = this.#buffer.writeUInt32BE(this.#within(value, 0, 0xffff_ffff), this.#length);
  }

  count(value: number): void {
    if (value > countMax) throw malformed(this.#message, 'a count is out of range');
    this.uint16(value);
  }

  cstring(text: string): void {
    if (text.includes('\0')) throw malformed(this.#message, 'a string holds a NUL');
    if (!text.isWellFormed()) throw malformed(this.#message, 'a string is not UTF-8');
    // A UTF-16 unit takes at most three bytes of UTF-8.
    this.#reserve(text.length * 3 + 1);
    this.#length += this.#buffer.write(text, this.#length, 'utf8');
    this.uint8(0);
  }

  /** Text for people: what cannot be sent is replaced. For names and statements use `cstring`. */
  prose(text: string): void {
    this.cstring(text.replace(UNSENDABLE, '?'));
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A 32-bit length and the bytes; NULL is length -1. */
  value(bytes: Uint8Array | null): void {
    if (bytes === null) {
      this.int32(-1);
      return;
    }
    this.int32(bytes.length);
    this.bytes(bytes);
  }

  /** Adds messages that were written before. */
  messages(bytes: Uint8Array): void {
    this.#dropUnfinished();
    this.bytes(bytes);
  }

  /** Hands over what is written and starts anew; the writer keeps no hold of the bytes. */
  take(): Buffer {
    this.#dropUnfinished();
    const written = this.#buffer.subarray(0, this.#length);
    this.#buffer = Buffer.allocUnsafe(INITIAL_BYTES);
    this.#length = 0;
    return written;
  }

  /** A message that was refused on the way. */
  #dropUnfinished(): void {
    if (this.#lengthAt === -1) return;
    this.#length = this.#messageStart;
    this.#lengthAt = -1;
  }

  #within(value: number, minimum: number, maximum: number): number {
    if (!Number.isInteger(value) || value < minimum || value > maximum) {
      throw malformed(this.#message, 'a value is out of range');
    }
    return value;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
