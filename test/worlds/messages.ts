/** What a database answers, read byte by byte, so that nothing of an answer is lost on the way to a comparison. */

export interface FieldDescription {
  readonly name: string;
  /** Whether the field is a plain column of a relation; the number itself differs between two databases. */
  readonly ofTable: boolean;
  readonly position: number;
  readonly type: number;
  readonly modifier: number;
  readonly format: number;
}

export type Answer =
  | { readonly kind: 'fields'; readonly fields: readonly FieldDescription[] }
  | { readonly kind: 'row'; readonly values: readonly (string | null)[] }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'error'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'notice'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'setting'; readonly name: string; readonly value: string }
  | { readonly kind: 'notification'; readonly text: string }
  | { readonly kind: 'ready'; readonly status: string }
  | { readonly kind: 'copy-data'; readonly text: string }
  | { readonly kind: 'parameters'; readonly types: readonly number[] }
  /** Messages without content of their own: ParseComplete, BindComplete, NoData, EmptyQueryResponse … */
  | { readonly kind: 'other'; readonly type: string };

/** Cuts whole messages off the front of a stream of bytes. */
export class AnswerReader {
  #rest = Buffer.alloc(0);

  read(bytes: Uint8Array): readonly Answer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const answers: Answer[] = [];
    while (this.#rest.length >= 5) {
      const length = this.#rest.readInt32BE(1);
      if (this.#rest.length < length + 1) break;
      answers.push(readAnswer(String.fromCharCode(this.#rest[0] ?? 0), this.#rest.subarray(5, length + 1)));
      this.#rest = this.#rest.subarray(length + 1);
    }
    return answers;
  }
}

function readAnswer(type: string, body: Buffer): Answer {
  const cursor = new Cursor(body);
  switch (type) {
    case 'T':
      return { kind: 'fields', fields: repeat(cursor.int16(), () => readField(cursor)) };
    case 'D':
      return { kind: 'row', values: repeat(cursor.int16(), () => readValue(cursor)) };
    case 'C':
      return { kind: 'tag', tag: cursor.text() };
    case 'E':
      return { kind: 'error', fields: readReport(cursor) };
    case 'N':
      return { kind: 'notice', fields: readReport(cursor) };
    case 'S':
      return { kind: 'setting', name: cursor.text(), value: cursor.text() };
    case 'A':
      return { kind: 'notification', text: body.subarray(4).toString('utf8') };
    case 'Z':
      return { kind: 'ready', status: body.toString('latin1') };
    case 'd':
      return { kind: 'copy-data', text: body.toString('utf8') };
    case 't':
      return { kind: 'parameters', types: repeat(cursor.int16(), () => cursor.int32()) };
    default:
      return { kind: 'other', type };
  }
}

function readField(cursor: Cursor): FieldDescription {
  const name = cursor.text();
  const ofTable = cursor.int32() !== 0;
  const position = cursor.int16();
  const type = cursor.int32();
  cursor.int16();
  return { name, ofTable, position, type, modifier: cursor.int32(), format: cursor.int16() };
}

function readValue(cursor: Cursor): string | null {
  const length = cursor.int32();
  return length < 0 ? null : cursor.bytes(length).toString('utf8');
}

function readReport(cursor: Cursor): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (let code = cursor.int8(); code !== 0; code = cursor.int8()) {
    fields[String.fromCharCode(code)] = cursor.text();
  }
  return fields;
}

function repeat<T>(count: number, read: () => T): readonly T[] {
  return Array.from({ length: count }, read);
}

class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.bytes(1).readUInt8(0);
  }

  int16(): number {
    return this.bytes(2).readInt16BE(0);
  }

  int32(): number {
    return this.bytes(4).readInt32BE(0);
  }

  bytes(length: number): Buffer {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = this.#bytes.subarray(this.#at, end).toString('utf8');
    this.#at = end + 1;
    return text;
  }
}
