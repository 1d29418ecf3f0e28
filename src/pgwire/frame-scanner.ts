import type { FrameLimits } from './frame-limits.ts';
import { malformedFrame, messageTooLong, unknownMessage } from './protocol-error.ts';

/** A type byte and a length. */
const HEADER_BYTES = 5;

/** The first part of a streamed message holds its header and two bytes, so that a DataRow's field count can be seen. */
const FIRST_PART_BYTES = HEADER_BYTES + 2;

/** Up to this size a message is put together even if it may be streamed: most rows stay whole. */
const WHOLE_BYTES_MAX = 16 * 1024;

/** Up to this size a message's memory is reserved at its header; beyond, as its bytes come in. */
const RESERVED_BYTES_MAX = 16 * 1024;

const EMPTY = Buffer.alloc(0);

/**
 * What `next` found: a whole message, a part of a long one, or nothing more in what was pushed.
 * The place is in the scanner's own fields, so that a message costs no object.
 */
export type ScannerStep = 'frame' | 'part' | 'none';

/**
 * Splits a stream of bytes into messages without copying or slicing each.
 *
 * A header is judged before anything is kept for it: its type must be known and its length within bounds. What a peer has
 * announced and not sent takes at most 16 KB, what it sent at most twice its size. Only messages that lie across two
 * chunks are copied, once; long DataRow and CopyData messages pass in parts. Places stay valid after the next call
 * as long as the chunk that was pushed is not overwritten.
 */
export class FrameScanner {
  /** May be exchanged between messages: what may come depends on the phase of the connection. */
  limits: FrameLimits;

  /** Where the message or part lies: header included, in a whole message and in the first part. */
  buffer: Buffer = EMPTY;
  start = 0;
  end = 0;
  type = 0;
  /** Of a part: whether it is the first or the last of its message. */
  first = false;
  last = false;

  #chunk: Buffer = EMPTY;
  #position = 0;
  /** Chunks that were pushed before the last one was read to its end. */
  #queue: Buffer[] = [];
  /** A message that lies across chunks, as far as it has come. */
  #pending: Buffer = EMPTY;
  #pendingLength = 0;
  /** Its size with header; 0 as long as the header is not complete. */
  #pendingTotal = 0;
  /** How many bytes of a streamed message are still to come. */
  #streamRemaining = 0;
  #failure: Error | undefined;

  constructor(limits: FrameLimits) {
    this.limits = limits;
  }

  /** Whether a message has begun and not ended: at the end of the stream that is a broken connection. */
  get isInsideMessage(): boolean {
    const isUnread = this.#position < this.#chunk.length || this.#queue.length > 0;
    return isUnread || this.#streamRemaining > 0 || this.#pendingLength > 0;
  }

  /** Hands in what was read; `next` answers 'none' once all of it is looked at. */
  push(chunk: Buffer): void {
    // INVARIANT: what was pushed first is read first, also when the present chunk is at its end and others wait.
    if (this.#position < this.#chunk.length || this.#queue.length > 0) {
      this.#queue.push(chunk);
      return;
    }
    this.#chunk = chunk;
    this.#position = 0;
  }

  /** Moves to the next message or part. Throws ProtocolError, and the same one ever after. */
  next(): ScannerStep {
    if (this.#failure !== undefined) throw this.#failure;
    for (;;) {
      const step = this.#step();
      if (step !== 'none' || this.#queue.length === 0) return step;
      this.#chunk = this.#queue.shift() ?? EMPTY;
    }
  }

  #step(): ScannerStep {
    if (this.#streamRemaining > 0) return this.#nextPart();
    if (this.#pendingLength > 0) return this.#completePending();
    const start = this.#position;
    const available = this.#chunk.length - start;
    if (available < HEADER_BYTES) return this.#carry();
    const total = this.#judgeHeader(this.#chunk, start);
    if (available >= total) return this.#place('frame', this.#chunk, start, start + total);
    if (this.#isStreamed(total) && available >= FIRST_PART_BYTES) return this.#firstPart(total);
    this.#pendingTotal = total;
    return this.#carry();
  }

  /**
   * After a whole message: takes in the whole messages that follow it, have the same type and are accepted, so that
   * a run of rows is handed on as one piece. Returns how many were added.
   */
  extend(accept: (buffer: Buffer, start: number, end: number) => boolean): number {
    const chunk = this.#chunk;
    if (this.buffer !== chunk || this.end !== this.#position) return 0;
    const lengthMax = this.limits.bytesMax[this.type] ?? 0;
    let added = 0;
    for (;;) {
      const start = this.#position;
      if (chunk.length - start < HEADER_BYTES || chunk[start] !== this.type) return added;
      const length = chunk.readUInt32BE(start + 1);
      const end = start + 1 + length;
      if (length < 4 || length > lengthMax || end > chunk.length || !accept(chunk, start, end)) return added;
      this.#position = end;
      this.end = end;
      added += 1;
    }
  }

  /** The bytes of the message or part: a view. */
  whole(): Buffer {
    return this.buffer.subarray(this.start, this.end);
  }

  /** Where the fields of a whole message begin in `buffer`; they go on to `end`. */
  get payloadStart(): number {
    return this.start + HEADER_BYTES;
  }

  /** The bytes of the message after its header: a view. */
  payload(): Buffer {
    return this.buffer.subarray(this.start + HEADER_BYTES, this.end);
  }

  #place(step: ScannerStep, buffer: Buffer, start: number, end: number): ScannerStep {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    if (buffer === this.#chunk) this.#position = end;
    return step;
  }

  #judgeHeader(buffer: Buffer, start: number): number {
    const type = buffer[start] ?? 0;
    const length = buffer.readUInt32BE(start + 1);
    const maximum = this.limits.bytesMax[type] ?? 0;
    if (maximum === 0) throw this.#fail(unknownMessage());
    if (length < 4) throw this.#fail(malformedFrame('header', 'its length is below 4'));
    if (length > maximum) throw this.#fail(messageTooLong(type, maximum));
    this.type = type;
    return 1 + length;
  }

  #fail(error: Error): Error {
    this.#failure = error;
    this.#chunk = EMPTY;
    this.#queue = [];
    this.#pending = EMPTY;
    return error;
  }

  #isStreamed(total: number): boolean {
    return total > WHOLE_BYTES_MAX && this.limits.streamed[this.type] === 1;
  }

  #firstPart(total: number): ScannerStep {
    const start = this.#position;
    const end = this.#chunk.length;
    this.#streamRemaining = total - (end - start);
    this.first = true;
    this.last = false;
    return this.#place('part', this.#chunk, start, end);
  }

  #nextPart(): ScannerStep {
    const start = this.#position;
    const taken = Math.min(this.#streamRemaining, this.#chunk.length - start);
    if (taken === 0) return this.#exhausted();
    this.#streamRemaining -= taken;
    this.first = false;
    this.last = this.#streamRemaining === 0;
    return this.#place('part', this.#chunk, start, start + taken);
  }

  /** Keeps what is left of the chunk, since its message goes on in the next. */
  #carry(): ScannerStep {
    this.#take(this.#chunk.length - this.#position);
    return this.#exhausted();
  }

  #exhausted(): ScannerStep {
    this.#chunk = EMPTY;
    this.#position = 0;
    return 'none';
  }

  #completePending(): ScannerStep {
    if (this.#pendingTotal === 0) {
      if (!this.#takeUpTo(HEADER_BYTES)) return this.#exhausted();
      this.#pendingTotal = this.#judgeHeader(this.#pending, 0);
    }
    if (this.#isStreamed(this.#pendingTotal)) return this.#firstPartOfPending();
    if (!this.#takeUpTo(this.#pendingTotal)) return this.#exhausted();
    return this.#placePending('frame');
  }

  #firstPartOfPending(): ScannerStep {
    if (!this.#takeUpTo(FIRST_PART_BYTES)) return this.#exhausted();
    this.#streamRemaining = this.#pendingTotal - this.#pendingLength;
    this.first = true;
    this.last = false;
    return this.#placePending('part');
  }

  /** The pending buffer goes with the message and is never written to again. */
  #placePending(step: ScannerStep): ScannerStep {
    this.#place(step, this.#pending, 0, this.#pendingLength);
    this.#pending = EMPTY;
    this.#pendingLength = 0;
    this.#pendingTotal = 0;
    return step;
  }

  #takeUpTo(length: number): boolean {
    const missing = Math.max(0, length - this.#pendingLength);
    this.#take(Math.min(missing, this.#chunk.length - this.#position));
    return this.#pendingLength >= length;
  }

  #take(bytes: number): void {
    if (bytes === 0) return;
    this.#reserve(this.#pendingLength + bytes);
    this.#chunk.copy(this.#pending, this.#pendingLength, this.#position, this.#position + bytes);
    this.#pendingLength += bytes;
    this.#position += bytes;
  }

  #reserve(needed: number): void {
    if (needed <= this.#pending.length) return;
    const announced = Math.min(this.#pendingTotal, RESERVED_BYTES_MAX);
    const doubled = Math.min(this.#pendingTotal, this.#pending.length * 2);
    const grown = Buffer.allocUnsafe(Math.max(needed, announced, doubled));
    this.#pending.copy(grown, 0, 0, this.#pendingLength);
    this.#pending = grown;
  }
}
