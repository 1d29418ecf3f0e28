import type { OnReadOpts, Socket } from 'node:net';

/** As much as Node takes for one read by itself. */
const BYTES = 64 * 1024;

/**
 * The memory that a socket reads into again and again: to take some for each chunk costs more than to read most answers. So a chunk holds
 * until the next one comes, and who still needs it then says `keep`.
 */
export class ReadBuffer {
  #buffer: Buffer | undefined;
  #socket: Socket | undefined;

  /** What a socket is made with. Its chunks are told as `data`, as they would be without. */
  get options(): OnReadOpts {
    return {
      buffer: () => this.#current(),
      callback: (length, buffer) => this.#tell(buffer.subarray(0, length) as Buffer),
    };
  }

  attach(socket: Socket): void {
    this.#socket = socket;
  }

  /** The last chunk is still on its way to somebody: the next one goes elsewhere. */
  keep(): void {
    this.#buffer = undefined;
  }

  #current(): Buffer {
    this.#buffer ??= Buffer.allocUnsafeSlow(BYTES);
    return this.#buffer;
  }

  #tell(chunk: Buffer): boolean {
    this.#socket?.emit('data', chunk);
    return true;
  }
}
