/** A client that keeps every message it gets: what a driver would see, before any driver tidied it up. */
import { connect, type Socket } from 'node:net';

/** A message of the backend, in words that can be compared. */
export type Seen = string;

export class WireClient {
  readonly #socket: Socket;
  #pending = Buffer.alloc(0);
  #messages: { readonly type: string; readonly body: Buffer }[] = [];
  #wake: () => void = () => undefined;
  #broken: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setNoDelay();
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection was closed')));
  }

  static async connect(url: string): Promise<WireClient> {
    const { hostname, port, username, pathname } = new URL(url);
    const client = new WireClient(connect(Number(port), hostname));
    const parameters = ['user', username, 'database', pathname.slice(1), 'client_encoding', 'UTF8', ''];
    client.#send('', Buffer.concat([int32(196_608), ...parameters.map(text)]));
    await client.#untilReady();
    return client;
  }

  /** The simple protocol; `copied` is sent if the statement asks for rows. */
  async simple(sql: string, copied: string): Promise<readonly Seen[]> {
    this.#send('Q', text(sql));
    return this.#untilReady(copied);
  }

  /** The extended protocol: parse, describe, bind, execute, without parameters. */
  async extended(sql: string, format: 0 | 1): Promise<readonly Seen[]> {
    this.#send('P', Buffer.concat([text(''), text(sql), int16(0)]));
    this.#send('D', Buffer.concat([Buffer.from('S'), text('')]));
    this.#send('B', Buffer.concat([text(''), text(''), int16(0), int16(0), int16(1), int16(format)]));
    this.#send('D', Buffer.concat([Buffer.from('P'), text('')]));
    this.#send('E', Buffer.concat([text(''), int32(0)]));
    this.#send('S', Buffer.alloc(0));
    return this.#untilReady();
  }

  /** Bytes as they are; what comes up to the last of so many ReadyForQuery. */
  async exchange(bytes: Uint8Array, units: number, copied: string): Promise<readonly Seen[]> {
    this.#socket.write(bytes);
    const seen: Seen[] = [];
    for (let unit = 0; unit < units; unit++) seen.push(...(await this.#untilReady(copied)));
    return seen;
  }

  close(): void {
    this.#socket.removeAllListeners('close').end();
  }

  async #untilReady(copied = ''): Promise<readonly Seen[]> {
    const seen: Seen[] = [];
    for (;;) {
      const message = await this.#next().catch((error: Error) => {
        throw new Error(`${error.message} after ${seen.slice(-3).join(', ')}`);
      });
      if (message.type === 'G') this.#copyIn(copied);
      seen.push(describeMessage(message.type, message.body));
      if (message.type === 'Z') return seen;
    }
  }

  #copyIn(copied: string): void {
    this.#send('d', Buffer.from(copied));
    this.#send('c', Buffer.alloc(0));
  }

  #send(type: string, body: Buffer): void {
    this.#socket.write(Buffer.concat([Buffer.from(type), int32(body.length + 4), body]));
  }

  async #next(): Promise<{ readonly type: string; readonly body: Buffer }> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      if (this.#broken !== undefined) throw this.#broken;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #receive(chunk: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    while (this.#pending.length >= 5) {
      const length = this.#pending.readInt32BE(1) + 1;
      if (this.#pending.length < length) break;
      this.#messages.push({
        type: this.#pending.toString('latin1', 0, 1),
        body: this.#pending.subarray(5, length),
      });
      this.#pending = this.#pending.subarray(length);
    }
    this.#wake();
  }

  #fail(error: Error): void {
    this.#broken ??= error;
    this.#wake();
  }
}

/** Errors and notices are told by severity and SQLSTATE: their words are Cordon's own. */
function describeMessage(type: string, body: Buffer): Seen {
  if (type === 'E' || type === 'N') return `${type} ${errorFields(body)}`;
  if (type === 'T') return `T ${columns(body).join('; ')}`;
  if (type === 'C') return `C ${body.toString('utf8', 0, body.length - 1)}`;
  return `${type} ${body.toString('latin1').replace(/[^\x20-\x7e]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
}

function errorFields(body: Buffer): string {
  const fields = body.toString('utf8').split('\0');
  return fields.filter((field) => /^[VC]/.test(field)).join(' ');
}

/** Name, table, attribute, type, size, modifier, format. */
function columns(body: Buffer): readonly string[] {
  const described: string[] = [];
  let at = 2;
  for (let count = body.readInt16BE(0); count > 0; count--) {
    const end = body.indexOf(0, at);
    const name = body.toString('utf8', at, end);
    const [table, attribute, type] = [
      body.readInt32BE(end + 1),
      body.readInt16BE(end + 5),
      body.readInt32BE(end + 7),
    ];
    const [size, modifier, format] = [
      body.readInt16BE(end + 11),
      body.readInt32BE(end + 13),
      body.readInt16BE(end + 17),
    ];
    described.push(`${name} ${table}.${attribute} ${type} ${size} ${modifier} ${format}`);
    at = end + 19;
  }
  return described;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}
