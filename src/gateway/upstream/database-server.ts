import type { Socket } from 'node:net';
import { pinnedSettings } from '../../guard/pins.ts';
import { encodeFrontend, encodeStartup } from '../../pgwire/index.ts';
import { type Connected, connectServer, withinTime } from './connect.ts';
import { dial } from './dial.ts';
import type { LoggedIn } from './login.ts';
import type { ServerOptions } from './server-options.ts';
import type { SessionSettings } from './upstream.ts';

export const TERMINATE = encodeFrontend({ kind: 'Terminate' });

/** A database server, to be connected to as one role; sessions begin with the settings that the guard relies on. */
export class DatabaseServer {
  readonly #options: ServerOptions;
  readonly #connectMs: number;
  #parameters: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(options: ServerOptions, connectMs: number) {
    this.#options = options;
    this.#connectMs = connectMs;
  }

  /** Asked once, by a connection that is closed again; asked anew if that failed. */
  parameters(): Promise<ReadonlyMap<string, string>> {
    this.#parameters ??= this.#report().catch((error: unknown) => {
      this.#parameters = undefined;
      throw error;
    });
    return this.#parameters;
  }

  connect(settings: SessionSettings): Promise<Connected> {
    const { searchPath } = this.#options;
    const all = new Map([...settings, ...pinnedSettings(searchPath)]);
    return connectServer(this.#options, all, this.#connectMs);
  }

  /**
   * As PostgreSQL asks: a connection of its own, which is not answered. Resolves when the server has closed it, by which time it has
   * sent its signal, and tells whether that came about.
   */
  async cancel({ processId, secretKey }: LoggedIn): Promise<boolean> {
    const request = encodeStartup({ kind: 'CancelRequest', processId, secretKey });
    try {
      const { socket } = await withinTime(this.#connectMs, (onOpened) => dial(this.#options, onOpened));
      return await delivered(socket, request, this.#connectMs);
    } catch {
      return false;
    }
  }

  async #report(): Promise<ReadonlyMap<string, string>> {
    const { socket, loggedIn } = await this.connect(new Map());
    socket.end(TERMINATE);
    socket.on('error', () => socket.destroy()).resume();
    return loggedIn.parameters;
  }
}

function delivered(socket: Socket, request: Buffer, connectMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let isEnded = false;
    socket.setTimeout(connectMs, () => socket.destroy());
    socket.on('end', () => {
      isEnded = true;
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', (hadError) => resolve(isEnded && !hadError));
    socket.resume();
    // Not half-closed at once: a server behind a proxy may be told of the end before it is told of the request.
    socket.write(request);
  });
}
