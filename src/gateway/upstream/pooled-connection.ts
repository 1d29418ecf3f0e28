/**
 * A connection to the database that many clients use, one after the other: what its session holds, and who has it now.
 *
 * While nobody has it, it asks statements of its own and listens for the server's farewell.
 */
import type { Socket } from 'node:net';
import { CordonError } from '../../errors/index.ts';
import type { BackendMessage } from '../../pgwire/index.ts';
import { type ControlAnswer, ControlRefusal } from './asked.ts';
import type { Connected } from './connect.ts';
import { type DatabaseServer, TERMINATE } from './database-server.ts';
import { Dialogue } from './dialogue.ts';
import { PreparedUpstream } from './prepared-upstream.ts';
import { NO_SETTINGS } from './session-settings.ts';
import type { LinkEvents, SessionSettings } from './upstream.ts';

const CANCEL_AGAIN_MS = 1000;
const CANCELED = '57014';
const TRIES_MAX = 20;

export class PooledConnection {
  readonly prepared = PreparedUpstream.ofConnection();
  readonly openedMs: number;
  /** Settings of its session that differ from those it began with. */
  settings: SessionSettings = NO_SETTINGS;
  /** Who has had it last. */
  lastUser: object | undefined;
  /** Since when nobody has it. */
  idleSinceMs = 0;
  readonly #server: DatabaseServer;
  readonly #connected: Connected;
  readonly #onClose: () => void;
  readonly #cancels = new Set<Promise<boolean>>();
  readonly #dialogue = new Dialogue((message) => this.#isAside(message));
  readonly #reported = new Map<string, string>();
  readonly #closeMs: number;
  #user: LinkEvents | undefined;
  #isCancelLost = false;
  #isBroken = false;

  constructor(
    server: DatabaseServer,
    connected: Connected,
    times: { readonly nowMs: number; readonly closeMs: number },
    onClose: () => void,
  ) {
    this.#server = server;
    this.#connected = connected;
    this.#closeMs = times.closeMs;
    this.openedMs = times.nowMs;
    this.#onClose = onClose;
    this.#listen(connected.socket);
  }

  /** It may serve nobody any more. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get isCockroachdb(): boolean {
    return this.#connected.loggedIn.parameters.has('crdb_version');
  }

  /** What the database has reported of the session that it has now. */
  get parameters(): ReadonlyMap<string, string> {
    return new Map([...this.#connected.loggedIn.parameters, ...this.#reported]);
  }

  lend(user: LinkEvents): void {
    this.#user = user;
  }

  /** The client has it no longer; what the server says is read here from now on. */
  takeBack(): void {
    this.#user = undefined;
    this.#dialogue.resume();
    this.resume();
  }

  send(bytes: Buffer): boolean {
    const { socket } = this.#connected;
    return socket.destroyed || socket.write(bytes);
  }

  /** A statement of the pool's own, while no client has the connection. */
  async ask(text: string): Promise<ControlAnswer> {
    if (this.#isBroken) throw new CordonError('CORDON_UPSTREAM_FAILED');
    const timer = setTimeout(() => this.break(), this.#closeMs);
    try {
      return await this.#dialogue.ask(text, (bytes) => this.send(bytes));
    } finally {
      clearTimeout(timer);
    }
  }

  /** The same where a limit of the client's own may be in force, which is longer than it takes as a rule. */
  async askAgain(text: string): Promise<ControlAnswer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.ask(text);
      } catch (error) {
        if (!isCanceled(error) || tries === TRIES_MAX) throw error;
      }
    }
  }

  pause(): void {
    this.#connected.socket.pause();
  }

  resume(): void {
    this.#connected.socket.resume();
  }

  /** Cancels what runs now. */
  cancel(): void {
    const sent = this.#server.cancel(this.#connected.loggedIn);
    this.#cancels.add(sent);
    void sent.then((isDelivered) => {
      this.#cancels.delete(sent);
      if (!isDelivered) this.#isCancelLost = true;
    });
  }

  /**
   * Waits until nothing can be canceled here any more that is not the next client's own wish; undefined when that is so at once. Throws
   * away a connection of which nobody knows.
   */
  settleCancels(): Promise<void> | undefined {
    if (this.#cancels.size === 0) {
      if (this.#isCancelLost) this.end();
      return undefined;
    }
    return Promise.all(this.#cancels).then(() => this.settleCancels());
  }

  /** Says goodbye; it counts as there until the server has closed it. What still runs is canceled until it has ended. */
  end(): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    const { socket } = this.#connected;
    socket.end(TERMINATE);
    socket.resume();
    // A request that comes before its statement does nothing.
    const again = setInterval(() => this.cancel(), CANCEL_AGAIN_MS).unref();
    const late = setTimeout(() => socket.destroy(), this.#closeMs).unref();
    socket.once('close', () => {
      clearInterval(again);
      clearTimeout(late);
    });
  }

  break(): void {
    this.#isBroken = true;
    this.#connected.socket.destroy();
  }

  #listen(socket: Socket): void {
    socket.on('data', (bytes: Buffer) => {
      if (this.#user === undefined) this.#receive(bytes);
      else if (!this.#user.onBytes(bytes)) this.#connected.input?.keep();
    });
    socket.on('drain', () => this.#user?.onDrain());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#closed());
    socket.resume();
  }

  #receive(bytes: Buffer): void {
    if (this.#isBroken) return;
    try {
      this.#dialogue.receive(bytes);
    } catch {
      this.break();
    }
  }

  #isAside(message: BackendMessage): boolean {
    if (message.kind === 'ParameterStatus') this.#reported.set(message.name, message.value);
    return ['NoticeResponse', 'NotificationResponse', 'ParameterStatus'].includes(message.kind);
  }

  #closed(): void {
    this.#isBroken = true;
    this.#dialogue.lost();
    this.#onClose();
    this.#user?.onClose();
  }
}

/** A limit on the time of statements has ended it. */
export function isCanceled(error: unknown): boolean {
  return error instanceof ControlRefusal && error.code === CANCELED;
}
