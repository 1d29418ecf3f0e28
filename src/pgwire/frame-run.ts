import type { FrameScanner } from './frame-scanner.ts';

const EMPTY = Buffer.alloc(0);

/** Joins messages that lie side by side into one piece, so that a run of them is forwarded by one write. */
export class FrameRun {
  #buffer: Buffer = EMPTY;
  #start = 0;
  #end = 0;

  /** Adds the scanner's present message or part. If it does not lie behind the run, the run is returned and begun anew. */
  add(scanner: FrameScanner): Buffer | undefined {
    if (scanner.buffer === this.#buffer && scanner.start === this.#end) {
      this.#end = scanner.end;
      return undefined;
    }
    const run = this.take();
    this.#buffer = scanner.buffer;
    this.#start = scanner.start;
    this.#end = scanner.end;
    return run;
  }

  /** The run so far as a view, or undefined if it is empty. */
  take(): Buffer | undefined {
    if (this.#end === this.#start) return undefined;
    const isAll = this.#start === 0 && this.#end === this.#buffer.length;
    const run = isAll ? this.#buffer : this.#buffer.subarray(this.#start, this.#end);
    this.#buffer = EMPTY;
    this.#start = 0;
    this.#end = 0;
    return run;
  }
}
