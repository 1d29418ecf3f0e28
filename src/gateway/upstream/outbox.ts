import type { Socket } from 'node:net';

/** The way out to a socket. What one turn sends is put together before it comes here, so each piece is written as it is. */
export class Outbox {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** False asks to wait for `drain`. */
  send(bytes: Buffer): boolean {
    return this.#socket.destroyed || this.#socket.write(bytes);
  }

  write(): void {}
}
