/** Logs in to the server: startup message, authentication, and what the server reports until it is ready. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { CordonError, type Safe, safeName, safeText } from '../../errors/index.ts';
import {
  type BackendMessage,
  backendFrameLimits,
  decodeBackend,
  encodeFrontend,
  encodeStartup,
  FrameScanner,
  ScramClient,
} from '../../pgwire/index.ts';
import { scramKeys } from './scram-keys.ts';

export interface LoginOptions {
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
  readonly settings: ReadonlyMap<string, string>;
  readonly options: string | undefined;
  /** A password may be sent as it is: nobody but the server can read it. */
  readonly mayShowPassword: boolean;
}

/** What the server told at login. */
export interface LoggedIn {
  readonly parameters: ReadonlyMap<string, string>;
  readonly processId: number;
  readonly secretKey: Buffer;
}

const NONCE_BYTES = 18;
const LOGIN_MESSAGE_BYTES_MAX = 64 * 1024;

/** Runs the login on a fresh socket; its listeners are removed again before it resolves. */
export function logIn(socket: Socket, options: LoginOptions): Promise<LoggedIn> {
  return new Promise((resolve, reject) => {
    const login = new Login(options, (bytes) => socket.write(bytes));
    const end = () => socket.off('data', onData).off('close', onClose).off('error', onClose);
    const onClose = () => {
      end();
      reject(refused(safeText('it closed the connection during login')));
    };
    const onData = (chunk: Buffer) => {
      try {
        const done = login.read(chunk);
        if (done === undefined) return;
        end();
        socket.pause();
        resolve(done);
      } catch (error) {
        end();
        reject(error);
      }
    };
    socket.on('data', onData).on('close', onClose).on('error', onClose);
    login.start();
  });
}

class Login {
  readonly #options: LoginOptions;
  readonly #send: (bytes: Buffer) => void;
  readonly #scanner = new FrameScanner(backendFrameLimits(LOGIN_MESSAGE_BYTES_MAX));
  readonly #parameters = new Map<string, string>();
  #scram: ScramClient | undefined;
  #isAuthenticated = false;
  #processId = 0;
  #secretKey: Buffer = Buffer.alloc(0);

  constructor(options: LoginOptions, send: (bytes: Buffer) => void) {
    this.#options = options;
    this.#send = send;
  }

  start(): void {
    const { user, database, settings, options } = this.#options;
    const words: readonly (readonly [string, string])[] = options === undefined ? [] : [['options', options]];
    const parameters = new Map([['user', user], ['database', database], ...words, ...settings]);
    // CockroachDB before v26.1 refuses a newer minor version than 3.0 instead of negotiating.
    this.#send(encodeStartup({ kind: 'StartupMessage', minor: 0, parameters, protocolOptions: new Map() }));
  }

  read(chunk: Buffer): LoggedIn | undefined {
    this.#scanner.push(chunk);
    while (this.#scanner.next() === 'frame') {
      const message = decodeBackend(this.#scanner.type, this.#scanner.payload());
      if (message.kind === 'ReadyForQuery') return this.#finish();
      if (this.#isAuthenticated) this.#readReport(message);
      else this.#authenticate(message);
    }
    return undefined;
  }

  #finish(): LoggedIn {
    if (!this.#isAuthenticated) throw refused(safeText('it was ready before it had authenticated'));
    return { parameters: this.#parameters, processId: this.#processId, secretKey: this.#secretKey };
  }

  #readReport(message: BackendMessage): void {
    switch (message.kind) {
      case 'ParameterStatus':
        this.#parameters.set(message.name, message.value);
        return;
      case 'BackendKeyData':
        this.#processId = message.processId;
        this.#secretKey = Buffer.from(message.secretKey);
        return;
      case 'NoticeResponse':
        return;
      case 'ErrorResponse':
        throw new LoginRefusal(message.fields.code);
      default:
        throw refused(safeText('it sent a message that has no place after authentication'));
    }
  }

  #authenticate(message: BackendMessage): void {
    switch (message.kind) {
      case 'AuthenticationOk':
        this.#accept();
        return;
      case 'AuthenticationSASL':
        this.#startScram(message.mechanisms);
        return;
      case 'AuthenticationSASLContinue':
        this.#send(encodeFrontend({ kind: 'SASLResponse', data: this.#exchange().final(message.data) }));
        return;
      case 'AuthenticationSASLFinal':
        this.#exchange().verify(message.data);
        return;
      case 'AuthenticationCleartextPassword':
        this.#sendPassword();
        return;
      case 'AuthenticationMD5Password':
        throw refused(safeText('it asks for an MD5 password, which is not sent'));
      case 'NegotiateProtocolVersion':
      case 'NoticeResponse':
        return;
      case 'ErrorResponse':
        throw new LoginRefusal(message.fields.code);
      default:
        throw refused(safeText('it sent a message that has no place in authentication'));
    }
  }

  // A server that skips its own proof may be anybody.
  #accept(): void {
    if (this.#scram !== undefined && !this.#scram.isServerVerified)
      throw new CordonError('CORDON_UPSTREAM_UNVERIFIED');
    this.#isAuthenticated = true;
  }

  #startScram(mechanisms: readonly string[]): void {
    if (!mechanisms.includes('SCRAM-SHA-256') || this.#scram !== undefined) {
      throw refused(safeText('it offers no SCRAM-SHA-256'));
    }
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    this.#scram = new ScramClient({ password: this.#password(), nonce, deriveKeys: scramKeys });
    const data = this.#scram.first();
    this.#send(encodeFrontend({ kind: 'SASLInitialResponse', mechanism: 'SCRAM-SHA-256', data }));
  }

  #exchange(): ScramClient {
    if (this.#scram === undefined)
      throw refused(safeText('it went on with a SCRAM exchange that was not begun'));
    return this.#scram;
  }

  #sendPassword(): void {
    if (!this.#options.mayShowPassword)
      throw refused(safeText('it asks for the password in clear, and TLS does not verify who it is'));
    this.#send(encodeFrontend({ kind: 'PasswordMessage', password: this.#password() }));
  }

  #password(): string {
    const { password } = this.#options;
    if (password === undefined) throw refused(safeText('it asks for a password, and none is configured'));
    return password;
  }
}

function refused(reason: Safe): CordonError {
  return new CordonError('CORDON_UPSTREAM_UNUSABLE', { reason });
}

/** States that a client can wait for: too many connections, starting up. It is told them as they are. */
const PASSING: ReadonlySet<string> = new Set(['53300', '57P03']);

/** The server refused the login. */
export class LoginRefusal extends CordonError {
  readonly refusedWith: string;
  constructor(code: string) {
    const options = PASSING.has(code) ? { sqlstate: code } : {};
    super('CORDON_UPSTREAM_REFUSED', { sqlstate: safeName(code) }, options);
    this.refusedWith = code;
  }
}
