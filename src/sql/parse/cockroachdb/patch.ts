/** A text whose pieces are overwritten by others of the same number of bytes, so that all places in it stay where they are. */
import { InvariantError } from '../../../errors/index.ts';
import type { Token } from './token.ts';

const SPACE = 32;

export class Patch {
  readonly #bytes: Uint8Array;

  constructor(text: string) {
    this.#bytes = new TextEncoder().encode(text);
  }

  /** Puts ASCII text in the place of the bytes from `start` to `end`, and blanks behind it. */
  put(start: number, end: number, text: string): void {
    if (text.length > end - start) throw new InvariantError('a replacement longer than what it replaces');
    this.#bytes.fill(SPACE, start, end);
    for (let i = 0; i < text.length; i += 1) this.#bytes[start + i] = text.charCodeAt(i);
  }

  /** Puts text in the place of tokens. */
  replace(first: Token, last: Token, text: string): void {
    this.put(first.byte, last.byteEnd, text);
  }

  blank(start: number, end: number): void {
    this.#bytes.fill(SPACE, start, end);
  }

  /** The bytes from `start` to `end`, which are blanked. */
  cut(start: number, end: number): string {
    const piece = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(start, end));
    this.blank(start, end);
    return piece;
  }

  get length(): number {
    return this.#bytes.length;
  }

  text(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes);
  }
}
