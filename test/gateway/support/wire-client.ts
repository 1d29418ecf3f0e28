/** A client that sends exactly what a test wants, and tells what came back in words that are easy to compare. */
import { connect, type Socket } from 'node:net';
import {
  type BackendMessage,
  backendFrameLimits,
  decodeBackend,
  encodeFrontend,
  encodeStartup,
  FrameScanner,
  type FrontendMessage,
} from '../../../src/pgwire/index.ts';

export interface Login {
  readonly user?: string;
  readonly database?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly minor?: number;
}

export class WireClient {
  readonly socket: Socket;
  readonly #scanner = new FrameScanner(backendFrameLimits());
  readonly #seen: BackendMessage[] = [];
  #wake: () => void = () => undefined;
  #isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  static open(port: number): WireClient {
    return new WireClient(connect({ port, host: '127.0.0.1' }));
  }

  /** A client that is logged in and has read everything up to the first ReadyForQuery. */
  static async login(port: number, login: Login = {}): Promise<WireClient> {
    const client = WireClient.open(port);
    client.startUp(login);
    await client.untilReady();
    return client;
  }

  startUp({ user = 'app', database = 'shop', parameters = {}, minor = 0 }: Login = {}): this {
    const all = new Map([['user', user], ['database', database], ...Object.entries(parameters)]);
    this.socket.write(
      encodeStartup({ kind: 'StartupMessage', minor, parameters: all, protocolOptions: new Map() }),
    );
    return this;
  }

  send(...messages: readonly FrontendMessage[]): this {
    this.socket.write(encodeFrontend(...messages));
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.socket.write(bytes);
    return this;
  }

  /** A Query, and what answers it. */
  async query(text: string): Promise<readonly string[]> {
    return words(await this.send({ kind: 'Query', text }).untilReady());
  }

  /** Messages of a batch, Sync included, and what answers them. */
  async batch(...messages: readonly FrontendMessage[]): Promise<readonly string[]> {
    return words(await this.send(...messages, { kind: 'Sync' }).untilReady());
  }

  async untilReady(): Promise<readonly BackendMessage[]> {
    return this.until('ReadyForQuery');
  }

  async until(kind: BackendMessage['kind']): Promise<readonly BackendMessage[]> {
    const messages: BackendMessage[] = [];
    for (;;) {
      const message = await this.next();
      if (message === undefined) throw new Error(`closed after ${words(messages).join(' | ')}`);
      messages.push(message);
      if (message.kind === kind) return messages;
    }
  }

  /** The next message; undefined once the connection is closed. */
  async next(): Promise<BackendMessage | undefined> {
    for (;;) {
      const message = this.#seen.shift();
      if (message !== undefined || this.#isClosed) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Everything until the connection is closed. */
  async untilClosed(): Promise<readonly string[]> {
    const messages: BackendMessage[] = [];
    for (let message = await this.next(); message !== undefined; message = await this.next())
      messages.push(message);
    return words(messages);
  }

  close(): void {
    this.socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#scanner.push(chunk);
    for (let step = this.#scanner.next(); step === 'frame'; step = this.#scanner.next()) {
      this.#seen.push(decodeBackend(this.#scanner.type, Buffer.from(this.#scanner.payload())));
    }
    this.#wake();
  }
}

/** Messages in words: rows as their values, errors as severity and SQLSTATE. */
export function words(messages: readonly BackendMessage[]): readonly string[] {
  return messages.map(word);
}

function word(message: BackendMessage): string {
  switch (message.kind) {
    case 'DataRow':
      return `row ${message.values.map((value) => value?.toString('utf8') ?? '∅').join(',')}`;
    case 'RowDescription':
      return `columns ${message.fields.map(({ name }) => name).join(',')}`;
    case 'ParameterDescription':
      return `parameters ${message.types.join(',')}`;
    case 'CommandComplete':
      return message.tag;
    case 'ErrorResponse':
    case 'NoticeResponse':
      return `${message.fields.severity} ${message.fields.code}`;
    case 'ReadyForQuery':
      return `ready ${message.status}`;
    case 'ParameterStatus':
      return `${message.name}=${message.value}`;
    default:
      return message.kind;
  }
}

/** Shorthands for the messages of a batch. */
export const parse = (
  text: string,
  statement = '',
  parameterTypes: readonly number[] = [],
): FrontendMessage => ({
  kind: 'Parse',
  statement,
  text,
  parameterTypes,
});

export const bind = (
  values: readonly (string | Buffer | null)[] = [],
  {
    portal = '',
    statement = '',
    formats = [] as readonly (0 | 1)[],
    results = [] as readonly (0 | 1)[],
  } = {},
): FrontendMessage => ({
  kind: 'Bind',
  portal,
  statement,
  parameterFormats: formats,
  values: values.map((value) => (typeof value === 'string' ? Buffer.from(value) : value)),
  resultFormats: results,
});

export const execute = (portal = '', rowLimit = 0): FrontendMessage => ({
  kind: 'Execute',
  portal,
  rowLimit,
});

export const describeStatement = (name = ''): FrontendMessage => ({
  kind: 'Describe',
  target: 'statement',
  name,
});

export const describePortal = (name = ''): FrontendMessage => ({ kind: 'Describe', target: 'portal', name });

export const closeStatement = (name = ''): FrontendMessage => ({ kind: 'Close', target: 'statement', name });
