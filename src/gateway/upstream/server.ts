import type { Socket } from 'node:net';
import type { Connected } from './connect.ts';
import { DatabaseServer, TERMINATE } from './database-server.ts';
import { LoginRefusal } from './login.ts';
import { PreparedUpstream } from './prepared-upstream.ts';
import type { ServerOptions } from './server-options.ts';
import { isOfSettings, settingRefused } from './setting-refused.ts';
import type { LinkEvents, SessionSettings, Upstream, UpstreamLink } from './upstream.ts';

/** A database server over TCP or a unix socket: one connection for each session that sends statements. */
export class ServerUpstream implements Upstream {
  readonly #server: DatabaseServer;

  constructor(options: ServerOptions, connectMs: number) {
    this.#server = new DatabaseServer(options, connectMs);
  }

  parameters(): Promise<ReadonlyMap<string, string>> {
    return this.#server.parameters();
  }

  async open(settings: SessionSettings, events: LinkEvents): Promise<UpstreamLink> {
    const connected = await this.#server.connect(settings).catch((error: unknown) => {
      throw blaming(error, settings);
    });
    return new ServerLink(connected, events, () => void this.#server.cancel(connected.loggedIn));
  }

  async close(): Promise<void> {}
}

class ServerLink implements UpstreamLink {
  readonly generation = 0;
  readonly isShared = false;
  readonly prepared = PreparedUpstream.ofConnection();
  readonly parameters: ReadonlyMap<string, string>;
  readonly #socket: Socket;
  readonly #cancel: () => void;

  constructor({ socket, input, loggedIn }: Connected, events: LinkEvents, cancel: () => void) {
    this.parameters = loggedIn.parameters;
    this.#socket = socket;
    this.#cancel = cancel;
    socket.on('data', (bytes: Buffer) => events.onBytes(bytes) || input?.keep());
    socket.on('drain', events.onDrain);
    socket.on('error', () => socket.destroy());
    socket.on('close', events.onClose);
    socket.resume();
  }

  hold(): undefined {
    return undefined;
  }

  takeErrand(): undefined {
    return undefined;
  }

  release(): void {}

  send(bytes: Buffer): boolean {
    return this.#socket.destroyed || this.#socket.write(bytes);
  }

  flush(): void {}

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  cancel(): void {
    this.#cancel();
  }

  close(): void {
    if (this.#socket.destroyed) return;
    this.#socket.end(TERMINATE);
    this.#socket.resume();
  }
}

/** Cordon's own settings are taken by every database, so a setting that is refused is the client's. */
function blaming(error: unknown, settings: SessionSettings): unknown {
  const isOfClient = settings.size > 0 && error instanceof LoginRefusal && isOfSettings(error.refusedWith);
  return isOfClient ? settingRefused(error.refusedWith) : error;
}
