/**
 * A connection of Cordon's own, which asks one statement at a time: for the catalog, and for commands of the operator. It
 * logs in exactly as sessions of clients do, so that a password goes no other way.
 */
import type { Socket } from 'node:net';
import { CordonError } from '../../errors/index.ts';
import type { ControlAnswer } from './asked.ts';
import { connectServer, type ServerAddress } from './connect.ts';
import { TERMINATE } from './database-server.ts';
import { Dialogue } from './dialogue.ts';

export type { ControlAnswer } from './asked.ts';

// The gateway's own settings of a session: text is UTF-8, and its log names who asked.
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['client_encoding', 'UTF8'],
  ['application_name', 'cordon'],
]);

export class ControlConnection {
  readonly #socket: Socket;
  readonly #dialogue = new Dialogue(({ kind }) => kind === 'NoticeResponse' || kind === 'ParameterStatus');
  #turn: Promise<unknown> = Promise.resolve();
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

  async #ask(text: string): Promise<ControlAnswer> {
    if (this.#isClosed) throw new CordonError('CORDON_UPSTREAM_FAILED');
    return this.#dialogue.ask(text, (bytes) => this.#socket.write(bytes));
  }

  #receive(bytes: Buffer): void {
    try {
      this.#dialogue.receive(bytes);
    } catch (error) {
      this.#socket.destroy(error instanceof Error ? error : undefined);
    }
  }

  #closed(): void {
    this.#isClosed = true;
    this.#dialogue.lost();
  }
}
