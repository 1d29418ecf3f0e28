/** Slices of a text by byte offsets, which is how the parser counts. */
export class ByteSlices {
  readonly #text: string;
  #bytes: Uint8Array | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** `length` 0 means: to the end. */
  slice(start: number, length: number): string {
    if (start === 0 && length === 0) return this.#text;
    this.#bytes ??= new TextEncoder().encode(this.#text);
    const end = length === 0 ? this.#bytes.length : start + length;
    if (this.#bytes.length === this.#text.length) return this.#text.slice(start, end);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(start, end));
  }
}
