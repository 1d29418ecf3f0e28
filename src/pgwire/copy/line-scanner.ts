import type { CopyProblem } from './copy-error.ts';

export const NEWLINE = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const BACKSLASH = 0x5c;
const PERIOD = 0x2e;

/** The longest look ahead: backslash, period, carriage return, newline. */
const LOOK_AHEAD_BYTES = 4;

/** Bytes of COPY data, of which some lines are read already. */
export interface CopyInput {
  readonly data: Buffer;
  readonly length: number;
  /** No more will come. */
  readonly atEnd: boolean;
}

/** Where a line ends and the next begins; 'more' where the data end too early to tell. */
export type ScannedLine =
  | { readonly kind: 'line'; readonly end: number; readonly next: number }
  /** The end marker: what follows is no data. */
  | { readonly kind: 'marker' }
  | { readonly kind: 'more' }
  | { readonly kind: 'malformed'; readonly problem: CopyProblem };

/** PostgreSQL 18 knows no end marker in CSV, the versions before do. */
export type LineFormat = 'text' | 'csv' | 'csv-without-marker';

type LineEnd = 'unknown' | 'newline' | 'carriage-return' | 'both';

const MORE: ScannedLine = { kind: 'more' };

/**
 * Finds line ends as PostgreSQL's COPY does: the first line settles whether lines end in newline, carriage return or both,
 * and another end in the data is an error. In the text format a backslash hides what follows it; in CSV quotes do.
 * What has been looked at is not looked at again when more data come.
 */
export class LineScanner {
  readonly #quote: number;
  /** -1 where it equals the quote: doubling then closes and opens again, which comes to the same. */
  readonly #escape: number;
  readonly #isCsv: boolean;
  readonly #hasCsvMarker: boolean;
  #lineEnd: LineEnd = 'unknown';
  #position = 0;
  #isQuoted = false;
  #isEscaped = false;

  constructor(format: LineFormat, quote: number, escapeByte: number) {
    this.#isCsv = format !== 'text';
    this.#hasCsvMarker = format === 'csv';
    this.#quote = quote;
    this.#escape = escapeByte === quote ? -1 : escapeByte;
  }

  /** Tells that the input was moved to the front by so many bytes. */
  shift(bytes: number): void {
    this.#position -= bytes;
  }

  /** Looks for the end of the line that begins at `start`. */
  scan(input: CopyInput, start: number): ScannedLine {
    const { data, length, atEnd } = input;
    if (this.#position < start) this.#position = start;
    while (this.#position < length) {
      const byte = data[this.#position] ?? 0;
      const isSpecial = byte === CARRIAGE_RETURN || byte === BACKSLASH;
      if (isSpecial && !atEnd && length - this.#position < LOOK_AHEAD_BYTES) return MORE;
      if (this.#isCsv) this.#followQuotes(byte);
      const found = this.#judge(input, byte, start);
      if (found !== undefined) return found;
    }
    return MORE;
  }

  #judge(input: CopyInput, byte: number, start: number): ScannedLine | undefined {
    const position = this.#position;
    if (!this.#isQuoted && byte === CARRIAGE_RETURN) return this.#endAtCarriageReturn(input);
    if (!this.#isQuoted && byte === NEWLINE) return this.#endAtNewline();
    if (byte === BACKSLASH && (this.#isCsv ? this.#hasCsvMarker && position === start : true)) {
      const marker = this.#findMarker(input, start);
      if (marker !== undefined) return marker;
      // In the text format whatever follows a backslash is data.
      if (!this.#isCsv) this.#position += 1;
    }
    this.#position += 1;
    return undefined;
  }

  #followQuotes(byte: number): void {
    if (this.#isQuoted && byte === this.#escape) this.#isEscaped = !this.#isEscaped;
    if (byte === this.#quote && !this.#isEscaped) this.#isQuoted = !this.#isQuoted;
    if (byte !== this.#escape) this.#isEscaped = false;
  }

  #endAtCarriageReturn({ data, length }: CopyInput): ScannedLine {
    const position = this.#position;
    if (this.#lineEnd === 'newline') return malformedLine('a carriage return stands in the data');
    if (this.#lineEnd === 'carriage-return') return this.#end(position, 1);
    if (position + 1 < length && data[position + 1] === NEWLINE) {
      this.#lineEnd = 'both';
      return this.#end(position, 2);
    }
    if (this.#lineEnd === 'both') return malformedLine('a carriage return stands in the data');
    this.#lineEnd = 'carriage-return';
    return this.#end(position, 1);
  }

  #endAtNewline(): ScannedLine {
    if (this.#lineEnd === 'carriage-return' || this.#lineEnd === 'both') {
      return malformedLine('a newline stands in the data');
    }
    this.#lineEnd = 'newline';
    return this.#end(this.#position, 1);
  }

  #end(end: number, terminatorBytes: number): ScannedLine {
    this.#position = end + terminatorBytes;
    this.#isQuoted = false;
    this.#isEscaped = false;
    return { kind: 'line', end, next: this.#position };
  }

  /**
   * The end marker: a line that holds `\.` and nothing else, and ends as the lines before. In CSV what merely begins so is
   * data. PostgreSQL before 18 takes the marker behind data too; as in 18, that is an error here.
   */
  #findMarker({ data, length }: CopyInput, start: number): ScannedLine | undefined {
    const at = (offset: number): number => {
      const position = this.#position + offset;
      return position < length ? (data[position] ?? -1) : -1;
    };
    if (at(1) !== PERIOD) return undefined;
    const hasCarriageReturn = this.#lineEnd === 'both' && at(2) === CARRIAGE_RETURN;
    const last = at(hasCarriageReturn ? 3 : 2);
    const isLineEnd = last === NEWLINE || last === CARRIAGE_RETURN;
    if (this.#lineEnd === 'both' && !hasCarriageReturn) {
      if (this.#isCsv) return undefined;
      return malformedLine(last === NEWLINE ? MARKER_OTHER_END : MARKER_NOT_ALONE);
    }
    if (!isLineEnd) return this.#isCsv ? undefined : malformedLine(MARKER_NOT_ALONE);
    if (!this.#isOwnLineEnd(last)) return malformedLine(MARKER_OTHER_END);
    return this.#position === start ? { kind: 'marker' } : malformedLine(MARKER_NOT_ALONE);
  }

  #isOwnLineEnd(byte: number): boolean {
    if (this.#lineEnd === 'unknown') return true;
    return byte === (this.#lineEnd === 'carriage-return' ? CARRIAGE_RETURN : NEWLINE);
  }
}

const MARKER_OTHER_END = 'the end marker has another line end than the lines before';
const MARKER_NOT_ALONE = 'the end marker does not stand alone';

function malformedLine(problem: CopyProblem): ScannedLine {
  return { kind: 'malformed', problem };
}
