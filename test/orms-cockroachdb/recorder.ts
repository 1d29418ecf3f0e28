/** A proxy that stands between a program and Postgres and keeps the text of every statement. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Recorded {
  readonly step: string;
  readonly text: string;
}

/** What only CockroachDB does, and something near it that Postgres can do, so that a program goes on. */
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/^SET enable_experimental_alter_column_type_general = true$/, 'SELECT 1'],
  [/ AS OF SYSTEM TIME (?:'[^']*'|\S+\(\))/i, ''],
  [/^UPSERT (INTO .*?)( RETURNING .*)?$/is, 'INSERT $1 ON CONFLICT DO NOTHING$2'],
  [/@(?:"?\w+"?|\{[^}]*\})(?= |$)/, ''],
  [/::STRING\[\]/gi, '::text[]'],
];

export function standIn(text: string): string {
  return STAND_INS.reduce((near, [pattern, replacement]) => near.replace(pattern, replacement), text);
}

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

export class Recorder {
  readonly recorded: Recorded[] = [];
  step = '';
  readonly #server: Server;

  constructor(upstream: { readonly host: string; readonly port: number }) {
    this.#server = createServer((client) => this.#serve(client, upstream));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    return address.port;
  }

  close(): void {
    this.#server.close();
  }

  #serve(client: Socket, upstream: { readonly host: string; readonly port: number }): void {
    const server = connect(upstream);
    const frontend = new Frontend(
      (text) => this.recorded.push({ step: this.step, text }),
      (bytes) => server.write(bytes),
      () => client.write('N'),
    );
    client.on('data', (bytes) => frontend.take(bytes));
    server.on('data', (bytes) => client.write(bytes));
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  }
}

/** Cuts what a client sends into messages; Query and Parse hold statements. */
class Frontend {
  #pending = Buffer.alloc(0);
  #started = false;
  readonly #keep: (text: string) => void;
  readonly #forward: (bytes: Buffer) => void;
  readonly #refuseEncryption: () => void;

  constructor(keep: (text: string) => void, forward: (bytes: Buffer) => void, refuseEncryption: () => void) {
    this.#keep = keep;
    this.#forward = forward;
    this.#refuseEncryption = refuseEncryption;
  }

  take(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (;;) {
      const header = this.#started ? 1 : 0;
      if (this.#pending.length < header + 4) return;
      const length = header + this.#pending.readInt32BE(header);
      if (this.#pending.length < length) return;
      const message = this.#pending.subarray(0, length);
      this.#pending = this.#pending.subarray(length);
      if (this.#started) this.#message(message);
      else this.#startup(message);
    }
  }

  #startup(message: Buffer): void {
    const code = message.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.#refuseEncryption();
      return;
    }
    this.#started = code !== CANCEL_REQUEST;
    this.#forward(message);
  }

  #message(message: Buffer): void {
    const kind = String.fromCharCode(message[0] ?? 0);
    if (kind === 'Q') this.#statement(message, 5);
    else if (kind === 'P') this.#statement(message, message.indexOf(0, 5) + 1);
    else this.#forward(message);
  }

  #statement(message: Buffer, start: number): void {
    const text = stringAt(message, start);
    this.#keep(text);
    const end = start + Buffer.byteLength(text);
    const changed = Buffer.concat([
      message.subarray(0, start),
      Buffer.from(standIn(text)),
      message.subarray(end),
    ]);
    changed.writeInt32BE(changed.length - 1, 1);
    this.#forward(changed);
  }
}

function stringAt(message: Buffer, start: number): string {
  return message.subarray(start, message.indexOf(0, start)).toString('utf8');
}
