import { isUtf8 } from 'node:buffer';
import { copyLineBytesMax } from '../limits.ts';
import { copyEncoding, copyLineTooLong, copyMalformed } from './copy-error.ts';
import { type CopyBytes, type CopyFormat, copyBytes } from './copy-format.ts';
import { csvFields } from './csv.ts';
import { LineScanner } from './line-scanner.ts';
import { textFields } from './text.ts';

/** One row of COPY data: texts, as the database would have read them, and NULLs. */
export type CopyRow = readonly (string | null)[];

export interface CopyDecoderOptions extends CopyFormat {
  /** How many fields each row must have. */
  readonly columns: number;
  /** Whether `\.` on a line of its own ends CSV data: so it is before PostgreSQL 18, and by default. */
  readonly hasCsvMarker?: boolean;
  readonly lineBytesMax?: number;
}

const INITIAL_BYTES = 1024;

/**
 * Turns the data of a COPY FROM STDIN into rows, as PostgreSQL 15 reads its text and CSV formats. Data come in
 * pieces of any size; what is kept between them is one unfinished line, which has a bound. Errors tell the number
 * of the line (a record of CSV counts as one) and quote nothing.
 */
export class CopyDecoder {
  readonly #bytes: CopyBytes;
  readonly #scanner: LineScanner;
  readonly #fields: typeof textFields;
  readonly #columns: number;
  readonly #lineBytesMax: number;
  #data: Buffer = Buffer.alloc(0);
  #length = 0;
  #lineStart = 0;
  #line = 0;
  #isHeaderDue: boolean;
  #isDone = false;

  constructor(options: CopyDecoderOptions) {
    this.#bytes = copyBytes(options);
    const isUnmarked = options.format === 'csv' && options.hasCsvMarker === false;
    const lineFormat = isUnmarked ? 'csv-without-marker' : options.format;
    this.#scanner = new LineScanner(lineFormat, this.#bytes.quote, this.#bytes.escape);
    this.#fields = options.format === 'text' ? textFields : csvFields;
    this.#columns = options.columns;
    this.#lineBytesMax = options.lineBytesMax ?? copyLineBytesMax;
    this.#isHeaderDue = options.header;
  }

  /** The rows that a piece of the data completes. What follows the end marker is dropped, as in PostgreSQL. */
  push(chunk: Buffer): CopyRow[] {
    if (this.#isDone) return [];
    this.#append(chunk);
    const rows: CopyRow[] = [];
    this.#readLines(rows, false);
    if (this.#length - this.#lineStart > this.#lineBytesMax)
      throw copyLineTooLong(this.#line + 1, this.#lineBytesMax);
    return rows;
  }

  /** The rows that are complete now that no more data come. */
  end(): CopyRow[] {
    if (this.#isDone) return [];
    const rows: CopyRow[] = [];
    this.#readLines(rows, true);
    if (!this.#isDone) this.#finish(rows, this.#length);
    return rows;
  }

  #readLines(rows: CopyRow[], atEnd: boolean): void {
    const input = { data: this.#data, length: this.#length, atEnd };
    while (!this.#isDone) {
      const found = this.#scanner.scan(input, this.#lineStart);
      switch (found.kind) {
        case 'more':
          return;
        case 'malformed':
          throw copyMalformed(this.#line + 1, found.problem);
        case 'marker':
          this.#finish(rows, this.#lineStart);
          return;
        case 'line':
          this.#readLine(rows, found.end);
          this.#lineStart = found.next;
      }
    }
  }

  /** A last line without a line end is a line if there is anything on it. */
  #finish(rows: CopyRow[], end: number): void {
    this.#isDone = true;
    if (end > this.#lineStart) this.#readLine(rows, end);
    this.#data = Buffer.alloc(0);
  }

  #readLine(rows: CopyRow[], end: number): void {
    this.#line += 1;
    if (end - this.#lineStart > this.#lineBytesMax) throw copyLineTooLong(this.#line, this.#lineBytesMax);
    const line = this.#data.subarray(this.#lineStart, end);
    if (!isUtf8(line) || line.includes(0)) throw copyEncoding(this.#line);
    if (this.#isHeaderDue) {
      this.#isHeaderDue = false;
      return;
    }
    rows.push(this.#row(line));
  }

  #row(line: Buffer): CopyRow {
    const fields = this.#fields(line, this.#bytes, this.#columns);
    if (fields === 'encoding') throw copyEncoding(this.#line);
    if (typeof fields === 'string') throw copyMalformed(this.#line, fields);
    if (fields.length < this.#columns) throw copyMalformed(this.#line, 'it has fewer fields than columns');
    return fields;
  }

  /** Moves the unfinished line to the front and adds to it; the buffer doubles, so that a long line is not copied each time. */
  #append(chunk: Buffer): void {
    const kept = this.#length - this.#lineStart;
    const needed = kept + chunk.length;
    const target =
      needed <= this.#data.length
        ? this.#data
        : Buffer.allocUnsafe(
            Math.max(needed, Math.min(this.#data.length * 2, this.#lineBytesMax), INITIAL_BYTES),
          );
    this.#data.copy(target, 0, this.#lineStart, this.#length);
    chunk.copy(target, kept);
    this.#scanner.shift(this.#lineStart);
    this.#data = target;
    this.#length = needed;
    this.#lineStart = 0;
  }
}
