/** One socket of a client, from its first byte to its session: encryption, startup message, authentication. */
import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { CordonError, InvariantError, safeNumber, safeText } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import {
  advance,
  authenticationFrameLimits,
  decodeStartup,
  encodeBackend,
  FrameScanner,
  type FrontendState,
  frontendKind,
  initialFrontendState,
  type Negotiated,
  negotiateProtocol,
  observe,
  ProtocolError,
  type StartupMessage,
  type StartupPacket,
  StartupScanner,
} from '../pgwire/index.ts';
import { bugText } from './bug-text.ts';
import type { CancelKeys } from './cancel-keys.ts';
import { Authentication, type ClientAuthentication, type Step } from './client-authentication.ts';
import { ClientChannel } from './client-channel.ts';
import type { GatewayContext } from './context.ts';
import { endGently } from './end-gently.ts';
import { errorAnswer } from './error-answer.ts';
import { changedParameter, loginParameters } from './parameter-status.ts';
import { Session } from './session.ts';
import { readStartupSettings, type StartupSettings } from './startup-settings.ts';

/** What a connection needs of its gateway. */
export interface ConnectionContext extends GatewayContext {
  readonly cancelKeys: CancelKeys;
  readonly authentication: ClientAuthentication;
  readonly secureContext: SecureContext | undefined;
  /** TLS is asked of clients that are not on this machine. */
  readonly tlsRequired: boolean;
  /** undefined: any. */
  readonly database: string | undefined;
  readonly searchPath: readonly string[];
  /** Clients come over a unix socket. */
  readonly listensLocally: boolean;
  readonly secret: Buffer;
  random(bytes: number): Buffer;
}

const YES = Buffer.from('S');
const NO = Buffer.from('N');
const SECRET_BYTES_3_0 = 4;
const SECRET_BYTES_3_2 = 32;
const NONCE_BYTES = 18;
const NAME_BYTES = 8;

/** `ended` is called once, however the connection ends. */
export interface ConnectionEvents {
  readonly onAccepted: () => void;
  readonly onEnded: () => void;
}

export class ClientConnection {
  readonly #context: ConnectionContext;
  readonly #events: ConnectionEvents;
  readonly #id: number;
  readonly #isLocal: boolean;
  readonly #startup = new StartupScanner();
  #socket: Socket;
  #state: FrontendState = initialFrontendState;
  #scanner: FrameScanner | undefined;
  #authentication: Authentication | undefined;
  #settings: StartupSettings | undefined;
  #negotiated: Negotiated | undefined;
  #session: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  #processId: number | undefined;
  /** A token is being verified or the database asked: what comes meanwhile waits. */
  #isBusy = false;
  #isEnded = false;

  constructor(context: ConnectionContext, socket: Socket, id: number, events: ConnectionEvents) {
    this.#context = context;
    this.#socket = socket;
    this.#id = id;
    this.#events = events;
    this.#isLocal = context.listensLocally || isLoopback(socket);
    this.#startTimer();
    this.#listen(socket);
  }

  /** The gateway shuts down. */
  shutDown(): void {
    if (this.#session !== undefined) this.#session.shutDown();
    else this.#fail(new CordonError('CORDON_SHUTDOWN'));
  }

  /** Shutdown has waited long enough. */
  abort(): void {
    this.#session?.abort(new CordonError('CORDON_SHUTDOWN'));
    this.#socket.destroySoon();
  }

  #startTimer(): void {
    const { startupMs } = this.#context.limits;
    const facts = { limit: safeText('it was not logged in'), maximum: safeNumber(startupMs) };
    this.#timer = setTimeout(() => this.#fail(new CordonError('CORDON_LIMIT_TIME', facts)), startupMs);
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => this.#session?.clientDrained());
    socket.on('error', () => socket.destroy());
    socket.on('end', () => this.#inputEnded(socket));
    socket.on('close', () => this.#closed(socket));
  }

  #receive(chunk: Buffer): void {
    try {
      if (this.#session !== undefined) this.#session.receive(chunk);
      else if (this.#scanner !== undefined) this.#receiveAnswer(chunk);
      else this.#receiveStartup(chunk);
    } catch (error) {
      this.#fail(error);
    }
  }

  #receiveStartup(chunk: Buffer): void {
    const scanned = this.#startup.push(chunk);
    if (scanned === undefined) return;
    const packet = decodeStartup(scanned.payload);
    const step = advance(this.#state, packet.kind);
    if (step.kind === 'refused') throw step.error;
    this.#state = step.state;
    // What came in clear behind a request for encryption may be somebody else's and is never used.
    if (packet.kind !== 'StartupMessage' && scanned.rest.length > 0) {
      this.#drop();
      return;
    }
    this.#startupPacket(packet, scanned.rest);
  }

  #startupPacket(packet: StartupPacket, rest: Buffer): void {
    switch (packet.kind) {
      case 'SSLRequest':
        this.#answerTls();
        return;
      case 'GSSENCRequest':
        this.#socket.write(NO);
        return;
      case 'CancelRequest':
        this.#context.cancelKeys.cancel(packet);
        this.#drop();
        return;
      case 'StartupMessage':
        this.#begin(packet, rest);
        return;
    }
  }

  #answerTls(): void {
    const { secureContext } = this.#context;
    if (secureContext === undefined || this.#socket instanceof TLSSocket) {
      this.#socket.write(NO);
      return;
    }
    const plain = this.#socket;
    plain.removeAllListeners('data').removeAllListeners('close').removeAllListeners('end');
    plain.write(YES);
    const secure = new TLSSocket(plain, { isServer: true, secureContext });
    plain.on('close', () => secure.destroy());
    this.#socket = secure;
    this.#listen(secure);
  }

  #begin(message: StartupMessage, rest: Buffer): void {
    this.#negotiated = negotiateProtocol(message);
    if (this.#negotiated.answer !== undefined) this.#socket.write(encodeBackend(this.#negotiated.answer));
    const settings = readStartupSettings(message, this.#context.searchPath);
    this.#settings = settings;
    const { database, tlsRequired, authentication: configuration, verifier, secret } = this.#context;
    if (database !== undefined && settings.database !== database)
      throw new CordonError('CORDON_DATABASE_UNKNOWN');
    const isEncrypted = this.#socket instanceof TLSSocket;
    if (tlsRequired && !isEncrypted && !this.#isLocal) throw new CordonError('CORDON_TLS_REQUIRED');
    this.#scanner = new FrameScanner(authenticationFrameLimits());
    const nonce = this.#context.random(NONCE_BYTES).toString('base64');
    this.#authentication = new Authentication(
      { configuration, verifier, secret, nonce },
      { user: settings.user, isLocal: this.#isLocal, isPrivate: isEncrypted || this.#isLocal },
    );
    this.#scanner.push(rest);
    this.#step(this.#authentication.begin());
  }

  #receiveAnswer(chunk: Buffer): void {
    this.#scanner?.push(chunk);
    this.#readAnswer();
  }

  #readAnswer(): void {
    const scanner = this.#scanner;
    if (this.#isBusy || scanner?.next() !== 'frame') return;
    const awaited = this.#state.phase === 'authentication' ? this.#state.awaited : undefined;
    const kind = frontendKind(scanner.type, awaited);
    if (kind === 'Terminate') {
      this.#drop();
      return;
    }
    const step = advance(this.#state, kind ?? 'PasswordMessage');
    if (step.kind === 'refused') throw step.error;
    this.#state = step.state;
    const answer = this.#authentication?.answer(scanner.type, scanner.payload());
    if (answer instanceof Promise) this.#wait(answer.then((awaitedStep) => this.#step(awaitedStep)));
    else if (answer !== undefined) this.#step(answer);
  }

  #step(step: Step): void {
    if (step.kind === 'ask') {
      this.#state = observe(this.#state, { kind: 'authentication-awaited', awaited: step.awaited });
      this.#socket.write(encodeBackend(step.message));
      this.#readAnswer();
      return;
    }
    this.#wait(this.#accept(step));
  }

  #wait(work: Promise<void>): void {
    this.#isBusy = true;
    this.#socket.pause();
    work.then(
      () => {
        this.#isBusy = false;
        this.#socket.resume();
      },
      (error: unknown) => this.#fail(error),
    );
  }

  async #accept({ last, caller }: Extract<Step, { kind: 'accepted' }>): Promise<void> {
    const settings = this.#settings;
    if (settings === undefined) throw new InvariantError('a connection was accepted before it was begun');
    const session = this.#newSession(settings, await this.#connectionCaller(settings, caller));
    // A setting of the client's is the database's to judge, and what it makes of it the client's to know.
    const reported =
      settings.settings.size > 0 ? await session.open() : await this.#context.upstream.parameters();
    if (this.#isEnded) return session.clientClosed();
    clearTimeout(this.#timer);
    this.#greet(session, settings, reported, last);
    this.#session = session;
    this.#events.onAccepted();
    session.begin();
  }

  async #connectionCaller(
    { token }: StartupSettings,
    caller: Principal | undefined,
  ): Promise<Principal | undefined> {
    if (token === undefined) return caller;
    const { verifier } = this.#context;
    if (verifier === undefined) {
      throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('the policy declares no tokens') });
    }
    const presented = await verifier.verify(token);
    if (caller !== undefined && caller.fingerprint !== presented.fingerprint)
      throw new CordonError('CORDON_CALLER_CHANGED');
    return presented;
  }

  #newSession(settings: StartupSettings, connectionCaller: Principal | undefined): Session {
    return new Session(this.#context, new ClientChannel(this.#socket), {
      id: this.#id,
      connectionCaller,
      settings: settings.settings,
      applicationName: settings.applicationName,
      scanner: this.#scanner ?? new FrameScanner(authenticationFrameLimits()),
      random: this.#context.random(NAME_BYTES).toString('hex'),
      onParameter: changedParameter,
      onEnd: () => this.#ended(),
    });
  }

  #greet(
    session: Session,
    settings: StartupSettings,
    reported: ReadonlyMap<string, string>,
    last: Extract<Step, { kind: 'accepted' }>['last'],
  ): void {
    const bytes = this.#negotiated?.minor === 2 ? SECRET_BYTES_3_2 : SECRET_BYTES_3_0;
    const key = this.#context.cancelKeys.issue(bytes, () => session.cancel());
    this.#processId = key.processId;
    this.#socket.write(
      Buffer.concat([
        ...(last === undefined ? [] : [encodeBackend(last)]),
        encodeBackend({ kind: 'AuthenticationOk' }),
        loginParameters(reported, settings),
        encodeBackend({ kind: 'BackendKeyData', ...key }, { kind: 'ReadyForQuery', status: 'I' }),
      ]),
    );
  }

  #fail(error: unknown): void {
    if (this.#isEnded) return;
    const { log, metrics } = this.#context;
    if (!(error instanceof CordonError)) {
      log.error({ connection: this.#id, bug: bugText(error) }, safeText('a bug ended the connection'));
    }
    const shown = error instanceof CordonError ? error : new CordonError('CORDON_INTERNAL');
    metrics.connectionsTotal.inc({ outcome: error instanceof ProtocolError ? 'malformed' : 'refused' });
    endGently(this.#socket, errorAnswer(shown, 'FATAL'));
    this.#ended();
  }

  /** Closes without an answer. */
  #drop(): void {
    this.#socket.destroySoon();
    this.#ended();
  }

  #inputEnded(socket: Socket): void {
    if (this.#session === undefined) socket.end();
    else this.#session.clientEnded();
  }

  #closed(socket: Socket): void {
    if (socket !== this.#socket) return;
    if (this.#session === undefined) this.#ended();
    else this.#session.clientClosed();
  }

  #ended(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearTimeout(this.#timer);
    if (this.#processId !== undefined) this.#context.cancelKeys.revoke(this.#processId);
    this.#events.onEnded();
  }
}

function isLoopback({ remoteAddress = '' }: Socket): boolean {
  return remoteAddress === '::1' || /^(::ffff:)?127\./.test(remoteAddress);
}
