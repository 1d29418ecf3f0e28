import type { Socket } from 'node:net';
import { pinnedSettings } from '../../guard/pins.ts';
import { encodeFrontend, encodeStartup } from '../../pgwire/index.ts';
import { writeJoined } from '../joined-writes.ts';
import { type Connected, connectServer } from './connect.ts';
import { dial } from './dial.ts';
import { type LoggedIn, LoginRefusal } from './login.ts';
import { PreparedUpstream } from './prepared-upstream.ts';
import type { ServerOptions } from './server-options.ts';
import { isOfSettings, settingRefused } from './setting-refused.ts';
import type { LinkEvents, SessionSettings, Upstream, UpstreamLink } from './upstream.ts';

const TERMINATE = encodeFrontend({ kind: 'Terminate' });

/** A database server over TCP or a unix socket: one connection for each session that sends statements. */
export class ServerUpstream implements Upstream {
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

  async open(settings: SessionSettings, events: LinkEvents): Promise<UpstreamLink> {
    const { socket, loggedIn } = await this.#connect(settings).catch((error: unknown) => {
      throw blaming(error, settings);
    });
    return new ServerLink(socket, loggedIn.parameters, events, () => this.#cancel(loggedIn));
  }

  async close(): Promise<void> {}

  async #report(): Promise<ReadonlyMap<string, string>> {
    const { socket, loggedIn } = await this.#connect(new Map());
    socket.end(TERMINATE);
    socket.on('error', () => socket.destroy()).resume();
    return loggedIn.parameters;
  }

  #connect(settings: SessionSettings): Promise<Connected> {
    const { searchPath } = this.#options;
    return connectServer(
      this.#options,
      new Map([...settings, ...pinnedSettings(searchPath)]),
      this.#connectMs,
    );
  }

  // As PostgreSQL asks: a connection of its own, which is not answered.
  #cancel({ processId, secretKey }: LoggedIn): void {
    const request = encodeStartup({ kind: 'CancelRequest', processId, secretKey });
    dial(this.#options).then(
      (socket) => {
        socket.on('error', () => socket.destroy()).resume();
        socket.end(request);
      },
      () => undefined,
    );
  }
}

class ServerLink implements UpstreamLink {
  readonly generation = 0;
  readonly prepared = PreparedUpstream.ofConnection();
  readonly parameters: ReadonlyMap<string, string>;
  readonly #socket: Socket;
  readonly #cancel: () => void;
  #unsent: Buffer[] = [];

  constructor(
    socket: Socket,
    parameters: ReadonlyMap<string, string>,
    events: LinkEvents,
    cancel: () => void,
  ) {
    this.parameters = parameters;
    this.#socket = socket;
    this.#cancel = cancel;
    socket.on('data', events.onBytes);
    socket.on('drain', events.onDrain);
    socket.on('error', () => socket.destroy());
    socket.on('close', events.onClose);
    socket.resume();
  }

  hold(): undefined {
    return undefined;
  }

  release(): void {}

  // What one turn sends leaves in one write.
  send(bytes: Buffer): boolean {
    this.#unsent.push(bytes);
    if (this.#unsent.length === 1) process.nextTick(() => this.#write());
    return !this.#socket.writableNeedDrain;
  }

  #write(): void {
    const pieces = this.#unsent;
    this.#unsent = [];
    if (!this.#socket.destroyed) writeJoined(this.#socket, pieces);
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
    this.#write();
    this.#socket.end(TERMINATE);
    this.#socket.resume();
  }
}

/** Cordon's own settings are taken by every database, so a setting that is refused is the client's. */
function blaming(error: unknown, settings: SessionSettings): unknown {
  const isOfClient = settings.size > 0 && error instanceof LoginRefusal && isOfSettings(error.refusedWith);
  return isOfClient ? settingRefused(error.refusedWith) : error;
}
