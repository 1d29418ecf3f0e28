import { connect, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import type { ServerAddress } from '../../src/gateway/index.ts';
import { connectServer } from '../../src/gateway/upstream/connect.ts';
import { type Answer, AnswerReader } from './messages.ts';

/** One connection to a database, past every driver: messages out, messages in. */
export interface Connection {
  /** A simple query; resolves with everything up to ReadyForQuery. */
  simple(text: string): Promise<readonly Answer[]>;
  /** Frontend messages that end in a Sync or a Query; resolves at ReadyForQuery. */
  send(...messages: readonly Uint8Array[]): Promise<readonly Answer[]>;
  close(): Promise<void>;
}

/** A frontend message: type, length, body. */
export function message(type: string, ...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const body = Buffer.concat(parts.map(encodePart));
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Text becomes a C string, a number an int16, bytes stay. */
function encodePart(part: string | number | Uint8Array): Uint8Array {
  if (typeof part === 'string') return Buffer.from(`${part}\0`, 'utf8');
  if (typeof part !== 'number') return part;
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(part);
  return bytes;
}

export function embeddedConnection(pglite: PGlite): Connection {
  const send = async (...messages: readonly Uint8Array[]): Promise<readonly Answer[]> => {
    const reader = new AnswerReader();
    const answers: Answer[] = [];
    for (const one of messages) {
      answers.push(...reader.read(await pglite.execProtocolRaw(one, { syncToFs: false })));
    }
    return answers;
  };
  return { send, simple: (text) => send(message('Q', text)), close: async () => {} };
}

export interface SocketOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Sent when the server asks for a password in the clear. */
  readonly password?: string;
  /** Further start-up parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A connection to a server, by its own way of logging in. */
export async function serverConnection(address: ServerAddress): Promise<Connection> {
  const { socket } = await connectServer(address, new Map(), 10_000);
  const connection = overSocket(socket, new SocketStream(socket));
  socket.resume();
  return connection;
}

/** A TCP connection without TLS; the server must ask for no password, or for one in the clear. */
export async function socketConnection(options: SocketOptions): Promise<Connection> {
  const socket = connect(options.port, options.host);
  const stream = new SocketStream(socket);
  socket.write(startup(options));
  await stream.untilReady(() => {
    if (options.password !== undefined) socket.write(message('p', options.password));
  });
  return overSocket(socket, stream);
}

function overSocket(socket: Socket, stream: SocketStream): Connection {
  const send = (...messages: readonly Uint8Array[]): Promise<readonly Answer[]> => {
    socket.write(Buffer.concat(messages));
    return stream.untilReady(() => undefined);
  };
  const close = (): Promise<void> => {
    socket.end(message('X'));
    return new Promise((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));
  };
  return { send, simple: (text) => send(message('Q', text)), close };
}

function startup(options: SocketOptions): Uint8Array {
  const parameters = { user: options.user, database: options.database, ...options.parameters };
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [encodePart(name), encodePart(value)]);
  const head = Buffer.alloc(8);
  const body = Buffer.concat([...pairs, Buffer.alloc(1)]);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(196608, 4);
  return Buffer.concat([head, body]);
}

/** Collects answers until the server is ready, asks for something, or goes away. */
class SocketStream {
  readonly #reader = new AnswerReader();
  #answers: Answer[] = [];
  #wake: () => void = () => undefined;
  #ended = false;

  constructor(socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.#answers.push(...this.#reader.read(bytes));
      this.#wake();
    });
    for (const event of ['error', 'close', 'end'] as const) {
      socket.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  async untilReady(onPassword: () => void): Promise<readonly Answer[]> {
    let asked = false;
    for (;;) {
      if (this.#answers.some((answer) => answer.kind === 'ready' || isCopyIn(answer)) || this.#ended) break;
      if (!asked && this.#answers.some((answer) => answer.kind === 'other' && answer.type === 'R')) {
        asked = true;
        onPassword();
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const answers = this.#answers;
    this.#answers = [];
    return this.#ended ? [...answers, { kind: 'other', type: 'closed' }] : answers;
  }
}

function isCopyIn(answer: Answer): boolean {
  return answer.kind === 'other' && answer.type === 'G';
}
