/**
 * A connection of Cordon's own, which asks one statement at a time: for the catalog, and for commands of the operator. It
 * logs in exactly as sessions of clients do, so that a password goes no other way.
 */
import type { Socket } from 'node:net';
import { CordonError } from '../../errors/index.ts';
import { type BackendMessage, decodeBackend, encodeFrontend, FrameScanner } from '../../pgwire/index.ts';
import { unawaited } from '../unawaited.ts';
import { Asked, type ControlAnswer, WHOLE_MESSAGES } from './asked.ts';
import { connectServer, type ServerAddress } from './connect.ts';

export type { ControlAnswer } from './asked.ts';

const TERMINATE = encodeFrontend({ kind: 'Terminate' });

// The gateway's own settings of a session: text is UTF-8, and its log names who asked.
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['client_encoding', 'UTF8'],
  ['application_name', 'cordon'],
]);

export class ControlConnection {
  readonly #socket: Socket;
  readonly #scanner = new FrameScanner(WHOLE_MESSAGES);
  #turn: Promise<unknown> = Promise.resolve();
  #asked: Asked | undefined;
  #isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#closed());
    socket.resume();
  }

  static async open(server: ServerAddress, connectMs: number): Promise<ControlConnection> {
    const { socket } = await connectServer(server, SETTINGS, connectMs);
    return new ControlConnection(socket);
  }

  /** Runs one statement; those asked meanwhile wait for it. */
  ask(text: string): Promise<ControlAnswer> {
    const answer = this.#turn.then(() => this.#ask(text));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    await this.#turn;
    this.#isClosed = true;
    this.#socket.end(TERMINATE);
  }

  #ask(text: string): Promise<ControlAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw new CordonError('CORDON_UPSTREAM_FAILED');
      this.#asked = new Asked(resolve, reject);
      this.#socket.write(encodeFrontend({ kind: 'Query', text }));
    });
  }

  #receive(bytes: Buffer): void {
    try {
      this.#scanner.push(bytes);
      while (this.#scanner.next() === 'frame')
        this.#read(decodeBackend(this.#scanner.type, this.#scanner.payload()));
    } catch (error) {
      this.#socket.destroy(error instanceof Error ? error : undefined);
    }
  }

  #read(message: BackendMessage): void {
    if (message.kind === 'NoticeResponse' || message.kind === 'ParameterStatus') return;
    if (this.#asked === undefined) throw unawaited(this.#scanner.type);
    if (!this.#asked.read(message)) return;
    this.#asked = undefined;
  }

  #closed(): void {
    this.#isClosed = true;
    this.#asked?.fail(new CordonError('CORDON_UPSTREAM_FAILED'));
    this.#asked = undefined;
  }
}
