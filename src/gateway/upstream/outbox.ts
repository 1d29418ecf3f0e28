import type { Socket } from 'node:net';
import { writeJoined } from '../joined-writes.ts';

/** What is on its way to a socket: what one turn sends leaves in one write. */
export class Outbox {
  readonly #socket: Socket;
  #unsent: Buffer[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** False asks to wait for `drain`. */
  send(bytes: Buffer): boolean {
    this.#unsent.push(bytes);
    if (this.#unsent.length === 1) process.nextTick(() => this.write());
    return !this.#socket.writableNeedDrain;
  }

  write(): void {
    if (this.#unsent.length === 0) return;
    const pieces = this.#unsent;
    this.#unsent = [];
    if (!this.#socket.destroyed) writeJoined(this.#socket, pieces);
  }
}
