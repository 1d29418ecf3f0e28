import type { Socket } from 'node:net';

/** The socket of a client, as a session writes to it. */
export class ClientChannel {
  readonly #socket: Socket;
  #pauses = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Writes in one go; false when the client reads more slowly than is written. */
  write(pieces: readonly Buffer[]): boolean {
    if (pieces.length === 0 || this.#socket.destroyed) return true;
    if (pieces.length === 1) return this.#socket.write(pieces[0] as Buffer);
    this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    process.nextTick(() => this.#socket.uncork());
    return !this.#socket.writableNeedDrain;
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
    if (this.#socket.destroyed) return;
    this.#socket.end(Buffer.concat(last));
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
