import type { Socket } from 'node:net';
import { endGently } from './end-gently.ts';
import { writeJoined } from './joined-writes.ts';

/** The socket of a client, as a session writes to it. */
export class ClientChannel {
  readonly #socket: Socket;
  #pauses = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Writes in one go; false when the client reads more slowly than is written. */
  write(pieces: readonly Buffer[]): boolean {
    return this.#socket.destroyed || writeJoined(this.#socket, pieces);
  }

  /** All that was written has left: nothing holds the bytes any more. */
  get isWritten(): boolean {
    return this.#socket.writableLength === 0;
  }

  /** Stops reading; each call needs its `resume`. */
  pause(): void {
    this.#pauses += 1;
    if (this.#pauses === 1) this.#socket.pause();
  }

  resume(): void {
    this.#pauses -= 1;
    if (this.#pauses === 0) this.#socket.resume();
  }

  /** Sends what is left, then closes. */
  end(last: readonly Buffer[] = []): void {
    endGently(this.#socket, Buffer.concat(last));
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
