/** A client of a few lines on Cordon's own codec, to hold it against a real server. */
import { connect, type Socket } from 'node:net';
import {
  type BackendMessage,
  backendFrameLimits,
  decodeBackend,
  encodeFrontend,
  encodeStartup,
  FrameScanner,
  type FrontendMessage,
  ScramClient,
} from '../../src/pgwire/index.ts';

type Address = { readonly path: string } | { readonly host: string; readonly port: number };

export class WireClient {
  readonly #socket: Socket;
  readonly #scanner = new FrameScanner(backendFrameLimits());
  readonly #received: BackendMessage[] = [];
  #wake: () => void = () => undefined;
  #failure: Error | undefined;

  constructor(address: Address) {
    this.#socket = 'path' in address ? connect(address.path) : connect(address.port, address.host);
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  /** Logs in, by SCRAM if the server asks for it; returns what came before ReadyForQuery. */
  async start(user: string, database: string, password = '', minor = 0): Promise<BackendMessage[]> {
    const parameters = new Map([
      ['user', user],
      ['database', database],
      ['client_encoding', 'UTF8'],
    ]);
    this.#socket.write(
      encodeStartup({ kind: 'StartupMessage', minor, parameters, protocolOptions: new Map() }),
    );
    const scram = new ScramClient({ password, nonce: 'a-nonce-that-a-test-may-know' });
    const seen: BackendMessage[] = [];
    for (;;) {
      const message = await this.next();
      seen.push(message);
      if (message.kind === 'ReadyForQuery' || message.kind === 'ErrorResponse') return seen;
      if (message.kind === 'AuthenticationSASL') {
        this.send({ kind: 'SASLInitialResponse', mechanism: 'SCRAM-SHA-256', data: scram.first() });
      }
      if (message.kind === 'AuthenticationSASLContinue') {
        this.send({ kind: 'SASLResponse', data: scram.final(message.data) });
      }
      if (message.kind === 'AuthenticationSASLFinal') scram.verify(message.data);
    }
  }

  send(...messages: readonly FrontendMessage[]): void {
    this.#socket.write(encodeFrontend(...messages));
  }

  async next(): Promise<BackendMessage> {
    for (;;) {
      const message = this.#received.shift();
      if (message !== undefined) return message;
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Everything up to ReadyForQuery. */
  async untilReady(): Promise<BackendMessage[]> {
    const seen: BackendMessage[] = [];
    do seen.push(await this.next());
    while (seen.at(-1)?.kind !== 'ReadyForQuery');
    return seen;
  }

  async query(text: string): Promise<BackendMessage[]> {
    this.send({ kind: 'Query', text });
    return this.untilReady();
  }

  close(): void {
    this.send({ kind: 'Terminate' });
    this.#socket.end();
  }

  #read(chunk: Buffer): void {
    try {
      this.#scanner.push(chunk);
      while (this.#scanner.next() === 'frame') {
        this.#received.push(decodeBackend(this.#scanner.type, this.#scanner.payload()));
      }
    } catch (error) {
      this.#fail(error as Error);
    }
    this.#wake();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }
}
